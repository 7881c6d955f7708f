"""Which year a figure is for: what the words before it say, and whether that is a goal or a fact."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_PLAN = {"十二": (2011, 2015), "十三": (2016, 2020), "十四": (2021, 2025), "十五": (2026, 2030)}
_MARK = re.compile(
    r"(?P<skip>(?:从|自|由|比|较|与|同)(?:上年|20\d\d年)(?:的|相比|以来|起|开始)?)"
    r"|(?P<since>(?:截至|截止)(?:到|至)?(?P<y1>20\d\d|今|目前)年?(?:\d{1,2}月)?(?:底|末|\d{1,2}日)?)"
    r"|(?P<first>20\d\d)年?(?:至|[-—–~～])(?P<last>20\d\d)年(?!\d)"
    r"|(?P<y5>20\d\d)年\d{1,2}月(?:底|末|\d{1,2}日)?(?:之?前|以前)"
    r"|(?P<dated>20\d\d年\d{1,2}月(?:\d{1,2}日)?)"
    r"|(?P<goal>(?:展望|力争到?|预计到?|争取到?|到|至))(?P<y2>20\d\d)年(?:底|末)?"
    r"|(?P<y3>20\d\d)年(?:底|末)?(?P<before>之?前|以前)"
    r"|(?P<y4>20\d\d)年(?!度|第|版|修订)(?:底|末)?"
    r"|“(?P<plan>十[二三四五])五”(?:期间|时期|末|期末)"
    r"|(?P<next>(?:未来|今后)[一二三四五六七八九十\d]{1,2}年)"
)


@dataclass(frozen=True, slots=True)
class Year:
    """A year that words state; `value` is None where they state none (未来五年), a text for a range.

    `goal` says that what follows is to be reached; `start` and `end` bound the words.
    """

    value: int | str | None
    goal: bool
    start: int
    end: int


def years(string: str, base: int | None) -> Iterator[Year]:
    """The years that a text states, in order; years of comparison (比2015年) and dates are left out.

    Args:
        string: the text.
        base: the year in which the policy was issued: what lies behind it is to be reached.
    """
    for match in _MARK.finditer(string):
        if match["skip"] or match["dated"]:
            continue
        span = match.span()
        if match["since"]:
            year = int(match["y1"]) if match["y1"].isdigit() else base
            yield Year(year, False, *span)
        elif match["first"]:
            yield Year(f"{match['first']}-{match['last']}", base is None or int(match["last"]) > base, *span)
        elif match["goal"]:
            year = int(match["y2"])
            yield Year(year, base is None or year >= base, *span)
        elif match["before"]:
            yield Year(int(match["y3"]), True, *span)
        elif match["y5"]:
            yield Year(int(match["y5"]), True, *span)
        elif match["plan"]:
            last = _PLAN[match["plan"]][1]
            yield Year(last, base is None or last > base, *span)
        elif match["next"]:
            yield Year(None, True, *span)
        else:
            year = int(match["y4"])
            yield Year(year, base is not None and year > base, *span)
