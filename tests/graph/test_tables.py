"""Tables are the same whatever the order, the format and the place."""

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.tables import Edge, Node, Tables, digest

VALUES = st.one_of(
    st.text(max_size=8), st.integers(-9, 9), st.booleans(), st.tuples(st.text(max_size=3), st.text(max_size=3))
)
PROPERTIES = st.dictionaries(st.sampled_from(["name", "level", "aliases"]), VALUES, max_size=3)
NODES = st.lists(st.builds(Node, st.uuids().map(str), st.just("City"), PROPERTIES), max_size=5)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)  # a busy machine is no mistake
@given(NODES)
def test_order_does_not_count(nodes: list[Node]) -> None:
    edges = [Edge("inRegion", a.id, b.id, {"origin": "vocabulary"}) for a in nodes for b in nodes]
    one = Tables.of(nodes, edges)
    other = Tables.of(reversed(nodes), reversed(edges))
    assert one == other
    assert digest(one) == digest(other)


def test_tables_survive_the_disk(tmp_path: Path) -> None:
    hostile = '<script>alert(1)</script> "x" {y} \u202e\n\t'
    tables = Tables.of(
        [Node("city/1", "City", {"name": hostile, "aliases": ("甲", "乙"), "level": 3, "draft": False, "x": 1.5})],
        [Edge("inRegion", "city/1", "city/1", {"origin": "vocabulary"})],
    )
    tables.write(tmp_path)
    again = Tables.read(tmp_path)
    assert again == tables
    assert digest(again) == digest(tables)


def test_every_part_of_a_row_counts() -> None:
    def of(cls: str = "City", name: str = "甲", kind: str = "inRegion", origin: str = "rule") -> str:
        nodes = [Node("a", cls, {"name": name}), Node("b", "City", {})]
        return digest(Tables.of(nodes, [Edge(kind, "a", "b", {"origin": origin})]))

    assert len({of(), of(cls="Region"), of(name="乙"), of(kind="partOf"), of(origin="document")}) == 5
