"""Worked cases, written by hand from the clauses: verdict, what decides it, and how much."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from queries.match.table import records
from tests.queries.matching import answer_for, matcher, text_of, wrong_in

CASES = tomllib.loads((Path(__file__).parent / "cases" / "match.toml").read_text(encoding="utf-8"))["case"]
NOT_READ: dict[str, str] = {}
"""Cases whose clause is not among the facts, and why; each passes as soon as its clause is read."""


def _marked(case: Mapping[str, Any]) -> Any:
    reason = NOT_READ.get(case["name"])
    marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
    return pytest.param(case, id=case["name"], marks=marks)


@pytest.mark.parametrize("case", [_marked(case) for case in CASES])
def test_a_worked_case(case: Mapping[str, Any]) -> None:
    answer, values = answer_for(matcher(), case)
    assert wrong_in(answer, values, case["expect"]) == [], case["expect"]["why"]


def test_every_case_quotes_its_clause_and_names_are_single() -> None:
    assert len({case["name"] for case in CASES}) == len(CASES)
    assert set(NOT_READ) <= {case["name"] for case in CASES}
    for case in CASES:
        lines = text_of(case["document"]).split("\n")
        at = case["line"] - 1
        here = "\n".join(lines[at : at + 3])
        plain = "".join(case["clause"].split())
        assert plain[:20] in "".join(here.split()), case["name"]


def test_the_json_form_says_what_the_issue_asks_for() -> None:
    case = next(one for one in CASES if one["name"] == "retrofit-prd-over-cap")
    answer, values = answer_for(matcher(), case)
    (row,) = records([(None, values, [answer])]).records()
    assert {
        "policy",
        "instrument",
        "eligible",
        "verdict",
        "amount_max",
        "arithmetic",
        "met",
        "unmet",
        "unknown",
    } <= set(row)
    assert {"beneficiary", "valid_from", "valid_to", "window", "authority", "evidence", "reservation"} <= set(row)
    assert row["amount_max"] == {"value": 50_000_000, "unit": "元"}
    assert row["arithmetic"] == "3亿元 × 20% = 6000万元，超过上限5000万元，取5000万元"
    assert (row["valid_from"], row["valid_to"]) == ("2022-01-01", "2026-12-31")
    assert "不超过" in row["reservation"]  # type: ignore[operator]
    met = {one["what"]: one for one in row["met"]}  # type: ignore[attr-defined]
    assert met["equipment"]["given"] == "3亿元"
    assert met["equipment"]["clause"].endswith("第八条 （一） 第5项")
    judged = [one for one in row["unknown"] if one.get("judged")]  # type: ignore[attr-defined]
    assert judged
    assert all(one["what"] == "other" and one["clause"] for one in judged)


def test_every_condition_of_an_answer_is_in_its_row() -> None:
    case = next(one for one in CASES if one["name"] == "retrofit-two-misses")
    answer, values = answer_for(matcher(), case)
    (row,) = records([(None, values, [answer])]).records()
    assert {one["what"] for one in row["unmet"]} == {"equipment", "filed"}  # type: ignore[attr-defined]
    found = answer.findings
    assert len(row["unmet"]) == len(found.unmet)  # type: ignore[arg-type]
    assert len(row["met"]) == len(found.met)  # type: ignore[arg-type]
    assert len(row["unknown"]) == len(found.unknown) + len(found.judged)  # type: ignore[arg-type]
    equipment = next(one for one in row["unmet"] if one["what"] == "equipment")  # type: ignore[attr-defined]
    assert (equipment["given"], equipment["value"], equipment["unit"]) == ("600万元", 700, "万元")
