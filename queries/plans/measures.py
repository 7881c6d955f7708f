"""Figures of documents as measures that can be compared: value in base units, year, and 口径."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from graph.mapping.indicators import joined as joined_name
from graph.tables import Node
from queries.index import Index
from queries.phrase import Phrase, joined, phrase

_SCALES = (("万亿", 1e12), ("亿", 1e8), ("万", 1e4))
_COUNTED = frozenset("个家座项件台条户处所款张")
_ABOVE = re.compile(r"规模以上|规上")
_NOISE = re.compile(r"[\s“”\"（）()、，的]")
_GROWTH = re.compile(
    r"(?P<average>年均)?(?:复合)?(?P<what>增长率?|增速)$|(?P<yearly>同比)(?:增长率?|增速|(?P<down>下降))$"
)
_KEPT = re.compile(r"保持.*?以上", re.DOTALL)
_SHARE = ("%", "个百分点")
_SAID = {
    ">": Phrase("超过", "over "),
    ">=": Phrase("不低于", "at least "),
    "约": Phrase("约", "about "),
    "<": Phrase("低于", "below "),
    "<=": Phrase("不超过", "at most "),
}


@dataclass(frozen=True, slots=True, order=True)
class Caliber:
    """口径: two measures may be compared only where all of it agrees.

    `place` is an id or empty; `thing` the id of a cluster or the words of the document; `indicator` what is measured;
    `scope` the statistical scope (规上 …); `dimension` the unit without 万 and 亿.
    """

    place: str
    thing: str
    indicator: str
    scope: str
    dimension: str


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure that a document sets or reports, or that a file of actual values holds.

    `value` is in base units (元, 家, %), None where the print gives a range; `unit` is as printed and `scale` what
    one of it is in base units. `span` is the printed range of years where it has one (a sum over the years, no level).
    `growth` is `average` (年均) or `yearly` (同比) for a rate of growth, whose `caliber` is that of the level it is of.
    `where` says the file and line of a value that no document states.
    """

    id: str
    subject: str
    indicator: str
    caliber: Caliber
    value: float | None
    unit: str
    scale: float
    year: int | None
    comparator: str
    target: bool
    floor: bool = False
    span: str = ""
    growth: str = ""
    printed: str = ""
    policy: str = ""
    where: str = ""

    @property
    def share(self) -> bool:
        """Whether it is a percentage, of which no rate of growth is taken."""
        return self.caliber.dimension in _SHARE

    @property
    def shown(self) -> float | None:
        """The value in the unit as printed."""
        return None if self.value is None else float(f"{self.value / self.scale:.12g}")


def unit_of(unit: str) -> tuple[float, str]:
    """Scale and dimension of a unit: 万亿元 → (1e12, 元); counted things are one dimension."""
    for word, scale in _SCALES:
        if unit.startswith(word):
            return scale, unit_of(unit.removeprefix(word))[1]
    return 1.0, "个" if unit[:1] in _COUNTED and unit not in _SHARE else unit


def caliber(
    place: str, names: Iterable[str], cluster: str, subject: str, indicator: str, words: str, unit: str
) -> Caliber:
    """口径 from the words of a figure.

    Args:
        place: id of the place, or empty.
        names: all names of the place, with and without 省 and 市.
        cluster: id of the cluster that the subject names, or empty.
        subject, indicator, words: whose figure it is, what is measured, the scope as printed.
        unit: as printed.
    """
    scope = "规上" if _ABOVE.search(f"{subject} {indicator} {words}") else ""
    other = _bare(words)
    thing, said = _bare(subject), _bare(joined_name(indicator))
    local = {_bare(name) for name in names} | {"全省", "全市", "省内", "全区"}
    thing = "" if thing in local else re.sub("企业$", "", thing)
    for name in sorted(local, key=len, reverse=True):
        said = said.removeprefix(name) if len(name) > 1 else said
    if thing and said != thing:
        said = said.replace(thing, "")

    joined = said if cluster else f"{thing}{said}"
    if scope:  # 规上 is said of industry alone: 规上总产值 is 规上工业总产值
        joined = re.sub("工业(?=总产值|增加值$)", "", joined)
    return Caliber(place, cluster, joined, scope + (other if other and other != scope else ""), unit_of(unit)[1])


def _bare(words: str) -> str:
    return _NOISE.sub("", _ABOVE.sub("", words))


def measure(index: Index, node: Node) -> Measure:
    """The measure that a Figure node states."""
    known = node.properties
    places, clusters = index.out(node.id, "aboutPlace"), index.out(node.id, "aboutCluster")
    subject, said = str(known.get("name", "")), str(known["indicator"])
    unit = str(known.get("unit", ""))
    growth, level = growth_of(said) if unit == "%" else ("", said)
    value = known.get("value")
    policies = index.out(node.id, "edition")
    number = float(value) if isinstance(value, int | float) else None
    return Measure(
        id=node.id,
        subject=subject,
        indicator=said,
        caliber=caliber(
            places[0].id if places else "",
            names_of(places[0]) if places else (),
            clusters[0].id if clusters else "",
            subject,
            level,
            str(known.get("caliber", "")),
            "" if growth else unit,
        ),
        value=None if number is None else number * unit_of(unit)[0],
        unit=unit,
        scale=unit_of(unit)[0],
        year=int(str(known["year"])) if "year" in known else None,
        comparator=str(known.get("comparator", "=")),
        target=known["kind"] == "target",
        floor=known.get("firmness") == "保持" or any(_KEPT.search(one.quote) for one in index.basis(node.id)[:1]),
        span=str(known.get("printed", "")),
        growth=growth,
        printed=str(known.get("value_text", "")),
        policy=policies[0].id if policies else "",
    )


def growth_of(indicator: str) -> tuple[str, str]:
    """`average` or `yearly` with the indicator of the level, for a rate of growth; else empty with the indicator."""
    match = _GROWTH.search(indicator)
    if match is None or not (match["average"] or match["yearly"]):
        return "", indicator
    return ("average" if match["average"] else "yearly"), indicator[: match.start()]


def names_of(place: Node) -> set[str]:
    """The names that a document may use for a place as the subject of a figure."""
    aliases = place.properties.get("aliases", ())
    names = {str(place.properties["name"]), *(aliases if isinstance(aliases, tuple) else ())}
    return names | {name + ending for name in names for ending in ("省", "市")}


def yearly(old: float, new: float, years: int) -> float:
    """The average rate of growth over some years, in %.

    Args:
        old, new: positive values.
        years: how many lie between them, at least one.
    """
    return float(((new / old) ** (1 / years) - 1) * 100)


def words(one: Measure) -> Phrase:
    """A value as people read it: 超过1.2万亿元（2025年）."""
    said = f"{one.shown:g}{one.unit}" if one.shown is not None else f"{one.printed}{one.unit}"
    year = phrase("（{}年）", " ({})", one.span or one.year) if one.span or one.year else ""
    sign = _SAID.get(one.comparator, "") if one.target or one.comparator == "约" else ""
    return joined((sign, said, year), "", "")
