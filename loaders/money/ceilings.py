"""Ceilings: which awards one is for, several for several kinds of project, ladders of them."""

import re
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import replace
from itertools import pairwise

from loaders.grammar import dates
from loaders.grammar.grammar import members
from loaders.grammar.numerals import chinese
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
    last = (cap.end - start for award in found for cap in award.caps if cap.end - start <= figure.quantity.start)
    words = string[max([clause[0], *last]) : figure.quantity.start].lstrip("、，和及与")
    per = per_of(words + string[figure.quantity.start : figure.quantity.at])
    cap = Cap(figure.quantity, per, words, start + clause[0], start + figure.quantity.end)
    if is_shared(words) and (found or earlier) and (len([*earlier, *found]) > 1 or re.search(ALL, words)):
        for award in [*earlier, *found]:
            award.shared = cap
        return found, current
    own_target = re.search(r"(?:^|，)对[^其]", words) is not None
    beside = bool(found) and bool(found[-1].scales) and re.search(r"补偿|补助|补贴|奖励|投资", words) is not None
    if found and not (own_target and found[-1].has_figures) and not beside:
        waiting = [award for award in found if not award.caps] if SCOPE.search(words) or len(found) == 1 else []
        if waiting and earlier and len(found) == 1 and (_is_excess(found[0]) or _is_step(found[0], earlier[-1])):
            waiting += [award for award in _reached(earlier, True) if not award.caps]
        for award in waiting or [found[-1]]:
            award.caps.append(cap)
            if award is found[-1]:
                award.end = max(award.end, start + give_end(string, figure.quantity.end, clause[1]))
                if pending and not award.has_figures:
                    award.conditions += pending
        return found, found[-1]
    giving = _GIVES.search(string[clause[0] : clause[1]]) is not None
    own_case = giving and "的，" in string[: figure.quantity.start] and not any(one.has_figures for one in earlier[-1:])
    if earlier and not own_target and not own_case and not pending and not (giving and re.search(r"给予|予以", words)):
        for award in _reached(earlier, bool(SCOPE.search(words))):
            award.caps.append(cap)
        return found, current
    award = open_award(passage, string, start, start + len(string), clause[0], pending, [])
    award.caps.append(cap)
    award.end = start + give_end(string, figure.quantity.end, clause[1])
    return [*found, award], award


def _is_step(award: Award, before: Award) -> bool:
    """Whether an award is the next step of the one before: nobody's own, for another amount of the same."""
    if (
        not award.conditions
        or not before.conditions
        or award.target is not None
        or bool(award.ratios) != bool(before.ratios)
    ):
        return False
    one, two = before.conditions[-1], award.conditions[-1]
    return one.criterion.endswith(two.criterion) and one.leaf.value != two.leaf.value


def _is_excess(award: Award) -> bool:
    """Whether an award is for the part above a figure, so that it goes with the one before."""
    return award.base is not None and re.match(r"超[出过额]|其余|剩余", award.base) is not None


def _reached(earlier: Sequence[Award], scoped: bool) -> list[Award]:
    """The awards that a ceiling in a later sentence is for: those without one since the last full stop, or the last."""
    last = earlier[-1]
    string = last.passage.text.string
    near = [award for award in earlier if not award.caps and "。" not in string[award.sentence[0] : last.sentence[0]]]
    return (near if scoped else [award for award in near if award.sentence == last.sentence]) or [last]


def ladder_of(award: Award) -> tuple[Cap, ...]:
    """The ceilings for the steps of a ladder or the kinds of a list, which stand in a row; () where there are none.

    A ceiling over them may stand behind (…分别不超过100万元、50万元，同一企业每年不超过300万元).
    """
    if award.bands and len(award.bands) == len(award.caps) and _one_each(award):
        return tuple(award.caps)
    count = next((i for i in range(1, len(award.caps)) if not adjacent(award.caps[i - 1 : i + 1])), len(award.caps))
    if count < 2:
        return ()
    first = award.caps[0]
    said = award.passage.text.string[award.sentence[0] : first.end] if award.sentence[0] < first.end else first.scope
    zipped = count in (len(award.ladder), len(award.ratios), len(award.amounts)) or "分别" in said
    return tuple(award.caps[:count]) if zipped else ()


def _one_each(award: Award) -> bool:
    """Whether each band has a ceiling of its own behind it (…部分的10%，最高100万元；…部分的15%，最高300万元)."""
    marks = [mark for band, cap in zip(award.bands, award.caps, strict=True) for mark in (band.start, cap.start)]
    return marks == sorted(marks)


def dealt(found: Sequence[Award]) -> list[Award]:
    """The awards of a passage; ceilings in a row behind the last of them (分别不超过…) are one for each."""
    result = list(found)
    for i, award in enumerate(result):
        count = len(award.caps)
        those = result[max(0, i + 1 - count) : i + 1]
        first = award.caps[0] if count > 1 and adjacent(award.caps) else None
        said = first is not None and "分别" in award.passage.text.string[first.start : first.end]
        own = count in (len(award.ladder), len(award.ratios), len(award.amounts))
        if not said or own or len(those) < count or any(one.caps for one in those[:-1]):
            continue
        result[i + 1 - count : i + 1] = [replace(one, caps=[cap]) for one, cap in zip(those, award.caps, strict=True)]
    return result


def highest(caps: Sequence[Cap]) -> Cap | None:
    """The ceiling that nobody can pass: the first, or of a ladder the highest."""
    return max(caps, key=lambda cap: cap.quantity.base, default=None)


_TOGETHER = re.compile(r"合计|累计|总额|总计|总和|之和")
_OWN = re.compile(r"本(?:办法|措施|细则|规定|政策(?:措施)?|意见|通知)")


def covered(award: Award) -> tuple[str, ...] | None:
    """The articles whose awards a ceiling limits together; () for all of the policy, None where it is no such ceiling.

    An award of this kind gives nothing itself (同一企业根据第六条、第十三条获得的资金合计不超过200万元).
    """
    own = all(one.op == "<=" for one in award.ratios) and not (award.amounts or award.scales)
    if not own or award.conditions or award.instalments or len(award.caps) != 1:
        return None
    sentence = award.passage.text.string[award.sentence[0] : award.caps[0].start]
    scope = re.sub(rf"^{NUMBERED}", "", (sentence if award.ratios else "") + award.caps[0].scope)
    if not _TOGETHER.search(scope) or not SCOPE.search(scope):
        return None
    articles = tuple(_articles(scope))
    if articles:
        return articles
    if award.ratios:
        return None
    everything = _OWN.search(scope) or re.search(r"各项|各类|所有|全部", scope)
    return () if everything and re.search(r"同一|单[个家户]|每[家户]", scope) else None


def over_all(award: Award) -> bool:
    """Whether an award is nothing but a ceiling for each firm (单户企业年度补贴总额不超过500万元)."""
    if award.has_figures or award.conditions or award.instalments or len(award.caps) != 1 or award.target:
        return False
    scope = re.sub(rf"^{NUMBERED}", "", award.caps[0].scope)
    return _TOGETHER.search(scope) is not None and re.match(r"单[个户家]|每[个户家]|同一", scope) is not None


def _articles(scope: str) -> Iterator[str]:
    """The articles that a text names, those of a range (第七条至第九条) one by one."""
    bare = re.sub(r"\s", "", scope)
    for match in _ARTICLES.finditer(bare):
        first, last = (dates.number(one) if one else 0 for one in (match["first"], match["last"]))
        many = range(first, last + 1) if match["last"] and last - first < _MANY else ()
        yield from (f"第{match['first']}条", *(f"第{chinese(n)}条" for n in many))


_NUMERAL = r"\d{1,3}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]"
_ARTICLES = re.compile(rf"第(?P<first>{_NUMERAL})条(?:(?:至|到|[-—–~～])第(?P<last>{_NUMERAL})条)?")
_MANY = 40


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
    if len(named) < 2 or not all(words for _, words in named) or ladder_of(award):
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
    scope = re.sub(r"^.*(?:给予|予以)(?=.{2})", "", scope)
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
