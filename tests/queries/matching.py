"""Graphs for the tests of matching: the compendium of policies, as it is or with changes, read by the loaders of money."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from clusteratlas import bundled
from graph.assembling import assemble
from graph.reading import Read
from loaders.document.document import parse
from loaders.document.source import Source
from loaders.policy.parts import parts, with_heads
from loaders.registry import LOADERS
from ontology.facts_money import Leaf
from ontology.vocabulary import vocabulary
from queries.index import Index
from queries.match.attributes import profile
from queries.match.match import VERDICTS, Answer, Matcher
from queries.match.offers import Offer

FILE = "gd-policy-compendium-2021.txt"
KINDS = ("policies", "instruments", "criteria", "deadlines")
Changes = tuple[tuple[str, str, int], ...]
"""What is replaced by what in the document, and how often it stands there."""


@cache
def text_of(file: str = FILE) -> str:
    """A bundled document."""
    return (bundled.data() / "documents" / file).read_text(encoding="utf-8")


def read_text(text: str, file: str = FILE) -> Read:
    """A document read by the loaders of money."""
    document = parse(Source(file, hashlib.sha256(text.encode()).hexdigest(), text))
    document = with_heads(document, parts(document))
    return Read(document, None, {kind: LOADERS[kind](document) for kind in KINDS})


def index_of(read: Read) -> Index:
    """The graph of one document."""
    return Index(assemble([read], vocabulary()).tables)


@cache
def original() -> Read:
    """The compendium as it is."""
    return read_text(text_of())


@cache
def index() -> Index:
    """The graph of the compendium as it is."""
    return index_of(original())


@cache
def matcher(changes: Changes = ()) -> Matcher:
    """A matcher of the compendium, or of a copy with changes."""
    if not changes:
        return Matcher(index())
    text = text_of()
    for old, new, occurrences in changes:
        assert text.count(old) == occurrences, f"{old!r} stands {text.count(old)} times"
        text = text.replace(old, new)
    return Matcher(index_of(read_text(text)))


def answer_for(found: Matcher, case: Mapping[str, Any]) -> tuple[Answer, dict[str, Any]]:
    """The answer that a case is about, and its profile.

    Of the rows of a policy whose name fits (珠三角 and 粤东粤西粤北 of one rule, the directions of one call) the one that
    is for the profile: not 不适用 before 不适用, in figures before in words.
    """
    values = dict(profile(case["profile"]))
    rows = [
        one
        for one in found.match(values)
        if case["policy"] in (one.offer.doc_number, one.offer.policy) and case["instrument"] in one.offer.name
    ]
    assert rows, f"no row of {case['policy']} is named {case['instrument']}"
    best = min(
        rows, key=lambda one: (one.verdict == "不适用", one.offer.strength != "hard", VERDICTS.index(one.verdict))
    )
    return best, values


def wrong_in(answer: Answer, values: Mapping[str, Any], expect: Mapping[str, Any]) -> list[str]:
    """What an answer has other than a case demands."""
    found = answer.findings
    unmet = {one.code for one in answer.unmet} | {leaf.what for leaf in found.unmet}
    unknown = {one.code for one in answer.unknown} | {leaf.what for leaf in found.unknown}
    named = unknown | ({"other"} if found.judged else set())
    wanted, also = set(expect["unmet"]), set(expect.get("unmet_also", ()))
    amount = expect.get("amount_max", {}).get("value")
    problems = [
        (answer.verdict != expect["verdict"], f"{answer.verdict}, wanted {expect['verdict']}"),
        (answer.eligible != expect["eligible"], f"eligible {answer.eligible}"),
        (not wanted <= unmet <= wanted | also, f"unmet {sorted(unmet)}, wanted {sorted(wanted)}"),
        (answer.eligible == "no" and not unmet, "no without a reason"),
        (not set(expect["unknown"]) <= named, f"unknown {sorted(named)}, wanted {sorted(expect['unknown'])}"),
        (bool(unknown & set(values)), f"called unknown though given: {sorted(unknown & set(values))}"),
        (answer.verdict == "符合" and bool(unknown), f"符合 with unknown {sorted(unknown)}"),
        (
            not expect.get("amount_free") and answer.amount.yuan != amount,
            f"amount {answer.amount.yuan}, wanted {amount}: {answer.amount.words}",
        ),
    ]
    return [words for is_wrong, words in problems if is_wrong]


def leaf(what: str, op: str = "=", value: Any = None, unit: str | None = None, **more: Any) -> Leaf:
    return Leaf(
        what, op, value, unit, None, more.get("regions", ()), more.get("clause", "第一条"), more.get("text", "")
    )


def offer(**more: Any) -> Offer:
    """An offer with nothing in it but what is given."""
    base = next(one for one in matcher().offers if one.strength == "hard" and not one.recognition)
    empty = {
        "own": None,
        "scheme": None,
        "relief": None,
        "benefits": (),
        "shared_cap": None,
        "regions": (),
        "excludes": (),
        "valid_from": None,
        "valid_to": None,
        "deadlines": (),
        "clusters": (),
        "beneficiary": None,
        "grade": None,
    }
    return replace(base, **(empty | more))
