"""The attributes of a profile: the codes of the vocabulary's list `condition`, and how people write their values.

Values are exact: money is integer yuan, shares are decimals (0.55 for 55%), terms are decimal years, dates are
ISO 8601.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache

from loaders.grammar import dates
from loaders.grammar.quantities import quantities, quantity_kind
from ontology.errors import NotFound, ParameterError, UsageError
from ontology.vocabulary import near, vocabulary
from queries.phrase import Phrase

Known = int | Decimal | bool | str
"""A value of a profile."""

NAME = "name"
"""The column of a batch that names the profile; no condition asks for it."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """What a profile may say: a code, its title in both languages, the type of its value (money, ratio, boolean …)."""

    code: str
    title: str
    title_en: str
    type: str
    labels: tuple[str, ...] = ()

    @property
    def words(self) -> Phrase:
        """The title in both languages."""
        return Phrase(self.title, self.title_en)


_EXAMPLES = {
    "money": "带单位的金额，如 1000万元、1.2亿元",
    "ratio": "带百分号的比例，如 55%",
    "years": "年限，如 3年、18个月",
    "integer": "整数，如 12",
    "boolean": "是 或 否",
    "date": "存在的日期，如 2024-06-30",
    "money-density": "带单位的亩均金额，如 30万元/亩",
    "area": "带单位的面积，如 100亩、3000平方米",
    "city": "城市",
    "cluster": "产业集群",
    "string": "文字",
}
_SHORT = {"城市": "city", "地市": "city", "集群": "cluster", "产业集群": "cluster", "日期": "date"}
"""What people call a column in short."""
_BELOW_ZERO = re.compile("利润|增长")
"""What may be below zero."""
_PART = re.compile("(?:占比|占有率)$")
"""What is a part of a whole."""
_YES = frozenset({"是", "有", "已", "yes", "true", "y", "1", "对"})
_NO = frozenset({"否", "无", "未", "没有", "no", "false", "n", "0"})
MU = {"亩": Decimal(1), "平方米": Decimal("0.0015")}
"""Areas are in 亩: the base units of the vocabulary, 15 亩 being 10,000 square metres."""
_KINDS = {"money": "money", "ratio": "ratio", "years": "duration", "area": "area", "money-density": "money-density"}


@cache
def attributes() -> Mapping[str, Attribute]:
    """Code -> attribute, in the order of the vocabulary; what only a review can judge is none."""
    return {
        code.notation: Attribute(
            code.notation, code.name, code.name_en or code.notation, code.value_type or "string", code.labels
        )
        for code in vocabulary().codes("condition").values()
        if code.value_type != "judged"
    }


def attribute_named(name: str) -> Attribute:
    """The attribute that an option or a heading names: its code (`it-share`, `it_share`), title or other name.

    Raises:
        NotFound: none has that name; with near names.
    """
    wanted = name.strip().lower().replace("_", "-")
    known = attributes()
    if wanted in known:
        return known[wanted]
    bare = _heading(name)[0]
    if bare in _SHORT:
        return known[_SHORT[bare]]
    by_title = {one.title: one for one in known.values()}
    if bare in by_title:
        return by_title[bare]
    labelled = {label: one for one in reversed(list(known.values())) for label in one.labels}
    if bare in labelled:
        return labelled[bare]
    proposals = {
        proposal: f"{one.code}（{one.title}）"
        for one in known.values()
        for proposal in (one.code, one.title, *one.labels)
    }
    raise NotFound("填报项", name, near(name, proposals))


def unit_of(heading: str) -> str:
    """The unit that a heading states for its column: 设备购置额（万元） -> 万元."""
    return _heading(heading)[1]


def _heading(name: str) -> tuple[str, str]:
    match = re.fullmatch(r"\s*(?P<bare>[^（(]+?)\s*(?:[（(](?P<unit>[^（）()]+)[）)])?\s*", name)
    return (match["bare"], match["unit"] or "") if match is not None else (name.strip(), "")


def read_value(attribute: Attribute, given: object) -> Known:
    """A value as people write it.

    Args:
        attribute: what it is of.
        given: text, or what a TOML file or a sheet holds (a number, a truth value, a date).

    Raises:
        ParameterError: it cannot be read; an amount or a share without a unit says which units there are.
        NotFound, Ambiguous: a city or a cluster that no vocabulary knows.
    """
    if isinstance(given, bool):
        given = "是" if given else "否"
    elif isinstance(given, datetime | date):
        given = given.isoformat()[:10]
    text = str(given).strip()
    if not text:
        raise ParameterError(attribute.code, _expected(attribute), text)
    if attribute.type == "city":
        return vocabulary().city(text).name
    if attribute.type == "cluster":
        return vocabulary().cluster(text).name
    if attribute.type == "boolean":
        return _boolean(attribute, text)
    if attribute.type == "date":
        return _date(attribute, text)
    if attribute.type == "integer":
        return _integer(attribute, text)
    if attribute.type in _KINDS:
        return _quantity(attribute, text)
    return text


def _expected(attribute: Attribute) -> str:
    return f"{_EXAMPLES.get(attribute.type, '文字')}（{attribute.title}）"


def _boolean(attribute: Attribute, text: str) -> bool:
    if text.lower() in _YES:
        return True
    if text.lower() in _NO:
        return False
    raise ParameterError(attribute.code, _expected(attribute), text)


def _date(attribute: Attribute, text: str) -> str:
    """An ISO date from 2024-06-30, 2024/6/30, 2024.6.30 or 2024年6月30日."""
    printed = dates.DATE.fullmatch(text)
    match = re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", text)
    try:
        if printed is not None and (found := dates.date_of(printed)) is not None:
            return found
        if match is not None:
            return date(int(match[1]), int(match[2]), int(match[3])).isoformat()
    except ValueError:
        pass
    remedy = "日历上没有这一天" if match is not None or printed is not None else "请写作 年-月-日"
    raise ParameterError(attribute.code, _expected(attribute), text, remedy=remedy)


def _integer(attribute: Attribute, text: str) -> int:
    match = re.fullmatch(r"(?P<number>\d+)(?:\.0+)?\s*(?:[项件个人名家分条台位]|人次)?", text.replace(",", ""))
    if match is None:
        raise ParameterError(attribute.code, _expected(attribute), text)
    return int(match["number"])


@lru_cache(maxsize=65536)
def _quantity(attribute: Attribute, text: str) -> Known:
    plain = text.replace(" ", "").replace("，", ",").replace("％", "%")
    sign, plain = (-1, plain[1:]) if plain.startswith(("-", "－", "负")) else (1, plain)
    bare = _bare(plain)
    if bare is not None:
        if attribute.type == "years":
            return sign * bare
        if bare == 0:
            return 0 if attribute.type == "money" else Decimal(0)
        raise ParameterError(attribute.code, _expected(attribute), text, remedy=_with_unit(attribute, plain))
    if sign < 0 and not _BELOW_ZERO.search(attribute.title):
        raise ParameterError(attribute.code, _expected(attribute), text, remedy="不能是负数")
    found = quantities(plain)
    whole = len(found) == 1 and found[0].at == 0 and found[0].stop == len(plain)
    if not whole or quantity_kind(found[0].unit) != _KINDS[attribute.type]:
        raise ParameterError(attribute.code, _expected(attribute), text)
    if attribute.type == "years":
        return sign * years(found[0].value, found[0].unit)
    base = sign * found[0].base
    if base > 1 and _PART.search(attribute.title):
        raise ParameterError(attribute.code, _expected(attribute), text, remedy="占比不超过 100%")
    if attribute.type == "area":
        return base * mu(found[0].unit)
    if attribute.type != "money":
        return base
    if base != base.to_integral_value():
        raise ParameterError(attribute.code, _expected(attribute), text, remedy="金额精确到元")
    return int(base)


def _bare(text: str) -> Decimal | None:
    try:
        number = Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _with_unit(attribute: Attribute, text: str) -> str:
    """What a number without a unit may have meant."""
    if attribute.type == "money":
        return f"缺少单位：是 {text}万元、{text}亿元，还是 {text}元"
    if attribute.type == "ratio":
        number = Decimal(text.replace(",", ""))
        share = f"是 {(number * 100).normalize():f}% 还是 " if abs(number) <= 1 else ""
        return f"缺少百分号：{share}{text}%"
    return "缺少单位"


def mu(unit: str) -> Decimal:
    """How many 亩 the base unit of a unit of area is."""
    known = vocabulary().codes("unit").get(unit)
    return MU.get((known.base_unit if known is not None else None) or unit, Decimal(1))


def years(value: Decimal, unit: str) -> Decimal:
    """A term in years."""
    if unit in ("个月", "月"):
        return value / 12
    return value / 365 if unit in ("天", "日") else value


def by_type(attribute: str) -> str:
    """The type of an attribute's value; `judged` for what is none.

    Args:
        attribute: its code.
    """
    known = attributes().get(attribute)
    return known.type if known is not None else "judged"


def profile(given: Mapping[str, object]) -> dict[str, Known]:
    """A profile from what people wrote, by code.

    Args:
        given: option or heading -> value; empty values are left out.

    Raises:
        UsageError: an attribute is named twice, unknown, or its value cannot be read.
    """
    found: dict[str, Known] = {}
    for name, value in given.items():
        if value is None or (isinstance(value, str) and not value.strip()):
            continue
        attribute = attribute_named(name)
        if attribute.code in found:
            raise UsageError(f"{attribute.title}（{attribute.code}）写了两次", remedy="请只留一个")
        unit = unit_of(name)
        text = f"{value}{unit}" if unit and _bare(str(value)) is not None else value
        found[attribute.code] = read_value(attribute, text)
    return found
