"""Who has to do what (督办表), for a policy, an agency or a city."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.tables import Node
from ontology.errors import NotFound
from ontology.vocabulary import near, plain
from queries.index import Basis, Index
from queries.phrase import Phrase, joined, phrase
from queries.plans.find import draft, label, number, policies_of, policy_stating, title
from queries.table import EVIDENCE, Table, column

NO_LEAD = Phrase("未明确牵头", "no lead is stated")
COLUMNS = (
    column("task", "标识", "Task", "id"),
    column("policy", "文件标识", "Policy", "id"),
    column("group", "大类", "Group"),
    column("name", "任务原文", "Task as printed"),
    column("lead", "牵头", "Led by"),
    column("shared", "责任单位", "Responsible"),
    column("deadline", "时限", "Deadline"),
    column("measure", "量化要求", "Measure"),
    EVIDENCE,
    column("progress", "进展", "Progress"),
    column("problems", "问题", "Problems"),
)
_EVERY_CITY = re.compile(r"^(?:各有关|有关|各)?(?:地级以上市|地市)|^县级以上(?=人民政府)|^本市")
_MEASURE = 3
"""At most so many figures stand beside one task."""


@dataclass(frozen=True, slots=True)
class Duty:
    """An agency of a task: its node, how it is shown, whether a general clause added it, whether it leads."""

    agency: Node
    shown: Phrase
    inherited: bool
    leads: bool


def tasks(index: Index, *, policy: str | None = None, agency: str | None = None, city: Node | None = None) -> Table:
    """The table of duties.

    Args:
        index: the graph.
        policy: a number or title; a number may mean several policies.
        agency: a name of an agency as a task has it, short or full.
        city: only what falls to this city; 各地级以上市人民政府 is shown as its own.

    Raises:
        NotFound: no policy or agency of that name; with near names.
    """
    wanted = {one.id for one in policies_of(index, policy)} if policy is not None else None
    found: list[tuple[Node, Node | None, list[Duty]]] = []
    for task in _in_order(index):
        source = policy_stating(index, task.id)
        if wanted is not None and (source is None or source.id not in wanted):
            continue
        duties = list(_duties(index, task, city))
        if city is None or any(_falls_to(duty, city) for duty in duties):
            found.append((task, source, duties))
    if agency is not None:
        found = _of_agency(index, found, agency, city)
    heading = "任务分工督办表" if city is None else f"{city.properties['name']}任务分工督办表"
    sources = {source.id: source for _, source, _ in found if source is not None}
    if len(sources) == 1:
        heading = f"{label(*sources.values())}{heading}"
    notes = list(_notes(index, found, city))
    if not found:
        notes.append(_NOTHING)
    rows = [_row(index, task, source, duties) for task, source, duties in found]
    return Table(heading, COLUMNS, rows, tuple(notes), title_en="Tasks and who is responsible")


_NOTHING = Phrase(
    "无数据：载入的文件没有这样的任务；载入有分工的方案、规划即可",
    "No data: the loaded documents have no such task; load plans that say who is responsible",
)


def _in_order(index: Index) -> list[Node]:
    """Tasks as they stand in their documents."""

    def place(task: Node) -> tuple[str, int, str]:
        source = policy_stating(index, task.id)
        starts = [int(str(one.properties["start"])) for one in index.out(task.id, "evidencedBy")]
        return (number(source) or title(source) if source else "", min(starts, default=0), task.id)

    return sorted(index.of("Task"), key=place)


def _duties(index: Index, task: Node, city: Node | None) -> Iterator[Duty]:
    added = task.properties.get("inherited", ())
    inherited = set(added) if isinstance(added, tuple) else set()
    printed = re.sub(r"\s+", "", "".join(one.quote for one in index.basis(task.id)))
    for relation in ("ledBy", "sharedBy"):
        # The order of the print says who matters most; what a general clause adds stands last.
        for agency in sorted(index.out(task.id, relation), key=lambda one: _at(one, printed)):
            name = str(agency.properties["name"])
            more = bool(_names(agency) & inherited)
            shown = joined((_shown(agency, name, city), _ADDED if more else ""), "", "")
            yield Duty(agency, shown, more, relation == "ledBy")


_ADDED = Phrase("（通则增列）", " (added by a general clause)")


def _at(agency: Node, printed: str) -> int:
    """Where an agency stands in a printed list; behind 省工业和信息化厅 the others lose their 省."""
    names = {short for name in _names(agency) for short in (name, name[1:]) if len(short) > 2}
    return min((at for name in names if (at := printed.find(name)) >= 0), default=len(printed))


def _shown(agency: Node, name: str, city: Node | None) -> Phrase:
    """An agency's name; what addresses every city is shown as the city's own, with the words of the document."""
    own = _of_city(agency, city) if city is not None else None
    return phrase("{}（原文：{}）", "{} (as printed: {})", own, name) if own is not None else Phrase(name)


def _of_city(agency: Node, city: Node) -> str | None:
    """东莞市人民政府 for 各地级以上市人民政府, or None where the name does not address every city."""
    full = str(agency.properties.get("full_name", agency.properties["name"]))
    if _EVERY_CITY.match(full):
        return _EVERY_CITY.sub(f"{city.properties['name']}市", full)
    return None


def _falls_to(duty: Duty, city: Node) -> bool:
    own = f"agency/{city.properties['code']}/"
    return duty.agency.id.startswith(own) or _of_city(duty.agency, city) is not None


def _names(agency: Node) -> set[str]:
    known = agency.properties
    aliases = known.get("aliases", ())
    names = {str(known["name"]), str(known.get("full_name", known["name"]))}
    return names | set(aliases if isinstance(aliases, tuple) else ())


def _of_agency(
    index: Index, found: list[tuple[Node, Node | None, list[Duty]]], agency: str, city: Node | None
) -> list[tuple[Node, Node | None, list[Duty]]]:
    """The tasks that an agency leads or shares."""

    def called(duty: Duty) -> set[str]:
        own = _of_city(duty.agency, city) if city is not None else None
        here = {own, own.removeprefix(str(city.properties["name"]))} if own is not None and city is not None else set()
        return {plain(name) for name in (_names(duty.agency) | here) if name}

    of = [one for one in found if any(plain(agency) in called(duty) for duty in one[2])]
    known = {plain(name) for node in index.of("Agency") for name in _names(node)}
    if not of and plain(agency) not in known:
        names = {name: str(duty.agency.properties["name"]) for *_, duties in found for duty in duties
                 for name in _names(duty.agency)}  # fmt: skip
        raise NotFound("部门", agency, near(agency, names))
    return of


def _row(index: Index, task: Node, source: Node | None, duties: list[Duty]) -> tuple[object, ...]:
    known = task.properties
    figures = [] if "measure" in known else _figures(index, task, source)
    measure = known.get("measure") or "；".join(str(index.basis(one.id)[0].quote) for one in figures) or None
    basis = [*index.basis(task.id), *(b for one in figures for b in index.basis(one.id)[:1])]
    if any(duty.inherited for duty in duties):
        basis += _clause(index, task, source)
    return (
        task.id,
        None if source is None else source.id,
        known.get("task_group"),
        known["name"],
        tuple(duty.shown for duty in duties if duty.leads) or NO_LEAD,
        tuple(duty.shown for duty in duties if not duty.leads) or None,
        known.get("deadline_printed"),
        measure if measure is None else re.sub(r"\s+", "", str(measure)),
        tuple(dict.fromkeys(basis)),
        None,
        None,
    )


def _figures(index: Index, task: Node, source: Node | None) -> list[Node]:
    """The targets that the same section states, where it is a section of its own (章 · 条), not the whole document."""
    section = _section(index, task)
    if source is None or section.count(" · ") < 2:
        return []
    same = [
        one
        for one in index.out(source.id, "provides")
        if one.cls == "Figure" and one.properties["kind"] == "target" and _section(index, one).startswith(section)
    ]
    return same[:_MEASURE]


def _section(index: Index, node: Node) -> str:
    said = index.out(node.id, "evidencedBy")
    return str(said[0].properties.get("section", "")) if said else ""


def _clause(index: Index, task: Node, source: Node | None) -> list[Basis]:
    """The row that prints the general clause: the nearest one above in the same section that has 以下…均含."""
    if source is None:
        return []
    here = index.basis(task.id)[0].line
    above = [
        one
        for other in index.out(source.id, "provides")
        if other.cls == "Task"
        for one in index.basis(other.id)
        if one.line < here and re.search(r"以下.*均含|均包括", one.quote)
    ]
    return [max(above, key=lambda one: one.line)] if above else []


def _notes(index: Index, found: Sequence[tuple[Node, Node | None, list[Duty]]], city: Node | None) -> Iterator[Phrase]:
    sources = list({source.id: source for _, source, _ in found if source is not None}.values())
    for source in sources:
        if source.properties.get("draft"):
            yield draft(source)
    duties = [duty for *_, agencies in found for duty in agencies]
    if city is not None and any(_of_city(duty.agency, city) is not None for duty in duties):
        yield phrase(
            "各地级以上市人民政府等统称已展开为{}",
            "Collective names (all city governments) are shown as those of {}",
            index.name(city.id),
        )
    if any(duty.inherited for duty in duties):
        yield Phrase(
            "（通则增列）的单位由“以下……均含……”一类通则加入，任务所在的一行未印",
            "Agencies added by a general clause (以下……均含……) are not printed in the row of the task",
        )
    for source in sources:
        if city is not None and _leaves_out(index, source, city):
            yield phrase(
                "{}的支持条款按地区列举，未列{}，任务是否适用待核实",
                "{} lists the places of its support and {} is none of them; whether its tasks apply is to be verified",
                label(source),
                index.name(city.id),
            )


def _leaves_out(index: Index, policy: Node, city: Node) -> bool:
    """Whether all places in which a policy's support is available are named and the city is none of them."""
    named: set[str] = set()
    for instrument in index.out(policy.id, "provides"):
        for one in (instrument, *index.out(instrument.id, "hasBenefit")):
            for place in index.out(one.id, "availableIn"):
                named |= {place.id, *(member.id for member in index.into(place.id, "inRegion"))}
    return bool(named) and city.id not in named
