"""The worked cases on changed copies: another threshold, ratio, cap, list or term, and the answers follow the copy."""

import tomllib
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.queries.matching import Changes, answer_for, matcher, wrong_in

COPIES = tomllib.loads((Path(__file__).parent / "cases" / "match_copies.toml").read_text(encoding="utf-8"))["copy"]


@cache
def shared() -> Mapping[str, Changes]:
    """The changes of the copy that each case is asked on: one for each policy together, as policies do not meet."""
    by_policy: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for case in COPIES:
        by_policy[case["policy"]].append(case)
    found: dict[str, Changes] = {}
    for i in range(max(map(len, by_policy.values()))):
        together = [cases[i] for cases in by_policy.values() if i < len(cases)]
        changes = tuple(
            (change["old"], change["new"], change["occurrences"]) for case in together for change in case["changes"]
        )
        found |= {case["name"]: changes for case in together}
    return found


@pytest.mark.parametrize("case", COPIES, ids=lambda case: case["name"])
def test_the_answer_follows_the_copy(case: Mapping[str, Any]) -> None:
    assert case["before"] != {key: value for key, value in case["expect"].items() if key != "why"}
    before, values = answer_for(matcher(), case)
    assert wrong_in(before, values, case["before"]) == []
    after, values = answer_for(matcher(shared()[case["name"]]), case)
    assert wrong_in(after, values, case["expect"]) == [], case["expect"]["why"]
