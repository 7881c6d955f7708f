"""The generator makes the graphs it says, the networkx questions answer as Oxigraph does, and the page is arithmetic."""

import json
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest

from benchmarks import __main__ as runner
from benchmarks import page
from benchmarks.generate import ARGUMENTS, Generator, Streamed, tables, write
from benchmarks.nx_questions import QUESTIONS, rows
from benchmarks.page import slope
from benchmarks.watch import watch
from graph.rdf import quads
from graph.tables import Tables, digest
from graph.views import to_networkx
from ontology.model import model
from queries.canonical import canonical
from queries.library import library
from queries.run import sparql_engine

EDGES = 12_000


@pytest.fixture(scope="module")
def made() -> Tables:
    return tables(EDGES)


def test_it_is_the_same_each_time_and_another_with_another_seed(made: Tables) -> None:
    assert digest(tables(EDGES)) == digest(made)
    assert digest(tables(EDGES, seed=1)) != digest(made)


def test_its_size_is_as_asked(made: Tables) -> None:
    assert len(made.edges) == pytest.approx(EDGES, rel=0.15)
    assert len(tables(4 * EDGES).edges) == pytest.approx(4 * EDGES, rel=0.15)


def test_it_obeys_the_ontology(made: Tables) -> None:
    view = model()
    assert len(made.by_id) == len(made.nodes)
    for node in made.nodes:
        known = view.properties(node.cls)
        assert set(node.properties) <= set(known)
        assert {name for name, one in known.items() if one.required} <= set(node.properties), node.cls
    for edge in made.edges:
        relation = view.relations[edge.type]
        for end, allowed in ((edge.source, relation.domain), (edge.target, relation.range)):
            labels = view.labels(made.by_id[end].cls)
            assert not allowed or set(labels) & set(allowed), f"{edge.type}: {labels}"


def test_its_degrees_have_a_heavy_tail(made: Tables) -> None:
    degrees = Counter(edge.target for edge in made.edges if edge.type == "evidencedBy")
    assert max(degrees.values()) > 8 * sum(degrees.values()) / len(degrees)


def test_written_and_in_memory_are_one_graph(made: Tables, tmp_path: Path) -> None:
    assert write(EDGES, tmp_path) == (len(made.nodes), len(made.edges))
    streamed = Streamed(tmp_path)
    assert digest(Tables.of(streamed.nodes, streamed.edges)) == digest(made)
    parts = list(streamed.parts())
    nodes = [node for part in parts for node in part.nodes]
    assert digest(Tables.of(nodes, (edge for part in parts for edge in part.edges))) == digest(made)
    assert json.loads((tmp_path / ARGUMENTS).read_text("utf-8")) == Generator(EDGES).arguments()


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_networkx_answers_as_the_library_does(name: str, made: Tables) -> None:
    store = ox.Store()
    store.extend(quads(made))
    question, engine, network = library()[name], sparql_engine("oxigraph", store), to_networkx(made)
    columns = tuple(column.name for column in question.columns)
    answers = []
    for values in Generator(EDGES).arguments()[name]:
        expected = canonical(engine.ask(question, values), question)  # type: ignore[arg-type]
        assert canonical(rows(network, name, columns, values), question) == expected
        answers.append(expected)
    assert any(answers)


def test_the_exponent() -> None:
    assert slope([(10.0, 3.0), (100.0, 300.0), (1000.0, 30_000.0)]) == pytest.approx(2.0)
    assert slope([(10.0, 3.0)]) is None


def test_what_takes_too_long_or_too_much_is_ended() -> None:
    begin = "import json, time; print(json.dumps({'stage': 'ready'}), flush=True); "
    slow = watch(["python3", "-c", begin + "time.sleep(60)"], seconds=0.5)
    assert (slow.left, slow.stage) == ("time", "ready")
    large = watch(["python3", "-c", begin + "x = bytearray(300 << 20); time.sleep(60)"], memory=200 << 20)
    assert large.left == "memory"
    assert large.client > 200 << 20
    wrong = watch(["python3", "-c", begin + "raise ValueError('why')"])
    assert wrong.left == "ValueError: why"
    right = watch(["python3", "-c", begin])
    assert (right.left, right.lines) == ("", [{"stage": "ready"}])


def _engine(loaded: float | None, scale: float, **more: object) -> dict[str, object]:
    questions = [
        {"question": "evidence-of", "place": place, "seconds": 0.001 * scale, "rows": 2, "sha": "a"} for place in (0, 1)
    ]
    memory = int(scale * (1 << 30))
    known = {"together": memory, "client": memory // 2, "servers": memory // 2, "at": "2026-11-20 10:00", "load": [0.5]}
    return {"loaded": loaded, "questions": questions, "left": "", "stage": "done", **known, **more}


def test_the_page_says_who_left_and_how_cost_grows(tmp_path: Path) -> None:
    small = {"oxigraph": _engine(1.0, 0.25), "rdflib": _engine(1.0, 0.25), "neo4j": _engine(3.0, 0.5)}
    gone = _engine(None, 4.1, left="memory", stage="ready", questions=[])
    large = {"oxigraph": _engine(10.0, 2.5), "rdflib": _engine(10.0, 2.5), "neo4j": gone}
    sizes = {
        str(edges): {"nodes": edges // 5, "edges": edges, "generated": 1.0, "engines": engines}
        for edges, engines in ((10_000, small), (100_000, large))
    }
    path = tmp_path / "benchmarks.md"
    page.write({"sizes": sizes}, path)
    lines = path.read_text("utf-8").split("\n")

    def line(start: str) -> list[str]:
        return [cell.strip() for cell in next(one for one in lines if one.startswith(f"| {start} ")).split("|")][2:-1]

    assert line("100,000 · Neo4j")[-1] == "**left**: passed 4 GB loading"
    assert line("10,000 · Neo4j")[:3] == ["3.0", "3.0", "0.50"]
    assert line("`evidence-of` | 2 + 2")[1:] == ["0.5", "1.00", "—", "—", "2.00", "—"]
    assert line("load") == ["1.00", "1.00", "—", "—", "—", "—"]
    # 2.25 GB for 90,000 edges more: 4 GB are reached at 160,000.
    assert line("rdflib | 100,000")[1:5] == ["26,844", "10,000", "0.2", "0.6"]
    assert line("Oxigraph | 100,000")[1:5] == ["—", "10,000", "—", "—"]
    assert line("Neo4j | 10,000")[-1] == "100,000: left: passed 4 GB loading"


def test_the_page_names_the_questions_below_what_is_wanted(tmp_path: Path) -> None:
    names = {"oxigraph": 1.0, "rdflib": 20.0, "cypher": 2.0, "neo4j": 3.0}
    times = {"fast": names, "slow": {**names, "rdflib": 5.0, "neo4j": 1.0}}
    moment = {"at": "2026-11-20 10:00", "load": [0.5]}
    known = {"nodes": 1, "edges": 1, "asked": 2, "different": [], "before": moment, "after": moment, "times": times}
    path = tmp_path / "benchmarks.md"
    page.write({"library": known}, path)
    text = path.read_text("utf-8")
    assert "through Oxigraph is 12.5 times as fast as through rdflib** (wanted: 10; reached)" in text
    assert "through embedded Cypher is 1 times as fast as through Neo4j** (wanted: 1; reached)" in text
    assert "| `slow` | 5.0 |" in text
    assert "| `fast` | 20.0 |" not in text


def test_what_a_module_prints_becomes_a_section() -> None:
    text = runner.kept("bench_push", "\n| a |\n", "2026-11-20 10:00 UTC, load 0.5")
    assert text.startswith("## How fast `push` fills an empty Neo4j, beside")
    assert "`python -m benchmarks bench push`, 2026-11-20 10:00 UTC, load 0.5." in text
    assert text.endswith("\n\n| a |\n")
    assert runner.kept("bench_push", " \n", "") == ""


@pytest.mark.parametrize("arguments", [[], ["fast"], ["bench", "nothing"]])
def test_an_unknown_measurement_is_a_mistake(arguments: list[str]) -> None:
    assert runner.main(arguments) == 2
