"""ask --all keeps to --format and -o; query prints JSON that every parser reads."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from clusteratlas import Atlas, asking
from clusteratlas.cli import cli
from ontology.errors import UsageError
from queries.library import library

FEW = ("policies", "city-companies")


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """A library of two questions, so that asking all is quick."""
    monkeypatch.setattr(asking, "library", lambda: {name: library()[name] for name in FEW})


def _run(graph: Path, *words: str) -> str:
    done = CliRunner().invoke(cli, ["--graph", str(graph), *words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.mark.usefixtures("few")
def test_all_answers_go_where_and_how_they_are_asked_for(
    bundled_graph: Path, bundled_atlas: Atlas, tmp_path: Path
) -> None:
    expected = {name: bundled_atlas.ask(name).records() for name in FEW}
    assert json.loads(_run(bundled_graph, "ask", "--all")) == expected
    out = tmp_path / "all.json"
    assert _run(bundled_graph, "ask", "--all", "--format", "json", "-o", str(out)) == ""
    assert json.loads(out.read_text(encoding="utf-8")) == expected
    lines = [json.loads(line) for line in _run(bundled_graph, "ask", "--all", "--format", "jsonl").splitlines()]
    assert {line["question"]: line["rows"] for line in lines} == expected


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("form", ["table", "csv", "xlsx"])
def test_all_answers_are_no_single_table(bundled_graph: Path, form: str) -> None:
    done = CliRunner().invoke(cli, ["--graph", str(bundled_graph), "ask", "--all", "--format", form])
    assert isinstance(done.exception, UsageError)


@pytest.mark.parametrize(("lexical", "says"), [("INF", "INF"), ("-INF", "-INF"), ("NaN", "NaN"), ("1.5", 1.5)])
def test_json_has_no_infinity(bundled_graph: Path, lexical: str, says: object) -> None:
    text = f'SELECT ("{lexical}"^^<http://www.w3.org/2001/XMLSchema#double> AS ?x) {{}}'

    def refuse(constant: str) -> object:
        raise AssertionError(constant)

    printed = _run(bundled_graph, "query", "--sparql", text, "--format", "json")
    assert json.loads(printed, parse_constant=refuse) == [{"x": says}]
