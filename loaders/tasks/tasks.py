"""Tasks: who has to do what, until when.

Read from tables of responsibility, from lists of bodies in brackets behind a paragraph, and from sentences that give a
body a duty. What a plan's text and its table both say is one task, with both as evidence; in rules that have a chapter
about duties, what later articles add to a body's duties is further evidence of it.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from loaders.document.document import Block, Document
from loaders.document.text import Text
from loaders.policy.owners import Place, blocks, has_bodies, places
from loaders.reading import Reading, Rejected
from loaders.tasks.duties import Duty, duties
from loaders.tasks.lists import Listed, listed
from loaders.tasks.measures import by_year, counted
from loaders.tasks.roles import Roles, announced
from loaders.tasks.tables import Row, deadline, rows
from ontology.facts import Evidence, Fact
from ontology.facts_work import Inherited, TaskFact


def tasks(document: Document) -> Reading:
    """The tasks that the policies of a document set, in the order of the text.

    Interpretations beside the text of a policy and records of press conferences repeat its tasks and are not read.
    """
    facts: list[TaskFact] = []
    rejected: list[Rejected] = []
    every = places(document)
    for title in dict.fromkeys(place.title for place in every):
        repeats = ("interpretation",) if has_bodies(document) else ()
        own = [p for p in every if p.title == title and p.part.role not in (*repeats, "record", "other")]
        found = [fact for place in own for fact in _tables(document, place)]
        for place in own:
            for fact in _lists(document, place):
                _merge(found, fact)
        found += _duties(document, own, {span.start for fact in found for span in fact.evidence.spans})
        facts += found
    for block in document.blocks:
        rejected += _unread(block, facts)
    facts.sort(key=lambda fact: fact.evidence.span.start)
    whole: tuple[Fact, ...] = tuple(facts)
    return Reading(whole, tuple(rejected))


def _tables(document: Document, place: Place) -> Iterator[TaskFact]:
    found = list(rows(blocks(document, place.part), place.prefix))
    added: tuple[Inherited, ...] = ()
    for row in found:
        yield _fact(document, place, row.block, row, added, row.pieces, row.deadline, row.measure)
        added += _added(row.roles, row.block)


def _lists(document: Document, place: Place) -> Iterator[TaskFact]:
    own = blocks(document, place.part)
    said = [(block, names) for block in own if (names := announced(block.text.string, place.prefix))]
    added: tuple[Inherited, ...] = ()
    for one in listed(document, own, place.prefix):
        above = tuple(
            Inherited(agency=name, line=block.line)
            for block, names in said
            if _holds_for(block, one.block)
            for name in names
        )
        yield _fact(
            document,
            place,
            one.block,
            one,
            (*added, *above),
            one.pieces,
            one.until or deadline(one.words) or by_year(one.words),
            counted(one.words),
        )
        added += _added(one.roles, one.block)


def _holds_for(block: Block, later: Block) -> bool:
    """Whether what a paragraph announces (以下…) holds for a later block: to the end of its section."""
    chain = later.section.chain if later.section else ()
    return block.line < later.line and (block.section is None or block.section in chain)


def _added(roles: Roles, block: Block) -> tuple[Inherited, ...]:
    return tuple(Inherited(agency=name, line=block.line) for name in roles.adds)


def _fact(
    document: Document,
    place: Place,
    block: Block,
    stated: Row | Listed,
    added: tuple[Inherited, ...],
    pieces: tuple[Text, ...],
    until: str | None,
    measure: str | None,
) -> TaskFact:
    named = (*stated.roles.lead, *stated.roles.others)
    inherited = tuple(one for one in added if one.agency not in named)
    return TaskFact(
        policy=place.title,
        number=stated.number,
        group=stated.group,
        task=stated.task,
        lead=stated.roles.lead,
        others=(*stated.roles.others, *(one.agency for one in inherited)),
        inherited=inherited,
        deadline=until,
        measure=measure,
        evidence=document.evidence(block, *pieces),
    )


def _merge(found: list[TaskFact], fact: TaskFact) -> None:
    """Add a task, or its evidence to the same task of the table."""
    for i, known in enumerate(found):
        if _key(known) == _key(fact):
            found[i] = replace(
                known,
                group=known.group or fact.group,
                deadline=known.deadline or fact.deadline,
                evidence=_both(known, fact),
            )
            return
    found.append(fact)


def _key(fact: TaskFact) -> tuple[object, ...]:
    return re.sub(r"\W", "", fact.task), frozenset(fact.lead), frozenset(fact.others)


def _both(known: TaskFact, fact: TaskFact) -> Evidence:
    spans = [span for span in fact.evidence.spans if span not in known.evidence.spans]
    return replace(known.evidence, more=(*known.evidence.more, *spans))


def _duties(document: Document, own: list[Place], taken: set[int]) -> list[TaskFact]:
    """Duties in prose; `taken` is where evidence of lists starts, whose paragraphs state their bodies already."""
    found: list[tuple[Duty, TaskFact]] = []
    for place in own:
        if place.part.role in ("notice", "announcement") and place.part.issues:
            continue  # what a notice says about itself
        free = [b for b in blocks(document, place.part) if b.text.string and taken.isdisjoint(range(*b.text.source()))]
        for duty in duties(document, free, place.prefix):
            fact = TaskFact(
                policy=place.title,
                number=duty.number,
                group=duty.group,
                task=duty.task,
                lead=duty.roles.lead,
                others=duty.roles.others,
                deadline=deadline(duty.words.string),
                measure=counted(duty.words.string),
                evidence=document.evidence(duty.block, duty.words),
            )
            first = next(
                (
                    i
                    for i, (one, known) in enumerate(found)
                    if one.chapter and not duty.chapter and _same_bodies(known, fact) and "解释" not in duty.task
                ),
                None,
            )
            if first is None:
                found.append((duty, fact))
            else:
                found[first] = (found[first][0], replace(found[first][1], evidence=_both(found[first][1], fact)))
    return [fact for _, fact in found]


def _same_bodies(known: TaskFact, fact: TaskFact) -> bool:
    return (known.lead, known.others) == (fact.lead, fact.others)


_LOOKS = re.compile(r"（[^（）]*(?:厅|局|委)[^（）]*(?:牵头|负责)[^（）]*）")


def _unread(block: Block, facts: list[TaskFact]) -> Iterator[Rejected]:
    """Lists of responsible bodies that no task holds."""
    if block.kind not in ("paragraph", "list", "heading"):
        return
    for match in _LOOKS.finditer(block.text.string):
        start, end = block.text[match.start() : match.end()].source()
        spans = (span for fact in facts for span in fact.evidence.spans)
        if not any(span.start < end and start < span.end for span in spans):
            yield Rejected("tasks", block.line, match[0][:60], "像是责任单位，但没有读成任务")
