"""Figures that a sentence gives to several at once: 甲、乙产值分别为5亿元、3亿元; 产量同比分别增长4%、9%."""

import re
from collections.abc import Sequence
from dataclasses import replace

from loaders.grammar import grammar
from loaders.targets.names import Measure, measure

_EACH = re.compile("(?:同比|环比|年均)?分别(?:同比|环比|年均)?")
# 超百亿元、千亿元企业: the members say which things are counted, not whose figure it is.
_CLASS = re.compile("[元级上]$|^(?:超|年)")
# Where the last of several ends and what is measured of all begins.
_MEASURED = re.compile(
    "(?:规模以上|规上|限上)?(?:工业|主营业务|软件业务|年)?(?:营业收入|总产值|产值|增加值|产业规模|经济规模|规模|产量|销量|收入|出口额|进出口额|出口|投资额?|利润总额|利润|"
    "数量|占[^，。；]*比重|比重|占比|增速|[^，。；、]{2,6}率|达到?|为)"
)


def measures(clause: str, figures: int, before: Sequence[Measure], each: Sequence[Measure]) -> tuple[Measure, ...]:
    """What each figure of a clause measures, in their order, where they belong to several; () where they do not.

    Args:
        clause: the words of the clause before its first figure.
        figures: how many follow.
        before: the measures of the sentence so far, for a growth of each (同比分别增长…).
        each: those of the figures that stood in a row before (…分别达5%、3%，比上年提高2、1个百分点).
    """
    match = _EACH.search(clause)
    if match is None:
        return _grown(clause, each) if len(each) == figures else ()
    named, said = clause[: match.start()].strip("， "), match[0].replace("分别", "") + clause[match.end() :]
    if not named:
        own = [one for one in before if not one.borrowed][-figures:]
        return _grown(said, own) if len(own) == figures else ()
    named = re.sub("^其中[，：]?", "", named)
    spans = grammar.members(named)
    if len(spans) != figures:
        return ()
    names = [named[a:b] for a, b in spans]
    names[-1], indicator = _parted(names[-1], names[0])
    known = measure(indicator + said, "", count=False, held=None, verb=False) if indicator else None
    if known is None:
        return ()
    if any(_CLASS.search(name) for name in names):
        what = (
            known.indicator if known.indicator.startswith(known.subject or "") else f"{known.subject}{known.indicator}"
        )
        return tuple(replace(known, subject=None, indicator=name + what) for name in names)
    return tuple(replace(known, subject=name) for name in names)


def _grown(said: str, own: Sequence[Measure]) -> tuple[Measure, ...]:
    """The growth of each of some measures."""
    found = [measure(said, "", count=False, held=one, verb=False) for one in own]
    return tuple(one for one in found if one is not None and one.borrowed) if all(found) else ()


def _parted(last: str, first: str) -> tuple[str, str]:
    """The last member of a list and the indicator printed right behind it; it ends as the first one does."""
    for size in (2, 1):
        if (at := last.find(first[-size:])) > 0 and len(last) > at + size + 1:
            return last[: at + size], last[at + size :]
    if (match := _MEASURED.search(last, 2)) is not None:
        return last[: match.start()], last[match.start() :]
    return last, ""
