"""Matches as tables: for programs every condition with its clause, for people the form of an official table; sums."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from ontology.facts_money import Leaf
from ontology.vocabulary import vocabulary
from queries.library import Column
from queries.match.applicants import paid
from queries.match.attributes import Known, by_type
from queries.match.ceiling import share_words, yuan_words
from queries.match.conditions import title_of, value_of, wording
from queries.match.match import VERDICTS, Answer, Profile, Reason, best_first
from queries.phrase import Phrase, coded, joined, listed, phrase
from queries.table import EVIDENCE, Table, column

Row = tuple[str | None, Profile, Sequence[Answer]]
"""The name of a profile (None where there is only one), the profile, and its answers."""

_ELIGIBLE = Column(
    "eligible",
    "string",
    "可否申报",
    "Eligible",
    labels=(("yes", "是", "yes"), ("no", "否", "no"), ("unknown", "待定", "unknown")),
)
CEILING = Phrase(
    "测算上限按条款算出，不是承诺；是否支持、支持多少，以主管部门批复为准",
    "The computed ceiling follows the clause and is no promise; whether and how much is paid the authority decides",
)
VERDICT = Column(
    "verdict",
    "string",
    "结论",
    "Verdict",
    labels=(
        ("符合", "符合", "fits"),
        ("可放宽", "可放宽", "within relief"),
        ("待核实", "待核实", "to be verified"),
        ("不符合", "不符合", "does not fit"),
        ("已过期", "已过期", "expired"),
        ("不适用", "不适用", "not for this applicant"),
    ),
)
NOTES = (
    CEILING,
    Phrase(
        "未填的项不算满足；“须认定”的条件只能由主管部门评审判断，不影响“符合”，但不代表已经满足",
        "What is not given is never met; what only a review decides does not hold “fits” back, and is not met by it",
    ),
    Phrase(
        "不适用：规则不付给申报方，所在地、方向不在所列范围，或尚未发布、施行、开始申报；已过期的行写的是有效期内本可测算的上限",
        "Not for this applicant: the rule pays somebody else, the place or direction is not listed, or it is not yet"
        " issued, in force or open; expired rows say what would have been paid",
    ),
)
_NO_OFFERS = Phrase(
    "无数据：载入的文件没有支持条款或认定；载入有关的政策后重新 build 即有",
    "No data: the loaded documents offer no support and grant no title; load such policies and build again",
)
_OPERATORS = {">=": "≥", ">": "＞", "<=": "≤", "<": "＜", "=": "＝"}
_PAYEES = {
    "government": Phrase("地级以上市政府", "city government"),
    "platform": Phrase("平台", "platform"),
    "park": Phrase("园区", "park"),
    "person": Phrase("个人", "person"),
    "body": Phrase("机构", "institution"),
}
_FIRM = Phrase("企业", "firm")


# ---- For programs


@dataclass(frozen=True)
class Records(Table):
    """A table whose cells are already as JSON has them: a batch has a quarter of a million rows of nested objects."""

    def records(self) -> list[dict[str, object]]:
        names = [one.name for one in self.columns]
        return [dict(zip(names, row, strict=True)) for row in self.rows]


def records(rows: Iterable[Row]) -> Table:
    """Every row with all that decides it, those that are `no` included; for programs.

    Args:
        rows: profiles with their answers.
    """
    batch: list[Row] = list(rows)
    named = any(name is not None for name, _, _ in batch)
    columns = (
        *((column("profile", "填报"),) if named else ()),
        column("policy", "政策"),
        column("doc_number", "文号"),
        column("instrument", "政策工具"),
        column("clause", "条款"),
        _ELIGIBLE,
        VERDICT,
        column("amount_max", "测算上限"),
        column("arithmetic", "算式"),
        column("met", "满足"),
        column("unmet", "不满足"),
        column("unknown", "待核实"),
        column("beneficiary", "受益方"),
        column("valid_from", "有效期起"),
        column("valid_to", "有效期止"),
        column("window", "申报窗口"),
        column("authority", "主管部门"),
        column("reservation", "保留"),
        column("date", "日期"),
        column("policy_id", "政策标识"),
        column("instrument_id", "工具标识"),
        EVIDENCE,
    )
    found = [
        ((name,) if named else ()) + record_of(answer, values) for name, values, answers in batch for answer in answers
    ]
    return Records(_title(batch), columns, found, NOTES, title_en="Policy match")


def record_of(answer: Answer, values: Profile) -> tuple[object, ...]:
    """The values of one row, in the order of the columns of `records` from `policy` on."""
    offer, found = answer.offer, answer.findings
    amount = answer.amount
    said: dict[str, object] | None = None
    if amount.yuan is not None:
        said = {"value": amount.yuan, "unit": "元"} | ({"per": amount.per} if amount.per else {})
    unmet = [*(_reason(one, values) for one in answer.unmet)]
    unmet += [_condition(one, answer, values) for one in found.unmet]
    unknown = [*(_reason(one, values) for one in answer.unknown)]
    unknown += [_condition(one, answer, values) for one in found.unknown]
    unknown += [_condition(one, answer, values, judged=True) for one in found.judged]
    return (
        offer.policy,
        offer.doc_number,
        offer.name,
        offer.clause,
        answer.eligible,
        answer.verdict,
        said,
        amount.words or None,
        [_condition(one, answer, values) for one in found.met],
        unmet,
        unknown,
        offer.beneficiary,
        offer.valid_from,
        offer.valid_to,
        window_of(answer),
        list(offer.authority),
        list(offer.reservation),
        values.get("date"),
        offer.policy_id,
        offer.id,
        [one.record() for one in offer.evidence],
    )


def _reason(one: Reason, values: Profile) -> dict[str, object]:
    return {"what": one.code, "title": title_of(one.code), "text": one.words, "clause": one.clause} | _given(
        one.code, values
    )


def _condition(leaf: Leaf, answer: Answer, values: Profile, *, judged: bool = False) -> dict[str, object]:
    """A condition as an object; what only a review decides is `other` and `judged`."""
    basis = answer.offer.basis_of(leaf)
    said = _said(leaf, answer.offer.clause, basis.id if basis is not None else None, judged)
    if judged:
        return said
    relief = answer.findings.relief
    if relief is not None and relief.covers(leaf) and leaf in answer.findings.unmet:
        said = {**said, "relief": relief.text}
    value = value_of(values, leaf.what)
    return said if value is None else {**said, "given": shown(leaf.what, value)}


@lru_cache(maxsize=8192)
def _said(leaf: Leaf, clause: str | None, evidence: str | None, judged: bool) -> dict[str, object]:
    """What is the same of a condition in every answer; not to be changed."""
    if judged:
        said: dict[str, object] = {"what": "other", "title": title_of("other"), "op": "judged", "judged": True}
    else:
        said = {"what": leaf.what, "title": title_of(leaf.what), "op": leaf.op, "value": leaf.value, "unit": leaf.unit}
    return {
        **said,
        "text": wording(leaf),
        "clause": leaf.clause or clause,
        "window": leaf.window,
        "regions": list(leaf.regions),
        "relief": None,
        "evidence": evidence,
    }


def _given(code: str, values: Profile) -> dict[str, object]:
    value = value_of(values, code)
    return {"given": shown(code, value)} if value is not None else {}


@lru_cache(maxsize=8192, typed=True)
def shown(code: str, value: Known) -> Phrase:
    """A value of a profile as people write it."""
    kind = by_type(code)
    if isinstance(value, bool):
        return Phrase("是", "yes") if value else Phrase("否", "no")
    if kind == "money" and isinstance(value, int):
        return Phrase(yuan_words(value))
    if kind == "ratio" and isinstance(value, Decimal | int):
        return Phrase(share_words(Decimal(value)))
    if kind == "years" and isinstance(value, Decimal | int):
        return phrase("{}年", "{} years", f"{round(Decimal(value), 2).normalize():f}")
    if kind == "area" and isinstance(value, Decimal | int):
        return phrase("{:f}亩", "{:f} mu", Decimal(value).normalize())
    if kind in ("city", "cluster"):
        known = vocabulary().city(str(value)) if kind == "city" else vocabulary().cluster(str(value))
        return Phrase(known.name, known.name_en or "")
    return Phrase(str(value))


def window_of(answer: Answer) -> Phrase | None:
    """When an offer may be applied for, in words: the policy's own, else the dated deadlines of the call."""
    offer = answer.offer
    if offer.window:
        return Phrase(offer.window)
    dated = [(one.date, one.what) for one in offer.deadlines if one.what in ("申报", "报送") and one.date]
    repeated = [(one.recurs, one.what) for one in offer.deadlines if one.what == "申报" and one.recurs]
    days = dict.fromkeys([*dated, *repeated])
    return joined(phrase("{}（{}）", "{} ({})", day, coded("deadline-kind", what)) for day, what in days) or None


# ---- For people


def table(rows: Iterable[Row]) -> Table:
    """The rows for people: what pays first, with the arithmetic, what is missing, and the clause.

    Args:
        rows: profiles with their answers.
    """
    batch: list[Row] = list(rows)
    named = any(name is not None for name, _, _ in batch)
    columns = (
        *((column("profile", "填报", "Profile"),) if named else ()),
        column("policy", "政策", "Policy"),
        column("instrument", "政策工具", "Instrument"),
        VERDICT,
        column("amount_max", "测算上限", "Computed ceiling"),
        column("arithmetic", "算式", "Arithmetic"),
        column("missing", "不满足与待核实", "Unmet and to be verified"),
        column("valid", "受益方与期限", "Beneficiary and term"),
        EVIDENCE,
    )
    found = [
        ((name,) if named else ()) + _line(answer, values)
        for name, values, answers in batch
        for answer in best_first(answers)
    ]
    dates = sorted({str(values.get("date")) for _, values, _ in batch})
    said = (phrase("按 {} 判断", "As of {}", listed(dates)),) if len(dates) <= 3 else ()
    notes = (*said, *NOTES) if found or not batch else (_NO_OFFERS,)
    title = _title(batch)
    return Table(title, columns, found, notes, title_en=title.en)


def _title(batch: Sequence[Row]) -> Phrase:
    if len(batch) != 1:
        return phrase("政策匹配（{} 份填报）", "Policy match ({} profiles)", len(batch))
    values = batch[0][1]
    said = [shown(code, values[code]) for code in ("city", "cluster") if code in values]
    return joined((Phrase("政策匹配", "Policy match"), listed(said)), "：", ": ")


def _line(answer: Answer, values: Profile) -> tuple[object, ...]:
    offer, amount = answer.offer, answer.amount
    until = phrase("{}至{}", "{} to {}", offer.valid_from or "", offer.valid_to) if offer.valid_to else ""
    return (
        f"{offer.policy}{f'（{offer.doc_number}）' if offer.doc_number else ''}",
        offer.name,
        answer.verdict,
        ceiling_of(answer),
        amount.words,
        _missing(answer, values),
        joined(part for part in (offer.beneficiary, until, window_of(answer)) if part),
        offer.evidence,
    )


def ceiling_of(answer: Answer) -> Phrase:
    """What an answer pays at most, with the document's own reservation."""
    if answer.amount.yuan is None:
        return Phrase("")
    kept = listed(answer.offer.reservation)
    return joined(
        (answer.amount.per or "", yuan_words(answer.amount.yuan), phrase("（{}）", " ({})", kept) if kept else ""),
        "",
        "",
    )


def _missing(answer: Answer, values: Profile) -> Phrase:
    unmet = joined(dict.fromkeys(_unmet_words(answer, values)))
    unknown = joined(dict.fromkeys(_unknown_words(answer)))
    said = [
        phrase("不满足：{}", "Unmet: {}", unmet) if unmet else "",
        phrase("待核实：{}", "To be verified: {}", unknown) if unknown else "",
    ]
    return joined(said, "。", ". ")


def _unmet_words(answer: Answer, values: Profile) -> list[Phrase]:
    words = [one.words for one in answer.unmet]
    for leaf in answer.findings.unmet:
        value = value_of(values, leaf.what)
        given = phrase("，填报{}", ", given {}", shown(leaf.what, value)) if value is not None else ""
        words.append(joined((_asked(leaf), _where(leaf), given), "", ""))
    relief = answer.findings.relief
    if relief is not None and answer.findings.relaxed:
        words.append(phrase("放宽：{}", "relief: {}", relief.text))
    return words


def _unknown_words(answer: Answer) -> list[Phrase]:
    words = [
        one.words if one.code == "other" else phrase("{}（{}）", "{} ({})", title_of(one.code), one.words)
        for one in answer.unknown
    ]
    words += [joined((_asked(leaf), _where(leaf)), "", "") for leaf in answer.findings.unknown]
    if answer.findings.judged:
        words.append(phrase("须认定 {} 项", "{} left to a review", len(answer.findings.judged)))
    return words


def _asked(leaf: Leaf) -> Phrase:
    """What a condition asks for, in short."""
    title = title_of(leaf.what)
    if leaf.value is None:
        return title
    if leaf.value is False:
        return Phrase(f"未{title.removeprefix('已')}", f"not: {title.en}")
    sign, figure = _OPERATORS.get(leaf.op, leaf.op), f"{leaf.value}{leaf.unit or ''}"
    return joined((title, sign, figure), " ", " ")


def _where(leaf: Leaf) -> Phrase:
    return phrase("（{}）", " ({})", " ".join(leaf.clause.split()[-3:])) if leaf.clause else Phrase("")


# ---- Sums

_NO_CITY = Phrase("未填城市", "no city given")


def sums(rows: Iterable[Row]) -> Table:
    """A batch added up by city and by whom the rules pay.

    Args:
        rows: profiles with their answers. What pays a city government counts for it, though the firm's row says 不适用.
    """
    added: dict[tuple[str, str], dict[str, list[int]]] = {}
    count = 0
    for _, values, answers in rows:
        count += 1
        for answer in answers:
            verdict = answer.for_payee or answer.verdict
            if verdict not in VERDICTS[:3] or answer.amount.yuan is None or answer.amount.per_unit:
                continue
            payee = _PAYEES.get(paid(answer.offer.beneficiary), _FIRM)
            city = shown("city", values["city"]) if "city" in values else _NO_CITY
            cell = added.setdefault((city, payee), {})
            cell.setdefault(verdict, []).append(answer.amount.yuan)
    columns = (
        column("city", "城市", "City"),
        column("beneficiary", "受益方", "Beneficiary"),
        column("yes", "符合（项）", "Eligible (items)", "integer"),
        column("yes_max", "符合的测算上限", "Ceiling of the eligible", "number"),
        column("relaxed", "可放宽（项）", "With relief (items)", "integer"),
        column("relaxed_max", "可放宽的测算上限", "Ceiling with relief", "number"),
        column("unknown", "待核实（项）", "To be verified (items)", "integer"),
        column("unknown_max", "待核实的测算上限", "Ceiling to be verified", "number"),
    )
    found = [
        (
            city,
            payee,
            *(part for verdict in VERDICTS[:3] for part in (len(cell.get(verdict, [])), sum(cell.get(verdict, [])))),
        )
        for (city, payee), cell in sorted(added.items())
    ]
    notes = (
        CEILING,
        Phrase(
            "同一申报方的各项之间可能不得重复享受，合计未扣除",
            "One applicant may not be allowed to take several of them; the sums do not take that off",
        ),
        Phrase(
            "待核实的金额只在所缺条件都满足时才有",
            "What is to be verified is paid only where all that is missing turns out to be met",
        ),
    )
    title = phrase("政策匹配合计（{} 份填报）", "Policy match, sums ({} profiles)", count)
    return Table(title, columns, found, notes, unit=Phrase("元", "yuan"), title_en=title.en)
