"""Names of nodes that no document names."""

import pytest

from clusteratlas import Atlas
from graph.naming import named, tidy
from graph.tables import Edge, Node


def test_every_node_has_a_tidy_name(bundled_atlas: Atlas) -> None:
    for node in bundled_atlas.rows().nodes:
        name = str(node.properties.get("name", ""))
        assert name, node.id
        assert name == tidy(name)


def test_a_name_put_together_is_no_qualifier_of_a_shortcut(bundled_atlas: Atlas) -> None:
    shortcuts = [edge for edge in bundled_atlas.rows().edges if "via" in edge.properties]
    assert len(shortcuts) > 1000
    assert not any("name" in edge.properties for edge in shortcuts)


def test_a_statement_is_named_by_its_parts_and_its_codes_in_words() -> None:
    nodes = {
        node.id: node
        for node in (
            Node("city/440600", "City", {"name": "佛山"}),
            Node("cluster/x", "Cluster", {"name": "智能机器人"}),
            Node("subsector/x", "Subsector", {"name": "无人机"}),
            Node("layout/1", "LayoutStatement", {"role": "core"}),
            Node("layout/2", "LayoutStatement", {"role": "mention"}),
            Node("evidence/1", "Evidence", {"quote": "**1.** 以深圳、\n惠州为核心" + "，打造产业集群" * 9}),
            Node("figure/1", "Figure", {"name": "汕头", "indicator": "增加值"}),
            Node("condition/1", "Condition", {"logic": "any"}),
            Node("assignment/1", "Assignment", {"present": False}),
        )
    }
    edges = [Edge("aboutPlace", f"layout/{n}", "city/440600", {}) for n in (1, 2)]
    edges += [Edge("aboutCluster", f"layout/{n}", "cluster/x", {}) for n in (1, 2)]
    edges += [
        Edge("aboutSubsector", "layout/2", "subsector/x", {}),
        Edge("aboutPlace", "assignment/1", "city/440600", {}),
    ]
    names = {name: node.properties.get("name") for name, node in named(nodes, edges).items()}
    assert names["layout/1"] == "佛山 · 智能机器人 · 核心"
    assert names["layout/2"] == "佛山 · 无人机 · 点名"
    assert names["evidence/1"] == "1. 以深圳、 惠州为核心，打造产业集群，打造…"
    assert names["figure/1"] == "汕头"
    assert names["condition/1"] == "满足其一"
    assert names["assignment/1"] == "佛山 · 无布局"


@pytest.mark.parametrize(
    ("name", "after"), [(" 东莞", "东莞"), ("东\n莞", "东 莞"), ("甲 乙", "甲 乙"), ("甲  乙", "甲  乙"), ("\t", "")]
)
def test_names_are_tidied(name: str, after: str) -> None:
    assert tidy(name) == after
    node = named({"a": Node("a", "Product", {"name": name})}, [])["a"]
    assert node.properties["name"] == (after or name)
