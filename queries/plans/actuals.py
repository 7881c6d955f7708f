"""Values that are reached, from a table that people keep: one row each, compared with targets by 口径."""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from loaders.layout.clusters import cluster_named
from ontology.errors import FileProblem, NotFound, ParameterError
from ontology.vocabulary import Place, near, vocabulary
from queries.plans.measures import Measure, caliber, unit_of

FIELDS = {
    "place": ("地区", "城市", "place", "city"),
    "subject": ("对象", "集群", "产业", "subject", "cluster"),
    "indicator": ("指标", "indicator"),
    "caliber": ("口径", "统计口径", "caliber"),
    "year": ("年份", "年", "year"),
    "value": ("数值", "值", "完成值", "value"),
    "unit": ("单位", "unit"),
}
"""The columns of such a table: field, and the headings that it may have."""
REQUIRED = ("indicator", "year", "value")
_NUMBER = re.compile(r"^([-+]?\d[\d,，]*(?:\.\d+)?)\s*(.*)$")


class ActualsError(FileProblem):
    """A table of values cannot be used."""

    kind = "现状值表"
    exit_code = 2


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be used, with the line of the file and why, in Chinese."""

    line: int
    why: str


def headings(found: Iterable[str]) -> dict[str, str]:
    """Field of each heading.

    Raises:
        ParameterError: a heading is unknown, with what was meant; or a needed one is missing.
    """
    names = {name: field for field, known in FIELDS.items() for name in known}
    shown = "、".join(known[0] for known in FIELDS.values())
    result: dict[str, str] = {}
    for heading in found:
        if heading not in names:
            close = near(heading, {name: FIELDS[field][0] for name, field in names.items()})
            meant = f"，是否指“{close[0]}”" if close else ""
            raise ParameterError("列名", f"其中之一：{shown}{meant}", heading)
        result[heading] = names[heading]
    for field in REQUIRED:
        if field not in result.values():
            raise ParameterError("列名", f"有“{FIELDS[field][0]}”一列（可用的列：{shown}）")
    return result


def actuals(file: str, rows: Iterable[tuple[int, Mapping[str, str]]]) -> tuple[list[Measure], list[BadRow]]:
    """The measures of a table and the rows that cannot be used.

    Args:
        file: its name, for messages.
        rows: line and cells by field; blank rows are passed over.
    """
    good: list[Measure] = []
    bad: list[BadRow] = []
    for line, cells in rows:
        if not any(cells.values()):
            continue
        try:
            good.append(_measure(file, line, cells))
        except (NotFound, ValueError) as error:
            bad.append(BadRow(line, str(error)))
    return good, bad


def _place(name: str) -> Place:
    """A city, a region or a province; of a name that nothing has, cities are nearest."""
    try:
        return vocabulary().place(name)
    except NotFound as no_place:
        try:
            return vocabulary().city(name)
        except NotFound as no_city:
            raise NotFound("地方", name, tuple(dict.fromkeys((*no_city.near, *no_place.near)))[:3]) from None


def _measure(file: str, line: int, cells: Mapping[str, str]) -> Measure:
    def cell(field: str) -> str:
        return cells.get(field, "").strip()

    match = _NUMBER.match(cell("value"))
    if match is None:
        raise ValueError(f"数值“{cell('value')}”不是数字")
    number, unit = float(re.sub("[,，]", "", match[1])), match[2].strip() or cell("unit")
    if match[2].strip() and cell("unit") and match[2].strip() != cell("unit"):
        raise ValueError(f"数值写“{match[2].strip()}”，单位写“{cell('unit')}”")
    if not unit:
        raise ValueError("没有单位")
    year = re.fullmatch(r"(\d{4})(?:年|\.0)?", cell("year"))
    if year is None or not 1949 <= int(year[1]) <= 2100:
        raise ValueError(f"年份“{cell('year')}”应为四位数字")
    if not cell("indicator"):
        raise ValueError("没有指标")
    place = _place(cell("place")) if cell("place") else None
    subject = cell("subject")
    known = cluster_named(subject) if subject else None
    scale = unit_of(unit)[0]
    if not math.isfinite(number * scale):
        raise ValueError(f"数值“{cell('value')}”太大")
    names = {place.name, *place.labels} if place else set()
    return Measure(
        id="",
        subject=subject or (place.name if place else ""),
        indicator=cell("indicator"),
        caliber=caliber(
            place.id if place else "",
            names | {name + ending for name in names for ending in ("省", "市")},
            vocabulary().cluster(known).id if known else "",
            subject,
            cell("indicator"),
            cell("caliber"),
            unit,
        ),
        value=number * scale,
        unit=unit,
        scale=scale,
        year=int(year[1]),
        comparator="=",
        target=False,
        where=f"{file} 第 {line} 行",
    )
