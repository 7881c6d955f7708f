"""Which companies a document names, for which city and which cluster, and as what."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from loaders.companies.families import aliases
from loaders.companies.found import Found
from loaders.companies.names import doubtful, names
from loaders.companies.words import bare_names, stem
from loaders.document.document import Block, Document
from loaders.document.text import Text, sentences
from loaders.grammar import where
from loaders.grammar.grammar import place_lists, place_names
from loaders.layout.clusters import cluster_of, mentioned, title_cluster
from loaders.policy.home import home_city
from loaders.reading import Reading, Rejected
from ontology.facts import CompanyFact
from ontology.vocabulary import Place, vocabulary


def companies(document: Document) -> Reading:
    """The companies that a document names.

    Args:
        document: any document.

    Returns:
        One CompanyFact for each name, city, cluster and relation in a block, in the order of the text; rejected are
        lists of leading firms whose members look like trades.
    """
    known: list[str] = []
    cities: dict[str, str] = {}  # of firms that a text goes on to call without their place
    facts: list[CompanyFact] = []
    rejected: list[Rejected] = []
    seen: set[tuple[int, str, str | None, str | None, str]] = set()
    titles = [block.line for block in document.blocks if block.kind == "title"]
    home = home_city(document)
    for block, piece in _pieces(document):
        known += aliases(piece.string)
        for found in names(piece.string, frozenset(known)):
            fact = _fact(document, block, piece, found, home)
            if found.name in cities:
                fact = replace(fact, city=cities[found.name])
            # A table of tasks says again what the prose of its policy says: once for each policy.
            place = bisect_right(titles, block.line) if block.kind == "row" else -block.line
            keys = {(place, fact.name, fact.city, fact.cluster, fact.relation)}
            if not keys & seen:
                facts.append(fact)
            seen |= keys | {(bisect_right(titles, block.line), fact.name, fact.city, fact.cluster, fact.relation)}
            short = (*bare_names(found.name), *(own for own in (stem(found.name),) if own and len(own) > 2))
            known += [name for name in (found.name, *short) if _may_recur(name)]
            if fact.city:
                cities |= dict.fromkeys(short, fact.city)
        for a, b in doubtful(piece.string):
            line = document.source.line(piece[a:b].source()[0])
            rejected.append(Rejected("companies", line, piece.string[a:b], "像是行业或产品的列举，不作为企业名称"))
    return Reading(tuple(facts), tuple(rejected))


def _pieces(document: Document) -> Iterator[tuple[Block, Text]]:
    """The sentences of prose and the cells of tables."""
    for block in document.blocks:
        if block.kind == "row":
            yield from ((block, cell) for cell in block.cells if len(cell))
        elif block.kind in ("paragraph", "list"):
            yield from ((block, sentence) for sentence in sentences(block.text))


def _may_recur(name: str) -> bool:
    """Whether a name is distinct enough to be known again: more than a cluster's name or a word of one."""
    return not any(
        name in label or (label in name and len(name) < len(label) + 2) for label in vocabulary().cluster_names()
    )


def _fact(document: Document, block: Block, piece: Text, found: Found, home: Place | None) -> CompanyFact:
    written = piece.string[found.start : found.end]
    return CompanyFact(
        evidence=document.evidence(block, _quote(piece, found)),
        name=found.name,
        as_written=written,
        city=_city(block, piece.string, found, home),
        seat=None,
        cluster=_cluster(document, block, piece.string, found),
        relation=_relation(found),
    )


def _quote(piece: Text, found: Found) -> Text:
    """The clauses around a name, at most 200 characters with the name inside."""
    if len(piece) <= 160:
        return piece.strip("。；， \n")
    start = max(piece.string.rfind(sign, 0, found.start) for sign in "，。；：") + 1
    start = max(start, found.start - 120)
    ends = [at for sign in "，。；" if (at := piece.string.find(sign, found.end)) >= 0]
    return piece[start : min([*ends, len(piece), start + 180])].strip("。；， \n")


def _city(block: Block, sentence: str, found: Found, home: Place | None) -> str | None:
    """The city that the sentence is about: in the name, the subject, our city, the only one of the block."""
    if (seated := _SEAT.match(sentence, found.end)) and (city := _seat_city(seated[1])):
        return city
    for a, b in place_names(found.name):
        place = _place(found.name[a:b])
        if place is not None and place.cls == "City":
            return place.name
        if place is not None and a > 0 and re.search("公司|分行", found.name):  # a branch: its province is its place
            return f"{place.name}省" if place.code else place.name
    if found.name.startswith("省"):
        return _province()
    if at := next((g for g in place_lists(sentence) if g.start == found.end + 1 and sentence[found.end] == "在"), None):
        return at.places[0].name if len(at.places) == 1 and at.places[0].city else None  # 支持甲在<某市>建设…
    if "项目" in found.cue:  # 某某新材<甲市>基地: where its works stand
        works = re.split("[、，。；]", sentence[found.end :])[0]
        inside = [p for a, b in place_names(works) if (p := _place(works[a:b])) and p.cls == "City"]
        if len(inside) == 1:
            return inside[0].name
    before = [g for g in place_lists(sentence[: found.start]) if len(g.places) == 1 and g.places[0].city]
    if before:
        return before[-1].places[0].name
    if home is not None:
        return home.name
    whole = _DUTIES.sub("", block.text.string)
    firms = [(firm.start, firm.end) for firm in names(whole, frozenset())]  # a place in another firm's name is its own
    free = [(a, b) for a, b in place_names(whole) if not any(x <= a < y for x, y in firms)]
    cities = {p.name for a, b in free if (p := _place(whole[a:b])) and p.cls == "City"}
    return next(iter(cities)) if len(cities) == 1 else None


_SEAT = re.compile("（([\u4e00-\u9fff]{2,12})）")


def _seat_city(place: str) -> str | None:
    """The city of a firm's seat in brackets behind its name (某市某县)."""
    cities = [p.name for a, b in place_names(place) if (p := _place(place[a:b])) and p.cls == "City"]
    district = where.district_in(place)
    return cities[0] if cities else where.district_city(district) if district else None


# Who is responsible stands in brackets behind a task; its places are not those of the firms.
_DUTIES = re.compile("（[^（）]*(?:厅|局|委|政府|部门|单位)[^（）]*）")


def _place(name: str) -> Place | None:
    meant = where.names().get(name, ())
    return meant[0] if len(meant) == 1 else None


def _province() -> str | None:
    """The province whose cities the vocabulary holds."""
    codes = {city.province for city in vocabulary().cities}
    names = [r.name for r in vocabulary().regions if r.code and r.code[:2] in codes and r.code.endswith("0000")]
    return f"{names[0]}省" if names else None


def _cluster(document: Document, block: Block, sentence: str, found: Found) -> str | None:
    """The cluster of the headings, else of the sentence, else of the document's title."""
    chain = block.section.chain if block.section else ()
    for section in reversed([s for s in chain if s.kind != "title"]):
        if named := cluster_of(section):
            return named
    after = re.split("[，。；]", sentence[found.end :])[0]
    before = re.split("[，。；]", sentence[: found.start])[-1]
    for words in (found.head, after, before):
        if named := mentioned(words):
            return named
    return title_cluster(document, block.section)


def _relation(found: Found) -> str:
    """The strongest relation whose cue words stand around the name."""
    codes = vocabulary().codes("company-relation")
    matching = [c for c in codes.values() if any(label in found.cue for label in (c.name, *c.labels))]
    return max(matching, key=lambda c: c.rank or 0).notation if matching else "其他"
