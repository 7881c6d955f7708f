"""Witnesses: cells, totals, map lists and counts of star tables, of the bundled plan and of invented ones."""

import hashlib
from collections import Counter
from pathlib import Path

import pytest

from loaders.document.document import parse
from loaders.document.source import Source, read
from loaders.layout.witnesses import witnesses
from ontology.facts import WitnessFact, record
from ontology.vocabulary import vocabulary

COMPENDIUM = Path(__file__).parents[2] / "data" / "documents" / "gd-policy-compendium-2021.txt"
CITIES = ("湛江", "茂名", "阳江", "云浮", "清远", "韶关")


def read_text(text: str) -> list[WitnessFact]:
    source = Source("test.txt", hashlib.sha256(text.encode()).hexdigest(), text)
    return [fact for fact in witnesses(parse(source)).facts if isinstance(fact, WitnessFact)]


def tabs(cities: tuple[str, ...] = CITIES) -> str:
    rows = [
        ["产业集群", "西部", "", "", "北部", "", "", "城市数量"],
        ["", *cities, ""],
        ["1. 新能源", "★★★", "★", "", "★★", "", "", "3", ""],
        ["2. 数字创意", "★★", "", "★", "2"],
        ["各市数量（个）", "2", "1", "1", "1", "0", "0"],
    ]
    return "# 某区域产业布局规划\n\n## 布局表\n\n" + "\n".join("\t".join(row) for row in rows) + "\n"


def pipes(cities: tuple[str, ...] = CITIES) -> str:
    rows = [
        ["", *cities, "合计"],
        ["新能源", "★★★", "★", "", "★★", "", "", "3"],
        ["数字创意", "★★", "", "★", "", "", "", "2"],
    ]
    return "# 某区域产业布局规划\n\n" + "\n".join("| " + " | ".join(row) + " |" for row in rows) + "\n"


def cells(facts: list[WitnessFact]) -> dict[tuple[str | None, str | None, str | None], int | None]:
    return {(f.cluster, f.column, f.city): f.value for f in facts if f.source == "cell"}


@pytest.mark.parametrize("text", [tabs(), pipes()], ids=["tabs", "pipes"])
def test_cells_keep_their_column_and_the_city_above_it(text: str) -> None:
    found = cells(read_text(text))
    assert [found["新能源", str(i), city] for i, city in enumerate(CITIES, 1)] == [3, 1, None, 2, None, None]
    assert found["数字创意", "1", "湛江"] == 2
    assert found["数字创意", "3", "阳江"] == 1


def test_a_row_that_lost_cells_keeps_its_cells_where_they_are_printed() -> None:
    found = cells(read_text(tabs()))
    assert [key for key in found if key[0] == "数字创意"] == [
        ("数字创意", "1", "湛江"),
        ("数字创意", "2", "茂名"),
        ("数字创意", "3", "阳江"),
    ]


def test_totals_of_rows_and_columns() -> None:
    facts = read_text(tabs())
    assert [(f.cluster, f.value) for f in facts if f.source == "row_total"] == [("新能源", 3), ("数字创意", 2)]
    assert [(f.city, f.value) for f in facts if f.source == "column_total"] == list(
        zip(CITIES, (2, 1, 1, 1, 0, 0), strict=True)
    )


def test_swapping_two_cities_moves_the_facts() -> None:
    swapped = ("茂名", "湛江", *CITIES[2:])
    before, after = cells(read_text(tabs())), cells(read_text(tabs(swapped)))
    assert after == {
        (k, c, {"湛江": "茂名", "茂名": "湛江"}.get(str(city), city)): v for (k, c, city), v in before.items()
    }


def test_the_table_is_what_its_rows_are_not_what_its_heading_says() -> None:
    text = tabs().replace("## 布局表", "## “十大”战略性新兴产业布局")
    text = text.replace("新能源", "绿色石化").replace("数字创意", "智能家电")
    assert {fact.table for fact in read_text(text)} == {"pillar"}
    assert {fact.table for fact in read_text(tabs())} == {"emerging"}


def test_other_tables_are_no_star_tables() -> None:
    scores = "\t".join(["", *CITIES]) + "\n" + "\t".join(["新能源", *"123456"]) + "\n"
    few = "\t".join(["", *CITIES[:3]]) + "\n" + "\t".join(["新能源", "★", "★", "★★"]) + "\n"
    assert read_text("# 某表\n\n" + scores) == []
    assert read_text("# 某表\n\n" + few) == []


@pytest.mark.parametrize(
    "text",
    [
        "- 湛江 (3)**\n- ★★ 新能源\n  - ★ 数字创意产业\n\n- 茂名 (1)**\n- ★ 新能源\n",
        "| <b>湛江 (3)</b> | <ul> <li>★★ 新能源</li> <li>★ 数字创意</li> </ul> |\n| <b>茂名（1）</b> | <ul> <li>★ 新能源</li> </ul> |\n",
        "| 湛江(3) | ★★ 新能源<br>★ 数字创意 |\n| 茂名(1) | ★ 新能源 |\n",
    ],
    ids=["list", "html", "breaks"],
)
def test_map_lists_and_their_counts(text: str) -> None:
    facts = read_text("# 某图\n\n## 西翼\n\n" + text)
    assert [(f.city, f.cluster, f.value) for f in facts if f.source == "map_list"] == [
        ("湛江", "新能源", 2),
        ("湛江", "数字创意", 1),
        ("茂名", "新能源", 1),
    ]
    assert [(f.city, f.value) for f in facts if f.source == "map_count"] == [("湛江", 3), ("茂名", 1)]


@pytest.mark.parametrize("line", ["— 12 —", "12", "１２"])
def test_a_line_that_is_only_a_figure_does_not_end_a_list(line: str) -> None:
    facts = read_text(f"# 某图\n\n- 湛江 (2)\n- ★★ 新能源\n\n{line}\n\n- ★ 数字创意\n")
    assert [(f.city, f.cluster) for f in facts if f.source == "map_list"] == [("湛江", "新能源"), ("湛江", "数字创意")]


def test_counts_of_cities_per_cluster() -> None:
    facts = read_text("# 某图\n\n**发展城市数量**\n\n- 新能源: 14\n- 数字创意: 8\n- 其他: 3\n")
    assert [(f.source, f.cluster, f.city, f.value) for f in facts] == [
        ("map_count", "新能源", None, 14),
        ("map_count", "数字创意", None, 8),
    ]


def test_an_item_that_is_no_cluster_is_rejected_with_its_city() -> None:
    text = "# 某图\n\n- 湛江 (2)\n- ★★ 新能源\n- ★ 海水稻\n"
    source = Source("test.txt", "0", text)
    (rejected,) = witnesses(parse(source)).rejected
    assert rejected.quote == "★海水稻"
    assert "湛江" in rejected.reason


def test_prose_about_stars_and_cities_is_no_witness() -> None:
    assert (
        read_text(
            "# 某规划\n\n说明：★★★标注核心城市，★标注一般城市。\n\n- 湛江（3）\n- 茂名\n\n湛江、茂名重点发展新能源。\n"
        )
        == []
    )


def compendium() -> list[WitnessFact]:
    return [fact for fact in witnesses(parse(read(COMPENDIUM))).facts if isinstance(fact, WitnessFact)]


def test_the_witnesses_of_the_plan() -> None:
    facts = compendium()
    assert Counter((fact.source, fact.table) for fact in facts) == {
        ("cell", "pillar"): 210,
        ("cell", "emerging"): 210,
        ("row_total", "pillar"): 10,
        ("row_total", "emerging"): 10,
        ("column_total", "pillar"): 21,
        ("column_total", "emerging"): 20,
        ("map_list", "pillar"): 123,
        ("map_list", "emerging"): 127,
        ("map_count", "pillar"): 27,
        ("map_count", "emerging"): 20,
    }
    assert {fact.cluster for fact in facts if fact.source == "cell"} == {c.name for c in vocabulary().clusters_of()}
    header = [fact.city for fact in facts if fact.source == "cell" and fact.cluster == "数字创意"]
    assert header[:3] == ["广州", "深圳", "珠海"]
    assert len(set(header)) == 21


def test_evidence_quotes_the_cell_and_says_where_it_stands() -> None:
    text = read(COMPENDIUM).text
    facts = compendium()
    rows = [record(fact) for fact in facts]
    assert len({row["id"] for row in rows}) == len(rows)
    for fact in facts:
        for span in fact.evidence.spans:
            assert text[span.start : span.end] == span.quote
    blank = next(fact for fact in facts if fact.source == "cell" and not fact.printed)
    assert blank.value is None
    assert blank.cluster is not None
    assert blank.cluster in blank.evidence.span.quote
    assert blank.evidence.section[-1].endswith(f"行第{blank.column}列")
