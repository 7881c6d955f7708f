"""Profiles on two graphs: what is shown is computed from the graph, and differs where the graphs differ."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import unquote

import pytest
from starlette.types import ASGIApp

from clusteratlas import Atlas
from clusteratlas.explorer import Explorer
from graph.directory import GraphDirectory
from graph.tables import Edge, Node, Tables
from ontology.vocabulary import vocabulary
from tests.web.asgi import get
from tests.web.fake import CLUSTER, FakeAtlas
from tests.web.html import Page
from web.app import create_app
from web.index import Index
from web.speech import Speech
from web.stars import Star, assigned

ROBOTS = vocabulary().cluster("智能机器人").id


@pytest.fixture
def box(box_graph: Callable[..., GraphDirectory]) -> Iterator[ASGIApp]:
    """The pages over a graph of one box that names three cities."""
    with Atlas(box_graph().path) as atlas:
        yield create_app(Explorer(atlas))


@pytest.fixture(scope="module")
def bundled(bundled_atlas: Atlas) -> ASGIApp:
    return create_app(Explorer(bundled_atlas))


def data(app: ASGIApp, address: str) -> dict[str, object]:
    reply = get(app, address)
    assert reply.status == 200, address
    found: dict[str, object] = json.loads(reply.text)
    return found


def line(found: dict[str, object], identifier: str) -> dict[str, object]:
    overview = found["overview"]
    assert isinstance(overview, list)
    return next(one for one in overview if one["id"] == identifier)


def test_the_box_names_three_cities(box: ASGIApp) -> None:
    overview = data(box, f"/{ROBOTS}.json")["overview"]
    assert isinstance(overview, list)
    assert {one["name"]: one["role"] for one in overview if one["named"]} == {
        "深圳": "core",
        "惠州": "core",
        "东莞": "mention",
    }
    text = Page(get(box, f"/{ROBOTS}")).text
    assert text.count("以深圳、惠州为核心，打造无人机产业集群") >= 2
    assert "飞控系统" in text


def test_a_city_of_the_box(box: ASGIApp) -> None:
    page = Page(get(box, "/city/441900"))
    assert "飞控系统" in page.text
    assert "打造无人机产业集群" not in page.text
    assert "1/1" in page.text
    assert [href for href in page.links() if href and href.startswith("/evidence/")]


def test_the_bundled_graph_says_more(bundled: ASGIApp, bundled_atlas: Atlas) -> None:
    found = data(bundled, f"/{ROBOTS}.json")
    index = Index(bundled_atlas.rows())
    expected = {node.id for node in index.statements(ROBOTS, "LayoutStatement")}
    statements = found["statements"]
    assert isinstance(statements, list)
    assert {one["id"] for one in statements if one["class"] == "LayoutStatement"} == expected
    assert len(expected) > 10


def test_counts_of_the_overview_agree_with_the_statements(bundled: ASGIApp) -> None:
    found = data(bundled, "/city/441900.json")
    statements, overview = found["statements"], found["overview"]
    assert isinstance(statements, list)
    assert isinstance(overview, list)
    layout = [one for one in statements if one["class"] == "LayoutStatement"]
    assert sum(one["statements"] for one in overview) == len(layout)
    for one in overview:
        of_cluster = [s for s in layout if s["clusters"][0]["id"] == one["id"]]
        named = {part["id"] for s in of_cluster for part in s["subsectors"]}
        assert one["subsectors_named"] == len(named)
        assert one["subsectors_named"] <= one["subsectors"]
        mentions = [s for s in statements if s["class"] == "Mention" and one["id"] in {c["id"] for c in s["clusters"]}]
        assert one["companies_named"] == len({firm["id"] for s in mentions for firm in s["companies"]})
    assert any(one["companies_named"] for one in overview)


def test_a_subsector_of_another_cluster_does_not_count() -> None:
    class Crossed(FakeAtlas):
        def __init__(self) -> None:
            super().__init__()
            strange = Node("subsector/other", "Subsector", {"name": "别处的"})
            edge = Edge("aboutSubsector", "layout/0", strange.id, {})
            self._tables = Tables.of((*self._tables.nodes, strange), (*self._tables.edges, edge))

    found = line(data(create_app(Crossed()), "/city/441900.json"), CLUSTER)
    assert (found["subsectors_named"], found["subsectors"]) == (1, 2)


def test_a_cluster_keeps_to_its_statements(bundled: ASGIApp) -> None:
    every = data(bundled, "/city/441900.json")["statements"]
    some = data(bundled, f"/city/441900.json?cluster={ROBOTS}")["statements"]
    assert isinstance(every, list)
    assert isinstance(some, list)
    assert 0 < len(some) < len(every)
    assert [one["id"] for one in every if ROBOTS in {c["id"] for c in one["clusters"]}] == [one["id"] for one in some]


def test_city_and_cluster_say_the_same_of_each_other(bundled: ASGIApp) -> None:
    one = data(bundled, f"/city/441900.json?cluster={ROBOTS}")["statements"]
    other = data(bundled, f"/{ROBOTS}.json?city=441900")["statements"]
    assert sorted(s["id"] for s in one) == sorted(s["id"] for s in other)  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["441900", "%E4%B8%9C%E8%8E%9E", "Dongguan", "%E4%B8%9C%E8%8E%9E%E5%B8%82"])
def test_a_city_by_each_of_its_names(bundled: ASGIApp, name: str) -> None:
    assert data(bundled, f"/city/{name}.json")["id"] == "city/441900"


def test_a_wrong_name_gets_near_ones(bundled: ASGIApp) -> None:
    reply = get(bundled, "/city/%E4%B8%9C%E7%AE%A1")
    assert reply.status == 404
    assert "东莞" in reply.text


def test_strongest_roles_come_first(bundled: ASGIApp) -> None:
    reply = get(bundled, "/city/440300.csv")
    rows = list(csv.DictReader(io.StringIO(reply.text.removeprefix("\ufeff"))))
    roles = [row["角色或关系"] for row in rows if row["类别"] == "布局表述"]
    order = [one.name for one in vocabulary().codes("role").values()]
    assert [order.index(role) for role in roles] == sorted(order.index(role) for role in roles)
    assert len(set(roles)) > 2


def test_unnamed_subsectors_are_the_answer_of_the_library(bundled: ASGIApp, bundled_atlas: Atlas) -> None:
    cluster = vocabulary().cluster("半导体与集成电路").id
    answer = bundled_atlas.ask("city-not-named", {"city": "东莞", "cluster": "半导体与集成电路"})
    names = {str(record["subsector_name"]) for record in answer.records()}
    assert names
    page = Page(get(bundled, f"/city/441900?cluster={cluster}"))
    part = page.text.split("没有点名的细分领域")[1].split("点名的企业")[0]
    assert all(name in part for name in names)
    assert "未点名" in part


def test_silences_stay_apart() -> None:
    text = Page(get(create_app(FakeAtlas()), "/city/440300")).text
    assert "未点名" in text
    assert "无数据" in text
    assert "未标星" not in text  # no stars are known
    assert "无记录" not in text  # no registry is loaded


def test_no_record_needs_a_registry() -> None:
    class Registered(FakeAtlas):
        def __init__(self) -> None:
            super().__init__()
            firm = Node("company/r", "Company", {"name": "某公司", "credit_code": "9144"})
            row = Node("firms/r", "Registration", {"name": "某公司 · 深圳"})
            said = [Edge("aboutCompany", row.id, firm.id, {}), Edge("aboutPlace", row.id, "city/440300", {})]
            self._tables = Tables.of((*self._tables.nodes, firm, row), (*self._tables.edges, *said))

    app = create_app(Registered())
    assert "无记录" in Page(get(app, "/city/441900")).text
    assert "无记录" not in Page(get(app, "/city/440300")).text
    assert "无数据" not in Page(get(app, "/city/441900")).text


def test_a_region_does_not_name_its_cities() -> None:
    found = data(create_app(FakeAtlas()), "/city/441900.json")["statements"]
    assert isinstance(found, list)
    assert "layout/1" not in {one["id"] for one in found}
    page = Page(get(create_app(FakeAtlas()), "/city/441900"))
    assert "所在区域的表述" in page.text
    assert "/thing/layout/1" in page.links()


def test_relations_that_are_no_statements_are_shown_too() -> None:
    class Sited(FakeAtlas):
        def __init__(self) -> None:
            super().__init__()
            site = Node("site/1", "Site", {"name": "某产业园"})
            edge = Edge("locatedIn", site.id, "city/441900", {})
            self._tables = Tables.of((*self._tables.nodes, site), (*self._tables.edges, edge))

    page = Page(get(create_app(Sited()), "/city/441900"))
    assert "某产业园" in page.text
    assert "/thing/site/1" in page.links()
    assert "某产业园" not in Page(get(create_app(Sited()), "/city/440300")).text


def test_what_has_no_name_is_called_by_its_words() -> None:
    assert Speech().name(Node("x/1", "Condition", {"text": "营业收入超过一亿元"})) == "条件：营业收入超过一亿元"
    assert Speech("en").name(Node("x/1", "Benefit", {"amount_printed": "50万元"})).endswith(": 50万元")
    assert Speech().name(Node("x/1", "Condition", {})) == "x/1"
    assert Speech().said("Instrument", "instrument_type", "post-award") != "post-award"


def test_stars_are_shown_where_somebody_knows_them() -> None:
    def stars(thing: str) -> dict[str, Star]:
        return {CLUSTER: Star(True, 3, 0.99)} if thing == "city/441900" else {}

    app = create_app(FakeAtlas(), stars=stars)
    assert "★★★" in Page(get(app, "/city/441900")).text
    assert line(data(app, "/city/441900.json"), CLUSTER)["star"] == 3
    assert "★★★" not in Page(get(app, "/city/440300")).text


def test_stars_of_the_graph_are_those_of_the_current_edition() -> None:
    nodes = [Node("city/1", "City", {"name": "甲"})]
    edges = []
    cases = {
        "a": (True, "2", 0.95, True),
        "b": (False, None, 0.99, True),
        "c": (True, "1", 0.5, True),
        "d": (True, "3", 1.0, False),
    }
    for name, (present, level, confidence, current) in cases.items():
        said = {"present": present, "confidence": confidence, "current": current}
        nodes += [
            Node(f"cluster/{name}", "Cluster", {"name": name}),
            Node(f"assignment/{name}", "Assignment", said if level is None else {**said, "level": level}),
        ]
        edges += [
            Edge("aboutPlace", f"assignment/{name}", "city/1", {}),
            Edge("aboutCluster", f"assignment/{name}", f"cluster/{name}", {}),
        ]
    found = assigned(Index(Tables.of(nodes, edges)))("city/1")
    words = {key: star.words(Speech()) for key, star in found.items()}
    assert words == {"cluster/a": "★★", "cluster/b": "未标星", "cluster/c": "★（推断）"}
    assert found["cluster/a"].link == "assignment/a"


def test_cities_stand_everywhere_as_on_the_overview(bundled: ASGIApp) -> None:
    """By region: the delta first, as planners list them, and not by their codes."""
    wanted = [one["id"] for one in data(bundled, "/index.json")["cities"]]  # type: ignore[attr-defined]
    assert len(wanted) == 21
    assert wanted != sorted(wanted)
    profile: Any = data(bundled, f"/{ROBOTS}.json")["overview"]
    assert [one["id"] for one in profile] == wanted
    cells: Any = data(bundled, "/map.json")["cells"]
    assert [one["city"] for one in cells] == wanted
    options = [one.get("value") for one in Page(get(bundled, "/gaps")).all("option")]
    assert [one.removeprefix("city/") for one in wanted] == options[1:22]


def test_stars_of_a_profile_have_footnotes_that_lead_to_their_witnesses(bundled: ASGIApp, bundled_atlas: Atlas) -> None:
    index = Index(bundled_atlas.rows())
    sentence = get(bundled, "/city/441900").text.partition("星级布局列入")[2].partition("文件为")[0]
    notes = re.findall(r'href="/(evidence/[^"]+)"', sentence)
    assert 0 < len(notes) <= 3
    for one in notes:
        held = [cell for node in index.resting(unquote(one)) for cell in index.sources(node.id, "supportedBy")]
        assert any(cell.id.endswith("/441900") for cell in held)


@pytest.mark.parametrize("address", [f"/{ROBOTS}", "/city/441900", "/city/441900?lang=en"])
def test_every_section_of_a_profile_has_a_heading_in_words(bundled: ASGIApp, address: str) -> None:
    text = get(bundled, address).text
    sections = re.findall(r'<section aria-labelledby="([^"]+)"', text)
    assert {"companies", "places", "targets", "gaps"} <= set(sections)
    for one in sections:
        heading = re.search(rf'id="{one}"[^>]*>(.*?)</h2>', text, re.S)
        assert heading is not None, one
        assert re.sub("<[^>]*>", "", heading[1]).strip(), one
