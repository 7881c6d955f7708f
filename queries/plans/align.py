"""Plan against plan (省市对照): targets, directions, projects and tasks of two levels."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from graph.tables import Node
from loaders.layout.clusters import mentioned
from ontology.errors import UsageError
from ontology.vocabulary import plain, vocabulary
from queries.index import Basis, Index
from queries.phrase import Phrase, coded, joined, listed, phrase
from queries.plans.find import draft, held, label, policy_stating, title
from queries.plans.measures import Measure, measure, words
from queries.plans.text import Passage, Reader
from queries.table import EVIDENCE, Table, column

LIKE = 0.5
"""Two names are taken for one from this share of common pairs of characters (Dice) on."""
COLUMNS = (
    column("kind", "类别", "Kind"),
    column("item", "事项", "Item"),
    column("upper", "上级文件", "Upper plan"),
    column("lower", "下级文件", "Lower plan"),
    column("result", "对照结果", "Result"),
    column("code", "结果代码", "Result code", "id"),
    column("note", "说明", "Note"),
    EVIDENCE,
)
BOTH, UPPER, LOWER, DIFFER = "aligned", "upper_only", "lower_only", "differs"
_WORDS = {
    BOTH: Phrase("衔接", "in both"),
    UPPER: Phrase("省有市无", "in the province's only"),
    LOWER: Phrase("市有省无", "in the city's only"),
    DIFFER: Phrase("数值不一致", "values differ"),
}
_LEVELS = _WORDS | {
    UPPER: Phrase("上有下无", "in the upper plan only"),
    LOWER: Phrase("下有上无", "in the lower plan only"),
}
TARGET, DIRECTION, PROJECT, TASK = KINDS = (
    Phrase("指标", "target"),
    Phrase("方向", "direction"),
    Phrase("项目", "project"),
    Phrase("任务", "task"),
)
_ORDER = (DIFFER, BOTH, UPPER, LOWER)


@dataclass(frozen=True, slots=True)
class Pair:
    """One line of the comparison."""

    kind: Phrase
    item: str
    upper: str | None
    lower: str | None
    code: str
    note: Phrase
    basis: tuple[Basis, ...]


@dataclass(frozen=True)
class Plan:
    """A policy with what it is about: the city it is of (an id, or None) and its cluster, and its text."""

    policy: Node
    city: Node | None
    cluster: str | None
    text: Passage
    quotes: tuple[Basis, ...]


def align(index: Index, upper: Node, lower: Node, texts: Mapping[str, str]) -> Table:
    """Two plans side by side.

    Args:
        index: the graph.
        upper, lower: the policies of the upper and the lower level.
        texts: the text of each document by its node's id; a direction counts as missing only where the whole text of
            the other plan does not name it.

    Raises:
        UsageError: the two are one policy, or the text of one is not loaded.
    """
    if upper.id == lower.id:
        raise UsageError(f"两份文件是同一份：{label(upper)}", remedy="请给出上级和下级两份不同的文件")
    for one in (upper, lower):
        if not held(one):
            raise UsageError(
                f"{label(one)}只被其他文件提到，正文没有载入", remedy="请先用 clusteratlas build 载入它，再作对照"
            )
    reader = Reader(index, texts)
    above, below = _plan(index, upper, reader), _plan(index, lower, reader)
    pairs = [
        *_targets(index, above, below),
        *_directions(index, above, below),
        *_projects(index, above, below, reader),
        *_tasks(index, above, below),
    ]
    levels = (upper.properties.get("level"), lower.properties.get("level"))
    words = _WORDS if levels == ("provincial", "municipal") else _LEVELS
    pairs.sort(key=lambda one: (KINDS.index(one.kind), _ORDER.index(one.code)))
    rows = [(p.kind, p.item, p.upper, p.lower, words[p.code], p.code, p.note or None, p.basis) for p in pairs]
    return Table(
        f"{label(upper)}与{label(lower)}对照表",
        COLUMNS,
        rows,
        (*_notes(index, above, below, {one.kind for one in pairs}), *_one_sided(pairs, above, below, words)),
        title_en="Plan against plan",
    )


def _plan(index: Index, policy: Node, reader: Reader) -> Plan:
    name = title(policy)
    city = next((one for one in index.of("City") if name.startswith(str(one.properties["name"]))), None)
    named = mentioned(name) if "集群" in name else None
    return Plan(
        policy,
        city,
        None if named is None else vocabulary().cluster(named).id,
        reader.passage(policy),
        reader.quotes(policy),
    )


def _notes(index: Index, above: Plan, below: Plan, kinds: set[Phrase]) -> Iterator[Phrase]:
    scope = joined(
        [
            "" if below.city is None else phrase("城市：{}", "city: {}", index.name(below.city.id)),
            "" if below.cluster is None else phrase("集群：{}", "cluster: {}", index.name(below.cluster)),
        ]
    )
    if scope:
        yield phrase(
            "上级文件只取涉及下级范围的内容（{}）", "Of the upper plan, what concerns the lower one ({})", scope
        )
    yield phrase(
        "名称写法不同而公用字对达 {:.0%} 的视为同一事项，说明栏注明；指标只在地区相同时比较数值",
        "Names that share {:.0%} of their pairs of characters are taken for one, which the note says; values are"
        " compared for one place only",
        LIKE,
    )
    for plan in (above, below):
        if plan.policy.properties.get("draft"):
            yield draft(plan.policy)
    for kind in KINDS:
        if kind not in kinds:
            yield phrase("{}：两份文件都没有读出", "{}: none was read from either plan", kind)


def _one_sided(pairs: Sequence[Pair], above: Plan, below: Plan, words: Mapping[str, Phrase]) -> Iterator[Phrase]:
    """The kinds that were read from one plan only: there 市有省无 rests on the search for the name alone."""
    for kind in (TARGET, PROJECT, TASK):
        mine = [one for one in pairs if one.kind == kind]
        for plan, code, said in ((above, LOWER, [p.upper for p in mine]), (below, UPPER, [p.lower for p in mine])):
            if mine and not any(said):
                yield phrase(
                    "{0}：{1}没有读出与下级范围有关的{0}，“{2}”{3}，须核对原文",
                    "{0}: none that concerns the lower plan was read from {1}, “{2}” {3}; see the text",
                    kind,
                    label(plan.policy),
                    words[code],
                    _BY_CALIBER if kind == TARGET else _BY_NAME,
                )


_BY_CALIBER = Phrase("只按口径比较", "rests on comparable figures only")
_BY_NAME = Phrase("只按名称检索了全文", "rests on a search of the text for the name")


def dice(one: str, other: str) -> float:
    """The share of common pairs of characters of two names, 0 to 1."""
    a, b = ({name[i : i + 2] for i in range(len(name) - 1)} for name in (plain(one), plain(other)))
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else float(plain(one) == plain(other))


def _matched(
    above: Sequence[Node], below: Sequence[Node], alike: Callable[[Node, Node], float]
) -> Iterator[tuple[Node | None, Node | None, float]]:
    """Each of both sides once: pairs by falling likeness, then what is left of either side."""
    ranked = sorted(
        ((alike(a, b), a.id, b.id, a, b) for a in above for b in below), key=lambda one: (-one[0], one[1], one[2])
    )
    taken: set[str] = set()
    for likeness, a_id, b_id, a, b in ranked:
        if likeness >= LIKE and not taken & {a_id, b_id}:
            taken |= {a_id, b_id}
            yield a, b, likeness
    yield from ((a, None, 0.0) for a in above if a.id not in taken)
    yield from ((None, b, 0.0) for b in below if b.id not in taken)


# ---- Targets


def _targets(index: Index, above: Plan, below: Plan) -> Iterator[Pair]:
    uppers, lowers = ({m.id: m for m in _set_by(index, plan)} for plan in (above, below))
    if below.cluster is not None:
        uppers = {k: m for k, m in uppers.items() if m.caliber.thing == below.cluster or _alike_any(m, lowers)}
    for a, b, likeness in _matched(
        [index.node(one) for one in uppers],
        [index.node(one) for one in lowers],
        lambda a, b: _same_target(uppers[a.id], lowers[b.id]),
    ):
        one, other = (uppers[a.id] if a is not None else None), (lowers[b.id] if b is not None else None)
        yield _target(index, one, other, likeness, [*uppers.values(), *lowers.values()])


def _set_by(index: Index, plan: Plan) -> Iterator[Measure]:
    for node in index.of("Figure"):
        if node.properties["kind"] == "target" and any(
            edge.target == plan.policy.id for edge in index.edges(node.id, "edition")
        ):
            yield measure(index, node)


def _alike_any(one: Measure, others: Mapping[str, Measure]) -> bool:
    return any(_same_target(one, other) >= LIKE for other in others.values())


def _same_target(one: Measure, other: Measure) -> float:
    """1 for one 口径 (places apart), less for names that are only alike, 0 where kind, scope or unit differ."""
    a, b = one.caliber, other.caliber
    if (a.scope, a.dimension, one.growth) != (b.scope, b.dimension, other.growth) or one.year != other.year:
        return 0.0
    if a.thing != b.thing:
        return 0.0
    return 1.0 if a.indicator == b.indicator else min(dice(a.indicator, b.indicator), 0.99)


def _target(
    index: Index, one: Measure | None, other: Measure | None, likeness: float, every: Sequence[Measure]
) -> Pair:
    item = _item(one or other)
    stated = [found for m in (one, other) if m is not None for found in (m, *_level(m, every))]
    basis = tuple(dict.fromkeys(b for m in stated for b in index.basis(m.id)))
    if one is None or other is None:
        code = UPPER if one else LOWER
        return Pair(TARGET, item, _value(index, one), _value(index, other), code, _near(one or other, every), basis)
    other_words = ("写法不同：{} / {}，待核", "worded differently: {} / {}, to be checked")
    notes = [phrase(*other_words, _item(one), _item(other))] if likeness < 1 else []
    code = BOTH
    if one.caliber.place != other.caliber.place:
        notes.append(Phrase("地区不同，数值不作比较", "different places, values are not compared"))
    elif (one.value, one.printed) != (other.value, other.printed):
        code = DIFFER
    elif one.comparator != other.comparator:
        notes.append(Phrase("数值相同，语气不同", "the same value, worded more or less firmly"))
    return Pair(TARGET, item, _value(index, one), _value(index, other), code, joined(notes), basis)


def _level(rate: Measure, every: Sequence[Measure]) -> list[Measure]:
    """The level that a rate of growth is of: 年均增长6% says behind it what grows."""
    if not rate.growth:
        return []
    of = replace(rate.caliber, dimension="")
    mine = [one for one in every if not one.growth and one.policy == rate.policy]
    return [one for one in mine if replace(one.caliber, dimension="") == of][:1]


def _near(one: Measure | None, every: Sequence[Measure]) -> Phrase:
    """The other plan's targets for the same cluster, which measure something else."""
    assert one is not None
    others = [
        other.indicator
        for other in every
        if other.policy != one.policy and other.caliber.thing == one.caliber.thing != "" and other.year == one.year
    ]
    said = ("对方另有：{}（口径不同，未比较）", "the other has: {} (something else, not compared)")
    return phrase(*said, listed(dict.fromkeys(others))) if others else Phrase("")


def _item(one: Measure | None) -> str:
    assert one is not None
    return one.indicator if one.subject in one.indicator else f"{one.subject} {one.indicator}"


def _value(index: Index, one: Measure | None) -> Phrase | None:
    if one is None:
        return None
    return joined((index.name(one.caliber.place) if one.caliber.place else "", words(one)), " ", " ")


# ---- Directions


def _directions(index: Index, above: Plan, below: Plan) -> Iterator[Pair]:
    """The subsectors that a plan gives to the lower plan's city, and whether the other plan names them."""
    for plan, other, code in ((above, below, UPPER), (below, above, LOWER)):
        for item, statements in _named_for(index, plan, below):
            products = list(dict.fromkeys(p.id for one in statements for p in index.out(one.id, "aboutProduct")))
            names = {name: index.name(name) for name in (item, *products)}
            found = {name: line for key, name in names.items() if (line := _line(index, key, other)) is not None}
            basis = tuple(dict.fromkeys(b for one in statements for b in index.basis(one.id)))
            said = joined((_role(statements), listed(names[p] for p in products)), "：", ": ")
            lines = (phrase("{}（第 {} 行）", "{} (line {})", name, line) for name, line in found.items())
            there = listed(lines) or None
            missing = [names[p] for p in products if names[p] not in found]
            lacks = phrase("对方文中没有：{}", "not in the other: {}", listed(missing))
            note = lacks if found and missing else Phrase("")
            if plan is below and found:
                continue  # what both have stands once, from the upper plan's side
            basis += tuple(one for name in found for one in _quoted(name, other)[:1] if one not in basis)
            first, second = (said, there) if plan is above else (there, said)
            yield Pair(DIRECTION, names[item], first, second, BOTH if found else code, note, basis)


def _quoted(name: str, plan: Plan) -> list[Basis]:
    """The evidence read from a plan that names something."""
    return [one for one in plan.quotes if plain(name) in plain(one.quote)]


def _named_for(index: Index, plan: Plan, below: Plan) -> list[tuple[str, list[Node]]]:
    """The layout statements of a plan about the lower plan's city and cluster, by subsector (else by cluster)."""
    found: dict[str, list[Node]] = {}
    for one in index.into(plan.policy.id, "edition"):
        if one.cls != "LayoutStatement":
            continue
        clusters = {edge.target for edge in index.edges(one.id, "aboutCluster")}
        places = {edge.target for edge in index.edges(one.id, "aboutPlace")}
        if below.cluster is not None and below.cluster not in clusters:
            continue
        if plan is not below and below.city is not None and below.city.id not in places:
            continue
        for thing in [e.target for e in index.edges(one.id, "aboutSubsector")] or sorted(clusters):
            found.setdefault(thing, []).append(one)
    return sorted(found.items())


def _line(index: Index, thing: str, plan: Plan) -> int | None:
    """The line on which a plan's text names a thing, by any of its names."""
    known = index.node(thing).properties
    aliases = known.get("aliases", ())
    names = [str(known["name"]), *(aliases if isinstance(aliases, tuple) else ())]
    return next((line for name in names if len(name) > 1 and (line := plan.text.line(name)) is not None), None)


def _role(statements: Sequence[Node]) -> Phrase:
    found = {str(one.properties["role"]) for one in statements}
    return listed(coded("role", notation) for notation in vocabulary().codes("role") if notation in found)


# ---- Projects and tasks


def _projects(index: Index, above: Plan, below: Plan, reader: Reader) -> Iterator[Pair]:
    uppers, lowers = (
        [one for one in index.of("Project") if reader.states(plan.policy, one)] for plan in (above, below)
    )
    if below.city is not None:
        uppers = [one for one in uppers if _in_city(index, one, below.city)]
    if below.cluster is not None:
        uppers = [one for one in uppers if below.cluster in {e.target for e in index.edges(one.id, "activeIn")}]
    shared = {one.id for one in uppers} & {one.id for one in lowers}
    for a, b, likeness in _matched(
        uppers, lowers, lambda a, b: float(a.id == b.id) or (0.0 if {a.id, b.id} & shared else dice(*_names(a, b)))
    ):
        yield _pair(index, PROJECT, a, b, likeness, above, below)


def _in_city(index: Index, one: Node, city: Node) -> bool:
    places = index.out(one.id, "locatedIn")
    return any(city.id in (place.id, *(p.id for p in index.out(place.id, "locatedIn"))) for place in places)


def _tasks(index: Index, above: Plan, below: Plan) -> Iterator[Pair]:
    uppers, lowers = (
        [
            one
            for one in index.of("Task")
            if (source := policy_stating(index, one.id)) is not None and source.id == plan.policy.id
        ]
        for plan in (above, below)
    )
    for a, b, likeness in _matched(uppers, lowers, lambda a, b: dice(*_names(a, b))):
        yield _pair(index, TASK, a, b, likeness, above, below)


def _names(one: Node, other: Node) -> tuple[str, str]:
    return str(one.properties["name"]), str(other.properties["name"])


def _pair(
    index: Index, kind: Phrase, one: Node | None, other: Node | None, likeness: float, above: Plan, below: Plan
) -> Pair:
    there = one or other
    assert there is not None
    name = str(there.properties["name"])
    said = [None if node is None else _said(index, node) for node in (one, other)]
    basis = tuple(dict.fromkeys(b for node in (one, other) if node is not None for b in index.basis(node.id)))
    if one is not None and other is not None:
        exact = plain(_names(one, other)[0]) == plain(_names(one, other)[1])
        alike = phrase(
            "写法不同（相近度 {:.2f}），待核", "worded differently (likeness {:.2f}), to be checked", likeness
        )
        note = Phrase("") if exact else alike
        return Pair(kind, name, said[0], said[1], BOTH, note, basis)
    line = (below if one is not None else above).text.line(name)
    if line is not None:
        note = phrase(
            "对方原文第 {} 行提到，未读成{}", "the other text has it on line {}, not read as a {}", line, kind
        )
        return Pair(kind, name, said[0], said[1], BOTH, note, basis)
    return Pair(kind, name, said[0], said[1], UPPER if one is not None else LOWER, Phrase(""), basis)


def _said(index: Index, node: Node) -> str:
    """A task with its agencies, a project with who undertakes it."""
    name = re.sub(r"\s+", "", str(node.properties["name"]))
    who = [str(one.properties["name"]) for r in ("ledBy", "sharedBy", "undertakenBy") for one in index.out(node.id, r)]
    return f"{name}（{'、'.join(who)}）" if who else name
