"""The map over two graphs: tiles and boundaries, one cluster and two."""

import json
import re
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusteratlas import Atlas, bundled
from clusteratlas.explorer import Explorer
from graph.tables import Node
from ontology.errors import FileProblem
from tests.web.asgi import Reply, get
from tests.web.fake import FakeAtlas
from tests.web.html import Page
from tests.web.star_graph import CITIES, NEW, OLD, StarAtlas
from web.app import create_app
from web.geo import TILE, WIDTH, Boundaries, boundaries, read_boundaries, tiles
from web.index import Index

Data = Mapping[str, Any]

SQUARES = {
    "source": "手画的方块",
    "source_en": "squares drawn by hand",
    "features": [
        {
            "properties": {"adcode": int(code), "cp": [x + 0.5, 30.5]},
            "geometry": {"type": kind, "coordinates": [ring] if kind == "Polygon" else [[ring]]},
        }
        for code, x, kind in (("990100", 100, "Polygon"), ("990200", 101, "MultiPolygon"))
        for ring in [[[x, 30], [x + 1, 30], [x + 1, 31], [x, 31], [x, 30]]]
    ],
}
APP = create_app(StarAtlas(), boundaries=boundaries(SQUARES))


SPOT = r'<a href="([^"]*)" class="([^"]*)"><title>([^<]*)</title>'


def fetch(address: str) -> Reply:
    return get(APP, quote(address, safe="/?=&%"))


def spots(address: str) -> list[tuple[str, str, str]]:
    """Style, link and words of each city on the map, in the order of drawing."""
    found = re.findall(SPOT, fetch(address).text)
    return [(style, unescape(link), unescape(words)) for link, style, words in found]


def test_each_city_is_coloured_by_its_level() -> None:
    found = {words.split(" × ")[0]: style for style, _, words in spots("/map?cluster=x/one")}
    assert found == {"甲城": "s3", "乙城": "s1", "丙城": "off"}
    other = {words.split(" × ")[0]: style for style, _, words in spots("/map?cluster=x/three")}
    assert other == {"甲城": "open guess", "乙城": "s2 fixed", "丙城": "none"}
    assert {style for style, _, _ in spots(f"/map?cluster=x/one&edition={OLD}")} == {"none", "named"}


def test_the_bundled_map_agrees_with_the_layout_that_the_build_wrote(bundled_atlas: Atlas) -> None:
    app = create_app(Explorer(bundled_atlas), boundaries=read_boundaries(bundled.boundaries()))
    edition = bundled_atlas.stars()["editions"][-1]
    held = {one["city"]: one for one in edition["cells"] if one["cluster"] == "新能源"}
    for view in ("tiles", "borders"):
        address = f"/map?cluster={quote('新能源')}&view={view}"
        page = Page(get(app, address))
        drawn = [words for _, _, words in re.findall(SPOT, get(app, address).text)]
        assert len(drawn) == 21
        for words in drawn:
            level = held[words.split(" × ")[0]]["level"]
            assert ("★" * level if level else "") == "".join(re.findall("★", words))
    assert "天地图" in page.text
    assert "天地图" not in Page(get(app, "/map")).text


def test_a_click_opens_the_city_in_this_cluster() -> None:
    links = {words.split(" × ")[0]: link for _, link, words in spots("/map?cluster=x/two")}
    assert links["乙城"] == "/city/990200?cluster=x%2Ftwo"


def test_two_clusters_stand_side_by_side_and_in_the_table() -> None:
    text = fetch("/map?cluster=x/one&with=x/three").text
    assert text.count("<figure>") == 2
    assert len(spots("/map?cluster=x/one&with=x/three")) == 6
    head, *rows = (re.findall(r"<t[hd][^>]*>(?:<[^>]*>)*([^<]*)", row) for row in text.split("<tr")[1:])
    assert head == ["城市", "稻米", "陶瓷"]
    assert ["甲城", "核心 ★★★，列入把握 0.99，星级把握 0.95", "未定是否列入，把握 0.50"] in rows
    assert len(rows) == 3
    assert "/map?cluster=x%2Fthree&with=x%2Fone" in Page(fetch("/map?cluster=x/one&with=x/three")).links()
    assert fetch("/map?cluster=x/one&with=x/one").text.count("<figure>") == 1


def test_without_a_cluster_it_shows_the_first() -> None:
    content: Data = json.loads(fetch("/map.json").text)
    assert [one["name"] for one in content["clusters"]] == ["稻米"]
    assert content["view"] == "tiles"
    assert fetch("/map.csv").text.count("\r\n") == 4


def test_boundaries_say_where_they_come_from_and_who_is_missing() -> None:
    page = Page(fetch("/map?cluster=x/one&view=borders"))
    assert "手画的方块" in page.text
    assert "边界文件里没有：丙城" in "".join(page.text.split("\n"))
    assert len(spots("/map?cluster=x/one&view=borders")) == 2
    assert "squares drawn by hand" in Page(fetch("/map?view=borders&lang=en")).text
    assert "手画的方块" not in Page(fetch("/map")).text


def test_the_chosen_city_lies_on_top() -> None:
    styles = [style for style, _, _ in spots("/map?cluster=x/one&city=990100")]
    assert styles[-1] == "s3 here"
    assert sum("here" in style for style in styles) == 1


@pytest.mark.parametrize(
    ("address", "status"),
    [("/map?cluster=云", 404), ("/map?with=云", 404), ("/map?view=globe", 400), ("/map?edition=1999", 404)],
)
def test_a_state_that_is_none_is_refused(address: str, status: int) -> None:
    assert fetch(address).status == status


def test_without_boundaries_there_are_tiles_only() -> None:
    app = create_app(StarAtlas())
    assert get(app, "/map?view=borders").status == 400
    assert "view=borders" not in get(app, "/map").text


def test_a_graph_without_a_layout_says_so() -> None:
    app = create_app(FakeAtlas())
    for address in ("/", "/map"):
        reply = get(app, address)
        assert reply.status == 200
        assert "还没有星级布局" in Page(reply).text
    assert json.loads(get(app, "/map.json").text) == {"cells": []}


def test_the_state_goes_on_to_the_overview_and_the_form() -> None:
    page = Page(fetch(f"/map?cluster=x/two&city=990200&edition={OLD}&view=borders"))
    assert f"/?city=990200&cluster=x%2Ftwo&edition={OLD}" in page.links()
    hidden = {one["name"]: one["value"] for one in page.all("input") if one.get("type") == "hidden"}
    assert hidden == {"edition": OLD, "city": "990200", "view": "borders"}
    assert f"/map?cluster=x%2Ftwo&city=990200&edition={OLD}" in page.links()  # the tiles
    assert "/map?cluster=x%2Ftwo&city=990200&view=borders" in page.links()  # the newer edition
    assert NEW not in str(page.links())


def place(code: str) -> tuple[float, float]:
    shape = boundaries(SQUARES).shapes[code]
    return shape.x, shape.y


def test_outlines_fill_the_width_and_north_is_up() -> None:
    known = boundaries(SQUARES)
    assert known.shapes["990100"].path.startswith("M0 ")
    assert str(WIDTH)[:4] in known.shapes["990200"].path
    assert place("990100")[0] == pytest.approx(WIDTH / 4)
    assert place("990200")[0] == pytest.approx(WIDTH * 3 / 4)
    # A degree of latitude is longer than a degree of longitude away from the equator.
    assert known.height == pytest.approx(WIDTH / 2 / 0.8616, rel=1e-3)
    one = known.shapes["990100"]
    assert max(float(y) for y in re.findall(r" ([\d.]+)", one.path)) == pytest.approx(known.height)


def test_what_lies_north_stands_above() -> None:
    rings = {code: [[100, y], [101, y], [101, y + 1]] for code, y in (("1", 30), ("2", 31))}
    features = [
        {"properties": {"adcode": code, "cp": ring[0]}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
        for code, ring in rings.items()
    ]
    known = boundaries({"features": features})
    assert (known.shapes["1"].y, known.shapes["2"].y) == (known.height, pytest.approx(known.height / 2, abs=0.1))
    assert known.source == "未注明来源"


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"features": [{}]}', '{"features": []}'])
def test_a_file_that_is_no_map_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "geo.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FileProblem, match=r"geo\.json"):
        read_boundaries(path)


def test_the_bundled_boundaries_hold_every_city(bundled_atlas: Atlas) -> None:
    known: Boundaries = read_boundaries(bundled.boundaries())
    codes = {str(city.properties["code"]) for city in Index(bundled_atlas.rows()).of_class("City")}
    assert codes == set(known.shapes)


def test_tiles_keep_who_is_west_and_north() -> None:
    cities = [node for node in StarAtlas().tables().nodes if node.cls == "City"]
    places = {
        node.id.removeprefix("city/"): place for node, place in zip(cities, tiles(cities).places.values(), strict=True)
    }
    assert places["990100"][0] < places["990200"][0]
    assert places["990300"][1] > places["990100"][1]
    assert len(places) == len(CITIES)


def test_each_tile_is_drawn_on_its_place() -> None:
    drawn = re.findall(r'<rect class="land" x="([\d.]+)" y="([\d.]+)"', fetch("/map?cluster=x/one").text)
    known = tiles([node for node in StarAtlas().tables().nodes if node.cls == "City"]).places.values()
    assert {(float(x), float(y)) for x, y in drawn} == {(x * TILE, y * TILE) for x, y in known}


@pytest.mark.parametrize("apart", [0.1, 0.5, 3.0])
def test_tiles_fill_the_map_however_far_the_cities_are_apart(apart: float) -> None:
    """A lattice of cities reaches every edge, and each row and column of it stays one."""
    found = tiles([city(10 * x + y, 110 + x * apart, 23 + y * apart) for x in range(4) for y in range(4)])
    columns, rows = ({place[side] for place in found.places.values()} for side in (0, 1))
    assert (min(columns), max(columns)) == (0, found.columns - 1)
    assert (min(rows), max(rows)) == (0, found.rows - 1)
    assert all(found.places[f"city/{x}0"][1] > found.places[f"city/{x}3"][1] for x in ("", 1, 2, 3))


def city(number: int, x: float | None, y: float | None) -> Node:
    known = {} if x is None or y is None else {"longitude": x, "latitude": y}
    return Node(f"city/{number}", "City", {"name": str(number), **known})


@given(
    st.lists(
        st.one_of(
            st.just((None, None)), st.tuples(st.floats(73, 135, allow_nan=False), st.floats(18, 54, allow_nan=False))
        ),
        max_size=30,
    )
)
def test_every_city_has_a_tile_of_its_own(points: list[tuple[float | None, float | None]]) -> None:
    cities = [city(number, x, y) for number, (x, y) in enumerate(points)]
    found = tiles(cities)
    assert len(set(found.places.values())) == len(found.places) == len(cities)
    assert all(0 <= x < found.columns and 0 <= y < found.rows for x, y in found.places.values())
    assert tiles(cities) == found
