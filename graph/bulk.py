"""The graph as CSV for `neo4j-admin database import full`, one file for each class and each relation; and back.

Every text is quoted and nothing else is, so that an empty text and a missing one stay apart. Arrays and labels are
parted by U+001F, which no text holds. Each row carries the marks of a push, so that after the import `push` finds the
graph there and writes what has changed since.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.csv as pc

from graph.exchange import scalar
from graph.push.marks import ATLAS, HASH, NAME, edge_hash, node_hash
from graph.tables import Edge, Node, Tables, Value
from ontology.errors import GraphDamaged, MappingError
from ontology.model import Model, model

PART: Final = "\x1f"
_NAMES: Final = {"string": "string", "integer": "long", "double": "double", "boolean": "boolean", "date": "date"}
_TYPES: Final[Mapping[type, str]] = {str: "string", bool: "boolean", int: "integer", float: "double"}
_ENDS: Final = (":START_ID", ":END_ID", ":TYPE")
_MARKS: Final = (f"{ATLAS}:string", f"{HASH}:string")
_BLOCK: Final = 64 << 20

_COMMAND: Final = """\
neo4j-admin database import full neo4j --array-delimiter=U+001F --multiline-fields=true \\
{files}
"""


def write(tables: Tables, folder: Path) -> None:
    """Write the files and `import.txt` with the command that reads them.

    Args:
        tables: the graph.
        folder: where they go; made where it is missing.

    Raises:
        MappingError: a value cannot be written so that it comes back.
    """
    view = model()
    folder.mkdir(parents=True, exist_ok=True)
    options = []
    nodes: dict[str, list[Node]] = defaultdict(list)
    for node in tables.nodes:
        nodes[node.cls].append(node)
    for cls, members in sorted(nodes.items()):
        _file(folder / f"nodes-{cls}.csv", *_node_lines(members, cls, view))
        options.append(f"  --nodes=nodes-{cls}.csv")
    edges: dict[str, list[Edge]] = defaultdict(list)
    for edge in tables.edges:
        edges[edge.type].append(edge)
    for relation, ends in sorted(edges.items()):
        _file(folder / f"edges-{relation}.csv", *_edge_lines(ends, view.relationship(relation)))
        options.append(f"  --relationships=edges-{relation}.csv")
    (folder / "import.txt").write_text(_COMMAND.format(files=" \\\n".join(options)), encoding="utf-8", newline="\n")


def read(folder: Path) -> Tables:
    """The tables from files that `write` wrote.

    Raises:
        GraphDamaged: a file cannot be read.
    """
    nodes, edges = [], []
    try:
        for path in sorted(folder.glob("nodes-*.csv")):
            cls = path.stem.partition("-")[2]
            for row in _rows(path):
                identifier = row.pop("id:ID")
                for head in (":LABEL", *_MARKS):
                    row.pop(head)
                nodes.append(Node(str(identifier), cls, _properties(row)))
        for path in sorted(folder.glob("edges-*.csv")):
            relation = path.stem.partition("-")[2]
            for row in _rows(path):
                source, target, _ = (row.pop(end) for end in _ENDS)
                for mark in _MARKS:
                    row.pop(mark)
                edges.append(Edge(relation, str(source), str(target), _properties(row)))
    except (OSError, KeyError, ValueError, pa.ArrowException) as error:
        raise GraphDamaged(folder, f"CSV 不能读（{error}）") from error
    return Tables.of(nodes, edges)


def _node_lines(nodes: Sequence[Node], cls: str, view: Model) -> tuple[list[str], Iterator[list[str]]]:
    known = view.properties(cls)
    names = sorted({name for node in nodes for name in node.properties})
    heads = [f"{name}:{_NAMES[known[name].datatype]}{'[]' if known[name].many else ''}" for name in names]
    labels = _text(PART.join(view.labels(cls)))
    lines = (
        [
            _text(node.id),
            labels,
            *map(_text, (NAME, node_hash(node))),
            *(_cell(node.id, node.properties.get(name)) for name in names),
        ]
        for node in nodes
    )
    return ["id:ID", ":LABEL", *_MARKS, *heads], lines


def _edge_lines(edges: Sequence[Edge], kind: str) -> tuple[list[str], Iterator[list[str]]]:
    types: dict[str, set[type]] = defaultdict(set)
    for edge in edges:
        for name, value in edge.properties.items():
            types[name].add(type(value))
    heads = []
    for name, found in sorted(types.items()):
        if len(found) > 1 or not found <= _TYPES.keys():
            raise MappingError(kind, f"属性 {name} 的值不是同一种类型，不能写成一列")
        heads.append(f"{name}:{_NAMES[_TYPES[found.pop()]]}")
    names = sorted(types)
    lines = (
        [
            _text(edge.source),
            _text(edge.target),
            _text(kind),
            *map(_text, (NAME, edge_hash(edge))),
            *(_cell(edge.source, edge.properties.get(name)) for name in names),
        ]
        for edge in edges
    )
    return [*_ENDS, *_MARKS, *heads], lines


def _file(path: Path, head: list[str], lines: Iterable[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(",".join(head) + "\n")
        file.writelines(",".join(line) + "\n" for line in lines)


def _cell(owner: str, value: Value | None) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        if not value or any(PART in one for one in value):
            raise MappingError(owner, "空的列表，或列表里含有 U+001F，不能写成 CSV")
        return _text(PART.join(value))
    if isinstance(value, bool):
        return str(value).lower()
    return _text(value) if isinstance(value, str) else repr(value)


def _text(value: str) -> str:
    return '"' + value.replace('"', '""') + '"'


def _rows(path: Path) -> list[dict[str, str | None]]:
    with path.open(encoding="utf-8", newline="") as file:
        head = file.readline().rstrip("\n").split(",")
    table = pc.read_csv(
        path,
        read_options=pc.ReadOptions(block_size=_BLOCK),
        parse_options=pc.ParseOptions(newlines_in_values=True),
        convert_options=pc.ConvertOptions(
            column_types=dict.fromkeys(head, pa.string()),
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
        ),
    )
    rows: list[dict[str, str | None]] = table.to_pylist()
    return rows


def _properties(row: Mapping[str, str | None]) -> dict[str, Value]:
    datatypes = {name: datatype for datatype, name in _NAMES.items()}
    found: dict[str, Value] = {}
    for head, text in row.items():
        if text is None:
            continue
        name, _, kind = head.rpartition(":")
        found[name] = tuple(text.split(PART)) if kind.endswith("[]") else scalar(text, datatypes[kind])
    return found
