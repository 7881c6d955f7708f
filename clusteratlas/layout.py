"""Commands about the star layout: stars, diff, and the ledger of contradictions."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import click

from clusteratlas.options import format_option, opened, out_option
from clusteratlas.output import PEOPLE, listing, write
from ontology.errors import NotFound
from ontology.vocabulary import vocabulary
from queries.table import Table, column

Json = Mapping[str, Any]
NOTE = (
    "★★★ 核心，★★ 重点，★ 一般，● 列入而星级不明；空白为未标星（规划说明：未标星的地市可结合自身实际谋划）；"
    "？把握不足，?? 未决，# 人工修正"
)


def edition_of(stars: Json, wanted: str | None) -> Json:
    """The edition asked for by year, number, name or id; the newest where none is asked for.

    Raises:
        NotFound: there is none; with the editions that there are.
    """
    editions: list[Json] = stars["editions"]
    if not editions:
        raise NotFound("布局版本", wanted or "", remedy="载入的文件里没有星表，也没有逐集群点名城市的意见")
    if wanted is None:
        return editions[-1]
    plain = "".join(c for c in wanted if c.isalnum())
    for edition in editions:
        if wanted == edition["edition"] or plain in "".join(
            c for c in f"{edition['edition']}{edition['name']}" if c.isalnum()
        ):
            return edition
    raise NotFound(
        "布局版本", wanted, tuple(f"{e['edition'].removeprefix('policy/')}（{e['name']}）" for e in editions)
    )


@click.command()
@click.option("--city", help="只看一个城市")
@click.option("--cluster", help="只看一个集群")
@click.option("--region", help="只看一个区域的城市")
@click.option("--edition", help="布局版本：年份、文号或名称，默认最新")
@click.option("--why", is_flag=True, help="每格的见证：支持、反对，及最好的另一种布局")
@click.option("--confidence", is_flag=True, help="格内写出把握")
@format_option
@out_option
@click.pass_obj
def stars(
    directory: Path,
    city: str | None,
    cluster: str | None,
    region: str | None,
    edition: str | None,
    why: bool,
    confidence: bool,
    form: str,
    out: Path | None,
) -> None:
    """星级布局：各来源归并后的集群 × 城市，带把握。"""
    with opened(directory) as atlas:
        chosen = edition_of(atlas.stars(), edition)
    cities = _cities(chosen, city, region)
    clusters = [vocabulary().cluster(cluster).name] if cluster else list(chosen["clusters"])
    cells = [c for c in chosen["cells"] if c["city"] in cities and c["cluster"] in clusters]
    if why:
        rows = [(c["cluster"], c["city"], line) for c in cells for line in c["why"]]
        write(listing(f"{chosen['name']}：见证", ("cluster", "city", "why"), ("集群", "城市", "见证"), rows), form, out)
    elif form in PEOPLE:
        write(_matrix(chosen, cells, clusters, _by_region(chosen, cities), confidence), form, out)
    else:
        columns = ("cluster", "city", "present", "level", "confidence", "level_confidence", "override", "doubt")
        heads = ("集群", "城市", "列入", "星级", "把握", "星级把握", "人工修正", "存疑")
        write(listing(chosen["name"], columns, heads, [[c[name] for name in columns] for c in cells]), form, out)


def _cities(edition: Json, city: str | None, region: str | None) -> list[str]:
    known: list[str] = list(edition["cities"])
    if city is not None:
        known = [name for name in known if name == vocabulary().city(city).name]
    if region is not None:
        number = edition["edition"].removeprefix("policy/")
        documents = [r.source for r in vocabulary().regions if r.source and r.scheme == number]
        members = vocabulary().region(region, next(iter(documents), None)).members
        if not members:
            raise NotFound("有成员的区域", region, remedy="这一版规划没有写出它包括哪些城市")
        names = {place.id: place.name for place in vocabulary().cities}
        known = [name for name in known if name in {names[member] for member in members}]
    return known


def _matrix(edition: Json, cells: Sequence[Json], clusters: list[str], cities: list[str], confidence: bool) -> Table:
    at = {(c["cluster"], c["city"]): c for c in cells}

    def text(cluster: str, city: str) -> str:
        cell = at.get((cluster, city))
        if cell is None:
            return ""
        return f"{cell['sign']} {cell['confidence']:.2f}".strip() if confidence else str(cell["sign"])

    heads = [column(city, city) for city in cities]
    rows: list[list[object]] = []
    for cluster in clusters:
        count = sum(bool(at[cluster, c]["present"]) for c in cities if (cluster, c) in at)
        rows.append([cluster, *(text(cluster, c) for c in cities), count])
    sums = [sum(bool(at[k, c]["present"]) for k in clusters if (k, c) in at) for c in cities]
    rows.append(["各地市布局的集群数量（个）", *sums, sum(sums)])
    return Table(
        f"{edition['name']}：产业集群空间布局",
        (column("cluster", "产业集群"), *heads, column("count", "地市数量（个）", kind="integer")),
        rows,
        (NOTE, *edition["notes"]),
        groups=(("", 1), *_groups(edition, cities), ("", 1)),
    )


def _partition(edition: Json) -> list[tuple[str, tuple[str, ...]]]:
    """The regions into which the plan divides its cities, with their members' names: none where it names none."""
    number = edition["edition"].removeprefix("policy/")
    names = {place.id: place.name for place in vocabulary().cities}
    taken: set[str] = set()
    found = []
    for region in vocabulary().regions:
        members = tuple(names[member] for member in region.members)
        if region.scheme == number and not taken & set(members):
            taken |= set(members)
            found.append((region.name, members))
    return found


def _by_region(edition: Json, cities: Sequence[str]) -> list[str]:
    """The cities as the plan's table has them: region by region."""
    order = [city for _, members in _partition(edition) for city in members]
    return sorted(cities, key=lambda city: order.index(city) if city in order else len(order))


def _groups(edition: Json, cities: Sequence[str]) -> list[tuple[str, int]]:
    """The regions as headings over their cities; a city of no region stands alone."""
    of = {city: region for region, members in _partition(edition) for city in members}
    runs = [(region, len(list(run))) for region, run in groupby(cities, key=lambda city: of.get(city, ""))]
    return [one for region, width in runs for one in ([(region, width)] if region else [("", 1)] * width)]


@click.command()
@click.argument("old")
@click.argument("new")
@format_option
@out_option
@click.pass_obj
def diff(directory: Path, old: str, new: str, form: str, out: Path | None) -> None:
    """两版布局之间的变化；两版口径不同时只说 点名 与 列入，不说新增。"""
    with opened(directory) as atlas:
        content = atlas.stars()
    before, after = edition_of(content, old), edition_of(content, new)
    pair = (before["edition"], after["edition"])
    found = next((c["changes"] for c in content["changes"] if (c["old"], c["new"]) == pair), None)
    if found is None:
        raise NotFound("较新的版本", new, remedy="请把较旧的版本写在前面，且两版不同")
    columns = ("cluster", "city", "words", "change", "old_level", "new_level", "confidence")
    heads = ("集群", "城市", "变化", "代码", "旧版星级", "新版星级", "把握")
    rows = [[row[name] for name in columns] for row in found if row["change"] != "same"]
    write(listing(f"{before['name']} → {after['name']}", columns, heads, rows), form, out)


def contradictions(content: Json) -> Table:
    """Every contradiction among the sources of all editions."""
    columns = ("message", "file", "line", "quote", "cluster", "city", "kind")
    heads = ("矛盾", "文件", "行", "原文", "集群", "城市", "种类")
    rows = [[entry[name] for name in columns] for edition in content["editions"] for entry in edition["ledger"]]
    return listing("来源之间的矛盾", columns, heads, rows)
