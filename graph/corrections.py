"""Corrections by people: CSV files whose lines say what a person holds to be true, and on which ground.

`read_lines` and `contradictory` are how every such file is read; `read_corrections` reads the one that confirms,
corrects or rejects facts of any kind before they become rows. `graph.stars.overrides` reads the one about stars.
"""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Protocol, Self, TypeVar

from graph.stars.witnesses import Problem
from ontology.errors import OverrideError

COLUMNS = ("fact", "action", "field", "value", "source", "name", "date")
ACTIONS = ("confirm", "correct", "reject")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file, by column, with the number of the line that it begins on."""

    file: str
    line: int
    said: Mapping[str, str]

    def problem(self, message: str) -> Problem:
        return Problem(self.file, self.line, message, ",".join(self.said.values()))


@dataclass(frozen=True, slots=True)
class Correction:
    """A line of the file: what a person says about one fact.

    `action` is confirm, correct or reject; `field` and `value` are what `correct` puts (as `facts KIND` prints them,
    lists and nested values as JSON); `source`, `name` and `date` say on which ground, who and when.
    """

    fact: str
    action: str
    field: str
    value: str
    source: str
    name: str
    date: str
    file: str
    line: int

    @property
    def about(self) -> str:
        return self.fact

    def agrees(self, other: "Correction") -> bool:
        return self.action == other.action and (self.field != other.field or self.value == other.value)

    @property
    def ground(self) -> str:
        """Source, person and date, for people."""
        return "，".join(part for part in (f"依据：{self.source}", self.name, self.date) if part)

    def problem(self, message: str) -> Problem:
        """Why this line cannot be used."""
        return Problem(self.file, self.line, message, self.fact)


@dataclass(frozen=True, slots=True)
class Corrections:
    """The lines of a file that can be used, and those that cannot, with the reason."""

    rows: tuple[Correction, ...] = ()
    problems: tuple[Problem, ...] = ()

    def without(self, problems: Iterable[Problem]) -> "Corrections":
        """These without the lines that have turned out to be of no use."""
        found = tuple(problems)
        lines = {(problem.file, problem.line) for problem in found}
        kept = tuple(row for row in self.rows if (row.file, row.line) not in lines)
        return Corrections(kept, (*self.problems, *found))


def read_corrections(path: Path) -> Corrections:
    """The corrections of a file; a missing file has none.

    Args:
        path: UTF-8 CSV with the header fact,action,field,value,source,name,date.

    Raises:
        OverrideError: the file is no such CSV.
    """
    lines, problems = read_lines(path, COLUMNS)
    found: list[Correction] = []
    for line in lines:
        one = Correction(**line.said, file=line.file, line=line.line)
        if (mistake := _mistake(one)) is not None:
            problems.append(one.problem(mistake))
        else:
            found.append(one)
    problems += contradictory(found)
    return Corrections(tuple(found)).without(sorted(problems, key=lambda one: one.line))


def _mistake(one: Correction) -> str | None:
    if one.action not in ACTIONS:
        return f"action 应为 {'、'.join(ACTIONS)} 之一，实为“{one.action}”"
    if not one.fact:
        return "fact 不能为空：写 facts 命令打印的 id"
    if one.fact.startswith("stars/"):
        return "星级不在这里修正，请写入 stars.csv"
    if one.action == "correct" and not one.field:
        return "correct 要写明 field：改哪一个字段"
    if one.action != "correct" and (one.field or one.value):
        return f"{one.action} 是对整条事实说的，field 和 value 应为空"
    return None


def read_lines(path: Path, columns: Sequence[str]) -> tuple[list[Line], list[Problem]]:
    """The lines of a file that people write, and those that cannot be used; a missing file has none.

    Args:
        path: UTF-8 CSV.
        columns: its header; every line has to say its `source` and `name`, and its `date`, if any, has to be one.

    Raises:
        OverrideError: the file is no such CSV.
    """
    if not path.exists():
        return [], []
    try:
        # strict: a quotation mark that is never closed would swallow the rest of the file.
        reader = csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""), strict=True)
        header = tuple(next(reader, ()))
        if header != tuple(columns):
            raise OverrideError(path, f"表头应为 {','.join(columns)}，实为 {','.join(header)}", line=1)
        rows = list(_numbered(reader))
    except (OSError, UnicodeDecodeError) as error:
        raise OverrideError(path, f"不是可读的 UTF-8 文本（{error}）") from None
    except csv.Error as error:
        raise OverrideError(path, f"不是可用的 CSV（{error}）", line=reader.line_num) from None
    lines: list[Line] = []
    problems: list[Problem] = []
    for number, row in rows:
        if len(row) != len(columns):
            why = f"应有 {len(columns)} 栏，实有 {len(row)} 栏"
            problems.append(Problem(path.name, number, why, ",".join(row)))
            continue
        line = Line(path.name, number, {name: cell.strip() for name, cell in zip(columns, row, strict=True)})
        if not (line.said["source"] and line.said["name"]):
            problems.append(line.problem("source 和 name 不能为空：人工核对要说明依据和核对人"))
        elif line.said["date"] and not _is_date(line.said["date"]):
            problems.append(line.problem(f"date 应为日期（如 2026-11-20、2026-11 或 2026），实为“{line.said['date']}”"))
        else:
            lines.append(line)
    return lines, problems


def _is_date(text: str) -> bool:
    """Whether a text is a day, a month or a year of the calendar, as ISO 8601 writes it."""
    if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", text):
        return False
    try:
        date.fromisoformat(text + "0000-01-01"[len(text) :])
    except ValueError:
        return False
    return True


def _numbered(reader: Iterable[Sequence[str]]) -> Iterator[tuple[int, Sequence[str]]]:
    """The rows that are not empty, each with the line it begins on."""
    begins = 2
    for row in reader:
        ends = int(getattr(reader, "line_num", begins))
        if any(cell.strip() for cell in row):
            yield begins, row
        begins = ends + 1


class Saying(Protocol):
    """A line as its kind of file understands it."""

    @property
    def line(self) -> int: ...

    @property
    def about(self) -> str:
        """The thing that the line is about, in words."""

    def agrees(self, other: Self) -> bool:
        """Whether this and another line about the same thing can both hold."""

    def problem(self, message: str) -> Problem:
        """Why the line cannot be used."""


S = TypeVar("S", bound=Saying)


def contradictory(rows: Iterable[S]) -> Iterator[Problem]:
    """All lines about one thing of which two cannot both hold."""
    groups: dict[str, list[S]] = defaultdict(list)
    for row in rows:
        groups[row.about].append(row)
    for group in groups.values():
        if any(not one.agrees(other) for one, other in combinations(group, 2)):
            lines = "、".join(str(row.line) for row in group)
            yield from (row.problem(f"“{row.about}”有互相矛盾的核对（第 {lines} 行），均未采用") for row in group)
