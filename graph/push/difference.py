"""What a Neo4j holds of a graph, and what is missing, changed and left over there."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from graph.push import texts
from graph.push.marks import edge_hash, node_hash
from graph.push.rows import changed_row, edge_row, node_row
from graph.tables import Edge, Node, Tables
from ontology.errors import MappingError
from ontology.model import Model

Rows = Sequence[object]


@dataclass(frozen=True, slots=True)
class Held:
    """A node with our mark: its hash, labels and element id."""

    hash: str | None
    labels: frozenset[str]
    element: str


@dataclass(slots=True)
class State:
    """What is there: nodes with our mark by id, further ones with an id that is taken, relationships with our mark by
    hash, and the ids of others' nodes."""

    nodes: dict[str, Held] = field(default_factory=dict)
    extra: list[str] = field(default_factory=list)
    edges: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    strangers: set[str] = field(default_factory=set)


def state(nodes: Iterable[Mapping[str, object]], edges: Iterable[Mapping[str, object]]) -> State:
    """The state from the rows of `texts.SCAN_NODES` and `texts.SCAN_EDGES`."""
    found = State()
    for row in nodes:
        name, element = row["id"], str(row["element"])
        if not row["ours"]:
            if isinstance(name, str):
                found.strangers.add(name)
        elif not isinstance(name, str) or name in found.nodes:
            found.extra.append(element)
        else:
            labels = row["labels"]
            assert isinstance(labels, list)
            mark = row["hash"]
            found.nodes[name] = Held(mark if isinstance(mark, str) else None, frozenset(labels), element)
    for row in edges:
        found.edges[str(row["hash"])].append(str(row["element"]))
    return found


@dataclass(frozen=True, slots=True)
class Difference:
    """What is to be written and removed; `stale` are element ids."""

    new_nodes: tuple[Node, ...]
    changed_nodes: tuple[tuple[Node, Held], ...]
    stale_nodes: tuple[str, ...]
    new_edges: tuple[Edge, ...]
    stale_edges: tuple[str, ...]

    @property
    def rows(self) -> int:
        parts: tuple[Sequence[object], ...] = (
            self.new_nodes,
            self.changed_nodes,
            self.stale_nodes,
            self.new_edges,
            self.stale_edges,
        )
        return sum(map(len, parts))


def difference(tables: Tables, held: State) -> Difference:
    """Compare the tables with what is there."""
    new, changed = [], []
    for node in tables.nodes:
        there = held.nodes.get(node.id)
        if there is None:
            new.append(node)
        elif there.hash != node_hash(node):
            changed.append((node, there))
    wanted = {edge_hash(edge): edge for edge in tables.edges}
    stale = [element for name, elements in held.edges.items() for element in elements[name in wanted :]]
    gone = [one.element for name, one in held.nodes.items() if name not in tables.by_id]
    return Difference(
        tuple(new),
        tuple(changed),
        (*gone, *held.extra),
        tuple(edge for name, edge in wanted.items() if name not in held.edges),
        tuple(stale),
    )


def creations(nodes: Iterable[Node], model: Model, atlas: str) -> Iterator[tuple[str, Rows]]:
    """Statements with their rows that create nodes, one for each class."""
    groups: dict[str, list[Node]] = defaultdict(list)
    for node in nodes:
        groups[node.cls].append(node)
    for cls, members in sorted(groups.items()):
        yield texts.create_nodes(model.labels(cls)), [node_row(node, model, atlas) for node in members]


def updates(nodes: Iterable[tuple[Node, Held]], model: Model, atlas: str) -> Iterator[tuple[str, Rows]]:
    """Statements with their rows that change nodes: labels of the ontology that the class has not go."""
    groups: dict[tuple[tuple[str, ...], tuple[str, ...]], list[object]] = defaultdict(list)
    for node, held in nodes:
        labels = model.labels(node.cls)
        add = tuple(label for label in labels if label not in held.labels)
        remove = tuple(sorted(held.labels & frozenset(model.classes) - frozenset(labels)))
        row = {"element": held.element, "properties": changed_row(node, model, atlas)}
        groups[add, remove].append(row)
    for (add, remove), rows in sorted(groups.items(), key=lambda group: group[0]):
        yield texts.update_nodes(add, remove), rows


def relations(edges: Iterable[Edge], tables: Tables, model: Model, atlas: str) -> Iterator[tuple[str, Rows]]:
    """Statements with their rows that create relationships, one for each type and classes of its ends.

    Raises:
        MappingError: an end is no node of the tables.
    """
    groups: dict[tuple[str, str, str], list[Edge]] = defaultdict(list)
    for edge in edges:
        for end in (edge.source, edge.target):
            if end not in tables.by_id:
                raise MappingError(end, f"关系 {edge.type} 的一端不在节点表里；请先运行 clusteratlas check")
        groups[edge.type, tables.by_id[edge.source].cls, tables.by_id[edge.target].cls].append(edge)
    for (relation, source, target), members in sorted(groups.items()):
        text = texts.create_edges(model.relationship(relation), source, target)
        yield text, [edge_row(edge, atlas) for edge in members]
