"""Bands: shares for the parts of one figure (不超过1000万元的部分，按8%；超过1000万元的部分，按5%) are one award.

What is paid is then the sum over the bands, unlike a ladder, where one step holds for the whole figure.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from loaders.money.award import Award
from loaders.money.conditions import Read

PART = re.compile(r"的?(?:那)?(?:一)?部分|的?超(?:出|过)?部分|[^，。；]{0,4}[，]?(?:其)?超(?:出|过)部分")


def banded(found: Sequence[Award]) -> list[Award]:
    """The awards of a passage, those for the bands of one figure put together."""
    result: list[Award] = []
    for award in found:
        last = result[-1] if result else None
        if last is not None and _follows(last, award):
            _join(last, award)
        else:
            result.append(award)
    for award in result:
        if len(award.bands) == 1:  # a share of the excess over one figure, which stays a condition
            award.bands = []
    return [_measured(award) for award in result]


def _band(award: Award) -> Read | None:
    """The condition of an award that bounds the part of the figure for which it is given."""
    string = award.passage.text.string
    return next((read for read in reversed(award.conditions) if PART.match(string, read.end)), None)


def _single(award: Award) -> bool:
    return len(award.ratios) + len(award.amounts) == 1 and len(award.ladder) == 1


def _follows(last: Award, award: Award) -> bool:
    """Whether an award is for the band above (or below) that of the award before."""
    one, two = _band(last), _band(award)
    if one is None and not last.bands:
        return False
    if two is None or not _single(award) or not (last.bands or _single(last)):
        return False
    before = last.bands[-1] if last.bands else one
    same = before is not None and (before.leaf.what == two.leaf.what or before.criterion == two.criterion)
    return same and bool(award.ratios) == bool(last.ratios) and not _part_of_other(award)


def _part_of_other(award: Award) -> bool:
    """Whether an award names somebody of its own."""
    return re.match(r"[，；。：\s]*对", award.passage.text.string[award.start : award.end]) is not None and bool(
        re.search(r"企业|项目|单位|机构|平台", award.target or "")
    )


def _join(last: Award, award: Award) -> None:
    one, two = _band(last), _band(award)
    if not last.bands and one is not None:
        last.bands = [one]
        last.conditions = [read for read in last.conditions if read is not one]
    if two is not None:
        last.bands.append(two)
        last.conditions += [read for read in award.conditions if read is not two]
    last.ladder, last.labels = last.ladder + award.ladder, last.labels + award.labels
    last.ratios, last.amounts = last.ratios + award.ratios, last.amounts + award.amounts
    last.caps = last.caps + [cap for cap in award.caps if not any(cap is other for other in last.caps)]
    last.add_ons, last.instalments = last.add_ons + award.add_ons, last.instalments + award.instalments
    last.term, last.shared = last.term or award.term, last.shared or award.shared
    last.also = last.also + award.also
    last.end = max(last.end, award.end)
    last.text = f"{last.text}；{award.text}"


def _measured(award: Award) -> Award:
    """With what its bands or steps measure as the base of its shares, where nothing else is said."""
    if award.base is not None or not award.ratios:
        return award
    first = award.bands[0] if award.bands else award.conditions[-1] if award.ladder and award.conditions else None
    spent = first is not None and (award.bands or _SPENT.search(first.criterion))
    return replace(award, base=_YEAR.sub("", first.criterion)) if first is not None and spent else award


# 年设备投资额1000万元以上的，按10%: what is spent is what the share is of.
_SPENT = re.compile(r"(?:投资|投入|支出|费用?|购置|采购|合同|租金|贷款|利息)(?:总?额|金额|经费)?$")
_YEAR = re.compile(r"^(?:(?:上|本|当)?一?年度?|其|单[户个家项]|企业)+(?=.{2})")
