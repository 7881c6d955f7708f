"""Tables of indicators: a row for each indicator, a column for each year (指标 · 单位 · 2024年 · 2027年)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from loaders.document.document import Block
from loaders.document.text import Text

_YEAR = re.compile("(?P<year>20\\d\\d)年?(?P<words>[^\\d]*)$")
_NAME = re.compile("指标|环节|名称|项目|产品|领域")
_GOAL = re.compile("目标|预期|计划")
_VALUE = re.compile(
    "(?P<sign>[≥≤＞＜><]=?)?\\s*(?P<number>\\d[\\d,，]*(?:\\.\\d+)?)\\s*(?P<unit>[%％‰]|[\u4e00-\u9fff]{0,4}?)(?P<post>以上|以下|以内|左右)?"
)
_SIGNS = {
    "≥": ">=",
    "≤": "<=",
    "＞": ">",
    "＜": "<",
    ">": ">",
    "<": "<",
    "以上": ">=",
    "以下": "<=",
    "以内": "<=",
    "左右": "约",
}
_PART = re.compile("^(?:其中|#)[:：]?")


@dataclass(frozen=True, slots=True)
class Reported:
    """A figure of such a table: what is measured, how much of it in which year, and the cells that say so."""

    indicator: str
    value: float | int
    unit: str | None
    year: int
    comparator: str
    goal: bool
    name: Text
    cell: Text


@dataclass(frozen=True, slots=True)
class _Head:
    width: int
    name: int
    unit: int | None
    years: tuple[tuple[int, int, str, bool], ...]  # column, year, what it measures, whether it is a goal


def reported(blocks: Iterable[Block]) -> Iterator[tuple[Block, Reported]]:
    """The figures of the tables of indicators, row by row."""
    head: _Head | None = None
    whole = ""
    for block in blocks:
        if block.kind != "row":
            head = None if block.kind in ("paragraph", "heading", "title") else head
            continue
        if (found := _head(block)) is not None:
            head, whole = found, ""
            continue
        if head is None or len(block.cells) != head.width:
            continue
        name = block.cells[head.name].string.strip()
        if part := _PART.match(name):
            name = whole + name[part.end() :]
        else:
            whole = name
        yield from ((block, one) for one in _row(block, head, name))


def _head(block: Block) -> _Head | None:
    texts = [cell.string.replace(" ", "") for cell in block.cells]
    matches = [(i, match) for i, text in enumerate(texts) if (match := _YEAR.match(text))]
    names = [i for i, text in enumerate(texts) if _NAME.search(text) and not _YEAR.match(text)]
    if not matches or not names or len(matches) + len(names) < 2:
        return None
    measures = [match["words"] for _, match in matches if match["words"] and not _GOAL.search(match["words"])]
    years = tuple(
        (i, int(match["year"]), measures[0] if measures else "", _GOAL.search(match["words"]) is not None)
        for i, match in matches
    )
    return _Head(len(texts), names[0], next((i for i, text in enumerate(texts) if text == "单位"), None), years)


def _row(block: Block, head: _Head, name: str) -> Iterator[Reported]:
    unit = block.cells[head.unit].string.strip() if head.unit is not None else None
    for column, year, measure, goal in head.years:
        cell = block.cells[column]
        match = _VALUE.fullmatch(cell.string.strip())
        if match is None or not name:
            continue
        number = float(re.sub("[,，]", "", match["number"]))
        yield Reported(
            indicator=name + measure,
            value=int(number) if number.is_integer() else number,
            unit=(match["unit"] or unit or "").replace("％", "%") or None,
            year=year,
            comparator=_SIGNS.get((match["sign"] or "")[:1]) or _SIGNS.get(match["post"] or "") or "=",
            goal=goal,
            name=block.cells[head.name],
            cell=cell,
        )
