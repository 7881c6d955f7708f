"""Facts about money: instruments with their benefits and conditions, eligibility criteria, deadlines.

Conditions and steps print under keys that are no Python names (`all`, `not`, `from`), so they are small mappings; all
are immutable and hashable, and cross process boundaries.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from ontology.facts import Fact

Scalar = int | float | str | bool | None


class Keyed(Mapping[str, object]):
    """An immutable mapping with a fixed order of keys."""

    __slots__ = ("_pairs",)

    def __init__(self, *pairs: tuple[str, object]) -> None:
        self._pairs = pairs

    def __getitem__(self, key: str) -> object:
        for name, value in self._pairs:
            if name == key:
                return value
        raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        return (name for name, _ in self._pairs)

    def __len__(self) -> int:
        return len(self._pairs)

    def __hash__(self) -> int:
        return hash((type(self), self._pairs))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Keyed) and self._pairs == other._pairs

    def __reduce__(self) -> tuple[object, ...]:
        return (_restored, (type(self), self._pairs))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self._pairs)})"


def _restored(cls: type[Keyed], pairs: tuple[tuple[str, object], ...]) -> Keyed:
    keyed = cls.__new__(cls)
    keyed._pairs = pairs
    return keyed


@dataclass(frozen=True, slots=True)
class Money:
    """A sum: `value` and `unit` as printed, `yuan` multiplied out (null for a rate: 元/亩), `per` what (每年)."""

    value: int | float
    unit: str
    yuan: int | None
    per: str | None


@dataclass(frozen=True, slots=True)
class Measure:
    """A quantity that is no sum: a term of years, percentage points."""

    value: int | float
    unit: str


@dataclass(frozen=True, slots=True)
class Leaf:
    """A condition that stands by itself.

    `what` is a code of the vocabulary's list `condition`; `op` is `judged` where no attribute can decide it. `window`
    is the time that the value is of (上年度, 近两年), `regions` where the condition holds (everywhere if empty),
    `clause` where it stands, `text` its words.
    """

    what: str
    op: str
    value: Scalar
    unit: str | None
    window: str | None
    regions: tuple[str, ...]
    clause: str | None
    text: str


class Group(Keyed):
    """Conditions together: `all`, `any`, `at_least` n `of`, or `not`."""

    __slots__ = ()

    @classmethod
    def all(cls, items: "tuple[Condition, ...]") -> "Group":
        return cls(("all", items))

    @classmethod
    def any(cls, items: "tuple[Condition, ...]") -> "Group":
        return cls(("any", items))

    @classmethod
    def at_least(cls, least: int, items: "tuple[Condition, ...]") -> "Group":
        return cls(("at_least", least), ("of", items))

    @classmethod
    def negated(cls, item: "Condition") -> "Group":
        return cls(("not", item))

    @property
    def logic(self) -> str:
        """`all`, `any`, `at_least` or `not`."""
        return next(iter(self))

    @property
    def least(self) -> int | None:
        """How many members must hold, for `at_least`."""
        value = self.get("at_least")
        return value if isinstance(value, int) else None

    @property
    def items_of(self) -> "tuple[Condition, ...]":
        """The members."""
        if "not" in self:
            member = self["not"]
            assert isinstance(member, Leaf | Group)
            return (member,)
        members = self["of"] if "of" in self else self[self.logic]
        assert isinstance(members, tuple)
        return members


Condition = Leaf | Group


def leaves(condition: Condition | None, *, denied: bool = False) -> Iterator[Leaf]:
    """The leaves of a condition; those under `not` only where `denied` asks for them."""
    if isinstance(condition, Leaf):
        yield condition
    elif condition is not None and (denied or condition.logic != "not"):
        for item in condition.items_of:
            yield from leaves(item, denied=denied)


def conjuncts(condition: Condition | None) -> tuple[Condition, ...]:
    """The conditions that all have to hold for this one: the members of an `all`, else the condition itself."""
    return _members(condition, "all")


def disjuncts(condition: Condition | None) -> tuple[Condition, ...]:
    """The conditions of which one has to hold for this one: the members of an `any`, else the condition itself."""
    return _members(condition, "any")


def _members(condition: Condition | None, logic: str) -> tuple[Condition, ...]:
    if condition is None:
        return ()
    return condition.items_of if isinstance(condition, Group) and condition.logic == logic else (condition,)


def conjunction(conditions: Iterable[Condition | None]) -> Condition | None:
    """The condition that all of these hold together; None where there is none."""
    members = tuple(part for one in conditions for part in conjuncts(one))
    return Group.all(members) if len(members) > 1 else next(iter(members), None)


class Step(Keyed):
    """One step of a ladder: `from`, `to` with their inclusion, or `when` in words; a `ratio`, a `sum` or a `cap`."""

    __slots__ = ()

    @classmethod
    def of(
        cls,
        *,
        low: Measure | None = None,
        high: Measure | None = None,
        low_inclusive: bool = True,
        high_inclusive: bool = True,
        when: str | None = None,
        ratio: float | None = None,
        sum: Money | None = None,
        cap: Money | None = None,
    ) -> "Step":
        pairs: tuple[tuple[str, object], ...] = (
            ("from", low),
            ("to", high),
            ("from_inclusive", low_inclusive if low is not None else None),
            ("to_inclusive", high_inclusive if high is not None else None),
            ("when", when),
            ("ratio", ratio),
            ("sum", sum),
            ("cap", cap),
        )
        return cls(*(pair for pair in pairs if pair[1] is not None))


@dataclass(frozen=True, slots=True)
class Instalment:
    """A part of a sum that is paid by itself: `when` (第一年), a share or a sum."""

    when: str | None
    ratio: float | None
    amount: Money | None


@dataclass(frozen=True, slots=True)
class AddOn:
    """What comes on top: percentage points, a ratio or a sum, and what it depends on, in words."""

    when: str | None
    points: Measure | None
    ratio: float | None
    amount: Money | None


@dataclass(frozen=True, slots=True)
class Benefit:
    """What an instrument gives in one case.

    `form` is `ratio`, `fixed`, `ladder`, `excess` (a share of what exceeds a base) or `service`; `ratio_min` the lower
    end of a range of ratios; `caps` further ceilings beside `cap` (per company, per year); `term` for how long it is
    given; `standard` the article whose standard applies.
    """

    requires: Condition | None
    regions: tuple[str, ...]
    excludes: tuple[str, ...]
    form: str
    base: str | None
    ratio: float | None
    ratio_min: float | None
    amount: Money | None
    cap: Money | None
    caps: tuple[Money, ...]
    steps: tuple[Step, ...]
    instalments: tuple[Instalment, ...]
    add_ons: tuple[AddOn, ...]
    term: Measure | None
    standard: str | None


@dataclass(frozen=True, slots=True)
class Threshold:
    """A condition with a figure, flat."""

    what: str
    op: str
    value: int | float
    unit: str
    regions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentFact(Fact):
    """A clause of a policy that gives something.

    The fields from `ratio_max` on are computed from the others, flat, for tables. Dates are ISO 8601; `clusters` are
    canonical names; `reservation` is what keeps the promise open (不超过, 择优, 竞争性评审). `scheme` names the general
    conditions of the policy (the `criteria` of that scheme hold them), which `requires` repeats only where they are
    this instrument's own.
    """

    kind: ClassVar[str] = "instruments"
    policy: str
    clause: str | None
    name: str
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
    requires: Condition | None
    scheme: str | None
    benefits: tuple[Benefit, ...]
    shared_cap: Money | None
    fails_with: str | None
    ratio_max: float | None
    amount: Money | None
    cap: Money | None
    thresholds: tuple[Threshold, ...]
    regions: tuple[str, ...]
    excludes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionFact(Fact):
    """One criterion of eligibility.

    `region` is as the document calls it, `regions` are the cities that this means there. The first criterion of a
    scheme carries `requires`, the condition they all form, and `relief`.
    """

    kind: ClassVar[str] = "criteria"
    policy: str
    scheme: str
    criterion: str
    what: str
    op: str
    value: int | float | str
    unit: str | None
    region: str | None
    window: str | None
    regions: tuple[str, ...]
    clause: str | None
    requires: Condition | None
    relief: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineFact(Fact):
    """Something is due: `what` is a code of the list `deadline-kind`; a `date`, or how it `recurs` (每年6月底前).

    `scope` is the policy, or the title that it grants.
    """

    kind: ClassVar[str] = "deadlines"
    policy: str
    what: str
    who: str | None
    to: str | None
    date: str | None
    recurs: str | None
    scope: str
