"""Quantities in Chinese policy prose: a number, its unit, and what the words around it say about the boundary.

Arabic and Chinese numerals, 万 and 亿, percent, fractions, ranges, units that a list says once for all
(500、1000、2000万元), and comparators before (不低于) and behind (以上（含）) the number. 以上, 以下, 以内 include the
number and 超过, 不满 do not, unless the document says otherwise (本办法所称“以上”不含本数): see `boundary_of`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from loaders.grammar.numerals import CHINESE, decimal
from ontology.things import Concept
from ontology.vocabulary import vocabulary

_WIDE = str.maketrans("０１２３４５６７８９％．", "0123456789%.")


@dataclass(frozen=True, slots=True)
class Boundary:
    """Whether 以上 and 以下 (以内) include the number that they follow."""

    above: bool = True
    below: bool = True


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity that a text prints.

    Args:
        value: the number in front of `unit`, as printed (5000 of 5000万元).
        unit: notation of the unit (万元, %, 个月, 万元/亩).
        start, end: offsets with the comparators around it; `at` and `stop` bound the number and its unit.
        op: `=`, `>=`, `>`, `<=`, `<`, 约, or None where nothing compares it.
        upper, upper_op: the other end of a range.
        level: whether the comparator is one of standing (最高, 上限), as ceilings of awards have it.
        of: what a percentage is of, where it stands between the comparator and the number (不超过投入的30%).
    """

    value: Decimal
    unit: str
    start: int
    end: int
    at: int
    stop: int
    op: str | None = None
    upper: Decimal | None = None
    upper_unit: str | None = None
    upper_op: str | None = None
    level: bool = False
    of: str | None = None

    @property
    def kind(self) -> str:
        """money, ratio, ratio-change, duration, area, count … as the unit's vocabulary says."""
        return quantity_kind(self.unit)

    @property
    def base(self) -> Decimal:
        """The value in the base unit: yuan, a fraction, persons …"""
        return self.value * factor(self.unit)

    @property
    def is_range(self) -> bool:
        return self.upper is not None


def number(value: Decimal) -> int | float:
    """A decimal as JSON has it: an integer where it is one."""
    return int(value) if value == value.to_integral_value() else float(value)


def factor(unit: str) -> Decimal:
    """The multiplier of a unit to its base unit; 1 for an unknown one."""
    head = unit.split("/")[0]
    known = _units().get(unit) or _units().get(head)
    return known.factor if known is not None and known.factor is not None else Decimal(1)


def quantity_kind(unit: str) -> str:
    """What a unit measures; money for each of something (万元/亩) is a density."""
    known = _units().get(unit)
    if known is None and "/" in unit:
        return "money-density"
    return (known.quantity if known is not None else None) or "count"


@cache
def _units() -> dict[str, Concept]:
    return {label: code for code in vocabulary().codes("unit").values() for label in (code.notation, *code.labels)}


# ---- The number with its unit

_ARABIC = r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:[ \n]\d+)*(?:\s?\.\s?\d+)?"
# What money may be for each of (元/亩, 元/人·月).
_THINGS = ("count", "duration", "area", "mass", "power", "energy")
# What is no quantity: dates, years, ordinals, numbers of documents, codes.
_MASK = re.compile(
    r"(?:19|20)\d\d\s*年?\s*(?:[-—–~～－]+|至|到)\s*(?:19|20)\d\d\s*年(?:\d+月(?:\d+日)?)?"
    r"|(?:19|20)\d\d\s*年(?:度)?(?:\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?)?"
    r"|\d{1,2}月\d{1,2}日|\d{1,2}月(?=底|初|份|末|上旬|中旬|下旬)|[〇零○一二三四五六七八九]{4}年"
    rf"|第\s*(?:\d+(?: \d)*|[{CHINESE}]+)(?:\s*[、，和至]\s*第?(?:\d+|[{CHINESE}]+))*\s*[\u4e00-\u9fff]"
    r"|[〔\[（(]\s*(?:19|20)\d\d\s*[〕\]）)]\s*第?\s*\d+\s*号?|(?<=\d)[:：]\d+"
    r"|[A-Za-z][A-Za-z0-9_./:-]*\d[A-Za-z0-9_./:-]*|\d+[A-Za-z][A-Za-z0-9_+]*"
    r"|“[^”]{1,4}”(?=工程|行动|计划)|[上下]一(?:个)?年度?"
)
_SEPARATOR = re.compile(r"\s*(?:[-—–~～－]+|至|到)\s*")
_LIST = re.compile(r"\s*(?:、|，|和|及|与|或|以及|至|到|[-—–~～－]+)\s*")
_BARE = r"(?=[以及、，。；：（）的\-—–~～－至到和或与起]|$|\s)"
_FRACTION = re.compile(rf"(?P<whole>[{CHINESE}]+)分之(?P<part>[{CHINESE}]+(?:点[{CHINESE}]+)?|\d+(?:\.\d+)?)")

# 六成 is 60%; 成 begins many words.
_TENTHS = re.compile(
    r"(?<![\d.第零〇一二三四五六七八九十百千两])(?P<tenths>[一二三四五六七八九]|[1-9](?:\.\d)?)\s?成(?P<half>半)?"
    r"(?![员功立为果本熟效品绩长都分型套交就不群败活像人渝])"
)


@cache
def _unit_pattern() -> str:
    labels = sorted(_units(), key=lambda label: (-len(label), label))
    plain = [
        label
        for label in labels
        if not label.endswith(("分之",)) and label not in ("万", "亿", "万亿", "月", "日", "名", "户")
    ]
    money = [re.escape(label) for label in plain if _units()[label].quantity == "money"]
    things = "|".join(re.escape(label) for label in plain if _units()[label].quantity in _THINGS)
    per = rf"(?:{'|'.join(money)})/(?:{things}|个?月)(?:·(?:{things}|个?月))*"
    return (
        rf"{per}|{'|'.join(map(re.escape, plain))}|个?月(?!度|份|底|初)|(?:万亿|亿|万){_BARE}|[名户](?!单|称|义|录|口)"
    )


@cache
def _token() -> re.Pattern[str]:
    # A Chinese numeral stands before its unit, so 二千瓦时 is 二 and 千瓦时.
    unit = _unit_pattern()
    numeral = rf"(?P<number>{_ARABIC}|[{CHINESE}]+(?:点[{CHINESE}]+)?(?=\s*(?:{unit}|亿)))"
    more = rf"(?P<big>亿)(?:零)?(?P<rest>{_ARABIC}|[{CHINESE}]+)(?P<small>千?万)(?P<yuan>元)?"
    return re.compile(rf"(?:人民币)?{numeral}\s*(?:{more}|(?P<unit>{unit})(?:人民币)?)?")


def _canonical(unit: str) -> str:
    code = _units().get(unit)
    return code.notation if code is not None else unit


@dataclass(frozen=True, slots=True)
class _Number:
    value: Decimal
    unit: str | None
    at: int
    stop: int


def _numbers(string: str) -> Iterator[_Number]:
    """Numbers with a unit; a number without one takes that of the next member of its list or range."""
    masked = [match.span() for match in _MASK.finditer(string)]
    held: list[_Number] = []
    for found in _merged(string, masked):
        joined = held and _LIST.fullmatch(string, held[-1].stop, found.at)
        if held and not joined:
            held = []
        if found.unit is None:
            held.append(found)
            continue
        yield from (replace(one, unit=found.unit) for one in held)
        held = []
        yield found


def _merged(string: str, masked: list[tuple[int, int]]) -> list[_Number]:
    found: list[_Number] = []
    for match in _FRACTION.finditer(string):
        if (part := _fraction(match)) is not None:
            found.append(part)
    for match in _TENTHS.finditer(string):
        value = decimal(match["tenths"])
        if value is not None and value > 0:
            tenths = value * 10 + (5 if match["half"] else 0)
            found.append(_Number(tenths, "%", match.start(), match.end()))
    taken = masked + [(number.at, number.stop) for number in found]
    at = 0
    while token := _token().search(string, at):
        inside = next((end for start, end in taken if start < token.end() and token.start() < end), None)
        at = max(token.end(), inside or 0)
        if inside is None and not _glued(string, token) and (read := _number(token)) is not None:
            found.append(read)
    return sorted(found, key=lambda number: number.at)


def _glued(string: str, match: re.Match[str]) -> bool:
    """Whether the numeral is part of a word (5G, 万一, 千家万户) or of a figure with letters."""
    before = string[match.start() - 1 : match.start()]
    if match["number"][0].isdigit():
        return bool(re.match(r"[A-Za-z.\d/]", before))
    # A Chinese numeral needs its unit; 一 with a classifier is an article, not a count, unless compared (至少一类).
    if match["unit"] is None and match["big"] is None:
        return True
    counted = quantity_kind(_canonical(match["unit"] or "")) == "count"
    if match["number"] in ("百", "千"):  # 千家万户
        return counted
    post = _POST.match(string, match.end())
    compared = re.search(_PRE_ANY + r"$", string[max(0, match.start() - _REACH) : match.start()]) or (
        post is not None and post["word"]
    )
    return match["number"] in ("一", "两") and counted and not compared


def _number(match: re.Match[str]) -> _Number | None:
    value = decimal(match["number"])
    if value is None:
        return None
    if match["big"]:
        rest = decimal(match["rest"])
        if rest is None:
            return None
        small = Decimal(1000) if match["small"] == "千万" else Decimal(1)
        return _Number(value * 10000 + rest * small, "万元", match.start("number"), match.end())
    unit = match["unit"]
    return _Number(value, _canonical(unit) if unit else None, match.start("number"), match.end())


def _fraction(match: re.Match[str]) -> _Number | None:
    whole, part = decimal(match["whole"]), decimal(match["part"])
    if whole is None or part is None or whole <= 0:
        return None
    unit, scale = ("‰", Decimal(1000)) if whole == 1000 else ("%", Decimal(100))
    return _Number(part * scale / whole, unit, match.start(), match.end())


# ---- The comparators around it

_PRE = (
    ("<=", r"(?:最高|最多|至多)?(?:均|分别)?不(?:得|能|应)?(?:超过|高于|多于|大于|长于|晚于|突破|超)"),
    (">=", r"不(?:得|能|应)?(?:低于|少于|小于|短于|早于)|不下于|大于(?:或)?等于|至少|最低(?:为)?|≥|>="),
    (
        "<=",
        r"小于(?:或)?等于|最[高多](?:分别)?(?:可达|可获|为|达|至|给予|奖励|补助|补贴|补偿|资助|支持|扶持|贴息|领取|申领|发放|拨付|兑现|享受)?|至多|上限(?:为|是)?|限额(?:为)?|封顶(?:为|至)?|最大|≤|<=",
    ),
    ("<", r"低于|少于|小于|短于|不足|不满|不到|未达到?|＜|<"),
    (">", r"超过|超出|突破|大于|高于|多于|长于|超|(?<=首次)过|＞|>"),
    (">=", r"达到|达|(?<!期|圆|充|饱)满"),
    ("约", r"大?约|接近|将近|近"),
)
# What may stand between a comparator and its number (最高不超过每月每平方米12元).
_BETWEEN = r"(?:了|到)?(?:人民币|一次性|(?:每[\u4e00-\u9fff]{1,6})+)?[：:]?\s*（?"
_PRE_ANY = rf"(?:{'|'.join(pattern for _, pattern in _PRE)}){_BETWEEN}"
_LEVEL = re.compile(r"最高|最多|至多|上限|限额|封顶|最大")
_NOTE = r"(?:（(?!含）|不含）|含本数|不含本数)[^（）]{1,8}）)?"
_POST = re.compile(
    rf"{_NOTE}\s*(?:（(?P<first>含|不含)(?:本数)?）)?\s*(?P<word>及以上|或以上|以上|及以下|或以下|以下|以内|之内|左右|封顶|为限|为上限)?"
    r"\s*(?:（(?P<last>含|不含)(?:本数)?）)?"
)
_REACH = 48  # how far before a number its comparator may begin
_SHARE = re.compile(r"(?P<of>(?!的)[^，。；、：（）\d]{2,30})的$")
_RANK = re.compile(r"(?:前|top)$", re.IGNORECASE)


def quantities(string: str, boundary: Boundary | None = None) -> tuple[Quantity, ...]:
    """The quantities of a text in their order.

    Args:
        string: repaired text; a sentence or a clause.
        boundary: what the document says about 以上 and 以下; both include the number where it says nothing.
    """
    string = string.translate(_WIDE)
    limits = boundary or Boundary()
    read = [_compared(string, one, limits) for one in _numbers(string)]
    return tuple(_shared(string, _ranges(string, read)))


def _compared(string: str, one: _Number, boundary: Boundary) -> Quantity:
    unit = one.unit or ""
    pre, start, level, of = _before(string, one.at, quantity_kind(unit) == "ratio")
    if pre == "约" and quantity_kind(unit) == "duration":  # 近三年 is a window
        pre, start = None, one.at
    if unit in ("位", "名") and _RANK.search(string[: one.at]):
        pre, start = "<=", one.at - 1
    post = _POST.match(string, one.stop)
    assert post is not None  # every part of the pattern is optional
    said = post["word"] or post["first"] or post["last"]
    op, end = _resolved(pre, post, boundary), post.end() if said else one.stop
    level = level or (post["word"] or "") in ("封顶", "为限", "为上限")
    return Quantity(one.value, unit, start, end, one.at, one.stop, op, level=level, of=of)


def _before(string: str, at: int, ratio: bool) -> tuple[str | None, int, bool, str | None]:
    """The comparator that a number stands behind: its sign, where it begins, whether it is a ceiling, of what."""
    first = max(0, at - _REACH)
    before = string[first:at]
    for op, pattern in _PRE:
        if match := re.search(rf"(?:{pattern}){_BETWEEN}$", before):
            return op, first + match.start(), bool(_LEVEL.search(match[0])), None
    share = _SHARE.search(before) if ratio else None
    if share is None:
        return None, at, False, None
    for op, pattern in _PRE[:2]:
        for match in re.finditer(pattern, share["of"]):
            if len(share["of"]) - match.end() >= 2:
                start = first + share.start("of") + match.start()
                return op, start, bool(_LEVEL.search(match[0])), share["of"][match.end() :]
    return None, at, False, None


def _resolved(pre: str | None, post: re.Match[str], boundary: Boundary) -> str | None:
    """The comparison that the words before and behind a number make together."""
    word = post["word"] or ""
    said = post["first"] or post["last"]
    included = None if said is None else said == "含"
    if word.endswith("以上"):
        inclusive = included if included is not None else (True if word != "以上" else boundary.above)
        return ">" if pre == ">" and included is None else (">=" if inclusive else ">")
    if word in ("及以下", "或以下", "以下", "以内", "之内"):
        inclusive = included if included is not None else (True if word[0] in "及或" else boundary.below)
        return "<=" if inclusive else "<"
    if word in ("封顶", "为限", "为上限"):
        return "<="
    if word == "左右":
        return "约"
    if pre in (">", ">=") and included is not None:
        return ">=" if included else ">"
    if pre in ("<", "<=") and included is not None:
        return "<=" if included else "<"
    return pre


def _ranges(string: str, read: list[Quantity]) -> list[Quantity]:
    """Two quantities that are the ends of one range become one."""
    result: list[Quantity] = []
    for one in read:
        last = result[-1] if result else None
        if last is not None and not last.is_range and (merged := _range(string, last, one)) is not None:
            result[-1] = merged
        else:
            result.append(one)
    return result


def _range(string: str, low: Quantity, high: Quantity) -> Quantity | None:
    between = string[low.end : high.start]
    same = quantity_kind(low.unit) == quantity_kind(high.unit)
    if not same or low.op in ("<", "<="):
        return None
    dashed = _SEPARATOR.fullmatch(between) is not None
    bracketed = (
        low.op in (">", ">=")
        and high.op in ("<", "<=")
        and not high.level
        and between in ("", "、", "，", "且", "但", "并", "，且", "，但")
    )
    if not (dashed or bracketed) or low.value * factor(low.unit) > high.value * factor(high.unit):
        return None
    post = _POST.match(string, high.stop)
    excluded = post is not None and (post["first"] or post["last"]) == "不含"
    upper_op = "<" if excluded or high.op == "<" else "<="
    lower_op = low.op if low.op in (">", ">=") else (">" if re.match(r"（不含", string[low.stop :]) else ">=")
    return replace(
        low, op=lower_op, end=high.end, stop=high.stop, upper=high.value, upper_unit=high.unit, upper_op=upper_op
    )


def _shared(string: str, read: list[Quantity]) -> Iterator[Quantity]:
    """Members of a list take the comparator that it says once: behind its last member, or before its first."""
    groups: list[list[Quantity]] = []
    for one in read:
        last = groups[-1][-1] if groups else None
        joined = (
            last is not None
            and one.start == one.at
            and re.fullmatch(r"\s*(?:、|和|及|与|或|以及)\s*", string[last.end : one.at])
        )
        if last is not None and joined and quantity_kind(last.unit) == quantity_kind(one.unit) and not last.is_range:
            groups[-1].append(one)
        else:
            groups.append([one])
    for group in groups:
        last, first = group[-1], group[0]
        if len(group) > 1 and last.op is not None and last.end > last.stop and not last.is_range:
            yield from (replace(one, op=one.op or last.op) if one.end == one.stop else one for one in group)
        elif len(group) > 1 and first.op is not None and first.start < first.at:
            yield from (replace(one, op=one.op or first.op, level=one.level or first.level) for one in group)
        else:
            yield from group


# ---- What a document says about 以上 and 以下

_DEFINED = re.compile(
    r"(?P<words>(?:[“”\"‘’、，和及与]*(?:以上|以下|以内|以外|超过|不超过|不满|不足|低于|之内))+)[“”\"’]*(?:，"
    r"|字样)?(?:均|都|皆)?(?P<no>不)?(?:包括|包含|含)本(?:数|级|身)"
)


def boundary_of(string: str) -> Boundary:
    """What a document's own definition says (本细则所称“以上”含本数，“以下”不含本数)."""
    result = Boundary()
    for match in _DEFINED.finditer(string):
        included = match["no"] is None
        if "以上" in match["words"]:
            result = replace(result, above=included)
        if "以下" in match["words"] or "以内" in match["words"]:
            result = replace(result, below=included)
    return result
