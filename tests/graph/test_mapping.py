"""Nodes that several facts describe: what is kept, and what the receipt is told."""

from graph.mapping import Collector
from graph.tables import Edge, Node


def test_the_longer_reading_is_kept_and_the_other_is_on_the_receipt() -> None:
    for order in (1, -1):
        collector = Collector()
        collector.add([Node("company/x", "Company", {"name": name}) for name in ("华为", "华为技术有限公司")][::order])
        assert collector.nodes["company/x"].properties == {"name": "华为技术有限公司"}
        (merge,) = collector.merges
        assert (merge.id, merge.property, merge.kept, merge.given_up) == (
            "company/x",
            "name",
            "华为技术有限公司",
            "华为",
        )
        assert collector.repeated == 1


def test_what_only_one_says_is_kept_and_lists_are_joined() -> None:
    collector = Collector()
    collector.add([Node("a", "City", {"aliases": ("乙", "甲")}), Node("a", "City", {"aliases": ("丙",), "code": "1"})])
    assert collector.nodes["a"].properties == {"aliases": ("丙", "乙", "甲"), "code": "1"}
    assert collector.merges == []


def test_an_edge_stands_once_for_each_statement() -> None:
    collector = Collector()
    edge = Edge("inRegion", "a", "b", {"origin": "vocabulary"})
    shortcuts = [Edge("develops", "a", "b", {"origin": "rule", "via": via}) for via in ("layout/1", "layout/2")]
    collector.add([edge, edge, *shortcuts])
    assert (len(collector.edges), collector.repeated) == (3, 1)
