"""The overview and the map in a real browser without a network, each over two graphs."""

from collections import Counter
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, expect

from clusteratlas import Atlas, bundled
from clusteratlas.explorer import Explorer
from tests.web.browser import go, missed, opened, quiet, served, violations
from tests.web.fake import HOSTILE
from tests.web.star_graph import NEW, OLD, StarAtlas
from tests.web.test_map import SQUARES
from web.app import create_app
from web.geo import boundaries, read_boundaries
from web.index import Index
from web.layouts import Layout, layouts

CELLS = "[data-matrix] tbody td:not(.sum)"


@pytest.fixture(scope="module")
def large(bundled_atlas: Atlas) -> Iterator[tuple[str, Layout]]:
    """The bundled graph: its address, its current layout."""
    app = create_app(Explorer(bundled_atlas), boundaries=read_boundaries(bundled.boundaries()))
    with served(app) as found:
        yield found.rstrip("/"), layouts(Index(bundled_atlas.rows()))[0]


@pytest.fixture(scope="module")
def small() -> Iterator[tuple[str, Layout]]:
    """The small graph: its address, its current layout."""
    with served(create_app(StarAtlas(), boundaries=boundaries(SQUARES))) as found:
        yield found.rstrip("/"), layouts(Index(StarAtlas().tables()))[0]


@pytest.fixture(params=["large", "small"])
def graph(request: pytest.FixtureRequest) -> tuple[str, Layout]:
    """Each test that takes this runs on both graphs."""
    found: tuple[str, Layout] = request.getfixturevalue(request.param)
    return found


def sign(layout: Layout, cluster: str, city: str) -> str:
    """What a cell must show, from the graph."""
    star = layout.cells.get((cluster, city))
    if star is None or not star.present:
        return ""
    return "★" * star.level if star.level else "●"


def test_the_table_shows_the_graph_and_says_how_sure(browser: Browser, graph: tuple[str, Layout]) -> None:
    base, layout = graph
    with opened(browser, base) as watched:
        page = go(watched, base)
        shown = Counter(text.rstrip("?#") for text in page.locator(CELLS).all_inner_texts())
        assert shown == Counter(sign(layout, one.id, two.id) for one in layout.clusters for two in layout.cities)
        guessed = [star for star in layout.cells.values() if star.guessed or star.present is None]
        marked = page.locator(f"{CELLS}.guess")
        assert marked.count() == len(guessed)
        assert len(guessed) > 1
        styles = marked.evaluate_all(
            "all => all.map(one => getComputedStyle(one)).map(s => s.backgroundImage + s.outlineStyle)"
        )
        assert all("gradient" in style and "dashed" in style for style in styles)
        sure = page.locator(f"{CELLS}.s3:not(.guess), {CELLS}.s2:not(.guess), {CELLS}.s1:not(.guess)")
        plain = sure.evaluate_all("all => all.map(one => getComputedStyle(one).backgroundImage)")
        assert set(plain) == {"none"}
        quiet(watched, base)


def test_a_cell_opens_its_witnesses_and_every_state_is_an_address(browser: Browser, graph: tuple[str, Layout]) -> None:
    base, layout = graph
    pair, star = next((pair, one) for pair, one in layout.cells.items() if one.level == 3)
    with opened(browser, base) as watched:
        page = go(watched, base)
        path = "/cell/" + star.link.removeprefix("assignment/")
        page.locator(f"{CELLS} a").nth(0).scroll_into_view_if_needed()
        link = next(one for one in page.locator(f"{CELLS} a").all() if unquote(one.get_attribute("href") or "") == path)
        link.click()
        page.wait_for_selector("body[data-drawer]")
        assert f"drawer={path}" in unquote(unquote(page.url))
        drawer = page.locator("dialog")
        cluster = next(one for one in layout.clusters if one.id == pair[0])
        assert str(cluster.properties["name"]) in drawer.locator("h1").inner_text()
        headings = drawer.locator("h2").all_inner_texts()
        assert [one.split()[0] for one in headings] == ["支持", "反对"]
        assert drawer.locator(".witnesses li").count() > 0
        assert violations(page) == []
        page.reload()
        page.wait_for_selector("body[data-drawer]")
        page.keyboard.press("Escape")
        expect(drawer).to_be_hidden()
        page.wait_for_url(lambda url: "drawer" not in url)
        page.go_back()
        page.wait_for_selector("body[data-drawer]")
        drawer.locator("a[data-evidence]").first.click()
        page.wait_for_selector("dialog .context mark")
        quiet(watched, base)


def test_a_cross_and_a_line_follow_the_pointer_and_the_focus(browser: Browser, graph: tuple[str, Layout]) -> None:
    base, layout = graph
    with opened(browser, base) as watched:
        page = go(watched, base)
        empty = page.locator("[data-status]").inner_text()
        cell = page.locator("[data-matrix] tbody tr:not(.group)").nth(1).locator("td:not(.sum)").nth(2)
        cell.hover()
        words = cell.locator("a").get_attribute("aria-label")
        expect(page.locator("[data-status]")).to_have_text(str(words))
        lit = page.locator(f"{CELLS}.lit")
        assert lit.count() == len(layout.clusters) + len(layout.cities) - 1
        page.mouse.move(2, 2)
        expect(page.locator("[data-status]")).to_have_text(empty)
        first = page.locator("[data-matrix] tbody tr:not(.group)").first.locator("td a").first
        first.focus()
        for key in ("ArrowDown", "ArrowRight", "ArrowRight"):
            page.keyboard.press(key)
        assert page.evaluate("() => document.activeElement.getAttribute('aria-label')") == words
        expect(page.locator("[data-status]")).to_have_text(str(words))
        for key in ("ArrowUp", "ArrowUp", "ArrowLeft", "ArrowLeft", "ArrowLeft"):
            page.keyboard.press(key)
        assert first.evaluate("one => one === document.activeElement")  # the edges hold
        quiet(watched, base)


def test_sorting_filtering_and_going_back(browser: Browser, graph: tuple[str, Layout]) -> None:
    base, layout = graph
    with opened(browser, base) as watched:
        page = go(watched, base)
        columns = page.locator("[data-matrix] thead .city a:first-child")
        before = columns.all_inner_texts()
        assert len(before) == len(layout.cities)
        row = page.locator("[data-matrix] tbody tr:not(.group)").first
        row.locator(".sort").click()
        page.wait_for_url("**columns=*")
        signs = [text.rstrip("?#") for text in row.locator("td:not(.sum)").all_inner_texts()]
        # The sorted cluster may stand in the same row still: columns alone have moved.
        strengths = [{"★★★": 3, "★★": 2, "★": 1, "●": 0.6}.get(text, 0) for text in signs]
        assert strengths == sorted(strengths, reverse=True)
        page.locator(".switches a", has_text="片" if layout.key == NEW else "沿海经济带东翼").first.click()
        page.wait_for_url("**region=*")
        assert 0 < columns.count() < len(before)
        address = page.url
        page.reload()
        assert page.url == address
        page.go_back()
        page.go_back()
        assert columns.all_inner_texts() == before
        page.locator(".switches [role=group]").first.locator("a:not([aria-current])").click()
        page.wait_for_url("**edition=*")
        assert page.locator(f"{CELLS}.named").count() > 0
        assert page.locator(f"{CELLS}.s3").count() == 0
        page.locator(".chip a[aria-label]").click()  # the edition is taken off again
        page.wait_for_selector(f"{CELLS}.s3")
        quiet(watched, base)


def paths(layout: Layout) -> list[str]:
    """States of the two views, the old edition and the cell among them."""
    cluster, other = (one.id.removeprefix("cluster/") for one in layout.clusters[:2])
    city = layout.cities[0].id.removeprefix("city/")
    return [
        f"/?city={city}&cluster={cluster}&rows=count",
        "/?edition=20" + ("25" if layout.key == NEW else "20"),
        f"/map?cluster={cluster}&with={other}&city={city}",
        f"/map?cluster={cluster}&view=borders&lang=en",
        f"/cell/{layout.key}/{cluster}/{city}",
    ]


def test_axe_finds_nothing_and_narrow_screens_scroll_down_only(browser: Browser, graph: tuple[str, Layout]) -> None:
    base, layout = graph
    with opened(browser, base) as watched, opened(browser, base, width=390) as narrow:
        for path in paths(layout):
            page = go(watched, base + path)
            assert page.locator(f"{CELLS}, svg.map .land, .witnesses, .verdict").count() > 0, path
            assert violations(page) == [], path
            phone = go(narrow, base + path)
            assert phone.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), path
        quiet(watched, base)


@pytest.mark.parametrize("view", [0, 2])
def test_the_keyboard_meets_every_control(browser: Browser, small: tuple[str, Layout], view: int) -> None:
    base, layout = small
    with opened(browser, base) as watched:
        page = go(watched, base + paths(layout)[view])
        assert page.locator(f"{CELLS} a, svg.map a").count() >= len(layout.cities)
        assert missed(page) == []


def test_the_map_colours_compares_and_leads_on(browser: Browser, graph: tuple[str, Layout]) -> None:
    base, layout = graph
    first, second = layout.clusters[0], layout.clusters[-1]
    with opened(browser, base) as watched:
        page = go(watched, base + "/map")
        page.get_by_label("集群", exact=True).select_option(first.id.removeprefix("cluster/"))
        page.get_by_label("并排比较").select_option(second.id.removeprefix("cluster/"))
        page.get_by_role("button", name="显示").click()
        page.wait_for_url("**with=*")
        page.wait_for_selector("body[data-ready]")
        for number, cluster in enumerate((first, second)):
            drawn = page.locator("svg.map").nth(number)
            wanted = Counter(sign(layout, cluster.id, city.id) for city in layout.cities)
            texts = Counter(text.rstrip("?#") for text in drawn.locator("text.sign:not(.silent)").all_text_contents())
            assert {key: texts[key] for key in ("★★★", "★★", "★", "●")} == {
                key: wanted[key] for key in ("★★★", "★★", "★", "●")
            }
            assert drawn.locator("a").count() == len(layout.cities)
        colours = page.locator("svg.map a.s3 .land, svg.map a.s1 .land").evaluate_all(
            "all => [...new Set(all.map(one => getComputedStyle(one).fill))]"
        )
        assert len(colours) >= 2
        compared = page.url
        page.get_by_role("link", name="左右对调").click()
        page.wait_for_url(lambda url: url != compared)
        page.go_back()
        page.locator(".switches a", has_text="边界").click()
        page.wait_for_selector("svg.borders path")
        page.reload()
        page.locator("svg.borders a").first.click()
        page.wait_for_url("**/city/**")
        assert page.locator(".chip").count() == 2
        quiet(watched, base)


def test_both_work_without_script(browser: Browser, small: tuple[str, Layout]) -> None:
    base, _ = small
    with opened(browser, base, script=False) as watched:
        page = watched.page
        page.goto(base)
        assert page.locator("[data-status]:visible").count() == 0
        page.locator(f"{CELLS} a", has_text="★★★").first.click()
        page.wait_for_url("**/cell/**")
        assert "印作" in page.inner_text("main")
        page.goto(base + "/map?cluster=x/one")
        page.locator("svg.map a.s3").first.click()
        page.wait_for_url("**/city/990100**")


def test_a_first_visit_is_small(browser: Browser, large: tuple[str, Layout]) -> None:
    base, layout = large
    with opened(browser, base) as watched:
        sizes: list[int] = []
        watched.page.on("response", lambda reply: sizes.append(len(reply.body())))
        for path in ("/", f"/map?view=borders&with={layout.clusters[1].id.removeprefix('cluster/')}"):
            sizes.clear()
            go(watched, base + path)
            assert 3 <= len(sizes) <= 6
            assert sum(sizes) < 500_000, path


def test_hostile_names_run_nothing(browser: Browser) -> None:
    names = (
        "甲城",
        "乙城",
        "丙城",
        "稻米",
        "茶叶",
        "陶瓷",
        "新规划",
        "新〔2030〕1号",
        "东片",
        "西片",
        "★★★★",
        "见于表",
        "文件",
    )
    rename: Mapping[str, str] = dict(zip(names, HOSTILE, strict=False))
    app = create_app(StarAtlas(rename), boundaries=boundaries(SQUARES))
    with served(app) as found, opened(browser, found) as watched:
        for path in ("", "map", "map?view=borders&with=x/two", f"?drawer=/cell/{NEW}/x/one/990100", f"?edition={OLD}"):
            page = go(watched, found + path)
            if "drawer" in path:
                page.wait_for_selector("body[data-drawer]")
            for cell in page.locator(f"{CELLS}").all()[:2]:
                if "drawer" not in path:
                    cell.hover()
            assert page.get_attribute("body", "data-hacked") is None, path
        quiet(watched, found)
