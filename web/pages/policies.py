"""政策: the policies and whether they are in force on a day, the lineage of one, and the calendar of what is due.

Where an address names no day, today is taken and printed.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from graph.tables import Node
from ontology.errors import AtlasError, ParameterError
from queries.index import Basis
from queries.match.attributes import attributes, read_value
from queries.phrase import Phrase, either
from queries.plans.calendar import Event, add_months, events, ics, table_of
from queries.plans.find import held, label, policy_of
from queries.plans.lineage import lineage as lineage_of
from queries.plans.policies import policies
from queries.table import Table
from web.answers import status_of
from web.pages.sides import id_of, resolve
from web.problems import said
from web.site import Site
from web.speech import Speech
from web.tables import sheet, workbook
from web.view import Asked, Chip, Choice, File, Sheet, View

CODES: Final = (
    ("in_force", ("按文本推算有效", "in force by its text")),
    ("stated", ("文中写明有效期", "term stated")),
    ("unknown", ("文中未写有效期", "no term stated")),
    ("not_yet", ("尚未施行", "not yet")),
    ("expired", ("按文本推算已到期", "expired by its text")),
    ("ended", ("已废止或重新印发", "repealed or reissued")),
    ("draft", ("征求意见稿", "draft")),
    ("interpretation", ("解读材料", "interpretation")),
)
"""The states of a policy on a day, in the order of the switches."""

MONTHS: Final = 12

_DAY: Final = Phrase("存在的日期，写法如 2025-03-01", "a day that exists, such as 2025-03-01")
_MONTHS: Final = Phrase("不超出公元 9999 年的月数", "a number of months that does not lead beyond the year 9999")

SPAN: Final = (date(1990, 1, 1), date(2060, 1, 1))
"""The years that the calendar offers when the span that was asked for is empty."""


@dataclass(frozen=True, slots=True)
class Held:
    """A policy of the list: the node, its row by the names of the columns."""

    node: Node
    row: Mapping[str, object]
    kind: str


@dataclass(frozen=True, slots=True)
class Branch:
    """A policy in the tree: the words of the relation, the node, whether its text is loaded, whether it stands above,
    its evidence, and what hangs below it."""

    words: str
    node: Node
    held: bool
    again: bool
    basis: tuple[Basis, ...]
    below: tuple["Branch", ...]


def day_of(text: str, name: str) -> date:
    """A day as people write it.

    Raises:
        ParameterError: there is no such day.
    """
    try:
        return date.fromisoformat(str(read_value(attributes()["date"], text)))
    except ParameterError as error:
        raise ParameterError(name, _DAY, text, remedy=error.remedy) from None


def page(site: Site, asked: Asked) -> View:
    """The policies whose texts are loaded, with their state on a day; `about` a cluster, `city`, `code` one state.

    Raises:
        NotFound: no such city or cluster.
        ParameterError: no such day or state.
    """
    say, index = asked.say, site.index
    day = day_of(asked.get("day"), "day") if asked.get("day") else site.today()
    about = resolve(index, "cluster", asked.get("about")) if asked.get("about") else None
    city = resolve(index, "city", asked.get("city")) if asked.get("city") else None
    code = asked.get("code")
    if code and code not in dict(CODES):
        raise ParameterError("code", either(dict(CODES)), code)
    table = policies(site.ground, day=day, about=id_of(about), city=city)
    names = [one.name for one in table.columns]
    rows = [dict(zip(names, row, strict=True)) for row in table.rows]
    counts = {known: sum(1 for row in rows if row["code"] == known) for known, _ in CODES}
    kept = [(row, values) for row, values in zip(rows, table.rows, strict=True) if code in ("", row["code"])]
    shown = Table(table.title, table.columns, [values for _, values in kept], table.notes, "", table.title_en)
    title = say("政策文件与效力", "Policies and whether they are in force")
    return View(
        "policies.html",
        title,
        {"day": day.isoformat(), "counts": counts, "policies": shown.records()},
        sheet(shown, say),
        {
            "day": day,
            "assumed": not asked.get("day"),
            "rows": [
                Held(index.nodes[str(row["id"])], row, say.code("policy-kind", row["kind"]) if row["kind"] else "")
                for row, _ in kept
            ],
            "choices": [(say("状态", "Status"), _codes(asked, counts))],
            "cities": site.cities,
            "clusters": list(index.named("Cluster")),
            "city": city,
            "about": about,
            "code": code,
            "notes_": table.notes,
        },
        tuple(_chips(asked, (("about", about), ("city", city)))),
        context={
            **({"city": city.id.partition("/")[2]} if city else {}),
            **({"cluster": about.id.partition("/")[2]} if about else {}),
        },
        files={"xlsx": workbook(shown, say)},
    )


def _codes(asked: Asked, counts: Mapping[str, int]) -> list[Choice]:
    def here(code: str) -> str:
        return asked.links.page("/policies", **{**asked.parameters, "code": code})

    chosen = asked.get("code")
    choices = [Choice(asked.say("全部", "All"), here(""), not chosen)]
    return choices + [
        Choice(f"{asked.say(*words)} {counts[code]}", here(code), chosen == code)
        for code, words in CODES
        if counts[code] or chosen == code
    ]


def _chips(asked: Asked, things: Sequence[tuple[str, Node | None]]) -> list[Chip]:
    say, links = asked.say, asked.links
    return [
        Chip(
            say.cls(node.cls),
            say.name(node),
            links.thing(node.id),
            links.page(asked.path, **{key: value for key, value in asked.parameters.items() if key != name}),
        )
        for name, node in things
        if node is not None
    ]


# ---- Lineage


def lineage(site: Site, asked: Asked) -> View:
    """What a policy rests on and what rests on it, as a tree; without one, the choice."""
    say, ground, text = asked.say, site.ground, asked.get("policy")
    loaded = sorted((one for one in ground.of("Policy") if held(one)), key=label)
    title, status, problem = say("政策谱系", "Lineage of a policy"), 200, ""
    node: Node | None = None
    if text:
        try:
            node = policy_of(ground, text)
        except AtlasError as error:
            if asked.form != "page":
                raise
            problem, status = said(error, say), status_of(error)
    counts = [
        len(ground.edges_into(one.id, "citingPolicy")) + len(ground.edges_into(one.id, "citedPolicy")) for one in loaded
    ]
    values = {
        "counts": counts,
        "loaded": loaded,
        "labels": [label(one) for one in loaded],
        "text": text,
        "problem": problem,
    }
    if node is None:
        empty = {**values, "node": None, "trees": (), "notes_": ()}
        return View("lineage.html", title, {"lineage": []}, Sheet(title, ["id"], []), empty, status=status)
    table = lineage_of(ground, node)
    names = [one.name for one in table.columns]
    rows = [_Row.of(dict(zip(names, row, strict=True))) for row in table.spoken(say.lang).rows]
    up, down = ([one for one in rows if one.direction == side] for side in ("up", "down"))
    name = say.name(node)
    return View(
        "lineage.html",
        say(f"谱系：{name}", f"Lineage: {name}"),
        {"policy": node.id, "lineage": table.records()},
        sheet(table, say),
        {
            **values,
            "node": node,
            "held": held(node),
            "trees": (
                (say("它依据谁", "What it rests on"), _tree(site, up)),
                (say("谁依据它", "What rests on it"), _tree(site, down)),
            ),
            "notes_": table.notes,
        },
        (Chip(say.cls("Policy"), name, asked.links.thing(node.id), asked.links.page("/lineage")),),
        files={"xlsx": workbook(table, say)},
    )


@dataclass(frozen=True, slots=True)
class _Row:
    id: str
    depth: int
    direction: str
    words: str
    held: bool
    again: bool
    basis: tuple[Basis, ...]

    @classmethod
    def of(cls, row: Mapping[str, object]) -> "_Row":
        text, basis = str(row["tree"]).lstrip("│├└─　 "), row["evidence"]
        return cls(
            str(row["id"]),
            int(str(row["depth"])),
            str(row["direction"]),
            re.split("：|: ", text, maxsplit=1)[0],
            row["held"] is True,
            text.endswith(("（见上）", "(see above)")),
            basis if isinstance(basis, tuple) else (),
        )


def _tree(site: Site, rows: Sequence[_Row]) -> tuple[Branch, ...]:
    """The rows of one direction, which stand depth first, as branches."""
    found: list[Branch] = []
    place = 0
    while place < len(rows):
        row, end = rows[place], place + 1
        while end < len(rows) and rows[end].depth > row.depth:
            end += 1
        below = _tree(site, rows[place + 1 : end])
        found.append(Branch(row.words, site.index.nodes[row.id], row.held, row.again, row.basis, below))
        place = end
    return tuple(found)


# ---- Calendar


def calendar(site: Site, asked: Asked) -> View:
    """What expires, opens or is due from a day on; `from`, `months`, `agency`.

    Raises:
        NotFound: no such agency.
        ParameterError: no such day or number of months.
    """
    say, ground = asked.say, site.ground
    start = day_of(asked.get("from"), "from") if asked.get("from") else site.today()
    months = asked.number("months", MONTHS, most=600)
    try:
        end = add_months(start, months)
    except ValueError:
        raise ParameterError("months", _MONTHS, months) from None
    agency = asked.get("agency") or None
    found = events(ground, start, end, agency=agency)
    table = table_of(ground, found, start, end)
    title = say("时间节点", "Calendar")
    return View(
        "calendar.html",
        title,
        {"from": start.isoformat(), "to": end.isoformat(), "events": table.records()},
        sheet(table, say),
        {
            "start": start,
            "end": date.fromordinal(end.toordinal() - 1),
            "months": months,
            "assumed": not asked.get("from"),
            "agency": agency or "",
            "agencies": [str(one.properties["name"]) for one in ground.of("Agency")],
            "groups": _months(found, say),
            "count": len(found),
            "years": _years(site, asked, agency),
            "notes_": table.notes,
        },
        files={"ics": File("text/calendar; charset=utf-8", lambda: ics(found)), "xlsx": workbook(table, say)},
    )


def _months(found: Sequence[Event], say: Speech) -> list[tuple[str, list[Event]]]:
    groups: dict[tuple[int, int], list[Event]] = {}
    for one in found:
        groups.setdefault((one.day.year, one.day.month), []).append(one)
    return [(say(f"{year}年{month}月", f"{year}-{month:02}"), group) for (year, month), group in groups.items()]


def _years(site: Site, asked: Asked, agency: str | None) -> list[Choice]:
    """The years in which something happens, each with how much."""
    counts: dict[int, int] = {}
    for one in events(site.ground, *SPAN, agency=agency):
        counts[one.day.year] = counts.get(one.day.year, 0) + 1
    here = (asked.get("from"), asked.get("months"))
    return [
        Choice(
            f"{year} ({count})",
            asked.links.page("/calendar", **{"from": f"{year}-01-01", "months": str(MONTHS), "agency": agency or ""}),
            here == (f"{year}-01-01", str(MONTHS)),
        )
        for year, count in sorted(counts.items())
    ]
