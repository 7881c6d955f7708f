"""Ladders: the step that a figure of the profile falls into, or the sum over bands."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from loaders.grammar.quantities import factor, quantity_kind
from ontology.facts_money import Benefit, Measure, Money, Step
from queries.match.attributes import attributes, by_type
from queries.match.ceiling import (
    Amount,
    Pay,
    Profile,
    down,
    figures,
    money_words,
    not_given,
    share_words,
    unpaid,
    variable_of,
    yuan_words,
)
from queries.match.each import counted, rate_of
from queries.match.offers import Offer
from queries.phrase import Phrase, joined, phrase


def ladder(benefit: Benefit, offer: Offer) -> Pay:
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
        words = ("{}；按最高一档 {}", "{}; by the highest step {}")
        highest_step = Amount(best, None, phrase(*words, joined(worded), yuan_words(best)))
        return lambda profile: highest_step
    code, ratios = variable_of(benefit, offer), [step.get("ratio") for step in benefit.steps]
    shares = [Decimal(str(one)) for one in ratios if isinstance(one, float | int)]
    if code is None or len(shares) != len(benefit.steps):
        return unpaid(joined(worded))
    top, missing = max(shares), not_given(joined(worded), code)

    def highest(profile: Profile) -> Amount:
        value = profile.get(code)
        if not isinstance(value, int) or isinstance(value, bool):
            return missing
        total = down(value * top)
        sums = f"{yuan_words(value)} × {share_words(top)} = {yuan_words(total)}"
        return Amount(total, None, phrase("按最高一档 {}（{}）", "by the highest step {} ({})", sums, joined(worded)))

    return highest


def _step_words(step: Step) -> Phrase:
    low, high, when = step.get("from"), step.get("to"), step.get("when")
    ends = [phrase("{}{}起", "from {}{}", low.value, low.unit) if isinstance(low, Measure) else ""]
    ends += [phrase("至{}{}", " to {}{}", high.value, high.unit) if isinstance(high, Measure) else ""]
    size = [share_words(one) for one in (step.get("ratio"),) if isinstance(one, float | int)]
    size += [money_words(one) for one in (step.get("sum"),) if isinstance(one, Money)]
    size += [phrase("最高{}", "at most {}", money_words(one)) for one in (step.get("cap"),) if isinstance(one, Money)]
    span = joined((str(when or ""), *ends), "", "")
    return joined((span, joined(size, "，", ", ")), " ", " ")


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
        for leaf in figures(offer)
        if leaf.unit and quantity_kind(leaf.unit) == kind and by_type(leaf.what) != "judged"
    ]
    exact = [leaf for leaf in asked if Decimal(str(leaf.value)) * factor(leaf.unit or "") in edges]
    if exact or asked:
        return (exact or asked)[0].what
    return variable_of(benefit, offer) if kind == "money" else None


def _size(measure: Measure) -> Decimal:
    return Decimal(str(measure.value)) * factor(measure.unit)


def _by_figure(benefit: Benefit, offer: Offer) -> Pay:
    code = _step_variable(benefit, offer)
    worded = joined(_step_words(step) for step in benefit.steps)
    if code is None:
        words = ("{}；填报项里没有分档的依据，未测算", "{}; no attribute tells the steps apart, not computed")
        return unpaid(phrase(*words, worded))
    base, missing = variable_of(benefit, offer) or code, not_given(worded, code)
    words = ("{}；{}不在任何一档", "{}; {} falls into none of the steps")
    outside = Amount(None, None, phrase(*words, worded, attributes()[code].words))

    def stepped(profile: Profile) -> Amount:
        value = profile.get(code)
        if not isinstance(value, int | Decimal) or isinstance(value, bool):
            return missing
        step = next((one for one in reversed(benefit.steps) if _holds(one, value)), None)
        if step is None:
            return outside
        return _of_step(step, profile, base, offer)

    return stepped


def _by_band(benefit: Benefit, offer: Offer) -> Pay:
    """The sum over bands: each share is of the part in its band (不超过1000万元的部分，按8%；超过的部分，按5%)."""
    code, bands = variable_of(benefit, offer), _bands(benefit.steps)
    band = ("{}（只对落入该段的部分）", "{} (of the part in this band only)")
    worded = joined(phrase(*band, _step_words(step)) for step in benefit.steps)
    if code is None or bands is None:
        words = ("{}；分段的依据或比例不在填报项里，未测算", "{}; no attribute gives the bands, not computed")
        return unpaid(phrase(*words, worded))
    missing = not_given(worded, code)
    outside = phrase("{}不在任何一段", "{} falls into none of the bands", attributes()[code].words)

    def banded(profile: Profile) -> Amount:
        value = profile.get(code)
        if not isinstance(value, int) or isinstance(value, bool):
            return missing
        parts: list[Phrase] = []
        total, whole = Decimal(0), Decimal(value)
        for low, high, ratio, cap in bands:
            end = min(whole, high) if high is not None else whole
            if end <= low:
                continue
            paid = (end - low) * ratio
            given = f"（{yuan_words(end)} − {yuan_words(low)}）" if low else yuan_words(end)
            words = Phrase(f"{given} × {share_words(ratio)}")
            if cap is not None and paid > cap:
                most = ("{}（该段最高{}）", "{} (at most {} for this band)")
                paid, words = cap, phrase(*most, words, yuan_words(cap))
            parts.append(words)
            total += paid
        found = down(total)
        sums = phrase("{} = {}", "{} = {}", joined(parts, " + ", " + "), yuan_words(found))
        return Amount(found, None, sums if parts else outside)

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


def _of_step(step: Step, profile: Profile, base: str, offer: Offer) -> Amount:
    total, cap, ratio = step.get("sum"), step.get("cap"), step.get("ratio")
    words = phrase("适用档：{}", "the step that applies: {}", _step_words(step))
    if isinstance(total, Money):
        rate = rate_of(total, offer)
        if rate is None:
            return Amount(total.yuan, total.per, words)
        paid = counted(total, rate)(profile)
        return replace(paid, words=joined((words, paid.words), "：", ": "))
    if not isinstance(ratio, float | int):
        return Amount(cap.yuan, cap.per, words) if isinstance(cap, Money) else Amount(None, None, words)
    value = profile.get(base)
    if not isinstance(value, int) or isinstance(value, bool):
        return not_given(words, base)
    found = down(value * Decimal(str(ratio)))
    sums = f"{yuan_words(value)} × {share_words(ratio)} = {yuan_words(found)}"
    words = phrase("{}：{}", "{}: {}", words, sums)
    if isinstance(cap, Money) and cap.yuan is not None and found > cap.yuan:
        above = ("{}，超过该档上限，取{}", "{}, above the ceiling of this step, so {}")
        return Amount(cap.yuan, cap.per, phrase(*above, words, yuan_words(cap.yuan)))
    return Amount(found, None, words)
