"""A real Neo4j: what is loaded into it, the walls in front of it, and its word against the guard's."""

from datetime import date
from pathlib import Path
from typing import Any

import neo4j
import pytest
from neo4j.exceptions import ClientError, Neo4jError

from graph.cypher import client as cypher
from graph.cypher.guard import check
from graph.cypher.tokens import tokens
from graph.cypher.words import PROCEDURES
from graph.directory import GraphDirectory
from graph.push.neo4j import push
from graph.tables import Edge, Node, Tables, digest
from ontology.errors import EngineUnreachable, QueryError, QueryRefused, QuerySyntaxError, QueryTimeout
from ontology.model import model
from tests.conftest import Lint
from tests.neo4j.texts import texts

COUNT = "MATCH (n) OPTIONAL MATCH (n)-[r]->() RETURN count(DISTINCT n) AS nodes, count(r) AS edges"
CROSS = "MATCH (a), (b), (c), (d), (e) WHERE a.name + b.name <> c.name + d.name RETURN max(a.name + e.name) AS longest"
WRITING = (
    "SET n.x = 1",
    "SET (n).x = 1",
    "CREATE (x)",
    "CREATE x = (:Y)",
    "MERGE (x)",
    "DETACH DELETE n",
    "DELETE n",
    "DELETE [n][0]",
    "REMOVE n.x",
    "FOREACH (x IN [1] | CREATE (:Y))",
    "LOAD CSV FROM 'file:///x' AS line",
    "CALL { CREATE (x) }",
    "CALL db.createLabel('X')",
    "CALL (*) { CREATE (x) } IN TRANSACTIONS",
    "INSERT (:Y)",
)
#: The server's own names for what the guard lets through; a plan with another procedure reaches further.
_PLAN_READS_FILES = "LoadCSV"


def sample() -> Tables:
    nodes = [Node(f"city/{i}", "City", {"name": f"城市{i}", "name_en": f"City {i}"}) for i in range(40)]
    nodes += [Node(f"layout/{i}", "LayoutStatement", {"name": f"句{i}"}) for i in range(30)]
    nodes.append(Node("policy/1", "Policy", {"name": "某政策", "issued": "2021-08-09"}))
    edges = [Edge("aboutPlace", f"layout/{i % 30}", f"city/{i % 40}", {"origin": "document"}) for i in range(30)]
    edges.append(Edge("aboutPlace", "layout/1", "city/1", {"origin": "rule", "via": "layout/1"}))
    return Tables.of(nodes, edges)


@pytest.fixture
def loaded(neo4j_driver: neo4j.Driver, neo4j_uri: str) -> str:
    """The URI of a Neo4j that holds the sample."""
    push(sample(), model(), neo4j_driver)
    return neo4j_uri


def test_the_tables_are_loaded_once_however_often(neo4j_driver: neo4j.Driver) -> None:
    tables = sample()
    for _ in range(2):
        push(tables, model(), neo4j_driver)
        found = neo4j_driver.execute_query(COUNT).records[0]
        assert (found["nodes"], found["edges"]) == (len(tables.nodes), len(tables.edges))


def test_labels_dates_and_constraints(neo4j_driver: neo4j.Driver) -> None:
    push(sample(), model(), neo4j_driver)
    policy = neo4j_driver.execute_query("MATCH (p:Policy) RETURN p.issued AS day, valueType(p.issued) AS type").records
    assert [(one["day"].to_native(), one["type"]) for one in policy] == [(date(2021, 8, 9), "DATE NOT NULL")]
    labels = neo4j_driver.execute_query("MATCH (n {id: 'layout/1'}) RETURN labels(n) AS l").records[0]["l"]
    assert sorted(labels) == sorted(model().labels("LayoutStatement"))
    with pytest.raises(ClientError, match="already exists"):
        neo4j_driver.execute_query("CREATE (:City {id: 'city/1'})")


def test_the_rows_are_those_of_the_embedded_engine(loaded: str, tmp_path: Path, cypher_engine: None) -> None:
    tables = sample()

    def write(path: Path) -> str:
        tables.write(path)
        return digest(tables)

    directory = GraphDirectory(tmp_path / "graph")
    directory.publish(write, ())
    for text in (
        "MATCH (n) RETURN labels(n)[0] IS NOT NULL AS l, count(*) AS n",
        "MATCH (s:Statement)-[r:ABOUT_PLACE]->(c:City) RETURN c.id AS c, collect(r.via) AS via, count(r) AS n ORDER BY c",
        "MATCH (p:Policy) WHERE p.issued < date('2022-01-01') RETURN p.issued AS d, p.issued.year AS y, p.nosuch AS no",
        "MATCH (c:City) RETURN c.name AS name, c.name_en AS en ORDER BY c.id SKIP 3 LIMIT 5",
        "MATCH (c:City) WHERE COUNT { (c)<-[:ABOUT_PLACE]-() } > 1 RETURN count(c) AS n, avg(size(c.name)) AS mean",
        "MATCH (c:City {id: 'city/1'}) RETURN c { .id, .name, .name_en } AS c",
    ):
        assert cypher.rows(text, at=directory.path) == cypher.rows(text, at=loaded), text
    cypher.close()


def test_more_rows_than_the_limit_are_cut_and_reported(loaded: str) -> None:
    cut = cypher.rows("MATCH (a), (b), (c), (d) RETURN a.id AS a, b.id AS b, d.id AS d", at=loaded, limit=7, timeout=20)
    assert (len(cut.rows), cut.truncated) == (7, True)
    assert cypher.rows("RETURN $x AS x", {"x": [1, None]}, at=loaded).rows == (([1, None],),)


def test_a_cross_product_ends_at_its_limit_and_the_next_query_answers(loaded: str) -> None:
    with pytest.raises(QueryTimeout, match="1 秒"):
        cypher.rows(CROSS, at=loaded, timeout=1)
    assert cypher.rows("RETURN 1 AS x", at=loaded).rows == ((1,),)


def test_mistakes_are_told_with_their_place(loaded: str) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        cypher.rows("MATCH (n)\nRETURN m.name AS name", at=loaded)
    assert caught.value.line == 2
    with pytest.raises(QueryError, match="nosuch"):
        cypher.rows("RETURN $nosuch AS x", at=loaded)


def test_a_server_that_is_not_there_is_told() -> None:
    with pytest.raises(EngineUnreachable, match=r"127\.0\.0\.1:9"):
        cypher.rows("RETURN 1 AS x", at="bolt://127.0.0.1:9")


def test_statements_that_write_or_reach_out_are_refused_and_change_nothing(loaded: str) -> None:
    before = cypher.rows(COUNT, at=loaded)
    for text in texts("refused"):
        with pytest.raises((QueryRefused, QuerySyntaxError)):
            cypher.rows(text, at=loaded)
    assert cypher.rows(COUNT, at=loaded) == before


@pytest.mark.parametrize(
    "text",
    [
        "CREATE (:City {id: 'x'})",
        "MATCH (n) SET n.name = 'x'",
        "MATCH (n) DETACH DELETE n",
        "MERGE (:City {id: 'x'})",
        "CREATE INDEX FOR (n:City) ON (n.name)",
        "MATCH (n) CALL (n) { SET n.x = 1 } IN TRANSACTIONS",
        "CALL db.createLabel('X')",
    ],
)
def test_without_the_guard_the_server_refuses(loaded: str, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = cypher.rows(COUNT, at=loaded)
    with monkeypatch.context() as patched:
        patched.setattr(cypher, "check", lambda text: frozenset())
        with pytest.raises(QueryError):
            cypher.rows(text, at=loaded)
    assert cypher.rows(COUNT, at=loaded) == before


def test_neo4j_reads_the_harmless_texts(neo4j_uri: str, neo4j_driver: neo4j.Driver) -> None:
    for text in texts("harmless"):
        assert explained(neo4j_driver, text) in ("r", "needs an index"), text


def test_what_neo4j_would_write_is_refused_wherever_it_stands(neo4j_driver: neo4j.Driver) -> None:
    """Every writing clause at every place of every harmless text: what the guard passes, Neo4j must not run."""
    passed = [variant for text in texts("harmless") for variant in variants(text) if passes(variant)]
    assert {kind for text in passed if (kind := explained(neo4j_driver, text)) != "refused"} <= {"r"}


def variants(text: str) -> list[str]:
    places = [token.start for token in tokens(text)]
    return [f"{text[:place]} {clause} {text[place:]}" for place in places for clause in WRITING]


def passes(text: str) -> bool:
    try:
        check(text)
    except (QueryRefused, QuerySyntaxError):
        return False
    return True


def explained(driver: neo4j.Driver, text: str) -> str:
    """Neo4j's kind of a query: r, rw, w, s; ``reaches`` where its plan loads a file or calls what we do not know."""
    words = {token.upper for token in tokens(text)[:2]}
    with driver.session(default_access_mode=neo4j.READ_ACCESS) as session:
        prefix = "" if "EXPLAIN" in words else "EXPLAIN "
        try:
            summary = session.run(prefix + text).consume()
        except Neo4jError as error:
            return "needs an index" if "IndexHint" in (error.message or "") or "hint" in str(error) else "refused"
    operators = list(steps(summary.plan or {}))
    reaching = any(_PLAN_READS_FILES in str(step["operatorType"]) for step in operators)
    called = [
        str(step["args"].get("Details", "")).partition("(")[0]
        for step in operators
        if "ProcedureCall" in str(step["operatorType"])
    ]
    return "reaches" if reaching or not {name.lower() for name in called} <= PROCEDURES else str(summary.query_type)


def steps(plan: dict[str, Any]) -> list[dict[str, Any]]:
    children = plan.get("children") or []
    return [plan, *(step for child in children for step in steps(child))] if plan else []


def test_neo4js_parser_accepts_the_harmless_texts_and_names_mistakes(cypher_lint: Lint) -> None:
    harmless = texts("harmless")
    assert dict(zip(harmless, cypher_lint(harmless), strict=True)) == {text: [] for text in harmless}
    wrong = cypher_lint(["MATCH (n) RETRUN n", "MATCH (n)\nRETURN m", "MATCH (n) WITH n.x RETURN 1 AS x"])
    assert [errors[0].partition(" ")[0] for errors in wrong] == ["1:11", "2:8", "1:16"]
