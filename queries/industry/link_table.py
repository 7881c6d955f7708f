"""The ties of two cities as an official table: what is stated and what is inferred, with the evidence of each side."""

from collections.abc import Sequence

from queries.index import Index
from queries.industry import things
from queries.industry.layout import NO_LAYOUT
from queries.industry.tie import INFERRED, POSITION, RULES, STATED, Pair, Tie
from queries.library import Column
from queries.phrase import Phrase, phrase
from queries.table import EVIDENCE, Table, column

_PARTS = (
    (STATED, "文件所述", "stated between them"),
    (POSITION, "各自定位", "what each is named for"),
    (INFERRED, "推断", "inferred"),
)
_SIGNS = "①②③"
_RULES = tuple((rule, f"规则{sign}", f"rule {sign}") for rule, sign in zip(RULES, _SIGNS, strict=True))
_READING = Phrase(
    "文件所述与推断分列：推断只是按规则从两市各自被点名的内容得出，不是文件的安排",
    "Statement and inference stand in columns of their own: what is inferred follows a rule from what each city is"
    " named for, and is no arrangement of a document",
)
_SILENCE = Phrase(
    "未点名不等于没有；未标星的地市可结合自身实际谋划；关于区域的表述不点名其中的城市",
    "Not named is not that there is none; a city without star may still plan the cluster; a sentence about a region"
    " does not name its cities",
)
_NONE = Phrase("两市没有共同布局的集群", "the two cities carry no cluster in common")


def table(index: Index, cities: Pair, ties: Sequence[Tie]) -> Table:
    """The ties as a table.

    Args:
        index: the graph.
        cities: ids, in the order of the question.
        ties: from `queries.industry.link.link`.
    """
    names = [index.name(city) for city in cities]
    columns = (
        Column("part", "string", "类别", "Part", labels=_PARTS),
        column("cluster", "集群", "Cluster"),
        column("thing", "环节", "Stage"),
        column("from", names[0], names[0].en),
        column("to", names[1], names[1].en),
        column("stated", "文件所述", "Stated"),
        column("inferred", "推断", "Inferred"),
        Column("rule", "string", "规则", "Rule", labels=_RULES),
        *(
            column(f"{side}_evidence", f"依据（{name}）", f"Evidence ({name.en})", "evidence")
            for side, name in zip(("from", "to"), names, strict=True)
        ),
        EVIDENCE,
    )
    rows = [
        (
            one.part,
            None if one.cluster is None else index.name(one.cluster),
            index.name(one.thing) if index.node(one.thing).cls in things.CHAIN else None,
            *one.sides,
            one.stated,
            one.inferred,
            one.rule or None,
            *one.evidence,
        )
        for one in ties
    ]
    used = {one.rule for one in ties}
    notes = [phrase("规则{} {}", "Rule {} {}", s, RULES[r]) for r, s in zip(RULES, _SIGNS, strict=True) if r in used]
    if not any(one.part == POSITION for one in ties):
        notes.append(_NONE if index.of("Assignment") else NO_LAYOUT)
    title = phrase("{}—{}：集群分工衔接", "{} and {}: division of work in clusters", *names)
    return Table(title, columns, rows, (*notes, _READING, _SILENCE), title_en=title.en)
