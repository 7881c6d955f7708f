"""Sums for each of something (每亩, 每平方米, 每人): multiplied where a profile says how many of it there are."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from loaders.grammar.numerals import decimal
from loaders.grammar.quantities import factor, quantity_kind
from ontology.facts_money import Money
from ontology.vocabulary import vocabulary
from queries.match.attributes import MU, attributes
from queries.match.ceiling import Amount, Pay, Profile, down, money_words, yuan_words
from queries.match.offers import Offer
from queries.phrase import phrase

_COUNTED = re.compile(r"[一二两三四五六七八九十百千\d]+(?:家|人|名|件|项|个)")
_HOW_MANY = re.compile(r"[一二两三四五六七八九十百千\d]+$")


@dataclass(frozen=True, slots=True)
class Rate:
    """A sum for each of something that a profile may count.

    Attributes:
        yuan: for one.
        unit: what is counted, as printed (亩, 平方米, 人).
        over: what the product is still for each of (每月), None where nothing is left.
        code: the attribute that counts it.
    """

    yuan: Decimal
    unit: str
    over: str | None
    code: str


def rate_of(money: Money, offer: Offer) -> Rate | None:
    """The rate that a sum is; None where it is for each of nothing that a profile counts.

    Land is counted by the one area that a profile has. Persons, firms, patents are counted only where the clause
    prints the name of the attribute: 每人 of a training is none of 从业人员.
    """
    head, slash, under = money.unit.partition("/")
    parts = [*([under] if slash else []), *(part for part in (money.per or "").split("每")[1:] if part)]
    printed = "".join("".join(one.quote.split()) for one in offer.evidence)
    rates = [(part, *known) for part in parts if (known := _counted_by(part, printed)) is not None]
    if len(rates) != 1:
        return None
    ((part, unit, code),) = rates
    many = _HOW_MANY.search(part.removesuffix(unit))
    over = "".join(f"每{rest}" for rest in parts if rest != part) or None
    yuan = Decimal(str(money.value)) * factor(head)
    return Rate(yuan / ((decimal(many[0]) if many is not None else None) or 1), unit, over, code)


def counted(money: Money, rate: Rate) -> Pay:
    """The sum for as many as a profile says; for one of them where it does not say."""
    one = Amount(
        down(rate.yuan),
        money.per or f"每{rate.unit}",
        phrase(
            "定额{}；未填{}，未测算总额",
            "a fixed sum of {}; {} is not given, the whole is not computed",
            money_words(money),
            attributes()[rate.code].words,
        ),
        (rate.code,),
    )

    def paid(profile: Profile) -> Amount:
        given = profile.get(rate.code)
        if not isinstance(given, int | Decimal) or isinstance(given, bool):
            return one
        count = Decimal(given) / MU[rate.unit] if rate.unit in MU else Decimal(given)
        total = down(rate.yuan * count)
        each = f"{rate.over or ''}{yuan_words(rate.yuan)}"
        words = ("{} × {:f}{} = {}", "{} × {:f}{} = {}")
        return Amount(total, rate.over, phrase(*words, each, count.normalize(), rate.unit, yuan_words(total)))

    return paid


@cache
def _counted_by(part: str, printed: str) -> tuple[str, str] | None:
    """The unit that 每… counts in and the attribute that counts it: 平方米, 服务一家, 件发明专利.

    Args:
        part: what stands behind 每.
        printed: the clause.
    """
    units = {name: one.notation for one in vocabulary().codes("unit").values() for name in (one.notation, *one.labels)}
    for at in range(len(part)):
        unit = units.get(part[at:])
        if unit is not None and quantity_kind(unit) == "area":
            return unit, next(one.code for one in attributes().values() if one.type == "area")
        if unit is not None and quantity_kind(unit) == "count" and (at or unit == "人"):
            return _one(unit, [code for code, name in _numbers() if name in _COUNTED.sub("", printed)])
    return _one(part[:1], [code for code, name in _numbers() if part[1:] == name]) if part[:1] in units else None


def _one(unit: str, codes: list[str]) -> tuple[str, str] | None:
    different = set(codes)
    return (unit, different.pop()) if len(different) == 1 else None


@cache
def _numbers() -> tuple[tuple[str, str], ...]:
    """The attributes that are numbers, by each of their names."""
    return tuple(
        (one.code, name) for one in attributes().values() if one.type == "integer" for name in (one.title, *one.labels)
    )
