"""When two names are one firm: legal form, place and trade may be left out, where nothing else could be meant.

A name is read as place + core + trade + general word + legal form (东莞 某某 半导体 科技 有限公司); the words that may
stand in each part are a code list. The core must be the same, and then

- *form*: names that differ in the legal form only are one;
- *general*: a name and the same name with a general word (集团, 技术) are one;
- *place*: core + trade and place + core + trade are one, where the documents name the first for that place;
- *trade*: place + core and core + trade are one under the same condition, unless the bare core is a firm of its own.

The last three hold only where the names that they would join do not contradict each other: two places of which none
holds the other, two trades, two general words (某某电机 of two cities; 某某科技 beside 某某实业) join none of them. So
a trade is never left out of a name without a place (终端 or 半导体 is often a firm of its own beside its parent), and a
firm that is named for another city only stays apart. Where the rules err, they leave two firms that are one;
`facts.csv` joins those, by correcting the name.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from ontology.vocabulary import Place, vocabulary

_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Firm:
    """A node of a firm: all its names, and the ids of the cities for which documents name it."""

    id: str
    names: frozenset[str]
    cities: frozenset[str]


@dataclass(frozen=True, slots=True)
class Parts:
    """A firm's name, read; `place` is the id of a city or a province, None where the name has none."""

    place: str | None
    core: str
    trade: tuple[str, ...]
    general: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """Two ids that are one, with the rule that says so, in Chinese."""

    one: str
    other: str
    rule: str


FORM = "企业名称只差公司形式"
GENERAL = "企业名称只差通用词"
PLACE = "企业名称只差地名，文件正是就该地点名"
TRADE = "地名加字号与字号加行业，文件正是就该地点名，且别无所指"


@cache
def _words(kind: str) -> tuple[str, ...]:
    """The words of a kind (form, general, trade), longest first."""
    return tuple(sorted(vocabulary().codes("company-word")[kind].labels, key=lambda word: (-len(word), word)))


@cache
def _places() -> tuple[tuple[str, Place], ...]:
    """Names of cities and provinces that may open a firm's name, longest first."""
    known: dict[str, Place] = {}
    for name, meant in vocabulary().place_names().items():
        if len(meant) == 1 and (meant[0].cls == "City" or (meant[0].code or "").endswith("0000")):
            known[name] = meant[0]
    ends = {"City": "市"}
    known |= {name + ends.get(p.cls, "省"): p for name, p in known.items() if name[-1] not in "市省"}
    return tuple(sorted(known.items(), key=lambda item: (-len(item[0]), item[0])))


@cache
def parts(name: str) -> Parts | None:
    """The parts of a firm's name; None where it has no core of its own. A branch's words stay in its core."""
    rest = re.sub(r"[\s（）()“”\"]", "", unicodedata.normalize("NFKC", name)).casefold()
    place = next(((label, one) for label, one in _places() if rest.startswith(label)), None)
    if place is not None:
        rest = rest.removeprefix(place[0])
    if form := next((form for form in _words("form") if rest.endswith(form)), None):
        rest = rest.removesuffix(form)
    general, rest = _stripped(rest, "general")
    trade, rest = _stripped(rest, "trade")
    # A core that is a trade, a cluster or a place says which industry and not which firm.
    if len(rest) < _SHORTEST or rest in _common():
        return None
    return Parts(place[1].id if place else None, rest, trade, general)


def _stripped(rest: str, kind: str) -> tuple[tuple[str, ...], str]:
    """Words of a list taken off the end of a name, of which at least two signs stay."""
    found: list[str] = []
    while word := next((w for w in _words(kind) if rest.endswith(w) and len(rest) - len(w) >= _SHORTEST), None):
        found.insert(0, word)
        rest = rest.removesuffix(word)
    return tuple(found), rest


@cache
def _common() -> frozenset[str]:
    listed = {word for kind in ("form", "general", "trade") for word in _words(kind)}
    places = {label for label, _ in _places()}
    return frozenset(name.casefold() for name in {*listed, *places, *vocabulary().cluster_names()})


@cache
def _province(place: str) -> str | None:
    """The first two figures of the code of a city or a province."""
    known = next((p for _, p in _places() if p.id == place), None)
    return known.code[:2] if known is not None and known.code else None


def _holds(place: str, city: str) -> bool:
    """Whether a place is the city or its province."""
    return place == city or (not place.startswith("city/") and _province(place) == _province(city) is not None)


def firm_links(firms: Iterable[Firm]) -> Iterator[Link]:
    """The pairs of firms that are one, with the rule; the same for any order of the firms.

    Args:
        firms: every firm of a graph.
    """
    by_core: dict[str, list[Firm]] = defaultdict(list)
    for firm in sorted(firms, key=lambda one: one.id):
        for core in sorted({p.core for name in firm.names if (p := parts(name)) is not None}):
            by_core[core].append(firm)
    for core in sorted(by_core):
        yield from _of_core(core, by_core[core])


def _of_core(core: str, firms: Sequence[Firm]) -> Iterator[Link]:
    read = {
        firm.id: frozenset(p for name in firm.names if (p := parts(name)) is not None and p.core == core)
        for firm in firms
    }
    alone = any(p == Parts(None, core, (), p.general) for ps in read.values() for p in ps)
    links = []
    for one, other in combinations(firms, 2):
        if read[one.id] & read[other.id]:
            yield Link(one.id, other.id, FORM)
            links.append(Link(one.id, other.id, FORM))
            continue
        rules = {_rule(a, b, one, other, alone) for a in read[one.id] for b in read[other.id]} - {None}
        links += [Link(one.id, other.id, rule) for rule in sorted(filter(None, rules))[:1]]
    for group in _groups(links):
        if not _contradict({p for name in group for p in read[name]}):
            yield from (link for link in links if link.one in group and link.rule != FORM)


def _rule(a: Parts, b: Parts, one: Firm, other: Firm, alone: bool) -> str | None:
    """The rule by which two readings of the same core are one firm."""
    if a.place == b.place and a.trade == b.trade and () in (a.general, b.general):
        return GENERAL
    placed, free, cities = (a, b, other.cities) if a.place is not None else (b, a, one.cities)
    if placed.place is None or free.place is not None or not any(_holds(placed.place, city) for city in cities):
        return None
    if placed.trade == free.trade != ():
        return PLACE
    return TRADE if placed.trade == () != free.trade and not alone else None


def _groups(links: Sequence[Link]) -> list[set[str]]:
    groups: list[set[str]] = []
    for link in links:
        touching = [group for group in groups if group & {link.one, link.other}]
        groups = [group for group in groups if group not in touching]
        groups.append({link.one, link.other}.union(*touching))
    return groups


def _contradict(readings: set[Parts]) -> bool:
    """Whether names cannot all be one firm's."""
    places = {p.place for p in readings if p.place is not None}
    trades = {p.trade for p in readings if p.trade}
    general = {p.general for p in readings if p.general}
    apart = any(not _holds(a, b) and not _holds(b, a) for a, b in combinations(sorted(places), 2))
    return apart or len(trades) > 1 or len(general) > 1
