"""Instruments: what a policy gives, to whom, how much, under which conditions, until when."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from loaders.document.document import Document
from loaders.document.text import Text
from loaders.grammar.quantities import number
from loaders.money.award import Award
from loaders.money.awards import awards
from loaders.money.benefits import benefits_of, money
from loaders.money.ceilings import budget, by_region, caps_by_kind, covered, highest, ladder_of, over_all
from loaders.money.conditions import Read, figures, quote_of
from loaders.money.figures import MEASURE
from loaders.money.naming import apart, beneficiary_of, name_of, named_section, type_of
from loaders.money.passages import Passage, PolicyText, clause_of, policy_texts
from loaders.money.schemes import Scheme, schemes
from loaders.money.scope import Around, around, excluded, forfeit, reservation, spending
from loaders.money.titles import recognitions
from loaders.money.unread import unread_awards
from loaders.reading import Reading, Rejected
from ontology.facts import Fact
from ontology.facts_money import (
    Benefit,
    Condition,
    Group,
    InstrumentFact,
    Leaf,
    Money,
    Threshold,
    conjunction,
    disjuncts,
    leaves,
)
from ontology.vocabulary import vocabulary

_PROSE = ("plan", "action_plan")
_NAMED_FOR = 4


@dataclass(frozen=True)
class Draft:
    """An instrument before its policy's conditions are added.

    `entry` are the conditions that open it (of a ladder the lowest step), `own` the condition they form.
    """

    passage: Passage
    award: Award
    name: str
    kind: str | None
    entry: tuple[Read, ...]
    own: Condition | None
    benefits: tuple[Benefit, ...]
    regions: tuple[str, ...]


def instruments(document: Document) -> Reading:
    """The instruments that a document gives.

    Returns:
        One InstrumentFact for each clause of giving; ladders and instalments are inside it, parallel clauses are
        instruments of their own. What an explanation repeats is not counted again. Rejected are sentences that give
        something in figures and could not be read.
    """
    facts: list[Fact] = []
    rejected: list[Rejected] = []
    for policy in policy_texts(document):
        found = drafts(policy)
        every = schemes(policy, awarding(found))
        # A scheme without a figure states no criterion, so nothing can be linked to it.
        scoped = tuple(scheme for scheme in every if _states(scheme, policy))
        common = around(policy)
        only = sum(awarding(found).values()) == 1
        kept, over = _under(found)
        made = [
            _fact(document, policy, draft, _schemes_of(draft, scoped, found, only), common, over.get(id(draft)))
            for draft in kept
        ]
        made += recognitions(document, policy)
        facts += sorted(_standards(_once(made)), key=lambda fact: fact.evidence.span.start)
        rejected += unread_awards(document, policy, made)
    return Reading(tuple(facts), tuple(rejected))


def awarding(found: Sequence[Draft]) -> dict[int, bool]:
    """Where the passages that give something start, and whether they give in figures."""
    result: dict[int, bool] = {}
    for draft in found:
        start = draft.passage.text.starts[0]
        result[start] = result.get(start, False) or draft.award.has_figures
    return result


def _under(found: Sequence[Draft]) -> tuple[list[Draft], dict[int, Draft]]:
    """The awards without those that only limit others, and for each award the ceiling over it (by identity)."""
    kept = list(found)
    over: dict[int, Draft] = {}
    for limit in found:
        articles = covered(limit.award)
        if articles is not None:
            reached = [one for one in found if one is not limit and one.award.has_figures and _in(one, articles)]
        elif over_all(limit.award):
            reached = [one for one in found if one is not limit and one.award.has_figures and _beside(one, limit)]
        else:
            continue
        over |= {id(one): limit for one in reached if one.award.shared is None}
        if reached:
            kept.remove(limit)
    return kept, over


def _beside(draft: Draft, limit: Draft) -> bool:
    """Whether an award stands in the same list as a ceiling that is an item of its own."""
    one, two = draft.passage.section, limit.passage.section
    if (
        one is None
        or two is None
        or draft.passage is limit.passage
        or two.kind not in ("item", "bracket", "bracket_cn")
    ):
        return False
    return one.parent is not None and one.parent == two.parent


def _in(draft: Draft, articles: Sequence[str]) -> bool:
    """Whether an award stands in one of some articles; anywhere where none is named."""
    own = re.findall(r"第[一二两三四五六七八九十百\d]+条", re.sub(r"\s", "", clause_of(draft.passage) or ""))
    return not articles or any(article in articles for article in own)


def _states(scheme: Scheme, policy: PolicyText) -> bool:
    """Whether a scheme has a criterion in figures."""
    return any(True for one in scheme.passages for _ in figures(one.text.string, policy, clause_of(one)))


def drafts(policy: PolicyText) -> tuple[Draft, ...]:
    """The awards of a policy as drafts of instruments."""
    found: list[Draft] = []
    every = [
        (passage, [budget(award) for award in awards(passage, policy, clause_of(passage))])
        for passage in (*policy.passages, *policy.rows)
        if not (passage.block.kind == "heading" and len(passage.text) < 60)
    ]
    homes = [named_section(policy, passage) or passage.section for passage, _ in every]
    hard = Counter(home for home, (_, given) in zip(homes, every, strict=True) for award in given if award.is_hard)
    for home, (passage, given) in zip(homes, every, strict=True):
        single = hard[home] <= 1
        for award in given:
            if policy.kind in _PROSE and not (award.has_figures or award.target):
                continue
            for part in by_region(award):
                for kind, one in caps_by_kind(part):
                    found.append(_draft(policy, passage, one, kind, single))
    return tuple(_apart(found))


def _apart(found: Sequence[Draft]) -> Iterator[Draft]:
    """The drafts of a policy; those with a name in common are told apart by their cases."""
    names = Counter(draft.name for draft in found)
    last: Draft | None = None
    for draft in found:
        shared = names[draft.name] > 1 and draft.kind is None and draft.award.is_hard
        ends = last.award.end if last is not None and last.passage is draft.passage else 0
        yield replace(draft, name=apart(draft.name, draft.award, ends)) if shared else draft
        last = draft


def _draft(policy: PolicyText, passage: Passage, award: Award, kind: str | None, single: bool) -> Draft:
    entry = _entry(award)
    string = passage.text.string
    before = string[min(award.start, award.sentence[0]) if kind else award.start : award.end]
    regions = (
        award.places
        or (policy.places(kind) if kind else ())
        or (policy.places(before) if re.search(r"地区|市|省|区域", before) else ())
    )
    if award.target is not None and not award.places and not kind:  # 对珠三角地区（…）的项目，按…
        regions = tuple(dict.fromkeys((*regions, *policy.prefix(award.target)[0])))
    if entry and all(read.leaf.regions for read in entry):
        regions = ()
    for read in entry:
        regions = tuple(dict.fromkeys((*regions, *read.leaf.regions)))
    without = excluded(award)
    regions = tuple(one for one in regions if one not in without and not _EVERYWHERE.match(one))
    return Draft(
        passage=passage,
        award=award,
        name=name_of(policy, passage, award, kind, single),
        kind=kind,
        entry=entry,
        own=_together(award.conditions),
        benefits=benefits_of(award, policy, regions),
        regions=regions,
    )


_EVERYWHERE = re.compile(r"[全本]?(?:省|市|区|县)(?:内|域|范围内)?$|其[他它余]")


def _entry(award: Award) -> tuple[Read, ...]:
    """The conditions that open an award."""
    seen: list[Read] = []
    for read in award.conditions:
        limits = read.leaf.op in ("<=", "<") and _LIMIT.search(read.leaf.text) and read.leaf.what != "duration"
        if limits and not MEASURE.search(read.criterion):
            continue  # how much is paid for, not who may apply
        if not any(read.leaf == other.leaf for other in seen):
            seen.append(read)
    return tuple(seen)


_LIMIT = re.compile(
    r"^(?:每|同一|单[个户家项]|最多)|(?:补助|补贴|奖励|资助|支持|贴息)(?:面积|时间|期限|数量|人数|名额)"
)


def _together(reads: Sequence[Read]) -> Condition | None:
    members: list[Condition] = []
    for read in reads:
        if read.other and members:
            members.append(Group.any((*disjuncts(members.pop()), read.leaf)))
        else:
            members.append(read.leaf)
    return conjunction(members)


# ---- Facts


def _fact(
    document: Document,
    policy: PolicyText,
    draft: Draft,
    under: tuple[Scheme | None, Scheme | None],
    common: Around,
    over: Draft | None,
) -> InstrumentFact:
    """The fact of a draft; `under` are its own scheme and that of all, `over` limits it with others."""
    award, passage = draft.award, draft.passage
    fact = policy.fact
    own, scheme = under
    demanded = _for_kind(own.requires, draft) if own is not None else None
    spend = spending(award.text)
    spend = spend if spend[0] is not None or not award.is_hard else common.spending
    regions = draft.regions or _home(policy)
    requires = conjunction((demanded, draft.own))
    return InstrumentFact(
        evidence=document.evidence(passage.block, _quote(passage, award), *_more(policy, draft, own, over)),
        policy=policy.title,
        clause=clause_of(passage),
        name=draft.name,
        instrument_type=type_of(award),
        beneficiary=beneficiary_of(award),
        strength="hard" if award.is_hard else "soft",
        valid_from=(fact.effective or fact.issued) if fact is not None and fact.effective else None,
        valid_to=fact.expires if fact is not None else None,
        window=common.window,
        spending_from=spend[0],
        spending_to=spend[1],
        clusters=common.clusters,
        authority=common.authority,
        reservation=tuple(dict.fromkeys((*reservation(passage.text.string, award.text), *common.reserved))),
        requires=requires,
        scheme=scheme.name if scheme is not None and scheme.requires is not None else None,
        benefits=draft.benefits,
        shared_cap=_shared_cap(award)
        or (money(over.award.caps[0].quantity, over.award.caps[0].per) if over is not None else None),
        fails_with="；".join(one for one in (forfeit(passage.text.string), common.fails_with) if one) or None,
        ratio_max=_ratio_max(draft.benefits),
        amount=next((b.amount for b in draft.benefits if b.amount is not None), None),
        cap=_cap(award, draft.benefits),
        thresholds=_thresholds(award, requires, draft.regions),
        regions=regions,
        excludes=award.elsewhere + (excluded(award) or (policy.unfit if draft.regions or policy.territory else ())),
    )


def _cap(award: Award, benefits: Sequence[Benefit]) -> Money | None:
    """The ceiling, flat; of a ladder of ceilings the highest."""
    single = next((b.cap for b in benefits if b.cap is not None), None)
    top = highest(ladder_of(award) or award.caps)
    return money(top.quantity, top.per) if single is None and top is not None else single


def _shared_cap(award: Award) -> Money | None:
    cap = award.shared or (award.caps[0] if _only_shared(award) or covered(award) is not None else None)
    return money(cap.quantity, cap.per) if cap is not None else None


def _home(policy: PolicyText) -> tuple[str, ...]:
    """The city whose policy it is."""
    if policy.fact is None or policy.fact.level != "municipal":
        return ()
    words = (policy.title, *policy.fact.issuers)
    return tuple(c.name for c in vocabulary().cities if any(word.startswith(f"{c.name}市") for word in words))[:1]


def _ratio_max(benefits: Sequence[Benefit]) -> float | None:
    found = [b.ratio for b in benefits if b.ratio is not None]
    for benefit in benefits:
        for step in benefit.steps:
            ratio = step.get("ratio")
            if isinstance(ratio, float):
                found.append(ratio)
    return max(found) if found else None


def _thresholds(award: Award, requires: Condition | None, regions: tuple[str, ...]) -> tuple[Threshold, ...]:
    found: list[Threshold] = []
    for scale in award.scales:
        found.append(Threshold("scale", scale.op or "=", number(scale.value), scale.unit, ()))
    for leaf in leaves(requires):
        if isinstance(leaf.value, bool) or not isinstance(leaf.value, int | float) or leaf.unit is None:
            continue
        if regions and leaf.regions and not set(leaf.regions) & set(regions):
            continue
        found.append(Threshold(leaf.what, leaf.op, leaf.value, leaf.unit, leaf.regions))
    for read in award.conditions:
        if (
            len(award.ladder) < 2
            and read.upper is not None
            and isinstance(read.upper.value, int | float)
            and read.upper.unit is not None
        ):
            found.append(
                Threshold(read.upper.what, read.upper.op, read.upper.value, read.upper.unit, read.upper.regions)
            )
    return tuple(dict.fromkeys(found))


def _schemes_of(
    draft: Draft, scoped: Sequence[Scheme], found: Sequence[Draft], only: bool
) -> tuple[Scheme | None, Scheme | None]:
    """The scheme that is an instrument's own, whose conditions become its own, and the one that it is under.

    Its own is that of its section, or one named like it; what a policy demands of all stays with the scheme of all,
    except where it has one award `only`. What is named like other awards is no condition of this one.
    """
    award = draft.award
    # Who was supported before does not apply anew.
    if not award.is_hard or award.scales or award.settles or _only_shared(award):
        return None, None
    chain = draft.passage.section.chain if draft.passage.section is not None else ()
    own = next((one for one in scoped if one.home is not None and one.home in chain), None)
    general = [one for one in scoped if one.home is None and _reaches(one, draft, found)]
    best = max(general, key=lambda scheme: _overlap(scheme.name, draft.name), default=None)
    if own is None and best is not None and (only or (best.led and _names(best, draft))):
        own = best
    return own, best or own


def _reaches(scheme: Scheme, draft: Draft, found: Sequence[Draft]) -> bool:
    """Whether a scheme is for an award: all that it names, and everybody where it names none."""
    others = (one for one in found if one.award.is_hard and not one.award.scales)
    return not scheme.led or _names(scheme, draft) or not any(_names(scheme, other) for other in others)


def _names(scheme: Scheme, draft: Draft) -> bool:
    """Whether the words that lead in conditions name an award; 专项资金 names none."""
    core = _LEVEL.sub("", _plain(scheme.name))
    said = len(core) >= _NAMED_FOR and not _ANY_AWARD.fullmatch(core) and core in _plain(draft.name)
    return said or _overlap(scheme.name, draft.name) >= _NAMED_FOR


_LEVEL = re.compile(r"^(?:国家|[省市区县])级")
_ANY_AWARD = re.compile(r"(?:本|各类|专项|扶持|奖补|财政|支持|补助|奖励|资金|项目|政策|企业)+")


def _plain(words: str) -> str:
    return re.sub(r"[“”‘’\s]", "", words)


def _only_shared(award: Award) -> bool:
    """Whether an award is nothing but a ceiling over several others."""
    return not award.has_figures and bool(award.caps) and award.caps[0].shared


def _overlap(one: str, other: str) -> int:
    pairs = {one[i : i + 2] for i in range(len(one) - 1)}
    return sum(other[i : i + 2] in pairs for i in range(len(other) - 1))


def _for_kind(condition: Condition | None, draft: Draft) -> Condition | None:
    """Without the leaves that name another kind of project than the instrument's."""
    if condition is None or draft.kind is None or not isinstance(condition, Group):
        return condition
    others = draft.award.kinds
    kept: tuple[Condition, ...] = tuple(
        item
        for item in condition.items_of
        if not (isinstance(item, Leaf) and _names_other(f"{item.clause or ''} {item.text}", draft.kind, others))
    )
    return Group.all(kept) if condition.logic == "all" else condition


def _names_other(text: str, kind: str, kinds: Sequence[str]) -> bool:
    return any(_alike(text, other) for other in kinds if other != kind) and not _alike(text, kind)


def _alike(text: str, kind: str) -> bool:
    """Whether a text names a kind, in full or by its head and tail (云平台样板 for 云平台应用示范样板)."""
    return kind in text or (kind[:3] in text and kind[-2:] in text[text.find(kind[:3]) :][:16])


# ---- Evidence


def _quote(passage: Passage, award: Award) -> Text:
    """The clause of giving: from its first condition where that fits, with the figures inside."""
    if passage.row is not None:
        return passage.row
    text = passage.text
    start, end = award.start, max(award.end, award.start + 1)
    if not award.is_hard and award.alone:
        start, end = award.sentence
    if end - start > 180:
        start = end - 180
        cut = text.string.find("，", start)
        start = cut + 1 if 0 <= cut < end - 40 else start
    head = re.match(
        r"(?:第[^条。，]{1,6}条|（[^（）]{1,3}）|\d+[.、．]|[一二三四五六七八九十]+、)\s*", text.string[start:end]
    )
    piece = text[start + (head.end() if head else 0) : end].strip("，。；：、 ")
    return piece if len(piece) else text[award.sentence[0] : award.sentence[1]]


def _more(policy: PolicyText, draft: Draft, scheme: Scheme | None, over: Draft | None) -> list[Text]:
    """Further words that the fact needs: ceilings and conditions elsewhere, those of its scheme, what is over it."""
    award = draft.award
    spans = [(read.start, read.end) for read in award.conditions]
    spans += [(cap.start, cap.end) for cap in (*award.caps, *([award.shared] if award.shared is not None else []))]
    spans += award.also
    pieces = [draft.passage.said(start, end) for start, end in spans if not award.start <= start < award.end]
    for passage in scheme.passages if scheme is not None else ():
        for read in figures(passage.text.string, policy, None):
            if not draft.regions or not read.leaf.regions or set(read.leaf.regions) & set(draft.regions):
                pieces.append(quote_of(passage.text, read))
    if over is not None:
        pieces.append(over.passage.said(over.award.start, over.award.end))
    return [piece for one in pieces if len(piece := one.strip("，。；：、 "))]


# ---- The same award said twice


def _once(made: Sequence[InstrumentFact]) -> list[InstrumentFact]:
    """Without a promise in general words of what the same policy gives in figures to the same."""
    hard = [fact for fact in made if fact.strength == "hard" and fact.instrument_type != "recognition"]
    kept: list[InstrumentFact] = []
    for fact in made:
        if fact.strength == "soft" and any(
            fact.beneficiary == other.beneficiary and fact.beneficiary for other in hard
        ):
            continue
        kept.append(fact)
    return kept


_ARTICLE = re.compile(r"第[一二两三四五六七八九十\d]+条")


def _standards(made: Sequence[InstrumentFact]) -> list[InstrumentFact]:
    """With the share of the article whose standard an instrument applies."""
    result = []
    for fact in made:
        standard = next((b.standard for b in fact.benefits if b.standard), None)
        if standard and fact.ratio_max is None and (match := _ARTICLE.match(standard)):
            source = [
                o for o in made if o is not fact and o.clause and match[0] in o.clause and o.ratio_max is not None
            ]
            if source:
                fact = replace(fact, ratio_max=max(o.ratio_max for o in source if o.ratio_max is not None))
        result.append(fact)
    return result


__all__ = ["Draft", "Money", "drafts", "instruments"]
