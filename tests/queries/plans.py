"""Small graphs for the analyses of plans: nodes and edges by hand, with evidence."""

from collections.abc import Iterable

from graph.tables import Edge, Node, Tables, Value
from queries.index import Index
from queries.table import Table

SAID = {"origin": "document"}
DONGGUAN = "city/441900"
HUIZHOU = "city/441300"
PROVINCE = "region/cn/广东"


class Sketch:
    """A graph that grows: every node that is stated gets a piece of evidence of its own."""

    def __init__(self) -> None:
        self.nodes: dict[str, Node] = {}
        self.edges: list[Edge] = []
        self.node("document/1", "Document", file="plan.txt", name="规划")
        self.node(DONGGUAN, "City", name="东莞", code="441900")
        self.node(HUIZHOU, "City", name="惠州", code="441300")
        self.node(PROVINCE, "Region", name="广东", aliases=("全省",))

    def node(self, identifier: str, cls: str, **properties: Value) -> str:
        self.nodes[identifier] = Node(identifier, cls, properties)
        return identifier

    def edge(self, kind: str, source: str, target: str, **properties: Value) -> None:
        self.edges.append(Edge(kind, source, target, {**SAID, **properties}))

    def stated(self, identifier: str, cls: str, quote: str = "", section: str = "规划", /, **properties: Value) -> str:
        """A node with evidence; its line is its number in the order of making."""
        line = len(self.nodes)
        said = f"evidence/{line}"
        self.node(
            said,
            "Evidence",
            quote=quote or str(properties.get("name", identifier)),
            section=section,
            cite=f"《规划》 {section}",
            start=line * 10,
            end=line * 10 + 5,
            line=line,
        )
        self.node(identifier, cls, **properties)
        self.edge("evidencedBy", identifier, said)
        self.edge("inDocument", said, "document/1")
        return identifier

    def policy(self, identifier: str, name: str, **properties: Value) -> str:
        return self.stated(
            identifier,
            "Policy",
            name,
            name=name,
            **{"draft": False, "grade": "规划", "level": "provincial", "title_as_printed": name, **properties},
        )

    def figure(self, policy: str, place: str, subject: str, indicator: str, value: float, unit: str, year: int,
               **properties: Value) -> str:  # fmt: skip
        figure = f"targets/{len(self.nodes)}"
        known: dict[str, Value] = {"kind": "target", "comparator": "=", **properties}
        self.stated(
            figure, "Figure", name=subject, indicator=indicator, value=value, unit=unit, year=year,
            **known,
        )  # fmt: skip
        self.edge("aboutPlace", figure, place)
        self.edge("edition", figure, policy)
        self.edge("provides", policy, figure)
        return figure

    def cite(self, citing: str, relation: str, cited: str) -> None:
        citation = self.stated(f"citations/{len(self.nodes)}", "Citation", relation=relation)
        self.edge("citingPolicy", citation, citing)
        self.edge("citedPolicy", citation, cited)

    def index(self) -> Index:
        return Index(Tables.of(self.nodes.values(), self.edges))


def by(table: Table, column: str) -> dict[object, dict[str, object]]:
    """The rows of a table by one of their columns, which must tell them apart."""
    records = table.records()
    found = {record[column]: record for record in records}
    assert len(found) == len(records)
    return found


def follow(index: Index, table: Table) -> int:
    """Checks that every row leads to evidence that the graph holds, quoted as it stands; returns how many rows."""
    for record in table.records():
        evidence = record["evidence"]
        assert isinstance(evidence, Iterable)
        basis = [one for one in evidence if isinstance(one, dict)]
        assert basis, record
        for one in basis:
            node = index.node(str(one["id"]))
            assert (node.cls, node.properties["quote"]) == ("Evidence", one["quote"])
            assert node.properties["cite"] == one["cite"] != ""
            assert one["file"]
            assert node.properties["line"] == one["line"]
    return len(table.rows)
