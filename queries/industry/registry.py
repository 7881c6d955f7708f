"""What a registry of firms holds for a city, a cluster or a stage; without one, that it is not loaded."""

from collections.abc import Iterator
from dataclasses import dataclass

from graph.tables import Node
from queries.index import Basis, Index
from queries.industry import fill, naming, things
from queries.industry.gaps import NO_DATA, NO_RECORD, Ground
from queries.phrase import Phrase, listed, phrase

REGISTRY, DOCUMENTS = "registry", "documents"
NO_REGISTRY = Phrase("登记库未载入", "no registry is loaded")
LOAD_REGISTRY = Phrase(
    "无数据：登记库未载入；用 build 载入企业登记库（CSV 表：名称、统一社会信用代码、城市、集群、环节、称号）后可查",
    "No data: no registry is loaded; `build` with one (CSV: name, code, city, cluster, stage, titles) would answer",
)


@dataclass(frozen=True, slots=True)
class Firm:
    """One line: a firm, or what is not there in words.

    Attributes:
        source: REGISTRY or DOCUMENTS; the two are never merged.
        cluster: its id; None where the source says none.
        stages: ids of the subsectors and products that the line is about.
        company: its id; None where the line says that there is none.
        city: where the registry has its seat, or for which city the documents name it; None where none is meant.
        relation: how the documents name it, a notation of `company-relation`; the titles of a registered firm.
        status: a notation of `silence`, "" for a firm.
        detail: in words.
        evidence: sentences that name the firm, or that give the cluster or the stage to the city.
    """

    source: str
    cluster: str | None
    stages: tuple[str, ...]
    company: str | None
    city: str | None
    relation: str
    status: str
    detail: Phrase
    evidence: tuple[Basis, ...]


@dataclass(frozen=True)
class Asked:
    """What is asked for: ids, None for any; `elsewhere` the firms of other cities that are not in this one."""

    city: str | None = None
    cluster: str | None = None
    stage: str | None = None
    elsewhere: bool = False


def registered(ground: Ground, asked: Asked, cluster: str | None) -> Iterator[Firm]:
    """What the registry holds for the cluster or the stage, and for each stage that the city is named for."""
    index = ground.index
    stages = _stages(ground, asked, cluster)
    thing = asked.stage or cluster
    if not ground.registry:
        evidence = reason(ground, asked, cluster, thing)
        kept = (asked.stage,) if asked.stage is not None else stages
        city = None if asked.elsewhere else asked.city
        yield Firm(REGISTRY, cluster, kept, None, city, "", NO_DATA, NO_REGISTRY, evidence)
        return
    held = [] if thing is None else [one for one in fill.recorded(index, thing) if _sits(index, one, asked)]
    yield from (_line(index, one, cluster) for one in held)
    for silent in dict.fromkeys((*((thing,) if thing is not None else ()), *stages)):
        if not any(_sits(index, one, asked) for one in fill.recorded(index, silent)):
            why = phrase("登记库已载入，没有{}的企业", "the registry holds no firm of {}", index.name(silent))
            kept = (silent,) if silent != cluster else ()
            evidence = reason(ground, asked, cluster, silent)
            yield Firm(REGISTRY, cluster, kept, None, asked.city, "", NO_RECORD, why, evidence)


def beyond(ground: Ground, asked: Asked) -> Iterator[Firm]:
    """The firms seated in a city that the registry puts in no cluster."""
    firms = {
        one.id: one for row in fill.registrations(ground.index) for one in ground.index.out(row.id, "aboutCompany")
    }
    for one in firms.values():
        if _sits(ground.index, one, asked) and not clusters(ground.index, one.id):
            yield _line(ground.index, one, None)


def clusters(index: Index, firm: str) -> tuple[str, ...]:
    """The clusters that a registry puts a firm in, those of its stages too."""
    found = (up for thing in fill.activities(index, firm) for up in things.parents(index, thing))
    return tuple(dict.fromkeys(found))


def titles(index: Index, firm: str) -> Phrase:
    """The titles that a registry prints for a firm."""
    found = index.node(firm).properties.get("titles", ())
    return listed(found if isinstance(found, tuple) else (str(found),))


def _line(index: Index, firm: Node, cluster: str | None) -> Firm:
    """A registered firm, with its stages in the cluster."""
    done = fill.activities(index, firm.id)
    stages = tuple(one for one in done if index.node(one).cls != "Cluster" and _within(index, one, cluster))
    seat = next(iter(fill.seats(index, firm.id)), None)
    evidence = tuple(dict.fromkeys(basis for row in fill.rows(index, firm.id) for basis in index.basis(row.id)))
    return Firm(REGISTRY, cluster, stages, firm.id, seat, titles(index, firm.id), "", Phrase(""), evidence)


def _within(index: Index, stage: str, cluster: str | None) -> bool:
    """Whether a stage is of the cluster, or of none."""
    above = things.parents(index, stage)
    return cluster is None or not above or cluster in above


def _sits(index: Index, firm: Node, asked: Asked) -> bool:
    """Whether a registered firm sits where it is asked for."""
    seats = fill.seats(index, firm.id)
    return asked.city is None or (bool(seats) and asked.city not in seats if asked.elsewhere else asked.city in seats)


def _stages(ground: Ground, asked: Asked, cluster: str | None) -> tuple[str, ...]:
    """The subsectors of the cluster for which the documents name the city; none where a stage is asked for."""
    if cluster is None or asked.city is None or asked.stage is not None or asked.elsewhere:
        return ()
    parts = things.subsectors(ground.index, cluster)
    return tuple(one for one in parts if asked.city in ground.named((one,)).cities)


def reason(ground: Ground, asked: Asked, cluster: str | None, thing: str | None) -> tuple[Basis, ...]:
    """The sentences that give the thing to the city; elsewhere, or without a city, those that name others for it."""
    index = ground.index
    if thing is None:
        return ()
    named = ground.named(things.same(index, thing))
    others = [one.statements[0] for place, one in named.cities.items() if place != asked.city]
    if asked.elsewhere or asked.city is None:
        return naming.basis(index, others or named.statements(), (thing,))
    behind = list(named.cities[asked.city].statements) if asked.city in named.cities else []
    if cluster is not None and (cell := ground.cell(asked.city, cluster)) is not None:
        behind.append(cell.id)
    about = tuple(one for one in (thing, cluster, asked.city) if one is not None)
    return naming.basis(index, behind or others, about)
