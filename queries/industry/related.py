"""Relatedness of clusters, density by city, next clusters and similar cities, from the star layout.

A statement about the layout that the province has decided, not about output; never a ranking of cities.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from queries.index import Basis, Index
from queries.industry import naming
from queries.industry.layout import NO_LAYOUT, Layout, Matrix, layout, stars
from queries.industry.proximity import density, proximity
from queries.library import Column
from queries.phrase import Phrase, joined, listed, phrase
from queries.table import EVIDENCE, Table, column

TITLE = "布局关联度（据省规划标星，非产业实绩）"
TITLE_EN = "Relatedness in the layout (from the stars of the provincial plan, not from output)"
SIMILAR = 5
"""How many similar cities are listed."""

_KINDS = (
    ("proximity", "集群关联度", "Proximity of clusters"),
    ("next", "未标星集群的关联密度", "Density of a cluster without star"),
    ("density", "已标星集群的关联密度", "Density of a cluster with star"),
    ("similar", "布局相似的城市", "City with a similar layout"),
)
FORMULAS = {
    "proximity": Phrase(
        "同时标星的城市数 ÷ 两集群标星城市数中的较大者（两个条件概率的较小者）",
        "cities with a star for both ÷ the greater number of cities with a star for one"
        " (the lower of two conditional probabilities)",
    ),
    "density": Phrase(
        "Σ 该市已标星集群与本集群的关联度 ÷ Σ 全部集群与本集群的关联度",
        "Σ proximity of the city's starred clusters ÷ Σ proximity of all clusters",
    ),
    "similar": Phrase(
        "两市共同标星的集群数 ÷ 两市标星集群数中的较大者（两个条件概率的较小者）",
        "clusters starred in both cities ÷ the greater number of clusters starred in one"
        " (the lower of two conditional probabilities)",
    ),
}


@dataclass(frozen=True, slots=True)
class Relation:
    """One figure of relatedness.

    Attributes:
        kind: proximity (two clusters), next and density (a city and a cluster), similar (two cities).
        subject, other: ids of the two.
        value: 0 to 1.
        terms: what the value was computed from, in words.
        held: how the layout marks `other` for `subject` where that is a city and a cluster.
        evidence: statements behind it that name one of the two.
    """

    kind: str
    subject: str
    other: str
    value: float
    terms: Phrase
    held: Phrase
    evidence: tuple[Basis, ...]


@dataclass(frozen=True)
class Space:
    """The layout with its matrices."""

    index: Index
    layout: Layout
    presence: Matrix
    clusters: Matrix
    cities: Matrix
    densities: Matrix

    @classmethod
    def of(cls, index: Index) -> "Space":
        """The space of the current layout."""
        held = layout(index)
        presence = held.matrix()
        near = proximity(presence)
        return cls(index, held, presence, near, proximity(presence.T), density(presence, near))


def related(index: Index, city: str | None = None, cluster: str | None = None) -> list[Relation]:
    """Relatedness of a city, of a cluster, or of all pairs of clusters.

    Args:
        index: the graph.
        city: id; then densities of its clusters, those without star first, and similar cities.
        cluster: id; then its proximities and, in the order of their codes, the density of every city around it.
            With a city too, the density of this pair and the proximities behind it.
    """
    space = Space.of(index)
    clusters, cities = space.layout.clusters, space.layout.cities
    if (city is not None and city not in cities) or (cluster is not None and cluster not in clusters):
        return []
    if city is not None and cluster is not None:
        carried = {cell.cluster for cell in space.layout.carried(city)}
        return [_density(space, city, cluster), *(p for p in _proximities(space, cluster) if p.other in carried)]
    if city is not None:
        around = sorted((_density(space, city, one) for one in clusters), key=lambda r: (r.kind != "next", -r.value))
        return [*around, *_similar(space, city)]
    if cluster is not None:
        return [*_proximities(space, cluster), *(_density(space, one, cluster) for one in cities)]
    pairs = [_proximity(space, a, b) for i, a in enumerate(clusters) for b in clusters[i + 1 :]]
    return sorted(pairs, key=lambda pair: -pair.value)


def _proximities(space: Space, cluster: str) -> list[Relation]:
    found = [_proximity(space, cluster, other) for other in space.layout.clusters if other != cluster]
    return sorted(found, key=lambda one: -one.value)


def _proximity(space: Space, one: str, other: str) -> Relation:
    held = space.layout
    i, j = held.clusters.index(one), held.clusters.index(other)
    first, second = space.presence[:, i] > 0, space.presence[:, j] > 0
    both = [city for city, a, b in zip(held.cities, first, second, strict=True) if a and b]
    counts = ((space.index.name(k), int(h.sum())) for k, h in ((one, first), (other, second)))
    each = joined((phrase("{} {} 市", "{} {}", *count) for count in counts), "，", ", ")
    terms = phrase("同时标星 {} 市；{}", "{} cities with both; {}", len(both), each)
    behind = [held.cells[city, k].id for city in both for k in (one, other)]
    behind = behind or [cell.id for k in (one, other) for cell in held.carriers(k)]
    shown = naming.basis(space.index, behind or _cells(held, one, other), (one, other))
    return Relation("proximity", one, other, float(space.clusters[i, j]), terms, Phrase(""), shown)


def _cells(held: Layout, *clusters: str) -> list[str]:
    """The cells of clusters that nobody carries: they rest on what says so."""
    return [held.cells[city, k].id for city in held.cities[:1] for k in clusters]


def _density(space: Space, city: str, cluster: str) -> Relation:
    held, index = space.layout, space.index
    row, at = held.cities.index(city), held.clusters.index(cluster)
    cell = held.cells[city, cluster]
    near = space.clusters[:, at]
    mine = sorted(
        (c for c in held.carried(city) if c.cluster != cluster), key=lambda c: -near[held.clusters.index(c.cluster)]
    )
    beside = ((index.name(c.cluster), float(near[held.clusters.index(c.cluster)])) for c in mine[:3])
    nearest = listed(phrase("{} {:.3f}", "{} {:.3f}", *one) for one in beside) or Phrase("无", "none")
    words = (
        "分子 {:.3f}，分母 {:.3f}；最近的已标星集群：{}",
        "numerator {:.3f}, denominator {:.3f}; nearest starred clusters: {}",
    )
    terms = phrase(*words, float(space.presence[row] @ near), float(near.sum()), nearest)
    shown = naming.basis(index, [cell.id, *(c.id for c in mine[:1])], (city, cluster))
    kind = "density" if cell.present else "next"
    return Relation(kind, city, cluster, float(space.densities[row, at]), terms, stars(cell), shown)


def _similar(space: Space, city: str) -> list[Relation]:
    held, index = space.layout, space.index
    row = held.cities.index(city)
    found = []
    for other in sorted((c for c in held.cities if c != city), key=lambda c: -space.cities[row, held.cities.index(c)]):
        mine, theirs = ({c.cluster for c in held.carried(one)} for one in (city, other))
        both = [k for k in held.clusters if k in mine & theirs]
        words = ("共同标星 {} 个；{} {} 个，{} {} 个", "{} starred in both; {} {}, {} {}")
        terms = phrase(*words, len(both), index.name(city), len(mine), index.name(other), len(theirs))
        pair = (city, other)
        behind = [held.cells[one, k].id for k in (both or held.clusters)[:2] for one in pair]
        shown = naming.basis(index, behind, (city, other))
        value = float(space.cities[row, held.cities.index(other)])
        found.append(Relation("similar", city, other, value, terms, Phrase(""), shown))
    return found[:SIMILAR]


_COLUMNS = (
    Column("kind", "string", "项目", "Item", labels=_KINDS),
    column("subject", "对象", "Subject"),
    column("other", "关联对象", "Related to"),
    column("held", "标星", "Star"),
    column("value", "数值", "Value", "number"),
    column("terms", "各项", "Terms"),
    EVIDENCE,
)


def table(index: Index, relations: Sequence[Relation]) -> Table:
    """The figures as an official table, with the formulas below."""
    rows = [
        (r.kind, index.name(r.subject), index.name(r.other), r.held, round(r.value, 6), r.terms, r.evidence)
        for r in relations
    ]
    kinds = {"density" if r.kind == "next" else r.kind for r in relations}
    notes = tuple(phrase("{} ＝ {}", "{} = {}", _kind_name(kind), FORMULAS[kind]) for kind in FORMULAS if kind in kinds)
    return Table(TITLE, _COLUMNS, rows, (*notes, *(_ABOUT if rows else (NO_LAYOUT,))), "", TITLE_EN)


_ABOUT = (
    Phrase(
        "只说明省规划怎样布局，不说明产业规模，也不是城市排名；规划说明：未标星的地市可结合自身实际谋划",
        "It says how the provincial plan lays industry out, not how large industry is, and ranks no city; the plan says"
        " that a city without star may still plan a cluster",
    ),
    Phrase(
        "标星取图谱认定的现行版布局，星级不计权重",
        "Stars are those that the graph holds for the current edition; their level has no weight",
    ),
)


def _kind_name(kind: str) -> Phrase:
    names = {code: Phrase(zh, en) for code, zh, en in _KINDS}
    return Phrase("关联密度", "Density") if kind == "density" else names[kind]
