"""What pages say when there is little to say: near names, names that nothing has, numbers that JSON has not."""

import json
from collections.abc import Mapping
from urllib.parse import quote

import pytest
from starlette.types import ASGIApp

from clusteratlas import Atlas
from clusteratlas.explorer import Explorer
from graph.rows import Rows
from graph.tables import Edge, Node, Tables
from ontology.errors import (
    AtlasError,
    EngineMissing,
    NotFound,
    QueryError,
    QuerySyntaxError,
    QueryTimeout,
    UsageError,
)
from ontology.vocabulary import vocabulary
from queries.library import library
from tests.web.analysis_graphs import Tabled
from tests.web.asgi import get
from tests.web.fake import FakeAtlas
from tests.web.html import Page
from web.answers import status_of
from web.app import create_app
from web.index import Index, is_statement
from web.marking import signed
from web.picture import look
from web.said import said
from web.stars import share
from web.view import as_json


@pytest.fixture(scope="module")
def app(bundled_atlas: Atlas) -> ASGIApp:
    return create_app(Explorer(bundled_atlas))


def page(app: ASGIApp, address: str) -> Page:
    return Page(get(app, quote(address, safe="/?=&")))


@pytest.mark.parametrize("place", ["/search", "/graph"])
@pytest.mark.parametrize("text", ["东菀", "donguan"])
def test_a_search_without_a_find_proposes_near_names(app: ASGIApp, place: str, text: str) -> None:
    found = page(app, f"{place}?q={text}")
    assert "没有名称相符的事物；相近的有：东莞" in found.text
    assert "/city/441900" in found.links()
    assert "相近的有" not in page(app, f"{place}?q=东莞").text


def test_a_search_keeps_to_kinds_that_there_are(app: ASGIApp) -> None:
    assert get(app, "/search?q=a&kind=zz").status == 400
    for kind in ("City", "text", "Platform", ""):
        assert get(app, f"/search?q=a&kind={kind}").status == 200


CHAINS = [one.name for one in library().values() if any(parameter.chain for parameter in one.parameters)]


@pytest.mark.parametrize("name", CHAINS)
def test_a_question_about_a_chain_says_that_nothing_has_the_name(app: ASGIApp, name: str) -> None:
    words = "没有名为“半导休”的集群、细分领域或产品；相近的有：半导体与集成电路"
    assert words in page(app, f"/ask/{name}?product=半导休").text
    assert "没有名为" not in page(app, f"/ask/{name}").text
    # A thing that has the name, and of which no document says where it goes, is not unknown.
    assert "没有名为" not in page(app, f"/ask/{name}?product=荔枝").text
    assert "There is no thing called “半导休”" in page(app, f"/ask/{name}?product=半导休&lang=en").text


def test_the_questions_about_chains_are_known() -> None:
    assert set(CHAINS) == {"upstream-chain", "downstream-chain", "upstream-cities"}


class Infinite(FakeAtlas):
    def query(self, language: str, text: str, limit: int, seconds: float) -> Rows:
        return Rows(("a", "b", "c", "d"), ((float("inf"), float("-inf"), float("nan"), 1.5),))


def test_numbers_that_json_has_not_are_words() -> None:
    text = get(create_app(Infinite()), "/query.json?sparql=x").text
    assert json.loads(text, parse_constant=pytest.fail)["rows"] == [["INF", "-INF", "NaN", 1.5]]
    assert as_json({"a": 1}) == '{\n  "a": 1\n}\n'


def test_further_evidence_is_told_once_a_line_and_not_where_the_first_stands() -> None:
    lines: Mapping[str, int] = {"first": 3, "same": 3, "other": 7, "again": 7, "third": 9}
    proofs = [
        Node(f"evidence/d1/{place}", "Evidence", {"quote": name, "cite": name, "start": place, "line": line})
        for place, (name, line) in enumerate(lines.items())
    ]
    nodes = [*proofs, Node("layout/1", "LayoutStatement", {}), Node("document/d1", "Document", {"name": "d"})]
    edges = [("evidencedBy", "layout/1", proofs[0].id)]
    edges += [("furtherEvidence", "layout/1", one.id) for one in proofs[1:]]
    edges += [("inDocument", one.id, "document/d1") for one in proofs]
    tables = Tables.of(nodes, [Edge(*edge, {}) for edge in edges])
    index = Index(tables)
    found = said(index, index.nodes["layout/1"])
    assert [one.number("line") for one in found.more] == [3, 7, 7, 9]
    assert [one.quote for one in found.elsewhere] == ["other", "third"]
    text = Page(get(create_app(Tabled(tables)), "/thing/layout/1")).text
    assert [text.count(f"另见第{line}行") for line in (3, 7, 9)] == [0, 1, 1]


def test_names_of_an_answer_are_english_where_the_graph_has_them(app: ASGIApp) -> None:
    found = page(app, "/ask/city-companies?city=东莞&lang=en")
    assert "leading firm" in found.text
    assert str(vocabulary().cluster("新一代电子信息").name_en) in found.text
    assert not {"龙头", "新一代电子信息"} & {one.strip() for one in found.words}
    assert "龙头" in page(app, "/ask/city-companies?city=东莞").text


def test_a_thing_that_is_not_there_has_near_names(bundled_atlas: Atlas) -> None:
    with pytest.raises(NotFound) as caught:
        Explorer(bundled_atlas).neighbourhood("东管")
    assert caught.value.near[0] == "东莞"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0.8968, "0.897"),
        (0.9, "0.90"),
        (0.8949, "0.89"),
        (0.5, "0.50"),
        (0.994, "0.99"),
        (0.996, ">0.99"),
        (1.0, "1.00"),
    ],
)
def test_a_confidence_never_looks_surer_than_it_is(value: float, words: str) -> None:
    assert share(value) == words


def test_signs_of_the_source_are_kept_and_not_shown() -> None:
    assert signed("## 第一章\n正文 # 不是") == '<span class="sign">## </span>第一章\n正文 # 不是'
    assert signed("**2. 通信。**以") == '<span class="sign">**</span>2. 通信。<span class="sign">**</span>以'
    assert signed("<b>**") == '&lt;b&gt;<span class="sign">**</span>'
    assert "".join(Page(get(create_app(FakeAtlas()), "/documents/d1")).words).count("# 标题") == 1


def test_headings_of_a_document_look_like_headings(app: ASGIApp) -> None:
    found = page(app, "/documents/9ddde1ef")
    assert [one for one in found.all("p") if one.get("class") == "heading"]
    assert [one for one in found.all("span") if one.get("class") == "sign"]


def test_no_two_kinds_of_things_look_the_same(bundled_atlas: Atlas) -> None:
    classes = {node.cls for node in bundled_atlas.rows().nodes if not is_statement(node.cls)} - {"Scheme"}
    assert len({look(cls) for cls in classes}) == len(classes) >= 15


def test_what_is_no_part_of_a_chain_is_called_by_its_name(app: ASGIApp) -> None:
    assert "没有名为“东莞”的集群、细分领域或产品" in page(app, "/chain?thing=city/441900").text


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (QueryError("RETURN 1/0", "/ by zero"), 400),
        (QuerySyntaxError("RETURN", "x"), 400),
        (QueryTimeout(30.0, "x"), 503),
        (EngineMissing("x", ()), 503),
        (NotFound("城市", "x", ()), 404),
        (UsageError("x"), 400),
    ],
)
def test_a_mistake_of_the_user_is_told_from_ours(error: AtlasError, status: int) -> None:
    assert status_of(error) == status
