"""How much an offer pays at most, with the arithmetic in words: exact, in integer yuan.

Shares, fixed sums, ladders, bands, shares of an excess, instalments, ceilings. What a profile lacks is said; what a
clause leaves to words (别的加成) is named and not counted.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction

from loaders.grammar.quantities import factor, quantity_kind
from loaders.money.conditions import attribute
from ontology.facts_money import Benefit, Group, Leaf, Measure, Money, Step, conjuncts
from queries.match.attributes import Known, attributes, by_type
from queries.match.conditions import State, compiled, decided, threshold
from queries.match.offers import Offer
from queries.match.places import within

Profile = Mapping[str, Known]


@dataclass(frozen=True, slots=True)
class Amount:
    """A computed ceiling: integer yuan (None where it cannot be computed), what it is for each of, the arithmetic, and
    the codes that the profile lacks for it."""

    yuan: int | None
    per: str | None
    words: str
    lacks: tuple[str, ...] = ()

    @property
    def per_unit(self) -> bool:
        """Whether the sum is for each of something that the profile does not count (每人, 每亩), so not to be added."""
        return self.per is not None and _EACH.search(self.per) is not None


_EACH = re.compile(r"每(?!个项目|家|户|年|个企业|个平台|个单位)|/")
NOTHING = Amount(None, None, "")


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


# ---- Compiling


Pay = Callable[[Profile], Amount]


def payment(offer: Offer, city: str | None) -> Pay:
    """How an offer pays in a city: of several benefits the highest whose own conditions are not broken.

    Args:
        offer: the instrument.
        city: the profile's city; None where it names none.
    """
    if offer.recognition:
        words = f"认定类，不含资金（有效期{offer.valid_years}年）" if offer.valid_years else "认定类，不含资金"
        return lambda profile: Amount(None, None, words)
    if offer.grade in ("解读", "发布会"):
        return lambda profile: Amount(None, None, f"出自{offer.grade}，非条款原文，不据以测算")
    found = [
        (compiled(conjuncts(one.requires), None, city, offer.doc_number), _benefit(one, offer))
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
    words = f"{amount.words}；各项合计不超过{yuan_words(shared.yuan)}，取{yuan_words(shared.yuan)}"
    return replace(amount, yuan=shared.yuan, words=words)


def _benefit(benefit: Benefit, offer: Offer) -> Pay:
    if benefit.steps:
        pay = _ladder(benefit, offer)
    elif benefit.ratio is not None:
        pay = _share(benefit, offer)
    elif benefit.amount is not None:
        pay = _fixed(benefit)
    elif benefit.instalments:
        pay = _by_instalments(benefit)
    elif benefit.cap is not None:
        pay = _only_cap(benefit.cap)
    else:
        words = f"按{benefit.base}核算，条款没有写明比例" if benefit.base else "条款没有写明数额"
        words = f"按{benefit.standard}的标准" if benefit.standard else words
        return lambda profile: Amount(None, None, words)
    notes = _notes(benefit)
    return _capped(pay, benefit.cap, notes) if benefit.cap is not None else _noted(pay, notes)


def _notes(benefit: Benefit) -> str:
    """What a benefit says beside the sum: further ceilings, parts, add-ons that are not counted."""
    said = [f"另有上限：{_money_words(cap)}" for cap in benefit.caps]
    parts = [_part(one.when, one.ratio, one.amount) for one in benefit.instalments]
    said += [f"分期：{'、'.join(parts)}"] if parts and benefit.amount is not None else []
    for one in benefit.add_ons:
        size = f"{one.points.value}{one.points.unit}" if one.points is not None else _part(None, one.ratio, one.amount)
        said.append(f"未计入的加成：{one.when or ''}{'' if size in (one.when or '') else size}")
    if benefit.term is not None and not benefit.instalments:
        said.append(f"期限{benefit.term.value}{benefit.term.unit}")
    return "；".join(said)


def _part(when: str | None, ratio: float | None, amount: Money | None) -> str:
    size = share_words(ratio) if ratio is not None else _money_words(amount) if amount is not None else ""
    return f"{when or ''}{size}"


def _money_words(money: Money) -> str:
    return f"{money.per or ''}{money.value}{money.unit}"


def _noted(pay: Pay, notes: str) -> Pay:
    if not notes:
        return pay

    def noted(profile: Profile) -> Amount:
        amount = pay(profile)
        return replace(amount, words=f"{amount.words}；{notes}")

    return noted


def _capped(pay: Pay, cap: Money, notes: str) -> Pay:
    ceiling = cap.yuan

    def capped(profile: Profile) -> Amount:
        amount = pay(profile)
        words = amount.words
        if amount.yuan is None:
            words = words if "最高" in words else f"{words}，最高{cap.value}{cap.unit}"
        elif ceiling is not None and amount.yuan > ceiling:
            words = f"{words}，超过上限{yuan_words(ceiling)}，取{yuan_words(ceiling)}"
            amount = replace(amount, yuan=ceiling)
        elif ceiling is not None and "最高" not in words:
            words = f"{words}，{'恰为' if amount.yuan == ceiling else '不超过'}上限{yuan_words(ceiling)}"
        return replace(amount, words=f"{words}；{notes}" if notes else words)

    return capped


# ---- Forms


def _variable(benefit: Benefit, offer: Offer) -> str | None:
    """The attribute that a share is of: named by the base, else the only money that the conditions ask for."""
    if benefit.base is not None:
        code = attribute(benefit.base, "money")
        if by_type(code) == "money":
            return code
    asked = {leaf.what for leaf in _figures(offer) if by_type(leaf.what) == "money"}
    return next(iter(asked)) if len(asked) == 1 and benefit.base is None else None


def _figures(offer: Offer) -> list[Leaf]:
    def walk(one: Leaf | Group | None) -> list[Leaf]:
        if one is None:
            return []
        return [one] if isinstance(one, Leaf) else [leaf for item in one.items_of for leaf in walk(item)]

    return [leaf for leaf in walk(offer.requires) if isinstance(leaf.value, int | float)]


def _share(benefit: Benefit, offer: Offer) -> Pay:
    ratio = Decimal(str(benefit.ratio))
    code = _variable(benefit, offer)
    base = attributes()[code].title if code is not None else (benefit.base or "基数")
    low = f"{share_words(benefit.ratio_min)}—" if benefit.ratio_min is not None else ""
    percent = f"{low}{share_words(ratio)}"
    if code is None:
        return lambda profile: Amount(None, None, f"{base} × {percent}；填报项里没有这个基数，未测算")
    floor = _floor_of(code, offer) if benefit.form == "excess" else None
    if benefit.form == "excess" and floor is None:
        return lambda profile: Amount(None, None, f"{base} × {percent}；超出部分的起点未写明，未测算")

    def share(profile: Profile) -> Amount:
        value = profile.get(code)
        if not isinstance(value, int) or isinstance(value, bool):
            return Amount(None, None, f"{base} × {percent}；未填{base}，未测算", (code,))
        over = max(value - (floor or 0), 0)
        given = f"（{yuan_words(value)} − {yuan_words(floor)}）" if floor is not None else yuan_words(value)
        total = _down(over * ratio)
        return Amount(total, None, f"{given} × {percent} = {yuan_words(total)}")

    return share


def _floor_of(code: str, offer: Offer) -> int | None:
    """The figure above which a share of the excess begins: the threshold that the conditions set for it."""
    found = [threshold(leaf) for leaf in _figures(offer) if leaf.what == code and leaf.op in (">", ">=")]
    return int(max(found)) if found else None


def _down(value: Decimal) -> int:
    return max(int(value.to_integral_value(rounding=ROUND_FLOOR)), 0)


def _fixed(benefit: Benefit) -> Pay:
    money = benefit.amount
    assert money is not None
    amount = Amount(money.yuan, money.per, f"定额{_money_words(money)}")
    return lambda profile: amount


def _by_instalments(benefit: Benefit) -> Pay:
    sums = [one.amount.yuan for one in benefit.instalments if one.amount is not None and one.amount.yuan is not None]
    parts = " + ".join(_part(one.when, one.ratio, one.amount) for one in benefit.instalments)
    if len(sums) != len(benefit.instalments):
        return lambda profile: Amount(None, None, f"分期：{parts}")
    amount = Amount(sum(sums), None, f"{parts} = {yuan_words(sum(sums))}")
    return lambda profile: amount


def _only_cap(cap: Money) -> Pay:
    amount = Amount(cap.yuan, cap.per, f"最高{_money_words(cap)}")
    return lambda profile: amount


# ---- Ladders


def _ladder(benefit: Benefit, offer: Offer) -> Pay:
    """The step that the profile's figure falls into, or the sum over bands; steps told apart by words give the highest
    of them."""
    if benefit.form == "excess":
        return _by_band(benefit, offer)
    if any("from" in step or "to" in step for step in benefit.steps):
        return _by_figure(benefit, offer)
    worded = [_step_words(step) for step in benefit.steps]
    sums = [money.yuan for step in benefit.steps if isinstance(money := step.get("sum"), Money) and money.yuan]
    if len(sums) == len(benefit.steps):
        best = max(sums)
        return lambda profile: Amount(best, None, f"{'；'.join(worded)}；按最高一档 {yuan_words(best)}")
    code, ratios = _variable(benefit, offer), [step.get("ratio") for step in benefit.steps]
    shares = [Decimal(str(one)) for one in ratios if isinstance(one, float | int)]
    if code is None or len(shares) != len(benefit.steps):
        return lambda profile: Amount(None, None, "；".join(worded))
    base, top = attributes()[code].title, max(shares)

    def highest(profile: Profile) -> Amount:
        value = profile.get(code)
        if not isinstance(value, int) or isinstance(value, bool):
            return Amount(None, None, f"{'；'.join(worded)}；未填{base}，未测算", (code,))
        total = _down(value * top)
        return Amount(
            total,
            None,
            f"按最高一档 {yuan_words(value)} × {share_words(top)} = {yuan_words(total)}（{'；'.join(worded)}）",
        )

    return highest


def _step_words(step: Step) -> str:
    low, high, when = step.get("from"), step.get("to"), step.get("when")
    ends = [f"{low.value}{low.unit}起" if isinstance(low, Measure) else ""]
    ends += [f"至{high.value}{high.unit}" if isinstance(high, Measure) else ""]
    size = [share_words(one) for one in (step.get("ratio"),) if isinstance(one, float | int)]
    size += [_money_words(one) for one in (step.get("sum"),) if isinstance(one, Money)]
    size += [f"最高{_money_words(one)}" for one in (step.get("cap"),) if isinstance(one, Money)]
    return f"{when or ''}{''.join(ends)} {'，'.join(size)}".strip()


def _step_variable(benefit: Benefit, offer: Offer) -> str | None:
    """The attribute that tells the steps apart: that of a condition with a figure of the same kind, else the base."""
    unit = next(
        one.unit for step in benefit.steps for one in (step.get("from"), step.get("to")) if isinstance(one, Measure)
    )
    kind = quantity_kind(unit)
    edges = {
        _size(one) for step in benefit.steps for one in (step.get("from"), step.get("to")) if isinstance(one, Measure)
    }
    asked = [
        leaf
        for leaf in _figures(offer)
        if leaf.unit and quantity_kind(leaf.unit) == kind and by_type(leaf.what) != "judged"
    ]
    exact = [leaf for leaf in asked if Decimal(str(leaf.value)) * factor(leaf.unit or "") in edges]
    if exact or asked:
        return (exact or asked)[0].what
    return _variable(benefit, offer) if kind == "money" else None


def _size(measure: Measure) -> Decimal:
    return Decimal(str(measure.value)) * factor(measure.unit)


def _by_figure(benefit: Benefit, offer: Offer) -> Pay:
    code = _step_variable(benefit, offer)
    worded = "；".join(_step_words(step) for step in benefit.steps)
    if code is None:
        return lambda profile: Amount(None, None, f"{worded}；填报项里没有分档的依据，未测算")
    title, base = attributes()[code].title, _variable(benefit, offer) or code

    def stepped(profile: Profile) -> Amount:
        value = profile.get(code)
        if not isinstance(value, int | Decimal) or isinstance(value, bool):
            return Amount(None, None, f"{worded}；未填{title}，未测算", (code,))
        step = next((one for one in reversed(benefit.steps) if _holds(one, value)), None)
        if step is None:
            return Amount(None, None, f"{worded}；{title}不在任何一档")
        return _of_step(step, profile, base)

    return stepped


def _by_band(benefit: Benefit, offer: Offer) -> Pay:
    """The sum over bands: each share is of the part in its band (不超过1000万元的部分，按8%；超过的部分，按5%)."""
    code, bands = _variable(benefit, offer), _bands(benefit.steps)
    worded = "；".join(f"{_step_words(step)}（只对落入该段的部分）" for step in benefit.steps)
    if code is None or bands is None:
        return lambda profile: Amount(None, None, f"{worded}；分段的依据或比例不在填报项里，未测算")
    base = attributes()[code].title

    def banded(profile: Profile) -> Amount:
        value = profile.get(code)
        if not isinstance(value, int) or isinstance(value, bool):
            return Amount(None, None, f"{worded}；未填{base}，未测算", (code,))
        parts: list[str] = []
        total, whole = Decimal(0), Decimal(value)
        for low, high, ratio, cap in bands:
            end = min(whole, high) if high is not None else whole
            if end <= low:
                continue
            paid = (end - low) * ratio
            given = f"（{yuan_words(end)} − {yuan_words(low)}）" if low else yuan_words(end)
            words = f"{given} × {share_words(ratio)}"
            if cap is not None and paid > cap:
                paid, words = cap, f"{words}（该段最高{yuan_words(cap)}）"
            parts.append(words)
            total += paid
        found = _down(total)
        return Amount(found, None, f"{' + '.join(parts)} = {yuan_words(found)}" if parts else f"{base}不在任何一段")

    return banded


_Band = tuple[Decimal, Decimal | None, Decimal, Decimal | None]


def _bands(steps: Sequence[Step]) -> tuple[_Band, ...] | None:
    """(from, to, share, ceiling) in yuan, in the order of the figures; None where one is no share of a sum.

    Where the next band begins the one before ends, also where the text leaves its end out.
    """
    found: list[_Band] = []
    for step in steps:
        low, high, ratio, cap = step.get("from"), step.get("to"), step.get("ratio"), step.get("cap")
        ends = [one for one in (low, high) if isinstance(one, Measure)]
        if not ends or not isinstance(ratio, float | int) or any(quantity_kind(one.unit) != "money" for one in ends):
            return None
        first = _size(low) if isinstance(low, Measure) else Decimal(0)
        last = _size(high) if isinstance(high, Measure) else None
        most = Decimal(cap.yuan) if isinstance(cap, Money) and cap.yuan is not None else None
        found.append((first, last, Decimal(str(ratio)), most))
    found.sort(key=lambda one: one[0])
    starts = [one[0] for one in found[1:]] + [None]
    return tuple(
        (low, after if high is None or (after is not None and after < high) else high, ratio, cap)
        for (low, high, ratio, cap), after in zip(found, starts, strict=True)
    )


def _holds(step: Step, value: int | Decimal) -> bool:
    low, high = step.get("from"), step.get("to")
    if isinstance(low, Measure):
        edge = _size(low)
        if value < edge or (value == edge and step.get("from_inclusive") is False):
            return False
    if isinstance(high, Measure):
        edge = _size(high)
        if value > edge or (value == edge and step.get("to_inclusive") is False):
            return False
    return True


def _of_step(step: Step, profile: Profile, base: str) -> Amount:
    total, cap, ratio = step.get("sum"), step.get("cap"), step.get("ratio")
    words = f"适用档：{_step_words(step)}"
    if isinstance(total, Money):
        return Amount(total.yuan, total.per, words)
    if not isinstance(ratio, float | int):
        return Amount(cap.yuan, cap.per, words) if isinstance(cap, Money) else Amount(None, None, words)
    value = profile.get(base)
    if not isinstance(value, int) or isinstance(value, bool):
        return Amount(None, None, f"{words}；未填{attributes()[base].title}，未测算", (base,))
    found = _down(value * Decimal(str(ratio)))
    words = f"{words}：{yuan_words(value)} × {share_words(ratio)} = {yuan_words(found)}"
    if isinstance(cap, Money) and cap.yuan is not None and found > cap.yuan:
        return Amount(cap.yuan, cap.per, f"{words}，超过该档上限，取{yuan_words(cap.yuan)}")
    return Amount(found, None, words)


__all__ = ["NOTHING", "Amount", "Pay", "State", "payment", "share_words", "yuan_words"]
