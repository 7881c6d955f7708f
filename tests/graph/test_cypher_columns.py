"""Columns are named as Neo4j names them, also where no row comes."""

import pytest

from graph.cypher.columns import columns


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("MATCH (c:City) RETURN c.id AS id, c.name AS `名 称` ORDER BY id LIMIT 3", ("id", "名 称")),
        ("MATCH (c) RETURN DISTINCT c.id, count(c) AS n", ("c.id", "n")),
        ("MATCH (c) WITH c RETURN [c.id, c.name] AS pair, {a: 1, b: 2} AS map;", ("pair", "map")),
        ("MATCH (c) CALL (c) { RETURN 1 AS inner } RETURN inner, 'RETURN x AS y' AS text", ("inner", "text")),
        ("RETURN 1 AS a UNION RETURN 2 AS a", ("a",)),
        ("MATCH (c) RETURN coalesce(c.name, 'x, y') SKIP 1", ("coalesce(c.name, 'x, y')",)),
        ("MATCH (c) RETURN *", ()),
    ],
)
def test_columns(text: str, names: tuple[str, ...]) -> None:
    assert columns(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("MATCH (n) RETURN n.order AS o, n.x", ("o", "n.x")),
        ("MATCH (n) RETURN n.id AS limit ORDER BY limit", ("limit",)),
        ("MATCH (n) RETURN 1 AS `;`, 2 AS b;", (";", "b")),
    ],
)
def test_a_keyword_that_is_a_name_ends_nothing(text: str, names: tuple[str, ...]) -> None:
    assert columns(text) == names
