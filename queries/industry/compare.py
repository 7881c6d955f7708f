"""Up to ten cities, or up to ten clusters, side by side."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ontology.errors import NotFound, UsageError
from queries.index import Basis, Index
from queries.industry import naming, things
from queries.industry.fill import registry
from queries.industry.layout import NO_LAYOUT, Layout, layout, stars
from queries.library import Column
from queries.phrase import Phrase, joined, listed, phrase
from queries.table import EVIDENCE, Table, column

MOST = 10
LISTED = 8
"""How many products or firms a cell names; the others are counted."""
NOT_NAMED = Phrase("未点名", "not named")
_PARTS = (
    ("stars", "星级布局", "Stars"),
    ("named", "点名的细分领域", "Subsectors named"),
    ("count", "数量", "Counts"),
    ("firms", "文件点名的企业", "Firms named"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the comparison.

    Attributes:
        part: a code of the table's first column.
        item: what is compared, in words.
        values: one for each thing, in their order.
        evidence: sentences that name one of the things or the item.
    """

    part: str
    item: Phrase
    values: tuple[str | int, ...]
    evidence: tuple[Basis, ...]


def find(index: Index, texts: Sequence[str]) -> list[str]:
    """The ids of the cities or clusters to compare; as soon as one is a city, all have to be.

    Raises:
        NotFound: nothing has a name; with near names.
        UsageError: fewer than two different things, more than ten, or cities with clusters.
    """
    found = [_find(index, text) for text in texts]
    different = list(dict.fromkeys(found))
    if not 2 <= len(different) <= MOST:
        words = "对照需要 2 至 {} 个不同的城市或集群，给出的是 {} 个"
        raise UsageError(phrase(words, "Two to {} different cities or clusters: {} given.", MOST, len(different)))
    if len({index.node(one).cls for one in different}) > 1:
        raise UsageError(
            Phrase("城市与集群不能放在一张对照表里", "Cities and clusters do not stand side by side."),
            remedy=Phrase("请只写城市，或只写集群", "Cities only, or clusters only."),
        )
    return different


def _find(index: Index, text: str) -> str:
    try:
        return things.city(index, text)
    except NotFound as no_city:
        try:
            return things.cluster(index, text)
        except NotFound as no_cluster:
            known = next((one for one in (no_city, no_cluster) if one.remedy), None)
            if known is not None:  # the vocabulary has it, and the graph has not
                raise known from None
            near = tuple(dict.fromkeys((*no_city.near, *no_cluster.near)))
            raise NotFound("城市或集群", text, near[:4]) from None


def compare(index: Index, chosen: Sequence[str]) -> list[Line]:
    """What the layout and the documents say of each, line by line.

    Args:
        index: the graph.
        chosen: ids of cities, or of clusters; `find` gives them for names.
    """
    lines = _of_cities(index, chosen) if index.node(chosen[0]).cls == "City" else _of_clusters(index, chosen)
    return [line for line in lines if line.evidence]


def _of_cities(index: Index, cities: Sequence[str]) -> list[Line]:
    held = layout(index)
    lines = [_stars(index, held, cities, [(city, cluster) for city in cities], cluster) for cluster in held.clusters]
    for cluster in (node.id for node in sorted(index.of("Cluster"), key=lambda node: _place(held, node.id))):
        parts = things.subsectors(index, cluster)
        named = [[one for one in parts if city in naming.namings(index, (one,)).cities] for city in cities]
        values = tuple(joined((f"{len(mine)}/{len(parts)}", _list(index, mine)), "：", ": ") for mine in named)
        said = _statements(index, (one for mine in named for one in mine), cities)
        lines.append(Line("named", index.name(cluster), values, naming.basis(index, said, (*cities, cluster))))
    lines += _counts(index, held, cities)
    return [*lines, _firms(index, cities, "aboutPlace")]


def _of_clusters(index: Index, clusters: Sequence[str]) -> list[Line]:
    held = layout(index)
    lines = [_stars(index, held, clusters, [(city, cluster) for cluster in clusters], city) for city in held.cities]
    for city in (node.id for node in index.of("City")):
        named = [
            [one for one in things.subsectors(index, cluster) if city in naming.namings(index, (one,)).cities]
            for cluster in clusters
        ]
        said = _statements(index, (one for mine in named for one in mine), (city,))
        values = tuple(_list(index, mine) or NOT_NAMED for mine in named)
        lines.append(Line("named", index.name(city), values, naming.basis(index, said, (city, *clusters))))
    lines += _counts(index, held, clusters)
    return [*lines, _firms(index, clusters, "aboutCluster")]


def _stars(index: Index, held: Layout, chosen: Sequence[str], at: Sequence[tuple[str, str]], item: str) -> Line:
    cells = [held.cells.get(one) for one in at]
    behind = [cell.id for cell in cells if cell is not None]
    shown = naming.basis(index, behind, (*chosen, item), limit=min(len(chosen), 3))
    return Line("stars", index.name(item), tuple(map(stars, cells)), shown)


def _place(held: Layout, cluster: str) -> int:
    """In the order of the plan; clusters that it does not have come last."""
    return held.clusters.index(cluster) if cluster in held.clusters else len(held.clusters)


def _statements(index: Index, parts: Iterable[str], cities: Sequence[str]) -> list[str]:
    named = (naming.namings(index, (one,)) for one in parts)
    return [one.cities[city].statements[0] for one in named for city in cities if city in one.cities]


def _counts(index: Index, held: Layout, chosen: Sequence[str]) -> list[Line]:
    cities = index.node(chosen[0]).cls == "City"
    relation = "aboutPlace" if cities else "aboutCluster"
    cells = [held.carried(one) if cities else held.carriers(one) for one in chosen]
    what = Phrase("集群", "clusters") if cities else Phrase("城市", "cities")
    levels = ((3, "★★★"), (2, "★★"), (1, "★"), (None, "●"))
    lines = []
    carried = [cell.id for mine in cells for cell in mine[:1]]
    if carried:
        shown = naming.basis(index, carried, chosen)
        lines.append(Line("count", phrase("标星{}数", "Starred {}", what), tuple(map(len, cells)), shown))
        lines += [
            Line(
                "count",
                phrase("其中 {}", "of these {}", sign),
                tuple(sum(cell.level == level for cell in mine) for mine in cells),
                shown,
            )
            for level, sign in levels
        ]
    for item, products in (
        (Phrase("点名的产品数", "Products named"), True),
        (Phrase("布局表述数", "Statements of the layout"), False),
    ):
        statements = [[n for n in index.into(one, relation) if n.cls == "LayoutStatement"] for one in chosen]
        counted = [
            {e.target for n in mine for e in index.edges(n.id, "aboutProduct")} if products else {n.id for n in mine}
            for mine in statements
        ]
        said = [n.id for mine in statements for n in mine[:2]]
        lines.append(Line("count", item, tuple(map(len, counted)), naming.basis(index, said, chosen)))
    for cls, item in (
        ("Site", Phrase("点名的园区、基地数", "Parks and bases named")),
        ("Platform", Phrase("点名的平台数", "Platforms named")),
        ("Project", Phrase("点名的项目数", "Projects named")),
    ):
        places = "locatedIn" if cities else "activeIn"
        sites = [[n for n in index.into(one, places) if n.cls == cls] for one in chosen]
        said = [n.id for mine in sites for n in mine[:2]]
        lines.append(Line("count", item, tuple(map(len, sites)), naming.basis(index, said, chosen)))
    return lines


def _firms(index: Index, chosen: Sequence[str], relation: str) -> Line:
    mentions = [[n for n in index.into(one, relation) if n.cls == "Mention"] for one in chosen]
    firms = [list(dict.fromkeys(c.id for n in mine for c in index.out(n.id, "aboutCompany"))) for mine in mentions]
    said = [n.id for mine in mentions for n in mine[:1]]
    about = (*chosen, *(one for mine in firms for one in mine))
    words = ("{} 家：{}", "{}: {}")
    values = tuple(phrase(*words, len(mine), _list(index, mine)) if mine else NOT_NAMED for mine in firms)
    return Line("firms", Phrase("企业", "Firms"), values, naming.basis(index, said, about))


def _list(index: Index, found: Sequence[str]) -> Phrase:
    names = listed(index.name(one) for one in found[:LISTED])
    return phrase("{}等 {} 个", "{} … {} in all", names, len(found)) if len(found) > LISTED else names


def table(index: Index, chosen: Sequence[str], lines: Sequence[Line]) -> Table:
    """The comparison as a table: a column for each thing."""
    names = [index.name(one) for one in chosen]
    kind = Phrase("城市", "cities") if index.node(chosen[0]).cls == "City" else Phrase("集群", "clusters")
    columns = (
        Column("part", "string", "类别", "Part", labels=_PARTS),
        column("item", "项目", "Item"),
        *(column(_key(index, one), name, name.en) for one, name in zip(chosen, names, strict=True)),
        EVIDENCE,
    )
    rows = [(line.part, line.item, *line.values, line.evidence) for line in lines]
    notes = (
        _SIGNS,
        joined((_READING, "" if registry(index) else _NO_REGISTRY), "，", ", "),
        *(() if any(line.part == "stars" for line in lines) else (NO_LAYOUT,)),
    )
    title = phrase("{}：{}对照", "{}: {} side by side", listed(names), kind)
    return Table(title, columns, rows, notes, "", title.en)


_SIGNS = Phrase(
    "★★★ 核心，★★ 重点，★ 一般，● 列入而星级不明；未标星的地市可结合自身实际谋划；未点名不等于没有",
    "★★★ core, ★★ key, ★ general, ● listed and the level unknown; a city without star may still plan the cluster;"
    " not named is not that there is none",
)
_READING = Phrase(
    "点名的细分领域写作 点名数/该集群细分领域数；各项都没有依据的行不列；企业只是文件点名的",
    "Subsectors: named/all of the cluster; lines without evidence are left out; firms are those that documents name",
)
_NO_REGISTRY = Phrase("企业登记库未载入", "no registry of firms is loaded")


def _key(index: Index, identifier: str) -> str:
    """The name of a thing's column: its English name in lower case, or the last part of its id."""
    tail = identifier.rsplit("/", 1)[1]
    english = str(index.node(identifier).properties.get("name_en", tail))
    return "_".join(english.lower().split()) if tail.isdigit() else tail.replace("-", "_")
