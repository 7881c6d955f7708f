"""What expires, opens, closes or is due in a span of time, and the same as an iCalendar file."""

import calendar as months
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from graph.tables import Node
from ontology.errors import NotFound
from ontology.vocabulary import vocabulary
from queries.index import Basis, Index
from queries.phrase import Phrase, coded, phrase
from queries.plans.find import label, policy_stating
from queries.table import EVIDENCE, Table, column

COLUMNS = (
    column("id", "标识", "Id", "id"),
    column("date", "日期", "Date", "date"),
    column("what", "事项", "What"),
    column("name", "内容", "Subject"),
    column("who", "谁办", "Who"),
    column("to", "报给谁", "To whom"),
    column("policy", "文件", "Policy"),
    EVIDENCE,
)
_YEARLY = re.compile(r"^每年(\d{1,2})月(?:(\d{1,2})日|底|末)(?:前|之前|以前)?$")
_CITY_OFFICE = re.compile(r"^(?:各)?(?:地级以上市|市级|地市|各市)")


@dataclass(frozen=True, slots=True)
class Event:
    """A day on which something happens: what, of which policy, who acts; the node that states it."""

    id: str
    day: date
    what: Phrase
    name: str
    policy: Node | None
    who: str | None = None
    to: str | None = None
    basis: tuple[Basis, ...] = ()


def add_months(day: date, count: int) -> date:
    """The same day so many months later, the last of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


def events(index: Index, start: date, end: date, *, agency: str | None = None) -> list[Event]:
    """Everything that happens from `start` to before `end`, in the order of days.

    Args:
        index: the graph.
        start, end: the first day, and the first day after.
        agency: only what this agency does or receives.

    Raises:
        NotFound: no agency of that name; with near names.
    """
    found = [*_terms(index), *_deadlines(index, start, end), *_instruments(index), *_tasks(index), *_targets(index)]
    if agency is not None:
        names = _office(agency)
        found = [one for one in found if any(name in (one.who or "") + (one.to or "") for name in names)]
    return sorted(
        (one for one in found if start <= one.day < end), key=lambda one: (one.day, one.what, one.name, one.id)
    )


def table_of(index: Index, found: Sequence[Event], start: date, end: date) -> Table:
    """The table of days; it says what recurs without a day of the year."""
    last = end - timedelta(days=1)
    notes = [_BY_TEXT, *_undated(index)]
    if not found:
        words = ("{} 至 {} 无记录：载入的文件没有落在这段时间的节点", "{} to {}: the loaded documents have no such day")
        notes.insert(0, phrase(*words, start, last))
    rows = [(one.id, one.day.isoformat(), one.what, one.name, one.who, one.to, _label(one), one.basis) for one in found]
    return Table(f"{start} 至 {last} 时间节点", COLUMNS, rows, tuple(notes), title_en=f"Dates {start} to {last}")


_BY_TEXT = Phrase(
    "到期日按文本推算；是否被后续文件修订或废止：未知",
    "Terms by the texts; whether later documents amend or repeal them is unknown",
)


def ics(found: Iterable[Event]) -> bytes:
    """The days as an iCalendar file; the same days give the same bytes."""
    from icalendar import Calendar
    from icalendar import Event as Entry

    book = Calendar()
    book.add("prodid", "-//Cluster Atlas//clusteratlas//ZH")
    book.add("version", "2.0")
    for one in found:
        entry = Entry()
        entry.add("uid", f"{one.id.replace('/', '-')}-{one.day:%Y%m%d}-{one.what}@clusteratlas.example")
        # The standard wants to know when the entry was made; the day itself keeps the file the same in every run.
        entry.add("dtstamp", _midnight(one.day))
        entry.add("dtstart", one.day)
        entry.add("dtend", one.day + timedelta(days=1))
        entry.add("summary", f"{one.what}：{one.name}")
        said = [f"{head}：{text}" for head, text in (("谁办", one.who), ("报给谁", one.to)) if text]
        entry.add("description", "\n".join([*said, *(f"依据：{basis.cite}" for basis in one.basis[:3])]))
        book.add_component(entry)
    return bytes(book.to_ical())


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _label(one: Event) -> str | None:
    return None if one.policy is None else label(one.policy)


def _day(value: object) -> date | None:
    return None if value is None else date.fromisoformat(str(value))


_BEGINS = Phrase("施行", "comes into force")
_ENDS = Phrase("到期", "expires")
_DONE = Phrase("任务完成", "task due")
_TARGET = Phrase("目标年末", "end of the target year")
_FROM = Phrase("开始适用", "begins to apply")
_UNTIL = Phrase("停止适用", "ceases to apply")
_SPENT_FROM = Phrase("支出起算", "spending counts from")
_SPENT_UNTIL = Phrase("支出截止", "spending counts until")


def _terms(index: Index) -> Iterator[Event]:
    """The days on which policies come into force and end."""
    for policy in index.of("Policy"):
        basis = index.basis(policy.id)
        if (day := _day(policy.properties.get("effective"))) is not None:
            yield Event(policy.id, day, _BEGINS, label(policy), policy, basis=basis)
        if (day := _day(policy.properties.get("expires"))) is not None:
            said = _expiry(index, policy, day)
            yield Event(policy.id, day, _ENDS, label(policy), policy, basis=said or basis)


def _expiry(index: Index, policy: Node, day: date) -> tuple[Basis, ...]:
    """The evidence of the clause that says when a policy ends."""
    for one in index.out(policy.id, "provides"):
        if one.cls == "Deadline" and one.properties["what"] == "到期" and _day(one.properties.get("date")) == day:
            return index.basis(one.id)
    return ()


def _deadlines(index: Index, start: date, end: date) -> Iterator[Event]:
    for node in index.of("Deadline"):
        known, policy = node.properties, policy_stating(index, node.id)
        day = _day(known.get("date"))
        if known["what"] == "到期" and policy is not None and day == _day(policy.properties.get("expires")):
            continue  # the term of the policy itself
        who, to = known.get("who"), known.get("to")
        days = [day] if day is not None else _each_year(str(known.get("recurs", "")), start, end)
        for one in days:
            if day is not None or _in_force(policy, one):
                yield Event(
                    node.id,
                    one,
                    coded("deadline-kind", str(known["what"])),
                    str(known["scope"]),
                    policy,
                    None if who is None else str(who),
                    None if to is None else str(to),
                    index.basis(node.id),
                )


def _each_year(recurs: str, start: date, end: date) -> list[date]:
    """The days of 每年1月15日前, 每年6月底前 in a span; none where the words name no day of the year."""
    match = _YEARLY.match(recurs)
    if match is None or not 1 <= int(match[1]) <= 12:
        return []
    found = []
    for year in range(start.year, end.year + 1):
        last = months.monthrange(year, int(match[1]))[1]
        found.append(date(year, int(match[1]), min(int(match[2] or last), last)))
    return found


def _in_force(policy: Node | None, day: date) -> bool:
    if policy is None:
        return True
    first, last = (_day(policy.properties.get(name)) for name in ("effective", "expires"))
    first = first or _day(policy.properties.get("issued"))
    return (first is None or first <= day) and (last is None or day <= last)


def _instruments(index: Index) -> Iterator[Event]:
    """Where the days of an instrument differ from those of its policy, and the span in which money must be spent."""
    for node in index.of("Instrument"):
        policy = policy_stating(index, node.id)
        own = {} if policy is None else policy.properties
        for name, what, known in (
            ("valid_from", _FROM, own.get("effective")),
            ("valid_to", _UNTIL, own.get("expires")),
            ("spending_from", _SPENT_FROM, None),
            ("spending_to", _SPENT_UNTIL, None),
        ):
            if (day := _day(node.properties.get(name))) is not None and day != _day(known):
                shown = str(node.properties["name"])
                yield Event(node.id, day, what, shown, policy, basis=index.basis(node.id))


def _tasks(index: Index) -> Iterator[Event]:
    for node in index.of("Task"):
        if (day := _day(node.properties.get("deadline"))) is not None:
            agencies = [one for relation in ("ledBy", "sharedBy") for one in index.out(node.id, relation)]
            who = "、".join(dict.fromkeys(str(one.properties["name"]) for one in agencies))
            policy = policy_stating(index, node.id)
            name = str(node.properties["name"])
            yield Event(node.id, day, _DONE, name, policy, who or None, basis=index.basis(node.id))


def _targets(index: Index) -> Iterator[Event]:
    """The end of the year for which a policy sets targets: one day for each policy and year."""
    for policy in index.of("Policy"):
        figures: dict[int, list[Node]] = {}
        for one in index.out(policy.id, "provides"):
            if one.cls == "Figure" and one.properties["kind"] == "target" and "year" in one.properties:
                figures.setdefault(int(str(one.properties["year"])), []).append(one)
        for year, due in sorted(figures.items()):
            basis = tuple(dict.fromkeys(b for one in due for b in index.basis(one.id)[:1]))
            count = phrase("{} 项指标的目标年", "{} targets are set for this year", len(due))
            yield Event(policy.id, date(year, 12, 31), _TARGET, count, policy, basis=basis)


def _undated(index: Index) -> Iterator[Phrase]:
    """What recurs without a day of the year (认定后3年): said, not put on a day."""
    for node in index.of("Deadline"):
        recurs = str(node.properties.get("recurs", ""))
        if recurs and _YEARLY.match(recurs) is None:
            policy = policy_stating(index, node.id)
            source = "" if policy is None else label(policy)
            what = coded("deadline-kind", str(node.properties["what"]))
            words = ("没有固定日期，未列：{} {}（{}）{}", "Without a day of the year, not listed: {} {} ({}) {}")
            yield phrase(*words, node.properties["scope"], what, recurs, source)


def _office(agency: str) -> set[str]:
    """The words that name an agency in a deadline; 市级 and 地级以上市 offices are one."""
    try:
        known = vocabulary().agency(agency)
    except NotFound:
        if not agency.endswith(("局", "厅", "委", "部门", "政府")):
            raise
        names = {agency}
    else:
        names = {known.name, known.full_name, *known.labels}
    return (
        names | {_CITY_OFFICE.sub("市级", name) for name in names} | {_CITY_OFFICE.sub("地级以上市", n) for n in names}
    )
