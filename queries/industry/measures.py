"""Stages to fill (补链), strengthen (强链), extend (延链), steady (稳链) or control (控链), each by a printed rule."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from graph.tables import Node
from queries.index import Basis
from queries.industry import fill, naming, things
from queries.industry.chain import Chain, Layered, Stage
from queries.industry.fill import Plans
from queries.industry.layout import stars
from queries.industry.naming import Namings
from queries.industry.supply import APPLIED
from queries.phrase import Phrase, joined, listed, phrase

RULES: Mapping[str, Phrase] = {
    "fill": Phrase(
        "同区域他市被点名该环节，而布局该集群的本市未被点名；或市级文件已谋划而未被点名",
        "a city of its region is named for the stage, and the city, which carries the cluster, is not;"
        " or its own plan wants it and nobody names it",
    ),
    "strengthen": Phrase(
        "本市被点名该环节，而所属集群的已知星级低于同环节被点名城市的最高已知星级",
        "named for the stage, with a known star below the highest known star of those named",
    ),
    "extend": Phrase(
        "产品图谱中与该环节相邻的下游：本市被点名上一环节而未被点名这一环节",
        "the next stage downstream: named for the stage before and not for this one",
    ),
    "steady": Phrase(
        "只点名一个城市或一家企业（单一来源环节）；名单以“等”结尾的另注",
        "only one city, or one firm, is named (single source); an open list is marked",
    ),
    "control": Phrase(
        "文件原文在点到该环节的同一句里说“卡脖子”或“自主可控”",
        "the sentence that names the stage says 卡脖子 (chokepoint) or 自主可控 (self-reliant)",
    ),
}
KINDS = (
    ("fill", "补链", "fill"),
    ("strengthen", "强链", "strengthen"),
    ("extend", "延链", "extend"),
    ("steady", "稳链", "steady"),
    ("control", "控链", "control"),
)
CALLED = ("卡脖子", "自主可控")


@dataclass(frozen=True, slots=True)
class Measure:
    """A stage with what is to be done about it.

    Attributes:
        kind: a key of RULES; the rule is printed with the row.
        thing: id of the stage.
        cities: ids of the cities for which it is to be done; () where it is not a matter of one city.
        detail: what the rule found, in words.
        evidence: sentences that name the stage, the cluster or a city.
    """

    kind: str
    thing: str
    cities: tuple[str, ...]
    detail: Phrase
    evidence: tuple[Basis, ...]

    @property
    def rule(self) -> Phrase:
        return RULES[self.kind]


def measures(chain: Chain, city: str | None = None) -> list[Measure]:
    """What is to be done about the stages of a chain, in the order of KINDS.

    Args:
        chain: from `queries.industry.chain.chain`.
        city: id; only what concerns this city, and what concerns no city in particular.
    """
    plans = Plans.of(chain.index)
    called = [node for node in chain.index.of("Evidence") if _calls(naming.quoted(node))]
    found: list[Measure] = []
    for stage in chain.stages:
        found += _fill(chain, stage, plans)
        found += _strengthen(chain, stage)
        found += _steady(chain, stage)
        found += _control(chain, stage, called)
    found += [one for layered in chain.downstream if layered.steps == 1 for one in _extend(chain, layered)]
    found += _one_firm(chain)
    order = [code for code, _, _ in KINDS]
    kept = found if city is None else [_for(one, city) for one in found if not one.cities or city in one.cities]
    return sorted(kept, key=lambda one: (order.index(one.kind), one.thing))


def _for(measure: Measure, city: str) -> Measure:
    """The measure as one city has it."""
    return replace(measure, cities=(city,)) if measure.cities else measure


def _calls(sentence: str) -> bool:
    return any(word in sentence for word in CALLED)


def _carriers(chain: Chain) -> list[str]:
    """The cities that carry the first cluster of the chain."""
    return [cell.city for cluster in chain.clusters[:1] for cell in chain.layout.carriers(cluster)]


def _fill(chain: Chain, stage: Stage, plans: Plans) -> Iterator[Measure]:
    if not stage.named.cities:
        return
    index = chain.index
    wanting = [
        city
        for city in sorted(plans.said)
        if city not in stage.named.cities and plans.plan(city, things.same(index, stage.thing)).status == "yes"
    ]
    at_peers = [
        city
        for city in _carriers(chain)
        if city not in stage.named.cities and any(peer in stage.named.cities for peer in chain.layout.peers(city))
    ]
    missing = sorted({*at_peers, *wanting})
    if missing:
        planned = phrase("市级已谋划：{}", "in the city's own plan: {}", _names(chain, wanting)) if wanting else ""
        named = phrase("已点名 {}", "Named: {}", _named(chain, stage.named))
        detail = joined((named, planned, _open(stage.named)))
        yield Measure("fill", stage.thing, tuple(missing), detail, stage.evidence)


def _strengthen(chain: Chain, stage: Stage) -> Iterator[Measure]:
    for cluster in chain.clusters[:1]:
        cells = [c for one in stage.named.cities if (c := chain.layout.cells.get((one, cluster))) is not None]
        known = {cell.city: cell.level for cell in cells if cell.present and cell.level is not None}
        highest = max(known.values(), default=0)
        lower = sorted(city for city, level in known.items() if level < highest)
        if lower:
            best = [city for city, level in known.items() if level == highest]
            cells = [chain.layout.cells[city, cluster] for city in lower]
            mine = listed(joined((chain.index.name(c.city), stars(c)), " ", " ") for c in cells)
            words = ("最高 {}：{}；较低：{}", "Highest {}: {}; lower: {}")
            detail = phrase(*words, "★" * highest, _names(chain, best), mine)
            yield Measure("strengthen", stage.thing, tuple(lower), detail, stage.evidence)


def _extend(chain: Chain, layered: Layered) -> Iterator[Measure]:
    index = chain.index
    nearer = [one for before in layered.before for one in things.same(index, before)]
    holding = naming.namings(index, nearer).cities
    missing = tuple(city for city in holding if city not in layered.named.cities)
    # A field of application that no document gives to anybody is no stage that somebody could take up.
    field = set(layered.relations) == {APPLIED} and not layered.named.cities
    if missing and not field:
        before = phrase("上一环节 {}", "Stage before: {}", _names(chain, layered.before))
        named = _named(chain, layered.named) or Phrase("无", "nobody")
        downstream = phrase("下游已点名 {}", "named downstream: {}", named)
        detail = joined((before, downstream, _open(layered.named)))
        yield Measure("extend", layered.thing, missing, detail, layered.evidence)


def _steady(chain: Chain, stage: Stage) -> Iterator[Measure]:
    if len(stage.named.cities) == 1 and not stage.named.regions:
        (only,) = stage.named.cities
        named = phrase("只点名 {}", "Only {} is named", chain.index.name(only))
        detail = joined((named, _open(stage.named)))
        yield Measure("steady", stage.thing, (only,), detail, stage.evidence)


def _one_firm(chain: Chain) -> Iterator[Measure]:
    index = chain.index
    for cluster in chain.clusters[:1]:
        firms = fill.firms(index, (cluster,), (node.id for node in index.of("City")))
        if len(firms) == 1:
            mentions = [node.id for node in index.into(firms[0].id, "aboutCompany")]
            shown = naming.basis(index, mentions, (firms[0].id, cluster))
            if shown:
                detail = phrase("该集群只点名一家企业：{}", "Only one firm is named: {}", firms[0].name)
                yield Measure("steady", cluster, (), detail, shown)


def _control(chain: Chain, stage: Stage, called: Sequence[Node]) -> Iterator[Measure]:
    index = chain.index
    same = things.same(index, stage.thing)
    found = [node for node in called if naming.says(index, same, node, naming.quoted(node))]
    if found:
        words = [word for word in CALLED if any(word in naming.quoted(node) for node in found)]
        called_so = listed(f"“{word}”" for word in words)
        shown = naming.evidence(index, sorted(node.id for node in found))
        yield Measure("control", stage.thing, (), phrase("原文称{}", "The text says {}", called_so), shown)


def _named(chain: Chain, named: Namings) -> Phrase:
    regions = phrase("区域 {}", "region {}", _names(chain, named.regions)) if named.regions else ""
    return joined((_names(chain, named.cities), regions), "，", ", ")


def _names(chain: Chain, things: Iterable[str]) -> Phrase:
    return listed(map(chain.index.name, things))


def _open(named: Namings) -> Phrase:
    return Phrase("名单以“等”结尾，并不完整", "the list ends in 等 and is open") if named.open_list else Phrase("")
