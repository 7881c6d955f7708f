"""Layouts as they stand in a build: cells with their reasons, the ledger, and what changed between editions."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from graph.stars import table
from graph.stars.diff import diff
from graph.stars.layout import Cell, Contradiction, Layout

Json = dict[str, object]


def records(layouts: Sequence[Layout], names: Mapping[str, str], years: Mapping[str, str]) -> Json:
    """All editions, oldest first, and the changes from each to each later one.

    Args:
        layouts: oldest first.
        names: the title of each edition, by its policy's id.
        years: what a sentence calls it, by the same.
    """
    changes = [_changes(old, new, years) for i, old in enumerate(layouts) for new in layouts[i + 1 :]]
    return {"editions": [_edition(layout, names[layout.edition]) for layout in layouts], "changes": changes}


def _changes(old: Layout, new: Layout, years: Mapping[str, str]) -> Json:
    found = diff(old, new, old_name=years[old.edition], new_name=years[new.edition])
    return {"old": old.edition, "new": new.edition, "changes": [dict(one.record()) for one in found]}


def _edition(layout: Layout, name: str) -> Json:
    return {
        "edition": layout.edition,
        "name": name,
        "scale": layout.scale,
        "clusters": list(layout.clusters),
        "cities": list(layout.cities),
        "cells": [_cell(cell, layout.scale) for cell in layout.cells],
        "ledger": [_entry(entry) for entry in layout.ledger],
        "notes": list(layout.notes),
    }


def _cell(cell: Cell, scale: str) -> Json:
    return {
        "cluster": cell.cluster,
        "city": cell.city,
        "present": cell.present,
        "level": cell.level,
        "confidence": cell.confidence,
        "level_confidence": cell.level_confidence,
        "override": cell.override is not None,
        "sign": table.sign(cell),
        "doubt": table.doubt(cell),
        "tie": table.tie(cell),
        "why": [asdict(reason) for reason in table.why(cell, scale)],
    }


def _entry(entry: Contradiction) -> Json:
    return {
        "kind": entry.kind,
        "message": entry.message,
        "file": entry.file,
        "line": entry.line,
        "quote": entry.quote,
        "cluster": entry.cluster,
        "city": entry.city,
        "others": [list(other) for other in entry.others],
    }
