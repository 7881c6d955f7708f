"""五个一: the five things that each cluster is to have, as documents define them, and what the graph knows of each."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.tables import Node
from queries.index import Basis, Index
from queries.industry import fill, naming, things
from queries.industry.firms import firms
from queries.industry.gaps import NO_DATA, NOT_NAMED
from queries.industry.registry import DOCUMENTS, Asked
from queries.phrase import Phrase, coded, joined, phrase

CALLED = "五个一"
_ITEM = re.compile(r"一[张份套个家项批支][^、，。；（）]+")
_DEFINED = re.compile(rf"{CALLED}[^（(。；]{{0,9}}[（(]([^（）()]+)[）)]")
_HOLDS = (("企业", "firms"), ("项目", "projects"), ("创新", "platforms"), ("政策", "policies"))
"""What the graph holds for a thing whose name has the word; of others it holds nothing."""
_SHARED = 2
"""A sentence is about one of the things if they share at least so many signs in a row."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A block of a document's text."""

    file: str
    line: int
    section: str
    cite: str
    text: str


@dataclass(frozen=True, slots=True)
class One:
    """One of the five: its name as printed, and the sentence that says what it is to be; None where none does."""

    name: str
    said: Passage | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger.

    Attributes:
        one: the name of one of the five.
        kind: said (what the document asks for), or what the graph holds: firms, projects, platforms, policies, none.
        thing: id of what fills it; None where nothing does.
        places: ids of its cities.
        status: a notation of `silence`, "" where there is something.
        detail: in words.
        cite: where `said` is printed; the text is no evidence of the graph.
        evidence: sentences that name the thing.
    """

    one: str
    kind: str
    thing: str | None
    places: tuple[str, ...]
    status: str
    detail: Phrase
    cite: str
    evidence: tuple[Basis, ...]


# ---- What documents say that the five are


def defined(passages: Sequence[Passage]) -> list[tuple[Passage, tuple[str, ...]]]:
    """The sentences that list the five in brackets, with the names in them."""
    return [
        (one, tuple(item.group() for item in _ITEM.finditer(found.group(1))))
        for one in passages
        if (found := _DEFINED.search("".join(one.text.replace("”", "").split()))) is not None
    ]


def ones(index: Index, cluster: str, passages: Sequence[Passage]) -> list[One]:
    """The five of a cluster: from a section of its own document, else from the first sentence that lists them.

    Args:
        index: the graph.
        cluster: id.
        passages: the text of all documents.
    """
    section = [one for one in passages if CALLED in one.section and _about(index, cluster, one)]
    named = [one.text for one in section if _ITEM.fullmatch(one.text)]
    if named:
        said = [one for one in section if one.text not in named and one.text.endswith("。")]
        return _matched(named, said)
    return next(([One(name, None) for name in names] for _, names in defined(passages) if names), [])


def _about(index: Index, cluster: str, passage: Passage) -> bool:
    return any(name in passage.cite for name in naming.names(index, cluster))


def _matched(names: Sequence[str], said: Sequence[Passage]) -> list[One]:
    """Names with the sentence that shares the longest words with each, every sentence once: on a slide the order is no
    guide, for text and headings stand in boxes."""
    shared = sorted(
        ((_common(name, one.text), -i, -j) for i, name in enumerate(names) for j, one in enumerate(said)), reverse=True
    )
    found: dict[int, int] = {}
    for length, i, j in shared:
        if length >= _SHARED and -i not in found and -j not in found.values():
            found[-i] = -j
    return [One(name, said[found[i]] if i in found else None) for i, name in enumerate(names)]


def _common(name: str, text: str) -> int:
    """The length of the longest run of signs that a text has in common with a name."""
    return max((j - i for i in range(len(name)) for j in range(i + 1, len(name) + 1) if name[i:j] in text), default=0)


# ---- What the graph knows of each


def five(index: Index, cluster: str, city: str | None, passages: Sequence[Passage]) -> list[Entry]:
    """The ledger: for each of the five what the document asks for, then what the graph holds.

    Args:
        index: the graph.
        cluster: id.
        city: id; None for all cities.
        passages: the text of all documents.

    Returns:
        Nothing where no document says what the five are.
    """
    return [entry for one in ones(index, cluster, passages) for entry in _entries(index, cluster, city, one)]


def _entries(index: Index, cluster: str, city: str | None, one: One) -> Iterator[Entry]:
    if one.said is not None:
        yield Entry(one.name, "said", None, (), "", Phrase(one.said.text), one.said.cite, ())
    kind = next((kind for word, kind in _HOLDS if word in one.name), "none")
    if kind == "none":
        if one.said is None:
            yield _silent(one, kind, NO_DATA, _NOT_LOADED)
    elif kind == "firms":
        yield from _firms(index, cluster, city, one)
    else:
        found = list(
            _policies(index, cluster, city, one) if kind == "policies" else _sited(index, cluster, city, one, kind)
        )
        yield from found or [_silent(one, kind, NOT_NAMED, _NONE_NAMED)]


def _silent(one: One, kind: str, status: str, why: Phrase) -> Entry:
    return Entry(one.name, kind, None, (), status, why, "", ())


_NOT_LOADED = Phrase("没有载入写明它的文件", "no document that says which one it is is loaded")
_NONE_NAMED = Phrase("载入的文件没有点名，不等于没有", "the loaded documents name none; there may be some")


def _firms(index: Index, cluster: str, city: str | None, one: One) -> Iterator[Entry]:
    for firm in firms(index, Asked(city, cluster)):
        if firm.company is not None:
            relation = coded("company-relation", firm.relation)
            places = () if firm.city is None else (firm.city,)
            yield Entry(one.name, "firms", firm.company, places, "", relation, "", firm.evidence)
        elif firm.source == DOCUMENTS:
            yield Entry(one.name, "firms", None, (), firm.status, _NONE_NAMED, "", firm.evidence)
        elif firm.status == NO_DATA or not firm.stages:
            yield _silent(one, "firms", firm.status, firm.detail)


def _sited(index: Index, cluster: str, city: str | None, one: One, kind: str) -> Iterator[Entry]:
    """Projects, or laboratories, centres and platforms, of the cluster in the city."""
    cls = "Project" if kind == "projects" else "Platform"
    members = (cluster, *things.subsectors(index, cluster))
    found = {node.id: node for thing in members for node in index.into(thing, "activeIn") if node.cls == cls}
    for node in found.values():
        places = _cities(index, node)
        if city is None or city in places:
            firms_of = joined((index.name(e.target) for e in index.edges(node.id, "undertakenBy")), "、", ", ")
            what = coded("place-kind", str(node.properties.get("kind", "")))
            detail = joined((what, phrase("承担单位：{}", "undertaken by {}", firms_of) if firms_of else ""))
            yield Entry(one.name, kind, node.id, places, "", detail, "", index.basis(node.id))


def _cities(index: Index, node: Node) -> tuple[str, ...]:
    """The places of a node; of what stands on a site, also those of the site."""
    places = index.out(node.id, "locatedIn")
    beyond = [edge.target for one in places if one.cls == "Site" for edge in index.edges(one.id, "locatedIn")]
    return tuple(dict.fromkeys((*(one.id for one in places if one.cls != "Site"), *beyond)))


def _policies(index: Index, cluster: str, city: str | None, one: One) -> Iterator[Entry]:
    for payer in fill.payers(index, city, cluster):
        yield Entry(one.name, "policies", payer.id, (), "", payer.note(), "", index.basis(payer.id))
