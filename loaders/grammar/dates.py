"""Dates, numerals and terms as official documents write them."""

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta

from loaders.document.text import Text

_DIGITS = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2, "○": 0, "O": 0}
_ZH = "〇零○O一二三四五六七八九十两"
_ZH_YEAR = rf"[{_ZH[:-2]}]{{4}}"
# 2021 年 10 月 9 日 and 二〇二一年十月九日.
DATE = re.compile(
    rf"(?P<year>(?:19|20)\d\d|{_ZH_YEAR})\s*年\s*(?P<month>\d{{1,2}}|[{_ZH}]{{1,2}})\s*月\s*"
    rf"(?P<day>\d{{1,2}}|[{_ZH}]{{1,3}})\s*日"
)
NUMBER = rf"(?:\d{{1,3}}|[{_ZH}]{{1,3}})"


def number(numeral: str) -> int:
    """The value of an Arabic or a Chinese numeral below one hundred (5, 五, 十二, 三十); digits are read one by one.

    Raises:
        ValueError: the string is no numeral.
    """
    if numeral.isascii() and numeral.isdigit():
        return int(numeral)
    if not numeral or any(sign not in _ZH for sign in numeral):
        raise ValueError(f"not a numeral: {numeral!r}")
    if "十" in numeral:
        tens, _, ones = numeral.partition("十")
        return 10 * (_DIGITS[tens] if tens else 1) + (_DIGITS[ones] if ones else 0)
    return int("".join(str(_DIGITS[sign]) for sign in numeral))


def date_of(match: re.Match[str]) -> str | None:
    """The ISO 8601 date of a match of `DATE`; None where the calendar has no such day."""
    try:
        return date(number(match["year"]), number(match["month"]), number(match["day"])).isoformat()
    except (ValueError, KeyError):
        return None


def dates(text: Text) -> Iterator[tuple[Text, str]]:
    """The dates in a text with the words that print them."""
    for match in DATE.finditer(text.string):
        if (found := date_of(match)) is not None:
            yield text[match.start() : match.end()], found


def shifted(start: str, *, years: int = 0, months: int = 0, days: int = 0) -> str:
    """A date moved by years and months (29 February becomes 28 where there is none) and then by days."""
    first = date.fromisoformat(start)
    total = first.year * 12 + first.month - 1 + 12 * years + months
    year, month = divmod(total, 12)
    day = min(first.day, calendar.monthrange(year, month + 1)[1])
    return (date(year, month + 1, day) + timedelta(days=days)).isoformat()


def last_day(start: str, *, years: int = 0, months: int = 0) -> str:
    """The last day of a term that begins on `start`: start + n years − 1 day."""
    first = date.fromisoformat(start)
    end = date.fromisoformat(shifted(start, years=years, months=months))
    # A term from 29 February that ends in a month without one ends with that month.
    return (end if end.day < first.day else end - timedelta(days=1)).isoformat()
