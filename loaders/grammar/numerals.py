"""Numerals as numbers: 3,000 and 1.5, 一百二十, 三千, 两, 十五点五, and digits that a line break has cut."""

import re
from decimal import Decimal, InvalidOperation

CHINESE = "零〇一二两三四五六七八九十百千"
_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}


def decimal(numeral: str) -> Decimal | None:
    """The value of a numeral, or None where the signs make none (二三百, 十十)."""
    bare = re.sub(r"[\s,，]", "", numeral)
    if bare[:1].isdigit():
        try:
            return Decimal(bare)
        except InvalidOperation:
            return None
    whole, point, fraction = bare.partition("点")
    value = _whole(whole)
    if value is None or not point:
        return None if value is None else Decimal(value)
    if not fraction or any(sign not in _DIGITS for sign in fraction):
        return None
    return Decimal(f"{value}." + "".join(str(_DIGITS[sign]) for sign in fraction))


def _whole(numeral: str) -> int | None:
    """A whole number below ten thousand; digits without places are read one by one (二〇)."""
    if not numeral or any(sign not in CHINESE for sign in numeral):
        return None
    if not any(sign in _PLACES for sign in numeral):
        return (
            int("".join(str(_DIGITS[sign]) for sign in numeral))
            if len(numeral) == 1 or "〇" in numeral or "零" in numeral
            else None
        )
    total, digit, last = 0, None, 10_000
    for sign in numeral:
        if sign in _DIGITS:
            if digit not in (None, 0):
                return None
            digit = _DIGITS[sign]
            continue
        place = _PLACES[sign]
        if place >= last:
            return None
        total += (1 if digit in (None, 0) else int(digit or 0)) * place
        digit, last = None, place
    return total + (digit or 0)


def chinese(value: int) -> str:
    """A whole number below ten thousand as a Chinese numeral (1205 → 一千二百零五).

    Raises:
        ValueError: the number is negative or too large.
    """
    if not 0 <= value < 10_000:
        raise ValueError(f"out of range: {value}")
    if value == 0:
        return "零"
    signs = "零一二三四五六七八九"
    out, gap = "", False
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, place)
        if digit:
            out += ("零" if gap and out else "") + signs[digit] + name
            gap = False
        else:
            gap = gap or bool(out)
    return out.removeprefix("一") if out.startswith("一十") else out
