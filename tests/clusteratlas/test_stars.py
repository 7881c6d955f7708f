"""The star layout on the command line and in the graph: one layout, with its reasons and contradictions."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from rich.cells import cell_len

from clusteratlas import Atlas, bundled
from clusteratlas.layout import contradictions
from clusteratlas.matrix import in_parts, matrix
from graph.build import build
from graph.directory import GraphDirectory
from graph.stars.contradictions import KINDS
from graph.stars.overrides import read_overrides
from graph.stars.record import records
from ontology.vocabulary import vocabulary
from tests.clusteratlas.test_cli import run
from tests.graph.stars import samples
from tests.graph.stars.samples import TRUTH, page, solved

TOTALS = [15, 15, 9, 17, 19, 19, 10, 7, 21, 21, 11, 15, 13, 8, 16, 14, 13, 8, 18, 18]
"""The row totals that the plan prints, in its order."""


def test_the_matrix_holds_the_printed_totals(bundled_graph: Path) -> None:
    done = run("stars", "--format", "csv", graph=bundled_graph)
    assert done.returncode == 0, done.stderr
    rows = list(csv.DictReader(io.StringIO(done.stdout.removeprefix("\ufeff"))))
    assert len(rows) == 20 * 21
    counts = {
        name: sum(r["列入"] == "是" for r in rows if r["集群"] == name)
        for name in dict.fromkeys(r["集群"] for r in rows)
    }
    assert list(counts.values()) == TOTALS
    assert all(0.5 <= float(row["把握"]) <= 1 for row in rows)


def test_every_hosts_edge_is_a_present_assignment_of_the_newest_edition(bundled_atlas: Atlas) -> None:
    tables = bundled_atlas.rows()
    hosts = [edge for edge in tables.edges if edge.type == "hosts"]
    assert len(hosts) == sum(TOTALS)
    for edge in hosts:
        held = tables.by_id[str(edge.properties["via"])]
        assert held.properties["present"] is True
        assert held.properties["current"] is True
        assert held.properties.get("level") == edge.properties.get("level")
    facts = bundled_atlas.facts("stars")
    assert sum(bool(fact["present"]) for fact in facts if fact["edition"] == "policy/粤府-2021-53") == sum(TOTALS)


def test_why_names_witnesses_for_and_against_with_file_and_line(bundled_graph: Path) -> None:
    done = run("stars", "--city", "中山", "--cluster", "前沿新材料", "--why", "--format", "json", graph=bundled_graph)
    rows = json.loads(done.stdout)
    assert rows[0]["side"] == "held"
    assert {(row["cluster"], row["city"]) for row in rows} == {("前沿新材料", "中山")}
    source = next(p for p in bundled.documents() if "compendium" in p.name)
    lines = source.read_bytes().decode().split("\n")
    for side in ("listed", "unlisted"):
        said = [row for row in rows if row["side"] == side]
        assert said
        for row in said:
            assert row["file"] == source.name
            assert row["quote"].split("\n")[0] in lines[row["line"] - 1]
            assert row["cite"].startswith("《广东省制造业高质量发展“十四五”规划》（粤府〔2021〕53号）")


def test_why_for_people_names_a_single_cell_in_the_title_and_cites_each_witness(bundled_graph: Path) -> None:
    for lang, head, place in (("zh", "支持列入", " 行"), ("en", "for: listed", " line ")):
        one = run("stars", "--city", "中山", "--cluster", "前沿新材料", "--why", "--lang", lang, graph=bundled_graph)
        assert "前沿新材料·中山" in one.stdout.split("\n")[0]
        assert head in one.stdout
        assert place in one.stdout
        assert "（粤府〔2021〕53号）" in one.stdout
    many = run("stars", "--city", "中山", "--why", "--lang", "en", graph=bundled_graph).stdout
    assert many.count("Zhongshan") > 20


def test_a_region_has_the_cities_that_the_plan_gives_it(bundled_graph: Path) -> None:
    done = run("stars", "--region", "珠三角", "--cluster", "汽车", "--format", "json", graph=bundled_graph)
    members = vocabulary().region("珠三角", "粤府〔2021〕53号").members
    assert {vocabulary().city(row["city"]).id for row in json.loads(done.stdout)} == set(members)


def test_two_scales_are_never_compared_as_if_they_were_one(bundled_graph: Path) -> None:
    done = run("diff", "2020", "2021", "--format", "json", graph=bundled_graph)
    words = {row["words"] for row in json.loads(done.stdout)}
    assert words
    assert not any("新增" in one or "提升" in one for one in words)
    assert any("2021 列入" in one and "2020" in one for one in words)
    held = run("stars", "--format", "json", graph=bundled_graph)
    levels = {(row["cluster"], row["city"]): row["level"] for row in json.loads(held.stdout)}
    rows = json.loads(done.stdout)
    assert all(row["old_level"] is None for row in rows)
    assert all(row["new_level"] == levels[row["cluster"], row["city"]] for row in rows)
    assert {row["new_level"] for row in rows} == {None, 1, 2, 3}
    for lang, head in (("zh", "变化"), ("en", "Change")):
        people = run("diff", "2020", "2021", "--format", "csv", "--lang", lang, graph=bundled_graph)
        said = list(csv.DictReader(io.StringIO(people.stdout.removeprefix("\ufeff"))))
        assert len(said) == len(rows)
        assert {row[head] for row in said} == (
            words if lang == "zh" else {"in both", "only in the older", "only in the newer"}
        )
        stars = [row["新版星级" if lang == "zh" else "Newer level"] for row in said]
        assert stars == ["" if r["change"] == "only_old" else "★" * (r["new_level"] or 0) or "●" for r in rows]
    assert run("diff", "2021", "2020", graph=bundled_graph).returncode == 2
    unknown = run("stars", "--edition", "1999", graph=bundled_graph)
    assert unknown.returncode == 2
    assert "粤府-2021-53" in unknown.stderr


def test_a_contradiction_put_into_a_copy_is_listed_with_its_line(tmp_path: Path, bundled_atlas: Atlas) -> None:
    source = next(p for p in bundled.documents() if "compendium" in p.name)
    text = source.read_bytes().decode()
    assert text.count("- 云浮 (6)**") == 1
    changed = text.replace("- 云浮 (6)**", "- 云浮 (3)**")
    copy = tmp_path / source.name
    copy.write_bytes(changed.encode())
    directory = GraphDirectory(tmp_path / "graph")
    build(directory, [copy], **bundled.knowledge())
    line = changed[: changed.index("- 云浮 (3)**")].count("\n") + 1

    def at(atlas: Atlas) -> set[str]:
        return {e["message"] for one in atlas.stars()["editions"] for e in one["ledger"] if e["line"] == line}

    with Atlas(directory.path) as atlas:
        assert any("3" in message for message in at(atlas) - at(bundled_atlas))


def test_the_matrix_as_an_office_file_has_the_regions_over_their_cities(bundled_graph: Path, tmp_path: Path) -> None:
    for form in ("xlsx", "docx"):
        done = run("stars", "--format", form, "-o", tmp_path / f"布局.{form}", graph=bundled_graph)
        assert done.returncode == 0, done.stderr
    page = openpyxl.load_workbook(tmp_path / "布局.xlsx").active
    assert page is not None
    regions, cities = ([cell.value for cell in row] for row in page.iter_rows(min_row=2, max_row=3))
    assert [one for one in regions if one is not None] == [
        "序号", "产业集群", "珠三角", "沿海经济带东翼", "沿海经济带西翼", "北部生态发展区", "地市数量（个）",
    ]  # fmt: skip
    assert sum(city is not None for city in cities) == 21
    delta = vocabulary().region("珠三角", "粤府〔2021〕53号").members
    span = next(one for one in page.merged_cells.ranges if one.coord.startswith("C2"))
    assert {vocabulary().city(str(cities[i - 1])).id for i in range(span.min_col, span.max_col + 1)} == set(delta)
    (grid,) = docx.Document(str(tmp_path / "布局.docx")).tables
    assert [row.cells[-1].text for row in grid.rows[2:-1]] == list(map(str, TOTALS))
    flat = json.loads(run("stars", "--format", "json", graph=bundled_graph).stdout)
    sums = [sum(row["present"] for row in flat if row["city"] == cell.text) for cell in grid.rows[1].cells[2:-1]]
    assert [cell.text for cell in grid.rows[-1].cells[2:]] == [*map(str, sums), str(sum(TOTALS))]
    # The sums are no twenty-first cluster.
    assert [row.cells[0].text for row in grid.rows[2:]] == [*map(str, range(1, 21)), ""]
    numbers = [row[0].value for row in page.iter_rows(min_row=4, max_row=24)]
    assert [one or None for one in numbers] == [*range(1, 21), None]


def edition(text: str, **given: object) -> dict[str, Any]:
    """The only edition of a page, as a build keeps it; `given` replaces what it says."""
    (one,) = json.loads(json.dumps(records([solved(text)], {"policy/p": "某规划"}, {"policy/p": "2021"})))["editions"]
    return {**one, **given}


def test_the_matrix_shows_stars_and_sums_and_says_what_is_only_a_part() -> None:
    one = edition(page())
    whole = matrix(one, one, one["clusters"], one["cities"])
    assert [c.title for c in whole.columns] == ["产业集群", *samples.CITIES, "地市数量（个）"]
    assert whole.rows[0] == ["新能源", "★★★", "★★", "", "★", "", "★", 4]
    assert whole.rows[-1] == ["各地市集群数量（个）", 3, 3, 2, 3, 2, 1, 14]
    part = matrix(one, one, ["数字创意", "新能源"], ["东莞", "广州"], confidence=True)
    assert [c.title for c in part.columns] == ["产业集群", "广州", "东莞", "所列地市（个）"]
    # 0.999 is not certain, so it is never printed as 1.00.
    assert part.rows[1:] == [["数字创意", "★★ 0.99", "★★★ 0.99", 2], ["所列集群（个）", 2, 1, 3]]
    single = matrix(one, one, ["数字创意"], ["东莞"])
    assert single.rows == [["数字创意", "★★★"]]
    assert sum(width for _, width in single.groups) == len(single.columns) == 2
    english = matrix(one, one, ["数字创意"], ["东莞", "广州"], lang="en")
    assert [c.title_en for c in english.columns] == ["Industry cluster", "Guangzhou", "Dongguan", "Cities"]
    assert english.rows[0][0] == vocabulary().cluster("数字创意").name_en
    assert "of the level) below 0.9" in english.notes[0]


def test_a_matrix_lists_what_is_undecided() -> None:
    one = edition(page())
    for cell in one["cells"][:12]:
        cell["tie"] = f"未决 {cell['cluster']}·{cell['city']}"
    notes = matrix(one, one, one["clusters"], one["cities"]).notes
    assert [note for note in notes if note.startswith("未决 ")] == [c["tie"] for c in one["cells"][:10]]
    assert notes[-1] == "未决的共 12 格，其余见 --why"
    assert not [n for n in matrix(one, one, one["clusters"][2:], one["cities"]).notes if n.startswith("未决")]


@pytest.mark.parametrize("width", [60, 80, 100, 200])
def test_a_narrow_terminal_gets_the_matrix_in_parts_that_fit(width: int) -> None:
    one = edition(page())
    whole = matrix(one, one, one["clusters"], one["cities"])
    parts = in_parts(whole, width)
    assert (len(parts) == 1) == (width >= 100)
    assert [c.name for part in parts for c in part.columns[1:]] == [c.name for c in whole.columns[1:]]
    for k, row in enumerate(whole.rows):
        assert [value for part in parts for value in part.rows[k][1:]] == row[1:]
        assert {part.rows[k][0] for part in parts} == {row[0]}
    assert [bool(part.notes) for part in parts] == [False] * (len(parts) - 1) + [True]
    for part in parts:
        cells = [[c.title for c in part.columns], *([str(v) for v in row] for row in part.rows)]
        assert 8 + sum(3 + max(map(cell_len, column)) for column in zip(*cells, strict=True)) <= width


def test_an_edition_that_only_names_cities_says_what_its_blanks_mean(bundled_graph: Path) -> None:
    done = run("stars", "--edition", "2020", graph=bundled_graph)
    assert "空白为未点名" in done.stdout
    assert "★★★" not in done.stdout
    assert "没有逐市点名的集群（或只说区域）：新一代电子信息、超高清视频显示" in done.stdout
    # In the order of the plan's table.
    head = next(line for line in done.stdout.split("\n") if "产业集群 " in line)
    assert head.index("广州") < head.index("珠海") < head.index("湛江")
    assert "空白为未标星，不等于不发展" in run("stars", graph=bundled_graph).stdout
    why = run(
        "stars", "--edition", "2020", "--city", "湛江", "--cluster", "绿色石化", "--why", graph=bundled_graph
    ).stdout
    assert "点名（不分星级），把握 0.960" in why
    assert "未标星" not in why
    assert "以其为" in why


def test_contradictions_say_their_kind_in_words_and_where_the_other_side_stands(bundled_atlas: Atlas) -> None:
    table = contradictions(bundled_atlas.stars())
    rows = table.records()
    assert len(rows) == sum(len(one["ledger"]) for one in bundled_atlas.stars()["editions"]) > 100
    (total,) = (r for r in rows if r["message"] == "汕头：地图印 8、合计行第 10 格印 7")
    assert (total["kind"], total["city"]) == ("count_count", "汕头")
    others = total["others"]
    assert isinstance(others, list)
    assert len(others) == 1
    assert str(total["line"]) not in others[0]
    kinds = table.columns[-1]
    assert {str(kinds.shown(row["kind"])) for row in rows} <= {chinese for chinese, _ in KINDS.values()}
    assert kinds.shown("count_count", "en") == "one count printed differently"
    for form, quoted in (("table", False), ("docx", True)):
        people = contradictions(bundled_atlas.stars(), form)
        assert [c.name for c in people.columns][:4] == ["kind", "message", "place", "others"]
        assert ("quote" in {c.name for c in people.columns}) == quoted
        (same,) = (r for r in people.records() if r["message"] == total["message"])
        assert same["place"] == f"{total['file']} 第 {total['line']} 行"
        assert same["others"] == [others[0].removeprefix(f"{total['file']} ")]  # the file is said once
        english = people.spoken("en").records()
        assert any(r["place"] == f"{total['file']} line {total['line']}" for r in english)


def test_the_ledger_is_told_in_english_too(bundled_graph: Path) -> None:
    done = run("check", "--sources", "--lang", "en", "--format", "csv", graph=bundled_graph)
    rows = list(csv.DictReader(io.StringIO(done.stdout.removeprefix("\ufeff"))))
    assert len(rows) > 100
    assert {row["Kind"] for row in rows} <= {english for _, english in KINDS.values()}
    assert {row["City"] for row in rows} >= {"", "Zhongshan"}


def test_a_damaged_table_is_named_line_by_line_and_the_rest_is_reconciled(tmp_path: Path) -> None:
    """A header with an unknown city, five stars, a row that lost a cell: three messages, one layout."""
    text = "# 广东省某某产业布局规划\n\n粤府〔2023〕7号\n\n现将《广东省某某产业布局规划》印发给你们。\n\n广东省人民政府\n\n2023年3月1日\n\n"
    text += page(
        rows={"新能源": (5, 2, 0, 1, 0, 1), "数字创意": (2, 0, 1, 0, 3)},
        cities=("广州", "深圳", "某城", "佛山", "东莞", "惠州"),
    )
    (tmp_path / "page.txt").write_text(text, encoding="utf-8")
    done = run("build", tmp_path / "page.txt", graph=tmp_path / "graph")
    assert done.returncode == 0, done.stderr
    lines = text.split("\n")
    for start, words in (
        ("\t广州", "第 3 列不是已知的城市"),
        ("新能源\t", "星级“★★★★★”没有定义"),
        ("数字创意\t", "一行有 5 格"),
    ):
        line = next(i for i, one in enumerate(lines, 1) if one.startswith(start))
        assert any(f"page.txt 第 {line} 行" in one and words in one for one in done.stderr.split("\n")), done.stderr
    rows = json.loads(run("stars", "--format", "json", graph=tmp_path / "graph").stdout)
    found = {(row["cluster"], row["city"]) for row in rows if row["present"]}
    assert found == {(k, city) for k, row in TRUTH.items() for city, n in zip(samples.CITIES, row, strict=True) if n}


def test_without_beliefs_no_star_becomes_an_assignment(tmp_path: Path) -> None:
    source = next(p for p in bundled.documents() if "compendium" in p.name)
    directory = GraphDirectory(tmp_path / "graph")
    build(directory, [source], manifest={})
    with Atlas(directory.path) as atlas:
        assert not [node for node in atlas.rows().nodes if node.cls == "Assignment"]
        assert atlas.facts("witnesses")
        assert atlas.stars()["editions"] == []


def test_corrections_that_cannot_be_used_are_named_and_the_rest_is_used(tmp_path: Path) -> None:
    csv_file = tmp_path / "stars.csv"
    csv_file.write_text(
        "edition,cluster,city,level,source,date,name\n"
        "粤府〔2021〕53号,汽车,云浮,0,现场核对,2021-09-01,甲\n"
        "粤府〔2021〕53号,汽车,东菀,3,现场核对,2021-09-01,甲\n",
        encoding="utf-8",
    )
    corrections, problems = read_overrides(csv_file)
    knowledge = bundled.knowledge()
    beliefs = replace(knowledge["beliefs"], overrides=corrections, problems=problems)
    source = next(p for p in bundled.documents() if "compendium" in p.name)
    directory = GraphDirectory(tmp_path / "graph")
    receipt = build(directory, [source], manifest=knowledge["manifest"], beliefs=beliefs)
    named = [(file, one.line) for file, one in receipt.rejected if one.kind == "stars"]
    assert [line for _, line in named] == [3]
    with Atlas(directory.path) as atlas:
        (cell,) = (f for f in atlas.facts("stars") if (f["cluster"], f["city"]) == ("汽车", "云浮"))
        assert (cell["present"], cell["override"]) == (False, True)
        assert cell["inferred"] == {"present": True, "level": None}
