"""The result of a query as a graph: which things its rows name, what connects them, and how much is drawn."""

import csv
import io
import json
import re
from typing import Any
from urllib.parse import quote

import pytest
from starlette.types import ASGIApp

from clusteratlas import Atlas
from clusteratlas.explorer import Explorer
from graph.rows import Rows
from graph.tables import Edge, Node, Tables
from ontology import ids
from tests.web.analysis_graphs import Tabled, industry
from tests.web.asgi import get
from tests.web.fake import HOSTILE, FakeAtlas
from tests.web.html import Page
from web.answers import explained
from web.app import create_app
from web.index import Index
from web.links import Links
from web.results import things
from web.speech import Speech
from web.surroundings import LIMIT, gathered

DONGGUAN, CAR = "city/441900", "cluster/gd20/automobiles"


class Rowed(Tabled):
    """An atlas whose free queries give these rows."""

    def __init__(self, tables: Tables, *rows: tuple[object, ...]) -> None:
        super().__init__(tables)
        self.rows = Rows(tuple(f"c{i}" for i in range(len(rows[0]))), rows)

    def query(self, language: str, text: str, limit: int, seconds: float) -> Rows:
        return self.rows


@pytest.fixture(scope="module")
def app(bundled_atlas: Atlas) -> ASGIApp:
    return create_app(Explorer(bundled_atlas))


def data(app: ASGIApp, address: str) -> Any:
    reply = get(app, address)
    assert reply.status == 200
    return json.loads(reply.text)


@pytest.mark.parametrize(
    ("value", "named"),
    [
        (DONGGUAN, DONGGUAN),
        (ids.iri(DONGGUAN), DONGGUAN),
        (f"<{ids.iri(DONGGUAN)}> <{ids.ONTOLOGY}hosts> <{ids.iri(CAR)}> .", CAR),
        ({"labels": ["City"], "id": DONGGUAN}, DONGGUAN),
        ([{"id": DONGGUAN}, {"type": "HOSTS"}, {"id": CAR}], CAR),
    ],
)
def test_a_value_names_things_in_every_form(value: object, named: str) -> None:
    assert named in set(things(value))


def test_what_is_no_thing_names_none() -> None:
    index = Index(industry())
    for value in ("东莞", "", None, 3, True, 1.5, "<x>", {"id": 4}, {}, []):
        assert not [one for one in things(value) if one in index.nodes]


def test_the_graph_says_what_connects_them() -> None:
    index = Index(industry())
    found = gathered(index, [CAR, "nobody", DONGGUAN, DONGGUAN])
    assert [one.id for one in found.nodes] == [DONGGUAN, CAR]  # as lists stand: cities first
    assert {frozenset((one.source, one.target)) for one in found.relations} == {frozenset((DONGGUAN, CAR))}
    assert found.counts == {"City": 1, "Cluster": 1}
    assert gathered(index, [DONGGUAN]).relations == ()
    assert gathered(index, []).nodes == ()
    assert gathered(index, [DONGGUAN, CAR]) == found  # the order of the rows changes nothing


def test_a_statement_is_drawn_as_what_connects_its_things() -> None:
    index = Index(industry())
    statement = index.of_class("LayoutStatement")[0]
    found = gathered(index, [statement.id])
    about = {other.id for _, other in index.participants(statement.id)}
    assert len(about) > 1
    assert {one.id for one in found.nodes} == about
    assert any(one.via == statement.id for one in found.relations)
    evidence = index.of_class("Evidence")[0]
    assert gathered(index, [evidence.id]).nodes == ()


def test_no_more_than_the_limit_and_no_two_in_one_place() -> None:
    nodes = [Node(f"product/{i:04}", "Product", {"name": f"物{i}"}) for i in range(LIMIT + 40)]
    index = Index(Tables.of(nodes, (Edge("partOf", f"product/{i:04}", "product/0007", {}) for i in range(30))))
    found = gathered(index, [node.id for node in nodes])
    assert (len(found.nodes), found.left) == (LIMIT, 40)
    assert len(set(found.where.values())) == LIMIT
    assert found.where["product/0007"] == (0.0, 0.0)  # what has most relations stands in the middle


QUERY = "PREFIX ca: <https://clusteratlas.example/ontology/> SELECT ?c ?k { ?c ca:hosts ?k } LIMIT 30"


def test_a_free_query_is_drawn_and_its_address_gives_the_same_as_data(app: ASGIApp, bundled_atlas: Atlas) -> None:
    rows = data(app, f"/query.json?sparql={quote(QUERY)}")["rows"]
    wanted = {value.removeprefix(ids.BASE) for row in rows for value in row}
    address = f"?sparql={quote(QUERY)}&view=graph"
    found = data(app, f"/query.json{address}")
    assert {one["id"] for one in found["nodes"]} == wanted
    pairs = {(one["from"], one["to"]) for one in found["edges"]}
    assert {tuple(value.removeprefix(ids.BASE) for value in row) for row in rows} <= pairs
    page = Page(get(app, "/query" + address))
    assert {one["data-node"] for one in page.all("g") if "data-node" in one} == wanted
    assert {one["data-entry"] for one in page.all("li") if "data-entry" in one} == wanted
    assert "最多 500 个" in page.text
    sheet = list(csv.reader(io.StringIO(get(app, "/query.csv" + address).text.removeprefix("\ufeff"))))
    assert len(sheet) == len(found["edges"]) + 1


def test_a_question_is_drawn_and_keeps_its_parameters(app: ASGIApp) -> None:
    address = f"/ask/city-companies?city={quote('东莞')}"
    rows = data(app, address.replace("?", ".json?"))
    found = data(app, address.replace("?", ".json?") + "&view=graph")
    named = {value for row in rows for value in row.values() if isinstance(value, str) and value.startswith("company/")}
    assert named
    assert named <= {one["id"] for one in found["nodes"]}
    page = Page(get(app, address + "&view=graph&chosen=" + quote(next(iter(named)))))
    assert any(one.get("name") == "city" and one.get("value") == "东莞" for one in page.all("input"))
    other = [
        str(one) for one in page.links() if str(one).startswith("/ask/city-companies?") and "view=table" in str(one)
    ]
    assert len(other) == 1
    assert "chosen" not in other[0]
    assert "<svg" not in get(app, other[0]).text


def test_rows_without_things_say_so_and_an_unknown_view_is_named() -> None:
    app = create_app(Rowed(industry(), ("东莞", 3), (None, True)))
    page = Page(get(app, "/query?sparql=x&view=graph"))
    assert "结果里没有图谱中的事物" in page.text
    assert not page.all("svg")
    for path in ("/query?sparql=x&view=picture", "/ask/places?view=x"):
        reply = get(app, path)
        assert reply.status == 400
        assert "table 或 graph" in reply.text


def test_where_there_are_no_rows_the_graph_says_what_the_table_says(app: ASGIApp) -> None:
    none = quote("PREFIX ca: <https://clusteratlas.example/ontology/> SELECT ?s { ?s a ca:Nothing }")
    for path, words in (
        (f"/query?sparql={none}", "没有行"),
        ("/ask/product-cities?words=没有这个产品", "没有符合的记录"),
    ):
        for view in ("table", "graph"):
            page = Page(get(app, quote(path, safe="/?=&%") + f"&view={view}"))
            assert words in page.text
            assert "画不成图" not in page.text


def test_a_node_of_cypher_leads_to_its_page() -> None:
    app = create_app(Rowed(industry(), ({"labels": ["City"], "id": DONGGUAN},), ({"type": "HOSTS"},)))
    page = Page(get(app, "/query?cypher=x"))
    assert "/city/441900" in page.links()
    assert '{"type": "HOSTS"}' in page.words
    assert len(data(app, "/query.json?cypher=x&view=graph")["nodes"]) == 1


def test_hostile_names_are_text_in_the_picture() -> None:
    app = create_app(Rowed(FakeAtlas().tables(), *((node.id,) for node in FakeAtlas().tables().nodes)))
    reply = get(app, "/query?sparql=x&view=graph")
    page = Page(reply)
    assert {one.get("src") for one in page.all("script")} == {
        *("/static/explorer.js", "/static/code.js", "/static/graph.js")
    }
    assert not page.all("img")
    shown = [one for one in HOSTILE if one.strip() in page.text]
    assert len(shown) > len(HOSTILE) // 2


def test_an_explanation_leads_to_what_it_names(app: ASGIApp) -> None:
    page = Page(get(app, "/ask/city-clusters"))
    assert "/ask/star-contradictions" in page.links()
    assert "star-contradictions" not in page.text.partition("PREFIX")[0]
    assert "/match?lang=en" in Page(get(app, "/ask/instrument-benefits?lang=en")).links()
    atlas = FakeAtlas()
    found = explained(atlas, "见 many（match），不是 many-more、rematch（x）", Speech(), Links())
    assert [one for one in found if one[1]] == [("match", "/match")]
    assert "".join(words for words, _ in found) == "见 many（match），不是 many-more、rematch（x）"


def test_a_question_stands_in_both_panes(app: ASGIApp) -> None:
    page = get(app, "/query?question=city-companies").text
    fields = re.findall(r"<textarea[^>]*>([^<]*)</textarea>", page)
    assert len(fields) == 2
    assert "SELECT" in fields[0]
    assert "MATCH" in fields[1]
    assert "<code>$city</code>" in page
    assert get(app, "/query?question=nothing").status == 404
    text = get(app, "/ask/city-companies?city=" + quote("东莞"))
    codes = [one["data-code"] for one in Page(text).all("pre")]
    assert codes == ["sparql", "cypher"]
    assert "/query?question=city-companies" in Page(text).links()
