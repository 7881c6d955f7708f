"""The pages of the analyses in a real browser without a network, each over two graphs."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from clusteratlas import Atlas
from clusteratlas.explorer import Explorer
from graph.tables import Tables
from queries.index import Index as Ground
from queries.industry.chain import chain
from queries.industry.company import company
from queries.industry.firms import firms
from queries.industry.gaps import NO_DATA, gaps
from queries.industry.link import link
from queries.industry.registry import Asked
from queries.match.attributes import profile
from queries.match.match import Matcher
from queries.plans.calendar import events
from queries.plans.policies import policies
from tests.web.analysis_graphs import Tabled, industry, rules
from tests.web.browser import go, missed, opened, quiet, ready, served, violations
from tests.web.fake import CLUSTER, FakeAtlas
from web.app import create_app
from web.flow import flow
from web.index import Index
from web.picture import short
from web.surroundings import LIMIT, around, surroundings, way

TODAY = date(2023, 5, 4)
CITY = "city/441900"


@dataclass(frozen=True)
class Served:
    """A graph under an address."""

    base: str
    tables: Tables

    @property
    def ground(self) -> Ground:
        return Ground(self.tables)

    @property
    def index(self) -> Index:
        return Index(self.tables)


@pytest.fixture(scope="module")
def large(bundled_atlas: Atlas) -> Iterator[Served]:
    """The bundled documents."""
    with served(create_app(Explorer(bundled_atlas), today=lambda: TODAY)) as found:
        yield Served(found.rstrip("/"), bundled_atlas.rows())


@pytest.fixture(scope="module")
def layout() -> Iterator[Served]:
    """The small graph with stars, namings and supply."""
    with served(create_app(Tabled(industry()), today=lambda: TODAY)) as found:
        yield Served(found.rstrip("/"), industry())


@pytest.fixture(scope="module")
def rule() -> Iterator[Served]:
    """The small graph of one rule."""
    with served(create_app(Tabled(rules()), today=lambda: TODAY)) as found:
        yield Served(found.rstrip("/"), rules())


@pytest.fixture(params=["large", "layout"])
def graph(request: pytest.FixtureRequest) -> Served:
    """Each test that takes this runs on both graphs."""
    found: Served = request.getfixturevalue(request.param)
    return found


@pytest.fixture(params=["large", "rule"])
def ruled(request: pytest.FixtureRequest) -> Served:
    """Each test that takes this runs on both graphs."""
    found: Served = request.getfixturevalue(request.param)
    return found


def test_a_profile_that_is_typed_becomes_cards_and_an_address(browser: Browser, ruled: Served) -> None:
    wanted = Matcher(ruled.ground).match(
        profile({"city": "东莞", "equipment": "1000万元", "kind": "工业企业", "date": "2022-06-30"})
    )
    with opened(browser, ruled.base) as watched:
        page = go(watched, ruled.base + "/match")
        page.locator("#f-city").select_option("东莞")
        page.locator("#f-kind").fill("工业企业")
        page.locator("#f-date").fill("2022年6月30日")
        page.locator("summary", has_text="金额").click()
        page.locator("#f-equipment").fill("1000万元")
        page.get_by_role("button", name="匹配").click()
        ready(page, "**equipment=*")
        cards = page.locator("[data-verdict]")
        shown = cards.evaluate_all("all => all.map(one => [one.dataset.offer, one.dataset.verdict])")
        assert sorted(map(tuple, shown)) == sorted((one.offer.id, one.verdict) for one in wanted)
        paid = [one for one in wanted if one.amount.yuan is not None and one.verdict in ("符合", "可放宽", "待核实")]
        for one in paid:
            assert one.amount.words in page.locator("main").inner_text()
        for verdict, count in Counter(one.verdict for one in wanted).items():
            assert page.locator(f"[data-count='{verdict}']").inner_text() == str(count)
        # What does not apply or has expired is folded, but counted.
        assert page.locator(".folded [data-verdict]:visible").count() == 0
        assert page.locator("[data-verdict='待核实']:visible").count() > 0
        address = page.url
        page.reload()
        assert page.locator("#f-equipment").input_value() == "1000万元"
        page.locator("[data-verdict]:visible a[data-evidence]").first.click()
        page.wait_for_selector("dialog .context mark")
        page.keyboard.press("Escape")
        page.locator("#f-equipment").fill("1000")
        page.get_by_role("button", name="匹配").click()
        ready(page, "**equipment=1000&*")
        assert "缺少单位" in page.locator("[role=alert]").inner_text()
        assert cards.count() == 0
        assert violations(page) == []
        page.go_back()
        ready(page, address)
        assert cards.count() == len(wanted)
        # The browser itself says so of a page with status 400; the page is meant to have it.
        watched.problems[:] = [one for one in watched.problems if "400" not in one]
        quiet(watched, ruled.base)


def test_the_board_ranks_filters_and_goes_to_excel(browser: Browser, graph: Served) -> None:
    wanted = gaps(graph.ground, CITY, None)
    with opened(browser, graph.base) as watched:
        page = go(watched, graph.base + "/gaps")
        page.get_by_label("城市", exact=True).select_option("441900")
        page.get_by_role("button", name="显示").click()
        ready(page, "**city=441900*")
        supply = [one for one in wanted if one.stage == "supply"]
        page.locator(".switches a", has_text=f"供给环节 {len(supply)}").click()
        ready(page, "**stage=supply*")
        shown = page.locator(".gap").evaluate_all("all => all.map(one => [one.dataset.thing, one.dataset.status])")
        assert [tuple(one) for one in shown] == [(one.thing, one.status) for one in supply]
        scores = [float(one) for one in page.locator(".gap meter").evaluate_all("all => all.map(one => one.value)")]
        assert scores == sorted(scores, reverse=True)
        first = page.locator(".gap").first
        assert supply[0].detail in first.inner_text()
        page.locator(".gap a[data-evidence]").first.click()
        page.wait_for_selector("dialog .context mark")
        page.keyboard.press("Escape")
        with page.expect_download() as download:
            page.get_by_role("link", name="XLSX").click()
        assert download.value.suggested_filename.endswith("：缺口与机会.xlsx")
        for code in ("未标星", "未点名", "无记录", "无数据"):
            count = sum(1 for one in wanted if one.status == code)
            assert page.locator(f"[data-silence='{code}']").inner_text() == str(count)
        address = page.url
        page.reload()
        assert page.url == address
        page.locator(".chip a[aria-label]").click()
        page.wait_for_url(lambda url: "city=" not in url)
        assert page.locator(".gap").count() == 0
        quiet(watched, graph.base)


def test_the_graph_opens_from_a_search_and_nothing_moves(browser: Browser, graph: Served) -> None:
    wanted = surroundings(graph.index, [CITY])
    with opened(browser, graph.base) as watched:
        page = go(watched, graph.base + "/graph")
        page.locator("#gq").fill("dongguan")
        page.get_by_role("button", name="找", exact=True).click()
        ready(page, "**q=dongguan*")
        page.locator(".finds a").first.click()
        ready(page, "**thing=*")
        spots = page.locator("svg.graph [data-node]")
        places = "all => Object.fromEntries(all.map(one => [one.dataset.node, one.getAttribute('transform')]))"
        before = spots.evaluate_all(places)
        assert set(before) == set(wanted.where)
        assert page.locator("[data-entry]").count() == len(wanted.where)
        cluster = next(one for one in wanted.nodes if one.cls == "Cluster")
        entry = page.locator(f"[data-entry='{cluster.id}']")
        page.get_by_role("button", name="看全图").click()
        page.locator(f"[data-node='{cluster.id}']").locator("g").first.click(force=True)
        expect(entry).to_have_attribute("aria-current", "true")
        assert "chosen=" in page.url
        assert str(cluster.properties["name"]) in page.locator("[data-chosen]").inner_text()
        expect(entry.get_by_role("link", name="展开")).to_be_visible()
        # With the keyboard the list does the same.
        other = page.locator(f"[data-entry='{wanted.nodes[-1].id}'] [data-choose]")
        other.focus()
        page.keyboard.press("Enter")
        expect(page.locator("svg .chosen")).to_have_attribute("data-node", wanted.nodes[-1].id)
        expect(entry).not_to_have_attribute("aria-current", "true")
        page.get_by_role("button", name="看全图").click()
        page.locator(f"[data-node='{cluster.id}']").locator("g").first.dblclick(force=True)
        ready(page, "**open=*")
        after = spots.evaluate_all(places)
        whole = set(before) | {one.id for one in around(graph.index, cluster.id)}
        assert set(after) <= whole
        assert len(after) == min(len(whole), LIMIT) > len(before)
        assert {one: after[one] for one in before} == before
        page.reload()
        assert spots.evaluate_all(places) == after
        page.locator(".switches a", has_text="集群").click()
        ready(page, "**types=Cluster*")
        kept = spots.evaluate_all(places)
        assert 0 < len(kept) < len(after)
        assert all(after.get(one, place) == place for one, place in kept.items())
        page.go_back()
        page.wait_for_selector("body[data-ready]")
        assert spots.evaluate_all(places) == after
        quiet(watched, graph.base)


def test_a_way_between_two_things_and_the_export(browser: Browser, graph: Served, tmp_path: Path) -> None:
    near = {CITY, *(one.id for one in around(graph.index, CITY))}
    far = next(o for o in graph.index.of_class("Product") if o.id not in near and way(graph.index, CITY, o.id))
    with opened(browser, graph.base) as watched:
        page = go(watched, graph.base + f"/graph?thing={CITY}")
        page.locator("#to").fill(str(far.properties["name"]))
        page.get_by_role("button", name="找路径").click()
        ready(page, "**to=*")
        steps = page.locator(".way li")
        assert steps.count() >= 3
        assert "东莞" in steps.first.inner_text()
        assert str(far.properties["name"]) in steps.last.inner_text()
        assert page.locator("svg.graph [data-node]").count() == steps.count()
        drawn = set(page.locator("svg.graph text").all_text_contents())
        with page.expect_download() as download:
            page.get_by_role("link", name="导出为单个网页").click()
        assert download.value.suggested_filename.endswith(".html")
        quiet(watched, graph.base)
        saved = tmp_path / "way.html"
        download.value.save_as(saved)
    # What was shown, without the server: no request but for the file itself.
    with opened(browser, saved.as_uri()) as watched:
        page = go(watched, saved.as_uri())
        assert {short(one, 18) for one in page.locator("button[data-node]").all_text_contents()} == drawn
        assert set(watched.requests) == {saved.as_uri()}
        assert watched.problems == []


def test_a_chain_is_drawn_with_a_city_and_each_box_leads_on(browser: Browser, graph: Served) -> None:
    thing = CLUSTER if any(one.id == CLUSTER for one in graph.tables.nodes) else "cluster/gd20/automobiles"
    found = chain(graph.ground, thing)
    drawn = flow(found)
    name = str(graph.index.nodes[thing].properties["name"])
    with opened(browser, graph.base) as watched:
        page = go(watched, graph.base + "/chain")
        page.get_by_label("集群、细分领域或产品").fill(name)
        page.get_by_label("对照城市").select_option("440100")
        page.get_by_role("button", name="显示").click()
        ready(page, "**city=440100*")
        boxes = page.locator("svg.flow a")
        layers = boxes.evaluate_all("all => all.map(one => [one.dataset.box, Number(one.dataset.layer)])")
        assert sorted(map(tuple, layers)) == sorted((one.thing, one.layer) for one in drawn.boxes)
        here = page.locator("svg.flow a.flow-here")
        named = [one for one in drawn.boxes if one.named is not None and "city/440100" in one.named.cities]
        assert here.count() >= len(named) > 0
        colour = "one => getComputedStyle(one.querySelector('rect')).fill"
        assert here.first.evaluate(colour) != page.locator("svg.flow a:not(.flow-here)").first.evaluate(colour)
        assert page.locator("[data-measure]").count() > 0
        assert page.locator("table tbody tr").count() > len(found.stages)
        other = next(one for one in drawn.boxes if one.layer < 0)
        page.locator(f"svg.flow a[data-box='{other.thing}']").click()
        page.wait_for_url(lambda url: "thing=" in url and "city=440100" in url and name not in url)
        page.wait_for_selector("svg.flow .centre")
        assert page.locator("svg.flow .centre").get_attribute("data-box") == other.thing
        page.go_back()
        page.wait_for_selector("svg.flow")
        assert boxes.count() == len(drawn.boxes)
        quiet(watched, graph.base)


def test_policies_on_a_day_their_tree_and_the_calendar(browser: Browser, ruled: Served) -> None:
    ground = ruled.ground
    with opened(browser, ruled.base) as watched:
        page = go(watched, ruled.base + "/policies")
        assert "2023-05-04 判断（今天）" in page.inner_text("main")
        for day in ("2022-06-30", "2030-01-01"):
            page.get_by_label("哪一天").fill(day)
            page.get_by_role("button", name="显示").click()
            ready(page, f"**day={day}*")
            states = page.locator("[data-policy]").evaluate_all(
                "all => all.map(one => [one.dataset.policy, one.dataset.code])"
            )
            wanted = policies(ground, day=date.fromisoformat(day)).records()
            assert [tuple(one) for one in states] == [(one["id"], one["code"]) for one in wanted]
            for one in wanted:
                assert str(one["status"]) in page.inner_text("main")
        assert page.locator("[data-code=expired]").count() > 0
        page.locator("[data-policy]").first.get_by_role("link", name="谱系").click()
        ready(page, "**/lineage?policy=*")
        assert page.locator("h2").count() == 2
        page.get_by_role("link", name="时间节点").click()
        ready(page, "**/calendar")
        page.locator(".switches a", has_text="2022 (").click()
        ready(page, "**from=2022-01-01*")
        found = events(ground, date(2022, 1, 1), date(2023, 1, 1))
        days = page.locator("[data-event]").evaluate_all("all => all.map(one => [one.dataset.event, one.dataset.day])")
        assert [tuple(one) for one in days] == [(one.id, one.day.isoformat()) for one in found]
        assert len(found) > 0
        with page.expect_download() as download:
            page.get_by_role("link", name="下载日历文件").click()
        assert download.value.suggested_filename.endswith(".ics")
        quiet(watched, ruled.base)


def test_firms_of_a_city_a_firm_and_two_cities(browser: Browser, graph: Served) -> None:
    wanted = firms(graph.ground, Asked("city/440100"))
    named = [one for one in wanted if one.company is not None]
    ties = link(graph.ground, ("city/440100", CITY))
    with opened(browser, graph.base) as watched:
        page = go(watched, graph.base + "/city/440100")
        page.locator("main").get_by_role("link", name="企业", exact=True).click()
        ready(page, "**/firms?city=440100")
        assert page.locator("tbody tr").count() == len(wanted)
        silent = page.locator("tbody tr", has_text="无数据").count()
        assert silent == sum(1 for one in wanted if one.status == NO_DATA) > 0
        page.locator("[data-evidence]").first.click()
        page.wait_for_selector("dialog .context mark")
        page.keyboard.press("Escape")
        if named:  # the small graph names no firm
            name = str(graph.index.nodes[str(named[0].company)].properties["name"])
            page.locator("td").get_by_role("link", name=name, exact=True).first.click()
            ready(page, "**/thing/company/**")
            page.get_by_role("link", name="企业画像").click()
            ready(page, "**/company?name=*")
            facts = company(graph.ground, str(named[0].company), TODAY.isoformat())
            assert page.locator("tbody tr").count() == len(facts)
            assert page.locator("#f-date").input_value() == TODAY.isoformat()
            page.locator("#f-date").fill("2022-06-30")
            page.get_by_role("button", name="显示").click()
            ready(page, "**date=2022-06-30*")
            assert page.locator("tbody tr").count() == len(company(graph.ground, str(named[0].company), "2022-06-30"))
        page.locator("nav.switches").get_by_role("link", name="分工衔接").click()
        ready(page, "**/link**")
        page.locator("#f-from").select_option("440100")
        page.locator("#f-to").select_option("441900")
        page.get_by_role("button", name="显示").click()
        ready(page, "**to=441900*")
        assert page.locator("tbody tr").count() == len(ties) > 0
        address = page.url
        page.reload()
        assert page.url == address
        assert page.locator("tbody tr").count() == len(ties)
        page.locator("#f-to").select_option("440100")
        page.get_by_role("button", name="显示").click()
        ready(page, "**to=440100*")
        assert "两个不同的城市" in page.locator("[role=alert]").inner_text()
        page.go_back()
        ready(page, address)
        assert page.locator("[role=alert]").count() == 0
        watched.problems[:] = [one for one in watched.problems if "400" not in one]
        quiet(watched, graph.base)


def test_a_picture_fades_where_it_goes_on_and_is_whole_where_it_can_be_read(
    browser: Browser, large: Served, layout: Served
) -> None:
    sides = "svg.graph"
    with opened(browser, large.base) as watched:
        page = go(watched, large.base + f"/graph?thing={CITY}")
        for side in ("left", "top", "right", "bottom"):
            expect(page.locator(sides)).to_have_class(re.compile(f"on-{side}"))
        page.get_by_role("button", name="看全图").click()
        expect(page.locator(sides)).not_to_have_class(re.compile("on-"))
        page.get_by_role("button", name="回到中心").click()
        expect(page.locator(sides)).to_have_class(re.compile("on-left"))
        # Of four regions, far from one another, none would be seen around the middle.
        page = go(watched, large.base + f"/graph?thing={CITY}&types=Region")
        expect(page.locator(sides)).not_to_have_class(re.compile("on-"))
        quiet(watched, large.base)
    with opened(browser, layout.base) as watched:
        page = go(watched, layout.base + f"/graph?thing={CITY}")
        expect(page.locator(sides)).not_to_have_class(re.compile("on-"))
        size = "all => Math.min(...all.map(one => one.getBoundingClientRect().height))"
        assert float(page.locator("svg.graph text").evaluate_all(size)) >= 9
        quiet(watched, layout.base)


PATHS = (
    "/match?equipment=1000万元&city=东莞&date=2022-06-30",
    "/match",
    "/gaps?city=441900",
    "/gaps",
    f"/graph?thing={CITY}",
    "/graph?q=车",
    "/chain?cluster=gd20/automobiles&city=440100",
    "/policies?day=2022-06-30",
    "/lineage",
    "/calendar?from=2022-01-01",
    "/city/441900",
    "/cluster/gd20/automobiles?lang=en",
    "/firms?city=440100",
    "/company",
    "/five?cluster=gd20/automobiles&lang=en",
    "/link?from=440100&to=441900",
    "/compare?names=广州、深圳",
    "/tasks?city=441900",
    "/monitor",
)


@pytest.mark.parametrize("name", ["large", "layout", "rule"])
def test_axe_finds_nothing_and_narrow_screens_scroll_down_only(
    browser: Browser, request: pytest.FixtureRequest, name: str
) -> None:
    found: Served = request.getfixturevalue(name)
    with opened(browser, found.base) as watched, opened(browser, found.base, width=390) as narrow:
        for path in PATHS:
            page = go(watched, found.base + path)
            assert page.locator("main h1").inner_text(), path
            assert violations(page) == [], path
            phone = go(narrow, found.base + path)
            assert phone.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), path
        quiet(watched, found.base)
        quiet(narrow, found.base)


@pytest.mark.parametrize("path", [*PATHS[1:3], PATHS[4], *PATHS[6:10], *PATHS[12:]])
def test_the_keyboard_meets_every_control(browser: Browser, layout: Served, path: str) -> None:
    with opened(browser, layout.base) as watched:
        page = go(watched, layout.base + path)
        assert missed(page) == []


def test_all_of_it_works_without_script(browser: Browser, layout: Served, rule: Served) -> None:
    with opened(browser, layout.base, script=False) as watched:
        page = watched.page
        page.goto(layout.base + f"/graph?thing={CITY}")
        assert page.locator("[data-tools]:visible").count() == 0
        page.get_by_role("link", name="展开").first.click()
        page.wait_for_url("**open=*")
        assert page.locator("svg.graph [data-node]").count() > 3
        page.goto(layout.base + "/gaps?city=441900")
        assert page.locator(".gap").count() > 2
    with opened(browser, rule.base, script=False) as watched:
        watched.page.goto(rule.base + "/match?equipment=1000万元")
        assert watched.page.locator("[data-verdict]").count() == 2


def test_a_first_visit_is_small(browser: Browser, large: Served) -> None:
    with opened(browser, large.base) as watched:
        sizes: list[int] = []
        watched.page.on("response", lambda reply: sizes.append(len(reply.body())))
        for path in (*PATHS, "/graph?thing=region/粤府-2021-53/珠三角"):
            sizes.clear()
            go(watched, large.base + path)
            assert 3 <= len(sizes) <= 5, path
            assert sum(sizes) < 1_000_000, path


def test_a_poisoned_graph_runs_nothing(browser: Browser) -> None:
    with served(create_app(FakeAtlas(), today=lambda: TODAY)) as found, opened(browser, found) as watched:
        for path in (
            "match",
            "gaps?city=441900",
            f"graph?thing={CITY}",
            "chain?thing=product/1",
            "policies",
            "lineage",
            "query?sparql=x&view=graph",
            "ask/places?view=graph",
            "firms?city=441900",
            "company?name=company/1",
        ):
            page = go(watched, found + path)
            for spot in page.locator("svg [data-node]").all()[:3]:
                spot.locator("g").first.click(force=True)
            assert page.get_attribute("body", "data-hacked") is None, path
        quiet(watched, found)
