"""Criteria of eligibility: what an applicant or a project must be, one row a criterion, and the condition they form."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from loaders.document.document import Document
from loaders.money.conditions import Read, figures, quote_of, same_measure
from loaders.money.instruments import Draft, awarding, drafts
from loaders.money.passages import Passage, PolicyText, clause_of, policy_texts
from loaders.money.schemes import least_rows, relief_rows, schemes
from loaders.money.unread import unread_criteria
from loaders.reading import Reading, Rejected
from ontology.facts import Fact
from ontology.facts_money import Condition, CriterionFact


def criteria(document: Document) -> Reading:
    """The criteria of eligibility that a document states; awards, deadlines and sanctions are none.

    Returns:
        One CriterionFact for each figure (or date, or 正增长), once for each policy; the first of each scheme carries
        the whole condition. A scheme is a title or a call with conditions of its own, or an award with a threshold.
    """
    facts: list[Fact] = []
    rejected: list[Rejected] = []
    for policy in policy_texts(document):
        given = drafts(policy)
        found = list(_criteria_of(document, policy, given))
        facts += found
        rejected += unread_criteria(
            document, policy, found, [d.passage.said(d.award.start, d.award.end) for d in given]
        )
    return Reading(tuple(sorted(facts, key=lambda fact: fact.evidence.span.start)), tuple(rejected))


def _criteria_of(document: Document, policy: PolicyText, found: Sequence[Draft]) -> Iterator[CriterionFact]:
    seen: list[Read] = []
    for scheme in schemes(policy, awarding(found)):
        rows = [(passage, read) for passage in scheme.passages for read in _reads(passage, policy)]
        yield from _rows(document, policy, scheme.name, rows, (scheme.requires, scheme.relief), seen)
    general = list(seen)
    for draft in found:
        seen = list(general)
        rows = [(draft.passage, read) for read in draft.entry if read.leaf.value is not None]
        yield from _rows(document, policy, draft.name, rows, (draft.own, None), seen)


def _rows(
    document: Document,
    policy: PolicyText,
    scheme: str,
    rows: list[tuple[Passage, Read]],
    whole: tuple[Condition | None, str | None],
    seen: list[Read],
) -> Iterator[CriterionFact]:
    """The rows of one scheme; what the policy has said before with the same figure is not said again."""
    first = True
    for passage, read in rows:
        if any(same_measure(read.leaf, other.leaf) and _alike(read, other) for other in seen):
            continue
        seen.append(read)
        fact = _fact(document, policy, scheme, passage, read)
        yield replace(fact, requires=whole[0], relief=whole[1]) if first else fact
        first = False


def _alike(one: Read, other: Read) -> bool:
    """Whether two criteria speak of the same; 连续经营 and 从事细分市场 share an attribute and no word."""
    words, others = one.criterion, other.criterion
    shared = any(words[i : i + 2] in others for i in range(len(words) - 1))
    return words == others or (one.leaf.what != "other" and shared)


def _reads(passage: Passage, policy: PolicyText) -> list[Read]:
    string = passage.text.string
    found: list[Read] = []
    for one in figures(string, policy, clause_of(passage)):
        found.append(one)
        if one.upper is not None:
            found.append(replace(one, leaf=one.upper, upper=None))
    relief = list(relief_rows(string, passage, policy))
    found += relief
    found += least_rows(string, passage)
    reliefs = [(one.start, one.end) for one in relief]
    found = [one for one in found if (one.start, one.end) in reliefs or not any(a <= one.start < b for a, b in reliefs)]
    return sorted(found, key=lambda one: (one.start, one.end))


def _fact(document: Document, policy: PolicyText, scheme: str, passage: Passage, read: Read) -> CriterionFact:
    value = read.leaf.value
    assert value is not None
    return CriterionFact(
        evidence=document.evidence(passage.block, passage.row or quote_of(passage.text, read)),
        policy=policy.title,
        scheme=scheme,
        criterion=read.criterion,
        what=read.leaf.what,
        op=read.leaf.op,
        value=value,
        unit=read.leaf.unit,
        region="、".join(read.named) or policy.territory,
        window=read.leaf.window,
        regions=read.leaf.regions,
        clause=read.leaf.clause,
        requires=None,
        relief=None,
    )
