"""缺口与机会: what a city or a cluster lacks by the documents, ranked, each with its reason, formula and evidence.

In the address: `city`, `cluster` or both; `stage` one kind of reason, `status` one kind of nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from graph.tables import Node
from ontology.errors import ParameterError
from queries.industry import gap_table
from queries.industry.fill import PLAN_WORDS, Candidate, Payer
from queries.industry.gaps import LOWER, NO_DATA, NO_RECORD, NOT_NAMED, NOT_STARRED, STAGES, Gap
from queries.industry.gaps import gaps as find_gaps
from queries.phrase import either
from queries.table import Table
from web.pages.sides import id_of, resolve
from web.site import Site
from web.speech import Speech
from web.tables import sheet, workbook
from web.view import Asked, Chip, Choice, Sheet, View

SILENCES: Final = (NOT_STARRED, NOT_NAMED, NO_RECORD, NO_DATA)
STATUSES: Final = (*SILENCES, LOWER)

SHOWN: Final = 12
"""Rows of each kind before the reader asks for all; JSON, CSV and Excel have all of them."""

WHO: Final = 6
PAYERS: Final = 2
"""How many candidates and policies a row names; the others are counted, and all policies stand below the board."""

_STAGES: Final = {
    "documents": (
        ("文件点名与星级", "Documents and stars"),
        ("先看文件怎么说；● 指列入而星级不明", "What the documents say, first; ● is listed, level unknown"),
    ),
    "supply": (
        ("供给环节", "Supply"),
        ("已有环节需要、而没有文件写给该市的投入", "Inputs that no document gives to the city"),
    ),
    "firms": (("企业", "Firms"), ("已布局而登记库里没有企业的集群", "Clusters held without a firm on record")),
    "relatedness": (
        ("关联", "Relatedness"),
        (
            "未标星集群中与已有布局最近的；据省规划标星，非产业实绩",
            "The nearest clusters without star, by the layout",
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A gap in the words of the page; `number` is its rank within its kind."""

    number: int
    gap: Gap
    city: Node | None
    cluster: Node
    thing: Node
    status: str
    plan: str
    candidates: Sequence[Candidate]
    payers: Sequence[Payer]


@dataclass(frozen=True, slots=True)
class Kind:
    """The gaps of one kind: `rows` are those shown, `formulas` what their scores are made of."""

    code: str
    title: str
    lead: str
    count: int
    rows: Sequence[Row]
    formulas: Sequence[str]


def page(site: Site, asked: Asked) -> View:
    """The board of a city, a cluster, or a city within a cluster; without either, the choice.

    Raises:
        NotFound: no such city or cluster.
        ParameterError: no such kind or status.
    """
    index, say = site.index, asked.say
    city = resolve(index, "city", asked.get("city")) if asked.get("city") else None
    cluster = resolve(index, "cluster", asked.get("cluster")) if asked.get("cluster") else None
    stage = _one_of(asked, "stage", STAGES)
    status = _one_of(asked, "status", STATUSES)
    things = [one for one in (city, cluster) if one is not None]
    shared = {
        "cities": site.cities,
        "clusters": list(index.named("Cluster")),
        "city": city,
        "cluster": cluster,
    }
    if not things:
        title = say("缺口与机会", "Gaps and opportunities")
        return View("gaps.html", title, {"gaps": []}, Sheet(title, ["id"], []), {**shared, "kinds": None})
    found = find_gaps(site.ground, id_of(city), id_of(cluster))
    kept = [one for one in found if stage in ("", one.stage) and status in ("", one.status)]
    names = "、".join(str(one.properties["name"]) for one in things)
    english = ", ".join(Speech("en").name(one) for one in things)
    table = gap_table.table(site.ground, kept, f"{names}：缺口与机会", f"{english}: gaps")
    title = say(f"{'、'.join(map(say.name, things))}：缺口与机会", f"{', '.join(map(say.name, things))}: gaps")
    return View(
        "gaps.html",
        title,
        {
            "city": id_of(city),
            "cluster": id_of(cluster),
            "silence": {one: sum(1 for gap in found if gap.status == one) for one in STATUSES},
            "gaps": [{**record, "id": gap.thing} for record, gap in zip(table.records(), kept, strict=True)],
        },
        sheet(table, say),
        {
            **shared,
            "kinds": _kinds(site, asked, kept),
            "silences": [_silence(one, found, say) for one in SILENCES],
            "choices": _choices(asked, found),
            "notes_": _general(table),
            "payers": list(dict.fromkeys(one for gap in kept for one in gap.payers)),
        },
        tuple(_chip(one, asked) for one in things),
        context={one.cls.lower(): one.id.partition("/")[2] for one in things},
        files={"xlsx": workbook(table, say)},
    )


def _one_of(asked: Asked, name: str, known: Sequence[str]) -> str:
    text = asked.get(name)
    if text and text not in known:
        raise ParameterError(name, either(known), text)
    return text


def _chip(node: Node, asked: Asked) -> Chip:
    key = node.cls.lower()
    rest = {name: value for name, value in asked.parameters.items() if name != key}
    say, links = asked.say, asked.links
    return Chip(say.cls(node.cls), say.name(node), links.thing(node.id), links.page("/gaps", **rest))


def _general(table: Table) -> list[str]:
    """The notes of the table that the page does not say in another way: formulas and silences stand beside the rows."""
    return [one for one in table.notes if not one.startswith(("公式", "可用政策：")) and one != gap_table.SILENCE]


def _silence(code: str, found: Sequence[Gap], say: Speech) -> tuple[str, str, str, int]:
    return code, say.code("silence", code), say(*_MEANING[code]), sum(1 for gap in found if gap.status == code)


_MEANING: Final = {
    NOT_STARRED: (
        "规划没有给星；规划说这样的城市仍可结合实际谋划",
        "the layout gives no star; the city may still plan it",
    ),
    NOT_NAMED: (
        "没有文件为该环节点名；以“等”结尾的名单并不完整",
        "no document names it; lists with “etc.” are open",
    ),
    NO_RECORD: (
        "载入了登记库而其中没有企业；没有载入的算无数据",
        "a registry is loaded and holds no firm; without one it is no data",
    ),
    NO_DATA: ("没有载入登记库，有没有企业无从得知", "no registry is loaded, so nothing is known"),
}


def status_words(code: str, say: Speech) -> str:
    """A status in words: one of the four silences, or that peers are higher."""
    return say("级别低于同区域城市", "below its peers") if code == LOWER else say.code("silence", code)


def _kinds(site: Site, asked: Asked, gaps: Sequence[Gap]) -> list[Kind]:
    found = []
    for code in STAGES:
        mine = [gap for gap in gaps if gap.stage == code]
        if mine:
            title, lead = (asked.say(*words) for words in _STAGES[code])
            rows = [row(site, gap, number, asked.say) for number, gap in enumerate(mine, 1)]
            shown = rows if asked.get("stage") else rows[:SHOWN]
            formulas = tuple(dict.fromkeys(gap.score.formula for gap in mine))
            found.append(Kind(code, title, lead, len(mine), shown, formulas))
    return found


def row(site: Site, gap: Gap, number: int, say: Speech) -> Row:
    """A gap in words."""
    nodes = site.index.nodes
    plans = {code: say(chinese, english) for code, chinese, english in PLAN_WORDS}
    return Row(
        number,
        gap,
        None if gap.city is None else nodes[gap.city],
        nodes[gap.cluster],
        nodes[gap.thing],
        status_words(gap.status, say),
        plans[gap.plan.status],
        gap.candidates[:WHO],
        gap.payers[:PAYERS],
    )


def _choices(asked: Asked, found: Sequence[Gap]) -> list[tuple[str, list[Choice]]]:
    """Switches for the kind of reason and the kind of nothing, each with how many there are."""
    say = asked.say

    def here(**given: str) -> str:
        return asked.links.page("/gaps", **{**asked.parameters, **given})

    def counted(words: str, count: int) -> str:
        return f"{words} {count}"

    stages = [Choice(say("全部", "All"), here(stage=""), not asked.get("stage"))]
    for code in STAGES:
        if count := sum(1 for gap in found if gap.stage == code):
            stages.append(Choice(counted(say(*_STAGES[code][0]), count), here(stage=code), asked.get("stage") == code))
    statuses = [Choice(say("全部", "All"), here(status=""), not asked.get("status"))]
    for code in STATUSES:
        if count := sum(1 for gap in found if gap.status == code):
            words = counted(status_words(code, say), count)
            statuses.append(Choice(words, here(status=code), asked.get("status") == code))
    return [(say("理由", "Reason"), stages), (say("状态", "Status"), statuses)]
