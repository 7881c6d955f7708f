"""Firms as an official table: the registry's lines first, what documents name below."""

from collections.abc import Sequence

from queries.index import Index
from queries.industry.gap_table import SILENCE
from queries.industry.gaps import NO_DATA
from queries.industry.registry import DOCUMENTS, LOAD_REGISTRY, REGISTRY, Asked, Firm
from queries.library import Column
from queries.phrase import Phrase, listed, phrase
from queries.table import EVIDENCE, Table, column

_COLUMNS = (
    Column(
        "source",
        "string",
        "来源",
        "Source",
        labels=((REGISTRY, "登记库", "registry"), (DOCUMENTS, "文件点名", "named by documents")),
    ),
    column("cluster", "集群", "Cluster"),
    column("stages", "环节", "Stages"),
    column("company", "企业", "Firm"),
    column("city", "城市", "City"),
    column("relation", "关系或称号", "Relation or titles", codes="company-relation"),
    column("status", "状态", "Status", codes="silence"),
    column("detail", "说明", "Explanation"),
    EVIDENCE,
)
_NAMED = Phrase(
    "文件点名的企业单列：点名于某市不等于注册在该市，未点名不等于没有企业",
    "Firms that documents name stand apart: named for a city is not seated there, and not named is not that there is"
    " none",
)
_STAGES = Phrase(
    "环节：点名企业的同一句原文就其作出表述的细分领域、产品；登记库的企业为其登记的环节，没有企业的各行为文件就该市"
    "点名的细分领域",
    "Stages: subsectors and products that the sentence which names the firm is about; of a registered firm those of the"
    " registry; in lines without a firm, the subsectors for which documents name the city",
)
_NOTHING = Phrase(
    "文件没有给该市布局任何集群，也没有点名企业", "the documents lay out no cluster here and name no firm"
)


def title(index: Index, asked: Asked) -> Phrase:
    """The heading of the table."""
    of = listed(index.name(one) for one in (asked.city, asked.cluster, asked.stage) if one is not None)
    if asked.elsewhere:
        return phrase("{}：他市企业（未就本市点名）", "{}: firms of other cities, not named for this one", of)
    return phrase("{}：企业", "{}: firms", of)


def table(index: Index, asked: Asked, firms: Sequence[Firm]) -> Table:
    """The lines as a table.

    Args:
        index: the graph.
        asked: what was asked for.
        firms: the lines.
    """
    rows = [
        (
            one.source,
            None if one.cluster is None else index.name(one.cluster),
            tuple(index.name(stage) for stage in one.stages),
            None if one.company is None else index.name(one.company),
            None if one.city is None else index.name(one.city),
            one.relation,
            one.status,
            one.detail,
            one.evidence,
        )
        for one in firms
    ]
    missing = any(one.status == NO_DATA for one in firms)
    notes = [
        *((LOAD_REGISTRY,) if missing else ()),
        *(() if firms else (_NOTHING,)),
        _NAMED,
        _STAGES,
        SILENCE,
    ]
    heading = title(index, asked)
    return Table(heading, _COLUMNS, rows, tuple(notes), title_en=heading.en)
