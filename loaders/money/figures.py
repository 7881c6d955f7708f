"""The role of each figure of a sentence: condition, share, sum, ceiling, term, add-on, instalment, size of a fund."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from loaders.grammar.grammar import clauses, depth
from loaders.grammar.quantities import Quantity, quantities
from loaders.money.conditions import COMPARED, attribute
from loaders.money.passages import PolicyText

# Money that comes on top of other money, and neither a rate of supply nor a supplier.
_MATCHED = r"配套(?=资金|给予|予以|奖|补|资助|支持|扶持|经费|[，。；、）]|$)"
GIVES = (
    rf"给予|给与|予以|发放|拨付|奖励|奖补|补助|补贴|资助|扶持|贴息|{_MATCHED}|返还|补偿|兑现|兑付|减免|分成|分配|享受|核算"
    r"|出资(?=比例|额|不超过|最高)|支持(?!方向|范围|对象|要求|条件|力度|企业|开展|建设|发展|在|其)"
)
NOUN = rf"奖励|奖补|奖金|激励|补助|补贴|资助|扶持|贴息|{_MATCHED}|补偿|经费|支持|资金|返还"
SCOPE = re.compile(
    r"单个|单项|单品种|单家|单户|每个|每家|每户|每项|每年|每月|每人|每台|每次|每一|每平方米|每亩|每吨|每件|每[市县区]|同一|全年|年度|当年|累计|合计|总额|总计|总量|总和|最终|各项|以上|单笔"
)
_FUND_NOUN = re.compile(r"^(?:的)?[^，。；、]{0,24}?(?:基金|资金池|资金|授信额度|授信|信贷额度|额度|专项)")
_BY = re.compile(r"按照?|参照|以[^，。；]{2,20}的|比例|核算")
LIST_SIGN = re.compile(
    r"\s*(?:、|，|和|及|与|以及|或)\s*(?:第[一二两三四五六七八九十\d]+年)?(?:再)?(?:给予|奖励|补助|补贴)?\s*"
)
ORDINAL = re.compile(
    r"(?P<when>第[一二两三四五六七八九十\d]+(?:、第?[一二两三四五六七八九十\d]+)*(?:年度?|阶段|期|次"
    r"|批)|首年|次年|前[一二两三四五六七八九十\d]+年|后[一二两三四五六七八九十\d]+年|当年|首期|尾款)[^，。；、（）]{0,12}$"
)
_POINTS = re.compile(r"提高|增加|上浮|上调|再|另|加|下调|下浮|降低|提升")
# A share of the award itself (补助标准上浮20%), not of what it is for.
_RAISED = re.compile(
    r"(?:标准|额度|金额|比例|上限|奖励|补助|补贴|资助)(?:再|可|分别|相应)*(?:上浮|上调|提高|增加|下浮)(?!到|至)"
)
_PAID = re.compile(r"分(?:[一二三四五六七八九十两\d]+)?(?:个)?(?:年度?|期|次|批|阶段)(?!公司)|拨付|兑付|首付|预拨")

_PARTS = re.compile(r"(?:支付|拨付|兑现|发放|兑付|付)[^，。；]{0,6}$")
_IN_PARTS = re.compile(r"分|首|尾|余|剩|预|第[一二三四五\d]")
# A share of what somebody has spent or earned is no instalment, however it is paid out.
_OF_COST = re.compile(
    r"(?:投资|费用?|投入|利息|收入|销售|产值|贷款|租金|合同|采购|购置|支出|发生)[^，。；]{0,8}(?:额|金额|总额)?的$"
)
# 每增加100万元，增加奖励5万元
_EACH_MORE = re.compile(r"每(?:再)?(?:增加|增长|新增|提高|超过|超出)$")


@dataclass(frozen=True, slots=True)
class Figure:
    quantity: Quantity
    role: str
    before: str
    after: str
    deep: bool


def figures_of(string: str, policy: PolicyText, gives: bool, fund: bool) -> list[Figure]:
    found: list[Figure] = []
    spans = clauses(string)
    every = quantities(string, policy.boundary)
    for index, one in enumerate(every):
        start, end = _clause(string, spans, one)
        last = found[-1] if found else None
        begin = max(start, last.quantity.end) if last is not None else start
        stop = min(end, every[index + 1].start) if index + 1 < len(every) else end
        before, after = string[begin : one.start], string[one.end : max(stop, one.end)]
        deep = depth(string, one.at) > 0
        joined = last is not None and LIST_SIGN.fullmatch(string[last.quantity.end : one.start] or " ") is not None
        if (
            joined
            and last is not None
            and last.quantity.kind == one.kind
            and one.op in (None, last.quantity.op)
            and last.role in ("ratio", "amount", "cap", "instalment")
        ):
            role = last.role
        elif _EACH_MORE.search(string[: one.start]):
            role = "none"
        elif gives and one.kind == "money" and _more(found, string, one):
            role = "add-on"
        else:
            first = not any(figure.role in ("ratio", "amount", "cap", "instalment") for figure in found)
            role = _role(string, (start, end), one, before, after, deep, gives, fund)
            if role == "condition" and not first and _limits_award(one, before, gives):
                role = "cap"
            if role == "instalment" and first and found and not deep and not _IN_PARTS.search(string[start:end]):
                role = _money_or_ratio(
                    one.kind
                )  # …以上的，按4%兑付: nothing has been given yet that could be paid in parts
        found.append(Figure(one, role, before, after, deep))
    return found


def _limits_award(one: Quantity, before: str, gives: bool) -> bool:
    """Whether a sum at most, behind what is given, is a ceiling for a kind of project (其中大型枢纽不超过300万元)."""
    return gives and one.kind == "money" and one.op == "<=" and attribute(before, "money") == "other"


def _more(found: Sequence[Figure], string: str, one: Quantity) -> bool:
    """Whether a sum is what each further unit adds (每增加100万元，再奖励5万元)."""
    if not found or not _EACH_MORE.search(string[: found[-1].quantity.start]):
        return False
    between = string[found[-1].quantity.end : one.start]
    return (
        re.search(r"[。；]", between) is None
        and one.op is None
        and re.search(rf"增加|追加|再|{GIVES}", between) is not None
    )


def _clause(string: str, spans: Sequence[tuple[int, int]], one: Quantity) -> tuple[int, int]:
    """The clause of a figure; inside brackets, the stretch between commas there."""
    start, end = next(((a, b) for a, b in spans if a <= one.at < b), (0, len(string)))
    if depth(string, one.at) > 0:
        opened = max(string.rfind(sign, 0, one.at) for sign in "（〔(，；、")
        closed = min((at for sign in "）〕)，；" if (at := string.find(sign, one.stop)) >= 0), default=end)
        return max(start, opened + 1), max(one.end, min(end, closed))
    return start, end


def _role(
    string: str, clause: tuple[int, int], one: Quantity, before: str, after: str, deep: bool, gives: bool, fund: bool
) -> str:
    kind = one.kind
    whole = string[clause[0] : one.start]
    if kind == "duration":
        return _duration_role(string, one, before, after, gives)
    if one.op in COMPARED and re.match(r"的?部分", string[one.end :]):
        return "condition"
    if kind == "money" and _is_size(one, whole, before, after, fund):
        return "scale"
    if kind == "ratio" and _RAISED.search(before) and gives:
        return "add-on"
    if kind == "ratio-change":
        return "add-on" if _POINTS.search(before) and gives else "none"
    if kind == "ratio" and gives and _PARTS.search(before) and ORDINAL.search(whole):
        return "instalment"
    if (
        ORDINAL.search(string[clause[0] : one.start])
        and gives
        and kind in ("money", "ratio")
        and (deep or one.op is None)
    ):
        return "instalment" if deep else _money_or_ratio(kind)
    if kind == "ratio" and gives and not _OF_COST.search(before) and _PAID.search(string[clause[0] : clause[1]]):
        return "instalment"
    if kind in ("money", "money-density"):
        return _money_role(one, whole, before, after, gives)
    if kind == "ratio":
        return _ratio_role(one, whole, before, after, gives)
    return "condition" if one.op in COMPARED else "none"


def _money_or_ratio(kind: str) -> str:
    return "ratio" if kind == "ratio" else "amount"


_GIVEN_FOR = re.compile(r"[的，]?(?:给予|奖励|补贴|补助|资助|扶持|支持|享受|按|每年)|$")


def _duration_role(string: str, one: Quantity, before: str, after: str, gives: bool) -> str:
    if one.unit not in ("年", "个月"):
        return "none"
    if gives and re.match(r"之?内", string[one.stop :]) and re.search(r"(?:后|起|之日)的?$", before):
        return "term"
    if re.search(r"(?:近|前|上|后|第|每|最近|过去)$", before):
        return "none"
    if re.search(r"连续$", before) and not _GIVEN_FOR.match(after):
        return "none"
    if gives and (
        re.search(
            r"(?:连续|为期|期限(?:为|不超过)?|最长|享受|给予|补贴|奖励|贴息|补助|资助|扶持|支持|(?:贴息|补贴|补助|奖励|支持|扶持|享受|资助)期)$",
            before,
        )
        or re.match(r"的?(?:奖励|补贴|补助|扶持|贴息|租金|支持)", after)
    ):
        return "term"
    if re.match(r"内", string[one.stop :]) and re.search(r"在$", before):
        return "condition-within"
    return "condition" if (one.op in (">=", ">") and one.end > one.stop) or one.op in (">=",) else "none"


def _is_size(one: Quantity, whole: str, before: str, after: str, fund: bool) -> bool:
    """Whether a sum is the size of a fund or of a line of credit."""
    sized = (
        re.search(r"规模|总额|首期|额度|(?:基金|专项资金|引导资金)$", whole) is not None
        or _FUND_NOUN.match(after) is not None
    )
    return fund and sized and one.op != "<=" and not re.search(r"(?:给予|予以)[^，。；]{0,6}$", before)


def _money_role(one: Quantity, whole: str, before: str, after: str, gives: bool) -> str:
    tail = before[-14:]
    awarding = re.search(rf"(?:{GIVES})[^，。；、]{{0,14}}$", before) is not None
    follows = (
        re.match(
            rf"(?:人民币)?(?:/[^，。；]{{1,3}})?(?:的标准)?的?(?:(?:给予|予以)[^，。；、\d]{{0,10}}?)?(?:一次性|资金|财政|配套"
            rf"|活动|开办费?|建设|专项|培训|研发|购房|租房|生活|安家|落户|工作)*(?:{NOUN}|费)",
            after,
        )
        is not None
        or re.match(r"的标准(?:给予|予以|进行)", after) is not None
    )
    if one.op in (">=", ">", "<"):
        return "condition" if not (awarding and follows) else "amount"
    if one.op == "<=":
        if one.level:
            return "cap"
        bare = re.sub(r"[\s（）]", "", before)
        inside = bool(SCOPE.search(whole)) or bool(re.search(NOUN, whole)) or not bare
        return (
            "cap"
            if gives and (awarding or follows or inside)
            else ("cap" if inside and re.search(NOUN, whole) else "condition")
        )
    if not gives:
        return "none"
    if awarding or follows or re.search(rf"(?:{NOUN})(?:标准|金额|额度|资金)?(?:为|是|达)?$", tail):
        return "amount"
    return "none"


def _ratio_role(one: Quantity, whole: str, before: str, after: str, gives: bool) -> str:
    if re.match(r"的[^，。；]{0,6}上限", after):
        return "limit"
    if one.upper is None and (one.op in (">=", ">") or (one.op == "<" and not gives)):
        return "condition"
    awarding = re.search(GIVES, before) is not None
    follows = (
        re.match(rf"(?:左右)?(?:的(?:比例|标准|额度)?|比例)?[^，。；]{{0,16}}?(?:{GIVES}|{NOUN})", after) is not None
    )
    by = (
        _BY.search(before) is not None or one.of is not None or re.search(r"的$", before) is not None or "比例" in whole
    )
    if gives and (awarding or follows or (by and (one.op in (None, "<=") or one.upper is not None))):
        return "ratio"
    return "condition" if one.op in COMPARED else "none"
