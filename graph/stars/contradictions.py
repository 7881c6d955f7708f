"""What an entry of the ledger is made of: kinds, and the places that it names."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.stars.layout import Contradiction
from ontology.facts import Fact, WitnessFact
from ontology.vocabulary import vocabulary

if TYPE_CHECKING:  # the solver takes half a second to import; the names of the kinds are for everybody
    from graph.stars.beliefs import Beliefs
    from graph.stars.solve import Solution
    from graph.stars.witnesses import Sheet

KINDS = {
    "row_sum": ("行合计与本行星数不符", "row total and stars of the row differ"),
    "filled": ("整行空格被填满", "all blanks of a row filled"),
    "scale": ("各表星级标度不一", "tables with different scales"),
    "list_stars": ("地图清单的星号不可作星级", "stars of a map list that are no levels"),
    "count_list": ("括号数与清单条数不符", "bracketed count and list differ"),
    "count_count": ("同一数目印得不一样", "one count printed differently"),
    "totals_row": ("合计行缺数或多数", "bottom row lost or gained figures"),
    "column_lost": ("星表缺列，各格错位", "table lost a column, cells slid"),
    "cell": ("星表与认定不符", "table and layout differ"),
    "map_list": ("地图清单与认定不符", "map list and layout differ"),
    "box": ("专栏点名而未标星", "box names a city without star"),
    "count": ("所印数目与认定不符", "printed count and layout differ"),
    "override": ("人工修正与合计不符", "correction by hand and count differ"),
}
"""Kinds of contradictions in Chinese and in English."""


@dataclass(frozen=True, slots=True)
class Solved:
    """A sheet with everything that was inferred about it."""

    sheet: "Sheet"
    found: "Beliefs"
    solution: "Solution"


def entry(
    kind: str,
    fact: Fact,
    message: str,
    others: Sequence[Fact] = (),
    cluster: str | None = None,
    city: str | None = None,
) -> Contradiction:
    places = tuple((f.evidence.file, f.evidence.span.line, f.evidence.span.quote) for f in others)
    evidence = fact.evidence
    return Contradiction(kind, message, evidence.file, evidence.span.line, evidence.span.quote, cluster, city, places)


def about(key: str, name: str) -> tuple[str | None, str | None]:
    return (name, None) if key == "cluster" else (None, name)


def table_name(table: str) -> str:
    """A table in words: the category of its clusters, where that is what it is called."""
    known = vocabulary().codes("cluster-category").get(table)
    return table if known is None else known.name


def source(fact: Fact) -> str:
    """What prints a figure or a name, in Chinese."""
    if isinstance(fact, WitnessFact):
        return {"row_total": "行合计", "map_count": "地图", "column_total": f"合计行第 {fact.column} 格"}.get(
            fact.source, "星表"
        )
    return "专栏"
