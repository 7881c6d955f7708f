"""Corrections by people: a CSV file that confirms, corrects or rejects facts of any kind, before they become rows."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.stars.witnesses import Problem
from ontology.errors import OverrideError

COLUMNS = ("fact", "action", "field", "value", "source", "name", "date")
ACTIONS = ("confirm", "correct", "reject")


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
    if not path.exists():
        return Corrections()
    try:
        # strict: a quotation mark that is never closed would swallow the rest of the file.
        reader = csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""), strict=True)
        header = tuple(next(reader, ()))
        if header != COLUMNS:
            raise OverrideError(path, f"表头应为 {','.join(COLUMNS)}，实为 {','.join(header)}", line=1)
        rows = list(_numbered(reader))
    except (OSError, UnicodeDecodeError) as error:
        raise OverrideError(path, f"不是可读的 UTF-8 文本（{error}）") from None
    except csv.Error as error:
        raise OverrideError(path, f"不是可用的 CSV（{error}）", line=reader.line_num) from None
    found: list[Correction] = []
    problems: list[Problem] = []
    for line, row in rows:
        if len(row) != len(COLUMNS):
            why = f"应有 {len(COLUMNS)} 栏，实有 {len(row)} 栏"
            problems.append(Problem(path.name, line, why, ",".join(row)))
            continue
        fact, action, field, value, source, name, date = (cell.strip() for cell in row)
        one = Correction(fact, action, field, value, source, name, date, path.name, line)
        if (mistake := _mistake(one)) is not None:
            problems.append(one.problem(mistake))
        else:
            found.append(one)
    return Corrections(tuple(found)).without([*problems, *_contradictions(found)])


def _numbered(reader: Iterable[Sequence[str]]) -> Iterator[tuple[int, Sequence[str]]]:
    """The rows that are not empty, each with the line it begins on."""
    begins = 2
    for row in reader:
        ends = int(getattr(reader, "line_num", begins))
        if any(cell.strip() for cell in row):
            yield begins, row
        begins = ends + 1


def _mistake(one: Correction) -> str | None:
    if one.action not in ACTIONS:
        return f"action 应为 {'、'.join(ACTIONS)} 之一，实为“{one.action}”"
    if not one.fact:
        return "fact 不能为空：写 facts 命令打印的 id"
    if one.fact.startswith("stars/"):
        return "星级不在这里修正，请写入 stars.csv"
    if not one.source or not one.name:
        return "source 和 name 不能为空：人工核对要说明依据和核对人"
    if one.action == "correct" and not one.field:
        return "correct 要写明 field：改哪一个字段"
    if one.action != "correct" and (one.field or one.value):
        return f"{one.action} 是对整条事实说的，field 和 value 应为空"
    return None


def _contradictions(rows: Iterable[Correction]) -> Iterator[Problem]:
    """All lines about a fact of which two cannot both hold."""
    groups: dict[str, list[Correction]] = defaultdict(list)
    for row in rows:
        groups[row.fact].append(row)
    for group in groups.values():
        values: dict[str, set[str]] = defaultdict(set)
        for row in group:
            values[row.field].add(row.value)
        if len({row.action for row in group}) > 1 or any(len(known) > 1 for known in values.values()):
            lines = "、".join(str(row.line) for row in group)
            yield from (row.problem(f"“{row.fact}”有互相矛盾的核对（第 {lines} 行），均未采用") for row in group)
