"""The star layout on the command line and in the graph: one layout, with its reasons and contradictions."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import docx
import openpyxl

from clusteratlas import Atlas, bundled
from graph.build import build
from graph.directory import GraphDirectory
from graph.stars.overrides import read_overrides
from ontology.vocabulary import vocabulary
from tests.clusteratlas.test_cli import run

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
    lines = [row["why"] for row in json.loads(done.stdout)]
    assert lines[0].startswith("前沿新材料 · 中山：")
    for head in ("支持：", "反对："):
        assert any(line.startswith(head) and "行）" in line for line in lines)


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
    assert regions[2] == "珠三角"
    assert sum(city is not None for city in cities) == 21
    delta = vocabulary().region("珠三角", "粤府〔2021〕53号").members
    span = next(one for one in page.merged_cells.ranges if one.coord.startswith("C2"))
    assert {vocabulary().city(str(cities[i - 1])).id for i in range(span.min_col, span.max_col + 1)} == set(delta)
    (grid,) = docx.Document(str(tmp_path / "布局.docx")).tables
    assert [row.cells[-1].text for row in grid.rows[2:-1]] == list(map(str, TOTALS))


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
