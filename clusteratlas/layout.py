"""Commands about the star layout: stars, diff, and the ledger of contradictions."""

import shutil
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from clusteratlas.matrix import in_parts, matrix, unnamed, unnamed_note
from clusteratlas.options import format_option, lang_option, opened, out_option
from clusteratlas.output import PEOPLE, WORDS, write
from graph.stars.contradictions import KINDS
from graph.stars.layout import STARS, editions_named
from graph.stars.table import SIDES
from ontology.errors import Ambiguous, NotFound
from ontology.vocabulary import vocabulary
from queries.industry.layout import NO_LAYOUT
from queries.phrase import Phrase, joined
from queries.table import Table, column

Json = Mapping[str, Any]

CLUSTER, CITY = column("cluster", "集群", "Cluster"), column("city", "城市", "City")
WHERE = (column("file", "文件", "File"), column("line", "行", "Line", "integer"), column("quote", "原文", "Quote"))

WIDTH = 200
"""Of a table that goes into a file or a pipe, in half-width characters."""
CHANGES = {
    "added": ("新增", "added"),
    "removed": ("取消", "removed"),
    "raised": ("升级", "raised"),
    "lowered": ("降级", "lowered"),
    "unknown": ("两版均列入，星级不明", "in both, level unknown"),
    "both": ("两版均有", "in both"),
    "only_old": ("仅旧版", "only in the older"),
    "only_new": ("仅新版", "only in the newer"),
}
"""Codes of a difference between two editions, in words."""


def edition_of(stars: Json, wanted: str | None) -> Json:
    """The edition asked for by year, number, name or id; the newest where none is asked for.

    Raises:
        NotFound: there is none; with the editions that there are.
        Ambiguous: there are several.
    """
    editions: list[Json] = stars["editions"]
    if not editions:
        raise NotFound("布局版本", wanted or "", remedy="载入的文件里没有星表，也没有逐集群点名城市的意见")
    if wanted is None:
        return editions[-1]
    by_id = {edition["edition"]: edition for edition in editions}
    names = {key: f"{key.removeprefix('policy/')}（{edition['name']}）" for key, edition in by_id.items()}
    found = editions_named(wanted, {key: edition["name"] for key, edition in by_id.items()})
    if not found:
        raise NotFound("布局版本", wanted, tuple(names.values()))
    if len(found) > 1:
        raise Ambiguous("布局版本", wanted, tuple(names[key] for key in found))
    return by_id[found[0]]


def _order(stars: Json, edition: Json) -> Json:
    """The edition in whose order clusters and cities stand: itself if it prints a table, else the newest that does."""
    tables = [one for one in stars["editions"] if one["scale"] == "stars"]
    return edition if edition["scale"] == "stars" or not tables else tables[-1]


@click.command()
@click.option("--city", help="只看一个城市")
@click.option("--cluster", help="只看一个集群")
@click.option("--region", help="只看一个区域的城市")
@click.option("--edition", help="布局版本：年份、文号或名称，默认最新")
@click.option("--why", is_flag=True, help="每格的见证：支持、反对，及最好的另一种布局")
@click.option("--confidence", is_flag=True, help="格内写出把握")
@format_option
@lang_option
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
    lang: str,
    out: Path | None,
) -> None:
    """星级布局：各来源归并后的集群 × 城市，带把握。"""
    with opened(directory) as atlas:
        content, refused = atlas.stars(), _refused(atlas.receipt())
    if edition is None and not content["editions"]:
        nothing = _list({"name": "产业集群空间布局", "scale": STARS}, [])
        write(replace(nothing, notes=(NO_LAYOUT,), title_en="Spatial layout of industry clusters"), form, out, lang)
        return
    chosen = edition_of(content, edition)
    cities = _cities(chosen, city, region)
    clusters = [vocabulary().cluster(cluster).name] if cluster else list(chosen["clusters"])
    cells = [c for c in chosen["cells"] if c["city"] in cities and c["cluster"] in clusters]
    if why:
        write(_reasons(chosen, cells, form), form, out, lang)
    elif form in PEOPLE:
        shown = matrix(chosen, _order(content, chosen), clusters, cities, confidence=confidence, lang=lang)
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else WIDTH
        if form == "table" and out is None:
            for part in in_parts(shown, width, lang):
                write(part, form, out, lang)
        else:
            write(shown, form, out, lang)
    else:
        write(_list(chosen, cells), form, out, lang)
    for line in refused:
        click.echo(f"人工修正未采用：{line}", err=True)
    sys.exit(1 if refused else 0)


def _refused(receipt: Json) -> list[str]:
    """The lines of corrections of stars that the build could not use; what is wrong with documents stands apart."""
    documents = {one["file"] for one in receipt["coverage"]}
    return [
        f"{file} 第 {one['line']} 行：{one['reason']}"
        for file, one in receipt["rejected"]
        if one["kind"] == "stars" and file not in documents
    ]


def _reasons(edition: Json, cells: Sequence[Json], form: str) -> Table:
    """Who says what about each cell; for people a single cell stands in the title, and a place in one column."""
    people = form in PEOPLE
    single = "·".join((cells[0]["cluster"], cells[0]["city"])) if people and len(cells) == 1 else ""
    columns = [
        *(() if single else (CLUSTER, CITY)),
        replace(column("side", "作用", "Side"), labels=tuple((code, *words) for code, words in SIDES.items())),
        column("words", "见证", "Witness"),
        *((column("place", "出处", "Source"),) if people else (column("cite", "出处", "Citation"), *WHERE)),
    ]
    rows = []
    for cell in cells:
        for reason in cell["why"]:
            place = joined([reason["cite"], _at(reason["line"], reason["file"])], "，", ", ")
            known = {**reason, "cluster": named(cell["cluster"]), "city": named(cell["city"]), "place": place}
            rows.append([known[one.name] for one in columns])
    return Table(
        f"{edition['name']}：{single or '各格'}的见证",
        tuple(columns),
        rows,
        ("代价是不采信的见证的对数几率之和；改成相反答案的代价越大，认定越有把握",),
        title_en=f"{edition['name']}: witnesses{f' of {single}' if single else ''}",
    )


def _at(line: int | None, file: str = "") -> Phrase:
    """Where something stands, in both languages; nothing where it stands nowhere."""
    return Phrase("") if line is None else Phrase(f"{file} 第 {line} 行".strip(), f"{file} line {line}".strip())


def named(name: str) -> Phrase:
    """A cluster or a city in both languages."""
    known = vocabulary()
    try:
        return Phrase(name, known.city(name).name_en or "")
    except NotFound:
        return Phrase(name, known.cluster(name).name_en or "")


def _list(edition: Json, cells: Sequence[Json]) -> Table:
    columns = (
        CLUSTER,
        CITY,
        column("present", "列入" if edition["scale"] == "stars" else "点名", "Listed"),
        column("level", "星级", "Level"),
        column("confidence", "把握", "Confidence"),
        column("level_confidence", "星级把握", "Confidence of the level"),
        column("override", "人工修正", "Corrected by hand"),
        column("doubt", "存疑", "Doubt"),
    )
    return Table(edition["name"], columns, [[c[one.name] for one in columns] for c in cells])


def _cities(edition: Json, city: str | None, region: str | None) -> list[str]:
    known: list[str] = list(edition["cities"])
    if city is not None:
        known = [name for name in known if name == vocabulary().city(city).name]
    if region is not None:
        number = edition["edition"].removeprefix("policy/")
        drawn = [r for r in vocabulary().regions if r.source and r.scheme == number]
        documents = [r.source for r in drawn]
        members = vocabulary().region(region, next(iter(documents), None)).members
        if not members:
            written = "、".join(r.name for r in drawn) or "无"
            near = tuple(r.name for r in drawn if region in r.name)
            raise NotFound("写明了城市的区域", region, near, remedy=f"这一版规划写明城市的区域：{written}")
        names = {place.id: place.name for place in vocabulary().cities}
        known = [name for name in known if name in {names[member] for member in members}]
    return known


@click.command()
@click.argument("old")
@click.argument("new")
@format_option
@lang_option
@out_option
@click.pass_obj
def diff(directory: Path, old: str, new: str, form: str, lang: str, out: Path | None) -> None:
    """两版布局之间的变化；两版口径不同时只说 点名 与 列入，不说新增。"""
    with opened(directory) as atlas:
        content = atlas.stars()
    before, after = edition_of(content, old), edition_of(content, new)
    pair = (before["edition"], after["edition"])
    found = next((c["changes"] for c in content["changes"] if (c["old"], c["new"]) == pair), None)
    if found is None:
        raise NotFound("较新的版本", new, remedy="请把较旧的版本写在前面，且两版不同")
    write(_changes(before, after, found, form, lang), form, out, lang)


def _changes(before: Json, after: Json, found: Sequence[Json], form: str, lang: str) -> Table:
    """What changed; people read the sentence (in English the code in words) and stars, programs everything."""
    labels = tuple((code, zh, en) for code, (zh, en) in CHANGES.items())
    columns = (
        CLUSTER,
        CITY,
        column("words", "变化", "Change in words"),
        replace(column("change", "类别", "Change"), labels=labels),
        column("old_level", "旧版星级", "Older level"),
        column("new_level", "新版星级", "Newer level"),
        column("confidence", "把握", "Confidence"),
    )
    counts = Counter(str(row["words"]) for row in found)
    notes = ["；".join(f"{words} {count} 格" for words, count in sorted(counts.items()))]
    if before["scale"] != after["scale"]:
        notes.append(
            "两版口径不同（一版只点名，一版标星），不能说新增或取消；点名的名单多以“等”结尾，未点名不等于没有布局"
        )
    if before["scale"] == "roles" and (silent := unnamed(before, after)):
        notes.append(unnamed_note(silent, "旧版"))
    shown = [one for one in columns if form not in WORDS or one.name != ("words" if lang == "en" else "change")]
    rows = [[_level(row, one.name) if form in WORDS else row[one.name] for one in shown] for row in found]
    if form in WORDS:
        notes.append("● 列入或点名而星级不明")
    title = f"{before['name']} → {after['name']}"
    return Table(title, tuple(shown), rows, tuple(notes), title_en=title)


def _level(row: Json, name: str) -> object:
    """A value of a change as people read it: levels as stars, ● where a place has none that is known."""
    absent = {"old_level": ("added", "only_new"), "new_level": ("removed", "only_old")}
    if name not in absent:
        return row[name]
    return "" if row["change"] in absent[name] else "★" * row[name] if row[name] else "●"


def contradictions(content: Json, form: str = "json") -> Table:
    """Every contradiction among the sources of all editions; on paper with the quote, on a terminal without."""
    kind = replace(column("kind", "种类", "Kind"), labels=tuple((code, *words) for code, words in KINDS.items()))
    message, also = column("message", "矛盾", "Contradiction"), column("others", "另见", "See also")
    people = form in PEOPLE
    columns = [kind, message, column("place", "出处", "Source"), also] if people else [message, *WHERE, also]
    columns += [] if form == "table" else [WHERE[-1]] if people else [CLUSTER, CITY, kind]
    rows: list[list[object]] = []
    for edition in content["editions"]:
        for entry in edition["ledger"]:
            file, line = entry["file"], entry["line"]
            others = {
                (place, at): _at(at, "" if people and place == file else place) for place, at, _ in entry["others"]
            }
            elsewhere = tuple(words for at, words in others.items() if at != (file, line))
            known = {**entry, "place": _at(line, file), "others": elsewhere}
            known |= {key: named(entry[key]) for key in ("cluster", "city") if entry[key]}
            rows.append([known[one.name] for one in columns])
    return Table("来源之间的矛盾", tuple(columns), rows, title_en="Contradictions among the sources")
