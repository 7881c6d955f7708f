"""The profile of a firm as an official table."""

from collections.abc import Sequence

from queries.index import Index
from queries.industry.company import Fact
from queries.industry.gaps import NO_DATA
from queries.industry.registry import LOAD_REGISTRY
from queries.library import Column
from queries.match.table import VERDICT
from queries.phrase import Phrase, phrase
from queries.table import EVIDENCE, Table, column

_COLUMNS = (
    Column(
        "part",
        "string",
        "类别",
        "Part",
        labels=(
            ("registry", "登记", "registry"),
            ("position", "链条位置", "place in the chain"),
            ("named", "点名文件", "named by"),
            ("project", "项目", "project"),
            ("policy", "可享政策", "open policy"),
        ),
    ),
    column("cluster", "集群", "Cluster"),
    column("thing", "环节、文件、项目或政策", "Stage, document, project or policy"),
    column("places", "登记地或点名的地方", "Seat or places it is named for"),
    Column("relation", "string", "关系、称号或结论", "Relation, titles or verdict", "company-relation", VERDICT.labels),
    column("status", "状态", "Status", codes="silence"),
    column("detail", "说明", "Explanation"),
    EVIDENCE,
)
_NAMED = Phrase(
    "文件就某市点名企业，不等于企业注册在该市；可享政策按登记的和文件点名的城市列出，登记库里没有的注册地须核实",
    "A firm named for a city need not be registered there; policies are listed for its seat in a registry and for the"
    " cities it is named for; a seat that no registry says has to be verified",
)
_STAGE = Phrase(
    "链条位置：点名企业的同一句原文就其作出表述的细分领域、产品，和文件写明的上一步、下一步；不等于企业实际产品",
    "Place in the chain: subsectors and products that the sentence naming the firm is about, with the step before and"
    " after as the documents state them; not necessarily what the firm makes",
)
_OPEN = (
    "可享政策只列 {} 仍可申报的；已过期、不适用的，以及填报后的测算，见 match",
    "Policies: those still open on {}; what is over or not for it, and sums for a profile, are in `match`",
)
_NONE = ("{} 没有读到仍可申报的政策", "no policy that was read is open on {}")


def table(index: Index, firm: str, date: str, facts: Sequence[Fact]) -> Table:
    """The profile as a table.

    Args:
        index: the graph.
        firm: id of the Company.
        date: the day for which policies were looked at.
        facts: from `queries.industry.company.company`.
    """
    rows = [
        (
            one.part,
            None if one.cluster is None else index.name(one.cluster),
            one.thing,
            tuple(map(index.name, one.places)),
            one.relation,
            one.status,
            one.detail,
            one.evidence,
        )
        for one in facts
    ]
    notes = (
        *((LOAD_REGISTRY,) if any(one.status == NO_DATA for one in facts) else ()),
        _NAMED,
        _STAGE,
        *(() if any(one.part == "policy" for one in facts) else (phrase(*_NONE, date),)),
        phrase(*_OPEN, date),
    )
    title = phrase("{}：企业画像", "{}: profile of a firm", index.name(firm))
    return Table(title, _COLUMNS, rows, notes, title_en=title.en)
