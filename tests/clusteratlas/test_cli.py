"""The command line as scripts and people use it: real processes, their output and their exit codes."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from clusteratlas import bundled
from tests.graphs import BOX
from tests.registries import code, table

SPARQL_CITIES = (
    "PREFIX ca: <https://clusteratlas.example/ontology/> "
    "SELECT (COUNT(?c) AS ?n) WHERE { ?c a ca:City ; ca:province '44' }"
)


def run(
    *words: str | Path, graph: Path, stdin: str | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "clusteratlas", "--graph", str(graph), *map(str, words)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        input=stdin,
        timeout=120,
        env={**os.environ, **environment},
    )


def rows(done: subprocess.CompletedProcess[str]) -> list[list[str]]:
    assert done.returncode == 0, done.stderr
    return list(csv.reader(io.StringIO(done.stdout.removeprefix("\ufeff"))))


def test_the_first_command_builds_the_bundled_documents(tmp_path: Path) -> None:
    done = run("query", "--sparql", SPARQL_CITIES, "--format", "csv", graph=tmp_path / "g")
    assert rows(done) == [["n"], ["21"]]
    assert "先构建自带的文档" in done.stderr
    again = run("query", "--sparql", SPARQL_CITIES, "--format", "csv", graph=tmp_path / "g")
    assert again.stdout == done.stdout
    assert again.stderr == ""


@pytest.mark.parametrize("kind", ["layout", "policies", "companies", "witnesses"])
def test_facts_are_one_json_object_a_line(bundled_graph: Path, kind: str) -> None:
    done = run("facts", kind, "--format", "jsonl", graph=bundled_graph)
    facts = [json.loads(line) for line in done.stdout.splitlines()]
    assert len({fact["id"] for fact in facts}) == len(facts) > 20 - 3 * (kind == "policies")
    for fact in facts:
        text = (bundled.data() / "documents" / fact["file"]).read_bytes().decode()
        assert text[fact["start"] : fact["end"]] == fact["quote"]
        assert len(fact["quote"]) <= 200
        assert text.count("\n", 0, fact["start"]) + 1 == fact["line"]
        for span in fact["more"]:
            assert text[span["start"] : span["end"]] == span["quote"]
        assert {"section", "cite", "text", "grade"} <= set(fact)


def test_bad_documents_are_named_and_the_exit_code_is_one(tmp_path: Path) -> None:
    good, bad = tmp_path / "好.txt", tmp_path / "空.txt"
    good.write_text(BOX, encoding="utf-8")
    bad.write_bytes(b"")
    done = run("build", good, bad, tmp_path / "没有.txt", graph=tmp_path / "g")
    assert done.returncode == 1
    assert "空.txt" in done.stderr
    assert "没有.txt" in done.stderr
    assert "Traceback" not in done.stderr
    found = run("facts", "layout", "--format", "jsonl", graph=tmp_path / "g")
    assert {json.loads(line)["city"] for line in found.stdout.splitlines()} == {"深圳", "惠州", "东莞"}


def test_an_empty_graph_has_the_world_and_no_statement(tmp_path: Path) -> None:
    assert run("build", "--only", graph=tmp_path / "g").returncode == 0
    assert rows(run("query", "--sparql", SPARQL_CITIES, "--format", "csv", graph=tmp_path / "g"))[1] == ["21"]
    assert run("facts", "layout", "--format", "jsonl", graph=tmp_path / "g").stdout == ""


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("facts", "layouts"), 2, "layout"),
        (("ask", "no-such-question"), 2, "没有名为"),
        (("ask", "city-companies", "--city", "东菀"), 2, "东莞"),
        (("ask", "city-companies", "--town", "东莞"), 2, "city"),
        (("query",), 2, "--sparql"),
        (("query", "--sparql", "SELECT WHERE"), 2, "行"),
        (("query", "--sparql", "DELETE WHERE { ?s ?p ?o }"), 2, "只读"),
        (("query", "--cypher", "MATCH (n) DETACH DELETE n"), 2, "只读"),
        (("draw", "东菀"), 2, "没有名为"),
        (("draw",), 2, "THING"),
        (("facts", "layout", "--format", "xlsx"), 2, "-o"),
        (("query", "--cypher", "RETURN 1", "--cypher-uri", "bolt://127.0.0.1:1"), 1, "127.0.0.1:1"),
    ],
)
def test_a_mistake_is_answered_with_what_to_do(
    bundled_graph: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    done = run(*words, graph=bundled_graph)
    assert done.returncode == code, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_the_list_of_questions_is_what_scripts_rely_on(bundled_graph: Path) -> None:
    listed = json.loads(run("ask", "--format", "json", graph=bundled_graph).stdout)
    assert len(listed) >= 10
    for one in listed:
        assert set(one) == {"name", "title", "parameters", "columns", "sparql", "cypher"}
        assert all(set(parameter) == {"name", "type", "default"} for parameter in one["parameters"])


def test_a_question_gives_the_same_rows_on_both_libraries(bundled_graph: Path) -> None:
    words = ("ask", "city-companies", "--city", "Dongguan", "--format", "json")
    one = run(*words, graph=bundled_graph)
    other = run(*words, "--engine", "rdflib", graph=bundled_graph)
    assert json.loads(one.stdout) == json.loads(other.stdout)
    assert {row["company_name"] for row in json.loads(one.stdout)} >= {"华为", "OPPO"}


def test_all_questions_at_once(bundled_graph: Path) -> None:
    answers = json.loads(run("ask", "--all", graph=bundled_graph).stdout)
    assert len(answers) >= 10
    assert sum(bool(found) for found in answers.values()) >= 9


def test_tables_for_people(bundled_graph: Path, tmp_path: Path) -> None:
    words = ("ask", "city-companies", "--city", "441900")
    table = run(*words, graph=bundled_graph).stdout
    assert "序号" in table
    assert "city/441900" not in table
    out = tmp_path / "企业.xlsx"
    assert run(*words, "--format", "xlsx", "-o", out, graph=bundled_graph).returncode == 0
    sheet = openpyxl.load_workbook(out).active
    assert sheet is not None
    assert sheet["A1"].value == "文件点名的我市企业有哪些"
    assert sheet["A2"].value == "序号"
    document = tmp_path / "企业.docx"
    assert run(*words, "--format", "docx", "-o", document, graph=bundled_graph).returncode == 0
    assert document.read_bytes()[:2] == b"PK"


def test_search_names_section_and_citation(bundled_graph: Path) -> None:
    found = json.loads(run("search", "碳化硅 氮化镓", "--format", "json", graph=bundled_graph).stdout)
    assert any("粤府〔2021〕53号" in hit["cite"] and "专栏11" in hit["cite"] for hit in found)
    for hit in found:
        lines = (bundled.data() / "documents" / hit["file"]).read_bytes().decode().split("\n")
        assert hit["snippet"][:4].replace(" ", "")[:2] in "".join(lines[hit["line"] - 1 : hit["line"] + 12]).replace(
            " ", ""
        )


def test_check_finds_nothing_wrong_with_the_bundled_graph(bundled_graph: Path) -> None:
    done = run("check", "--format", "json", graph=bundled_graph)
    assert json.loads(done.stdout) == []
    assert done.returncode == 0


def test_the_receipt_shows_four_ledgers(bundled_graph: Path) -> None:
    text = run("receipt", graph=bundled_graph).stdout
    for heading in ("事实（读到 = 保留 + 合并 + 未采用）", "行", "覆盖（字数：共计 = 已读 + 版式 + 未读）", "未能读出"):
        assert heading in text


def test_first_prints_answers_and_the_address_and_ends_with_once(tmp_path: Path, bundled_graph: Path) -> None:
    done = run("first", graph=bundled_graph, ONCE="1")
    assert done.returncode == 0, done.stderr
    assert "碳化硅" in done.stdout
    assert "http://127.0.0.1:" in done.stdout


def test_cypher_and_sparql_count_the_same(bundled_graph: Path) -> None:
    from graph.cypher import arcadedb
    from tests.support import require

    if not arcadedb.available():
        require("cypher", "pip install 'clusteratlas[cypher]'")
    counted = run(
        "query",
        "--cypher",
        "MATCH (c:City {province: '44'}) RETURN count(c) AS n",
        "--format",
        "csv",
        graph=bundled_graph,
    )
    assert rows(counted) == [["n"], ["21"]]
    twenty = run(
        "query",
        "--cypher",
        "MATCH (k:Cluster)-[:IN_SCHEME]->(:Scheme {id: 'scheme/gd20'}) RETURN k.category AS category, count(k) AS n "
        "ORDER BY category",
        "--format",
        "csv",
        graph=bundled_graph,
    )
    assert rows(twenty) == [["category", "n"], ["emerging", "10"], ["pillar", "10"]]


def test_a_registry_of_firms_is_loaded_like_a_document(tmp_path: Path) -> None:
    plan, registry, other = tmp_path / "plan.txt", tmp_path / "firms.csv", tmp_path / "other.csv"
    plan.write_text(BOX, encoding="utf-8")
    firms = [("东莞甲乙有限公司", code(1), "东莞", "", "飞控系统", "链主"), ("丙", code(2), "东管", "", "", "")]
    registry.write_bytes(table(firms).replace("\n", "\r\n").encode("gb18030"))
    other.write_text("名称,电话\n甲,1\n", encoding="utf-8")
    graph = tmp_path / "g"
    done = run("build", plan, registry, graph=graph)
    assert done.returncode == 0
    assert "登记库 firms.csv：1 处没有读入" in done.stderr
    said = run("receipt", graph=graph).stdout
    assert "firms.csv 第3行 firms：丙" in said
    assert "没有名为“东管”的城市；相近的有：东莞。请改正这一行后重新载入" in said
    (fact,) = [json.loads(line) for line in run("facts", "firms", "--format", "jsonl", graph=graph).stdout.splitlines()]
    assert (fact["name"], fact["file"], fact["line"]) == ("东莞甲乙有限公司", "firms.csv", 2)
    found = json.loads(run("firms", "--city", "东莞", "--segment", "飞控系统", "--format", "json", graph=graph).stdout)
    (firm,) = [one for one in found if one["source"] == "registry"]
    assert (firm["company"], firm["relation"], firm["status"]) == ("东莞甲乙有限公司", "链主", "")
    (row,) = json.loads(run("ask", "registered-firms", "--city", "东莞", "--format", "json", graph=graph).stdout)
    assert (row["credit_code"], row["title"], row["cite"]) == (code(1), "链主", "《firms.csv》 第2行")
    assert len(rows(run("search", "甲乙", "--format", "csv", graph=graph))) == 2
    assert run("check", graph=graph).returncode == 0
    refused = run("build", other, graph=graph)
    assert refused.returncode == 1
    assert "登记表 other.csv 第 1 行：缺少列：统一社会信用代码；表头是：名称，电话" in refused.stderr
    assert "Traceback" not in refused.stderr
