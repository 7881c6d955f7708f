"""The explorer in a real browser without a network: drawer, copying, keyboard, narrow screens, no script, axe-core."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from clusteratlas import Atlas
from clusteratlas.explorer import Explorer
from graph.directory import GraphDirectory
from tests.graphs import BOX
from tests.web.browser import go, missed, opened, served, violations
from tests.web.fake import HOSTILE, FakeAtlas
from web.app import create_app
from web.index import Index
from web.links import Links, thing_path
from web.picture import visible


@pytest.fixture(scope="module")
def index(bundled_atlas: Atlas) -> Index:
    return Index(bundled_atlas.rows())


@pytest.fixture(scope="module")
def address(bundled_atlas: Atlas) -> Iterator[str]:
    with served(create_app(Explorer(bundled_atlas))) as found:
        yield found.rstrip("/")


@pytest.fixture(scope="module")
def hostile() -> Iterator[str]:
    with served(create_app(FakeAtlas())) as found:
        yield found.rstrip("/")


def place(index: Index) -> str:
    """A mark that others overlap, in its document."""
    proof = index.proofs(index.of_class("LayoutStatement")[0].id)[0]
    assert proof.document is not None
    return Links().place(proof.document.id, proof.number("start"), proof.number("end"))


def views(index: Index) -> list[tuple[str, str]]:
    """Addresses with something that must stand on each, computed from the graph."""
    statement = index.of_class("LayoutStatement")[0]
    proof = index.proofs(statement.id)[0]
    company = index.of_class("Company")[0]
    cluster = next(one for one in index.named("Cluster") if index.statements(one.id, "LayoutStatement"))
    return [
        ("/", str(cluster.properties["name"])),
        ("/city/441900", "441900"),
        (f"/city/441900?cluster={cluster.id.removeprefix('cluster/')}", str(cluster.properties["name"])),
        (thing_path(cluster.id) + "?lang=en", str(cluster.properties["name_en"])),
        (thing_path(proof.id), proof.quote.split("\n")[0]),
        (place(index), proof.quote.split("\n")[0]),
        ("/documents", str(index.of_class("Document")[0].properties["file"])),
        (f"/search?q={company.properties['name']}", str(company.properties["name"])),
        (thing_path(company.id), index.proofs(company.id)[0].quote),
        (thing_path(statement.id), proof.text("cite")),
        ("/query?sparql=SELECT ?s { ?s ?p ?o } LIMIT 3", "3 行"),
        ("/query?sparql=DROP ALL", "拒绝"),
        ("/ask/city-companies?city=东莞", "企业名称"),
        ("/nowhere", "没有这个页面"),
    ]


COMPANY = "\n充分发挥深圳大疆等龙头企业作用，以东莞松山湖为核心打造无人机产业集群。\n"


@pytest.fixture
def small(box_graph: Callable[..., GraphDirectory]) -> Iterator[tuple[str, Index]]:
    """The explorer over a graph of one box and a company, and its index."""
    with Atlas(box_graph(box=BOX + COMPANY).path) as atlas, served(create_app(Explorer(atlas))) as found:
        yield found.rstrip("/"), Index(atlas.rows())


def test_every_view_says_its_own_is_small_and_asks_nobody_else(browser: Browser, address: str, index: Index) -> None:
    with opened(browser, address) as watched:
        page, sizes = watched.page, list[int]()
        page.on("response", lambda reply: sizes.append(len(reply.body())))
        for path, words in views(index):
            sizes.clear()
            page.goto(address + path)
            page.wait_for_selector("body[data-ready]")
            assert words in page.inner_text("main"), path
            assert 0 < sum(sizes) < 1_500_000, path
        assert [one for one in watched.problems if "status of 40" not in one] == []
        assert watched.off_host(address) == []


def test_axe_finds_nothing(browser: Browser, small: tuple[str, Index], address: str, index: Index) -> None:
    """On all views of a small graph, and on the tables of the large one, whose marks stand close together."""
    base, inside = small
    with opened(browser, "http://127.0.0.1:") as watched:
        page = watched.page
        for path, words in views(inside):
            page.goto(base + path)
            page.wait_for_selector("body[data-ready]")
            assert words in page.inner_text("main"), path
            assert violations(page) == [], path
        witness = index.proofs(index.of_class("Witness")[0].id)[0]
        assert witness.document is not None
        page.goto(address + Links().place(witness.document.id, witness.number("start"), witness.number("end")))
        page.wait_for_selector(".m.hit.tiny, .m.hit")
        assert violations(page) == []


def test_narrow_screens_scroll_down_only(browser: Browser, address: str, index: Index) -> None:
    with opened(browser, address, width=390) as watched:
        for path, _ in views(index)[:9]:
            watched.page.goto(address + path)
            assert watched.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), path


def test_the_same_view_of_another_graph_says_something_else(
    browser: Browser, address: str, index: Index, small: tuple[str, Index]
) -> None:
    for base, known in ((address, index), small):
        with opened(browser, base) as watched:
            watched.page.goto(f"{base}/city/441900")
            shown = {link.get_attribute("href") for link in watched.page.locator(".said p.small a").all()}
            assert {thing_path(one.id) for one in known.statements("city/441900", "LayoutStatement")} <= shown
            watched.page.goto(f"{base}/documents")
            assert watched.page.locator("main li").count() == len(known.of_class("Document"))
    assert len(index.of_class("Document")) != len(small[1].of_class("Document"))


def test_a_newcomer_searches_and_reads_the_evidence(browser: Browser, address: str) -> None:
    """Search, profile, one cluster, evidence in the drawer, its document; then back, and reload."""
    with opened(browser, address) as watched:
        page = watched.page
        page.goto(address)
        page.wait_for_selector("body[data-ready]")
        page.get_by_role("searchbox").fill("dongguan")
        page.keyboard.press("Enter")
        page.locator("#main a", has_text="东莞").first.click()
        page.wait_for_url("**/city/441900")
        page.locator("tbody tr", has_text="半导体与集成电路").get_by_role("link").first.click()
        page.wait_for_selector("body[data-ready]")
        chosen = page.url
        assert page.locator(".chip").count() == 2
        link = page.locator("a[data-evidence]").first
        quote = page.locator(".quote").first.inner_text()
        link.click()
        page.wait_for_selector("dialog[open] mark")
        assert quote[:12] in page.locator("dialog .context").inner_text()
        assert "drawer=" in page.url
        page.reload()
        page.wait_for_selector("dialog[open] mark")
        page.keyboard.press("Escape")
        expect(page.locator("dialog")).to_be_hidden()
        expect(page).to_have_url(chosen)
        page.go_back()
        page.wait_for_selector("dialog[open] mark")
        page.locator("dialog a", has_text="在原文中看").click()
        page.wait_for_selector(".m.hit")
        assert quote[:12] in page.locator(".hit").first.inner_text()
        expect(page.locator(".hit").first).to_be_in_viewport()
        page.goto(chosen)
        page.locator(".chip a[aria-label]").click()
        page.wait_for_url("**/city/441900")
        assert watched.problems == []
        assert watched.off_host(address) == []


def test_a_mark_opens_the_drawer_and_it_has_no_violation(browser: Browser, address: str, index: Index) -> None:
    with opened(browser, address) as watched:
        page = watched.page
        page.goto(address + place(index))
        page.wait_for_selector("body[data-ready]")
        page.locator(".m.hit").first.click()
        page.wait_for_selector("body[data-drawer]")
        assert page.locator("dialog h1").inner_text() == "依据"
        assert violations(page) == []
        page.get_by_role("button", name="关闭").click()
        expect(page.locator("dialog")).to_be_hidden()
        assert page.evaluate("() => document.activeElement.matches('.m.hit')")  # where one was before


def test_links_and_citations_are_copied(browser: Browser, address: str, index: Index) -> None:
    proof = index.proofs(index.of_class("LayoutStatement")[0].id)[0]
    with opened(browser, address) as watched:
        page = watched.page
        page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
        page.goto(address + thing_path(proof.id))
        page.wait_for_selector("body[data-ready]")
        page.get_by_role("button", name="复制引注").click()
        page.wait_for_selector("text=已复制")
        copied = page.evaluate("() => navigator.clipboard.readText()")
        assert proof.text("cite") in copied
        assert f"第{proof.number('line')}行" in copied
        page.get_by_role("button", name="复制链接").click()
        expect(page.get_by_role("button", name="已复制")).to_have_count(2)
        assert page.evaluate("() => navigator.clipboard.readText()") == page.url


def test_it_works_without_script(browser: Browser, address: str, index: Index) -> None:
    with opened(browser, address, script=False) as watched:
        page = watched.page
        page.goto(address)
        page.locator("input[type=search]").fill("441900")
        page.locator("form.find button").click()
        page.locator("#things + ul a, section ul a").first.click()
        page.wait_for_url("**/city/441900")
        assert page.locator("button[data-copy]:visible").count() == 0
        page.locator("a[data-evidence]").first.click()
        page.wait_for_url("**/evidence/**")
        assert page.locator("mark").count() == 1
        page.locator("a", has_text="在原文中看").click()
        page.wait_for_url("**/documents/**")
        assert page.locator(".m.hit").count() > 0
        page.goto(address + "/query")
        page.locator("#sparql").fill("SELECT ?s { ?s ?p ?o } LIMIT 2")
        page.get_by_role("button", name="运行 SPARQL").click()
        page.locator("tbody tr").first.wait_for()
        assert page.locator("tbody tr").count() == 2


def test_english_at_a_click_and_back(browser: Browser, address: str) -> None:
    with opened(browser, address) as watched:
        page = watched.page
        page.goto(address + "/city/441900?cluster=1")
        page.get_by_role("link", name="English").click()
        page.wait_for_selector("html[lang=en]")
        assert page.locator("h1").inner_text().startswith("Dongguan")
        page.get_by_role("link", name="Overview").click()
        page.wait_for_selector("html[lang=en]")
        page.go_back()
        page.get_by_role("link", name="中文").click()
        page.wait_for_selector("html[lang=zh-CN]")
        assert page.url.endswith("/city/441900?cluster=1")


@pytest.mark.parametrize("path", ["/city/441900?cluster=1", "/query", "/search?q=碳化硅", "/evidence"])
def test_the_keyboard_meets_every_control(browser: Browser, address: str, index: Index, path: str) -> None:
    path = thing_path(index.proofs(index.of_class("Mention")[0].id)[0].id) if path == "/evidence" else path
    with opened(browser, address) as watched:
        page = go(watched, address + path)
        page.evaluate("""() => {
          window.unseen = 0;
          document.addEventListener("focusin", event => {
            const style = getComputedStyle(event.target);
            if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) unseen += 1;
          });
        }""")
        assert missed(page) == []
        assert page.evaluate("() => unseen") == 0
        go(watched, address + path)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.evaluate("() => document.activeElement.id") == "main"


def test_the_keyboard_meets_every_mark_of_a_document(browser: Browser, small: tuple[str, Index]) -> None:
    base, index = small
    with opened(browser, base) as watched:
        page = go(watched, base + thing_path(index.of_class("Document")[0].id))
        assert page.locator(".m").count() > 1
        assert missed(page) == []


def test_hostile_labels_run_nothing(browser: Browser, hostile: str) -> None:
    evidence = [n.id for n in FakeAtlas().tables().nodes if n.cls == "Evidence"]
    paths = [
        "/",
        "/city/441900",
        "/cluster/gd20/x",
        "/documents/d1",
        "/search?q=前",
        "/query?cypher=x",
        "/thing/city/441900",
        "/ask/places",
    ]
    with opened(browser, hostile) as watched:
        page = watched.page
        for path in paths:
            page.goto(hostile + path)
            page.wait_for_selector("body[data-ready]")
            assert page.get_attribute("body", "data-hacked") is None, path
        for name in evidence[:4]:
            page.goto(f"{hostile}/city/441900?drawer={thing_path(name)}")
            page.wait_for_selector("body[data-drawer]")
            assert page.get_attribute("body", "data-hacked") is None, name
        page.goto(hostile + "/thing/city/441900")
        text = page.inner_text("main")
        assert visible(HOSTILE[0]) in text
        page.goto(hostile + "/city/441900?drawer=//stranger.example/evidence/")
        page.wait_for_selector("body[data-ready]")
        page.goto(hostile + "/city/441900?drawer=javascript:document.body.dataset.hacked=1")
        page.wait_for_selector("body[data-ready]")
        assert page.get_attribute("body", "data-hacked") is None
        assert [one for one in watched.problems if "404" not in one] == []
        assert watched.off_host(hostile) == []


def test_vendored_axe_is_the_one_that_the_list_names() -> None:
    import hashlib

    folder = Path(__file__).parent / "vendor"
    digest = hashlib.sha256((folder / "axe.min.js").read_bytes()).hexdigest()
    assert digest in (folder / "README.md").read_text("utf-8")
