"""Ceilings: which awards one is for, several for several kinds of project, ladders of them."""

import re
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import replace
from itertools import pairwise

from loaders.grammar.grammar import members
from loaders.money.award import Award, Cap, open_award
from loaders.money.conditions import Read
from loaders.money.figures import GIVES, SCOPE, Figure
from loaders.money.passages import Passage
from loaders.money.words import ALL, NUMBERED, give_end, is_shared, per_of

_GIVES = re.compile(GIVES)


def capped(
    string: str,
    clause: tuple[int, int],
    figure: Figure,
    found: list[Award],
    current: Award | None,
    earlier: Sequence[Award],
    pending: list[Read],
    passage: Passage,
    start: int,
) -> tuple[list[Award], Award | None]:
    """Gives a ceiling to the awards that it is for; opens an award where there is none."""
    words = string[clause[0] : figure.quantity.start]
    per = per_of(words)
    cap = Cap(figure.quantity, per, words, start + clause[0], start + figure.quantity.end)
    if is_shared(words) and (found or earlier) and (len([*earlier, *found]) > 1 or re.search(ALL, words)):
        for award in [*earlier, *found]:
            award.shared = cap
        return found, current
    own_target = re.search(r"(?:^|，)对[^其]", words) is not None
    if found and not (own_target and found[-1].has_figures):
        waiting = [award for award in found if not award.caps] if SCOPE.search(words) or len(found) == 1 else []
        for award in waiting or [found[-1]]:
            award.caps.append(cap)
            if award is found[-1]:
                award.end = max(award.end, start + give_end(string, figure.quantity.end, clause[1]))
                if pending and not award.has_figures:
                    award.conditions += pending
        return found, found[-1]
    giving = _GIVES.search(string[clause[0] : clause[1]]) is not None
    if earlier and not own_target and not pending and not (giving and re.search(r"给予|予以", words)):
        for award in _reached(earlier, bool(SCOPE.search(words))):
            award.caps.append(cap)
        return found, current
    award = open_award(passage, string, start, start + len(string), clause[0], pending, [])
    award.caps.append(cap)
    award.end = start + give_end(string, figure.quantity.end, clause[1])
    return [*found, award], award


def _reached(earlier: Sequence[Award], scoped: bool) -> list[Award]:
    """The awards that a ceiling in a later sentence is for: those without one since the last full stop, or the last."""
    last = earlier[-1]
    string = last.passage.text.string
    near = [award for award in earlier if not award.caps and "。" not in string[award.sentence[0] : last.sentence[0]]]
    return (near if scoped else [award for award in near if award.sentence == last.sentence]) or [last]


def laddered(award: Award) -> bool:
    count = len(award.caps)
    zipped = (
        count in (len(award.ladder), len(award.ratios), len(award.amounts)) or "分别" in award.caps[0].scope
        if count
        else False
    )
    return count > 1 and zipped and adjacent(award.caps)


def highest(caps: Sequence[Cap]) -> Cap | None:
    """The ceiling that nobody can pass: the first, or of a ladder the highest."""
    return max(caps, key=lambda cap: cap.quantity.base, default=None)


_ARTICLE = re.compile(r"第\s*[一二两三四五六七八九十百\d]+\s*条")
_TOGETHER = re.compile(r"合计|累计|总额|总计|总和|之和")
_OWN = re.compile(r"本(?:办法|措施|细则|规定|政策(?:措施)?|意见|通知)")


def covered(award: Award) -> tuple[str, ...] | None:
    """The articles whose awards a ceiling limits together; () for all of the policy, None where it is no such ceiling.

    An award of this kind gives nothing itself (同一企业根据第六条、第十三条获得的资金合计不超过200万元).
    """
    if award.has_figures or award.conditions or award.instalments or len(award.caps) != 1:
        return None
    scope = re.sub(rf"^{NUMBERED}", "", award.caps[0].scope)
    if not _TOGETHER.search(scope) or not SCOPE.search(scope):
        return None
    articles = tuple(re.sub(r"\s", "", one) for one in _ARTICLE.findall(scope))
    if articles:
        return articles
    return () if _OWN.search(scope) and re.search(r"同一|单[个家户]|每[家户]", scope) else None


def budget(award: Award) -> Award:
    """An award; where it only says how much all of a policy may cost, that as its scale (每年资金总额不超过2亿元)."""
    only = len(award.caps) == 1 and not award.has_figures and not award.conditions
    scope = award.caps[0].scope if only else ""
    about = scope + award.text
    whole = re.search(r"总额|总量|规模", scope) and (
        _OWN.search(scope) or re.search(r"(?:专项|扶持|奖补|引导)资金", about)
    )
    if not whole or re.search(r"企业|项目|单位|同一|单[个家户]|每[家户个]", scope):
        return award
    return replace(award, caps=[], scales=[award.caps[0].quantity], kind="fund")


def adjacent(caps: Sequence[Cap]) -> bool:
    return all(0 <= b.quantity.start - a.quantity.end <= 2 for a, b in pairwise(caps))


# ---- One sentence with ceilings for several kinds

_GENERIC = re.compile(
    r"单个|单项|每个|每家|每户|每项|每年|同一|最高|原则上|其中|对|项目|企业|单位|主体|年度|累计|总额|合计|奖励"
    r"|奖补|补助|补贴|资助|扶持|支持|资金|额度|金额|标准|上限|限额|比例|给予|予以|不超过|一次性|的|额|，|最终"
    r"|所获|全年|获得|为|分别|按|[\d.]+|[万亿]?元|、|%|均"
)


_EVERYONE = re.compile(
    r"[，、]?(?:单[个户家项笔]|每|同一|年度|累计|总额|合计|全年|最高|补助|奖励|资助|补贴|项目|企业|一次性)"
)


def caps_by_kind(award: Award) -> Iterator[tuple[str | None, Award]]:
    """An award once for each kind of project that has a ceiling of its own; as it is where no kinds are named."""
    named = [(cap, _kind_words(cap.scope)) for cap in award.caps]
    if len(named) < 2 or not all(words for _, words in named) or laddered(award):
        yield None, award
        return
    kinds = tuple(kind for _, words in named for kind in _split(words))
    for cap, words in named:
        for kind in _split(words):
            one = copy(award)
            one.caps, one.kinds = [cap], kinds
            one.end = max(award.end, award.start)
            yield kind, one


def by_region(award: Award) -> Iterator[Award]:
    """An award once for each region where its figures answer to the regions of its conditions one by one."""
    values = award.ratios or award.amounts
    count = len(award.conditions)
    places = [frozenset(read.leaf.regions) for read in award.conditions]
    if count < 2 or len(values) != count or not all(places) or len(set(places)) < count:
        yield award
        return
    for i, read in enumerate(award.conditions):
        one = copy(award)
        one.conditions, one.ladder, one.labels = [read], [], []
        one.ratios, one.amounts = award.ratios[i : i + 1], award.amounts[i : i + 1]
        if len(award.caps) == count and adjacent(award.caps):
            one.caps = award.caps[i : i + 1]
        one.target = award.passage.text.string[read.start : read.end]
        yield one


def _kind_words(scope: str) -> str:
    if _EVERYONE.match(scope):
        return ""
    left = _GENERIC.sub("", re.sub(r"（[^（）]*）", "", scope))
    match = re.match(
        r"(?:原则上|其中|对)*(?P<kind>.+?)(?:的)?(?:支持|奖励|补助|扶持|资助|补贴|项目)*(?:上限|限额|最高|每个|单个|不超过|资金|标准|额度|$)",
        scope,
    )
    return match["kind"].strip("，") if len(left) >= 3 and match else ""


def _split(words: str) -> list[str]:
    return [words[a:b].strip() for a, b in members(words)] if words else []
