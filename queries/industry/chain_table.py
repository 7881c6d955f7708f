"""A chain as an official table: stages, layers, what places supply, and what is to be done."""

from collections.abc import Sequence

from queries.index import Index
from queries.industry import naming
from queries.industry.chain import Chain, Layered
from queries.industry.fill import registry
from queries.industry.measures import KINDS, RULES, Measure
from queries.industry.naming import Namings
from queries.library import Column
from queries.phrase import Phrase, coded, joined, listed, phrase
from queries.table import EVIDENCE, Table, column

_PARTS = (
    ("stage", "环节", "Stage"),
    ("input", "配套环节", "Input"),
    ("upstream", "上游", "Upstream"),
    ("downstream", "下游（断供影响）", "Downstream (reached by an outage)"),
    ("places", "区域供给", "Supply between places"),
    *KINDS,
)
_COLUMNS = (
    Column("part", "string", "类别", "Part", labels=_PARTS),
    column("step", "步数", "Steps", "integer"),
    column("thing", "环节或产品", "Stage or product"),
    column("relation", "关系", "Relation"),
    column("cities", "点名城市", "Cities named"),
    column("for_cities", "适用城市", "For which cities"),
    column("detail", "说明", "Explanation"),
    column("rule", "规则", "Rule", "id"),  # people read the rules below the table
    EVIDENCE,
)


def table(chain: Chain, measures: Sequence[Measure], city: str | None = None) -> Table:
    """The chain as one table.

    Args:
        chain: from `queries.industry.chain.chain`.
        measures: from `queries.industry.measures.measures`.
        city: id; the stages say whether this city is named.
    """
    index = chain.index
    rows: list[tuple[object, ...]] = []
    inputs = {stage.thing for stage in chain.stages if stage.input}
    for stage in chain.stages:
        part = "input" if stage.input else "stage"
        detail = _coverage(index, stage.named, city)
        rows.append(
            (part, None, index.name(stage.thing), "", _cities(index, stage.named), (), detail, "", stage.evidence)
        )
    for part, layers in (("upstream", chain.upstream), ("downstream", chain.downstream)):
        rows += [_layer(index, part, one) for one in layers if part == "downstream" or one.thing not in inputs]
    for one in chain.places:
        words = joined((index.name(one.upstream), index.name(one.downstream)), " → ", " → ")
        rows.append(("places", None, words, coded("supply-relation", "region_supplies"), (), (), "", "", one.evidence))
    for measure in measures:
        cities = tuple(index.name(one) for one in measure.cities)
        rows.append(
            (
                measure.kind,
                None,
                index.name(measure.thing),
                "",
                (),
                cities,
                measure.detail,
                measure.rule,
                measure.evidence,
            )
        )
    return Table(
        f"{index.name(chain.thing)}：产业链、环节覆盖与补强延稳控",
        _COLUMNS,
        [row for row in rows if row[-1]],
        _notes(chain, measures),
        "",
        f"{index.name(chain.thing).en}: chain and coverage",
    )


def _notes(chain: Chain, measures: Sequence[Measure]) -> tuple[str, ...]:
    used = {one.kind for one in measures}
    rules = [phrase("{}：{}", "{}: {}", Phrase(zh, en), RULES[code]) for code, zh, en in KINDS if code in used]
    nothing = [] if chain.upstream or chain.downstream else [_NO_SUPPLY]
    outage = [_OUTAGE] if chain.downstream else []
    return (*rules, *nothing, *outage, joined((_SILENCE, "" if registry(chain.index) else _NO_REGISTRY)))


_SILENCE = Phrase(
    "点名城市为空的是未点名，不等于没有", "Where no city stands none is named, which is not that there is none"
)
_NO_REGISTRY = Phrase("企业登记库未载入，企业覆盖无数据", "no registry of firms is loaded, so firms are without data")
_NO_SUPPLY = Phrase(
    "上下游无数据：载入的文件没有写出它的配套、环节或应用",
    "No data upstream and downstream: the loaded documents state no inputs, stages or applications of it",
)
_OUTAGE = Phrase(
    "断供影响只按文件写出的供给关系推算；“未写出其他来源”不等于没有其他来源",
    "What an outage reaches follows the supply that documents state; that they state no other source is not that there"
    " is none",
)


def _layer(index: Index, part: str, one: Layered) -> tuple[object, ...]:
    nearer = listed(map(index.name, one.before))
    if part == "upstream":
        detail = phrase("供给 {}", "Goes into {}", nearer)
    else:
        words = ("来自 {}；断供第 {} 步波及，{}", "Comes from {}; an outage reaches it in step {}, {}")
        detail = phrase(*words, nearer, one.steps, _ONLY if one.only else _OTHERS)
    relations = listed(coded("supply-relation", relation) for relation in one.relations)
    return (part, one.steps, index.name(one.thing), relations, _cities(index, one.named), (), detail, "", one.evidence)


_ONLY = Phrase("文件未写出其他来源", "the documents state no other source")
_OTHERS = Phrase("文件另写有其他来源", "the documents state another source")


def _cities(index: Index, named: Namings) -> tuple[Phrase, ...]:
    """The places that are named, the strongest role first."""
    ordered = sorted(named.cities.values(), key=lambda one: (-naming.role_rank(one.role), one.place))
    cities = (phrase("{}（{}）", "{} ({})", index.name(one.place), naming.role_name(one.role)) for one in ordered)
    return (*cities, *(phrase("区域：{}", "region: {}", index.name(one)) for one in named.regions))


def _coverage(index: Index, named: Namings, city: str | None) -> Phrase:
    count = phrase("点名 {} 市", "cities named: {}", len(named.cities))
    said = joined((count, Phrase("名单以“等”结尾", "the list ends in 等") if named.open_list else ""), "，", ", ")
    if city is None:
        return said
    words = ("{}已点名", "{} is named") if city in named.cities else ("{}未点名", "{} is not named")
    return joined((phrase(*words, index.name(city)), said))
