"""Awards: the clauses of a passage that give something, with the figures and conditions that belong to each.

A sentence is read clause by clause. Every figure has a role (see `loaders.money.figures`); figures open an award,
conditions wait for the next one, ceilings go to the awards before them, also over a full stop.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from loaders.grammar.grammar import clauses, depth
from loaders.grammar.quantities import Quantity, number
from loaders.money.award import Award, open_award
from loaders.money.bands import PART, banded
from loaders.money.ceilings import capped, dealt
from loaders.money.conditions import Read, leaf_of, levels
from loaders.money.figures import GIVES, LIST_SIGN, NOUN, ORDINAL, Figure, figures_of
from loaders.money.passages import Passage, PolicyText
from loaders.money.regional import places_of, regional
from loaders.money.settled import settled
from loaders.money.words import LOAN, base_of, give_end, shares_of, target_of

_GIVES = re.compile(GIVES)
_FUND = re.compile(
    r"设立|组建|发起|建立|安排|设置|提供|统筹|筹集|(?:基金|资金)(?:总|首期)?规模|预算(?:总)?(?:规模|额|总额)"
)
_JOIN = re.compile(r"\s*(?:、|和|及|与|以及|或)\s*")
_PAYMENT = re.compile(
    r"(?:应|核定|可获|应获|应得)(?:的|得)?(?:奖励|补助|补贴|扶持|支持|资助)(?:额|资金|金额|总额|标准)?|核定(?:的)?(?:金额|额度)"
)


# ---- Sentences


def awards(passage: Passage, policy: PolicyText, clause: str | None) -> list[Award]:
    """The awards of a passage in their order."""
    found: list[Award] = []
    waiting: list[Read] = []
    string = passage.text.string
    for start, end in _sentences(string):
        sentence = string[start:end]
        if re.search(r"所称|是指[^。]{0,40}(?:资金|奖励|项目|企业)", sentence) and not re.search(r"\d", sentence):
            continue
        here = _sentence(passage, policy, clause, start, end, found, waiting)
        for read in levels(sentence, clause) if here else ():
            near = next((award for award in here if award.end > start + read.start), here[-1])
            near.conditions.append(_moved(read, start))
        found += here
        waiting = []
        if not here and found and _LISTED.search(string[found[-1].sentence[0] : found[-1].sentence[1]]):
            found[-1].conditions += _listed(passage, policy, clause, start, sentence, found[-1])
        elif not here:
            found_more = _further(policy, clause, start, sentence) if found else []
            for award in _reaching(found, sentence) if found_more else ():
                award.conditions += found_more
            waiting = _defining(policy, clause, start, sentence) if not found_more else []
    return banded(regional(dealt(found), policy))


_STOP = re.compile(r"[。；]")


def _sentences(string: str) -> Iterator[tuple[int, int]]:
    last = 0
    for match in _STOP.finditer(string):
        if depth(string[last:], match.start() - last) <= 0:
            if string[last : match.start()].strip():
                yield last, match.start()
            last = match.end()
    if string[last:].strip():
        yield last, len(string)


def _defining(policy: PolicyText, clause: str | None, start: int, sentence: str) -> list[Read]:
    """Conditions of a sentence that says what a kind of project is (…的项目为重大项目), for the award that follows."""
    if not re.search(r"(?:为|是|称为|属于|认定为)[^，。；]{2,14}$", sentence):
        return []
    return _conditions(policy, clause, start, sentence)


_FURTHER = re.compile(
    r"(?:其中|同时|且|并且|此外)?，?(?:上述|以上)?(?:(?:申报|享受|该|所报)?(?:项目|企业|单位|平台|产品)|单[户笔])"
)


def _further(policy: PolicyText, clause: str | None, start: int, sentence: str) -> list[Read]:
    """Conditions in a sentence behind an award that says what its projects must be (其中，项目的…不低于60%)."""
    if (
        not _FURTHER.match(sentence)
        or _GIVES.search(sentence)
        or re.search(r"追回|取消|退回|不再|不得(?![超低高少多]|大于|小于)|撤销", sentence)
    ):
        return []
    return _conditions(policy, clause, start, sentence)


def _conditions(policy: PolicyText, clause: str | None, start: int, sentence: str) -> list[Read]:
    """What the figures of a sentence without an award ask for; `start` is the sentence's place in its passage."""
    found = (
        leaf_of(sentence, 0, figure.quantity, policy, clause)
        for figure in figures_of(sentence, policy, False, False)
        if figure.role == "condition"
    )
    return [_moved(read, start) for read in found if read is not None]


def _reaching(found: Sequence[Award], sentence: str) -> Sequence[Award]:
    """The awards that a further condition is for: all where it says so (上述项目), else the last."""
    return found if re.match(r"[^，]{0,3}，?(?:上述|以上)", sentence) else found[-1:]


_LISTED = re.compile(r"(?:下列|以下|如下)[^，。；]{0,8}(?:条件|情形|要求)|条件(?:之一|如下)|：[^：]*$")


def _listed(
    passage: Passage, policy: PolicyText, clause: str | None, start: int, sentence: str, award: Award
) -> list[Read]:
    """Conditions of a member of the list that an award opens with a colon (…给予奖励：（1）…；（2）…)."""
    lead = passage.text.string[award.sentence[0] : award.sentence[1]]
    either = re.search(r"之一|任一|任意", lead) is not None or sentence.startswith("或")
    found = []
    for figure in figures_of(sentence, policy, False, False):
        read = leaf_of(sentence, 0, figure.quantity, policy, clause) if figure.role == "condition" else None
        if read is not None:
            found.append(replace(_moved(read, start), other=either or read.other))
    return found


def _moved(read: Read, by: int) -> Read:
    return Read(read.leaf, read.criterion, read.start + by, read.end + by, read.other, read.upper, read.named)


_MATCH = re.compile(
    r"(?:(?:按照?[^，。；\d]{0,20}?|不(?:超过|高于)|最高)\s*1\s*[:：∶]\s*(?P<ratio>\d+(?:\.\d+)?)(?:的?比例)?"
    r"|1\s*[:：∶]\s*(?P<more>\d+(?:\.\d+)?)(?:的?比例)?(?:给予|予以)?(?:配套|奖励|补助|支持|资助))"
)
_STANDARD = re.compile(
    r"(?:按照?|参照|享受|执行|依照)[^，。；]{0,12}?"
    r"(?P<standard>第\s*[一二两三四五六七八九十\d ]+\s*条(?:第?[（(]?[一二两三四五六七八九十\d]+[）)]?"
    r"(?:款|项|点))?)[^，。；]{0,8}?(?:标准|政策|执行)"
)
_ON_TOP = re.compile(
    r"另(?:外)?(?:再)?(?:给予|按|奖励|补助)|再(?:给予|奖励|补助|按)|额外|叠加|配套(?:奖励|资助|补助|支持)|基础上"
)
_PRIORITY = re.compile(r"优先(?:保障|安排|支持|供应|推荐|落实|纳入|享受|配置|给予)")
_CASE = re.compile(r"一(?:事|项目|企|案|产业|园)一(?:议|策)")


def _sentence(
    passage: Passage,
    policy: PolicyText,
    clause: str | None,
    start: int,
    end: int,
    earlier: Sequence[Award],
    waiting: Sequence[Read],
) -> list[Award]:
    string = passage.text.string[start:end]
    gives = _GIVES.search(string) is not None
    fund = _FUND.search(string) is not None and re.search(r"基金|资金|授信|额度|专项", string) is not None
    figures = figures_of(string, policy, gives or bool(earlier), fund, follows=bool(earlier))
    before = earlier[-1].conditions[-1] if earlier and earlier[-1].conditions else None
    found: list[Award] = []
    pending: list[Read] = list(waiting)
    ladder: list[Quantity] = []
    current: Award | None = None
    last_subject = 0
    read: Read | None = None
    nothing = not any(figure.role in _OPENS for figure in figures)
    for a, b in clauses(string):
        here = [f for f in figures if a <= f.quantity.at < b]
        opened = current
        for figure in here:
            one = figure.quantity
            if figure.role == "term" and nothing and (one.op in (">=", ">") or not gives):
                figure = replace(figure, role="condition")  # 贷款期限1年以上 gives nothing
            if figure.role == "instalment" and nothing and current is None and earlier:
                _paid(earlier, (_when(string, a, one), one), (start + a, start + one.end))
                continue
            if figure.role in ("condition", "condition-within", "limit"):
                last_read = read if current is not None else before
                new = _leaf_or_same(
                    string,
                    last_subject,
                    one,
                    policy,
                    clause,
                    within=figure.role == "condition-within",
                    limit=figure.role == "limit",
                    before=last_read,
                )
                if new is None and read is not None and PART.match(string, one.end):
                    new = _leaf_or_same(
                        string, last_subject, one, policy, clause, within=False, limit=False, before=read
                    )
                last_subject = one.end
                member = ladder and not figure.deep and _JOIN.fullmatch(figure.before) and one.kind == ladder[-1].kind
                if read is not None and (
                    new is None or member
                ):  # the next member of a ladder has no subject of its own
                    ladder.append(one)
                    continue
                if new is not None:
                    read = new
                    if figure.deep and current is not None:
                        current.conditions.append(_moved(new, start))
                    else:
                        pending.append(_moved(new, start))
                        ladder = [one]
                continue
            last_subject = one.end
            if figure.role == "none" or (figure.role == "add-on" and current is None and earlier and not found):
                if figure.role == "add-on":
                    for award in earlier:
                        award.add_ons.append((_on_what(string, a, one.end), one))
                        award.also.append((start + a, start + one.end))
                continue
            if figure.role == "cap":
                found, current = capped(string, (a, b), figure, found, current, earlier, pending, passage, start)
                pending = [] if current is not None and current is not opened else pending
                continue
            since = max(a, last_of(figures, one))
            if figure.role == "ratio" and current is not None and _is_ceiling(string[since : one.start], one, current):
                if not current.ratios:  # of a sum per unit, the share that nobody may pass
                    current.ratios.append(one)
                    current.labels.append(None)
                current.end = max(current.end, start + one.end)
                continue
            elsewhere = current is not None and figure.role in ("ratio", "amount") and current.has_figures
            elsewhere = elsewhere and bool(places_of(string[since : one.start] + "按", policy))
            closes = current is None or (_closes(current, figure, string[a:b]) and not _part_of(string, a, current))
            if current is None or closes or elsewhere:
                current = open_award(passage, string, start, end, since if elsewhere else a, pending, ladder)
                found.append(current)
                pending, ladder, opened = [], [], current
            elif pending and not (current.has_figures or current.caps):
                current.conditions += pending
                current.ladder = ladder
                pending, ladder = [], []
            if figure.role == "instalment" and pending and pending[-1].start >= start + a:
                done = pending.pop()  # 服务满一年兑付40%
                current.instalments.append((_when(string, done.start - start, one), one))
                current.end = start + max(one.end, give_end(string, one.end, b))
                continue
            if figure.role == "amount" and current.amounts and _part_of(string, a, current):
                head = string[max(a, last_of(figures, one)) : one.start]
                current.instalments.append((re.sub(rf"(?:其中|，|：|{GIVES})+", "", head) or None, one))
                current.end = start + max(one.end, give_end(string, one.end, b))
                continue
            _enter(current, figure, string, a)
            stepped = (
                re.search("按照?$", figure.before) is not None
                or bool(_RAISED_TO.search(string[a : one.start]))
                or bool(earlier and earlier[-1].conditions)
            )
            if current.base is None and figure.role == "ratio" and (found[:-1] or earlier) and stepped:
                current.base = [*earlier, *found[:-1]][-1].base  # 按5%补助: of what the step before says
            current.end = start + max(one.end, give_end(string, one.end, b))
        if current is not None and pending and all(_limits(read) for read in pending):
            current.conditions += pending  # how much is given, not who else may ask
            pending, ladder = [], []
        hollow = _hollow(string, a, b)
        again = current is None or pending or (not current.is_hard and re.search(r"对[^，。；]{2,}", string[a:b]))
        if hollow and not any(f.role in ("ratio", "amount", "scale") for f in here) and again:
            current = open_award(passage, string, start, end, a, pending, ladder)
            current.end = start + b
            found.append(current)
            pending, ladder = [], []
        if current is not None:
            _unprinted(current, string, a, b)
            current.instalments += shares_of(string, a, b)
        elif earlier and nothing:
            for part in shares_of(string, a, b):
                _paid(earlier, part, (start + a, start + b))
    for award in found:
        if award.instalments and not (award.has_figures or award.caps or award.standard):
            award.kind = award.kind or "payment-rule"
        award.text, award.alone = string, len(found) == 1
        award.on_top = award.on_top or bool(_ON_TOP.search(passage.text.string[award.start : award.end]))
    if found and pending:
        found[-1].conditions += [
            one for one in pending if not any(one.start == other.start for other in found[-1].conditions)
        ]
    listed = _CASE.search(string) is not None and (bool(pending) or target_of(string, 0, len(string)) is not None)
    first = _PRIORITY.search(string) is not None and bool(pending)
    if not found and (listed or first):
        award = open_award(passage, string, start, end, 0, pending, ladder)
        award.end, award.case_by_case, award.text = end, listed, string
        award.kind = None if listed else "priority"
        found.append(award)
    standard = _STANDARD.search(string) if not found and (not earlier or target_of(string, 0, len(string))) else None
    if standard is not None and re.search(r"标准|政策", standard[0]):
        award = open_award(passage, string, start, end, standard.start(), pending, ladder)
        award.end, award.standard, award.text = start + standard.end(), re.sub(r"\s", "", standard["standard"]), string
        found.append(award)
    if not found and not figures and (settlement := settled(passage, policy, clause, start, end)) is not None:
        found.append(settlement)
    return [award for award in found if award.is_hard or award.add_ons or _soft(award)]


_OPENS = ("ratio", "amount", "cap", "scale", "add-on")  # roles of figures that make an award


_CEILED = re.compile(
    rf"(?:且|但|并|同时)?(?:原则上)?(?:[^，。；]{{0,8}}?(?:{NOUN})(?:总额|金额|额度|总量|额|资金)?)?(?:最高|原则上|合计|累计)?"
)


def _is_ceiling(before: str, one: Quantity, current: Award) -> bool:
    """Whether a share only limits what is given already (贴息金额不超过实际支付利息的50%)."""
    return one.op == "<=" and one.of is not None and current.has_figures and _CEILED.fullmatch(before) is not None


def _when(string: str, a: int, one: Quantity) -> str | None:
    """When a part of a sum is paid: an ordinal before its figure, else the words of its clause."""
    label = ORDINAL.search(string[a : one.start])
    words = re.sub(
        r"(?:的|后|，|再|按照?|分别|其余|剩余|比例|为|是|拨付|兑付|支付|发放|兑现)+$", "", string[a : one.start]
    ).lstrip("，、：和及与")
    said = words if 1 < len(words) <= _LONGEST_WHEN and not re.search(rf"\d|{GIVES}", words) else None
    return label["when"] if label is not None else said


_LONGEST_WHEN = 16


def _paid(earlier: Sequence[Award], part: tuple[str | None, Quantity], at: tuple[int, int]) -> None:
    """Adds a part of payment, said in a sentence of its own, to the awards before it in their passage."""
    for award in earlier:
        if award.has_figures or award.caps:
            award.instalments.append(part)
            award.also.append(at)


_RAISED_TO = re.compile(r"(?:提高|上浮|上调|提升|放宽|调整|增加)(?:到|至|为)")
_LIMITS = re.compile(r"^(?:每|同一|单[个户家项]|最多)")


def _limits(read: Read) -> bool:
    """Whether a condition says how much of something is paid for (每家企业每年享受补贴不多于20人)."""
    return read.leaf.op in ("<=", "<") and _LIMITS.search(read.leaf.text) is not None


def _leaf_or_same(
    string: str,
    last: int,
    one: Quantity,
    policy: PolicyText,
    clause: str | None,
    *,
    within: bool,
    limit: bool,
    before: Read | None,
) -> Read | None:
    """The condition of a figure; one that opens its sentence without a subject measures what the last one measured."""
    own = re.split(r"[，；：]", string[last : one.start])[-1] if last <= one.start else ""
    if before is not None and not within and not limit and not re.sub(r"[、\s对的]|奖励|补助|首次|再次|当年", "", own):
        leaf = replace(before.leaf, op=one.op or "=", value=number(one.value), unit=one.unit, text=string[: one.end])
        upper = None
        if one.upper is not None and one.upper_op is not None:
            upper = replace(leaf, op=one.upper_op, value=number(one.upper), unit=one.upper_unit)
        return Read(leaf, before.criterion, one.start, one.end, upper=upper, named=before.named)
    return leaf_of(string, last, one, policy, clause, within=within, limit=limit)


def _part_of(string: str, a: int, current: Award) -> bool:
    """Whether a clause stands behind 其中, which takes a sum apart; 其中…再增加5万元 adds to it."""
    at = string.rfind("其中", 0, a + 3)
    if re.search(r"再|另|额外|增加", re.split(r"[，；。]", string[a:])[0]):
        return False
    return bool(current.amounts) and at >= current.amounts[0].end


def last_of(figures: Sequence[Figure], one: Quantity) -> int:
    """Where the figure before another one ends."""
    return max((f.quantity.end for f in figures if f.quantity.end <= one.start), default=0)


def _closes(current: Award, figure: Figure, clause: str) -> bool:
    """Whether a figure begins another award beside the current one."""
    if figure.role in ("instalment", "term", "add-on"):
        return False
    if figure.role == "scale":
        return not current.scales or _FUND.search(clause.split("规模")[0]) is not None
    if re.match(r"\s*(?:前|后|第)[一二两三四五六七八九十\d]+年", clause) and current.has_figures:
        return False
    listed = LIST_SIGN.fullmatch(figure.before or "、") is not None or figure.case is not None
    if figure.role == "ratio":
        return bool(current.ratios or current.amounts) and not (listed and current.ratios)
    return bool(current.amounts or (current.ratios and not listed)) and not (listed and current.amounts)


def _on_what(string: str, at: int, end: int) -> str:
    """An add-on in words, with the clause before it where that says in which case (…重点领域的，补助比例提高…)."""
    before = re.search(
        r"(?:^|[；。，：])(?P<case>[^，；。：]{2,40}的|每[^，；。：]{4,16})，$", string[:at].rstrip("，") + "，"
    )
    return f"{before['case']}，{string[at:end].lstrip('，')}" if before is not None else string[at:end]


def _enter(award: Award, figure: Figure, string: str, at: int) -> None:
    one = figure.quantity
    if figure.role == "ratio":
        if (_PAYMENT.search(figure.before) and not award.ratios) or award.instalments:
            award.instalments.append((None, one))
            return
        award.ratios.append(one)
        award.labels.append(_label(figure, string[at : one.start]))
        if string[one.at] != "减":
            award.base = award.base or _base(string[:at], figure, string[at : one.stop])
    elif figure.role == "amount":
        award.amounts.append(one)
        award.labels.append(_label(figure, string[at : one.start]))
    elif figure.role == "instalment":
        label = ORDINAL.search(figure.before)
        award.instalments.append((label["when"] if label else _when(string, one.start - len(figure.before), one), one))
    elif figure.role == "term":
        award.term = one
    elif figure.role == "add-on":
        award.add_ons.append((_on_what(string, max(0, at), one.end), one))
    elif figure.role == "scale":
        award.scales.append(one)
        award.kind = "fund"


def _base(before: str, figure: Figure, clause: str) -> str | None:
    """What a share is of: as its clause says, points of interest of the loan, else what is 以…为基数."""
    said = LOAN if clause.endswith("个百分点") else figure.quantity.of or base_of(figure.before)
    basis = re.search(r"以(?P<base>[^，。；]{2,20})为基数", before)
    return basis["base"] if basis is not None and said in (None, LOAN) else said


def _label(figure: Figure, before: str) -> str | None:
    """The case of a member of a list: its year, or what it says itself (国内首台套的补助15%、省内首台套的补助8%)."""
    ordinal = ORDINAL.search(before)
    return ordinal["when"] if ordinal is not None else figure.case


_HOLLOW = re.compile(
    r"(?:给予|予以|进行|实行|享受|获得)[^，。；、]{0,16}?(?:奖励|奖补|补助|补贴|资助|扶持|支持|帮助"
    r"|推介|贴息|优惠|倾斜|一议|配套)|兑现[^，。；、]{0,8}?(?:奖励|补助|补贴)|可?(?:给予|实行)?“?一(?:事"
    r"|项目|企)一(?:议|策)”?"
)


def _hollow(string: str, a: int, b: int) -> bool:
    clause = string[a:b]
    return _HOLLOW.search(clause) is not None and not re.search(r"不(?:再|得)?(?:给予|予以|享受|进行)", clause)


def _unprinted(award: Award, string: str, a: int, b: int) -> None:
    """Shares without a figure: 1:1, the standard of another article."""
    clause = string[a:b]
    if (match := _MATCH.search(clause)) and not award.ratios:
        award.match, award.kind = float(match["ratio"] or match["more"]), "matching"
    if (found := _STANDARD.search(clause)) and award.standard is None:
        award.standard = re.sub(r"\s", "", found["standard"])
    award.case_by_case = award.case_by_case or _CASE.search(clause) is not None


_SOFT = re.compile(
    r"(?:给予|予以|进行|实施)(?P<how>[^，。；、]{0,14}?)(?P<noun>奖励|奖补|补助|补贴|资助|扶持|支持|帮助|推介|贴息)"
)


def _soft(award: Award) -> bool:
    """Whether an award without a figure names what it gives and to whom."""
    string = award.passage.text.string[award.sentence[0] : award.sentence[1]]
    soft = _SOFT.search(string)
    if soft is not None and re.search(r"表扬|通报|处分|处罚|警告|批评|公开", soft["how"]):
        return False
    return (soft is not None or _CASE.search(string) is not None) and (
        award.target is not None or re.search(r"在[^，。；]{2,40}方面(?:给予|予以)", string) is not None
    )
