"""Queries in a real browser without a network, each over two graphs: typing in colour, results as table and as graph."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from clusteratlas import Atlas
from clusteratlas.explorer import Explorer
from graph.directory import GraphDirectory
from ontology import ids
from tests.graphs import BOX
from tests.web.browser import go, missed, opened, quiet, ready, served, violations
from web.app import create_app
from web.index import Index
from web.surroundings import LIMIT, gathered

Graph = tuple[str, Index]

STATEMENTS = """PREFIX ca: <https://clusteratlas.example/ontology/>
SELECT ?s ?c WHERE { ?s a ca:LayoutStatement ; ca:aboutPlace ?c . ?c a ca:City }"""


@pytest.fixture(scope="module")
def large(bundled_atlas: Atlas) -> Iterator[Graph]:
    """The bundled documents."""
    with served(create_app(Explorer(bundled_atlas))) as found:
        yield found.rstrip("/"), Index(bundled_atlas.rows())


@pytest.fixture
def small(box_graph: Callable[..., GraphDirectory]) -> Iterator[Graph]:
    """A graph of one box."""
    with Atlas(box_graph(box=BOX).path) as atlas, served(create_app(Explorer(atlas))) as found:
        yield found.rstrip("/"), Index(atlas.rows())


@pytest.fixture(params=["large", "small"])
def graph(request: pytest.FixtureRequest) -> Graph:
    """Each test that takes this runs on both graphs."""
    found: Graph = request.getfixturevalue(request.param)
    return found


def drawn(page: Page) -> set[str]:
    return set(page.locator("svg.graph [data-node]").evaluate_all("all => all.map(one => one.dataset.node)"))


def test_a_query_that_is_typed_becomes_a_table_and_a_graph(browser: Browser, graph: Graph) -> None:
    base, index = graph
    statements = index.of_class("LayoutStatement")
    city = next(node for one in statements for _, node in index.participants(one.id) if node.cls == "City")
    text = STATEMENTS.replace("a ca:City }", f"a ca:City FILTER(?c = <{ids.iri(city.id)}>) }}")
    own = [one for one in statements if city in [node for _, node in index.participants(one.id)]]
    with opened(browser, base) as watched:
        page = go(watched, base + "/query")
        page.locator("#sparql").fill(text)
        assert page.locator(".code.live pre").first.inner_text().strip() == text
        assert page.locator(".code.live .t-keyword", has_text="FILTER").count() == 1
        page.locator("#sparql").press("Control+Enter")
        ready(page, "**sparql=*")
        assert page.locator("#sparql").input_value() == text  # its lines as they were typed
        expect(page.locator("main tbody tr")).to_have_count(len(own))
        page.locator(".switches a", has_text="图").click()
        ready(page, "**view=graph*")
        wanted = gathered(index, [one.id for one in own])
        assert drawn(page) == {one.id for one in wanted.nodes}
        assert page.locator("svg.graph line").count() == len(
            {frozenset((r.source, r.target)) for r in wanted.relations}
        )
        entry = page.locator(f"[data-entry='{city.id}']")
        entry.locator("[data-choose]").click()
        expect(page.locator("svg .chosen")).to_have_attribute("data-node", city.id)
        own_lines = {frozenset((r.source, r.target)) for r in wanted.relations if city.id in (r.source, r.target)}
        assert page.locator("svg.graph line.lit").count() == len(own_lines)
        assert "chosen=" in page.url
        page.reload()
        page.wait_for_selector("body[data-ready]")
        expect(entry).to_have_attribute("aria-current", "true")
        assert violations(page) == []
        entry.get_by_role("link", name="展开").click()
        ready(page, "**/graph?thing=*")
        page.go_back()
        page.wait_for_selector("body[data-ready]")
        page.locator(".switches a", has_text="表格").click()
        ready(page, "**view=table*")
        assert page.locator("main tbody tr").count() == len(own)
        quiet(watched, base)


def test_the_field_stands_exactly_over_its_coloured_text(browser: Browser, graph: Graph) -> None:
    """Every letter is met where it is seen: long lines, Chinese, an empty last line, also on a narrow screen."""
    base, _ = graph
    with opened(browser, base) as watched, opened(browser, base, width=390) as narrow:
        for one in (watched, narrow):
            page = go(one, base + "/query")
            field, behind = page.locator("#cypher"), page.locator("#cypher").locator("xpath=preceding-sibling::pre")
            for text in (
                "",
                "MATCH (n)\n",
                f"// 东莞{'很长的一行，' * 30}\nRETURN {'x' * 300}\n\n",
                "MATCH (n) " * 200,
            ):
                field.fill(text)
                assert behind.text_content() == text + "\n"
                sizes = field.evaluate("one => [one.clientHeight, one.scrollHeight, one.clientWidth]")
                over = behind.evaluate("one => [one.clientHeight, one.scrollHeight, one.clientWidth]")
                assert sizes == over
                assert sizes[0] == sizes[1]  # nothing scrolls inside the field
            fonts = "one => [one, ...one.querySelectorAll('span')].map(each => getComputedStyle(each).font)"
            assert behind.locator("span").count() > 1
            assert set(behind.evaluate(fonts)) == set(field.evaluate(fonts))
            ends = "(one, names) => { const style = getComputedStyle(one); return names.map(name => style[name]); }"
            names = ["fontFamily", "fontSize", "lineHeight", "letterSpacing", "paddingLeft", "paddingTop", "whiteSpace"]
            assert field.evaluate(ends, names) == behind.evaluate(ends, names)
            quiet(one, base)


def test_the_largest_picture_is_bearable_and_says_what_is_left_out(browser: Browser, large: Graph) -> None:
    base, index = large
    text = "PREFIX ca: <https://clusteratlas.example/ontology/> SELECT ?s { ?s a ca:LayoutStatement }"
    every = {node.id for one in index.of_class("LayoutStatement") for _, node in index.participants(one.id)}
    assert len(every) > LIMIT
    with opened(browser, base) as watched:
        sizes: list[int] = []
        watched.page.on("response", lambda reply: sizes.append(len(reply.body())))
        page = go(watched, f"{base}/query?sparql={quote(text)}&view=graph")
        assert sum(sizes) < 1_500_000
        assert len(drawn(page)) == LIMIT
        assert drawn(page) < every
        # Rows beyond the limit of a query are not asked for, so what is left is a number, not all.
        assert page.get_by_text(re.compile(r"另有 \d+ 个未画")).count() == 1
        quiet(watched, base)


PIECES = [
    ("sparql", "# 注 SELECT", ["comment"]),
    ("sparql", "SELECT ?城市 WHERE", ["keyword", "variable", "keyword"]),
    ("sparql", "?a < 3 && ?b > 4", ["variable", "number", "variable", "number"]),
    ("sparql", '<https://x.example/a#b> ca:name "a # ? \'b"@zh-CN', ["iri", "name", "string", "string"]),
    ("sparql", "'''two\nlines''' \"open", ["string"]),
    ("sparql", "?select ca:select selected", ["variable", "name"]),
    ("cypher", "MATCH (c:City)-[:HOSTS|IN_REGION]->(k:Cluster)", ["keyword", "name", "name", "name", "name"]),
    ("cypher", "// return\nRETURN 'it\\'s // no' AS `match`", ["comment", "keyword", "string", "keyword", "name"]),
    ("cypher", "{id: $city, n: 1.5e3} /* x\ny */", ["variable", "number", "comment"]),
    ("cypher", "n.match = matched", []),
]


def test_each_piece_of_a_statement_is_known(browser: Browser, large: Graph) -> None:
    base, _ = large
    with opened(browser, base) as watched:
        page = go(watched, base + "/query")
        for language, text, kinds in PIECES:
            page.locator(f"#{language}").fill(text)
            shown = page.locator(f".code.live:has(#{language}) pre")
            assert shown.text_content() == text + "\n"
            found = shown.locator("span").evaluate_all("all => all.map(one => one.className.slice(2))")
            assert found == kinds, text
        quiet(watched, base)


def test_a_question_in_both_languages_and_as_a_graph(browser: Browser, graph: Graph) -> None:
    base, index = graph
    statement = index.of_class("LayoutStatement")[0]
    cluster = next(node for _, node in index.participants(statement.id) if node.cls == "Cluster")
    address = f"{base}/ask/subsector-cities?cluster={quote(str(cluster.properties['name']))}"
    with opened(browser, base) as watched:
        page = go(watched, address)
        rows = page.locator("main tbody tr").count()
        assert rows > 0
        assert page.locator("pre[data-code=sparql] .t-keyword", has_text="SELECT").count() > 0
        assert page.locator("pre[data-code=cypher] .t-keyword", has_text="MATCH").count() > 0
        left, right = (page.locator(f"pre[data-code={one}]").bounding_box() for one in ("sparql", "cypher"))
        assert left is not None
        assert right is not None
        assert left["y"] == right["y"]
        assert left["x"] + left["width"] <= right["x"]
        page.locator(".switches a", has_text="图").click()
        ready(page, "**view=graph*")
        assert {one for one in drawn(page) if one.startswith("city/")} == {
            node.id
            for one in index.of_class("LayoutStatement")
            if any(n == cluster for _, n in index.participants(one.id))
            and any(n.cls == "Subsector" for _, n in index.participants(one.id))
            for _, node in index.participants(one.id)
            if node.cls == "City"
        }
        page.go_back()
        page.wait_for_selector("body[data-ready]")
        assert page.locator("main tbody tr").count() == rows
        page.get_by_role("link", name="在查询页里改写").click()
        ready(page, "**question=*")
        assert "SELECT" in page.locator("#sparql").input_value()
        assert violations(page) == []
        quiet(watched, base)


@pytest.mark.parametrize("path", [f"/query?sparql={quote(STATEMENTS)}&view=graph", "/ask/city-companies?city=441900"])
def test_the_keyboard_meets_every_control_and_narrow_screens_scroll_down_only(
    browser: Browser, small: Graph, path: str
) -> None:
    base, _ = small
    with opened(browser, base) as watched, opened(browser, base, width=390) as narrow:
        page = go(watched, base + path)
        assert page.locator("svg.graph [data-node], pre[data-code] span").count() > 0
        assert missed(page) == []
        assert violations(page) == []
        phone = go(narrow, base + path)
        assert phone.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
        assert violations(phone) == []


def test_both_languages_give_the_same_graph(browser: Browser, small: Graph, cypher_engine: None) -> None:
    base, _ = small
    cypher = "MATCH (s:LayoutStatement)-[:ABOUT_PLACE]->(c:City) RETURN s.id AS s, c.id AS c"
    with opened(browser, base) as watched:
        page = go(watched, f"{base}/query?sparql={quote(STATEMENTS)}&view=graph")
        wanted = drawn(page)
        assert wanted
        page.set_default_timeout(60_000)  # the first query starts the engine
        page.locator("#cypher").fill(cypher)
        page.get_by_role("button", name="运行 Cypher").click()
        ready(page, "**cypher=*")
        assert drawn(page) == wanted
        quiet(watched, base)


def test_it_works_without_script(browser: Browser, small: Graph) -> None:
    base, _ = small
    with opened(browser, base, script=False) as watched:
        page = watched.page
        page.goto(f"{base}/query")
        page.locator("#sparql").fill(STATEMENTS)
        page.get_by_role("button", name="运行 SPARQL").click()
        page.locator(".switches a", has_text="图").click()
        page.locator("svg.graph [data-node]").first.wait_for()
        assert page.locator("svg.graph [data-node]").count() > 1
        assert page.locator("#sparql").input_value() == STATEMENTS
        colour = page.locator("#sparql").evaluate("one => getComputedStyle(one).webkitTextFillColor")
        assert colour != "rgba(0, 0, 0, 0)"
