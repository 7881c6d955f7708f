"""The graph as an Excel workbook for reading: a sheet for each class, one for the relations. It does not come back."""

import json
from collections import defaultdict
from pathlib import Path
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from graph.tables import Node, Tables, Value
from ontology.errors import FileProblem
from ontology.model import model

ROWS: Final = 1_048_575
"""Rows of a sheet below its heading."""

LONGEST: Final = 32_767
"""Characters of a cell; longer texts are cut."""


def write(tables: Tables, out: Path) -> None:
    """Write the workbook.

    Raises:
        FileProblem: a class or the relations have more rows than a sheet.
    """
    view = model()
    book = Workbook(write_only=True)
    groups: dict[str, list[Node]] = defaultdict(list)
    for node in tables.nodes:
        groups[node.cls].append(node)
    if len(tables.edges) > ROWS or any(len(nodes) > ROWS for nodes in groups.values()):
        raise FileProblem(out, f"图谱超过 Excel 一张表的 {ROWS} 行", remedy="请用 parquet 或 csv")
    for cls, nodes in sorted(groups.items()):
        sheet = book.create_sheet(cls[:31])
        known = view.properties(cls)
        used = {name for node in nodes for name in node.properties}
        names = [name for name in known if name in used]
        sheet.append(["标识", *(known[name].title or name for name in names)])
        for node in nodes:
            sheet.append([_cell(sheet, one) for one in (node.id, *(node.properties.get(name) for name in names))])
    sheet = book.create_sheet("关系")
    sheet.append(["关系", "从", "到", "属性"])
    for edge in tables.edges:
        properties = json.dumps(dict(edge.properties), ensure_ascii=False, sort_keys=True)
        title = view.relations[edge.type].title or edge.type
        sheet.append([_cell(sheet, one) for one in (title, edge.source, edge.target, properties)])
    book.save(out)


def _cell(sheet: Any, value: Value | None) -> object:
    if value is None or isinstance(value, bool | int | float):
        return value
    text = "；".join(value) if isinstance(value, tuple) else value
    # A text that begins like a formula is a text.
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("\ufffd", text)[:LONGEST])
    cell.data_type = "s"
    return cell
