"""Damaged documents end without an error, and damage stays where it is."""

import ast
import random
from collections import Counter
from pathlib import Path

import pytest

import loaders
from clusteratlas import bundled
from ontology.facts import Fact, record
from tests.loaders import mutations

FRESH = Path(__file__).parent.parent / "fresh"
TEXTS = [path.read_text(encoding="utf-8") for path in (*bundled.documents(), *sorted(FRESH.glob("*.txt")))]
LINES = 8
# What says where a fact stands; lines above it may have come or gone.
_WHERE = {"id", "line", "start", "end", "more", "section", "cite", "clause", "text"}


@pytest.mark.parametrize("hundred", range(10))
def test_a_thousand_damaged_pieces_are_read_to_the_end(hundred: int) -> None:
    for seed, text in mutations.many(TEXTS, range(100 * hundred, 100 * hundred + 100), LINES):
        try:
            mutations.check(text)
        except Exception as error:
            error.add_note(f"seed {seed}: {text!r}")
            raise


def test_the_damaged_pieces_still_hold_facts() -> None:
    """Otherwise the test above would prove nothing."""
    assert sum(mutations.check(text) for _, text in mutations.many(TEXTS, range(100), LINES)) > 100


def test_the_same_seed_gives_the_same_damage() -> None:
    once, again = (list(mutations.many(TEXTS, range(5), LINES)) for _ in range(2))
    assert once == again
    assert len({text for _, text in once}) == 5


def said(kind: str, fact: Fact) -> tuple[object, ...]:
    """What a fact says and quotes, without where."""
    row = {name: str(value) for name, value in record(fact).items() if name not in _WHERE}
    return kind, tuple(sorted(row.items())), tuple(span.quote for span in fact.evidence.spans)


def test_facts_on_untouched_lines_remain() -> None:
    kept = total = 0
    for path in sorted(FRESH.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        lines, base = text.split("\n"), mutations.facts(text)
        for seed in range(4):
            other, same = mutations.touched(text, 0.01, random.Random(seed))
            found = Counter(said(kind, fact) for kind, facts in mutations.facts(other).items() for fact in facts)
            for kind, facts in base.items():
                for fact in facts:
                    own = {at for s in fact.evidence.spans for at in range(s.line - 1, s.line + s.quote.count("\n"))}
                    if all(lines[at] in same for at in own):
                        total += 1
                        kept += found[said(kind, fact)] > 0
    assert total > 500
    assert kept / total >= 0.95


def test_no_loader_catches_everything() -> None:
    broad = [
        (path.name, node.lineno)
        for path in sorted(Path(loaders.__file__).parent.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler)
        and (
            node.type is None
            or {"Exception", "BaseException"} & {n.id for n in ast.walk(node.type) if isinstance(n, ast.Name)}
        )
    ]
    assert broad == []


def test_targets_follow_the_figures_of_a_copy() -> None:
    """Every figure of the goals in a copy is another one; the facts say the other one."""
    text = (FRESH / "action-plan.txt").read_text(encoding="utf-8")
    found = mutations.facts(text)["targets"]
    changed = 0
    for fact in found:
        row, span = record(fact), fact.evidence.span
        printed = f"{row['value']}".lstrip("-")
        if printed not in span.quote:
            continue
        new = f"{float(printed) + 7:g}"
        copy = text[: span.start] + span.quote.replace(printed, new, 1) + text[span.end :]
        values = [
            record(one)["value"] for one in mutations.facts(copy)["targets"] if one.evidence.span.line == span.line
        ]
        assert any(abs(float(str(value))) == float(new) for value in values), (span.quote, values)
        changed += 1
    assert changed > 12
