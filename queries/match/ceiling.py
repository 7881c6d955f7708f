"""What an offer pays at most: the figure, the arithmetic in words, and what the profile lacks for it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction

from loaders.money.conditions import attribute
from ontology.facts_money import Benefit, Group, Leaf, Money
from queries.match.attributes import Known, attributes, by_type
from queries.match.offers import Offer
from queries.phrase import Phrase, joined, phrase

Profile = Mapping[str, Known]


@dataclass(frozen=True, slots=True)
class Amount:
    """A computed ceiling: integer yuan (None where it cannot be computed), what it is for each of, the arithmetic, and
    the codes that the profile lacks for it."""

    yuan: int | None
    per: str | None
    words: Phrase
    lacks: tuple[str, ...] = ()

    @property
    def per_unit(self) -> bool:
        """Whether the sum is for each of something that the profile does not count (每人, 每亩), so not to be added."""
        return self.per is not None and _EACH.search(self.per) is not None


_EACH = re.compile(r"每(?!个项目|家|户|年|个企业|个平台|个单位)|/")
NOTHING = Amount(None, None, Phrase(""))


def yuan_words(yuan: int | Decimal | Fraction) -> str:
    """A sum as documents write it: 5000万元, 1.2亿元, 1234元.

    Sums that are whole 万元 below one 亿 are in 万元; 亿元 from one 亿 on where at most four decimals are needed.
    """
    value = Decimal(yuan.numerator) / Decimal(yuan.denominator) if isinstance(yuan, Fraction) else Decimal(yuan)
    for unit, size, places in (("亿元", 100_000_000, 4), ("万元", 10_000, 4)):
        if abs(value) >= size and value * 10**places % size == 0:
            return f"{_plain(value / size)}{unit}"
    return f"{_plain(value)}元"


def share_words(ratio: float | Decimal) -> str:
    """A share as a percentage."""
    return f"{_plain(Decimal(str(ratio)) * 100)}%"


def _plain(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


Pay = Callable[[Profile], Amount]


def unpaid(words: Phrase, *lacks: str) -> Pay:
    """No sum, whatever the profile says."""
    amount = Amount(None, None, words, lacks)
    return lambda profile: amount


def not_given(words: Phrase, code: str) -> Amount:
    """No sum, because the profile does not give what it is computed from."""
    missing = phrase("未填{}，未测算", "{} is not given, not computed", attributes()[code].words)
    return Amount(None, None, joined((words, missing)), (code,))


def money_words(money: Money) -> str:
    return f"{money.per or ''}{money.value}{money.unit}"


def down(value: Decimal) -> int:
    return max(int(value.to_integral_value(rounding=ROUND_FLOOR)), 0)


def variable_of(benefit: Benefit, offer: Offer) -> str | None:
    """The attribute that a share is of: named by the base, else the only money that the conditions ask for."""
    if benefit.base is not None:
        code = attribute(benefit.base, "money")
        if by_type(code) == "money":
            return code
    asked = {leaf.what for leaf in figures(offer) if by_type(leaf.what) == "money"}
    return next(iter(asked)) if len(asked) == 1 and benefit.base is None else None


def figures(offer: Offer) -> list[Leaf]:
    def walk(one: Leaf | Group | None) -> list[Leaf]:
        if one is None:
            return []
        return [one] if isinstance(one, Leaf) else [leaf for item in one.items_of for leaf in walk(item)]

    return [leaf for leaf in walk(offer.requires) if isinstance(leaf.value, int | float)]
