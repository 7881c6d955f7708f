"""Benefits: an award's figures as data to compute with — shares, sums, ladders, instalments, ceilings."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from loaders.grammar import dates
from loaders.grammar.grammar import members
from loaders.grammar.numerals import chinese
from loaders.grammar.quantities import Quantity, factor, number, quantity_kind
from loaders.money.award import Award
from loaders.money.ceilings import ladder_of
from loaders.money.passages import PolicyText
from loaders.money.words import NUMBERED, YEARS, per_of
from ontology.facts_money import AddOn, Benefit, Instalment, Measure, Money, Step

_EXCESS = re.compile(
    r"超(?:出|过|额)(?:的)?(?:部分|额|数)?|增量|新增(?!实际|固定资产|投资|设备)|增长(?:部分|额)|增加(?:部分|额)|同比(?:超出|增长|新增)"
)


def money(one: Quantity, per: str | None) -> Money:
    """A sum as a fact has it."""
    unit, _, each = one.unit.partition("/")
    if each in ("年", "月") or (each and quantity_kind(each) == "count"):  # 10万元/年 is a sum a year
        return money(replace(one, unit=unit), per or f"每{each}")
    yuan = int(one.base) if one.kind == "money" and one.base == int(one.base) else None  # 0.2元 a unit is no sum
    return Money(number(one.value), one.unit, yuan, per)


def ratio(one: Quantity) -> float:
    """A share as a fraction; of a range the upper end."""
    value = one.upper if one.upper is not None else one.value
    scale = 1000 if one.unit == "‰" else 100
    return float(value / scale)


def strip_target(words: str) -> str:
    """Whom an award is for, without numbers of articles and words that lead in."""
    bare = re.sub(
        r"^(?:第[^条]{1,6}条|（[^（）]{1,3}）|\d+[.、．]|[一二三四五六七八九十]+、|【[^】]{1,16}】|对于?|[，、：\s])+",
        "",
        words,
    )
    if limit := re.match(
        r"(?P<who>.{2,}?)(?:的)?(?:支持|出资|补助|奖励|直接投资)?(?:比例|金额|额度|投资)?(?:最高)?不超过.*$", bare
    ):
        bare = limit["who"]
    bare = _WHEREIN.sub("", bare)
    return re.sub(r"(?:的|，|等|再|另|每[家个户项])+$", "", bare).strip("，：、 ")


# 企业在融资服务、专题培训等方面, 企业发展中遇到的困难: the firm.
_WHEREIN = re.compile(
    r"(?<=[\u4e00-\u9fff]{2})(?:在[^，。；]{2,60}?方面(?:支持)?|(?:在?(?:生产经营|发展|建设)(?:过程)?中)?(?:遇到|存在|面临)的(?:困难|问题))$"
)


def benefits_of(award: Award, policy: PolicyText, regions: tuple[str, ...]) -> tuple[Benefit, ...]:
    """What an award gives, as one benefit with its ladder, instalments and ceilings."""
    ladder = ladder_of(award)
    main = (
        award.caps[0] if award.caps and not ladder else None
    )  # the first is the narrowest: per project before per year
    steps = _steps(award)
    per = _amount_per(award)
    single = award.ratios[0] if len(award.ratios) == 1 else None
    share = award.match
    low = None
    if single is not None:
        share = ratio(single)
        low = float(single.value / 100) if single.upper is not None else None
    amount = money(award.amounts[0], per) if len(award.amounts) == 1 and not steps else None
    term = Measure(number(award.term.value), award.term.unit) if award.term is not None else _years(award)
    caps = tuple(money(cap.quantity, cap.per) for cap in award.caps if cap is not main and cap not in ladder)
    return (
        Benefit(
            requires=None,
            regions=regions,
            excludes=(),
            form=_form(award, steps, share),
            base=award.base,
            ratio=share,
            ratio_min=low,
            amount=amount,
            cap=money(main.quantity, main.per) if main is not None else None,
            caps=caps,
            steps=steps,
            instalments=tuple(_instalments(award)),
            add_ons=tuple(_add_ons(award)),
            term=term,
            standard=award.standard,
        ),
    )


def _years(award: Award) -> Measure | None:
    """The years over which a sum is paid, where each has an instalment of its own."""
    if (count := _for_years(award)) is not None:
        return Measure(count, "年")
    whens = [when for when, _ in award.instalments]
    return (
        Measure(len(whens), "年")
        if len(whens) > 1 and all(when and re.match(r"第.+年", when) for when in whens)
        else None
    )


def _form(award: Award, steps: Sequence[Step], share: float | None) -> str:
    if award.bands:
        return "excess"
    if steps:
        return "ladder"
    if share is not None:
        return "excess" if award.base is not None and _EXCESS.search(award.base) else "ratio"
    return "fixed" if award.amounts or award.caps else "service"


def _amount_per(award: Award) -> str | None:
    if not award.amounts:
        return None
    first = award.sentence[0] + award.amounts[0].start
    begin = max([award.start, *(read.end for read in award.conditions if read.end <= first)])
    per = per_of(award.passage.text.string[min(begin, first) : first])
    return per if per not in ("总额", "累计", "合计") else None  # a sum is given once


# ---- Ladders


def _steps(award: Award) -> tuple[Step, ...]:
    """Thresholds zipped with shares, sums or ceilings; kinds zipped with sums where no figure tells the steps apart."""
    values: list[Quantity] = award.ratios if len(award.ratios) > 1 else award.amounts if len(award.amounts) > 1 else []
    caps = [cap.quantity for cap in ladder_of(award)]
    count = max(len(values), len(caps))
    if count < 2:
        return ()
    ladder = award.ladder if len(award.ladder) == count else []
    labels = _by_year(award.labels) if len(award.labels) == count and any(award.labels) else _kinds(award, count)
    if _for_years(award) is not None:
        labels = _kinds(award, count)
    steps = []
    for i in range(count):
        low, high, low_in, high_in = _bounds(ladder, i) if ladder else (None, None, True, True)
        value = values[i] if i < len(values) else None
        share = ratio(value) if value is not None and value.kind == "ratio" else None
        total = money(value, _amount_per(award)) if value is not None and value.kind != "ratio" else None
        cap = money(caps[i], None) if i < len(caps) else None
        when = labels[i] if labels and i < len(labels) and not ladder else None
        steps.append(
            Step.of(
                low=low,
                high=high,
                low_inclusive=low_in,
                high_inclusive=high_in,
                when=when,
                ratio=share,
                sum=total,
                cap=cap,
            )
        )
    return tuple(steps)


def _for_years(award: Award) -> int | None:
    """How many years a list of sums is given for (前三年分别补贴4000元、1500元), if that is no list of years."""
    first = re.match(r"前(?P<n>[一二两三四五六七八九十\d]+)年", (award.labels or [None])[0] or "")
    if first is None or len(award.labels) < 2 or any(award.labels[1:]):
        return None
    count = dates.number(first["n"])
    return count if count != len(award.labels) else None


def _by_year(labels: list[str | None]) -> list[str | None]:
    """前三年 before three shares means one for each year."""
    match = re.match(r"前(?P<n>[一二两三四五六七八九十\d]+)年", labels[0] or "")
    if match is None or any(labels[1:]):
        return labels
    count = dates.number(match["n"])
    return [f"第{chinese(i + 1)}年" for i in range(count)] if count == len(labels) else labels


def _bounds(ladder: Sequence[Quantity], i: int) -> tuple[Measure | None, Measure | None, bool, bool]:
    """A step's ends; where the step before includes the number at which this one begins, this one does not."""
    one = ladder[i]
    if one.op in ("<", "<=") and one.upper is None:
        return None, Measure(number(one.value), one.unit), True, one.op == "<="
    low, included = Measure(number(one.value), one.unit), one.op != ">"
    before = ladder[i - 1] if i else None
    if before is not None and before.upper is not None and before.upper_op == "<=" and _size(before) == one.base:
        included = False
    if one.upper is not None and one.upper_unit is not None:
        return low, Measure(number(one.upper), one.upper_unit), included, one.upper_op == "<="
    after = ladder[i + 1] if i + 1 < len(ladder) else None
    if after is not None and after.base > one.base:
        return low, Measure(number(after.value), after.unit), included, after.op == ">"
    return low, None, included, True


def _size(one: Quantity) -> object:
    return one.upper * factor(one.upper_unit or one.unit) if one.upper is not None else one.base


_KINDS = re.compile(r"(?P<list>[^，。；：的为]{2,60})")


def _kinds(award: Award, count: int) -> list[str | None]:
    """The members of the enumeration that the figures answer to (国家级和省级… 分别给予 …)."""
    string = award.passage.text.string
    words = string[award.sentence[0] : award.end]
    at = max(words.find("分别"), words.find("依次"))
    words = words[: at if at > 0 else len(words)]
    for match in reversed(list(re.finditer(r"[^，。；：]{2,80}", words))):
        stretch = match[0]
        spans = members(stretch) if not re.search(r"\d[\d.]*\s*[万亿]?元|\d%", stretch) else ()
        if len(spans) == count:
            return [_label(stretch[a:b]) for a, b in spans]
    return [None] * count


def _label(words: str) -> str:
    words = re.sub(rf"^{NUMBERED}\s*", "", words)
    bare = re.sub(
        r"^.*?(?:(?:认定|获批|评定|评)为?的?|列入|列为|获得|制定|制订)(?=.{2})|^(?:[对被为]|并?(?:首次|新获批|新获|新))+(?=.{2})|的$",
        "",
        words,
    )
    return bare or words


# ---- Instalments, add-ons


def _instalments(award: Award) -> Iterator[Instalment]:
    years = YEARS.search(award.passage.text.string, award.sentence[0])
    count = dates.number(years["n"]) if years is not None else 0
    unnamed = count == len(award.instalments) and not any(when for when, _ in award.instalments)
    for i, (when, one) in enumerate(award.instalments):
        when = f"第{chinese(i + 1)}年" if unnamed else when  # 分三年按40%、30%、30%
        if one.kind == "ratio":
            yield Instalment(when, ratio(one), None)
        else:
            yield Instalment(when, None, money(one, None))


def _add_ons(award: Award) -> Iterator[AddOn]:
    for words, one in award.add_ons:
        when = words.strip("，。；：") or None
        if one.kind == "ratio":
            yield AddOn(when, None, ratio(one), None)
        elif one.kind == "money":
            yield AddOn(when, None, None, money(one, None))
        else:
            yield AddOn(when, Measure(number(one.value), one.unit), None, None)
