"""Evidence, documents, search, things and queries: content computed from the graph, addresses that lead back."""

import csv
import io
import json
import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote

import pytest
from starlette.types import ASGIApp

from benchmarks.views import VIEWS
from clusteratlas import Atlas, bundled
from clusteratlas.explorer import Explorer
from tests.web.asgi import Reply, get
from tests.web.fake import FakeAtlas
from tests.web.html import Page
from web.app import create_app
from web.geo import read_boundaries
from web.index import Index
from web.links import Links, thing_path
from web.pages.query import LONGEST
from web.speech import Speech

DONGGUAN = "dongguan-electronics-action-plan-draft.txt"


@pytest.fixture(scope="module")
def app(bundled_atlas: Atlas) -> ASGIApp:
    return create_app(Explorer(bundled_atlas), boundaries=read_boundaries(bundled.boundaries()))


@pytest.fixture(scope="module")
def index(bundled_atlas: Atlas) -> Index:
    return Index(bundled_atlas.rows())


def data(app: ASGIApp, address: str) -> dict[str, object]:
    reply = get(app, address)
    assert reply.status == 200, address
    found: dict[str, object] = json.loads(reply.text)
    return found


def some_evidence(index: Index) -> str:
    """Evidence whose reading differs from the print."""
    return next(
        n.id for n in index.of_class("Evidence") if n.properties.get("text", "") not in ("", n.properties["quote"])
    )


def test_evidence_shows_the_quote_among_its_neighbours(app: ASGIApp, index: Index, bundled_atlas: Atlas) -> None:
    identifier = some_evidence(index)
    proof = index.proof(identifier)
    found = data(app, thing_path(identifier) + ".json")
    assert proof.document is not None
    text = Explorer(bundled_atlas).text(proof.document.id)
    around = f"{found['before']}{proof.quote}{found['after']}"
    assert around in text
    assert len(around) > len(proof.quote)
    page = Page(get(app, thing_path(identifier)))
    assert len(page.all("mark")) == 1
    assert proof.reading in page.text
    assert str(found["citation"]) in page.text
    assert f"第{proof.number('line')}行" in str(found["citation"])
    assert proof.text("cite") in str(found["citation"])


def test_a_citation_stands_on_one_line_as_chinese_is_written(app: ASGIApp, index: Index) -> None:
    """Where the print broke a line between two characters there is no blank; what the print has stays."""
    found = 0
    for node in index.of_class("Evidence"):
        quote_ = str(node.properties["quote"])
        if "\n" in quote_ and found < 5:
            citation = str(data(app, thing_path(node.id) + ".json")["citation"])
            words = citation.partition("：“")[2].removesuffix("”")
            assert re.sub(r"\s", "", words) == re.sub(r"\s", "", quote_)
            assert not re.search("[\u4e00-\u9fff，、] [\u4e00-\u9fff]", words)
            assert "\n" not in words
            found += 1
    assert found == 5


def test_a_line_is_said_once() -> None:
    assert Speech().cited("《甲》 第一章", 9) == "《甲》 第一章，第9行"
    assert Speech("en").cited("《甲》 第一章", 9) == "《甲》 第一章, line 9"
    assert Speech().cited("乙.txt 第9行", 9) == "乙.txt 第9行"
    assert Speech().cited("乙.txt 第99行", 9) == "乙.txt 第99行，第9行"
    assert Speech().cited("《甲》", 0) == "《甲》"


def test_evidence_says_what_it_does_to_the_star_layout_and_how_sure_that_is(app: ASGIApp, index: Index) -> None:
    for relation, stance in (("supportedBy", "支持"), ("opposedBy", "反对")):
        cell = next(one for one in index.of_class("Assignment") if index.targets(one.id, relation))
        proof = next(p for w in index.targets(cell.id, relation) for p in index.proofs(w.id))
        told: Any = data(app, thing_path(proof.id) + ".json")["verdicts"]
        resting = {node.id for node in index.resting(proof.id)}
        assert {(one["relation"], one["id"]) for one in told} == {
            (edge.type, edge.source)
            for node in resting
            for edge in index.into(node)
            if edge.type in ("supportedBy", "opposedBy")
        }
        (own,) = [one for one in told if one["id"] == cell.id and one["relation"] == relation]
        assert "把握" in own["words"]
        page = Page(get(app, thing_path(proof.id)))
        assert stance in page.text
        assert len(told) > 12 or thing_path(cell.id) in page.links()


def test_evidence_names_what_rests_on_it_and_who_read_it(app: ASGIApp, index: Index) -> None:
    fact = index.of_class("LayoutStatement")[0]
    proof = index.proofs(fact.id)[0]
    found = data(app, thing_path(proof.id) + ".json")
    resting = found["resting"]
    assert isinstance(resting, list)
    assert {one["id"] for one in resting} == {node.id for node in index.resting(proof.id)}
    assert fact.id in {one["id"] for one in resting}
    assert "layout" in found["loaders"]  # type: ignore[operator]
    witness = index.proofs(index.of_class("Witness")[0].id)[0]
    assert "witnesses" in data(app, thing_path(witness.id) + ".json")["loaders"]  # type: ignore[operator]


def test_every_kind_of_evidence_has_a_loader(index: Index, bundled_atlas: Atlas) -> None:
    explorer = Explorer(bundled_atlas)
    statements = [n for cls in ("LayoutStatement", "Mention", "Witness") for n in index.of_class(cls)]
    assert [n.id for n in statements for proof in index.proofs(n.id) if not explorer.loaders(proof.id)] == []


def test_from_a_mark_to_its_statement_and_back(app: ASGIApp, index: Index) -> None:
    """Document → evidence → statement → evidence → the same place of the document."""
    statement = index.of_class("Mention")[0]
    proof = index.proofs(statement.id)[0]
    assert proof.document is not None
    place = Links().place(proof.document.id, proof.number("start"), proof.number("end"))
    address, _, anchor = place.partition("#")
    document = Page(get(app, address))
    assert anchor in {one.get("id") for _, one in document.elements}
    assert thing_path(proof.id) in document.links()
    evidence = Page(get(app, thing_path(proof.id)))
    assert thing_path(statement.id) in evidence.links()
    assert place in evidence.links()
    assert thing_path(proof.id) in Page(get(app, thing_path(statement.id))).links()


def test_all_evidence_of_a_document_is_marked(app: ASGIApp, index: Index) -> None:
    """Over all its parts, every document links to each piece of its evidence."""
    for document in index.of_class("Document"):
        address = thing_path(document.id)
        parts = int(str(data(app, address + ".json")["parts"]))
        linked = {link for part in range(1, parts + 1) for link in Page(get(app, f"{address}?part={part}")).links()}
        assert {thing_path(node.id) for node in index.sources(document.id, "inDocument")} <= linked


def test_a_document_is_shown_whole_and_in_parts_of_bearable_size(
    app: ASGIApp, index: Index, bundled_atlas: Atlas
) -> None:
    explorer = Explorer(bundled_atlas)
    for document in index.of_class("Document"):
        address, lines = thing_path(document.id), []
        parts = int(str(data(app, address + ".json")["parts"]))
        for part in range(1, parts + 1):
            reply = get(app, f"{address}?part={part}")
            assert len(reply.body) < 700_000
            found = data(app, f"{address}.json?part={part}")
            lines += [line for section in found["sections"] for line in section["lines"]]  # type: ignore[attr-defined]
        text = explorer.text(document.id).split("\n")
        assert [line["text"] for line in lines] == [line for line in text if line.strip()]
        assert all(text[line["line"] - 1] == line["text"] for line in lines)


def test_a_line_of_a_document_is_found(app: ASGIApp) -> None:
    page = Page(get(app, f"/documents/{DONGGUAN}?line=43"))
    ids = [str(one.get("id")) for _, one in page.elements]
    marked = [i for i, one in enumerate(page.elements) if one[0] == "mark" or "hit" in str(one[1].get("class")).split()]
    assert marked
    later = next(i for i, name in enumerate(ids) if name.startswith("L") and int(name[1:] or 0) > 43)
    assert all(ids.index("L43") < i < later for i in marked)


@pytest.mark.parametrize(
    "query", ["part=0", "part=99", "part=x", "line=0", "line=999999", "at=5", "at=9-3", "at=0-99999999"]
)
def test_a_place_outside_the_document_is_said_in_words(app: ASGIApp, query: str) -> None:
    reply = get(app, f"/documents/{DONGGUAN}?{query}")
    assert reply.status == 400
    assert "参数" in Page(reply).text


def test_documents_lists_all(app: ASGIApp, index: Index) -> None:
    page = Page(get(app, "/documents"))
    for document in index.of_class("Document"):
        assert str(document.properties["name"]) in page.text
        assert thing_path(document.id) in page.links()


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("东莞", "/city/441900"),
        ("dongguan", "/city/441900"),
        ("440300", "/city/440300"),
        ("OPPO", "/thing/company/OPPO"),
    ],
)
def test_search_finds_things(app: ASGIApp, text: str, first: str) -> None:
    page = Page(get(app, f"/search?q={quote(text)}"))
    things = [link for link in page.links() if link and link.startswith(("/city/", "/cluster/", "/thing/"))]
    assert things[0] == first


def test_search_finds_text_and_leads_to_its_line(app: ASGIApp) -> None:
    passages = data(app, f"/search.json?q={quote('碳化硅')}")["passages"]
    assert isinstance(passages, list)
    assert passages
    page = Page(get(app, f"/search?q={quote('碳化硅')}"))
    assert len(page.all("mark")) >= len(passages)
    for passage in passages:
        address = f"/documents/{passage['document'].partition('/')[2]}?line={passage['line']}#L{passage['line']}"
        assert address in page.links()
        assert "碳化硅" in Page(get(app, address.partition("#")[0])).text


def test_search_keeps_to_a_kind(app: ASGIApp) -> None:
    every = data(app, f"/search.json?q={quote('电子')}")
    some = data(app, f"/search.json?q={quote('电子')}&kind=Subsector")
    assert {one["class"] for one in some["things"]} == {"Subsector"}  # type: ignore[attr-defined]
    assert len(some["things"]) < len(every["things"])  # type: ignore[arg-type]
    assert some["passages"] == []
    text = data(app, f"/search.json?q={quote('电子')}&kind=text")
    assert text["things"] == []
    assert text["passages"] == every["passages"] != []


def test_every_kind_of_thing_has_a_page(app: ASGIApp, index: Index) -> None:
    for cls in {node.cls for node in index.nodes.values()}:
        for node in index.of_class(cls)[:2]:
            for form in ("", ".json", ".csv"):
                assert get(app, thing_path(node.id) + form).status == 200, (cls, node.id, form)
            found = data(app, thing_path(node.id) + ".json")
            assert found["id"] == node.id


def test_a_thing_shows_its_statements(app: ASGIApp, index: Index) -> None:
    company = index.of_class("Company")[0]
    page = Page(get(app, thing_path(company.id)))
    statements = index.statements(company.id)
    assert statements
    assert {thing_path(one.id) for one in statements} <= set(page.links())
    assert index.proofs(statements[0].id)[0].quote in page.text


def test_a_thing_shows_its_neighbours(app: ASGIApp, index: Index) -> None:
    for node in (index.of_class("Subsector")[0], index.of_class("Company")[0], index.of_class("Policy")[0]):
        relations = data(app, thing_path(node.id) + ".json")["relations"]
        shown = {one["id"] for relation in relations for one in relation["nodes"]}  # type: ignore[attr-defined]
        assert shown == {other.id for name, _, _, other in index.neighbours(node.id) if name != "edition"}
        assert node.id not in shown


def test_a_policy_is_no_participant_of_what_it_contains(app: ASGIApp, index: Index) -> None:
    policy = max(index.of_class("Policy"), key=lambda node: len(index.into(node.id)))
    assert len(index.into(policy.id)) > 100
    # It takes part in citations; what only stands in it is not said of it.
    said: Any = data(app, thing_path(policy.id) + ".json")["statements"]
    assert {one["class"] for one in said} == {"Citation"}
    assert len(said) < 20


def test_an_id_that_ends_like_a_form_has_its_page() -> None:
    app = create_app(FakeAtlas())
    assert get(app, "/thing/product/x.json").headers["content-type"].startswith("text/html")
    assert data(app, "/thing/product/x.json.json")["id"] == "product/x.json"


def test_a_query_runs_and_its_ids_lead_on(app: ASGIApp) -> None:
    text = "PREFIX ca: <https://clusteratlas.example/ontology/> SELECT ?c ?code { ?c a ca:City ; ca:code ?code } ORDER BY ?code LIMIT 2"
    page = Page(get(app, f"/query?sparql={quote(text)}"))
    assert "440100" in page.text
    assert "/city/440100" in page.links()
    assert text in page.text
    found = data(app, f"/query.json?sparql={quote(text)}")
    assert found["columns"] == ["c", "code"]
    rows = list(csv.reader(io.StringIO(get(app, f"/query.csv?sparql={quote(text)}").text.removeprefix("\ufeff"))))
    assert [row[1] for row in rows] == ["code", "440100", "440200"]


def test_a_construct_gives_triples(app: ASGIApp) -> None:
    text = "CONSTRUCT { ?s a ?t } WHERE { ?s a ?t } LIMIT 3"
    assert len(data(app, f"/query.json?sparql={quote(text)}")["rows"]) == 3  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("DELETE WHERE { ?s ?p ?o }", "拒绝"),
        ("SELECT * { SERVICE <http://stranger.example/> { ?s ?p ?o } }", "SERVICE"),
        ("SELECT *", "语句有误"),
    ],
)
def test_a_refused_statement_shows_the_message_and_stays(app: ASGIApp, text: str, words: str) -> None:
    reply = get(app, f"/query?sparql={quote(text)}")
    assert reply.status == 400
    page = Page(reply)
    assert words in page.text
    assert text in page.text
    assert get(app, f"/query.json?sparql={quote(text)}").status == 400


def test_a_statement_from_another_site_waits_for_a_click() -> None:
    atlas = FakeAtlas()
    app = create_app(atlas)
    for site, runs in (("cross-site", 0), ("same-site", 0), ("none", 1), ("same-origin", 2)):
        reply = get(app, "/query?sparql=SELECT", headers={"sec-fetch-site": site})
        assert reply.status == 200
        assert len(atlas.queried) == runs
        assert ("还没有运行" in reply.text) == (site in ("cross-site", "same-site"))
    assert get(app, "/query.json?sparql=SELECT", headers={"sec-fetch-site": "cross-site"}).status == 400
    assert len(atlas.queried) == 2


def test_one_statement_at_a_time_and_not_too_long() -> None:
    app = create_app(FakeAtlas())
    assert get(app, "/query?sparql=A&cypher=B").status == 400
    assert get(app, f"/query?sparql={'x' * (LONGEST + 1)}").status == 400


def test_the_panes_open_with_an_example_that_runs(app: ASGIApp) -> None:
    page = get(app, "/query").text
    assert "LayoutStatement" in page
    from web.app import Pages
    from web.site import Site

    example = Pages(Site(FakeAtlas())).examples["sparql"]
    assert len(data(app, f"/query.json?sparql={quote(example)}")["rows"]) >= 20  # type: ignore[arg-type]


def test_every_view_that_is_measured_and_looked_at_is_there(app: ASGIApp) -> None:
    for name, address in VIEWS.items():
        path, _, query = address.partition("#")[0].partition("?")
        reply = get(app, quote(path) + (f"?{quote(query, safe='=&%/+')}" if query else ""))
        assert reply.status == 200, name
        drawer = dict(part.partition("=")[::2] for part in query.split("&")).get("drawer")
        assert drawer is None or get(app, quote(drawer)).status == 200, name


class Marked(HTMLParser):
    """The texts of a page that are not marked as Chinese."""

    def __init__(self, reply: Reply) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self.feed(reply.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "link", "input", "br"):
            chinese = str(dict(attrs).get("lang") or "").startswith("zh")
            self._open.append((tag, chinese or (bool(self._open) and self._open[-1][1])))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not (self._open and self._open[-1][1]):
            self.texts.append(data)


def test_an_english_page_is_english_but_for_names_and_quotes(app: ASGIApp) -> None:
    """What the program says has an English wording: no Chinese sentence stands unmarked on a page."""
    for name, address in VIEWS.items():
        path, _, query = address.partition("#")[0].partition("?")
        given = [part for part in quote(query, safe="=&%/+").split("&") if part and part != "lang=en"]
        reply = get(app, f"{quote(path)}?{'&'.join([*given, 'lang=en'])}")
        assert reply.status == 200, name
        assert [text for text in Marked(reply).texts if re.search("[，。；：！？]", text)] == [], name


def test_english_stays_english(app: ASGIApp) -> None:
    """Links of an English page lead to English pages, and one leads back to this page in Chinese."""
    for address in (
        "/",
        "/map",
        "/questions",
        "/city/441900",
        "/query",
        "/documents",
        "/search?q=dg",
        "/ask/city-companies",
    ):
        english = Page(get(app, address + ("&" if "?" in address else "?") + "lang=en"))
        assert english.all("html")[0]["lang"] == "en"
        inner = [link for link in english.links() if link and link.startswith("/")]
        chinese = [link for link in inner if "lang=en" not in link]
        assert chinese == [address], address
        page = Page(get(app, address))
        assert page.all("html")[0]["lang"] == "zh-CN"
        assert [link for link in page.links() if link and "lang=en" in link]


def test_the_drawer_in_the_address_is_no_parameter_of_a_question(app: ASGIApp) -> None:
    assert get(app, "/ask/city-companies?drawer=/evidence/x").status == 200


def test_first_answers_are_asked_once() -> None:
    atlas = FakeAtlas()
    app = create_app(atlas)
    for _ in range(3):
        get(app, "/questions")
    assert [name for name, _ in atlas.asked].count("places") == 1
    assert [name for name, _ in atlas.asked].count("broken-engine") == 3  # what failed is tried again
