"""The layout for people: the matrix in the form of the plan's annex, and the reasons of a cell in sentences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.stars.layout import ROLES, Cell, Layout, Voice
from ontology.errors import NotFound

UNSURE = 0.95
"""Confidence below which a cell carries a sign."""

NOTE = (
    "★★★核心城市，★★重点城市，★一般城市，●有布局而星级不明；空白为未标星，未标星的地市可以结合自身实际谋划发展。"
    "？把握不足 0.95，?? 两种答案不相上下，# 人工修正。"
)
ROLES_NOTE = "●点名；空白为未点名，名单多以“等”结尾，未点名不等于没有布局。"


@dataclass(frozen=True, slots=True)
class Matrix:
    """A table of clusters by cities: title, heads, and rows of texts, the number of cities last; sums in `bottom`."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    bottom: tuple[str, ...]
    note: str

    def records(self) -> list[dict[str, str]]:
        """The rows as objects by head, for CSV and JSON."""
        return [dict(zip(self.heads, row, strict=True)) for row in (*self.rows, self.bottom)]


def sign(cell: Cell | None) -> str:
    """A cell in one word: stars, or ● where the level is unknown; with a sign where it is not sure."""
    if cell is None:
        return ""
    stars = ("★" * cell.level if cell.level else "●") if cell.present else ""
    if cell.override is not None:
        return f"{stars or '0'}#"
    if cell.undecided:
        return f"{stars}??"
    return f"{stars}？" if cell.confidence < UNSURE else stars


def matrix(
    layout: Layout,
    *,
    clusters: Sequence[str] | None = None,
    cities: Sequence[str] | None = None,
    confidence: bool = False,
) -> Matrix:
    """The matrix of a layout in the order of its source.

    Args:
        layout: of one edition.
        clusters: only these; None for all.
        cities: only these; None for all. The sums count the columns that are shown.
        confidence: write the confidence of presence or absence behind each sign.

    Raises:
        NotFound: a cluster or city that the edition does not have.
    """
    rows_of = _chosen("集群", clusters, layout.clusters)
    columns = _chosen("城市", cities, layout.cities)
    rows = []
    for cluster in rows_of:
        cells = [layout.cell(cluster, city) for city in columns]
        total = sum(cell is not None and cell.present for cell in cells)
        rows.append((cluster, *(_text(cell, confidence) for cell in cells), str(total)))
    sums = [
        sum(c is not None and c.present for k in rows_of if (c := layout.cell(k, city)) or True) for city in columns
    ]
    return Matrix(
        title="战略性产业集群空间布局",
        heads=("产业集群", *columns, "地市数（个）"),
        rows=tuple(rows),
        bottom=("集群数（个）", *map(str, sums), str(sum(sums))),
        note=ROLES_NOTE if layout.scale == ROLES else NOTE,
    )


def _chosen(what: str, names: Sequence[str] | None, known: tuple[str, ...]) -> tuple[str, ...]:
    if names is None:
        return known
    for name in names:
        if name not in known:
            raise NotFound(what, name)
    return tuple(name for name in known if name in names)


def _text(cell: Cell | None, confidence: bool) -> str:
    text = sign(cell)
    return text if cell is None or not confidence else f"{text} {cell.confidence:.2f}".strip()


def listing(
    layout: Layout, *, clusters: Sequence[str] | None = None, cities: Sequence[str] | None = None
) -> list[Mapping[str, object]]:
    """The cells as flat rows with Chinese heads, for one city or cluster, or for a spreadsheet."""
    rows_of, columns = _chosen("集群", clusters, layout.clusters), _chosen("城市", cities, layout.cities)
    found = [cell for k in rows_of for c in columns if (cell := layout.cell(k, c)) is not None]
    return [
        {
            "集群": cell.cluster,
            "城市": cell.city,
            "布局": "列入" if cell.present else "未标星",
            "星级": "★" * cell.level if cell.level else ("不明" if cell.present else ""),
            "把握": cell.confidence,
            "星级把握": cell.level_confidence,
            "存疑": doubt(cell),
            "人工修正": cell.override.name if cell.override else "",
        }
        for cell in found
    ]


def doubt(cell: Cell) -> str:
    """What is not sure about a cell, in Chinese; empty where nothing is."""
    words = []
    if cell.override is not None:
        words.append("人工修正")
    elif cell.undecided:
        words.append("未决：两种答案不相上下")
    elif cell.confidence < UNSURE:
        words.append(f"把握 {cell.confidence:.2f}")
    if cell.opposes and cell.override is None:
        words.append(f"{len(cell.opposes)} 项见证相反")
    if cell.present and cell.level is None:
        words.append("星级不明")
    return "；".join(words)


def why(cell: Cell) -> list[str]:
    """The reasons of a cell, a line each: what is held, who says so, who contradicts, and the best rival layout."""
    level = {3: "核心", 2: "重点", 1: "一般"}.get(cell.level or 0, "星级不明")
    held = f"列入（{level}）" if cell.present else "未标星"
    lines = [f"{cell.cluster} · {cell.city}：{held}，把握 {cell.confidence:.3f}"]
    if cell.override is not None:
        present, inferred = cell.inferred
        was = ("★" * inferred if inferred else "列入，星级不明") if present else "未标星"
        one = cell.override
        lines.append(f"人工修正：{one.source}（{one.name}，{one.date}；{one.file} 第 {one.line} 行）；推断值为{was}")
    if cell.undecided:
        lines.append("未决：换成相反答案几乎不增加代价")
    for head, voices in (("支持", cell.supports), ("反对", cell.opposes), ("不作数", cell.silent)):
        lines += [_voice(head, voice) for voice in voices]
    others = "、".join(
        f"{cluster}·{city}" for cluster, city in cell.rival if (cluster, city) != (cell.cluster, cell.city)
    )
    change = f"，同时改变 {others}" if others else ""
    lines.append(f"最强的相反布局：代价多 {cell.opposite:.2f}{change}")
    return lines


def _voice(head: str, voice: Voice) -> str:
    return f"{head}：{voice.says}（{voice.where}）{voice.fact.evidence.cite}"
