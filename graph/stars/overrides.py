"""Corrections of stars by people: they win over inference and are always shown as what they are."""

from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

from graph.corrections import contradictory, read_lines
from graph.stars.layout import Cell, Layout, Override
from graph.stars.witnesses import Problem

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
    lines, problems = read_lines(path, COLUMNS)
    found: list[Override] = []
    for line in lines:
        said = dict(line.said)
        level = said.pop("level")
        if level not in _LEVELS:
            problems.append(line.problem(f"level 应为 3、2、1、0 或空，实为“{level}”"))
        else:
            found.append(Override(**said, level=_LEVELS[level], file=line.file, line=line.line))
    return tuple(found), tuple(problems)


def applied(layout: Layout, overrides: Sequence[Override]) -> Layout:
    """The layout with the overrides of its edition; those that name no cell, or contradict each other, become problems.

    Args:
        layout: as inferred.
        overrides: of any editions; `edition` is the layout's id, or its last part.
    """
    cells = {(cell.cluster, cell.city): cell for cell in layout.cells}
    # One edition may be written in several ways, so lines that do not look alike may be about one cell.
    own = [one for one in overrides if one.edition in (layout.edition, layout.edition.rpartition("/")[2])]
    problems = list(contradictory(own))
    unused = {(problem.file, problem.line) for problem in problems}
    for one in own:
        cell = cells.get((one.cluster, one.city))
        if cell is None:
            problems.append(_unknown(layout, one))
        elif (one.file, one.line) not in unused:
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
            return one.problem(f"{layout.edition} 没有名为“{name}”的{what}{hint}")
    return one.problem(f"{layout.edition} 没有“{one.about}”这一格")
