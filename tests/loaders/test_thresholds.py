"""With thresholds, ratios, caps and terms changed in copies of the documents, the facts follow the copy.

Every figure that an instrument or a criterion has is changed at its place in the text; nothing else of the fact may
change, and no other figure than the one that the text prints now.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from clusteratlas import bundled
from loaders.grammar import dates
from loaders.registry import LOADERS
from ontology.facts import Fact, PolicyFact, record
from ontology.facts_money import InstrumentFact
from tests.loaders import mutations

MONEY = ("instruments", "criteria")
_UNIT = r"\s*(?:%|％|[万亿]?元|万|亿|年|个月|项|家|位|人|类|件|个|倍|分(?!之)|平方米|亩)"
_FIGURE = re.compile(rf"(?<![\d.第〔/-])\d+(?:\.\d+)?(?=(?:[、和—–-]\d+(?:\.\d+)?)*{_UNIT})(?!\s*年\s*\d+\s*月)")
_YEAR = re.compile(r"(?:19|20)\d\d\s*年")
_CHINESE = re.compile(r"(?<![第十百千万分])[一二两三四五六七八](?=(?:个)?(?:年|类|月|项|家)(?![度目]))")
_TERM = re.compile(r"有效期(?:限)?(?:为)?\s*(?P<n>\d|[一二两三四五六七八])(?=\s*年)")
_NEXT = dict(zip("一二两三四五六七八", "二三三四五六七八九", strict=True))
_VALUE = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"两": 2}
# What names a place in the copy, or repeats words of it.
_WORDS = {
    "id", "quote", "text", "start", "end", "line", "more", "name", "criterion", "beneficiary", "base", "scheme", "when",
    "fails_with", "window", "relief", "standard",
}  # fmt: skip


@dataclass(frozen=True)
class Copy:
    """A document, its copy with other figures, and where each figure stands: (start, value before, value after)."""

    before: Mapping[str, tuple[Fact, ...]]
    after: Mapping[str, tuple[Fact, ...]]
    figures: tuple[tuple[int, float, float], ...]


def _changes(text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, str, str, float, float]]:
    """(start, numeral, new numeral, value, new value) of the figures in some stretches of a text.

    New values keep the order of the old ones, so that a ladder stays a ladder and a range a range.
    """
    inside = [any(a <= at < b for a, b in spans) for at in range(len(text))]
    for match in _TERM.finditer(text):
        inside[match.start("n")] = True
    for match in _FIGURE.finditer(text):
        if not inside[match.start()] or _YEAR.match(text, match.start()):
            continue
        value = float(match[0])
        if value == 100 and re.match(r"\s*[%％]", text[match.end() :]):
            continue
        new = value + (1 if value < 20 else 1 + int(value) % 4)  # what is said twice stays the same
        yield match.start(), match[0], f"{new:g}", value, float(f"{new:g}")
    for match in _CHINESE.finditer(text):
        if inside[match.start()]:
            yield match.start(), match[0], _NEXT[match[0]], _VALUE[match[0]], _VALUE[_NEXT[match[0]]]


def _read(text: str, file: str) -> dict[str, tuple[Fact, ...]]:
    document = mutations.document(text, file)
    return {kind: LOADERS[kind](document).facts for kind in (*MONEY, "policies")}


@cache
def _copied(path: Path) -> Copy:
    text = path.read_bytes().decode()
    before = _read(text, path.name)
    spans = [(s.start, s.end) for kind in MONEY for fact in before[kind] for s in fact.evidence.spans]
    changes = sorted(_changes(text, spans))
    pieces, last, figures, moved = list[str](), 0, list[tuple[int, float, float]](), 0
    for start, old, new, value, other in changes:
        pieces += [text[last:start], new]
        figures.append((start, value, other))
        last, moved = start + len(old), moved + len(new) - len(old)
    after = _read("".join([*pieces, text[last:]]), path.name)
    return Copy(before, after, tuple(figures))


DOCUMENTS = tuple(path for path in bundled.documents() if any(_copied(path).before[kind] for kind in MONEY))


def _leaves(old: Any, new: Any, key: str) -> Iterator[tuple[str, Any, Any]]:
    """The values of two facts side by side: (path of keys, before, after)."""
    if isinstance(old, dict):
        assert isinstance(new, dict), (key, old, new)
        assert old.keys() == new.keys(), (key, old, new)
        for name in old:
            if name not in _WORDS:
                yield from _leaves(old[name], new[name], f"{key}.{name}")
    elif isinstance(old, list | tuple):
        assert len(old) == len(new), (key, old, new)
        for one, two in zip(old, new, strict=True):
            yield from _leaves(one, two, key)
    else:
        yield key, old, new


def _expected(copy: Copy, fact: Fact, value: float, key: str) -> set[float]:
    """What a figure of a fact must be in the copy: what stands where its evidence prints it.

    The conditions of a whole scheme are also those of its other rows, which have evidence of their own.
    """
    spans = [(s.start, s.end) for s in fact.evidence.spans]
    return {
        new
        for at, old, new in copy.figures
        if old == value and (".requires" in key or any(a <= at < b for a, b in spans))
    }


@pytest.mark.parametrize("kind", MONEY)
@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_every_figure_follows_the_copy(path: Path, kind: str) -> None:
    copy = _copied(path)
    before, after = copy.before[kind], copy.after[kind]
    assert len(before) == len(after)
    changed = 0
    for one, two in zip(before, after, strict=True):
        old, new = record(one), record(two)
        for key, was, now in _leaves(old, new, kind):
            last = key.rpartition(".")[2]
            if last == "yuan":
                continue
            if isinstance(was, bool) or not isinstance(was, int | float):
                assert _plain(was) == _plain(now), (old["quote"], key)
                continue
            if was == now == 0:  # 正增长, 正数 and 盈利 print no figure
                continue
            scale = 100 if last.startswith("ratio") else 1
            expected = _expected(copy, one, round(was * scale, 6), key)
            assert expected, (old["quote"], key, was)
            assert round(now * scale, 6) in expected, (old["quote"], key, was, now)
            changed += now != was
    assert changed >= sum(bool(record(fact).get("value") or record(fact).get("thresholds")) for fact in before) // 2


def _plain(value: Any) -> Any:
    """Words without their figures."""
    return re.sub(r"[\d.]+|[一二两三四五六七八九]", "#", value) if isinstance(value, str) else value


def test_yuan_follow_the_printed_sum() -> None:
    units = {"元": 1, "万元": 10_000, "亿元": 100_000_000}
    sums = [
        item
        for path in DOCUMENTS
        for fact in _copied(path).after["instruments"]
        for item in _sums(record(fact))
        if item["unit"] in units
    ]
    assert sums
    assert all(item["yuan"] == round(item["value"] * units[item["unit"]]) for item in sums)


def _sums(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if "yuan" in value:
            yield value
        for one in value.values():
            yield from _sums(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _sums(one)


def test_terms_follow_the_copy() -> None:
    """Every policy whose term is a number of years is in force a year longer, and what it gives with it."""
    longer = set()
    for path in DOCUMENTS:
        copy = _copied(path)
        for fact, other in zip(copy.before["policies"], copy.after["policies"], strict=True):
            assert isinstance(fact, PolicyFact)
            assert isinstance(other, PolicyFact)
            if fact.expires != other.expires:
                start = fact.effective or fact.issued
                assert start is not None
                assert other.expires == dates.last_day(start, years=_years(start, fact.expires) + 1)
                longer.add((path.name, fact.title, other.expires))
        given = {(path.name, f.policy, f.valid_to) for f in copy.after["instruments"] if isinstance(f, InstrumentFact)}
        titles = {title for name, title, _ in longer if name == path.name}
        assert {one for one in given if one[1] in titles} <= longer
    assert len(longer) >= 4


def _years(start: str, end: str | None) -> int:
    return next(n for n in range(1, 20) if dates.last_day(start, years=n) == end)
