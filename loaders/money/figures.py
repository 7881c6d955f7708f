"""The role of each figure of a sentence: condition, share, sum, ceiling, term, add-on, instalment, size of a fund."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from loaders.grammar.grammar import clauses, depth
from loaders.grammar.quantities import Quantity, quantities
from loaders.money.conditions import COMPARED, attribute
from loaders.money.passages import PolicyText

# Money that comes on top of other money, and neither a rate of supply nor a supplier.
_MATCHED = r"配套(?=资金|给予|予以|奖|补|资助|支持|扶持|经费|[，。；、）]|$)"
GIVES = (
    rf"给予|给与|予以|发放|拨付|奖励|奖补|补助|补贴|资助|扶持|贴息|{_MATCHED}|返还|补偿|兑现|兑付|减免|分成|分配|享受|核算|免收|免缴|免交|全免|抵用|(?<=[的个人家项名户台])[奖补](?=\d|$)"
    r"|出资(?=比例|额|不超过|最高)|(?:股权|参股|跟进|直接)投资(?=[，。；（])|支持(?!方向|范围|对象|要求|条件|力度|企业|开展|建设|发展|在|其)"
)
NOUN = rf"奖励|奖补|奖金|激励|补助|补贴|津贴|资助|扶持|贴息|{_MATCHED}|补偿|经费|支持|资金|返还"
SCOPE = re.compile(
    r"单[个项家户艘台套人件次车]|单品种|每个|每家|每户|每项|每年|每月|每人|每台|每次|每一|每平方米|每亩|每吨|每件|每[市县区]|同一|全年|年度|当年|累计|合计|总额|总计|总量|总和|最终|各项|以上|单笔"
)
_FUND_NOUN = re.compile(r"^(?:的)?[^，。；、]{0,24}?(?:基金|资金池|资金|授信额度|授信|信贷额度|额度|专项)")
_BY = re.compile(r"按照?|参照|以[^，。；]{2,20}的|比例|核算")
LIST_SIGN = re.compile(
    r"\s*(?:、|，|和|及|与|以及|或)\s*(?:第[一二两三四五六七八九十\d]+年)?(?:再)?(?:给予|奖励|补助|补贴)?\s*"
)
# A member of a list that says its own case: …补助25%、国内首台套的补助15%; 优秀的150万元，良好的100万元.
_LISTING = re.compile(rf"(?:{NOUN})(?:标准|金额|额度|资金)?(?:如下|分别为|为)?：[^：；。]*$")
MEMBER = re.compile(
    rf"(?P<sign>[、，：])(?:其中)?(?P<case>(?!每|单|最|累计|合计|同一|总|按|不|再|另|其)[^，。；：、\d（）]{{2,16}}?)的?(?:{NOUN}|为|按|给予|奖励|标准)*"
)
FIRST_MEMBER = re.compile(
    rf"(?:^|[，：、])(?:按|属|对|给予)?(?P<case>[^，。；：、\d]{{2,16}}?)的?(?:{NOUN}|为|按|给予|奖励|标准)*[\d.]+(?:%|‰|[万亿]?元)$"
)
ORDINAL = re.compile(
    r"(?P<when>第[一二两三四五六七八九十\d]+(?:、第?[一二两三四五六七八九十\d]+)*(?:年度?|阶段|期|次"
    r"|批)|首年|次年|前[一二两三四五六七八九十\d]+年|后[一二两三四五六七八九十\d]+年|当年|首期|尾款)[^，。；、（）]{0,12}$"
)
_POINTS = re.compile(r"提高|增加|上浮|上调|再|另|加|下调|下浮|降低|提升")
# A share of the award itself (补助标准上浮20%), not of what it is for.
_RAISED = re.compile(
    r"(?:标准|额度|金额|比例|上限|奖励|补助|补贴|资助)(?:在[^，。；]{1,12}基础上)?(?:再|可|分别|相应)*"
    r"(?:上浮|上调|提高|增加|下浮)(?!到|至)"
)
_PAID = re.compile(r"分(?:[一二三四五六七八九十两\d]+)?(?:个)?(?:年度?|期|次|批|阶段)(?!公司)|拨付|兑付|首付|预拨")

# 分两年拨付，第一年60%，第二年40%
_IN_YEARS = re.compile(
    r"分[一二两三四五六七八九十\d]*个?(?:年度?|期|次|批|阶段)[^，。；：\d]{0,6}?(?:拨付|兑现|兑付|支付|发放|给付|到位)"
)
_YEAR_OF = re.compile(
    r"[，、：；]?(?:其中)?(?:第[一二两三四五六七八九十\d]+(?:年度?|期|次|批|阶段)|首[年期次批]|次年)(?:分别)?(?:按|拨付|兑现|兑付|支付|发放)*"
    r"|，?(?:各[年期次批]|每年|拨付|兑现)*比例(?:分别)?(?:为|是)"
)
_TOTAL = re.compile(rf"(?:^|，)(?:一次性)?(?:{NOUN})?(?:总额|合计|共计|总计)(?:为|达)?$")
_PARTS = re.compile(r"(?:支付|拨付|兑现|发放|兑付|付)[^，。；]{0,6}$")
_IN_TURN = re.compile(r"(?:资金|奖励|补助|补贴)按[^，。；]*(?:兑现|拨付|兑付|支付)")
_IN_PARTS = re.compile(r"分|首|尾|余|剩|预|第[一二三四五\d]")
# A share of what somebody has spent or earned is no instalment, however it is paid out.
_OF_COST = re.compile(
    r"(?:投资|费用?|投入|利息|收入|销售|产值|贷款|租金|合同|采购|购置|支出|发生)[^，。；]{0,8}(?:额|金额|总额)?的$"
)
# 每增加100万元，增加奖励5万元
_EACH_MORE = re.compile(r"每(?:再)?(?:增加|增长|新增|提高|超过|超出|突破|完成|实现|到位|投入)$")
# 抵用比例由50%提高至70%: what was is nothing that is given.
_FROM = re.compile(r"(?:由|从)[^，。；\d]{0,10}$")
_RAISED_TO = re.compile(r"(?:提高|提升|增加|上调|上浮|调整|放宽|降低|下调)(?:到|至|为)")
# 给予不超过1.5个百分点的利息补贴 is a share of the loan.
_POINTS_OF = re.compile(r"(?:的|给予|予以|进行)*(?:财政)?(?:利息|贴息|利率)")
# A share of the award itself, paid when something has been done (分别给予补助总额30%、70%的补助).
_OF_AWARD = re.compile(r"(?P<whose>[^，。；]*?)(?:奖励|奖补|补助|补贴|资助|扶持)(?:总额|资金|金额|额度|总量|额)?的?$")
_STAGED = re.compile(r"阶段|分期|分批|(?:拨付|兑现|支付|兑付|发放)")
_SUPERIOR = re.compile(r"国家|上级|中央|[省市县区](?:级|财政|奖|补|资|扶|支)|配套")


_GIVEN = ("ratio", "amount", "cap", "instalment")  # roles of what is given


@dataclass(frozen=True, slots=True)
class Figure:
    quantity: Quantity
    role: str
    before: str
    after: str
    deep: bool
    case: str | None = None


def figures_of(string: str, policy: PolicyText, gives: bool, fund: bool, *, follows: bool = False) -> list[Figure]:
    """The figures of a sentence with their roles.

    Args:
        string: the sentence; `policy` whose text it is.
        gives: whether it, or one before it, gives something; `fund` whether it sets something up.
        follows: whether awards stand before it, to which it may add.
    """
    found: list[Figure] = []
    spans = clauses(string)
    every = [_share_of_loan(string, one) for one in quantities(string, policy.boundary)]
    if gives:
        every = sorted([*every, *_shares_in_words(string, every)], key=lambda one: one.at)
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
            and last.role in _GIVEN
        ):
            role = last.role
        elif _each_more(string, one) or (_FROM.search(before) and _RAISED_TO.match(string, one.end)):
            role = "none"
        elif one.kind == "ratio" and string[one.at] in "全免减加翻":
            role = "add-on" if string[one.at] in "加翻" else "ratio"
        elif gives and one.kind == "money" and _more(found, string, one):
            role = "add-on" if follows or any(figure.role in _GIVEN for figure in found) else "amount"
        else:
            first = not any(figure.role in _GIVEN for figure in found)
            role = _role(string, (start, end), one, before, after, deep, gives, fund)
            if role == "condition" and not first and _limits_award(one, before, gives):
                role = "cap"
            parted = _IN_PARTS.search(string[start:end]) or _PARTS.search(before)
            if role == "instalment" and first and found and not deep and not parted:
                role = _money_or_ratio(
                    one.kind
                )  # …以上的，按4%兑付: nothing has been given yet that could be paid in parts
        case = _case(string, last, one) if role in ("ratio", "amount", "none") else None
        if case is not None and role == "none" and one.kind == "money" and _in_list(string, one):
            role = "amount"
        if case is not None and last is not None and last.case is None and last.role == role:
            head = FIRST_MEMBER.search(string[: last.quantity.stop])
            found[-1] = replace(last, case=head["case"] if head is not None else None)
        found.append(Figure(one, role, before, after, deep, case))
    return _listed_before(string, found)


def _listed_before(string: str, found: list[Figure]) -> list[Figure]:
    """The figures, with the role of the last member of a list for those before it (每吨500元、600元给予补贴)."""
    for i in range(len(found) - 2, -1, -1):
        one, then = found[i], found[i + 1]
        joined = LIST_SIGN.fullmatch(string[one.quantity.end : then.quantity.start] or " ") is not None
        alike = one.quantity.kind == then.quantity.kind and one.quantity.op is None
        if joined and alike and one.role == "none" and then.role in ("amount", "ratio"):
            found[i] = replace(one, role=then.role)
    return found


def _case(string: str, last: Figure | None, one: Quantity) -> str | None:
    """What a member of a list says that it is for: behind 、, or in a list that a colon opens."""
    listed = _in_list(string, one)
    colon = string.rfind("：", 0, one.start)
    begin = max(last.quantity.end if last is not None else 0, colon if listed else 0)
    words = string[begin : one.start]
    match = MEMBER.fullmatch(words)
    # 优秀的150万元 is a member; …的，奖励150万元 gives by itself.
    if match is None or (match["sign"] != "、" and (not listed or re.search(rf"(?:{NOUN}|给予|予以)$", words))):
        return None
    if match["sign"] == "、" and (last is None or last.quantity.kind != one.kind):
        return None
    return match["case"]


def _in_list(string: str, one: Quantity) -> bool:
    """Whether a figure stands behind a colon that opens a list of what is given."""
    return one.op is None and _LISTING.search(string[: one.start]) is not None


def _share_of_loan(string: str, one: Quantity) -> Quantity:
    """A quantity; percentage points of interest that are paid, as the share of the loan that they are."""
    paid = one.kind == "ratio-change" and _POINTS_OF.match(string, one.end)
    return replace(one, unit="%") if paid and not _POINTS.search(string[max(0, one.start - 3) : one.start]) else one


# All or half of what is paid, in words (前三年免收租金，后两年减半补助).
_WHOLE = re.compile(
    r"(?:全额|全部)(?=补贴|补助|资助|奖励|贴息|返还|减免|免除|支持|承担)"
    r"|(?:免收|免除|免缴|免交|减免全部|全免)(?=[^，。；]{0,8}(?:租|费))|(?<=租金)(?:全免|免除|全部减免)|(?<=费用)(?:全免|免除)"
)
_HALF = re.compile(r"减半(?=补助|补贴|奖励|支持|资助|收取|给予|执行|享受|兑现|$|[，。；])")

_TWICE = re.compile(r"(?<=[准励助贴额补])(?:加倍|翻倍|翻番)(?=奖励|补助|补贴|执行|给予|$|[，。；])")


def _shares_in_words(string: str, every: Sequence[Quantity]) -> Iterator[Quantity]:
    """The shares that words give: all, half of the share before them, as much again."""
    for match in _WHOLE.finditer(string):
        yield Quantity(Decimal(100), "%", match.start(), match.end(), match.start(), match.end())
    for match in _TWICE.finditer(string):
        yield Quantity(Decimal(100), "%", match.start(), match.end(), match.start(), match.end())
    for match in _HALF.finditer(string):
        if re.search(r"(?:上限|标准|限额)$", string[: match.start()]):
            continue
        before = [one.value for one in every if one.unit == "%" and one.end <= match.start()]
        value = before[-1] / 2 if before else Decimal(50)
        yield Quantity(value, "%", match.start(), match.end(), match.start(), match.end())


def _each_more(string: str, one: Quantity) -> bool:
    """Whether a quantity is the measure of what comes on top; 每新增1家 is for each one."""
    return _EACH_MORE.search(string[: one.at]) is not None and not (one.kind == "count" and one.value == 1)


def _limits_award(one: Quantity, before: str, gives: bool) -> bool:
    """Whether a sum at most, behind what is given, is a ceiling for a kind of project (其中大型枢纽不超过300万元)."""
    unmeasured = attribute(before, "money") == "other" and not _is_measured(before)
    return gives and one.kind == "money" and one.op == "<=" and unmeasured


def _more(found: Sequence[Figure], string: str, one: Quantity) -> bool:
    """Whether a sum is what each further unit adds (每增加100万元，再奖励5万元)."""
    if not found or not _each_more(string, found[-1].quantity):
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
        if _POINTS.search(before) and gives:
            return "add-on"
        return "condition" if one.op in COMPARED else "none"
    if kind == "ratio" and gives and _of_award(string, before, after):
        return "instalment"
    if kind == "ratio" and gives and _PARTS.search(before) and ORDINAL.search(whole):
        return "instalment"
    if kind == "ratio" and gives and _IN_TURN.search(string[clause[0] : clause[1]]) and not _OF_COST.search(before):
        return "instalment"
    parted = _YEAR_OF.fullmatch(before) or _PARTS.search(before)
    if kind == "ratio" and gives and parted and _IN_YEARS.search(string[: one.start]) and not _OF_COST.search(before):
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
        return _money_role(string, one, whole, before, after, gives)
    if kind == "ratio":
        return _ratio_role(one, whole, before, after, gives)
    return "condition" if one.op in COMPARED else "none"


def _of_award(string: str, before: str, after: str) -> bool:
    """Whether a share is a part of the award that a sentence speaks of, not of an award of somebody else."""
    match = _OF_AWARD.search(before)
    if match is None or _SUPERIOR.search(match[0]) or "配套" in after:
        return False
    return _STAGED.search(string) is not None and re.match(r"(?:按|其)?(?:应|核定|可)", match["whose"]) is None


def _money_or_ratio(kind: str) -> str:
    return "ratio" if kind == "ratio" else "amount"


_GIVEN_FOR = re.compile(r"[的，]?(?:给予|奖励|补贴|补助|资助|扶持|支持|享受|按|每年)|$")


# 自开工之日起24个月内竣工投产的: a time for the project, not for the money.
_DONE = re.compile(
    r"之?内(?:完成|实现)?[^，。；]{0,8}?(?:竣工|投产|建成|完工|达产|投入使用|运营)[^，。；]{0,6}(?:的|，|$)"
)


def _duration_role(string: str, one: Quantity, before: str, after: str, gives: bool) -> str:
    if one.unit not in ("年", "个月"):
        return "none"
    if gives and re.match(r"之?内", string[one.stop :]) and re.search(r"(?:后|起|之日)的?$", before):
        if re.match(r"之?内[^，。；]{2,14}?(?:达到?|超过|突破|不低于)", string[one.stop :]):
            return "none"  # 投产之日起两年内投资达到…
        return "condition-within" if _DONE.match(string[one.stop :]) else "term"
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
    if _DONE.match(string[one.stop :]) or (re.match(r"内", string[one.stop :]) and re.search(r"在$", before)):
        return "condition-within"
    return "condition" if (one.op in (">=", ">") and one.end > one.stop) or one.op in (">=",) else "none"


def _is_size(one: Quantity, whole: str, before: str, after: str, fund: bool) -> bool:
    """Whether a sum is the size of a fund or of a line of credit."""
    sized = (
        re.search(r"规模|总额|首期|额度|预算|(?:基金|专项资金|引导资金|年安排)$", whole) is not None
        or _FUND_NOUN.match(after) is not None
    )
    return fund and sized and one.op != "<=" and not re.search(r"(?:给予|予以)[^，。；]{0,6}$", before)


_OWN_SUM = re.compile(rf"(?:{NOUN})(?:总额|金额|额度|标准|额)$")


def _money_role(string: str, one: Quantity, whole: str, before: str, after: str, gives: bool) -> str:
    bare = re.sub(r"（[^（）]*）", "", before)
    tail = bare[-14:]
    awarding = re.search(rf"(?:{GIVES})[^，。；、]{{0,14}}$", bare) is not None
    follows = (
        re.match(
            rf"(?:人民币)?(?:/[^，。；]{{1,3}})?(?:的标准)?的?(?:(?:给予|予以)[^，。；、\d]{{0,10}}?)?(?:一次性|资金|财政|配套"
            rf"|活动|开办费?|建设|专项|培训|研发|购房|租房|生活|安家|落户|工作)*(?:{NOUN}|费)",
            after,
        )
        is not None
        or re.match(r"的?标准(?:给予|予以|进行)", after) is not None
    )
    if one.op in (">=", ">", "<"):
        if _OWN_SUM.search(bare):
            return "none"  # 补助额最低50万元 asks nothing of anybody
        return "condition" if not (awarding and follows) else "amount"
    if one.op == "<=":
        if one.level:
            return "cap"
        behind = one.start == one.at and one.end > one.stop  # 500万元及以下
        if behind and re.match("的", string[one.end :]) and _OWN_SUM.search(bare):
            return "none"  # 补助金额50万元以下的，一次性拨付
        if not follows and (_is_measured(before) or (behind and not awarding and not re.search(NOUN, before))):
            return "condition"
        inside = bool(SCOPE.search(whole)) or bool(re.search(NOUN, whole)) or not re.sub(r"[\s（）]", "", before)
        return (
            "cap"
            if gives and (awarding or follows or inside)
            else ("cap" if inside and re.search(NOUN, whole) else "condition")
        )
    if not gives:
        return "none"
    named = re.search(rf"(?:{NOUN})(?:标准|金额|额度|资金)?(?:为|是|达)?$", tail)
    if awarding or follows or named or _MORE.search(tail) or (one.op is None and _TOTAL.search(bare)):
        return "amount"
    return "none"


# What all awards together may cost is a share of the fund (以资金池规模的20%为限).
_OF_BUDGET = re.compile(r"(?:资金池|基金|资金|预算)(?:总)?(?:规模|总额|总量|额度)的?$")
# A sum on top of another, in a sentence that gives (月度入库的再增加5万元).
_MORE = re.compile(r"(?:再|另|额外|分别)(?:增加|追加|加)(?:一次性)?$|追加$")
# What a sum at most measures when it is no award: what was borrowed, spent, earned.
MEASURE = re.compile(
    r"(?:本金|余额|担保(?:金额|额)|合同(?:金额|额)|贷款(?:金额|额|总额)?|单价|价格|造价|成本|收入|产值|销售额|融资额|工资|年薪|资本|资产|负债|税收)$"
)


def _is_measured(before: str) -> bool:
    """Whether a sum at most bounds what somebody has (贷款本金不超过1000万元), not what is given."""
    words = re.sub(r"（[^（）]*）|[的为在，、\s]+$", "", re.split(r"[，；：]", before)[-1])
    if re.search(rf"(?:{NOUN}|补偿)(?:总额|金额|额度|资金|标准|额)?$", words):
        return False
    return MEASURE.search(words) is not None


# 重点地区企业提高至15%: of what is given to the others.
_RAISED_FOR = re.compile(
    rf"(?:^|[，、]|[地市县区]|企业|项目|比例|标准|{NOUN})(?:可|则|再)?(?:提高|提升|上浮|上调|调整|放宽|增加|降低|下调)(?:到|至|为)$"
)


def _ratio_role(one: Quantity, whole: str, before: str, after: str, gives: bool) -> str:
    if re.match(r"的[^，。；]{0,6}上限", after):
        return "limit"
    if one.op == "<=" and re.search(r"[费利]率$", before):
        return "condition"
    if re.search(r"(?:股权|股份|持股|参股|股)(?:的)?(?:比例|比)(?:原则上|一般)?$", before) or _OF_BUDGET.search(before):
        return "none"
    if one.upper is None and (one.op in (">=", ">") or (one.op == "<" and not gives)):
        return "condition"
    awarding = re.search(GIVES, before) is not None
    awarding = awarding or _RAISED_FOR.search(before) is not None
    follows = (
        re.match(rf"(?:左右)?(?:的(?:比例|标准|额度)?|比例)?[^，。；]{{0,16}}?(?:{GIVES}|{NOUN})", after) is not None
    )
    by = (
        _BY.search(before) is not None or one.of is not None or re.search(r"的$", before) is not None or "比例" in whole
    )
    if gives and (awarding or follows or (by and (one.op in (None, "<=") or one.upper is not None))):
        return "ratio"
    return "condition" if one.op in COMPARED else "none"
