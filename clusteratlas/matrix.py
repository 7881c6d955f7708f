"""The star layout as a matrix for people: clusters by cities as in the plan's annex, in parts on a narrow terminal."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from math import floor
from typing import Any

from ontology.vocabulary import vocabulary
from queries.table import Table, column

Json = Mapping[str, Any]

NOTES = {
    "stars": (
        "★★★ 核心，★★ 重点，★ 一般，● 列入而星级不明；空白为未标星，不等于不发展；"
        "？把握（列入或星级）不足 0.9，?? 未决，# 人工修正",
        "★★★ core, ★★ key, ★ general, ● listed, level unknown; blank: no star, which is no ban; "
        "？ confidence (of being listed or of the level) below 0.9, ?? undecided, # corrected by hand",
    ),
    "roles": (
        "● 点名（不分星级）；空白为未点名：名单多以“等”结尾，未点名不等于没有布局；# 人工修正",
        "● named (no levels); blank: not named. Most lists end in 等 (etc.), so silence is not absence; "
        "# corrected by hand",
    ),
}
_SUMS = {"stars": "各地市集群数量（个）", "roles": "点名该市的集群（个）"}
_TIES = 10
"""How many undecided cells are listed below a matrix."""


def matrix(
    edition: Json,
    order: Json,
    clusters: Sequence[str],
    cities: Sequence[str],
    *,
    confidence: bool = False,
    lang: str = "zh",
) -> Table:
    """Clusters by cities, the sums in the last column and row; a sum of what is only a part says so.

    Args:
        edition: whose cells are shown.
        order: the edition whose regions order the cities and stand over them.
        clusters: the rows.
        cities: the columns; a single one has no sum.
        confidence: write the confidence behind each sign.
        lang: of headings, names and the legend.
    """
    at = {(c["cluster"], c["city"]): c for c in edition["cells"]}
    english = lang == "en"
    cities = _by_region(order, cities)
    clusters = [name for name in order["clusters"] if name in clusters] + [
        name for name in clusters if name not in order["clusters"]
    ]

    def text(cluster: str, city: str) -> str:
        cell = at.get((cluster, city))
        if cell is None:
            return ""
        # Rounded down: 1.00 would say that nothing speaks against it.
        sure = f"{floor(cell['confidence'] * 100) / 100:.2f}"
        return f"{cell['sign']} {sure}".strip() if confidence else str(cell["sign"])

    def present(names: Iterable[tuple[str, str]]) -> int:
        return sum(bool(at[name]["present"]) for name in names if name in at)

    rows: list[list[object]] = [
        [
            (vocabulary().cluster(cluster).name_en or cluster) if english else cluster,
            *(text(cluster, city) for city in cities),
            present((cluster, city) for city in cities),
        ]
        for cluster in clusters
    ]
    if len(clusters) > 1:
        sums = [present((cluster, city) for cluster in clusters) for city in cities]
        whole = len(clusters) == len(edition["clusters"])
        head = _SUMS[edition["scale"]] if whole else "所列集群（个）"
        rows.append(["Clusters" if english else head, *sums, sum(sums)])
    heads = [column(city, city, vocabulary().city(city).name_en or city) for city in cities]
    whole = len(cities) == len(edition["cities"])
    counts = column("count", "地市数量（个）" if whole else "所列地市（个）", "Cities", "integer")
    groups = (("", 1), *_groups(order, cities, english), ("", 1))
    table = Table(
        f"{edition['name']}：产业集群空间布局",
        (column("cluster", "产业集群", "Industry cluster"), *heads, counts),
        rows,
        tuple(_notes(edition, order, clusters, cities, english)),
        title_en=f"{edition['name']}: spatial layout of industry clusters",
        groups=groups,
        sums=int(len(clusters) > 1),
    )
    return table if len(cities) > 1 else _without_last(table)


def _without_last(table: Table) -> Table:
    return replace(table, columns=table.columns[:-1], rows=[row[:-1] for row in table.rows], groups=table.groups[:-1])


def _notes(edition: Json, order: Json, clusters: Sequence[str], cities: Sequence[str], english: bool) -> Iterable[str]:
    yield NOTES[edition["scale"]][english]
    if edition["scale"] == "roles" and (silent := unnamed(edition, order)):
        yield unnamed_note(silent)
    yield from edition["notes"]
    ties = [c["tie"] for c in edition["cells"] if c.get("tie") and c["cluster"] in clusters and c["city"] in cities]
    yield from ties[:_TIES]
    if len(ties) > _TIES:
        yield f"未决的共 {len(ties)} 格，其余见 --why"


def unnamed(edition: Json, order: Json) -> list[str]:
    """The clusters of another edition for which this one names no city."""
    return [name for name in order["clusters"] if name not in edition["clusters"]]


def unnamed_note(clusters: Sequence[str], edition: str = "这一版") -> str:
    return f"{edition}没有逐市点名的集群（或只说区域）：{'、'.join(clusters)}"


def partition(edition: Json) -> list[tuple[str, str, tuple[str, ...]]]:
    """The regions into which the plan divides its cities, none where it names none: name, English name, members."""
    number = edition["edition"].removeprefix("policy/")
    names = {place.id: place.name for place in vocabulary().cities}
    taken: set[str] = set()
    found = []
    for region in vocabulary().regions:
        members = tuple(names[member] for member in region.members)
        if region.scheme == number and not taken & set(members):
            taken |= set(members)
            found.append((region.name, region.name_en or region.name, members))
    return found


def _by_region(order: Json, cities: Sequence[str]) -> list[str]:
    """The cities as the plan's table has them: region by region."""
    places = [city for _, _, members in partition(order) for city in members] or list(order["cities"])
    return sorted(cities, key=lambda city: places.index(city) if city in places else len(places))


def _groups(order: Json, cities: Sequence[str], english: bool) -> list[tuple[str, int]]:
    """The regions as headings over their cities; a city of no region stands alone."""
    of = {city: (en if english else zh) for zh, en, members in partition(order) for city in members}
    runs = [(region, len(list(run))) for region, run in groupby(cities, key=lambda city: of.get(city, ""))]
    return [one for region, width in runs for one in ([(region, width)] if region else [("", 1)] * width)]


def in_parts(table: Table, width: int, lang: str = "zh") -> list[Table]:
    """A matrix as several tables that each fit a terminal: the first column in all, the sums in the last.

    Args:
        table: a matrix.
        width: of the terminal, in half-width characters.
        lang: of the headings.
    """
    from rich.cells import cell_len

    heads = [one.title_en if lang == "en" else one.title for one in table.columns]
    widths = [
        3 + max(cell_len(str(one)) for one in (head, *(row[i] for row in table.rows))) for i, head in enumerate(heads)
    ]
    fixed = 8 + widths[0]  # 序号 with its borders stands before all
    runs: list[list[int]] = [[]]
    for i in range(1, len(heads)):
        if runs[-1] and fixed + sum(widths[k] for k in runs[-1]) + widths[i] > width:
            runs.append([])
        runs[-1].append(i)
    if len(runs) == 1:
        return [table]
    return [
        replace(
            table,
            title=f"{table.title}（{number}/{len(runs)}）",
            title_en=f"{table.title_en} ({number}/{len(runs)})",
            columns=tuple(table.columns[k] for k in (0, *run)),
            rows=[[row[k] for k in (0, *run)] for row in table.rows],
            notes=table.notes if run is runs[-1] else (),
            groups=(),
        )
        for number, run in enumerate(runs, 1)
    ]
