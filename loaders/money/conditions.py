"""Conditions: what a clause demands of an applicant or a project, as leaves that can be computed with.

A leaf is an attribute (a code of the vocabulary), a comparison and a value, with the time and the regions that it holds
for; what no attribute can decide is `judged`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from loaders.document.text import Text
from loaders.grammar import dates
from loaders.grammar.quantities import Quantity, number, quantities, quantity_kind
from loaders.money.passages import PolicyText
from ontology.facts_money import Leaf
from ontology.vocabulary import vocabulary

COMPARED = (">=", ">", "<=", "<")


@dataclass(frozen=True, slots=True)
class Read:
    """A leaf, its name as a criterion, where it stands; `other` after 或, `upper` a range's end."""

    leaf: Leaf
    criterion: str
    start: int
    end: int
    other: bool = False
    upper: Leaf | None = None
    named: tuple[str, ...] = ()


# ---- Attributes

_TYPES = {
    "money": ("money",),
    "money-density": ("money-density",),
    "ratio": ("ratio",),
    "duration": ("years",),
    "count": ("integer",),
    "area": ("area",),
}
_SHORTEST = 2
_PLAIN = re.compile(r"的|企业|单位|[“”‘’\s]|（[^（）]*）")


@cache
def _labels() -> tuple[tuple[str, str, str], ...]:
    """(label, code, type of its value) of every attribute, the longest label first."""
    codes = vocabulary().codes("condition").values()
    found = [
        (plain, code.notation, code.value_type or "judged")
        for code in codes
        for label in (code.name, *code.labels)
        # What is left of 上云企业 without 企业 would be found everywhere.
        if (plain := _PLAIN.sub("", label)) == label or len(plain) > _SHORTEST
    ]
    return tuple(sorted(found, key=lambda one: (-len(one[0]), one[0])))


def attribute(words: str, kind: str | None = None) -> str:
    """The code of the attribute that words name; `other` where none of the vocabulary's does.

    Args:
        words: the subject of a condition.
        kind: what its quantity measures (money, ratio …); None for a condition without figure.
    """
    plain = _PLAIN.sub("", words)
    types = _TYPES.get(kind, ()) if kind is not None else None
    found = _labelled(plain, types)
    return found if found != "other" else _labelled(_ON_AVERAGE.sub("", plain), types)


# 年均增长率, 同比增长: growth.
_ON_AVERAGE = re.compile(
    r"(?:最近|近)[一二两三四五六七八九十\d]+年(?=.)|(?:年平均|年均|平均|同比|环比|[较比](?:上一?年度?|去年|上期)(?:同期)?)(?=增长|增速|增幅)"
)


def _labelled(plain: str, types: tuple[str, ...] | None) -> str:
    """The attribute of the longest label in some words, of those that stand equally long the last."""
    best: tuple[int, int, str] | None = None
    for label, code, value_type in _labels():
        if types is not None and value_type not in types:
            continue
        at = plain.rfind(label)
        if at >= 0:
            mark = (len(label), at + len(label), code)
            best = mark if best is None or mark[:2] > best[:2] else best
    return best[2] if best is not None else "other"


# ---- Leaves with figures

_WINDOW = re.compile(
    r"(?:截至)?上(?:一)?年(?:度)?末?|(?:最近|近)\s*(?:[\d一二两三四五六七八九十]+)\s*(?:个?会计年度"
    r"|年|个月)(?:内|来|以来)?|申报期内?|建设期内?|当年|上半年|“[^”]{2,5}”(?:时期|期间)|20\d\d\s*年度?"
)
LEADING = re.compile(
    r"^(?:[，、；。：\s]|[①-⑳]|(?:申报|申请|参评)?(?:单位|企业|主体|机构)(?:应当?|须|必须|需)(?:为|是|在)?|(?:的)?(?:项目|企业)(?=、|和)|且|并且|并|同时|其中|或者|或|以及|和|及"
    r"|但|若|如|凡|对于|对|须|应当|应|需|原则上|满足|符合|要求|的|按|为|其|（[一二三四五六七八九十\d]+）"
    r"|第[一二三四五六七八九十\d ]+条|【[^】]*】"
    r"|(?:行政区域|区域|辖区|范围|境)内|内(?![资外部蒙地销需容])|\d{1,2}[.、．]|(?:实现)?(?:有下列|以下)[^，]{0,8})+"
)
_TRAILING = re.compile(r"(?:[，、：（\s]|须|应当|应|需|均|要|为|在|的|总计|合计|累计|达|原则上|介于|控制|保持)+$")
_HAVING = re.compile(
    r"(?:拥有|获得|取得|具有|具备|有|参与|主持|制定|带动|完成|实现|服务|建有|设有|承担|吸纳|引进|获|满足|新增|签订|签署)(?:了)?$"
)
_SINCE = re.compile(r"(?:近|前|上|最近|连续|每|过去|未来|后|届满|第)$")
_AFTER = re.compile(r"^(?:的)?([^，。；、：或的]{0,14}的)?[^，。；、：（）]{1,24}?(?=或|，|。|；|、|：|（|）|支撑|$)")
_PAREN = re.compile(r"（[^（）]*）")
_AWARD = re.compile(
    r"奖励(?!项目|对象|的固定)|奖补|补助|补贴|资助|扶持(?!项目|对象|企业)|支持(?!方向|范围|对象|项目|企业)|贴息|奖金|给予|予以|拨付|兑现|额度|上限|降低|放宽|推荐|有效期|延长"
)
_PER_MU = re.compile(r"亩均|每亩")
_POSITIVE = re.compile(
    r"(?P<subject>[^，。；、]{2,24}?)(?:均|都)?(?:为|呈|保持|实现)(?P<how>正增长|正数|正(?=[，。；且]|$)|盈利)"
)
_DATED = re.compile(
    rf"(?P<how>不早于|不晚于|不迟于|早于|晚于|自|截至)(?:{dates.DATE.pattern})(?:（(?P<inc>含|不含)）)?"
)
# Levels of standing count upwards; 三级甲等 and the like do not.
_LEVEL = re.compile(
    r"(?P<subject>[\u4e00-\u9fff]{2,16}?(?:成熟度|评级|等级|级别))(?:模型|评估|认证)?(?:达到|通过|为|在)?"
    r"(?P<n>[一二三四五六七八九]|\d)级(?:\s*（含）)?(?:及以上|或以上|以上)"
)
_FROM_DATE = {"不早于": ">=", "不晚于": "<=", "不迟于": "<=", "早于": "<", "晚于": ">"}


def figures(string: str, policy: PolicyText, clause: str | None, *, having: bool = True) -> Iterator[Read]:
    """The conditions with figures of a string, in its order.

    Args:
        string: a paragraph or a sentence.
        policy: whose text it is, for the boundary and the regions.
        clause: where it stands.
        having: whether a bare number behind a verb of having (获得2项专利) is a least number.
    """
    last = 0
    read: Read | None = None
    for one in quantities(string, policy.boundary):
        before = _subject_start(string, last, one.start)
        words = string[before : one.start]
        if _passes(one, words, string):
            continue
        op = one.op
        if read is not None and _RELAXED.search(words):
            op = op or read.leaf.op
        if op is None:
            if not having or one.kind != "count" or one.unit == "类" or not _possessed(words):
                continue
            op = ">="
        found = _leaf(string, before, one, op, policy, clause)
        if found is not None:
            read = found = _for_some(found, read, words)
            yield found
            last = one.end
    yield from _without_figures(string, policy, clause)


# 营业收入2000万元以上，其中服务业企业可放宽至500万元: the same measure, for some.
_RELAXED = re.compile(r"(?:可|可以)?(?:适当)?(?:放宽|降低|降|下调|提高|上调|调整)(?:至|到|为)$")
_SOME = re.compile(r"(?:企业|公司|单位|机构|平台|项目|产品|行业|产业|业|地区|区域|片区|市|县|区)(?:的|可|应|须|需)*$")


def _for_some(read: Read, before: Read | None, words: str) -> Read:
    """A condition; one whose subject says only for whom it is measures what the one before it measured."""
    alike = before is not None and quantity_kind(before.leaf.unit or "") == quantity_kind(read.leaf.unit or "")
    whom = _RELAXED.sub("", read.criterion)
    if before is None or not alike or read.leaf.what != "other" or quantity_kind(read.leaf.unit or "") == "count":
        return read
    if not _SOME.search(whom) and not (_RELAXED.search(words) and "门槛" in whom):
        return read
    return replace(read, criterion=f"{re.sub('（.*', '', before.criterion)}（{whom}）")


def leaf_of(
    string: str,
    last: int,
    one: Quantity,
    policy: PolicyText,
    clause: str | None,
    *,
    within: bool = False,
    limit: bool = False,
) -> Read | None:
    """The condition that a figure of a sentence makes; None where it has no subject of its own.

    Args:
        string: the sentence.
        last: where the figure before ends.
        one: the figure.
        policy, clause: as for `figures`.
        within: the figure is a time within which something must be done (在12个月内).
        limit: the figure limits what counts (按3%的保费率上限).
    """
    start = _subject_start(string, last, one.start)
    if limit or within:
        end = next((at for at in range(one.end, len(string)) if string[at] in "，。；及和"), len(string))
        words = string[one.end : end].lstrip("内的") if within or limit else ""
        text = string[start:end]
        what = "duration" if within else "other"
        leaf = Leaf(what, "<=", number(one.value), one.unit, None, (), clause, text)
        return Read(leaf, words or text, start, end)
    return _leaf(string, start, one, one.op or "=", policy, clause)


def _passes(one: Quantity, words: str, string: str) -> bool:
    """Whether a quantity is no condition: a window, an award, a deadline."""
    if one.op == "约":
        return True
    if one.kind == "duration" and _SINCE.search(string[: one.at]):
        return True
    if one.unit in ("个工作日", "天", "小时") or (one.unit == "个百分点" and one.op is None):
        return True
    tail = _RELAXED.sub("", re.split(r"[，；。]", words)[-1])
    return bool(_AWARD.search(_PAREN.sub("", tail))) or bool(
        re.match(r"(?:的)?[^，。；]{0,4}(?:予以|给予|进行)?(?:奖励|补助|补贴|扶持|的比例)", string[one.end :])
    )


def _possessed(words: str) -> bool:
    tail = re.split(r"[，；。]", _PAREN.sub("", words))[-1]
    return bool(_HAVING.search(tail) or re.search(r"拥有|获得|取得|具有", tail))


def _subject_start(string: str, last: int, end: int) -> int:
    """Where the subject of a figure begins: behind the last clause or the last figure."""
    depth = 0
    for at in range(end - 1, last - 1, -1):
        sign = string[at]
        depth += (sign in "）〕") - (sign in "（〔")
        if depth < 0:
            return at + 1
        if depth == 0 and sign in "，。；：":
            # A comma inside a list of places or behind a topic is no beginning (珠三角企业，上年度 …).
            return at + 1
    return last


def _leaf(string: str, start: int, one: Quantity, op: str, policy: PolicyText, clause: str | None) -> Read | None:
    raw = string[start : one.start]
    lead = LEADING.match(raw)
    head = start + (lead.end() if lead else 0)
    other = bool(lead and "或" in lead[0]) or string[max(0, start - 1) : start] == "或"
    regions, named, words = _placed(string[head : one.start], policy)
    subject = _TRAILING.sub("", _PAREN.sub("", words))
    subject = LEADING.sub("", _last_half(subject))
    end = one.end
    if (
        (len(subject) < 2 and one.kind == "count")
        or _HAVING.search(subject)
        or (one.kind == "count" and one.unit != "分" and "占" not in subject and _short(subject))
    ):
        after = _AFTER.match(string[one.end :])
        noun = after[0].removeprefix("的") if after else ""
        if len(noun) >= 2 and not noun.startswith(("以上", "且", "并", "，")):
            subject, end = f"{subject}{noun}", one.end + len(after[0] if after else "")
    if len(subject) < 2:
        return None
    unit = one.unit
    if _PER_MU.search(subject) and quantity_kind(unit) == "money":
        unit = f"{unit}/亩"
    window = _WINDOW.search(_TRAILING.sub("", words)) or _WINDOW.search(string[max(0, start - 14) : start])
    what = attribute(subject, quantity_kind(unit))
    if _REFUSED.match(string[one.end :]):
        op = _OPPOSITE.get(op, op)
    leaf = Leaf(
        what,
        op,
        number(one.value),
        unit,
        window[0] if window else None,
        regions,
        clause,
        string[head:end].strip("，。；、 "),
    )
    upper = None
    if one.upper is not None and one.upper_op is not None:
        upper = Leaf(what, one.upper_op, number(one.upper), one.upper_unit, leaf.window, regions, clause, leaf.text)
    return Read(leaf, _measured(subject, one.kind), head, end, other, upper, named)


_LONG_SUBJECT = 12


def _measured(subject: str, kind: str) -> str:
    """What a figure measures, without who does what before it (…提供融资担保、年化担保费率)."""
    if len(subject) <= _LONG_SUBJECT or kind == "count":
        return subject
    last = re.split(r"[、和及且]", subject)[-1]
    return last if len(last) >= _LONG_SUBJECT // 3 else subject


_REFUSED = re.compile(r"的[^，。；]{0,12}?(?:，)?(?:不予|不再|不得|不享受|不纳入|不安排|不给予)")
_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}


def _last_half(subject: str) -> str:
    """Behind 且 and the like, where the rest still says what is measured."""
    rest = re.split(r"并且|同时|且", subject)[-1]
    return rest if len(rest) >= 4 and attribute(rest) != "other" else subject


def _short(subject: str) -> bool:
    return attribute(subject, "count") == "other" and not re.search(
        r"数(?:量)?$|人$|员$|专利$|标准$|排名|位于|占有率", subject
    )


def _placed(words: str, policy: PolicyText) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """The regions that a subject begins with, resolved and as named, and what is left of it."""
    regions, named, end = policy.prefix(words)
    if not named:
        bare = _PAREN.sub("", words)
        found = policy.named(bare) if re.search(r"地区|市", bare) else ()
        return (policy.places(bare) if found else ()), found, words
    return regions, named, words[end:]


def _without_figures(string: str, policy: PolicyText, clause: str | None) -> Iterator[Read]:
    """正增长, 正数, dates, and the year of an earlier award."""
    for match in _POSITIVE.finditer(string):
        subject = LEADING.sub("", match["subject"])
        growth = match["how"] == "正增长"
        kind = "ratio" if growth else "money"
        if match["how"] == "盈利":  # 上年度应当实现盈利
            subject = "净利润"
        what = attribute(subject + ("增长率" if growth else ""), kind)
        window = _WINDOW.search(match["subject"])
        unit = "%" if growth else "元"
        text = match[0]
        leaf = Leaf(what, ">", 0, unit, window[0] if window else None, (), clause, text)
        yield Read(leaf, subject + ("增长" if growth else ""), match.start(), match.end())
    yield from levels(string, clause)
    for match in _DATED.finditer(string):
        op, day = _FROM_DATE.get(match["how"]), dates.date_of(match)
        start = _subject_start(string, 0, match.start())
        subject = LEADING.sub("", _TRAILING.sub("", string[start : match.start()]))
        if op is None or day is None or len(subject) < 2:
            continue
        what = attribute(subject) if attribute(subject) in ("started", "completed", "date") else _dated(subject)
        leaf = Leaf(what, op, day, None, None, (), clause, string[start : match.end()])
        yield Read(leaf, subject, start, match.end())


def levels(string: str, clause: str | None) -> Iterator[Read]:
    """Levels that must be reached (能力成熟度三级以上)."""
    for match in _LEVEL.finditer(string):
        leaf = Leaf("other", ">=", dates.number(match["n"]), "级", None, (), clause, match[0])
        yield Read(leaf, match["subject"], match.start(), match.end())


def _dated(subject: str) -> str:
    if re.search(r"启动|开工|开始", subject):
        return "started"
    return "completed" if re.search(r"完工|竣工|投产|完成", subject) else "date"


def quote_of(text: Text, read: Read) -> Text:
    """The words of a criterion in its passage."""
    piece = text[read.start : read.end].strip("，。；、： ")
    return piece if len(piece) <= 180 else piece[len(piece) - 180 :]


def same_measure(one: Leaf, other: Leaf) -> bool:
    """Whether two leaves demand the same of the same places."""

    def size(leaf: Leaf) -> object:
        if isinstance(leaf.value, bool) or not isinstance(leaf.value, int | float):
            return leaf.value
        known = vocabulary().codes("unit").get(leaf.unit or "")
        return Decimal(str(leaf.value)) * (known.factor or 1 if known is not None else 1)

    return (one.what, one.op, size(one), frozenset(one.regions)) == (
        other.what,
        other.op,
        size(other),
        frozenset(other.regions),
    )
