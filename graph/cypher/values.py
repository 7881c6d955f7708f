"""The driver's values as plain Python values."""

import datetime
from collections.abc import Callable

import neo4j.graph
import neo4j.time

_PLAIN = frozenset({type(None), bool, int, float, str})
_FORMS: tuple[tuple[type, Callable[..., object]], ...] = (
    (neo4j.time.Date, lambda value: value.to_native()),
    (neo4j.time.DateTime, lambda value: value.to_native()),
    (datetime.date, lambda value: value),
    (list, lambda value: [plain(item) for item in value]),
    (dict, lambda value: {key: plain(item) for key, item in value.items()}),
    (neo4j.graph.Node, lambda value: {"labels": sorted(value.labels), **_properties(value)}),
    (neo4j.graph.Relationship, lambda value: {"type": value.type, **_properties(value)}),
    (neo4j.graph.Path, lambda value: [plain(item) for item in _steps(value)]),
)


def plain(value: object) -> object:
    """A value of the driver as a plain Python value."""
    if type(value) in _PLAIN:  # not isinstance: nearly all values are, and there are many
        return value
    return next((form(value) for kind, form in _FORMS if isinstance(value, kind)), str(value))


def _properties(entity: neo4j.graph.Entity) -> dict[str, object]:
    return {key: plain(value) for key, value in sorted(entity.items())}


def _steps(path: neo4j.graph.Path) -> list[object]:
    steps: list[object] = [path.start_node]
    for node, relationship in zip(path.nodes[1:], path.relationships, strict=True):
        steps += [relationship, node]
    return steps
