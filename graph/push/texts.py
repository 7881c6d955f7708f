"""The Cypher of a push. Labels, types and names of the ontology cannot be parameters; they are quoted. Values always
are parameters."""

from collections.abc import Iterable
from typing import Final

# Every node with an id is looked at: the id of somebody else's node may be one of ours.
SCAN_NODES: Final = (
    "MATCH (n) WHERE n.id IS NOT NULL OR n.atlas = $atlas "
    "RETURN n.id AS id, n.atlas = $atlas AS ours, n.hash AS hash, labels(n) AS labels, elementId(n) AS element"
)
SCAN_EDGES: Final = "MATCH ()-[r]->() WHERE r.atlas = $atlas RETURN r.hash AS hash, elementId(r) AS element"
REMOVE_EDGES: Final = "UNWIND $rows AS row MATCH ()-[r]->() WHERE elementId(r) = row AND r.atlas = $atlas DELETE r"
HELD_NODES: Final = (
    "UNWIND $rows AS row MATCH (n) WHERE elementId(n) = row AND EXISTS { (n)-[r]-() WHERE r.atlas IS NULL "
    "OR r.atlas <> $atlas } RETURN elementId(n) AS element, n.id AS id"
)
REMOVE_NODES: Final = (
    "UNWIND $rows AS row MATCH (n) WHERE elementId(n) = row AND n.atlas = $atlas "
    "OPTIONAL MATCH (n)-[r]-() WHERE r.atlas = $atlas DELETE r WITH DISTINCT n DELETE n"
)
READ_NODES: Final = "MATCH (n) WHERE n.atlas = $atlas RETURN labels(n) AS labels, properties(n) AS properties"
READ_EDGES: Final = (
    "MATCH (a)-[r]->(b) WHERE r.atlas = $atlas "
    "RETURN type(r) AS type, a.id AS source, b.id AS target, properties(r) AS properties"
)
CONSTRAINTS: Final = (
    "SHOW CONSTRAINTS YIELD type, entityType, labelsOrTypes, properties "
    "WHERE entityType = 'NODE' AND type IN ['UNIQUENESS', 'NODE_PROPERTY_UNIQUENESS', 'NODE_KEY'] "
    "AND properties = ['id'] RETURN labelsOrTypes[0] AS label"
)


def quoted(name: str) -> str:
    """A name as Cypher reads it, whatever it holds."""
    return "`" + name.replace("`", "``") + "`"


def constraint(label: str) -> str:
    return f"CREATE CONSTRAINT IF NOT EXISTS FOR (n:{quoted(label)}) REQUIRE n.id IS UNIQUE"


def create_nodes(labels: Iterable[str]) -> str:
    """Rows are the properties, the id and the marks among them. A second node of an id fails at the constraint."""
    return f"UNWIND $rows AS row CREATE (n:{':'.join(map(quoted, labels))}) SET n = row"


def update_nodes(add: Iterable[str], remove: Iterable[str]) -> str:
    """What a row does not name stays: it is somebody else's remark. A name with null goes."""
    more = "".join(f" SET n:{quoted(label)}" for label in add) + "".join(f" REMOVE n:{quoted(one)}" for one in remove)
    return (
        "UNWIND $rows AS row MATCH (n) WHERE elementId(n) = row.element AND n.atlas = $atlas SET n += row.properties"
        + more
    )


def create_edges(kind: str, source: str, target: str) -> str:
    """Both ends are found by their class and id, through the constraint's index."""
    return (
        f"UNWIND $rows AS row MATCH (a:{quoted(source)} {{id: row.source}}) "
        f"MATCH (b:{quoted(target)} {{id: row.target}}) CREATE (a)-[r:{quoted(kind)}]->(b) SET r = row.properties"
    )
