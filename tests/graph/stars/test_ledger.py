"""The ledger follows the text: what is put in appears with its line, what is corrected disappears."""

import re

import pytest

from graph.stars.layout import Layout
from tests.graph.stars import samples
from tests.graph.stars.samples import TRUTH, page, solved


def kinds(layout: Layout) -> list[str]:
    return [c.kind for c in layout.ledger if c.kind != "list_stars"]


def line_of(text: str, words: str) -> int:
    return next(number for number, line in enumerate(text.split("\n"), 1) if words in line)


def test_a_page_that_agrees_with_itself_has_no_contradiction() -> None:
    layout = solved(page())
    assert kinds(layout) == []
    assert {(c.cluster, c.city): c.level or 0 for c in layout.cells} == {
        (name, city): level for name, row in TRUTH.items() for city, level in zip(samples.CITIES, row, strict=True)
    }


@pytest.mark.parametrize(
    ("damage", "kind", "where", "words"),
    [
        ({"counts": {"佛山": 1}}, "count_list", "佛山 (1)", "佛山括号内印 1，清单却有 3 个集群"),
        ({"totals": {"数字创意": 5}}, "row_sum", "数字创意\t", "行合计印 5，本行却印有 3 个"),
        ({"counts": {"珠海": 4}}, "count_count", "珠海 (4)", "珠海：地图印 4、合计行第 3 格印 2"),
        ({"lists": {"东莞": ("数字创意", "前沿新材料", "智能机器人")}}, "map_list", "东莞 (2)", "列有“智能机器人”，认定为未标星"),
        ({"lists": {"惠州": ("数字创意",)}}, "map_list", "惠州 (1)", "没有“新能源”，认定为列入"),
        ({"rows": {"新能源": (3, 0, 0, 1, 0, 1)}}, "cell", "新能源\t", "印空白，“新能源”在深圳认定为列入"),
        ({"rows": {"新能源": (3, 2, 0, 1, 2, 1)}}, "cell", "新能源\t", "印★★，“新能源”在东莞认定为未标星"),
        ({"bottom": (3, 3, 2, 3, 2, 3)}, "count", "各市数量", "合计行第 6 格印惠州 3，认定为 1"),
        ({"bottom": (3, 3, 2, 3, 1)}, "totals_row", "各市数量", "合计行有 5 个数，表头有 6 个城市"),
        ({"bottom": (3, 3, 2, 3, 1)}, "totals_row", "各市数量", "漏印东莞的数（认定为 2）"),
        ({"bottom": (3, 3, 1, 2, 3, 2, 1)}, "totals_row", "各市数量", "合计行第 3 个数 1 不属于任何城市"),
        ({"rows": {"数字创意": (2, 2, 2, 2, 2, 2)}}, "filled", "数字创意\t", "6 格全部印有星，合计只有 3"),
        ({"rows": {"数字创意": (2, 2, 2, 2, 2, 1)}}, "cell", "数字创意\t", "印★，“数字创意”在惠州认定为未标星：误印，或此行错位"),
    ],
)  # fmt: skip
def test_a_contradiction_put_in_appears_with_its_line(
    damage: dict[str, dict[str, object]], kind: str, where: str, words: str
) -> None:
    text = page(**damage)  # type: ignore[arg-type]
    entries = [c for c in solved(text).ledger if c.kind == kind and words in c.message]
    assert len(entries) == 1, [str(c) for c in solved(text).ledger]
    line = line_of(text, where)
    # A list item stands below the city that it is listed under.
    assert line <= entries[0].line <= line + (5 if kind == "map_list" else 0)
    assert entries[0].quote in text.split("\n")[entries[0].line - 1]
    assert words not in "".join(c.message for c in solved(page()).ledger)


@pytest.mark.parametrize(("bottom", "city", "stands"), [((3, 3, 2, 3, 1), "东莞", "1"), ((3, 3, 2, 3, 2), "惠州", "2")])
def test_a_lost_figure_is_quoted_by_what_stands_in_its_place(bottom: tuple[int, ...], city: str, stands: str) -> None:
    """The figure under the header of the city, or the last one where the row ends before it."""
    (entry,) = [c for c in solved(page(bottom=bottom)).ledger if f"漏印{city}" in c.message]
    assert (entry.city, entry.quote) == (city, stands)


@pytest.mark.parametrize(
    ("bottom", "extra"),
    [
        ((3, 3, 2, 3, 3, 2, 1), 1),  # a figure printed twice: one of the two is too many
        ((3, 3, 2, 3, 3, 3, 2, 1), 2),
        ((3, 3, 2, 3, 2, 1, 0), 1),
        ((4, 3, 3, 2, 3, 2, 1), 1),
        ((3, 3, 2, 3, 2, 2), 0),  # a wrong figure is still that of its city
        ((3, 3, 2, 3, 2, 1), 0),
    ],
)
def test_as_many_figures_are_too_many_as_were_put_in(bottom: tuple[int, ...], extra: int) -> None:
    messages = [c.message for c in solved(page(bottom=bottom)).ledger if c.kind == "totals_row"]
    assert sum("不属于任何城市" in message for message in messages) == extra
    assert not any("漏印" in message for message in messages)


@pytest.mark.parametrize("bottom", [(3, 2, 3, 2, 1), (3, 3, 2, 3, 2)])
def test_as_many_cities_have_no_figure_as_were_lost(bottom: tuple[int, ...]) -> None:
    messages = [c.message for c in solved(page(bottom=bottom)).ledger if c.kind == "totals_row"]
    assert sum("漏印" in message for message in messages) == 1
    assert not any("不属于任何城市" in message for message in messages)


def test_a_total_of_a_row_and_of_the_legend_that_differ() -> None:
    text = page() + "\n# 发展城市数量\n\n- 新能源: 5\n- 数字创意: 3\n"
    (entry,) = [c for c in solved(text).ledger if c.kind == "count_count"]
    assert (entry.message, entry.cluster, entry.city) == ("新能源：行合计印 4、地图印 5", "新能源", None)
    assert entry.line == line_of(text, "新能源\t")
    assert entry.others == (("page.txt", line_of(text, "新能源: 5"), "新能源: 5"),)
    # A single line with a figure may be anything.
    assert kinds(solved(page() + "\n# 说明\n\n- 新能源: 5\n")) == []


@pytest.mark.parametrize(
    ("stars", "how"),
    [((2, 2, 2), "全部相同"), ((1, 2, 3), "逐条递增"), ((1, 1, 2), None), ((3, 2, 1), None), ((2, 2), None)],
)
def test_stars_of_a_list_that_only_count_its_lines(stars: tuple[int, ...], how: str | None) -> None:
    text = page()
    start = text.index("广州 (3)")
    end = text.index("深圳 (3)")
    names = [name for name, row in TRUTH.items() if row[0] > 0][: len(stars)]
    items = "\n".join(f"- {'★' * count} {name}" for count, name in zip(stars, names, strict=True))
    found = solved(f"{text[:start]}广州 (3)\n\n{items}\n\n{text[end:]}").ledger
    entries = [c for c in found if c.kind == "list_stars" and c.city == "广州"]
    words = f"广州地图清单各条前的星{how}（{'、'.join(map(str, stars))}颗），是排版痕迹，不作星级"
    assert [c.message for c in entries] == ([words] if how else [])


def test_in_a_copy_of_the_bundled_text_too() -> None:
    text = (samples.DATA / "documents" / samples.COMPENDIUM).read_bytes().decode()
    lines = text.split("\n")
    start = next(i for i, line in enumerate(lines) if "空间布局图" in line and "附件" not in line and i > 1000)
    annex = "\n".join(lines[start:])
    before = {c.message for c in solved(annex).ledger}
    removed = "云浮括号内印 6，清单却有 7 个集群"
    added = "肇庆括号内印 9，清单却有 7 个集群"
    assert removed in before
    assert added not in before
    changed = re.sub(r"肇庆 ?\(7\)", "肇庆 (9)", re.sub(r"云浮 ?\(6\)", "云浮 (7)", annex, count=1), count=1)
    assert changed != annex
    after = {c.message: c for c in solved(changed).ledger}
    assert removed not in after
    assert after[added].line == line_of(changed, "肇庆 (9)")


def test_two_tables_with_different_scales_are_one_scale() -> None:
    layout = samples.bundled()
    entries = [c for c in layout.ledger if c.kind == "scale"]
    assert {"★★★★" in c.quote or "★★★" in c.quote for c in entries} == {True}
    assert {cell.level for cell in layout.cells} == {None, 1, 2, 3}
