"""Facts become tables: corrected, mapped, joined where they speak of one thing, reconciled, named, with shortcuts."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from graph import identity
from graph.correcting import Review, correct
from graph.corrections import Corrections
from graph.identity.joining import joined, joins
from graph.mapping import Collector, Context, Merge, Stages, cited_numbers, clashes, fact_rows
from graph.naming import named
from graph.reading import Read
from graph.receipt import FactLedger
from graph.shortcuts import shortcuts
from graph.stars.editions import editions
from graph.stars.layout import Layout, Override
from graph.stars.reliability import Reliability
from graph.stars.rows import assignment_rows
from graph.stars.witnesses import Problem
from graph.tables import Edge, Node, Tables
from graph.world import document_rows, far_rows, untitled_policy_rows, vocabulary_rows
from loaders.reading import Rejected
from ontology.errors import AtlasError
from ontology.facts import Evidence, Fact, PolicyFact, record
from ontology.facts_firms import FirmFact
from ontology.model import model
from ontology.vocabulary import Vocabulary


@dataclass(frozen=True)
class Beliefs:
    """What the star layout is reconciled with: how far each kind of witness is believed, and people's corrections."""

    trust: Reliability
    overrides: tuple[Override, ...] = ()
    problems: tuple[Problem, ...] = ()
    """Lines of the corrections that cannot be used; the rest is used, and the receipt lists these."""


@dataclass(frozen=True)
class Assembled:
    """What was read, as tables, with its ledgers.

    `reads` are the documents with their facts as corrected; `rejected` is everything that is not in the graph, with
    the file; `repeated` counts the rows that were said before; `layouts` are the star layouts, oldest first.
    """

    tables: Tables
    reads: tuple[Read, ...]
    ledgers: tuple[FactLedger, ...]
    rejected: tuple[tuple[str, Rejected], ...]
    merges: tuple[Merge, ...]
    reviews: tuple[Review, ...]
    repeated: int
    layouts: tuple[Layout, ...]


@dataclass(frozen=True)
class _World:
    """What the mapping of any fact may know, the rows that no fact gives, and the dates of policies."""

    context: Context
    rows: tuple[Node | Edge, ...]
    dates: Mapping[str, str]


def assemble(
    reads: Sequence[Read],
    vocabulary: Vocabulary,
    beliefs: Beliefs | None = None,
    corrections: Corrections | None = None,
) -> Assembled:
    """The tables of what was read.

    Args:
        reads: the documents, in the order in which they count where one must be first.
        vocabulary: what is known about the world.
        beliefs: what star tables are reconciled with; without it there are no Assignments.
        corrections: what people say about single facts; it comes first, so that everything else follows it.
    """
    reads, world, reviews, problems = _corrected(reads, vocabulary, corrections or Corrections())
    collector = Collector()
    collector.add(world.rows)
    kept, ledgers, rejected = _mapped(reads, world.context, collector)
    rejected += [(p.file, Rejected("corrections", p.line, p.quote, p.message)) for p in problems]
    layouts: tuple[Layout, ...] = ()
    if beliefs is not None:
        titles = {policy: fact.title for fact, policy in world.context.policies.items()}
        titles |= {policy: title for title, policy in world.context.named.items()}
        layouts = editions(
            list(kept.values()), world.context.edition, world.dates, beliefs.trust, beliefs.overrides, titles
        )
    for layout in layouts:
        collector.add(assignment_rows(layout, vocabulary, current=layout is layouts[-1]))
    unused = [p for layout in layouts for p in layout.problems] + list(beliefs.problems if beliefs else ())
    rejected += [(p.file, Rejected("stars", p.line, p.quote, p.message)) for p in dict.fromkeys(unused)]
    collector.add(far_rows(vocabulary, tuple(collector.nodes.values()), tuple(collector.edges.values())))
    one = joins(collector.nodes, collector.edges.values())
    nodes, edges = joined(collector.nodes, collector.edges.values(), one)
    nodes = named(nodes, edges)
    merges = [*collector.merges, *(Merge(join.id, "id", join.id, join.old, join.reason) for join in one)]
    tables = Tables.of(nodes.values(), [*edges, *shortcuts(nodes, edges)])
    return Assembled(
        tables,
        tuple(reads),
        tuple(ledgers),
        tuple(rejected),
        tuple(sorted(merges, key=lambda merge: (merge.id, merge.property, str(merge.given_up)))),
        reviews,
        collector.repeated,
        layouts,
    )


def _world(reads: Sequence[Read], vocabulary: Vocabulary) -> _World:
    rows = list(vocabulary_rows(vocabulary))
    facts = [fact for read in reads for fact in read.facts]
    policies = identity.policy_ids(fact for fact in facts if isinstance(fact, PolicyFact))
    dates = {policy: fact.issued for fact, policy in policies.items() if fact.issued is not None}
    untitled: dict[str, str] = {}
    known: dict[str, str] = {}
    for read in reads:
        source = read.document.source
        rows += document_rows(source.file, source.sha256, read.entry)
        policies_read = read.readings.get("policies")
        if read.entry is not None and policies_read is not None and not policies_read.facts:
            untitled[source.sha256], more = untitled_policy_rows(read.entry, vocabulary)
            dates[untitled[source.sha256]] = read.entry.date or ""
            known[read.entry.title] = untitled[source.sha256]
            rows += more
    context = Context(vocabulary, policies, _editions(policies, untitled), known, cited_numbers(facts))
    stages = cache(lambda: Stages.of(_rows_of_prose(facts, context)))
    firms = clashes(fact for fact in facts if isinstance(fact, FirmFact))
    return _World(replace(context, stages=stages, clashes=firms), tuple(rows), dates)


def _rows_of_prose(facts: Iterable[Fact], context: Context) -> Iterator[Node | Edge]:
    """The rows of the facts that no registry states."""
    for fact in facts:
        if not isinstance(fact, FirmFact):
            with suppress(AtlasError):
                yield from fact_rows(fact, context)


def _corrected(
    reads: Sequence[Read], vocabulary: Vocabulary, corrections: Corrections
) -> tuple[list[Read], _World, tuple[Review, ...], tuple[Problem, ...]]:
    """The documents as corrected; lines whose value no row can hold are taken out, and it is tried again."""
    while True:
        done = correct([read.readings for read in reads], corrections)
        found = [replace(read, readings=readings) for read, readings in zip(reads, done.readings, strict=True)]
        world = _world(found, vocabulary)
        mistakes = {
            fact.read_as: why
            for read in found
            for fact in read.facts
            if fact.read_as is not None and (why := _mistake(fact, world.context)) is not None
        }
        if not mistakes:
            return found, world, done.reviews, done.problems
        corrections = corrections.without(
            row.problem(mistakes[row.fact]) for row in corrections.rows if row.fact in mistakes
        )


def _mistake(fact: Fact, context: Context) -> str | None:
    """Why the rows of a corrected fact cannot be in the graph, None where they can."""
    try:
        nodes = [row for row in fact_rows(fact, context) if isinstance(row, Node)]
    except (AtlasError, ValueError) as error:  # a mapping reads years and dates out of words
        return f"更正后的内容不能入图：{error}"
    for node in nodes:
        known = model().properties(node.cls)
        for name, value in node.properties.items():
            one = known[name]
            if one.codes and str(value) not in one.codes:
                return f"“{value}”不是可用的{one.title}；可用的有：{'、'.join(one.codes)}"
            if one.datatype == "date" and not _is_date(str(value)):
                return f"{one.title}应为日期（如 2025-12-31），实为“{value}”"
    return None


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _mapped(
    reads: Sequence[Read], context: Context, collector: Collector
) -> tuple[dict[object, Fact], list[FactLedger], list[tuple[str, Rejected]]]:
    """The facts whose rows the collector now holds, by id; the ledger of each kind in each document; what is left."""
    kept: dict[object, Fact] = {}
    ledgers: list[FactLedger] = []
    rejected: list[tuple[str, Rejected]] = []
    for read in reads:
        file = read.document.source.file
        for kind, reading in read.readings.items():
            count, merged, refused = 0, 0, list(reading.rejected)
            for fact in reading.facts:
                identifier = record(fact)["id"]
                if identifier in kept:  # said twice, or the same text under another name
                    merged += 1
                    continue
                try:
                    collector.add(fact_rows(fact, context))
                except AtlasError as error:
                    refused.append(Rejected(kind, fact.evidence.span.line, fact.evidence.span.quote, str(error)))
                    continue
                kept[identifier] = fact
                count += 1
            total = len(reading.facts) + len(reading.rejected)
            ledgers.append(FactLedger(file, kind, total, count, merged, len(refused)))
            rejected += [(file, one) for one in refused]
    return kept, ledgers, rejected


def _editions(policies: Mapping[PolicyFact, str], untitled: Mapping[str, str]) -> Callable[[Evidence], str | None]:
    """Finds the policy that states something: the one whose title heads the section path, in the same document."""
    titles = {
        (fact.evidence.sha256, identity.plain(title)): policy
        for fact, policy in policies.items()
        for title in (fact.title_as_printed, fact.title)
    }

    def edition(evidence: Evidence) -> str | None:
        head = identity.plain(evidence.section[0]) if evidence.section else ""
        return titles.get((evidence.sha256, head)) or untitled.get(evidence.sha256)

    return edition
