"""Instruments and recognitions of a graph as typed offers: the facts about money, back from their rows."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from graph.tables import Node, Value
from ontology.facts_money import (
    AddOn,
    Benefit,
    Condition,
    Group,
    Instalment,
    Leaf,
    Measure,
    Money,
    Step,
    conjunction,
    conjuncts,
    leaves,
)
from queries.index import Basis, Index

_PRINTED = re.compile(r"(?P<value>-?\d+(?:\.\d+)?)(?P<unit>.*)", re.DOTALL)
_SCHEME = "/scheme/"


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline of a policy: what is due (申报, 报送), by when, and the words that say so."""

    what: str
    who: str | None
    date: str | None
    recurs: str | None
    words: str


@dataclass(frozen=True)
class Offer:
    """What a policy offers in one clause, with everything that decides who gets it and how much.

    `own` are the conditions of the clause itself, `scheme` those of the scheme it is under, `relief` by how much the
    scheme's may be lowered, in its words. `valid_years` is set where a title is granted. `standing` says where each
    condition stands.
    """

    id: str
    policy_id: str | None
    policy: str
    doc_number: str | None
    jurisdiction: str | None
    level: str | None
    grade: str | None
    issued: str | None
    name: str
    clause: str | None
    recognition: bool
    instrument_type: str
    beneficiary: str | None
    strength: str
    valid_from: str | None
    valid_to: str | None
    window: str | None
    spending_from: str | None
    spending_to: str | None
    clusters: tuple[str, ...]
    authority: tuple[str, ...]
    reservation: tuple[str, ...]
    own: Condition | None
    scheme: Condition | None
    relief: str | None
    benefits: tuple[Benefit, ...]
    shared_cap: Money | None
    fails_with: str | None
    regions: tuple[str, ...]
    excludes: tuple[str, ...]
    valid_years: int | None
    deadlines: tuple[Due, ...]
    evidence: tuple[Basis, ...]
    standing: Mapping[Leaf, Basis]

    @property
    def requires(self) -> Condition | None:
        """The clause's own conditions and the scheme's together.

        Where the clause repeats conditions of the scheme it has made its own choice among them (a call with several
        directions leaves out what belongs to the others), so the scheme adds nothing.
        """
        if self.own is None or self.scheme is None:
            return self.own or self.scheme
        if set(leaves(self.own, denied=True)) & set(leaves(self.scheme, denied=True)):
            return self.own
        return Group.all((*conjuncts(self.own), *conjuncts(self.scheme)))

    @cached_property
    def _by_words(self) -> dict[tuple[str | None, str], Basis]:
        found = {(leaf.clause, ""): basis for leaf, basis in self.standing.items()}
        return found | {(leaf.clause, leaf.text): basis for leaf, basis in self.standing.items()}

    def basis_of(self, leaf: Leaf) -> Basis | None:
        """Where a condition stands; one that was made of the words of another by its words, else by its clause."""
        return self.standing.get(leaf) or self._by_words.get(
            (leaf.clause, leaf.text), self._by_words.get((leaf.clause, ""))
        )


def offers(index: Index) -> tuple[Offer, ...]:
    """Every instrument and recognition of a graph, by policy and clause."""
    reader = _Reader(index)
    found = [reader.offer(node) for cls in ("Instrument", "Recognition") for node in index.of(cls)]
    return tuple(sorted(found, key=lambda one: (one.policy_id or "", order_of(one.clause), one.name, one.id)))


@dataclass(frozen=True)
class _Reader:
    index: Index

    def offer(self, node: Node) -> Offer:
        own, scheme, relief = self._requirements(node.id)
        policy = next(iter(self.index.into(node.id, "provides")), None)
        said = self.index.out(node.id, "evidencedBy")
        read = node.properties
        benefits = sorted(
            self.index.out(node.id, "hasBenefit"), key=lambda one: _int(one.properties.get("number")) or 0
        )
        recognition = node.cls == "Recognition"
        return Offer(
            id=node.id,
            policy_id=policy.id if policy is not None else None,
            policy=str(policy.properties.get("name", policy.id)) if policy is not None else node.id.split("/")[1],
            doc_number=_text(policy.properties.get("doc_number")) if policy is not None else None,
            jurisdiction=_text(policy.properties.get("jurisdiction")) if policy is not None else None,
            level=_text(policy.properties.get("level")) if policy is not None else None,
            grade=next((str(one.properties["grade"]) for one in said if "grade" in one.properties), None),
            issued=_text(policy.properties.get("issued")) if policy is not None else None,
            name=str(read["name"]),
            clause=_text(read.get("clause")),
            recognition=recognition,
            instrument_type="recognition" if recognition else str(read.get("instrument_type") or ""),
            beneficiary=_text(read.get("beneficiary")),
            strength="hard" if recognition else str(read.get("strength")),
            valid_from=_text(read.get("valid_from")),
            valid_to=_text(read.get("valid_to")),
            window=_text(read.get("window")),
            spending_from=_text(read.get("spending_from")),
            spending_to=_text(read.get("spending_to")),
            clusters=self._names(node.id, "targets"),
            authority=self._names(node.id, "administeredBy"),
            reservation=tuple(str(read["reservation"]).split("、")) if "reservation" in read else (),
            own=own,
            scheme=scheme,
            relief=relief,
            benefits=tuple(self._benefit(one) for one in benefits),
            shared_cap=_money(read, "shared_cap"),
            fails_with=_text(read.get("fails_with")),
            regions=self._names(node.id, "availableIn"),
            excludes=self._names(node.id, "excludes"),
            valid_years=_int(read.get("valid_years")),
            deadlines=self._deadlines(policy.id) if policy is not None else (),
            evidence=self.index.basis(node.id),
            standing={
                leaf: basis
                for condition in (own, scheme)
                for leaf in leaves(condition, denied=True)
                if (basis := self._standing.get(leaf)) is not None
            },
        )

    @cached_property
    def _standing(self) -> dict[Leaf, Basis]:
        return {}

    def _names(self, identifier: str, relation: str) -> tuple[str, ...]:
        return tuple(str(one.properties.get("name", one.id)) for one in self.index.out(identifier, relation))

    def _requirements(self, identifier: str) -> tuple[Condition | None, Condition | None, str | None]:
        own: list[Condition] = []
        scheme: list[Condition] = []
        relief = None
        for root in self.index.out(identifier, "requires"):
            if _SCHEME in root.id:
                relief = _text(root.properties.get("relief"))
                if self.index.edges(root.id, "requires"):
                    scheme.append(self._condition(root))
            else:
                own.append(self._condition(root))
        return conjunction(own), conjunction(scheme), relief

    def _condition(self, node: Node) -> Condition:
        logic = str(node.properties["logic"])
        if logic == "leaf":
            return self._leaf(node)
        members = sorted((self._condition(one) for one in self.index.out(node.id, "requires")), key=_place_of)
        if logic == "not":
            return Group.negated(members[0])
        if logic == "at_least":
            return Group.at_least(_int(node.properties.get("minimum")) or 1, tuple(members))
        return Group.any(tuple(members)) if logic == "any" else Group.all(tuple(members))

    def _leaf(self, node: Node) -> Leaf:
        read = node.properties
        number = read.get("value")
        value: int | float | str | None = _text(read.get("value_text"))
        if isinstance(number, int | float):
            value = int(number) if float(number).is_integer() else float(number)
        leaf = Leaf(
            what=str(read["what"]),
            op=str(read["op"]),
            value=value,
            unit=_text(read.get("unit")),
            window=_text(read.get("window")),
            regions=self._names(node.id, "availableIn"),
            clause=_text(read.get("clause")),
            text=str(read.get("text", "")),
        )
        if basis := self.index.basis(node.id):
            self._standing[leaf] = max(basis, key=lambda one: (_shared(leaf.text, one.quote), -len(one.quote)))
        return leaf

    def _benefit(self, node: Node) -> Benefit:
        read = node.properties
        requires = [self._condition(one) for one in self.index.out(node.id, "requires")]
        return Benefit(
            requires=conjunction(requires),
            regions=self._names(node.id, "availableIn"),
            excludes=self._names(node.id, "excludes"),
            form=str(read["form"]),
            base=_text(read.get("base")),
            ratio=_float(read.get("ratio")),
            ratio_min=_float(read.get("ratio_min")),
            amount=_money(read, "amount"),
            cap=_money(read, "cap"),
            caps=tuple(_sum(one) for one in _list(read.get("caps"))),
            steps=tuple(_step(one) for one in _list(read.get("steps"))),
            instalments=tuple(
                Instalment(one.get("when"), one.get("ratio"), _maybe_sum(one.get("amount")))
                for one in _list(read.get("instalments"))
            ),
            add_ons=tuple(
                AddOn(one.get("when"), _measure(one.get("points")), one.get("ratio"), _maybe_sum(one.get("amount")))
                for one in _list(read.get("add_ons"))
            ),
            term=_printed_measure(_text(read.get("term"))),
            standard=_text(read.get("standard")),
        )

    def _deadlines(self, policy: str) -> tuple[Due, ...]:
        found = []
        for node in self.index.out(policy, "provides"):
            if node.cls != "Deadline":
                continue
            read = node.properties
            words = " ".join(one.quote for one in self.index.basis(node.id))
            found.append(
                Due(
                    str(read["what"]), _text(read.get("who")), _text(read.get("date")), _text(read.get("recurs")), words
                )
            )
        return tuple(found)


# ---- Values


def _text(value: Value | None) -> str | None:
    return value if isinstance(value, str) else None


def _int(value: Value | None) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _float(value: Value | None) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _list(value: Value | None) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(value) if isinstance(value, str) else []
    return found


def _number(text: str) -> int | float:
    return float(text) if "." in text else int(text)


def _money(read: Mapping[str, Value], name: str) -> Money | None:
    """A sum from the properties `name`, `name_printed`, `name_per`."""
    match = _PRINTED.fullmatch(str(read.get(f"{name}_printed", "")))
    if match is None:
        return None
    yuan, per = _int(read.get(name)), _text(read.get(f"{name}_per"))
    return Money(_number(match["value"]), match["unit"], yuan, per)


def _sum(read: Mapping[str, Any]) -> Money:
    return Money(read["value"], read["unit"], read.get("yuan"), read.get("per"))


def _maybe_sum(read: Mapping[str, Any] | None) -> Money | None:
    return _sum(read) if read is not None else None


def _measure(read: Mapping[str, Any] | None) -> Measure | None:
    return Measure(read["value"], read["unit"]) if read is not None else None


def _printed_measure(text: str | None) -> Measure | None:
    match = _PRINTED.fullmatch(text or "")
    return Measure(_number(match["value"]), match["unit"]) if match is not None else None


def _step(read: Mapping[str, Any]) -> Step:
    return Step.of(
        low=_measure(read.get("from")),
        high=_measure(read.get("to")),
        low_inclusive=read.get("from_inclusive", True),
        high_inclusive=read.get("to_inclusive", True),
        when=read.get("when"),
        ratio=read.get("ratio"),
        sum=_maybe_sum(read.get("sum")),
        cap=_maybe_sum(read.get("cap")),
    )


# ---- Order and places in the text

_NUMERALS = {sign: value for value, sign in enumerate("零一二三四五六七八九")}
_STEPS = re.compile(
    r"第([一二三四五六七八九十百\d]+)[章条项]|（([一二三四五六七八九十\d]+)）|([一二三四五六七八九十]+)、"
)


def order_of(clause: str | None) -> tuple[int, ...]:
    """Where a clause stands among the others: the numbers that it prints (第三章 第八条 （一） 第5项 → 3, 8, 1, 5)."""
    return tuple(_numeral(next(filter(None, match.groups()))) for match in _STEPS.finditer(clause or ""))


def _numeral(text: str) -> int:
    if text.isdigit():
        return int(text)
    total = 0
    for part in text.replace("百", "十十").split("十")[:-1]:
        total = (total + (_NUMERALS.get(part, 1) if part else 1)) * 10 if total == 0 else total * 10
    last = text[-1]
    return total + _NUMERALS.get(last, 0)


def _place_of(condition: Condition) -> tuple[object, ...]:
    """The order of a text, as far as clauses tell it; then what no text decides, so that it is always the same."""
    first = min(leaves(condition, denied=True), key=_leaf_place)
    return (*_leaf_place(first), isinstance(condition, Group))


def _leaf_place(leaf: Leaf) -> tuple[object, ...]:
    return (order_of(leaf.clause), leaf.clause or "", leaf.text, leaf.what, leaf.op, str(leaf.value))


def _shared(text: str, quote: str) -> int:
    """How many pairs of signs of a condition's text its quote has: the quote that states it has the most."""
    plain = "".join(quote.split())
    return sum(text[at : at + 2] in plain for at in range(len(text) - 1))
