"""Gaps as an official table."""

from collections.abc import Sequence
from dataclasses import replace

from queries.index import Index
from queries.industry import scores
from queries.industry.fill import PLAN_WORDS
from queries.industry.gaps import LOWER, NO_DATA, Gap
from queries.industry.layout import NO_LAYOUT
from queries.library import Column
from queries.phrase import Phrase, joined, phrase
from queries.table import EVIDENCE, Table, column

_STAGES = (
    ("documents", "文件", "documents"),
    ("supply", "供给", "supply"),
    ("firms", "企业", "firms"),
    ("relatedness", "关联", "relatedness"),
)
_FORMULAS = (scores.NOT_NAMED, scores.LOWER, scores.INPUT, scores.FIRMS, scores.RELATED)
_SIGNS = "①②③④⑤"
_LOWER = "级别低于同区域城市"
_COLUMNS = (
    Column("stage", "string", "类别", "Kind", labels=_STAGES),
    column("city", "城市", "City"),
    column("cluster", "集群", "Cluster"),
    column("thing", "缺口", "What is missing"),
    Column("status", "string", "状态", "Status", "silence", ((_LOWER, _LOWER, "lower level than its peers"),)),
    column("held", "本市标星", "Star of the city"),
    column("score", "分值", "Score", "number"),
    column("terms", "各项", "Terms"),
    Column(
        "formula",
        "string",
        "公式",
        "Formula",
        labels=tuple((text, f"公式{sign}", f"formula {sign}") for text, sign in zip(_FORMULAS, _SIGNS, strict=True)),
    ),
    column("detail", "说明", "Explanation"),
    Column("plan", "string", "市级谋划", "The city's own plan", labels=PLAN_WORDS),
    column("candidates", "可由谁补", "Who could fill it"),
    column("payers", "可用政策", "Policies that would pay"),
    EVIDENCE,
)
_NO_REGISTRY = Phrase(
    "企业各行无数据：没有载入企业登记库；文件点名的企业只列在说明里，不等于本地企业",
    "Firms are without data: no registry is loaded; firms that documents name stand in the explanation and need not be"
    " local",
)
_NO_RANKING = Phrase(
    "关联密度据省规划标星，非产业实绩，不是城市排名",
    "Density rests on the stars of the provincial plan, not on output, and ranks no city",
)
_ASK_MATCH = Phrase(
    "政策只按对象集群和适用地区列出，条件是否符合见 match；是否被后续文件修订或废止：未知",
    "Policies are listed by cluster and place only, `match` tests their conditions; whether later documents amend or"
    " repeal them is unknown",
)
MOST, MOST_PAYERS = 5, 3
"""How many candidates and policies a row names on a page; the others are counted."""
SILENCE = Phrase(
    "未标星：规划没有给星，规划说明未标星的地市可结合自身实际谋划；未点名：文件没有为该环节点名本市，名单以“等”结尾的并不完整；"
    "无记录：登记库已载入而没有企业；无数据：没有载入登记库。四者不能混同",
    "No star: the layout gives none, and says that such a city may still plan the cluster; not named: no document names"
    " the city for this stage, and a list that ends in 等 is open; no record: a registry is loaded and holds no firm;"
    " no data: no registry is loaded. The four are different things",
)


def table(
    index: Index, gaps: Sequence[Gap], title: str = "缺口与机会", title_en: str = "Gaps", date: str | None = None
) -> Table:
    """The gaps as a table, with the formulas and what silence means below.

    Args:
        index: the graph.
        gaps: the rows.
        title, title_en: headings.
        date: the day on which policies were called over, ISO 8601; None where none was.
    """
    rows = [
        (
            gap.stage,
            None if gap.city is None else index.name(gap.city),
            index.name(gap.cluster),
            index.name(gap.thing),
            _LOWER if gap.status == LOWER else gap.status,
            gap.held,
            None if gap.score.value is None else round(gap.score.value, 4),
            gap.score.words(),
            gap.score.formula,
            gap.detail,
            None if gap.city is None else gap.plan.status,
            tuple(one.words() for one in gap.candidates),
            tuple(one.words() for one in gap.payers),
            tuple(dict.fromkeys((*gap.evidence, *gap.plan.evidence))),
        )
        for gap in gaps
    ]
    used = {gap.score.formula for gap in gaps}
    signed = zip(_FORMULAS, _SIGNS, strict=True)
    notes = [phrase("公式{} {}", "Formula {} {}", sign, text) for text, sign in signed if text in used]
    if not gaps:
        notes.append(NO_LAYOUT if not index.of("Assignment") else Phrase("没有找到缺口", "No gap was found"))
    if any(gap.status == NO_DATA for gap in gaps):
        notes.append(_NO_REGISTRY)
    if scores.LOWER in used:
        notes.append(
            Phrase("本市星级不明的集群不作级别比较", "Levels are not compared where the city's own is unknown")
        )
    if any(gap.stage == "relatedness" for gap in gaps):
        notes.append(_NO_RANKING)
    payers = dict.fromkeys(one for gap in gaps for one in gap.payers)
    if payers:
        notes.append(phrase("可用政策：{}", "Policies that would pay: {}", joined(one.note() for one in payers)))
    if payers and date is not None:
        notes.append(phrase("可用政策是否到期按 {} 判断", "Whether a policy is over is said as of {}", date))
    notes.append(_ASK_MATCH)
    said = _title_says(index, gaps, title)
    columns = tuple(replace(one, type="id") if one.name in said else one for one in _COLUMNS)
    most = (("candidates", MOST), ("payers", MOST_PAYERS))
    return Table(title, columns, rows, (*notes, SILENCE), "", title_en, most=most)


def _title_says(index: Index, gaps: Sequence[Gap], title: str) -> set[str]:
    """The columns that hold one value in all rows, which the title names: people need no column for it."""
    values: dict[str, set[str | None]] = {"city": {gap.city for gap in gaps}, "cluster": {gap.cluster for gap in gaps}}
    only = {name: next(iter(held)) for name, held in values.items() if len(held) == 1}
    return {name for name, one in only.items() if one is not None and index.name(one) in title}
