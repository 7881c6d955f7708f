"""Targets against what is reached: base, growth as stated and as implied, the latest value, what is still needed."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from loaders.layout.clusters import cluster_named, mentioned
from ontology.vocabulary import vocabulary
from queries.index import Basis, Index
from queries.phrase import Phrase, joined, listed, phrase
from queries.plans.find import draft
from queries.plans.measures import Caliber, Measure, measure, words, yearly
from queries.table import EVIDENCE, Table, column

TOLERANCE = 0.25
"""Percentage points by which a stated and an implied rate of growth may differ by rounding."""

COLUMNS = (
    column("figure", "标识", "Figure", "id"),
    column("place", "地区", "Place"),
    column("cluster", "集群", "Cluster"),
    column("subject", "对象", "Subject"),
    column("indicator", "指标", "Indicator"),
    column("caliber", "口径", "Caliber"),
    column("base", "基期", "Base"),
    column("target", "目标", "Target"),
    column("stated", "文件写明增速（%）", "Growth as stated (%)", "number"),
    column("implied", "隐含增速（%）", "Growth as implied (%)", "number"),
    column("latest", "最新", "Latest"),
    column("gap", "差距", "Gap"),
    column("needed", "后续年均需增速（%）", "Growth needed (%)", "number"),
    column("note", "说明", "Note"),
    # What programs calculate with; people read the words above.
    column("unit", "单位", "Unit", "id"),
    column("base_value", "基期值", "Base value", "id"),
    column("base_year", "基期年", "Base year", "id"),
    column("target_value", "目标值", "Target value", "id"),
    column("target_year", "目标年", "Target year", "id"),
    column("latest_value", "最新值", "Latest value", "id"),
    column("latest_year", "最新年", "Latest year", "id"),
    EVIDENCE,
)
NOTES = (
    Phrase(
        "隐含增速 =（目标 ÷ 基期）^（1 ÷ 年数）− 1；差距 = 目标 − 最新",
        "Implied growth = (target ÷ base)^(1 ÷ years) − 1; gap = target − latest",
    ),
    Phrase(
        "后续年均需增速 =（目标 ÷ 最新）^（1 ÷ 剩余年数）− 1",
        "Growth needed = (target ÷ latest)^(1 ÷ years left) − 1",
    ),
    Phrase(
        "只在口径（地区、对象、指标、统计范围、计量单位）一致时比较；比重类按百分点比较，不求增速",
        "Compared only where place, subject, indicator, statistical scope and unit agree; shares in percentage points,"
        " without a rate of growth",
    ),
    Phrase(
        "“保持……以上”一类为底线，只看是否守住，不计进度",
        "保持……以上 is a floor: kept or not, no progress",
    ),
    Phrase(
        "说明为“无数据”的，载入的文件没有口径一致的现状值，可用 --actuals 文件给出",
        "No data: no loaded document states a comparable value; give one with --actuals FILE",
    ),
)
Levels = Mapping[Caliber, Sequence[Measure]]


@dataclass(frozen=True, slots=True)
class _Reached:
    """The values of one 口径 in one year: one, or several that differ and are not used."""

    year: int
    measures: tuple[Measure, ...]

    @property
    def certain(self) -> Measure | None:
        values = {one.value for one in self.measures}
        return self.measures[0] if len(values) == 1 else None


def monitor(
    index: Index,
    *,
    city: str | None = None,
    cluster: str | None = None,
    actuals: Iterable[Measure] = (),
) -> Table:
    """The targets with what is known of them.

    Args:
        index: the graph.
        city: only targets of this city, an id.
        cluster: only targets of this cluster, an id.
        actuals: values beside those of the documents, `where` says their file and line.

    Returns:
        A row for each target; one without comparable values says so.
    """
    every = [measure(index, node) for node in index.of("Figure")]
    clusters = {one.id: name for one in every if (name := _cluster(index, one)) is not None}
    given = list(actuals)
    levels: dict[Caliber, list[Measure]] = defaultdict(list)
    for one in [*every, *given]:
        if not one.target and not one.growth and not one.span and one.value is not None and one.year is not None:
            levels[one.caliber].append(one)
    rates = [one for one in every if one.growth == "average"]
    wanted = [
        one
        for one in every
        if one.target
        and (city is None or one.caliber.place == city)
        and (cluster is None or clusters.get(one.id) == index.name(cluster))
    ]
    # A rate of growth that stands beside the level it is of is a column of that row, not a row.
    levelled = {(one.caliber.place, *_what(one), one.policy) for one in wanted if not one.growth}
    rows = [
        _row(index, one, levels, rates, clusters)
        for one in sorted(wanted, key=_order)
        if not one.growth or (one.caliber.place, *_what(one), one.policy) not in levelled
    ]
    used = {one.caliber for one in wanted}
    idle = ("{}：没有口径一致的目标，未比较", "{}: no target with which it could be compared")
    notes = [*NOTES, *(phrase(*idle, one.where) for one in given if one.caliber not in used)]
    sources = dict.fromkeys(one.policy for one in sorted(wanted, key=_order) if one.policy)
    notes += [draft(node) for one in sources if (node := index.node(one)).properties.get("draft")]
    if not rows:
        asked = (phrase("“{}”", "{}", index.name(one)) for one in (city, cluster) if one is not None)
        what = joined(asked, "", ", ") or Phrase("任何地方", "any place")
        said = (
            "无数据：载入的文件没有为{}设定指标；载入有关的规划、行动计划即可",
            "No data: the loaded documents set no target for {}; load its plans",
        )
        notes.append(phrase(*said, what))
    return Table("主要指标监测表", COLUMNS, rows, tuple(notes), title_en="Targets against actual values")


def _what(one: Measure) -> tuple[str, str, str]:
    return one.caliber.thing, one.caliber.indicator, one.caliber.scope


def _order(one: Measure) -> tuple[str, str, str, int, str]:
    return one.caliber.place, one.policy, one.caliber.thing or one.subject, one.year or 0, one.id


def _cluster(index: Index, one: Measure) -> str | None:
    """The cluster that a figure is of, else the one under whose heading it stands (汽车制造业 under 汽车产业)."""
    if one.caliber.thing:
        return index.name(one.caliber.thing)
    sections = [str(node.properties.get("section", "")) for node in index.out(one.id, "evidencedBy")]
    heads = [re.sub(r"^[\d.、]+", "", head).strip() for text in sections for head in text.split(" · ")]
    found = next((known for head in reversed(heads) if (known := cluster_named(head)) is not None), None)
    if found is None and one.policy and "集群" in (title := index.name(one.policy)):
        return mentioned(title)  # a plan for one cluster
    return found


def _translated(cluster: str | None) -> Phrase | None:
    return None if cluster is None else Phrase(cluster, vocabulary().cluster(cluster).name_en or "")


def _row(
    index: Index, target: Measure, levels: Levels, rates: Sequence[Measure], clusters: Mapping[str, str]
) -> tuple[object, ...]:
    notes: list[Phrase] = []
    level = levels.get(target.caliber, ())
    if target.growth:  # the rate itself is the target; its level may be known
        level = [one for known, found in levels.items() if _same_level(known, target.caliber) for one in found]
    base, latest = _base(target, level, notes), _latest(level, notes)
    stated = _stated(target, rates)
    implied = needed = None
    if target.span:
        notes.append(Phrase("累计数，不求增速", "a sum over years, without a rate of growth"))
    elif target.floor:
        notes.append(_floor(target, latest))
    elif target.share and not target.growth:
        notes += _points(target, latest)
    elif not target.growth:
        implied = _growth(base, target)
        needed = None if latest is None or _reached(target, latest) else _growth(latest, target)
    claimed = stated.value if stated is not None else None
    if claimed is not None and implied is not None and abs(claimed - implied) > TOLERANCE:
        said = (
            "文件写明年均 {:g}%，按基期和目标为 {:.1f}%，不一致",
            "the document states {:g}% a year, base and target give {:.1f}%",
        )
        notes.append(phrase(*said, claimed, implied))
    past = _past(target, level, rates)
    notes += past[0]
    gap, state = _gap(target, latest)
    notes += state
    if base is None and latest is None and not target.growth:
        notes.append(_nothing(target, levels))
    if latest is not None and latest.where:
        notes.append(phrase("最新值取自 {}", "the latest value is from {}", latest.where))
    used = [one for one in (target, stated, base, latest, *past[1]) if one is not None and one.id]
    basis: tuple[Basis, ...] = tuple(dict.fromkeys(b for one in used for b in index.basis(one.id)))
    place = index.name(target.caliber.place) if target.caliber.place else None
    return (
        target.id,
        place,
        _translated(clusters.get(target.id)),
        target.subject or None,
        target.indicator,
        _caliber(target.caliber),
        _words(base),
        _words(target),
        claimed,
        None if implied is None else round(implied, 2),
        _words(latest),
        gap,
        None if needed is None else round(needed, 2),
        joined(notes) or None,
        target.unit,
        _in_unit(base, target),
        None if base is None else base.year,
        target.shown,
        target.year,
        _in_unit(latest, target),
        None if latest is None else latest.year,
        basis,
    )


def _in_unit(one: Measure | None, target: Measure) -> float | None:
    """A value in the unit of the target, for programs; the level behind a rate has another unit than %."""
    return None if one is None or one.value is None or target.growth else float(f"{one.value / target.scale:.12g}")


def _base(target: Measure, level: Sequence[Measure], notes: list[Phrase]) -> Measure | None:
    """What the plan starts from: the last value before the target that its own document states, else any document."""
    before = [one for one in level if not one.where and (target.year is None or (one.year or 0) < target.year)]
    own = [one for one in before if one.policy == target.policy]
    return _last(own or before, notes)


def _latest(level: Sequence[Measure], notes: list[Phrase]) -> Measure | None:
    return _last(level, notes)


def _last(level: Sequence[Measure], notes: list[Phrase]) -> Measure | None:
    """The newest value; a file of actual values goes before a document of the same year."""
    if not level:
        return None
    year = max(one.year or 0 for one in level)
    newest = [one for one in level if one.year == year]
    newest = [one for one in newest if one.where] or newest
    reached = _Reached(year, tuple(newest))
    if reached.certain is None:
        said = (
            "{} 年同一口径有不同数值（{}），未比较",
            "in {} there are different values ({}), not compared",
        )
        note = phrase(*said, year, listed(words(one) for one in newest))
        if note not in notes:
            notes.append(note)
    return reached.certain


def _stated(target: Measure, rates: Sequence[Measure]) -> Measure | None:
    """The growth that the target's document states for it; of a target that is a rate, itself."""
    if target.growth:
        return target if target.growth == "average" else None
    return next(
        (
            one
            for one in rates
            if one.target
            and one.policy == target.policy
            and one.year == target.year
            and _same_level(target.caliber, one.caliber)
        ),
        None,
    )


def _same_level(level: Caliber, rate: Caliber) -> bool:
    """Whether a rate of growth, which has no unit of its own, is of a level."""
    return (level.place, level.thing, level.indicator, level.scope) == (
        rate.place,
        rate.thing,
        rate.indicator,
        rate.scope,
    )


def _past(target: Measure, level: Sequence[Measure], rates: Sequence[Measure]) -> tuple[list[Phrase], list[Measure]]:
    """Where a document states the growth up to a value and the value at its start, whether the two agree."""
    for rate in rates:
        if rate.target or not _same_level(target.caliber, rate.caliber) or rate.value is None:
            continue
        own = sorted((one for one in level if one.policy == rate.policy), key=lambda one: one.year or 0)
        ends = [one for one in own if one.year == rate.year]
        if len(own) < 2 or not ends or own[0].year == rate.year:
            continue
        growth = _growth(own[0], ends[0])
        if growth is not None and abs(growth - rate.value) > TOLERANCE:
            said = (
                "{}—{} 年文件写明年均 {:g}%，按两端数值为 {:.1f}%，不一致",
                "for {}–{} the document states {:g}% a year, the values at both ends give {:.1f}%",
            )
            return [phrase(*said, own[0].year, ends[0].year, rate.value, growth)], [rate, own[0]]
    return [], []


def _growth(old: Measure | None, new: Measure) -> float | None:
    if old is None or not old.value or not new.value or old.year is None or new.year is None:
        return None
    if new.year <= old.year or old.value <= 0 or new.value <= 0 or new.share:
        return None
    return yearly(old.value, new.value, new.year - old.year)


def _reached(target: Measure, latest: Measure) -> bool:
    """Whether a value meets a target; 超过 excludes the number itself."""
    assert latest.value is not None
    if target.value is None:
        return False
    if target.comparator in ("<", "<="):
        return latest.value < target.value or (target.comparator == "<=" and latest.value == target.value)
    return latest.value > target.value or (target.comparator != ">" and latest.value == target.value)


def _gap(target: Measure, latest: Measure | None) -> tuple[Phrase | None, list[Phrase]]:
    if latest is None or latest.value is None or target.value is None or target.floor or target.span or target.growth:
        return None, []
    if _reached(target, latest):
        return Phrase("已达到", "reached"), []
    late = target.year is not None and latest.year is not None and latest.year >= target.year
    gap = float(f"{(target.value - latest.value) / target.scale:.6g}")
    unit = Phrase("个百分点", " percentage points") if target.unit == "%" else target.unit
    missed = Phrase("目标年已到而未达到", "the year of the target is over and it is not reached")
    return phrase("{:g}{}", "{:g}{}", gap, unit), [missed] if late else []


def _floor(target: Measure, latest: Measure | None) -> Phrase:
    if latest is None or target.growth:
        return Phrase("底线目标，不计进度", "a floor, without progress")
    held = Phrase("守住", "kept") if _reached(target, latest) else Phrase("低于底线", "below the floor")
    return phrase("底线目标，{} 年{}", "a floor, in {} {}", latest.year, held)


def _points(target: Measure, latest: Measure | None) -> list[Phrase]:
    """The percentage points a year that a share still needs."""
    if latest is None or latest.value is None or target.value is None or _reached(target, latest):
        return []
    years = (target.year or 0) - (latest.year or 0)
    said = ("年均需提高 {:.2g} 个百分点", "{:.2g} percentage points a year are needed")
    return [phrase(*said, (target.value - latest.value) / years)] if years > 0 else []


def _nothing(target: Measure, levels: Levels) -> Phrase:
    """That nothing is comparable, and which values come near: the same measure of the same place, other words."""
    near = [
        found[-1]
        for known, found in sorted(levels.items())
        if (known.place, known.scope, known.dimension)
        == (target.caliber.place, target.caliber.scope, target.caliber.dimension)
        and _alike(target, found[-1])
    ]
    if near:
        return phrase(
            "口径待核：{}，对象或指标写法不同，未比较",
            "to be checked: {}, worded differently and not compared",
            listed(joined((one.subject, one.indicator, words(one)), " ", " ") for one in near[:2]),
        )
    return Phrase("无数据", "no data")


def _alike(target: Measure, actual: Measure) -> bool:
    """Whether two subjects share a word of four characters and the measures end alike (增加值, 营业收入)."""
    grams = {actual.subject[i : i + 4] for i in range(len(actual.subject) - 3)}
    shared = any(target.subject[i : i + 4] in grams for i in range(len(target.subject) - 3))
    return shared and target.indicator[-3:] == actual.indicator[-3:]


def _caliber(known: Caliber) -> Phrase:
    return Phrase(known.scope) if known.scope else Phrase("未写明", "not stated")


def _words(one: Measure | None) -> Phrase | None:
    return None if one is None else words(one)
