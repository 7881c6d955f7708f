"""How much an offer pays at most, with the arithmetic in words: exact, in integer yuan.

Shares, fixed sums, ladders, bands, shares of an excess, instalments, ceilings. What a profile lacks is said; what a
clause leaves to words (别的加成) is named and not counted.
"""

from dataclasses import replace
from decimal import Decimal

from ontology.facts_money import Benefit, Money, conjuncts
from queries.match.attributes import attributes
from queries.match.ceiling import (
    NOTHING,
    Amount,
    Pay,
    Profile,
    down,
    figures,
    money_words,
    share_words,
    unpaid,
    variable_of,
    yuan_words,
)
from queries.match.conditions import compiled, decided, threshold
from queries.match.each import counted, rate_of
from queries.match.ladders import ladder
from queries.match.offers import Offer
from queries.match.places import possible, within
from queries.phrase import Phrase, coded, joined, listed, phrase


def payment(offer: Offer, city: str | None) -> Pay:
    """How an offer pays in a city: of several benefits the highest whose own conditions are not broken.

    Args:
        offer: the instrument.
        city: the profile's city; None where it names none.
    """
    if offer.recognition:
        title = Phrase("认定类，不含资金", "a title, without money")
        years = phrase("（有效期{}年）", " (valid for {} years)", offer.valid_years) if offer.valid_years else ""
        return unpaid(joined((title, years), "", ""))
    if offer.grade in ("解读", "发布会"):
        words = ("出自{}，非条款原文，不据以测算", "from a {}, not the clause itself, and not computed")
        return unpaid(phrase(*words, coded("grade", offer.grade)))
    cities = possible(city, offer.regions)
    found = [
        (compiled(conjuncts(one.requires), None, cities, offer.doc_number), _benefit(one, offer))
        for one in offer.benefits
        if _given_in(one, city, offer.doc_number)
    ]
    if not found:
        return lambda profile: NOTHING

    def pay(profile: Profile) -> Amount:
        best: Amount | None = None
        for nodes, one in found:
            if nodes and decided(nodes, profile).unmet:
                continue
            amount = one(profile)
            if best is None or (amount.yuan or 0) > (best.yuan or 0):
                best = amount
        return _within_shared(best or NOTHING, offer.shared_cap)

    return pay


def _given_in(benefit: Benefit, city: str | None, document: str | None) -> bool:
    if city is None:
        return True
    inside = within(city, benefit.regions, document) is not False
    return inside and not (benefit.excludes and within(city, benefit.excludes, document))


def _within_shared(amount: Amount, shared: Money | None) -> Amount:
    if shared is None or shared.yuan is None or amount.yuan is None or amount.yuan <= shared.yuan:
        return amount
    words = ("{0}；各项合计不超过{1}，取{1}", "{0}; at most {1} for all together, so {1}")
    return replace(amount, yuan=shared.yuan, words=phrase(*words, amount.words, yuan_words(shared.yuan)))


def _benefit(benefit: Benefit, offer: Offer) -> Pay:
    if benefit.steps:
        pay = ladder(benefit, offer)
    elif benefit.ratio is not None:
        pay = _share(benefit, offer)
    elif benefit.amount is not None:
        pay = _fixed(benefit.amount, offer)
    elif benefit.instalments:
        pay = _by_instalments(benefit)
    elif benefit.cap is not None:
        pay = _only_cap(benefit.cap)
    else:
        return unpaid(_unstated(benefit))
    notes = _notes(benefit)
    return _capped(pay, benefit.cap, notes) if benefit.cap is not None else _noted(pay, notes)


def _unstated(benefit: Benefit) -> Phrase:
    """That the clause leaves the sum to something else."""
    if benefit.standard:
        return phrase("按{}的标准", "by the standard of {}", benefit.standard)
    if benefit.base:
        return phrase("按{}核算，条款没有写明比例", "a share of {}, which the clause does not state", benefit.base)
    return Phrase("条款没有写明数额", "the clause states no sum")


def _notes(benefit: Benefit) -> Phrase:
    """What a benefit says beside the sum: further ceilings, parts, add-ons that are not counted."""
    said = [phrase("另有上限：{}", "a further ceiling: {}", money_words(cap)) for cap in benefit.caps]
    parts = [_part(one.when, one.ratio, one.amount) for one in benefit.instalments]
    said += [phrase("分期：{}", "in parts: {}", listed(parts))] if parts and benefit.amount is not None else []
    for one in benefit.add_ons:
        size = f"{one.points.value}{one.points.unit}" if one.points is not None else _part(None, one.ratio, one.amount)
        more = f"{one.when or ''}{'' if size in (one.when or '') else size}"
        said.append(phrase("未计入的加成：{}", "an add-on that is not counted: {}", more))
    if benefit.term is not None and not benefit.instalments:
        said.append(phrase("期限{}{}", "term {}{}", benefit.term.value, benefit.term.unit))
    return joined(said)


def _part(when: str | None, ratio: float | None, amount: Money | None) -> str:
    size = share_words(ratio) if ratio is not None else money_words(amount) if amount is not None else ""
    return f"{when or ''}{size}"


def _noted(pay: Pay, notes: Phrase) -> Pay:
    if not notes:
        return pay

    def noted(profile: Profile) -> Amount:
        amount = pay(profile)
        return replace(amount, words=joined((amount.words, notes)))

    return noted


def _capped(pay: Pay, cap: Money, notes: Phrase) -> Pay:
    ceiling = cap.yuan
    limit = yuan_words(ceiling) if ceiling is not None else ""

    def capped(profile: Profile) -> Amount:
        amount = pay(profile)
        words = amount.words
        if amount.yuan is None:
            words = words if "最高" in words else phrase(*_AT_MOST, words, cap.value, cap.unit)
        elif amount.per_unit:
            words = phrase(*_AT_MOST, words, cap.value, cap.unit)
        elif ceiling is not None and amount.yuan > ceiling:
            words = phrase("{0}，超过上限{1}，取{1}", "{0}, above the ceiling of {1}, so {1}", words, limit)
            amount = replace(amount, yuan=ceiling)
        elif ceiling is not None and "最高" not in words:
            exact = amount.yuan == ceiling
            below = ("{}，恰为上限{}", "{}, exactly the ceiling of {}") if exact else _BELOW
            words = phrase(*below, words, limit)
        return replace(amount, words=joined((words, notes)))

    return capped


_AT_MOST = ("{}，最高{}{}", "{}, at most {}{}")
_BELOW = ("{}，不超过上限{}", "{}, within the ceiling of {}")

# ---- Forms


def _share(benefit: Benefit, offer: Offer) -> Pay:
    ratio = Decimal(str(benefit.ratio))
    code = variable_of(benefit, offer)
    base = attributes()[code].words if code is not None else Phrase(benefit.base or "基数", benefit.base or "base")
    low = f"{share_words(benefit.ratio_min)}—" if benefit.ratio_min is not None else ""
    percent = f"{low}{share_words(ratio)}"
    if code is None:
        words = ("{} × {}；填报项里没有这个基数，未测算", "{} × {}; no attribute gives this base, not computed")
        return unpaid(phrase(*words, base, percent))
    floor = _floor_of(code, offer) if benefit.form == "excess" else None
    if benefit.form == "excess" and floor is None:
        words = (
            "{} × {}；超出部分的起点未写明，未测算",
            "{} × {}; where the excess begins is not stated, not computed",
        )
        return unpaid(phrase(*words, base, percent))
    missing = Amount(
        None,
        None,
        phrase("{0} × {1}；未填{0}，未测算", "{0} × {1}; {0} is not given, not computed", base, percent),
        (code,),
    )

    def share(profile: Profile) -> Amount:
        value = profile.get(code)
        if not isinstance(value, int) or isinstance(value, bool):
            return missing
        over = max(value - (floor or 0), 0)
        given = f"（{yuan_words(value)} − {yuan_words(floor)}）" if floor is not None else yuan_words(value)
        total = down(over * ratio)
        return Amount(total, None, Phrase(f"{given} × {percent} = {yuan_words(total)}"))

    return share


def _floor_of(code: str, offer: Offer) -> int | None:
    """The figure above which a share of the excess begins: the threshold that the conditions set for it."""
    found = [threshold(leaf) for leaf in figures(offer) if leaf.what == code and leaf.op in (">", ">=")]
    return int(max(found)) if found else None


def _fixed(money: Money, offer: Offer) -> Pay:
    rate = rate_of(money, offer)
    if rate is not None:
        return counted(money, rate)
    amount = Amount(money.yuan, money.per, phrase("定额{}", "a fixed sum of {}", money_words(money)))
    return lambda profile: amount


def _by_instalments(benefit: Benefit) -> Pay:
    sums = [one.amount.yuan for one in benefit.instalments if one.amount is not None and one.amount.yuan is not None]
    parts = " + ".join(_part(one.when, one.ratio, one.amount) for one in benefit.instalments)
    if len(sums) != len(benefit.instalments):
        return unpaid(phrase("分期：{}", "in parts: {}", parts))
    amount = Amount(sum(sums), None, Phrase(f"{parts} = {yuan_words(sum(sums))}"))
    return lambda profile: amount


def _only_cap(cap: Money) -> Pay:
    amount = Amount(cap.yuan, cap.per, phrase("最高{}", "at most {}", money_words(cap)))
    return lambda profile: amount
