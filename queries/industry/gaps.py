"""Gaps of a city or a cluster: what the documents say, then supply, then firms, then relatedness."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from queries.index import Basis, Index
from queries.industry import fill, naming, scores, things
from queries.industry.fill import Candidate, Payer, Plan, Plans
from queries.industry.layout import Cell, Layout, layout, stars
from queries.industry.naming import Namings
from queries.industry.proximity import density, proximity
from queries.industry.scores import Score
from queries.industry.supply import Link, Supply
from queries.phrase import Phrase, joined, listed, phrase

STAGES = ("documents", "supply", "firms", "relatedness")
"""The order of the rows: what is said before what is computed."""
NOT_STARRED, NOT_NAMED, NO_RECORD, NO_DATA = "未标星", "未点名", "无记录", "无数据"
"""Four kinds of nothing, notations of the code list `silence`; never merged."""
LOWER = "lower_level"
DOUBT = 0.8
"""Below this confidence of a cell the row says that it is doubtful."""
NEAREST = 5
"""How many clusters without star are listed by relatedness."""


@dataclass(frozen=True, slots=True)
class Gap:
    """One gap.

    Attributes:
        stage: one of STAGES.
        kind: subsector (not named), level (peers are higher), input (no document gives it to the city), firms, cluster
            (without star and near).
        city: id; None where the gap is the whole province's.
        cluster: id of the cluster that it belongs to.
        thing: id of what is missing: a subsector, an input, or the cluster itself.
        status: a notation of the code list `silence` (未点名, 未标星, 无记录, 无数据), or LOWER.
        held: how the layout marks the city for the cluster, in signs.
        score: with its formula and terms.
        detail: what stands behind the score, in words.
        regions: ids of the city's regions that the documents name for the thing; they do not name the city.
        open_list: whether a list of cities for the thing ends in 等.
        plan: whether the city's own documents want it.
        candidates: who could fill it, the strongest first.
        payers: which policies would pay.
        evidence: sentences that name the city, the cluster or the thing.
    """

    stage: str
    kind: str
    city: str | None
    cluster: str
    thing: str
    status: str
    held: Phrase
    score: Score
    detail: Phrase
    regions: tuple[str, ...]
    open_list: bool
    plan: Plan
    candidates: tuple[Candidate, ...]
    payers: tuple[Payer, ...]
    evidence: tuple[Basis, ...]


@dataclass(frozen=True)
class Ground:
    """What all rows are computed from; `date` is the day of the question, None where nothing is called over."""

    index: Index
    date: str | None = None

    @cached_property
    def layout(self) -> Layout:
        return layout(self.index)

    @cached_property
    def supply(self) -> Supply:
        return Supply.of(self.index)

    @cached_property
    def plans(self) -> Plans:
        return Plans.of(self.index)

    @cached_property
    def registry(self) -> bool:
        """Whether a registry of firms is loaded."""
        return fill.registry(self.index)

    @cached_property
    def _last_days(self) -> Mapping[str, str]:
        return fill.last_days(self.index)

    @cached_property
    def _named(self) -> dict[tuple[str, ...], Namings]:
        return {}

    def named(self, members: tuple[str, ...]) -> Namings:
        """The namings of things that stand for one, kept."""
        if members not in self._named:
            self._named[members] = naming.namings(self.index, members)
        return self._named[members]

    @cached_property
    def _payers(self) -> dict[tuple[str | None, str], tuple[Payer, ...]]:
        return {}

    def payers(self, city: str | None, cluster: str) -> tuple[Payer, ...]:
        """The policies that would pay, kept."""
        if (city, cluster) not in self._payers:
            self._payers[city, cluster] = fill.payers(self.index, city, cluster, self._last_days, self.date)
        return self._payers[city, cluster]

    def cell(self, city: str, cluster: str) -> Cell | None:
        return self.layout.cells.get((city, cluster))

    @cached_property
    def clusters(self) -> tuple[str, ...]:
        """The clusters of the layout, then those that only sentences are about."""
        rest = (node.id for node in self.index.of("Cluster") if node.id not in self.layout.clusters)
        return (*self.layout.clusters, *rest)

    @cached_property
    def cities(self) -> tuple[str, ...]:
        return self.layout.cities or tuple(node.id for node in self.index.of("City"))

    def has(self, city: str, cluster: str) -> bool:
        """Whether a city carries a cluster: by the layout, or by name where the layout does not have the cluster."""
        cell = self.cell(city, cluster)
        return city in self.named((cluster,)).cities if cell is None else cell.present

    def regions_named(self, city: str, named: Namings) -> tuple[str, ...]:
        """The regions with this city that the documents name; a general name counts by the region that has members."""
        mine = {edge.target for edge in self.index.edges(city, "inRegion")}
        called = {self.index.name(region) for region in mine}
        return tuple(one for one in named.regions if one in mine or self.index.name(one) in called)

    @cached_property
    def densities(self) -> Mapping[tuple[str, str], float]:
        """Density by city and cluster."""
        presence = self.layout.matrix()
        found = density(presence, proximity(presence))
        return {
            (city, cluster): float(found[i, j])
            for i, city in enumerate(self.layout.cities)
            for j, cluster in enumerate(self.layout.clusters)
        }


def gaps(
    index: Index,
    city: str | None = None,
    cluster: str | None = None,
    stages: Sequence[str] = STAGES,
    date: str | None = None,
) -> list[Gap]:
    """The gaps of a city, of a cluster, or of a city within a cluster.

    Args:
        index: the graph.
        city: id; None for all cities that carry the cluster, with the supply gaps of the whole province.
        cluster: id; None for all clusters of the city.
        stages: which of STAGES.
        date: day of the question, ISO 8601, on which policies are called over; None calls none so.

    Returns:
        In the order of STAGES, within one by score, the highest first.
    """
    ground = Ground(index, date)
    clusters = ground.clusters if cluster is None else (cluster,)
    cities = ground.cities if city is None else (city,)
    found: list[Gap] = []
    for stage in stages:
        rows = [gap for one in cities for gap in _ROWS[stage](ground, one, clusters)] if stage in _ROWS else []
        if stage == "supply" and city is None:
            rows = [gap for one in clusters for gap in _unmade(ground, one)]
        found += sorted(rows, key=_order)
    return found


def _order(gap: Gap) -> tuple[int, float, str, str, str]:
    return STAGES.index(gap.stage), -(gap.score.value or 0.0), gap.cluster, gap.thing, gap.city or ""


def _documents(ground: Ground, city: str, clusters: Sequence[str]) -> Iterator[Gap]:
    for cluster in clusters:
        if ground.has(city, cluster):
            yield from _subsectors(ground, city, cluster)
        if (cell := ground.cell(city, cluster)) is not None:
            yield from _level(ground, cell)


def _subsectors(ground: Ground, city: str, cluster: str) -> Iterator[Gap]:
    """The subsectors for which others are named and the city is not."""
    index = ground.index
    carriers = {other for other in ground.cities if ground.has(other, cluster)} - {city}
    for subsector in things.subsectors(index, cluster):
        named = ground.named((subsector,))
        others = set(named.cities) - {city}
        if city in named.cities or not others:
            continue
        regions = ground.regions_named(city, named)
        score = scores.not_named(len(others), len(carriers | others), named.open_list, bool(regions))
        detail = phrase("点名 {} 市：{}", "{} cities named: {}", len(others), _listed(index, named))
        yield _gap(ground, "documents", "subsector", city, cluster, subsector, NOT_NAMED, score, detail, named, regions)


def _listed(index: Index, named: Namings) -> Phrase:
    ordered = sorted(named.cities.values(), key=lambda one: (-naming.role_rank(one.role), one.place))
    return listed(index.name(one.place) for one in ordered)


def _level(ground: Ground, cell: Cell) -> Iterator[Gap]:
    """A cluster that the peers hold at a higher level; nothing is compared where the city's own level is not known."""
    held, index = ground.layout, ground.index
    peers = [c for one in held.peers(cell.city) if (c := held.cells.get((one, cell.cluster))) is not None]
    if not peers or cell.level is None:
        return
    score = scores.lower_level(cell.level, tuple(peer.least for peer in peers))
    higher = sorted((p for p in peers if p.least > cell.level), key=lambda p: (-p.least, p.city))
    if not higher:
        return
    detail = listed(_starred(index, peer) for peer in higher)
    status = LOWER if cell.present else NOT_STARRED
    named = ground.named((cell.cluster,))
    regions = ground.regions_named(cell.city, named)
    behind = [cell.id, *(peer.id for peer in higher[:2])]
    yield _gap(
        ground,
        "documents",
        "level",
        cell.city,
        cell.cluster,
        cell.cluster,
        status,
        score,
        phrase("同区域更高的：{}", "Higher in its region: {}", detail),
        named,
        regions,
        behind=behind,
        who=_cities(index, higher),
    )


def _cities(index: Index, cells: Sequence[Cell]) -> tuple[Candidate, ...]:
    return tuple(Candidate("city", cell.city, _starred(index, cell), "") for cell in cells)


def _starred(index: Index, cell: Cell) -> Phrase:
    return joined((index.name(cell.city), stars(cell)), " ", " ")


def _supply(ground: Ground, city: str, clusters: Sequence[str]) -> Iterator[Gap]:
    """The inputs of what the city is named for that no document gives to it."""
    index, held = ground.index, ground.layout
    peers = set(held.peers(city) if city in held.cities else ())
    carried = {cell.cluster for cell in held.carried(city)}

    def has(thing: str) -> bool:
        return thing in carried or city in ground.named(things.same(index, thing)).cities

    inputs = _inputs(ground, clusters, has)
    for thing, links in sorted(inputs.items()):
        named = ground.named(things.same(index, thing))
        said = _spoken_of(index, links)
        if city in named.cities or city in said:
            continue
        near = peers & {*named.cities, *said} or ground.regions_named(city, named)
        scope = "region" if near else "province" if named.cities or named.regions or said else "nobody"
        score = scores.missing_input(scope, len({link.downstream for link in links}))
        yield _input(ground, city, links, thing, score, named, scope, said)


def _spoken_of(index: Index, links: Sequence[Link]) -> tuple[str, ...]:
    """The cities that the sentences of supply links print: 河源加快发展……保险杠 is not silent about 河源."""
    said = "".join(naming.quoted(node) for link in links for node in index.out(link.id, "evidencedBy"))
    return tuple(city.id for city in index.of("City") if str(city.properties["name"]) in said)


_SCOPES = {
    "region": Phrase("本市未点名，所在区域或其他城市被点名", "the city is not named, its region or a city of it is"),
    "province": Phrase(
        "本市、所在区域未点名，省内他处被点名", "neither the city nor its region is named, others of the province are"
    ),
    "nobody": Phrase("全省未点名", "nobody in the province is named"),
}


def _unmade(ground: Ground, cluster: str) -> Iterator[Gap]:
    """The inputs of a cluster that no document gives to any city."""
    for thing, links in sorted(_inputs(ground, (cluster,), lambda thing: True).items()):
        named = ground.named(things.same(ground.index, thing))
        if not named.cities and not named.regions and not _spoken_of(ground.index, links):
            score = scores.missing_input("nobody", len({link.downstream for link in links}))
            yield _input(ground, None, links, thing, score, named, "nobody")


def _inputs(ground: Ground, clusters: Sequence[str], has: Callable[[str], bool]) -> Mapping[str, list[Link]]:
    """Input -> the links by which it goes into what is held: clusters with a star, subsectors and products named."""
    wanted = set(clusters)
    ends = {link.downstream for link in ground.supply.links if link.cluster in wanted}
    return {
        thing: mine
        for thing, links in ground.supply.inputs(end for end in ends if has(end)).items()
        if (mine := [link for link in links if link.cluster in wanted])
    }


def _input(
    ground: Ground,
    city: str | None,
    links: Sequence[Link],
    thing: str,
    score: Score,
    named: Namings,
    scope: str,
    said: Sequence[str] = (),
) -> Gap:
    index = ground.index
    needing = listed(dict.fromkeys(index.name(link.downstream) for link in links))
    cluster = next(link.cluster for link in links if link.cluster is not None)
    regions = () if city is None else ground.regions_named(city, named)
    detail = phrase("供给 {}；{}", "Goes into {}; {}", needing, _SCOPES[scope])
    behind = [link.id for link in links]
    who = fill.candidates(index, named, (cluster,), city)
    more = [one for one in said if one not in named.cities]
    if more:
        spoken = phrase("供给原句写到 {}", "the sentence of the supply prints {}", listed(map(index.name, more)))
        detail = joined((detail, spoken))
        cities = (*(one for one in who if one.kind == "city"), *(Candidate("city", c, index.name(c), "") for c in more))
        who = (*cities, *(one for one in who if one.kind != "city"))
    return _gap(
        ground,
        "supply",
        "input",
        city,
        cluster,
        thing,
        NOT_NAMED,
        score,
        detail,
        named,
        regions,
        behind=behind,
        who=who,
    )


def _firms(ground: Ground, city: str, clusters: Sequence[str]) -> Iterator[Gap]:
    """The clusters of a city without a firm on record: 无数据 without a registry, 无记录 with one."""
    index = ground.index
    for cluster in clusters:
        if not ground.has(city, cluster):
            continue
        cell = ground.cell(city, cluster)
        firms = [one for one in fill.recorded(index, cluster) if city in fill.seats(index, one.id)]
        recorded = len(firms) if ground.registry else None
        if recorded:
            continue
        said = fill.firms(index, (cluster,), (city,))
        names = listed(one.name for one in said)
        count = phrase("文件点名的企业 {} 家", "Firms that documents name: {}", len(said))
        detail = joined((joined((count, names), "：", ": "), "" if ground.registry else _LOAD_REGISTRY))
        status = NO_RECORD if ground.registry else NO_DATA
        score = scores.few_firms(1 if cell is None else cell.least, recorded)
        named = ground.named((cluster,))
        elsewhere = fill.firms(index, (cluster,), (one for one in ground.cities if one != city))
        yield _gap(
            ground,
            "firms",
            "firms",
            city,
            cluster,
            cluster,
            status,
            score,
            detail,
            named,
            (),
            behind=named.cities[city].statements if cell is None else [cell.id],
            who=elsewhere,
        )


_LOAD_REGISTRY = Phrase(
    "载入企业登记库（名称、统一社会信用代码、所在城市、集群）后可查",
    "a registry of firms (name, credit code, city, cluster) would answer",
)


def _relatedness(ground: Ground, city: str, clusters: Sequence[str]) -> Iterator[Gap]:
    """The clusters without star that are nearest to those the city has."""
    cells = [c for k in clusters if (c := ground.cell(city, k)) is not None and not c.present]
    nearest = sorted(cells, key=lambda c: -ground.densities[city, c.cluster])[:NEAREST]
    for cell in nearest:
        carriers = sorted(ground.layout.carriers(cell.cluster), key=lambda c: (-c.least, c.city))
        score = scores.near_cluster(ground.densities[city, cell.cluster])
        named = ground.named((cell.cluster,))
        regions = ground.regions_named(city, named)
        detail = phrase(
            "{} 市标星；规划说明：未标星的地市可结合自身实际谋划",
            "{} cities have a star; the plan says that cities without one may plan it too",
            len(carriers),
        )
        yield _gap(
            ground,
            "relatedness",
            "cluster",
            city,
            cell.cluster,
            cell.cluster,
            NOT_STARRED,
            score,
            detail,
            named,
            regions,
            behind=[cell.id, *(c.id for c in carriers[:1])],
            who=_cities(ground.index, carriers),
        )


def _gap(
    ground: Ground,
    stage: str,
    kind: str,
    city: str | None,
    cluster: str,
    thing: str,
    status: str,
    score: Score,
    detail: Phrase,
    named: Namings,
    regions: tuple[str, ...],
    *,
    behind: Sequence[str] = (),
    who: tuple[Candidate, ...] | None = None,
) -> Gap:
    """A gap with what every kind has: the city's own plan, who could fill it, who would pay, evidence."""
    index = ground.index
    cell = None if city is None else ground.cell(city, cluster)
    # A region's statement is evidence of the region only; it stands behind those that name cities.
    statements = behind or [one.statements[0] for one in (*named.cities.values(), *named.regions.values())]
    held = Phrase("") if city is None else stars(cell)
    plan = Plan("no_data") if city is None else ground.plans.plan(city, things.same(index, thing))
    about = tuple(one for one in (thing, cluster, city) if one is not None)
    if regions:
        called = listed(dict.fromkeys(map(index.name, regions)))
        detail = joined((detail, phrase("所在区域被点名：{}", "its region is named: {}", called)))
    if cell is not None and cell.confidence < DOUBT:
        doubt = phrase("标星存疑（把握 {:.2f}）", "the star is in doubt (confidence {:.2f})", cell.confidence)
        detail = joined((detail, doubt))
    return Gap(
        stage,
        kind,
        city,
        cluster,
        thing,
        status,
        held,
        score,
        detail,
        regions,
        named.open_list,
        plan,
        fill.candidates(index, named, (cluster,), city) if who is None else who,
        ground.payers(city, cluster),
        _evidence(index, statements, about, cell),
    )


def _evidence(index: Index, statements: Sequence[str], about: Sequence[str], cell: Cell | None) -> tuple[Basis, ...]:
    """What the row rests on; where no quote says what it is about, what puts the city into the cluster too."""
    found = naming.basis(index, statements, about)
    if cell is None or any(naming.names_one(index, about, one.id) for one in found):
        return found
    return tuple(dict.fromkeys((*found, *naming.basis(index, [cell.id], about, 1))))


_ROWS: Mapping[str, Callable[[Ground, str, Sequence[str]], Iterator[Gap]]] = {
    "documents": _documents,
    "supply": _supply,
    "firms": _firms,
    "relatedness": _relatedness,
}
