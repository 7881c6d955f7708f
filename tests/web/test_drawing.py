"""The picture as a page shows it: lines between the right dots, a list that says what leads where, its export."""

from graph.tables import Edge, Node, Tables
from tests.web.analysis_graphs import industry
from web.drawing import drawing, picture_node, scene
from web.index import Index
from web.speech import Speech
from web.surroundings import gathered, surroundings

DONGGUAN, CAR = "city/441900", "cluster/gd20/automobiles"


def test_lines_end_at_the_dots_that_they_connect() -> None:
    index = Index(industry())
    for found in (surroundings(index, [DONGGUAN], [CAR]), gathered(index, [DONGGUAN, CAR, "city/440100"])):
        shown = drawing(index, found, "", Speech(), str, str)
        wanted = {frozenset((one.source, one.target)) for one in found.relations if one.source != one.target}
        assert {frozenset(shown.spots[n].node.id for n in (a, b)) for *_, a, b, _ in shown.lines} == wanted
        assert len(shown.lines) == len(wanted)
        for x1, y1, x2, y2, a, b, near in shown.lines:
            ends = [shown.spots[a], shown.spots[b]]
            assert [(one.x, one.y) for one in ends] == [(x1, y1), (x2, y2)]
            assert near == any(one.spine for one in ends)


def test_the_list_begins_with_what_the_picture_is_about() -> None:
    nodes = [Node(f"product/{i}", "Product", {"name": f"物{i}"}) for i in range(5)]
    edges = [Edge("partOf", "product/4", f"product/{i}", {}) for i in range(4)]
    edges.append(Edge("partOf", "product/1", "product/3", {}))
    index = Index(Tables.of(nodes, edges))
    shown = drawing(index, surroundings(index, ["product/3"], ["product/4"]), "", Speech(), str, str)
    told = [(tie.arrow, tie.other.id) for tie in shown.ties["product/4"]]
    assert told == [("→", "product/3"), ("→", "product/0"), ("→", "product/1"), ("→", "product/2")]
    assert [(tie.arrow, tie.other.id) for tie in shown.ties["product/3"]] == [("←", "product/1"), ("←", "product/4")]
    assert [one.chosen for one in shown.spots].count(True) == 1
    assert next(one for one in shown.spots if one.chosen).node.id == "product/3"


def test_a_thing_is_exported_with_what_is_known_of_it_and_its_name_once() -> None:
    node = Node("city/1", "City", {"name": "甲", "name_en": "Jia", "code": "990100"})
    assert picture_node(node, Speech()).lines == ("代码：990100",)
    assert picture_node(node, Speech("en")).label == "Jia"
    assert all("：" not in line for line in picture_node(node, Speech("en")).lines)
    index = Index(industry())
    found = scene(index, gathered(index, [DONGGUAN, CAR]), "题", Speech())
    assert found.centre is None
    assert {one.id for one in found.nodes} == {DONGGUAN, CAR}
    assert len(found.edges) > 0
