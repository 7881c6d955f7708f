"""Corrections put to the facts that were read: the rest of the build sees only what they leave."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from graph.corrections import Correction, Corrections
from graph.stars.witnesses import Problem
from graph.values import ValueMistake, hints, parsed
from loaders.reading import Reading, Rejected
from ontology.errors import Ambiguous, NotFound
from ontology.facts import Fact, field_names, record
from ontology.vocabulary import vocabulary

Readings = Mapping[str, Reading]


@dataclass(frozen=True, slots=True)
class Review:
    """What a person said about a fact and what came of it; for `correct` with the value before and after."""

    fact: str
    action: str
    field: str | None
    before: object
    after: object
    source: str
    name: str
    date: str


@dataclass(frozen=True)
class Corrected:
    """The readings of each document after correction, what was done, and the lines that could not be used."""

    readings: tuple[Readings, ...]
    reviews: tuple[Review, ...]
    problems: tuple[Problem, ...]


def correct(readings: Sequence[Readings], corrections: Corrections) -> Corrected:
    """Confirm, correct and reject the facts of all documents.

    Args:
        readings: of each document, by kind of fact.
        corrections: of any facts; those that fit none become problems.

    Returns:
        As many readings, in the same order. A rejected fact stands among the rejected of its reading.
    """
    if not corrections.rows:
        return Corrected(tuple(readings), (), corrections.problems)
    facts = {str(record(fact)["id"]): fact for one in readings for reading in one.values() for fact in reading.facts}
    by_fact: dict[str, list[Correction]] = defaultdict(list)
    for row in corrections.rows:
        by_fact[row.fact].append(row)
    problems: list[Problem] = []
    changed: dict[str, Fact | Rejected] = {}
    reviews: list[Review] = []
    for name, rows in by_fact.items():
        if (fact := facts.get(name)) is None:
            problems += [row.problem(_unknown(name, facts)) for row in rows]
            continue
        found, why = _result(name, fact, rows)
        problems += why
        if found is not None:
            changed[name] = found
            reviews += _reviews(fact, found, rows, {problem.line for problem in why})
    applied = tuple({kind: _applied(reading, changed) for kind, reading in one.items()} for one in readings)
    return Corrected(applied, tuple(reviews), (*corrections.problems, *problems))


def _unknown(name: str, facts: Iterable[str]) -> str:
    kinds = sorted({known.partition("/")[0] for known in facts})
    kind = name.partition("/")[0]
    near = get_close_matches(name, [known for known in facts if known.startswith(f"{kind}/")], n=3, cutoff=0.75)
    if near:
        return f"没有 id 为“{name}”的事实；相近的有：{'、'.join(near)}"
    if kind not in kinds:
        return f"没有 id 为“{name}”的事实；id 以种类开头：{'、'.join(kinds)}"
    return f"没有 id 为“{name}”的事实；文档或读法改变后 id 会变，请用 facts {kind} 查看"


def _result(name: str, fact: Fact, rows: Sequence[Correction]) -> tuple[Fact | Rejected | None, list[Problem]]:
    """What becomes of a fact; None where no line about it can be used."""
    first = rows[0]
    if first.action == "reject":
        span = fact.evidence.span
        return Rejected(fact.kind, span.line, span.quote, f"人工核对不采用（{first.ground}）"), []
    if first.action == "confirm":
        return replace(fact, review="confirmed"), []
    values: dict[str, object] = {}
    problems: list[Problem] = []
    for row in rows:
        try:
            values[_field(fact, row.field)] = _value(fact, row)
        except (NotFound, Ambiguous, ValueMistake) as error:
            problems.append(row.problem(str(error)))
    if not values:
        return None, problems
    changes: dict[str, object] = {**values, "review": "corrected", "read_as": name}
    return replace(fact, **changes), problems  # type: ignore[arg-type]


def _field(fact: Fact, printed: str) -> str:
    names = field_names(type(fact))
    if printed not in names:
        near = tuple(get_close_matches(printed, names, n=3, cutoff=0.5)) or tuple(names)
        raise NotFound("字段", printed, near)
    return names[printed]


def _value(fact: Fact, row: Correction) -> object:
    """The value of a line in the field's type; names of cities and clusters as the vocabulary has them."""
    value = parsed(row.value, hints(type(fact))[_field(fact, row.field)], row.field)
    return _named(fact.kind, row.field, value)


def _named(kind: str, field: str, value: object) -> object:
    if isinstance(value, tuple) and field in ("cities", "clusters"):
        return tuple(_named(kind, {"cities": "city", "clusters": "cluster"}[field], one) for one in value)
    if isinstance(value, str) and field == "cluster":
        return vocabulary().cluster(value).name
    if isinstance(value, str) and field == "city":
        # A firm may be named for a region; a layout, a witness and a place are of a city.
        try:
            return vocabulary().city(value).name
        except NotFound:
            if kind != "companies":
                raise
            return vocabulary().place(value).name
    return value


def _reviews(before: Fact, after: Fact | Rejected, rows: Sequence[Correction], unused: set[int]) -> Iterator[Review]:
    said = (row for row in rows if row.line not in unused)
    for row in dict.fromkeys(replace(row, line=0) for row in said):
        change: tuple[object, object] = (None, None)
        if isinstance(after, Fact) and row.action == "correct":
            change = (record(before)[row.field], record(after)[row.field])
        yield Review(row.fact, row.action, row.field or None, *change, row.source, row.name, row.date)


def _applied(reading: Reading, changed: Mapping[str, Fact | Rejected]) -> Reading:
    facts: list[Fact] = []
    rejected = list(reading.rejected)
    for fact in reading.facts:
        found = changed.get(str(record(fact)["id"]), fact)
        if isinstance(found, Rejected):
            rejected.append(found)
        else:
            # The same words in a file of another name keep that file as their evidence.
            facts.append(replace(found, evidence=fact.evidence))
    return Reading(tuple(facts), tuple(rejected))
