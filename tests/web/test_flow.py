"""The picture of a chain: layers from left to right, boxes that do not cover one another, curves between neighbours."""

import re

import pytest

from queries.index import Index
from queries.industry.chain import Chain, chain
from tests.queries.industry_graph import cluster, subsector
from tests.web.analysis_graphs import industry
from web.flow import COLUMN, HEIGHT, ROW, WIDTH, flow


def of(thing: str, steps: int = 2) -> Chain:
    return chain(Index(industry()), thing, steps)


def test_what_goes_in_stands_left_and_where_it_goes_right() -> None:
    drawn = flow(of(subsector("汽车", "零部件")))
    layer = {one.thing: one.layer for one in drawn.boxes}
    assert layer[subsector("汽车", "零部件")] == 0
    assert layer["product/芯片"] == -1
    assert layer["product/硅片"] == -2
    assert layer[subsector("汽车", "整车")] == 1
    x = {one.thing: one.x for one in drawn.boxes}
    assert x["product/硅片"] < x["product/芯片"] < x[subsector("汽车", "零部件")] < x[subsector("汽车", "整车")]
    ends = {(source, target) for _, source, target in drawn.curves}
    assert ("product/硅片", "product/芯片") in ends
    assert ("product/芯片", subsector("汽车", "零部件")) in ends
    assert (subsector("汽车", "零部件"), subsector("汽车", "整车")) in ends
    assert not any(target == "product/硅片" for _, target in ends)


def test_a_cluster_has_its_subsectors_in_the_middle() -> None:
    drawn = flow(of(cluster("汽车")))
    middle = [one.thing for one in drawn.boxes if one.layer == 0]
    assert {subsector("汽车", "整车"), subsector("汽车", "零部件")} <= set(middle)
    assert len({one.thing for one in drawn.boxes}) == len(drawn.boxes)


@pytest.mark.parametrize("thing", [cluster("汽车"), subsector("汽车", "整车"), "product/芯片", "product/电池"])
def test_no_box_covers_another_and_all_lie_inside(thing: str) -> None:
    drawn = flow(of(thing, 3))
    places = {(one.x, one.y) for one in drawn.boxes}
    assert len(places) == len(drawn.boxes)
    assert ROW > HEIGHT
    assert COLUMN > WIDTH
    assert all(one.x + WIDTH <= drawn.width and one.y + HEIGHT <= drawn.height for one in drawn.boxes)
    by_layer = dict(drawn.layers)
    assert all(by_layer[one.layer] == one.x for one in drawn.boxes)
    assert flow(of(thing, 3)) == drawn


@pytest.mark.parametrize("thing", [cluster("汽车"), subsector("汽车", "整车"), "product/芯片"])
def test_a_curve_leads_from_the_middle_of_one_box_to_that_of_the_other(thing: str) -> None:
    drawn = flow(of(thing, 3))
    boxes = {one.thing: one for one in drawn.boxes}
    assert drawn.curves
    for path, source, target in drawn.curves:
        x1, y1, *_, x2, y2 = map(float, re.findall(r"-?[\d.]+", path))
        left, right = boxes[source], boxes[target]
        assert (x1, y1, y2) == (left.x + WIDTH, left.y + HEIGHT / 2, right.y + HEIGHT / 2)
        assert x2 == right.x + (WIDTH if left.layer >= right.layer else 0)


def test_named_places_come_along() -> None:
    named = {one.thing: one.named for one in flow(of(subsector("汽车", "整车"))).boxes}
    own, motor = named[subsector("汽车", "整车")], named["product/电机"]
    assert own is not None
    assert set(own.cities) == {"city/440100", "city/440300"}
    assert motor is not None
    assert not motor.cities
