"""Who could fill a gap, which policies would pay, and whether the city's own plan wants it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.tables import Node, Value
from queries.index import Basis, Index
from queries.industry import naming, things
from queries.industry.naming import Namings
from queries.match.applicants import paid
from queries.match.match import closing
from queries.match.offers import offers
from queries.match.places import home_elsewhere
from queries.phrase import Phrase, coded, joined, phrase

SECOND_HAND = frozenset({"解读", "发布会"})
"""Grades of documents that report a rule and do not make it."""
NOT_MONEY = "soft"
_JOINED = re.compile(r"[、及与和]")
_SHORT = 2
"""A part of two signs (文教) is too common to be looked for."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A city that is named for what is missing, or a firm that is named for its cluster.

    `role` is a notation of `role` for a city, the relation as printed in the graph for a firm.
    """

    kind: str
    id: str
    name: str
    role: str

    def words(self) -> Phrase:
        """As people read it: 广州（核心）."""
        role = coded("role" if self.kind == "city" else "company-relation", self.role)
        return phrase("{}（{}）", "{} ({})", self.name, role) if role else phrase("{}", "{}", self.name)


@dataclass(frozen=True, slots=True)
class Payer:
    """An instrument that would pay in a city for a cluster.

    Attributes:
        id, name: of the Instrument.
        policy: number of the policy, else its title.
        expires: the last day by the text, ISO 8601; None where nothing is said.
        draft: whether the policy is a draft.
        hard: whether it says money, a ratio, a cap or a threshold.
        regional: whether it names the places where it pays.
        closes: the last day of its call, where that is before it expires or nothing is said of that.
        payee: whom it pays, where that is no firm (各地级以上市政府).
        over: whether it is over on the day of the question.
    """

    id: str
    name: str
    policy: str
    expires: str | None
    draft: bool
    hard: bool
    regional: bool
    closes: str | None = None
    payee: str | None = None
    over: bool = False

    def words(self) -> Phrase:
        """As a row names it; no clock runs here, so a call that has a last day says it."""
        over = self._until if self.over and not self.closes else ""
        return phrase("{}（{}{}{}{}）", "{} ({}{}{}{})", self.name, self.policy, self._paid, over, self._closing)

    @property
    def _closing(self) -> Phrase:
        return phrase("，该次申报截至 {}", ", that call closed on {}", self.closes) if self.closes else Phrase("")

    @property
    def _until(self) -> Phrase:
        if self.expires is None:
            return Phrase("")
        if self.over:
            return phrase("，按文本已于 {} 到期", ", over since {} by its text", self.expires)
        return phrase("，按文本推算有效至 {}", ", in force until {} by its text", self.expires)

    @property
    def _paid(self) -> Phrase:
        return phrase("，支持对象为{}", ", paid to {}", self.payee) if self.payee else Phrase("")

    def note(self) -> Phrase:
        """As a note explains it."""
        draft = Phrase("，征求意见稿", ", draft") if self.draft else ""
        money = "" if self.hard else Phrase("，未写明金额", ", no sum stated")
        said = (self._paid, draft, self._until, self._closing, money)
        return phrase("{}（{}{}）", "{} ({}{})", self.name, self.policy, joined(said, "", ""))


@dataclass(frozen=True, slots=True)
class Plan:
    """Whether the city's own documents want a thing: yes; part where they name one of the things that a name joins;
    not_said where nothing that was read from them names it; no_data where none of them is loaded."""

    status: str
    evidence: tuple[Basis, ...] = ()


PLAN_WORDS = (
    ("yes", "市级已谋划", "in the city's own plan"),
    ("part", "市级文件提到其中一部分", "the city's own plan says a part of it"),
    ("not_said", "市级文件读出处未提及", "nothing read from the city's own plan says it"),
    ("no_data", "无数据（未载入该市文件）", "no data: no plan of the city is loaded"),
)


def candidates(index: Index, named: Namings, clusters: Iterable[str], without: str | None) -> tuple[Candidate, ...]:
    """The other cities that are named, the strongest role first, then the firms named in them for the cluster."""
    others = [one for city, one in named.cities.items() if city != without]
    others.sort(key=lambda one: (-naming.role_rank(one.role), one.place))
    cities = [Candidate("city", one.place, index.name(one.place), one.role) for one in others]
    return (*cities, *firms(index, clusters, {one.id for one in cities}))


def firms(index: Index, clusters: Iterable[str], cities: Iterable[str]) -> tuple[Candidate, ...]:
    """The firms that the documents name for a cluster in one of the cities."""
    wanted = set(cities)
    found: dict[str, Candidate] = {}
    for cluster in clusters:
        for mention in index.into(cluster, "aboutCluster"):
            if mention.cls == "Mention" and wanted & {e.target for e in index.edges(mention.id, "aboutPlace")}:
                for company in index.out(mention.id, "aboutCompany"):
                    role = str(mention.properties.get("relation", ""))
                    found.setdefault(company.id, Candidate("company", company.id, index.name(company.id), role))
    return tuple(sorted(found.values(), key=lambda one: one.id))


def last_days(index: Index) -> Mapping[str, str]:
    """The last day of each instrument that has one: of its policy's term, or of the call."""
    return {one.id: day for one in offers(index) if (day := closing(one)) is not None}


def payers(
    index: Index, city: str | None, cluster: str, last: Mapping[str, str] | None = None, date: str | None = None
) -> tuple[Payer, ...]:
    """The instruments that would pay in a city for a cluster: those with money first, those that are over last.

    What pays firms stands before what pays others, and what stays open before a call that had its last day.

    Left out: what another city pays, what excludes the city, what only a report of a rule says, and support without
    money that is not meant for this cluster in particular.

    Args:
        index: the graph.
        city: id; None for any.
        cluster: id.
        last: from `last_days`, for one who asks often.
        date: day of the question, ISO 8601; without one nothing is called over.
    """
    found = []
    last = last_days(index) if last is None else last
    for node in index.of("Instrument"):
        targets = {edge.target for edge in index.edges(node.id, "targets")}
        hard = node.properties.get("strength") != NOT_MONEY
        policy = next(iter(index.into(node.id, "provides")), None)
        if policy is None or policy.properties.get("grade") in SECOND_HAND:
            continue
        if (targets and cluster not in targets) or not (hard or targets == {cluster}):
            continue
        said = policy.properties
        if not _available(index, node.id, city) or _of_others(index, city, said):
            continue
        until = node.properties.get("valid_to", said.get("expires"))
        closes = last.get(node.id)
        whom = node.properties.get("beneficiary")
        days = [day for day in (closes, None if until is None else str(until)) if day is not None]
        found.append(
            Payer(
                node.id,
                str(node.properties["name"]),
                str(said.get("doc_number", said["name"])),
                None if until is None else str(until),
                said.get("draft") is True,
                hard,
                bool(index.edges(node.id, "availableIn")),
                closes if closes is not None and (until is None or closes < str(until)) else None,
                str(whom) if whom is not None and paid(str(whom)) != "firm" else None,
                date is not None and bool(days) and min(days) < date,
            )
        )
    return tuple(sorted(found, key=_order))


def _order(one: Payer) -> tuple[object, ...]:
    return (
        one.over,
        not one.hard,
        one.draft,
        one.payee is not None,
        one.closes is not None,
        not one.regional,
        one.id,
    )


def _available(index: Index, instrument: str, city: str | None) -> bool:
    """Whether a city may apply; without a city, whether any may."""
    if city is None:
        return True
    places = {edge.target for edge in index.edges(instrument, "availableIn")}
    excluded = {edge.target for edge in index.edges(instrument, "excludes")}
    mine = {city, *(edge.target for edge in index.edges(city, "inRegion"))}
    return not mine & excluded and (not places or bool(mine & places))


def _of_others(index: Index, city: str | None, policy: Mapping[str, Value]) -> bool:
    """Whether a policy is of another city or province."""
    known = policy.get("jurisdiction")
    return city is not None and home_elsewhere(index.name(city), None if known is None else str(known)) is not None


def registrations(index: Index) -> Sequence[Node]:
    """The rows of the registries that are loaded; that documents name a firm puts it into none."""
    return index.of("Registration")


def registry(index: Index) -> bool:
    """Whether a registry of firms is loaded."""
    return bool(registrations(index))


def recorded(index: Index, thing: str) -> list[Node]:
    """The firms that a registry puts in a thing; for a cluster also those in its subsectors."""
    within = things.subsectors(index, thing) if index.node(thing).cls == "Cluster" else (thing,)
    parts = dict.fromkeys((thing, *(one for part in within for one in things.same(index, part))))
    said = (one for part in parts for one in index.into(part, naming.ABOUT[index.node(part).cls]))
    firms = (firm for one in said if one.cls == "Registration" for firm in index.out(one.id, "aboutCompany"))
    return list({firm.id: firm for firm in firms}.values())


def rows(index: Index, firm: str) -> list[Node]:
    """The rows of registries about a firm."""
    return [one for one in index.into(firm, "aboutCompany") if one.cls == "Registration"]


def activities(index: Index, firm: str) -> tuple[str, ...]:
    """The clusters and stages that a registry puts a firm in."""
    found = (
        e.target for row in rows(index, firm) for about in naming.ABOUT.values() for e in index.edges(row.id, about)
    )
    return tuple(dict.fromkeys(found))


def seats(index: Index, firm: str) -> tuple[str, ...]:
    """The cities where a firm is registered."""
    return tuple(dict.fromkeys(edge.target for edge in index.edges(firm, "locatedIn")))


@dataclass(frozen=True)
class Plans:
    """What each city's own documents say: by city, the ids of their evidence with its text."""

    index: Index
    said: Mapping[str, tuple[tuple[str, str], ...]]

    @classmethod
    def of(cls, index: Index) -> "Plans":
        """Documents of a city: municipal ones whose title begins with its name."""
        found: dict[str, tuple[tuple[str, str], ...]] = {}
        for document in index.of("Document"):
            if document.properties.get("level") == "municipal":
                for city in index.of("City"):
                    if str(document.properties.get("name", "")).startswith(str(city.properties["name"])):
                        said = tuple((one.id, naming.said_text(one)) for one in index.into(document.id, "inDocument"))
                        found[city.id] = (*found.get(city.id, ()), *said)
        return cls(index, found)

    def plan(self, city: str, things: Iterable[str], limit: int = 2) -> Plan:
        """Whether the city's own documents name one of the things."""
        if city not in self.said:
            return Plan("no_data")
        wanted = tuple(things)
        found = [one for one, text in self.said[city] if naming.says(self.index, wanted, self.index.node(one), text)]
        if found:
            return Plan("yes", naming.evidence(self.index, found[:limit]))
        parts = {part for thing in wanted for name in naming.names(self.index, thing) for part in _parts(name)}
        found = [one for one, text in self.said[city] if any(part in text for part in parts)]
        return Plan("part", naming.evidence(self.index, found[:limit])) if found else Plan("not_said")


def _parts(name: str) -> list[str]:
    """The things that a name joins (芯片设计及底层工具软件 -> 芯片设计, 底层工具软件); none where it joins nothing."""
    found = _JOINED.split(name)
    return [one for one in found if len(one) > _SHORT] if len(found) > 1 else []
