"""Firms of a city, a cluster or a stage: those of a registry, and apart from them those that documents name."""

from collections.abc import Iterable
from dataclasses import replace

from queries.index import SAID_BY, Index
from queries.industry import fill, naming, things
from queries.industry.gaps import NOT_NAMED, Ground
from queries.industry.registry import DOCUMENTS, Asked, Firm, beyond, clusters, reason, registered
from queries.phrase import Phrase, joined, listed, phrase


def firms(index: Index, asked: Asked) -> list[Firm]:
    """The firms of a registry, then those that documents name, cluster by cluster.

    Args:
        index: the graph.
        asked: at least a city, a cluster or a stage; `elsewhere` with a city.
    """
    ground = Ground(index)
    found: list[Firm] = []
    for cluster in _clusters(ground, asked):
        found += registered(ground, asked, cluster)
        found += _named(ground, asked, cluster)
    if asked.cluster is None and asked.stage is None:
        found += beyond(ground, asked)
        found += _lines(ground, asked, None)
    return sorted(found, key=lambda one: one.source == DOCUMENTS)


def _clusters(ground: Ground, asked: Asked) -> Iterable[str | None]:
    """The clusters to look at; None for a stage that is part of no cluster."""
    if asked.stage is not None:
        within = things.parents(ground.index, asked.stage)
        return (asked.cluster,) if asked.cluster is not None else within or (None,)
    if asked.cluster is not None:
        return (asked.cluster,)
    here = [one.id for one in ground.index.into(asked.city or "", "aboutPlace") if one.cls == "Mention"]
    named = {edge.target for one in here for edge in ground.index.edges(one, "aboutCluster")}
    for row in ground.index.into(asked.city or "", "aboutPlace"):
        if row.cls == "Registration":
            named |= {up for firm in ground.index.out(row.id, "aboutCompany") for up in clusters(ground.index, firm.id)}
    return [one for one in ground.clusters if one in named or (asked.city is not None and ground.has(asked.city, one))]


# ---- The documents


def _named(ground: Ground, asked: Asked, cluster: str | None) -> list[Firm]:
    """The firms that documents name; one line that says 未点名 where there is none."""
    found = _lines(ground, asked, cluster)
    thing = asked.stage or cluster
    if found or thing is None:
        return found
    kept = () if asked.stage is None else (asked.stage,)
    why = phrase(
        "没有文件为{}点名企业，不等于没有企业",
        "no document names a firm for {}; there may be some",
        ground.index.name(thing),
    )
    if asked.elsewhere:
        why = joined((why, _carriers(ground, asked, thing)))
    city = None if asked.elsewhere else asked.city
    return [Firm(DOCUMENTS, cluster, kept, None, city, "", NOT_NAMED, why, reason(ground, asked, cluster, thing))]


def _carriers(ground: Ground, asked: Asked, thing: str) -> Phrase:
    """The other cities that the documents name for a thing, the strongest role first."""
    named = ground.named(things.same(ground.index, thing))
    cities = [one.words() for one in fill.candidates(ground.index, named, (), asked.city)]
    return phrase("点名承担的他市：{}", "other cities named for it: {}", listed(cities)) if cities else Phrase("")


def _lines(ground: Ground, asked: Asked, cluster: str | None) -> list[Firm]:
    """A line for each firm, place and relation; those whose sentence says the stage come first."""
    index = ground.index
    here = _here(index, asked.city) if asked.elsewhere else frozenset()
    found: dict[tuple[str, str, str], list[Firm]] = {}
    for mention in index.of("Mention"):
        stages = _said(index, mention.id, asked, cluster)
        if stages is None:
            continue
        relation = str(mention.properties.get("relation", ""))
        for firm in index.out(mention.id, "aboutCompany"):
            for place in [] if firm.id in here else _places(index, mention.id, asked):
                evidence = index.basis(mention.id)
                line = Firm(DOCUMENTS, cluster, stages, firm.id, place, relation, "", _where(asked, stages), evidence)
                found.setdefault((firm.id, place, relation), []).append(line)
    merged = [_merged(asked, lines) for lines in found.values()]
    return sorted(merged, key=lambda one: (asked.stage not in one.stages, one.company or "", one.city or ""))


def _said(index: Index, mention: str, asked: Asked, cluster: str | None) -> tuple[str, ...] | None:
    """The stages that the sentence of a mention says, the one that is asked for first; None where it is not meant."""
    clusters = {edge.target for edge in index.edges(mention, "aboutCluster")}
    stages = stages_of(index, mention)
    if asked.stage is None:
        return stages if (cluster in clusters if cluster is not None else not clusters) else None
    if _says(index, mention, asked.stage, stages):
        return tuple(dict.fromkeys((asked.stage, *stages))) if cluster is None or cluster in clusters else None
    return stages if cluster in clusters else None


def _merged(asked: Asked, lines: list[Firm]) -> Firm:
    """Several mentions of one firm as one line."""
    stages = tuple(dict.fromkeys(stage for one in lines for stage in one.stages))
    evidence = tuple(dict.fromkeys(basis for one in lines for basis in one.evidence))
    return replace(lines[0], stages=stages, detail=_where(asked, stages), evidence=evidence)


def _where(asked: Asked, stages: tuple[str, ...]) -> Phrase:
    """Whether the sentence says the stage that is asked for."""
    if asked.stage is None:
        return Phrase("")
    if asked.stage in stages:
        return Phrase("点名的原句说到该环节", "the sentence says the stage")
    return Phrase("点名的原句只说到集群", "the sentence says the cluster only")


def _places(index: Index, mention: str, asked: Asked) -> list[str]:
    """The places of a mention that are asked for; a region is none of its cities."""
    places = index.out(mention, "aboutPlace")
    if asked.city is None:
        return [one.id for one in places]
    return [one.id for one in places if one.cls == "City" and (one.id != asked.city) == asked.elsewhere]


def _here(index: Index, city: str | None) -> frozenset[str]:
    """The firms that documents name for a city, or that are said to sit there."""
    return frozenset(
        one.id
        for one in index.of("Company")
        for relation in ("namedFor", "locatedIn")
        if any(edge.target == city for edge in index.edges(one.id, relation))
    )


def stages_of(index: Index, mention: str) -> tuple[str, ...]:
    """The subsectors and products of which the sentence that names a firm states something."""
    said = [
        edge.source for proof in index.edges(mention, SAID_BY[0]) for edge in index.edges_into(proof.target, SAID_BY[0])
    ]
    ends = ("aboutSubsector", "aboutProduct")
    return tuple(sorted({edge.target for one in said for end in ends for edge in index.edges(one, end)}))


def _says(index: Index, mention: str, stage: str, stages: tuple[str, ...]) -> bool:
    members = things.same(index, stage)
    if set(members) & set(stages):
        return True
    proofs = index.out(mention, SAID_BY[0])
    return any(naming.says(index, members, proof, naming.quoted(proof)) for proof in proofs)
