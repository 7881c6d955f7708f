"""Conditions decided by a profile: met, unmet, unknown, or left to a review, each with its clause.

The logic has more than two values, after Kleene's: a figure that the profile lacks is unknown and never met; what only
a review can decide (judged) neither meets nor breaks the conditions beside it, and never makes an alternative good.
"""

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import IntEnum

from loaders.grammar.quantities import factor
from ontology.facts_money import Condition, Group, Leaf
from queries.match.applicants import fits
from queries.match.attributes import Known, attributes, by_type, mu, years
from queries.match.places import among
from queries.match.senses import Relief
from queries.phrase import Phrase, phrase

Profile = Mapping[str, Known]


class State(IntEnum):
    """How a condition stands."""

    MET = 0
    UNMET = 1
    UNKNOWN = 2
    JUDGED = 3
    RELAXED = 4
    """Unmet, but within the relief that a clause grants."""
    RELAXABLE = 5
    """Unmet, within the relief, and unknown whether the relief is for this applicant."""
    OPEN = 6
    """What the profile says leaves it open, and only a review can tell."""


@dataclass(frozen=True, slots=True)
class Test:
    """One condition that a profile decides: the leaf, how, and the relief from it."""

    leaf: Leaf
    decide: Callable[[Profile], State] = field(repr=False)
    relief: Relief | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """Conditions of which some suffice: `least` of the branches; `all` where every one of them must hold."""

    logic: str
    least: int
    branches: "tuple[Node, ...]"
    left_to_review: bool = False


Node = Test | Choice


@dataclass(slots=True)
class Findings:
    """The conditions of an offer by how they stand; `decided` is False where an alternative rests on a review only."""

    met: list[Leaf] = field(default_factory=list)
    unmet: list[Leaf] = field(default_factory=list)
    unknown: list[Leaf] = field(default_factory=list)
    judged: list[Leaf] = field(default_factory=list)
    relief: Relief | None = None
    relaxed: int = 0
    undecided: bool = False


# ---- Compiling for a city


def compiled(
    conditions: tuple[Condition, ...], relief: Relief | None, cities: tuple[str, ...], document: str | None
) -> tuple[Node, ...]:
    """The conditions that hold in one of some cities, ready to be decided.

    Args:
        conditions: what an offer demands, all together.
        relief: what its scheme lets be missed.
        cities: where the applicant may be; none for anywhere.
        document: number of the document, whose regions are meant.
    """
    found = [_node(one, relief, cities, document, top=True) for one in conditions]
    return tuple(one for one in found if one is not None)


def _node(
    condition: Condition, relief: Relief | None, cities: tuple[str, ...], document: str | None, *, top: bool = False
) -> Node | None:
    """None where the condition holds in none of the cities."""
    if isinstance(condition, Leaf):
        return _test(condition, relief if top else None, cities, document)
    if condition.logic == "not":
        return _negated(condition.items_of[0], cities, document)
    branches = [_node(one, relief, cities, document) for one in condition.items_of]
    kept = tuple(one for one in branches if one is not None)
    if not kept:
        return None
    if condition.logic == "all":
        return Choice("all", len(kept), kept)
    least = condition.least or 1
    kept = tuple(_alternative(one) for one in kept)
    return kept[0] if len(kept) == 1 and least == 1 and isinstance(kept[0], Test) else Choice("any", least, kept)


def _alternative(node: Node) -> Node:
    """A branch of an alternative, left to the review where it has no figure and a review must judge part of it."""
    if isinstance(node, Choice) and node.logic == "all" and not _figured(node):
        tests = [one for one in _tests(node) if _judged(one.leaf)]
        if tests:
            return Choice("all", node.least, node.branches, left_to_review=True)
    return node


def _tests(node: Node) -> list[Test]:
    return [node] if isinstance(node, Test) else [test for one in node.branches for test in _tests(one)]


def _figured(node: Node) -> bool:
    return any(isinstance(test.leaf.value, int | float) and not _judged(test.leaf) for test in _tests(node))


def _judged(leaf: Leaf) -> bool:
    """Whether only a review can decide it."""
    kind = by_type(leaf.what)
    if leaf.op == "judged" or kind == "judged":
        return True
    return leaf.value is None and kind not in ("boolean",)


def _review(_: Profile) -> State:
    return State.JUDGED


def _test(leaf: Leaf, relief: Relief | None, cities: tuple[str, ...], document: str | None) -> Test | None:
    if _judged(leaf):
        return Test(leaf, _review)
    inside = among(cities, leaf.regions, document)
    if inside is False:
        return None
    eased = relief if relief is not None and relief.covers(leaf) else None
    decide = _decision(leaf, eased)
    return Test(leaf, decide if inside else _if_inside(decide), eased)


def _if_inside(decide: Callable[[Profile], State]) -> Callable[[Profile], State]:
    """For a condition of which it is unknown whether it holds where the applicant is: met where it is met anyway."""

    def either(profile: Profile) -> State:
        return State.MET if decide(profile) is State.MET else State.UNKNOWN

    return either


def _negated(condition: Condition, cities: tuple[str, ...], document: str | None) -> Node | None:
    if not isinstance(condition, Leaf):
        member: Condition = condition
        while isinstance(member, Group):
            member = member.items_of[0]
        return Test(replace(member, op="judged"), _review)
    test = _test(condition, None, cities, document)
    if test is None or test.decide is _review:
        return test
    narrow = by_type(condition.what) == "boolean" and _narrow(condition.text)

    def decide(profile: Profile) -> State:
        state = test.decide(profile)
        if state is State.MET:
            return State.OPEN if narrow else State.UNMET
        return State.MET if state is State.UNMET else state

    return Test(replace(condition, value=False) if condition.value is None else condition, decide)


_MONEY_AT_LARGE = re.compile(r"财政(?:专项)?资金|省级资金|财政支持")


def _narrow(text: str) -> bool:
    """Whether a clause excludes less than the attribute says: one award, not all earlier money of the province.

    Who never had any did not have that one; who had some may or may not.
    """
    return _MONEY_AT_LARGE.search(text) is None


_BARS = frozenset({"clean-record"})
"""What is had by those who have no misdeed; where a clause lists the misdeeds, its words say what must not be."""
_DENIES = re.compile(
    r"不得|不(?:属于|存在|再|予|能|可|被|是|应)|未(?:曾|被|列入|发生|出现|受|有|获|享受|纳入|超过)|没有|无(?![故证照])|非失信"
    r"|诚信|守法|依法|信誉|信用(?:状况|记录)?良好"
)


def wording(leaf: Leaf) -> Phrase:
    """The words of a condition as what is asked: misdeeds say that they must not be, a direction that it is asked for.

    Args:
        leaf: a condition as it was decided.
    """
    if leaf.what == "direction":
        return phrase("申报方向须为：{}", "the direction must be: {}", leaf.text)
    bars = leaf.what in _BARS or leaf.value is False
    if not bars or not leaf.text or _DENIES.search(leaf.text):
        return Phrase(leaf.text)
    return phrase("不得有下列情形：{}", "none of this may be the case: {}", leaf.text)


# ---- One condition


def _decision(leaf: Leaf, relief: Relief | None) -> Callable[[Profile], State]:
    code, kind = leaf.what, by_type(leaf.what)
    if kind == "boolean":
        wanted = leaf.value is not False

        def flag(profile: Profile) -> State:
            value = profile.get(code)
            return State.UNKNOWN if value is None else State.MET if bool(value) is wanted else State.UNMET

        return flag
    if code == "kind":

        def somebody(profile: Profile) -> State:
            value = profile.get(code)
            answer = fits(str(value), str(leaf.value)) if value is not None else None
            return State.UNKNOWN if answer is None else State.MET if answer else State.UNMET

        return somebody
    if isinstance(leaf.value, str):
        return _worded(code, leaf.op, leaf.value) if kind != "date" else _dated(code, leaf.op, leaf.value)
    limit = threshold(leaf)
    eased = None
    if relief is not None and limit > 0:
        share = 1 - relief.share if leaf.op in (">=", ">") else 1 + relief.share
        eased = limit * share
    return _compared(code, leaf.op, limit, eased, relief.needs if relief is not None else None)


def threshold(leaf: Leaf) -> int | Decimal:
    """The figure of a condition in the unit of the attribute: yuan, a share, years, a number."""
    value = Decimal(str(leaf.value))
    if by_type(leaf.what) == "years":
        return years(value, leaf.unit or "年")
    base = value * factor(leaf.unit) if leaf.unit else value
    if by_type(leaf.what) == "area" and leaf.unit:
        return base * mu(leaf.unit)
    return int(base) if by_type(leaf.what) in ("money", "integer") and base == base.to_integral_value() else base


_COMPARE: Mapping[str, Callable[[int | Decimal, int | Decimal], bool]] = {
    ">=": operator.ge,
    ">": operator.gt,
    "<=": operator.le,
    "<": operator.lt,
    "=": operator.eq,
}
_ORDER: Mapping[str, Callable[[str, str], bool]] = {
    ">=": operator.ge,
    ">": operator.gt,
    "<=": operator.le,
    "<": operator.lt,
    "=": operator.eq,
}


def _compared(
    code: str, op: str, limit: int | Decimal, eased: int | Decimal | None, needs: str | None
) -> Callable[[Profile], State]:
    holds = _COMPARE[op]

    def figure(profile: Profile) -> State:
        value = value_of(profile, code)
        if not isinstance(value, int | Decimal):
            return State.UNKNOWN
        if holds(value, limit):
            return State.MET
        if eased is None or not holds(value, eased):
            return State.UNMET
        meant = True if needs is None else profile.get(needs)
        return State.RELAXABLE if meant is None else State.RELAXED if meant else State.UNMET

    return figure


def _dated(code: str, op: str, limit: str) -> Callable[[Profile], State]:
    holds = _ORDER[op]

    def day(profile: Profile) -> State:
        value = profile.get(code)
        if not isinstance(value, str):
            return State.UNKNOWN
        return State.MET if holds(value, limit) else State.UNMET

    return day


def _worded(code: str, op: str, wanted: str) -> Callable[[Profile], State]:
    plain = "".join(wanted.split()).lower()

    def words(profile: Profile) -> State:
        value = profile.get(code)
        if value is None:
            return State.UNKNOWN
        given = "".join(str(value).split()).lower()
        return State.MET if given in plain or plain in given else State.UNMET

    return words


def value_of(profile: Profile, code: str) -> Known | None:
    """The value of an attribute; the duration of a project follows from its first and its last day."""
    value = profile.get(code)
    if value is None and code == "duration":
        first, last = profile.get("started"), profile.get("completed")
        if isinstance(first, str) and isinstance(last, str) and first <= last:
            return _span(first, last)
    return value


def _span(first: str, last: str) -> Decimal:
    """Years between two days: whole ones by anniversary, and a part of the next one."""
    start, end = (tuple(int(part) for part in day.split("-")) for day in (first, last))
    whole = end[0] - start[0] - ((end[1], end[2]) < (start[1], start[2]))
    days = (end[1] - start[1]) * 31 + end[2] - start[2]
    return Decimal(whole) + Decimal(days % 372) / 372


# ---- All of them


def decided(nodes: tuple[Node, ...], profile: Profile) -> Findings:
    """How the conditions of an offer stand for a profile."""
    found = Findings()
    for node in nodes:
        if isinstance(node, Test):
            _sort(node, node.decide(profile), found)
        else:
            _gather(node, profile, found)
    return found


def _sort(test: Test, state: State, found: Findings) -> None:
    if state is State.MET:
        found.met.append(test.leaf)
    elif state is State.UNKNOWN:
        found.unknown.append(test.leaf)
    elif state in (State.JUDGED, State.OPEN):
        found.judged.append(test.leaf)
        found.undecided = found.undecided or state is State.OPEN
    else:
        found.unmet.append(test.leaf)
        if state in (State.RELAXED, State.RELAXABLE):
            found.relaxed += 1
            found.relief = test.relief
        if state is State.RELAXABLE and test.relief is not None and test.relief.needs is not None:
            needed = Leaf(test.relief.needs, "=", None, None, None, (), test.leaf.clause, test.relief.text)
            if needed not in found.unknown:
                found.unknown.append(needed)


def _state(node: Node, profile: Profile) -> State:
    if isinstance(node, Test):
        return node.decide(profile)
    if node.left_to_review:
        return State.JUDGED
    states = [_state(one, profile) for one in node.branches]
    states = [State.UNKNOWN if state is State.OPEN else state for state in states]
    if node.logic == "all":
        if State.UNMET in states:
            return State.UNMET
        if State.UNKNOWN in states:
            return State.UNKNOWN
        return State.MET if State.MET in states else State.JUDGED
    met = states.count(State.MET)
    if met >= node.least:
        return State.MET
    if met + states.count(State.UNKNOWN) >= node.least:
        return State.UNKNOWN
    return State.JUDGED if len(states) - states.count(State.UNMET) >= node.least else State.UNMET


def _gather(node: Choice, profile: Profile, found: Findings) -> None:
    """The conditions that explain how an alternative stands: of one that is met, only the branch that meets it."""
    state = _state(node, profile)
    if node.logic == "all":
        for one in node.branches:
            if isinstance(one, Test):
                _sort(one, one.decide(profile), found)
            else:
                _gather(one, profile, found)
        return
    if state is State.JUDGED:
        found.undecided = True
    parts: list[Findings] = []
    for one in node.branches:
        own = _state(one, profile)
        if own is not state and not (state is State.UNKNOWN and own is State.JUDGED):
            continue
        part = Findings()
        if isinstance(one, Test):
            _sort(one, own, part)
        else:
            _gather(one, profile, part)
        if state is State.JUDGED:
            found.judged += part.judged or _tests_of(one)
            continue
        parts.append(part)
        if state is State.MET:
            break
    if state is State.UNMET and node.least == 1:  # the branches that are missed by least say best what is missing
        least = min((len(part.unmet), len(part.unknown)) for part in parts)
        parts = [part for part in parts if (len(part.unmet), len(part.unknown)) == least]
    for part in parts:
        for kind in ("met", "unmet", "unknown", "judged"):
            if _tells(kind, state):
                getattr(found, kind).extend(leaf for leaf in getattr(part, kind) if leaf not in getattr(found, kind))


def _tells(kind: str, state: State) -> bool:
    """Which conditions of a branch say why an alternative stands as it does."""
    return {
        State.MET: kind in ("met", "judged"),
        State.UNMET: kind == "unmet",
        State.UNKNOWN: kind in ("unknown", "judged"),
    }.get(state, True)


def _tests_of(node: Node) -> list[Leaf]:
    return [test.leaf for test in _tests(node) if _judged(test.leaf)]


def title_of(code: str) -> Phrase:
    """What people call an attribute."""
    known = attributes().get(code)
    return known.words if known is not None else _REVIEWED


_REVIEWED = Phrase("须由主管部门认定", "left to the authority's review")
