"""Tables of responsibility (分工表): one task a row, read by what the heads of the columns say."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from loaders.document.document import Block
from loaders.document.text import Text
from loaders.grammar import dates
from loaders.tasks.roles import Roles, roles
from ontology.facts import QUOTE_LIMIT

_BODIES = re.compile(
    r"(?:责任|牵头|负责|配合|参与|参加|协办|承办|主办|主责|实施|完成|主管)[^时]{0,4}(?:单位|部门|科室|人)|分工$"
)
_COLUMNS = (
    ("deadline", re.compile("时限|时间|期限|进度|节点")),
    ("lead", re.compile("牵头")),
    ("bodies", _BODIES),
    ("number", re.compile("序号|编号|^号$")),
    ("measure", re.compile("指标|成果|目标值|考核|标志|效果")),
)
_NUMBERED = re.compile(
    r"^(?:（?(?P<n>\d{1,3}|[一二三四五六七八九十]+)）?[.、．：]\s*|（(?P<m>\d{1,3}|[一二三四五六七八九十]+)）\s*)"
)


@dataclass(frozen=True, slots=True)
class Row:
    """A task as a table states it; `pieces` are the words that say so, the quote first."""

    block: Block
    number: str | None
    group: str | None
    task: str
    roles: Roles
    deadline: str | None
    measure: str | None
    pieces: tuple[Text, ...]


@dataclass
class _Table:
    """The columns of the table that is being read, counted from the left (number) and from the right (all others)."""

    columns: dict[int, str]
    width: int


def rows(blocks: Sequence[Block], level: str | None) -> Iterator[Row]:
    """The tasks of the tables among some blocks, rows that a page break cut in two joined.

    Args:
        blocks: of one part, in order.
        level: the prefix (省, 市) of bodies that print none.
    """
    table: _Table | None = None
    held: Row | None = None
    group: str | None = None
    for block in blocks:
        if block.kind == "furniture" or not block.text.string.strip():
            continue
        if block.kind != "row":
            if held:
                yield held
            table, held, group = None, None, None
            continue
        if (head := _head(block)) is not None:
            # Behind a page break the head stands again; without the column of groups nothing says which group it is.
            group = group if table is None or head.width >= table.width else None
            table = head
            continue
        if table is None:
            continue
        found, group = _row(block, table, held, group, level)
        if found is None:
            continue
        if held is not None and found.block is held.block:
            held = found
            continue
        if held is not None:
            yield held
        held = found
    if held:
        yield held


def _head(block: Block) -> _Table | None:
    texts = [cell.string.replace(" ", "") for cell in block.cells]
    if not any(_BODIES.search(text) and len(text) <= 12 for text in texts):
        return None
    columns: dict[int, str] = {}
    for i, text in enumerate(texts):
        role = next((role for role, pattern in _COLUMNS if pattern.search(text)), None)
        if role == "number":
            columns[i] = role
        elif role is not None and len(text) <= 12:
            columns[i - len(texts)] = role
    return _Table(columns, len(texts))


def _row(
    block: Block, table: _Table, held: Row | None, group: str | None, level: str | None
) -> tuple[Row | None, str | None]:
    """A row as a task, the held task with this row as its continuation, or None; and the group that holds now."""
    cells = block.cells
    at = {role: i for i, role in table.columns.items() if i < 0 and -i <= len(cells)}
    lead, bodies = (cells[at[role]] if role in at else None for role in ("lead", "bodies"))
    right = min((i + len(cells) for i in at.values()), default=len(cells))
    inner = [cell for cell in cells[:right] if cell.string]
    number: str | None = None
    numbered = inner and 0 in table.columns and cells[0].string == inner[0].string
    if numbered and re.fullmatch(r"[\d.]{1,5}|[一二三四五六七八九十]+", inner[0].string):
        number, inner = inner[0].string, inner[1:]
    if not inner:
        return None, group
    content = inner[-1]
    if len(inner) > 1:
        group = "".join(cell.string for cell in inner[:-1]).replace(" ", "")
    words = content.string
    if match := _NUMBERED.match(words):
        number, words = number or match["n"] or match["m"], words[match.end() :]
    stated = _roles(lead, bodies, level)
    if stated is None and held is not None and number is None:
        more = tuple(piece for piece in (content,) if piece.string)
        return replace(held, task=held.task + words.rstrip("。； "), pieces=(*held.pieces, *more)), group
    if stated is None and held is not None and not any(cell.string for cell in (lead, bodies) if cell is not None):
        stated = Roles(held.roles.lead, held.roles.others)  # a cell that stands for several rows
    if stated is None or not words:
        return None, group
    deadline, measure = (cells[at[role]].string or None if role in at else None for role in ("deadline", "measure"))
    row = Row(block, number, group, words.strip("。； "), stated, deadline, measure, _quote(block.text))
    return row, group


def _roles(lead: Text | None, bodies: Text | None, level: str | None) -> Roles | None:
    """The roles that the cells for the leading and for the other bodies state."""
    first = roles(lead.string, level) if lead is not None and lead.string else None
    rest = roles(bodies.string, level) if bodies is not None and bodies.string else None
    if first is None:
        return rest
    leaders = (*first.lead, *first.others)
    others = tuple(name for name in ((*rest.lead, *rest.others) if rest else ()) if name not in leaders)
    return Roles(leaders, others, first.adds + (rest.adds if rest else ()))


def _quote(row: Text) -> tuple[Text, ...]:
    """The end of a row, which holds the bodies, as the quote; what stands before it as a further piece."""
    row = row.strip()
    end = row.ends[-1]
    if end - row.starts[0] <= QUOTE_LIMIT:
        return (row,)
    least = next(i for i in range(len(row)) if end - row.starts[i] <= QUOTE_LIMIT)
    cut = next((i + 1 for i in range(least, len(row) - 1) if row.string[i] in "。；，\t"), least)
    return row[cut:], row[:cut]


def deadline(words: str) -> str | None:
    """The words of a sentence that say until when (2025年底前, 每年6月底前), if any."""
    match = re.search(
        rf"(?:(?:到|至|截至|于)?(?:20\d\d年(?:\d{{1,2}}月(?:\d{{1,2}}日|底|末)?|底|末)?|{dates.DATE.pattern}|每年\d{{1,2}}月(?:\d{{1,2}}日|底)?)(?:之?前|以前))",
        words,
    )
    return match[0] if match else None


_DUE = re.compile(r"(?P<year>20\d\d)年(?:(?P<month>\d{1,2})月)?(?:底|末)?(?:之?前|以前)?")


def due(words: str) -> str | None:
    """The last day that words on a deadline allow (2025年底前 → 2025-12-31), None where they name no year."""
    if match := dates.DATE.search(words):
        return dates.date_of(match)
    if (match := _DUE.search(words)) is None:
        return None
    year, month = int(match["year"]), int(match["month"] or 12)
    if not 1 <= month <= 12:
        return None
    first = f"{year:04}-{month:02}-01"
    return dates.last_day(first, months=1)
