"""The ledger of 五个一 as an official table, with the sentence that defines them below."""

from collections.abc import Sequence

from queries.index import Index
from queries.industry.five import CALLED, Entry, Passage, defined
from queries.library import Column
from queries.phrase import Phrase, listed, phrase
from queries.table import EVIDENCE, Table, column

_COLUMNS = (
    column("one", CALLED, "One of the five"),
    Column(
        "kind",
        "string",
        "类别",
        "Kind",
        labels=(
            ("said", "文件要求", "asked for"),
            ("firms", "企业", "firm"),
            ("projects", "项目", "project"),
            ("platforms", "平台", "platform"),
            ("policies", "政策", "policy"),
            ("none", "机构", "body"),
        ),
    ),
    column("thing", "条目", "Entry"),
    column("places", "城市", "Cities"),
    column("status", "状态", "Status", codes="silence"),
    column("detail", "说明", "Explanation"),
    column("cite", "文件要求的出处", "Where it is asked for"),
    EVIDENCE,
)
_NO_LIST = Phrase(
    f"无数据：载入的文件没有写明“{CALLED}”是哪五个；载入写明它的文件后重新 build 即有",
    f"No data: no loaded document says what the five ({CALLED}) are; load one that does and build again",
)
_ONLY_SAID = Phrase(
    "条目只是文件点名的，不是正式清单；没有的写明未点名或无数据，不作推断",
    "Entries are what documents name, and no official list; what is missing is called not named or no data, and nothing"
    " is inferred",
)


def table(index: Index, cluster: str, city: str | None, entries: Sequence[Entry], passages: Sequence[Passage]) -> Table:
    """The ledger as a table.

    Args:
        index: the graph.
        cluster, city: ids, as asked.
        entries: from `queries.industry.five.five`.
        passages: the text of all documents, for the definition.
    """
    rows = [
        (
            one.one,
            one.kind,
            None if one.thing is None else index.name(one.thing),
            tuple(map(index.name, one.places)),
            one.status,
            one.detail,
            one.cite,
            one.evidence,
        )
        for one in entries
    ]
    said = [
        phrase("“{0}”：{1}（{2}）", "{0}: {1} ({2})", CALLED, listed(names), passage.cite)
        for passage, names in defined(passages)
        if names
    ]
    of = listed(index.name(one) for one in (city, cluster) if one is not None)
    title = phrase(f"{{}}：“{CALLED}”工作台账", f"{{}}: ledger of the five ({CALLED})", of)
    return Table(title, _COLUMNS, rows, (*said, *(() if entries else (_NO_LIST,)), _ONLY_SAID), title_en=title.en)
