"""What the conditions of an offer come to: the tree as read, made ready to be decided by a profile.

The loaders keep a clause as it is written. Before it can be decided, the sentence that grants relief becomes the
relief, and what a sentence says beside its figure (工业企业, 诚信经营, 收入或净利润) becomes a condition of its own.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from loaders.grammar.quantities import quantities
from loaders.money.conditions import attribute
from ontology.facts_money import Condition, Group, Leaf, conjuncts, leaves
from ontology.vocabulary import vocabulary
from queries.match.attributes import by_type
from queries.match.offers import Offer


@dataclass(frozen=True, slots=True)
class Relief:
    """By how much figures may be missed: `share` of the figure, for the conditions of `clauses` (all where empty), for
    those of whom `needs` holds; `text` are the words."""

    share: Decimal
    clauses: tuple[str, ...]
    needs: str | None
    text: str

    def covers(self, leaf: Leaf) -> bool:
        """Whether the relief is for a condition."""
        return not self.clauses or any(one in (leaf.clause or "") for one in self.clauses)


@dataclass(frozen=True, slots=True)
class Demand:
    """What an offer demands: conditions that all hold together, and the relief from them."""

    conditions: tuple[Condition, ...]
    relief: Relief | None


def demand(offer: Offer, direction: Leaf | None = None, others: Sequence[Leaf] = ()) -> Demand:
    """What an offer demands.

    Args:
        offer: an instrument or a recognition.
        direction: the direction of the call that it is for, where the call has several.
        others: the other directions of calls; what stands under the heading of one is not asked here.
    """
    relief = relief_of(offer.relief)
    headings = tuple(one.clause for one in others if one.clause and one != direction)
    members = [one for one in conjuncts(offer.requires) if not _under(one, headings)]
    if relief is not None:
        members = [one for one in members if not (isinstance(one, Leaf) and _grants(one, relief))]
    read = [_read(one) for one in members]
    conditions = [leaf for one in read for leaf in conjuncts(one)]
    if direction is not None:
        conditions.append(direction)
    return Demand(tuple(dict.fromkeys(conditions)), relief)


# ---- Relief

_LOWERED = re.compile(r"降低|放宽|下调|下浮")
_ITEMS = re.compile(r"（[一二三四五六七八九十\d]+）")


def relief_of(words: str | None) -> Relief | None:
    """The relief that a scheme's words grant (以上（三）（四）指标要求，对于优先遴选领域的企业可降低不超过20%)."""
    for sentence in re.split(r"[。；]", words or ""):
        if not _LOWERED.search(sentence):
            continue
        share = next((one for one in quantities(sentence) if one.kind in ("ratio", "ratio-change")), None)
        if share is None:
            continue
        code = attribute(sentence)
        return Relief(
            share.base, tuple(_ITEMS.findall(sentence)), code if by_type(code) == "boolean" else None, sentence
        )
    return None


def _under(condition: Condition, headings: tuple[str, ...]) -> bool:
    """Whether a condition stands under one of the headings."""
    found = leaves(condition, denied=True)
    return bool(headings) and all((leaf.clause or "").startswith(headings) for leaf in found)


def _grants(leaf: Leaf, relief: Relief) -> bool:
    return bool(leaf.text) and leaf.text in relief.text


# ---- What a sentence says beside its figure

_EITHER = re.compile(
    r"(?P<one>[^，。；或]{2,})或(?P<other>[^，。；或的]{2,10})的(?P<rest>[^，。；的\d]{2,12}?)(?=达|不|超|高|为|\d)"
)
_WHERE = re.compile(r"(?:若|如)?[^，。；]{1,24}(?:变更|调整|变动|延期|撤销)的，")
"""What is asked only of those for whom something has changed: 备案证发生变更的 does not ask for 备案."""
_SAYS = (
    ("in-statistics", re.compile(r"纳入[^，。；]{0,14}统计")),
    ("clean-record", re.compile(r"诚信经营|信誉良好|守法经营|失信被执行人")),
    ("accepted", re.compile(r"通过[^，。；]{0,6}验收|验收合格")),
    ("standards", re.compile(r"(?:主持|参与|牵头|制定)[^，。；]{0,16}标准")),
)
"""What a sentence says of an attribute in more words than the vocabulary's names for it have."""


def _read(condition: Condition) -> Condition:
    """A condition with what its sentences say beside their figures."""
    if isinstance(condition, Group):
        if condition.logic == "not":
            return condition
        items = tuple(_read(one) for one in condition.items_of)
        if condition.logic == "all":
            return Group.all(tuple(leaf for one in items for leaf in conjuncts(one)))
        return Group.at_least(condition.least or 1, items) if condition.logic == "at_least" else Group.any(items)
    found = [*_kept(condition), *_kinds(condition), *_said(condition)]
    return found[0] if len(found) == 1 else Group.all(tuple(found))


def _kept(leaf: Leaf) -> Iterator[Condition]:
    """The condition, unless what its one clause says takes its place; with the other subject that may meet it."""
    if by_type(leaf.what) == "boolean" and leaf.value is None and _WHERE.match(leaf.text):
        yield replace(leaf, what="other", op="judged")
        return
    if leaf.op == "judged" and not re.search(r"[，；]", leaf.text) and any(True for _ in _said(leaf)):
        return
    match = _EITHER.search(leaf.text) if isinstance(leaf.value, int | float) else None
    if match is not None:
        kind = {"ratio": "ratio", "money": "money", "integer": "count"}.get(by_type(leaf.what))
        tail = "增长率" if "增长" in match["rest"] else match["rest"]
        other = attribute(match["other"] + tail, kind)
        if by_type(other) == by_type(leaf.what) and other != leaf.what:
            yield Group.any((leaf, replace(leaf, what=other)))
            return
    yield leaf


def _said(leaf: Leaf) -> Iterator[Leaf]:
    for code, pattern in _SAYS:
        if code == leaf.what or not pattern.search(leaf.text) or leaf.what not in ("other", "registered"):
            continue
        if by_type(code) == "integer":
            yield replace(leaf, what=code, op=">=", value=1, unit=None)
        else:
            yield replace(leaf, what=code, op="=", value=None, unit=None)


def _kinds(leaf: Leaf) -> Iterator[Leaf]:
    """What kind of applicant a sentence is about: the noun that it ends in, or that 支持 has as its object."""
    if leaf.what not in ("other", "registered"):
        return
    for label in sorted(kinds(), key=len, reverse=True):
        if (leaf.what == "registered" and leaf.text.endswith(label)) or leaf.text.startswith(f"支持{label}"):
            yield replace(leaf, what="kind", op="=", value=label, unit=None)
            return


def kinds() -> tuple[str, ...]:
    """The kinds of applicants that the vocabulary names."""
    return vocabulary().codes("condition")["kind"].labels


# ---- Directions of a call

_NOUN = re.compile(r"(?:奖励|奖补|补助|补贴|资助|贴息|扶持|配套|支持)+$")


def directions(offers: Sequence[Offer]) -> dict[str, Leaf]:
    """The direction of each offer of a call that has several: id of the offer -> the condition that asks for it.

    Such offers stand in one clause and are named for the headings under which the call describes its directions.
    """
    groups: dict[tuple[str | None, str | None], list[Offer]] = {}
    for one in offers:
        groups.setdefault((one.policy_id, one.clause), []).append(one)
    found: dict[str, Leaf] = {}
    for group in groups.values():
        if len({one.name for one in group}) < 2:
            continue
        clauses = [leaf.clause for one in group for leaf in leaves(one.requires, denied=True) if leaf.clause]
        for one in group:
            stem = _NOUN.sub("", one.name)
            clause = next((clause for clause in clauses if stem and clause.endswith(stem)), None)
            if clause is not None:
                found[one.id] = Leaf("direction", "=", stem, None, None, (), clause, stem)
    return found
