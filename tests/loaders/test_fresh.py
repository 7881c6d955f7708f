"""The five fresh documents: what is read does not fall behind what has been reached, nor behind the first score."""

import hashlib
import json
import tomllib
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest

from benchmarks import fresh
from tests.loaders import mutations
from tests.loaders.test_mutations import said

# What has been reached for the kinds that these loaders read, a little below; the README says what each text tries.
REACHED: dict[str, dict[str, float]] = {
    "places": {"f1": 0.92, "city": 1.0},
    "companies": {"f1": 0.95, "city": 1.0},
    "targets": {"f1": 0.95, "year": 1.0, "comparator": 1.0, "kind": 1.0},
    "supply": {"f1": 0.95},
    "policies": {"f1": 1.0, "doc_number": 1.0, "issued": 1.0, "expires": 1.0},
    "citations": {"f1": 0.95, "relation": 0.95},
    "tasks": {"f1": 0.95, "agencies": 0.93, "lead": 1.0},
    "transfers": {"f1": 0.95, "platform": 1.0},
}
SCORES = fresh.scores(fresh.facts(fresh.FRESH))


@pytest.mark.parametrize("kind", sorted(REACHED))
def test_what_has_been_reached_stays(kind: str) -> None:
    row = SCORES[kind]
    have = {mark: row["f1"] if mark == "f1" else row["attributes"][mark] for mark in REACHED[kind]}
    assert {mark: value for mark, value in have.items() if value < REACHED[kind][mark]} == {}


@pytest.mark.parametrize("kind", sorted(kind for kind in fresh.first() if " " not in kind))
def test_no_kind_is_read_worse_than_at_first(kind: str) -> None:
    assert SCORES[kind]["f1"] >= fresh.first()[kind]["f1"] - 0.001
    assert SCORES[kind]["gold"] == fresh.first()[kind]["gold"]


def test_the_texts_are_those_that_were_written() -> None:
    entries = tomllib.loads((fresh.FRESH / "manifest.toml").read_text(encoding="utf-8"))["document"]
    assert {entry["file"]: entry["sha256"] for entry in entries} == {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in fresh.FRESH.glob("*.txt")
    }


def test_a_fact_that_quotes_nothing_counts_as_wrong() -> None:
    found = fresh.facts(fresh.FRESH)
    found["targets"] = [{**row, "quote": "没有这句话"} for row in found["targets"]]
    assert fresh.scores(found)["targets"]["f1"] == 0


def _read(path: Path) -> str:
    return json.dumps([said(kind, fact) for kind, facts in mutations.facts(path.read_text()).items() for fact in facts])


@pytest.mark.parametrize("pool", [ThreadPoolExecutor, ProcessPoolExecutor])
def test_documents_of_several_provinces_do_not_disturb_each_other(pool: type[Executor]) -> None:
    """The province of a document is known to its own loaders only, whatever runs beside them."""
    paths = sorted(fresh.FRESH.glob("*.txt"))
    with pool(max_workers=2) as executor:  # type: ignore[call-arg]
        assert list(executor.map(_read, paths)) == [_read(path) for path in paths]
