"""Corrections by people: a CSV file that wins over inference and is always shown as what it is."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

from graph.stars.layout import Cell, Layout, Override
from graph.stars.witnesses import Problem
from ontology.errors import OverrideError

COLUMNS = ("edition", "cluster", "city", "level", "source", "date", "name")
_LEVELS = {"3": 3, "2": 2, "1": 1, "0": 0, "": None}


def read_overrides(path: Path) -> tuple[tuple[Override, ...], tuple[Problem, ...]]:
    """The overrides of a file, and the lines that cannot be used; a missing file has none.

    Args:
        path: UTF-8 CSV with the header edition,cluster,city,level,source,date,name; level is 3, 2, 1, 0 for absent,
            empty for present at an unknown level.

    Raises:
        OverrideError: the file is no such CSV.
    """
    if not path.exists():
        return (), ()
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise OverrideError(path, f"不是可读的 UTF-8 文本（{error}）") from None
    reader = csv.reader(lines)
    header = tuple(next(reader, ()))
    if header != COLUMNS:
        raise OverrideError(path, f"表头应为 {','.join(COLUMNS)}，实为 {','.join(header)}", line=1)
    found: list[Override] = []
    problems: list[Problem] = []
    for row in reader:
        if not any(row):
            continue
        line = reader.line_num
        if len(row) != len(COLUMNS):
            problems.append(_problem(path, line, f"应有 {len(COLUMNS)} 栏，实有 {len(row)} 栏", row))
            continue
        edition, cluster, city, level, source, date, name = (value.strip() for value in row)
        if level not in _LEVELS:
            problems.append(_problem(path, line, f"level 应为 3、2、1、0 或空，实为“{level}”", row))
        elif not source or not name:
            problems.append(_problem(path, line, "source 和 name 不能为空：人工修正要说明依据和修正人", row))
        else:
            found.append(Override(edition, cluster, city, _LEVELS[level], source, date, name, path.name, line))
    kept, contradictory = _consistent(found)
    return kept, (*problems, *contradictory)


def _problem(path: Path, line: int, message: str, row: Sequence[str]) -> Problem:
    return Problem(path.name, line, message, ",".join(row))


def _consistent(overrides: Iterable[Override]) -> tuple[tuple[Override, ...], tuple[Problem, ...]]:
    """Overrides without those that contradict each other; all of these are left out."""
    groups: dict[tuple[str, str, str], list[Override]] = {}
    for one in overrides:
        groups.setdefault((one.edition, one.cluster, one.city), []).append(one)
    kept: list[Override] = []
    problems: list[Problem] = []
    for group in groups.values():
        if len({one.level for one in group}) == 1:
            kept.append(group[0])
            continue
        lines = "、".join(str(one.line) for one in group)
        said = f"{group[0].cluster}·{group[0].city}"
        problems += [
            Problem(
                one.file, one.line, f"“{said}”有互相矛盾的人工修正（第 {lines} 行），均未采用", f"level {one.level}"
            )
            for one in group
        ]
    return tuple(kept), tuple(problems)


def applied(layout: Layout, overrides: Sequence[Override]) -> Layout:
    """The layout with the overrides of its edition; those that name no cell, or contradict each other, become problems.

    Args:
        layout: as inferred.
        overrides: of any editions; `edition` is the layout's, or its last part.
    """
    cells = {(cell.cluster, cell.city): cell for cell in layout.cells}
    names = (layout.edition, layout.edition.rpartition("/")[2])
    # One edition may be written in several ways, so what agrees line by line may contradict itself here.
    own, contradictory = _consistent(replace(one, edition=layout.edition) for one in overrides if one.edition in names)
    problems: list[Problem] = list(contradictory)
    for one in own:
        cell = cells.get((one.cluster, one.city))
        if cell is None:
            problems.append(_unknown(layout, one))
        else:
            cells[one.cluster, one.city] = _applied(cell, one)
    return replace(layout, cells=tuple(cells.values()), problems=(*layout.problems, *problems))


def _applied(cell: Cell, one: Override) -> Cell:
    return replace(
        cell,
        present=one.present,
        level=one.level or None,
        confidence=1.0,
        level_confidence=1.0 if one.level else None,
        undecided=False,
        override=one,
    )


def _unknown(layout: Layout, one: Override) -> Problem:
    for what, name, known in (("集群", one.cluster, layout.clusters), ("城市", one.city, layout.cities)):
        if name not in known:
            near = get_close_matches(name, known, n=3, cutoff=0.3)
            hint = f"；相近的有：{'、'.join(near)}" if near else ""
            return Problem(one.file, one.line, f"{layout.edition} 没有名为“{name}”的{what}{hint}", name)
    return Problem(one.file, one.line, f"{layout.edition} 没有“{one.cluster}·{one.city}”这一格", one.cluster)
