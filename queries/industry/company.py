"""One firm: where documents name it, the stages they speak of in the same sentence, and what is open where it is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from graph.tables import Node
from ontology.errors import Ambiguous, NotFound
from ontology.vocabulary import near, plain
from queries.index import Basis, Index
from queries.industry import fill, naming, things
from queries.industry.firms import stages_of
from queries.industry.gaps import NO_DATA, NO_RECORD, Ground
from queries.industry.layout import stars
from queries.industry.registry import NO_REGISTRY, titles
from queries.match.attributes import Known
from queries.match.match import VERDICTS, Answer, Matcher, best_first
from queries.match.table import table as matched
from queries.phrase import Phrase, joined, listed, phrase
from queries.plans.find import label

OPEN = VERDICTS[:3]
"""The verdicts of what a firm may still apply for."""
_NOT_REGISTERED = Phrase("登记库已载入，没有这家企业", "the registry does not hold this firm")


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the profile of a firm.

    Attributes:
        part: registry, position, named, project or policy.
        cluster: its id; None where the line is about none.
        thing: a stage, a policy, a project or an instrument, by name.
        places: ids of the cities and regions that the documents name it for; () where the line is about none.
        relation: how it is named, a notation of `company-relation`; the verdict of a policy.
        status: a notation of `silence`, "" where there is something.
        detail: in words.
        evidence: sentences that name the firm; of a policy its clauses.
    """

    part: str
    cluster: str | None
    thing: str
    places: tuple[str, ...]
    relation: str
    status: str
    detail: Phrase
    evidence: tuple[Basis, ...]


def find(index: Index, text: str) -> str:
    """The id of a firm by any of its names, or by a part of one.

    Raises:
        Ambiguous: several have it.
        NotFound: none has; with near names.
    """
    wanted = plain(text)
    known = {one.id: [plain(name) for name in naming.names(index, one.id)] for one in index.of("Company")}
    exact = [one for one, names in known.items() if text == one or wanted in names]
    found = exact or [one for one, names in known.items() if wanted and any(wanted in name for name in names)]
    if not found:
        called = {name: index.name(one) for one in known for name in naming.names(index, one)}
        raise NotFound("企业", text, near(text, called), remedy="图谱里只有文件点名的企业和登记库里的企业")
    if len(found) > 1:
        raise Ambiguous("企业", text, tuple(index.name(one) for one in found))
    return found[0]


def company(index: Index, firm: str, date: str) -> list[Fact]:
    """What is known of a firm, part by part.

    Args:
        index: the graph.
        firm: id of a Company; `find` gives it for a name.
        date: the day for which policies are looked at, ISO 8601.
    """
    said = index.into(firm, "aboutCompany")
    facts = [_registered(index, firm), *_positions(Ground(index), said)]
    facts += [_named(index, one.id) for one in said if one.cls == "Mention"]
    for project in index.into(firm, "undertakenBy"):
        places = tuple(edge.target for edge in index.edges(project.id, "locatedIn"))
        name = index.name(project.id)
        facts.append(Fact("project", None, name, places, "", "", Phrase(""), index.basis(project.id)))
    return [*facts, *policies(index, firm, date)]


def _registered(index: Index, firm: str) -> Fact:
    known = index.node(firm).properties
    evidence = tuple(dict.fromkeys(basis for row in fill.rows(index, firm) for basis in index.basis(row.id)))
    if evidence:
        said = Phrase(str(known["credit_code"]))
        return Fact(
            "registry", None, index.name(firm), fill.seats(index, firm), titles(index, firm), "", said, evidence
        )
    status, why = (NO_RECORD, _NOT_REGISTERED) if fill.registry(index) else (NO_DATA, NO_REGISTRY)
    return Fact("registry", None, index.name(firm), (), "", status, why, index.basis(firm))


def _stages(index: Index, said: Node) -> list[tuple[str, str]]:
    """The clusters that a mention or a registry's row is about, each with its stages, else with itself."""
    groups = [edge.target for edge in index.edges(said.id, "aboutCluster")]
    if said.cls == "Mention":
        stages = stages_of(index, said.id)
        return [(group, stage) for group in groups for stage in stages or (group,)]
    about = [e.target for end in ("aboutSubsector", "aboutProduct") for e in index.edges(said.id, end)]
    found = [(up, stage) for stage in about for up in things.parents(index, stage) or groups]
    return [*found, *((group, group) for group in groups if group not in {up for up, _ in found})]


def _positions(ground: Ground, said: Sequence[Node]) -> Iterator[Fact]:
    """A line for each cluster and stage: what goes in, what it goes into, the star of the city."""
    index = ground.index
    seen: dict[tuple[str, str, str], list[Basis]] = {}
    for one in said:
        for (cluster, stage), town in product(_stages(index, one), index.edges(one.id, "aboutPlace")):
            seen.setdefault((cluster, stage, town.target), []).extend(index.basis(one.id))
    for (cluster, stage, place), evidence in seen.items():
        cell = ground.cell(place, cluster)
        held = phrase("{} {}", "{} {}", index.name(place), stars(cell)) if cell is not None else Phrase("")
        around = _no_stage(cluster, stage) or joined(
            (_around(ground, stage, up=True), _around(ground, stage, up=False))
        )
        detail = joined((held, around))
        yield Fact("position", cluster, index.name(stage), (place,), "", "", detail, tuple(dict.fromkeys(evidence)))


def _no_stage(cluster: str, stage: str) -> Phrase:
    if stage != cluster:
        return Phrase("")
    return Phrase("点名的原句没有说到环节", "the sentence that names it says no stage")


def _around(ground: Ground, stage: str, *, up: bool) -> Phrase:
    """What lies one step upstream or downstream of a stage."""
    found = ground.supply.layers(things.same(ground.index, stage), (), 1, up=up)
    names = listed(ground.index.name(one.thing) for one in found)
    words = ("上游：{}", "upstream: {}") if up else ("下游：{}", "downstream: {}")
    return phrase(*words, names) if found else Phrase("")


def _named(index: Index, mention: str) -> Fact:
    """The sentence of a mention, as printed."""
    said = index.basis(mention)
    cluster = next((one.id for one in index.out(mention, "aboutCluster")), None)
    places = tuple(edge.target for edge in index.edges(mention, "aboutPlace"))
    policy = next((label(one) for one in index.out(mention, "edition")), "")
    relation = str(index.node(mention).properties.get("relation", ""))
    quote = Phrase("".join(said[0].quote.split()) if said else "")
    return Fact("named", cluster, policy, places, relation, "", quote, said)


# ---- Policies


def answers(index: Index, firm: str, date: str) -> dict[str, list[Answer]]:
    """The answers of `match` for the cities (their ids) and clusters of a firm, the best of each.

    They are those that documents name it for, and its seat and clusters in a registry, with the figures of its row. A
    firm that is named for a city need not be registered there: that is for the reader to check.
    """
    matcher = Matcher(index)
    known = index.node(firm).properties
    figures = {name: int(str(known[name])) for name in ("revenue", "employees") if name in known}
    found: dict[str, dict[str, Answer]] = {}
    for said in index.into(firm, "aboutCompany"):
        clusters = [str(index.name(one)) for one in dict.fromkeys(cluster for cluster, _ in _stages(index, said))]
        for place in index.out(said.id, "aboutPlace"):
            if place.cls != "City":
                continue
            for cluster in clusters or [""]:
                asked: dict[str, Known] = {"city": str(index.name(place.id)), "date": date, **figures}
                asked |= {"cluster": cluster} if cluster else {}
                kept = found.setdefault(place.id, {})
                for one in matcher.match(asked):
                    before = kept.get(one.offer.id)
                    if before is None or VERDICTS.index(one.verdict) < VERDICTS.index(before.verdict):
                        kept[one.offer.id] = one
    return {city: list(kept.values()) for city, kept in sorted(found.items())}


def policies(index: Index, firm: str, date: str) -> list[Fact]:
    """What is open on the day in the cities that the firm is named for, with what has still to be verified."""
    found: dict[tuple[str, str, str], Fact] = {}
    for city, given in answers(index, firm, date).items():
        kept = best_first([one for one in given if one.verdict in OPEN])
        table = matched([(None, {"city": str(index.name(city)), "date": date}, kept)])
        names = [one.name for one in table.columns]
        for answer, row in zip(kept, table.rows, strict=True):
            said = dict(zip(names, row, strict=True))
            words = (said[key] for key in ("policy", "amount_max", "missing"))
            detail = joined(one for one in words if isinstance(one, str))
            offer, key = answer.offer, (answer.offer.id, answer.verdict, str(detail))
            before = found[key].places if key in found else ()
            places = (*before, city)
            found[key] = Fact("policy", None, offer.name, places, answer.verdict, "", detail, offer.evidence)
    return list(found.values())
