"""Figures with their units in running text: 1.2万亿元, 50个以上, 约20%, 5家左右, 3-5家, 1/4, 百万家."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from loaders.grammar.numerals import decimal
from ontology.vocabulary import vocabulary

_SCALES = r"(?:万亿|千亿|百亿|十亿|亿|千万|百万|十万|万|千|百)"
_BEFORE = (
    (">", re.compile(r"(?<!不)(?:超过|超出|突破|大于|高于|多于|逾|超|破)$")),
    (">=", re.compile(r"(?:不低于|不少于|不小于|至少|最少)$")),
    ("<=", re.compile(r"(?:不超过|不高于|不多于|不大于|最高|最多|控制在|降至|降到)$")),
    ("<", re.compile(r"(?<!不)(?:低于|少于|小于|不足|不满)$")),
    ("约", re.compile(r"(?:约为|大约|约|接近|将近|近|上下)$")),
)
_BEHIND = (
    (">=", re.compile(r"^(?:（含）)?(?:及|或)?以上")),
    ("<=", re.compile(r"^(?:（含）)?(?:及|或)?以[下内]")),
    ("约", re.compile(r"^(?:左右|上下)")),
    (">", re.compile(r"^(?:多|余)(?=[\u4e00-\u9fff])")),
)
_BARE_LIST = re.compile(r"(?<![\d./A-Za-z“])\d+(?:\.\d+)?(?:、\d+(?:\.\d+)?)*[、和](?=$)(?<!/\d[、和])(?<!/\d\d[、和])")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: where it stands, with the words of its comparator, its value and unit.

    `first` and `last` bound the figure itself, `start` and `end` its comparator too. A range is text (3-5).
    """

    start: int
    end: int
    first: int
    last: int
    value: float | int | str
    unit: str
    comparator: str


# Units of figures that no subsidy is measured in, so that the vocabulary of conditions does not have them.
_MEASURES = frozenset(
    (
        "家次",
        "人次",
        "户",
        "座",
        "美元",
        "％",
        "片",
        "颗",
        "枚",
        "吨标准煤",
        "条",
        "架次",
        "架",
        "公里",
        "千米",
        "海里",
        "平方公里",
        "公顷",
        "立方米",
        "升",
        "瓦",
        "千瓦",
        "兆瓦",
        "吉瓦",
        "瓦时",
        "千瓦时",
        "度",
        "兆瓦时",
        "吉瓦时",
        "kW",
        "MW",
        "GW",
        "kWh",
        "MWh",
        "GWh",
        "标箱",
        "标准箱",
        "TEU",
        "载重吨",
        "艘",
        "辆",
        "列",
        "节",
        "只",
        "头",
        "羽",
        "株",
        "场",
        "所",
        "处",
        "对",
        "门",
        "期",
        "幅",
        "部",
        "首",
        "册",
        "床",
        "张",
        "盏",
        "柜",
        "机柜",
        "标准机架",
        "PFLOPS",
        "EFLOPS",
        "只次",
        "班次",
    )
)


@cache
def _pattern() -> re.Pattern[str]:
    units = {
        label
        for concept in vocabulary().codes("unit").values()
        if concept.quantity not in ("duration", None)
        for label in (concept.notation, *concept.labels)
    }
    plain = {re.sub(rf"^{_SCALES}", "", unit) for unit in units} - {"", "分", "次", "批", "位", "分之"}
    plain |= _MEASURES
    plain = {unit for unit in plain if not unit.endswith("分之")}
    longest = "|".join(map(re.escape, sorted(plain, key=lambda unit: (-len(unit), unit))))
    number = r"\d+(?:[，,]\d{3})*(?:\.\d+)?"
    return re.compile(
        rf"(?<![\dA-Za-z.+〔—第-])(?:(?P<share>\d+/\d+)(?!\d)|百分之(?P<percent>[零一二两三四五六七八九十百点\d.]+)"
        rf"|(?P<low>{number})(?:[%％])?[-—–~～至](?P<range>{number})(?P<rs>{_SCALES})?(?P<ru>{longest})"
        rf"|(?P<value>{number})(?P<more>多|余)?(?P<scale>{_SCALES})?(?P<more2>多|余)?"
        rf"(?:(?P<unit>{longest})(?P<set>（套）)?(?P<per>/(?:人年|万元|万吨|人|亩|平方米|平方公里|公顷|年|吨|户|家|千瓦时|立方米|台))?|(?P<nounit>(?<=亿))(?=[，。；、]))"
        rf"|(?<![十百千万亿几])(?P<zh>[一二三四五六七八九两]?万亿|[一二三四五六七八九两]?[十百千][万亿]?|[一二三四五六七八九两几]?[万亿])(?P<zu>家|户|人|名|个|亩|元(?!工业|GDP|地区|生产|产值|增加值|营收|收入)|辆|台))(?!级|月|工作日|小时|(?<=\d类)(?:新药|创新药|医疗器械))"
    )


def figures(string: str) -> Iterator[Figure]:
    """The figures of a stretch of text with their comparators, in order; dates and durations are none."""
    for match in _pattern().finditer(string):
        if (found := _read(string, match)) is not None:
            yield from _listed(string, found)
            yield found


def _listed(string: str, last: Figure) -> Iterator[Figure]:
    """The bare figures before one with a unit that they share: 7.7、5.5个百分点."""
    if match := _BARE_LIST.search(string[: last.first]):
        for one in re.finditer(r"\d+(?:\.\d+)?", match[0]):
            first = match.start() + one.start()
            value = _rounded(float(one[0]))
            yield Figure(first, match.start() + one.end(), first, match.start() + one.end(), value, last.unit, "=")


def _read(string: str, match: re.Match[str]) -> Figure | None:
    value: float | int | str | None
    unit = ""
    if match["share"]:
        top, bottom = match["share"].split("/")
        if int(bottom) == 0 or int(top) >= int(bottom):
            return None
        value, unit = _rounded(100 * int(top) / int(bottom)), "%"
    elif match["percent"]:
        value, unit = _spoken(match["percent"]), "%"
    elif match["low"]:
        value, unit = f"{match['low']}-{match['range']}", (match["rs"] or "") + match["ru"]
    elif match["zh"]:
        value, unit = _chinese(match["zh"], match["zu"])
    else:
        value = _rounded(float(re.sub("[，,]", "", match["value"])))
        unit = (match["scale"] or "") + (match["unit"] or "元") + (match["per"] or "")
    if value is None:
        return None
    unit = unit.replace("％", "%")
    comparator, start, end = "=", match.start(), match.end()
    if match["value"] and (match["more"] or match["more2"]):
        comparator = ">"
    for sign, pattern in _BEHIND:
        if behind := pattern.match(string[end:]):
            comparator, end = sign, end + behind.end()
            break
    for sign, pattern in _BEFORE:
        if before := pattern.search(string[:start]):
            comparator = comparator if comparator == ">=" and sign == "约" else sign
            start = before.start()
            break
    return Figure(start, end, match.start(), match.end(), value, unit, comparator)


def _rounded(value: float) -> float | int:
    value = float(f"{value:.9g}")
    return int(value) if value.is_integer() else value


def _spoken(words: str) -> float | int | None:
    """百分之X: Arabic, or Chinese numerals with 点; None where the signs make no number."""
    value = decimal(words.strip("."))
    return None if value is None else _rounded(float(value))


def _chinese(words: str, unit: str) -> tuple[float | int | None, str]:
    """百万家 is 100万家; 十万家 10万家; 万家 1万家."""
    words = words.replace("几", "")
    scale = "万亿" if words.endswith("万亿") else words[-1] if words[-1] in "万亿" else ""
    head = words.removesuffix(scale) if scale else words
    return (_spoken(head) if head else 1), scale + unit
