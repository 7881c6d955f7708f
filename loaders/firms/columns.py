"""The columns of a registry: what is written above them, and the values that stand in them."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from loaders.firms import credit
from loaders.grammar.dates import DATE, date_of
from loaders.grammar.quantities import quantities, quantity_kind
from ontology.errors import AtlasError, NotFound
from ontology.things import Concept, near, plain
from ontology.vocabulary import vocabulary

MANY = ("clusters", "stages", "titles")
"""Fields that may hold several values, and that several columns may give."""
_HEADING = re.compile(r"\s*(?P<name>[^（(]+?)\s*(?:[（(](?P<unit>[^（）()]+)[）)])?\s*")
_FORMULA = ("=", "+", "@")
"""What a cell begins with that a spreadsheet would compute: no value here, and none in the tables that come of it."""
_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T]00:00(?::00)?)?")
_BETWEEN = re.compile("[、；;，|]")
_OR = re.compile("[；;|]")


class Unreadable(AtlasError):
    """A cell cannot be read as what its column holds."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a registry: which field of the fact it gives, what people call it, its unit, its place in a row."""

    field: str
    heading: str
    unit: str
    place: int


def column(heading: str, place: int) -> Column | None:
    """The column under a heading in either language, its unit in brackets behind it; None where it is no such column.

    Args:
        heading: as printed: 企业名称, credit_code, 营业收入（万元）.
        place: of the column in a row.
    """
    match = _HEADING.fullmatch(heading)
    code = _headings().get(plain(match["name"])) if match is not None else None
    if match is None or code is None:
        return None
    return Column(code.notation, heading, match["unit"] or "", place)


def title(field: str) -> str:
    """What people call a field's column."""
    return vocabulary().codes("registry-column")[field].name


def proposals(heading: str) -> tuple[str, ...]:
    """Headings of a registry that look like one that is none."""
    return near(heading, {name: code.name for name, code in _headings().items()})


@cache
def _headings() -> Mapping[str, Concept]:
    codes = vocabulary().codes("registry-column").values()
    return {plain(name): code for code in codes for name in (code.notation, code.name, code.name_en, *code.labels)}


def value(one: Column, cell: str) -> object:
    """What a cell says: a tuple for the fields of `MANY`, None where it is empty.

    Raises:
        AtlasError: it cannot be read, or names a city or a cluster that no vocabulary knows, with near names.
    """
    if not cell:
        return () if one.field in MANY else None
    if hidden := next((sign for sign in cell if unicodedata.category(sign) in ("Cc", "Cf")), None):
        raise Unreadable(f"“{one.heading}”里有看不见的字符 U+{ord(hidden):04X}", remedy="请删去它")
    if cell.startswith(_FORMULA):
        raise Unreadable(f"“{one.heading}”是公式“{cell}”，不是值", remedy="请在表格软件里粘贴为值后再存")
    return _READERS[one.field](one, cell)


def _text(_: Column, cell: str) -> str:
    return cell


def _code(_: Column, cell: str) -> str:
    found = "".join(unicodedata.normalize("NFKC", cell).upper().split())
    if (wrong := credit.mistake(found)) is not None:
        raise Unreadable(wrong, remedy="请核对；表格软件可能把代码当成了数，请把这一列设为文本")
    return found


@cache
def _city(name: str) -> str:
    try:
        found = vocabulary().city(name)
        if plain(name) in map(plain, (*found.hidden, *found.abbreviations)):
            raise NotFound("城市", name, (found.name,))
        return found.name
    except NotFound:
        for place in vocabulary().provinces:  # a municipality is a city too
            if name in place.labels and name.endswith("市"):
                return place.name
        raise


def _several(between: re.Pattern[str], cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in between.split(cell) if part.strip()))


@cache
def _cluster(name: str) -> str:
    found = vocabulary().cluster(name)
    if name.isascii() and plain(name) != plain(found.name_en):
        raise NotFound("集群", name, (found.name,))  # a number in a table may be anything
    return found.name


def _clusters(_: Column, cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(_cluster, _several(_BETWEEN, cell))))


def _day(one: Column, cell: str) -> str:
    printed, figures = DATE.fullmatch(cell), _DAY.fullmatch(cell)
    found = None if printed is None else date_of(printed)
    if figures is not None:
        try:
            found = date(*map(int, figures.groups())).isoformat()
        except ValueError:
            found = None
    if found is None:
        raise Unreadable(f"{one.heading}“{cell}”不是存在的日期", remedy="请写作 2015-03-01")
    return found


def _count(one: Column, cell: str) -> int:
    bare = re.fullmatch(r"(\d+)(?:\.0+)?\s*[人名]?", unicodedata.normalize("NFKC", cell).replace(",", ""))
    if bare is None:
        raise Unreadable(f"{one.heading}“{cell}”不是整数", remedy="请写作 120")
    return int(bare[1])


def _money(one: Column, cell: str) -> int:
    words = unicodedata.normalize("NFKC", cell).replace(" ", "")
    words += one.unit if re.fullmatch(r"[\d,.]+", words) else ""
    found = quantities(words)
    if len(found) != 1 or (found[0].at, found[0].stop) != (0, len(words)) or quantity_kind(found[0].unit) != "money":
        raise Unreadable(
            f"{one.heading}“{cell}”不是金额",
            remedy=f"请写明单位：表头写作 {title(one.field)}（万元），或每格写出单位",
        )
    return int(found[0].base)


_READERS: Mapping[str, Callable[[Column, str], object]] = {
    "name": _text,
    "credit_code": _code,
    "city": lambda _, cell: _city(cell),
    "clusters": _clusters,
    "stages": lambda _, cell: _several(_OR, cell),
    "titles": lambda _, cell: _several(_BETWEEN, cell),
    "founded": _day,
    "revenue": _money,
    "employees": _count,
    "industry_code": _text,
    "address": _text,
}
