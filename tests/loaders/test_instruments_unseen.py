"""Money in texts that were written with their expected facts: what has been reached stays.

The five of `tests/fresh` are by somebody else; those of `tests/loaders/unseen` are described there.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from benchmarks import fresh
from loaders.document.source import read
from loaders.registry import LOADERS
from ontology.facts import record
from tests.loaders import mutations

KINDS = ("instruments", "criteria", "deadlines")
UNSEEN = Path(__file__).parent / "unseen"
# What has been reached, a little below.
REACHED: dict[Path, dict[str, dict[str, float]]] = {
    fresh.FRESH: {
        "instruments": {"f1": 0.98, "cap": 1.0, "valid_to": 1.0, "regions": 1.0, "excludes": 1.0},
        "criteria": {"f1": 0.98, "region": 1.0},
        "deadlines": {"f1": 0.98, "who": 1.0, "to": 1.0, "recurs": 1.0},
    },
    UNSEEN: {
        "instruments": {"f1": 0.95, "cap": 0.95, "valid_to": 1.0, "excludes": 1.0},
        "criteria": {"f1": 0.98, "region": 1.0},
        "deadlines": {"f1": 0.98, "who": 0.95, "to": 0.93, "recurs": 0.9},
    },
}


@cache
def _scores(folder: Path) -> dict[str, Any]:
    found: dict[str, list[dict[str, Any]]] = {kind: [] for kind in KINDS}
    for path in sorted(folder.glob("*.txt")):
        document = mutations.document(read(path).text, path.name)
        for kind in KINDS:
            found[kind] += [json.loads(json.dumps(record(fact))) for fact in LOADERS[kind](document).facts]
    return fresh.scores(found, folder)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("folder", sorted(REACHED), ids=lambda folder: folder.name)
def test_what_has_been_reached_stays(folder: Path, kind: str) -> None:
    row, wanted = _scores(folder)[kind], REACHED[folder][kind]
    have = {mark: row["f1"] if mark == "f1" else row["attributes"][mark] for mark in wanted}
    assert {mark: value for mark, value in have.items() if value < wanted[mark]} == {}
