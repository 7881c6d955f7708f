"""Shortcut edges: derived from statements by the ontology's rules, never asserted.

The ontology names for a class of statements the shortcut's relation, its two ends and its condition; the edge copies
the statement's scalar qualifiers and carries its id as `via`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from graph.tables import Edge, Node
from ontology.model import Shortcut, model


def shortcuts(nodes: Mapping[str, Node], edges: Iterable[Edge]) -> Iterator[Edge]:
    """The shortcut edges that the statements among `nodes` give.

    Args:
        nodes: all nodes by id.
        edges: the asserted edges.
    """
    rules: dict[str, list[Shortcut]] = defaultdict(list)
    for rule in model().shortcuts:
        rules[rule.statement_class].append(rule)
    ends: dict[tuple[str, str], list[str]] = defaultdict(list)
    for edge in edges:
        if nodes[edge.source].cls in rules:
            ends[edge.source, edge.type].append(edge.target)
    for node in nodes.values():
        for rule in rules.get(node.cls, ()):
            if all(node.properties.get(name) == value for name, value in rule.condition.items()):
                # A statement's name repeats its two ends and is no qualifier.
                qualifiers = {k: v for k, v in node.properties.items() if not isinstance(v, tuple) and k != "name"}
                for source in ends[node.id, rule.source]:
                    for target in ends[node.id, rule.target]:
                        yield Edge(rule.relation, source, target, {**qualifiers, "origin": "rule", "via": node.id})
