"""Which industry a document moves from one place to another: transfers taken on, relief, enclaves, shared parks.

Three forms are read: a sentence with a verb of moving between two places (甲承接乙产业转移, 乙产业向甲转移), two
places bound by a mechanism (甲与乙对口帮扶), and a park or zone whose name says that it belongs to two places.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from loaders.document.document import Block, Document
from loaders.document.text import Text, sentences
from loaders.grammar import where
from loaders.grammar.grammar import PlaceList, place_lists, place_names
from loaders.layout.clusters import cluster_of, title_cluster
from loaders.places.names import Named, named
from loaders.places.objects import objects
from loaders.places.pairs import pair
from loaders.policy.home import home_city
from loaders.reading import Reading, Rejected
from ontology.facts_places import TransferFact
from ontology.vocabulary import Place, vocabulary

TAKEN, RELIEF, ENCLAVE, SHARED, HELP, COOPERATION, ZONE = (
    "承接转移",
    "产业疏解",
    "飞地",
    "产业共建",
    "对口帮扶",
    "对口合作",
    "合作区",
)
_TAKES = re.compile("承接(?P<what>[^，；。]*?)(?:转移(?!至)|项目|外溢|疏解)")
_PARTNER = re.compile("(?:与|同|跟|和)$")
_INDUSTRY = re.compile("产业|生产力|产能|项目|制造|企业")
_MOVES = re.compile("(?:优先|有序|梯度|逐步)?(?:向|至|到)(?P<to>[^，；。]+?)(?:有序|梯度)?转移(?!支付|至)")
_MOVED = re.compile("转移(?:拓展|延伸)?(?:至|到)(?P<to>[^，；。]+)")
_CUE = re.compile("承接[^，；。]{0,12}转移|产业(?:有序|梯度)?转移(?!工业园|园)|疏解|飞地|对口帮扶|对口合作|产业共建")
_RELIEF = re.compile("(?P<from>[^，；。]+?)(?:地区)?(?:产业|功能)?疏解")
_BOUND = re.compile("(?P<how>对口帮扶|结对帮扶|对口支援|对口合作|对口协作|产业共建|产业帮扶)")
_HOW = {"对口合作": COOPERATION, "对口协作": COOPERATION, "产业共建": SHARED}
_PLATFORM = re.compile("产业转移(?:工业|产业)?园|合作区|共建|产业园|工业园|创新园|科技园|飞地|园区")
_PARK = re.compile("^“?([^“”]*?产业转移(?:工业|产业)?园)")
_LOOSE = "东北|中西部|西部|中部|东部"


@dataclass(frozen=True, slots=True)
class _Move:
    """A transfer in a sentence; `start` and `end` bound the words that say it."""

    from_: str | None
    to: str | None
    mechanism: str
    platform: str | None
    start: int
    end: int


def transfers(document: Document) -> Reading:
    """The transfers of industry that a document states.

    Args:
        document: any document.

    Returns:
        One TransferFact for each pair of places and mechanism in a block, in the order of the text; rejected are
        sentences that speak of a transfer and name no place.
    """
    facts: list[TransferFact] = []
    rejected: list[Rejected] = []
    city = home_city(document)
    home = city.name if city else None
    for block in document.blocks:
        if block.kind not in ("paragraph", "list"):
            continue
        seen: set[tuple[str | None, str | None, str, str | None]] = set()
        for sentence in sentences(block.text):
            found = sorted(_moves(sentence.string, block, home), key=lambda move: move.start)
            if not any(move.from_ or move.to for move in found) and (cue := _CUE.search(sentence.string)):
                line = document.source.line(sentence[cue.start() : cue.end()].source()[0])
                rejected.append(Rejected("transfers", line, sentence.string[:200], "说到产业转移，但没有说出地方"))
            for move in found:
                key = (move.from_, move.to, move.mechanism, move.platform)
                if key not in seen and (move.from_ or move.to):
                    seen.add(key)
                    facts.append(_fact(document, block, sentence, move))
    return Reading(tuple(facts), tuple(rejected))


def _fact(document: Document, block: Block, sentence: Text, move: _Move) -> TransferFact:
    chain = block.section.chain if block.section else ()
    clusters = [named for s in reversed(chain) if s.kind != "title" and (named := cluster_of(s))]
    return TransferFact(
        evidence=document.evidence(block, sentence[move.start : min(move.end, move.start + 190)].strip("。；， \n")),
        from_=move.from_,
        to=move.to,
        cluster=clusters[0] if clusters else title_cluster(document, block.section),
        mechanism=move.mechanism,
        platform=move.platform,
    )


def _moves(sentence: str, block: Block, home: str | None) -> Iterator[_Move]:
    yield from _taken(sentence, block, home)
    yield from _sent(sentence)
    yield from _bound(sentence)
    platforms = list(_platforms(sentence))
    yield from platforms
    yield from _shared(sentence, home, {move.platform for move in platforms})


def _names(text: str) -> list[str]:
    """The places of a stretch; parts of the country and of a province too, which no vocabulary lists."""
    listed = [place.name for group in place_lists(text, outside=True) for place in group.places]
    return listed or [match["name"] for match in _loose().finditer(text)]


@cache
def _loose() -> re.Pattern[str]:
    """东部 of the country, 苏南 or 鲁西南 of a province."""
    signs = sorted(vocabulary().province_signs())
    return re.compile(f"(?P<name>{_LOOSE}|(?:{'|'.join(map(re.escape, signs))})[东西]?[东西南北中])(?:地区)?")


def _taken(sentence: str, block: Block, home: str | None) -> Iterator[_Move]:
    """甲(主动)承接乙产业转移; without 甲 in the sentence it is the region of the heading, or the city of the plan."""
    for match in _TAKES.finditer(sentence):
        if not _INDUSTRY.search(match[0]):
            continue
        start = max(sentence.rfind(sign, 0, match.start()) for sign in "。；") + 1
        before = [
            g
            for g in place_lists(sentence[: match.start()])
            if g.start >= start and not _PARTNER.search(sentence[: g.start])
        ]
        if home is not None and before and re.search("[，；]", sentence[before[-1].end : match.start()]):
            before = []  # in the plan of a city the clause speaks of the city again
        origins: list[str | None] = [*_names(match["what"])] or [None]
        goals: list[str | None] = [place.name for place in before[-1].places] if before else _heading(block) or [home]
        # The clause that names the place is part of what is quoted.
        begin = sentence.rfind("，", start, before[-1].start if before else match.start())
        for one in origins:
            for goal in goals:
                yield _Move(
                    one,
                    goal,
                    TAKEN,
                    _park(sentence, match.end(), goal) or _leant(sentence, start, match.start()),
                    max(begin + 1, start),
                    _stop(sentence, match.end()),
                )


def _park(sentence: str, at: int, goal: str | None) -> str | None:
    """The park that is built for it behind the words, in the place that takes the industry: …，建设遂宁某某产业园."""
    for thing in objects(sentence):
        if thing.start > at and thing.verb == "建设":
            for found in named(sentence, thing.start, thing.end):
                if found.kind == "park" and goal is not None and goal in _cities(found.name[: len(goal) + 1]):
                    return found.name
    return None


def _leant(sentence: str, start: int, end: int) -> str | None:
    """The park that takes the industry on, right before the words: 盐城依托<某某产业园>承接…."""
    for thing in objects(sentence):
        if thing.verb == "依托" and start <= thing.start and thing.end == end:
            return next((one.name for one in named(sentence, thing.start, thing.end) if one.kind == "park"), None)
    return None


def _heading(block: Block) -> list[str | None]:
    """The region that the nearest heading names (打造某某经济带)."""
    for section in reversed(block.section.chain if block.section else ()):
        if section.kind == "title":
            break
        if found := _names(section.name):
            return list(found)
    return []


def _sent(sentence: str) -> Iterator[_Move]:
    """甲产业向乙转移(，建设飞地园区); 将甲生产力转移至乙; 甲产业疏解."""
    for match in (*_MOVES.finditer(sentence), *_MOVED.finditer(sentence)):
        left = sentence[: match.start()]
        start = left.rfind("。") + 1
        if not _INDUSTRY.search(left[start:]):
            continue
        before = [g for g in place_lists(left) if g.start >= start]
        origins, at = _listed(left, before[-1]) if before else _last(left, start)
        clause = max(left.rfind("，", start, at) + 1, start)
        platform = _enclave(sentence[start : _stop(sentence, match.end(), clauses=2)])
        stop = _stop(sentence, match.end(), clauses=2 if platform else 1)
        said = sentence[start:stop]
        hows = [_HOW.get(m["how"], HELP) for m in _BOUND.finditer(said)] or [ENCLAVE if "飞地" in said else TAKEN]
        for origin in origins:
            for goal in _names(match["to"]):
                yield from (_Move(origin, goal, how, platform, clause, stop) for how in hows)
    for match in _RELIEF.finditer(sentence):
        groups = place_lists(match["from"])
        if groups:
            yield from (
                _Move(place.name, None, RELIEF, None, match.start(), _stop(sentence, match.end()))
                for place in groups[-1].places
            )


def _listed(left: str, group: PlaceList) -> tuple[list[str | None], int]:
    """The places of a list, with the one that opens a longer name at its end: 珠三角、<长三角>零部件企业."""
    more = re.match("[、和与及]", left[group.end :])
    names: list[str | None] = [place.name for place in group.places]
    found = [left[a:b] for a, b in place_names(left) if more and a == group.end + 1]
    return names + [place.name for name in found for place in where.names()[name]], group.start


def _last(text: str, start: int) -> tuple[list[str | None], int]:
    """The last place that a stretch names, in longer names too, and where it stands; None where there is none."""
    found = [(a, text[a:b]) for a, b in place_names(text) if a >= start]
    if not found:
        return [None], len(text)
    at, name = found[-1]
    return [place.name for place in where.names()[name]], at


def _enclave(text: str) -> str | None:
    match = re.search("“?(飞地园区|飞地产业园|飞地经济|产业飞地)”?", text)
    return match[1] if match and match[1] != "飞地经济" else None


def _bound(sentence: str) -> Iterator[_Move]:
    """甲与乙对口帮扶(机制); 甲对口帮扶乙."""
    for match in _BOUND.finditer(sentence):
        start = max(sentence.rfind(sign, 0, match.start()) for sign in "，。；") + 1
        stop = _stop(sentence, match.end())
        groups = [g for g in place_lists(sentence[start:stop], outside=True) if g.places]
        bound = _pair(groups, sentence[start:stop], match.start() - start)
        if bound is not None:
            how = _HOW.get(match["how"], HELP)
            for origin in bound[0].places:
                yield from (_Move(origin.name, goal.name, how, None, start, stop) for goal in bound[1].places)


_SITE = re.compile("园|区|基地|飞地|平台|中心|走廊")
_BUILT_BY_TWO = re.compile(
    "(?:以[^，。；]{2,10}(?:模式|方式))?(?:合作|联合|共同)?(?:共建|共同建设|合作建设|联合建设)(?P<what>[^，。；]+)"
)


def _shared(sentence: str, home: str | None, known: set[str | None]) -> Iterator[_Move]:
    """甲与乙共建某某园区, whatever its name says; without 甲 it is the city of the plan."""
    spans = place_names(sentence)
    for i, (start, end) in enumerate(spans):
        end += sentence.startswith("市", end)
        match = _BUILT_BY_TWO.match(sentence, end)
        left = sentence[:start]
        if match is None or not _SITE.search(match["what"]) or not _PARTNER.search(left):
            continue
        beside = i > 0 and len(sentence[spans[i - 1][1] : start].removeprefix("市")) == 1
        giver = where.names()[sentence[slice(*spans[i - 1])]][0].name if beside else home
        names = [giver or "", where.names()[sentence[start : spans[i][1]]][0].name]
        if not names[0]:
            continue
        for thing in objects(sentence):
            if match.start("what") - 1 <= thing.start <= match.end():
                found = named(sentence, thing.start, thing.end)
                platform = found[0].name if found else None
                break
        else:
            platform = None
        if platform not in known or platform is None:
            start = max(left.rfind(sign) for sign in "，。；") + 1
            yield _Move(names[0], names[1], ENCLAVE if "飞地" in match[0] else SHARED, platform, start, match.end())


def _pair(groups: list[PlaceList], clause: str, at: int) -> tuple[PlaceList, PlaceList] | None:
    for one, other in pairwise(groups):
        between = clause[one.end : other.start]
        if re.fullmatch("(?:地区|市)?(?:与|和|同|对)?", between) or one.end <= at < other.start:
            return one, other
    if len(groups) == 1 and len(groups[0].places) == 2 and re.search("与", clause[groups[0].start : groups[0].end]):
        a, b = groups[0].places
        g = groups[0]
        return PlaceList((a,), g.start, g.end, False, True), PlaceList((b,), g.start, g.end, False, True)
    return None


def _platforms(sentence: str) -> Iterator[_Move]:
    """Parks and zones of two places: 甲（乙）产业转移园, 甲乙特别合作区."""
    for zone in _zones():
        for name in sorted((zone.name, *zone.labels), key=len, reverse=True):
            at = sentence.find(name)
            if at >= 0 and re.search("建设|打造|推进|支持|依托", sentence):
                origin, goal = (_city(identifier) for identifier in (zone.administered_by, zone.stands_in))
                start = sentence.rfind("，", 0, at) + 1
                yield _Move(origin, goal, ZONE, zone.name, start, _stop(sentence, at + len(name)))
                break
    subject = [p.name for g in place_lists(sentence, outside=True) for p in g.places]
    for thing in objects(sentence):
        for found in named(sentence, thing.start, thing.end):
            if (_PLATFORM.search(found.name) or thing.verb == "共建") and (two := _two(found, subject, sentence)):
                start = max(sentence.rfind(sign, 0, found.start) for sign in "，。；") + 1
                whole = _PARK.search(found.name)
                name = whole[1] if whole else found.name
                stop = _stop(sentence, found.end)
                yield _Move(*two, _mechanism(name, sentence[start:stop]), name, start, stop)


@cache
def _zones() -> tuple[Place, ...]:
    return tuple(r for r in vocabulary().regions if r.administered_by and r.stands_in and r.source is None)


def _city(identifier: str | None) -> str | None:
    return next((c.name for c in where.cities() if c.id == identifier), None)


def _mechanism(name: str, said: str) -> str:
    if "合作区" in name:
        return ZONE
    if "飞地" in said:
        return ENCLAVE
    return TAKEN if "转移" in name else SHARED


def _two(found: Named, subject: list[str], sentence: str) -> tuple[str, str] | None:
    """The two cities of a name: that which gives and that in which the platform stands."""
    name = found.name
    if bracket := re.match("(?P<a>[^（）]{2,4})（(?P<b>[^（）]{2,8})）", name):
        one, other = _cities(bracket["a"]), _cities(bracket["b"])
        if one and other and one[0] != other[0]:
            return one[0], other[0]
    lead = _cities(name[:2])
    if len(lead) == 1:  # 某市甲乙产业共建区
        lead_city, rest = lead[0], name[2:]
        two = tuple(place.name for place in pair(rest, sentence, platform=True))
        return (next((c for c in two if c != lead_city), ""), lead_city) if lead_city in two else None
    two = tuple(lead) if len(lead) == 2 else tuple(p.name for p in pair(name, sentence, platform=True))
    if len(two) != 2:
        return None
    of = [city for city in two if city in subject]
    stands = of[0] if len(of) == 1 else two[1]  # the one that the sentence is about; otherwise the giver stands first
    return next(city for city in two if city != stands), stands


def _cities(text: str) -> list[str]:
    """The cities that a stretch names, by a compound, by a district."""
    meant = [p.name for a, b in place_names(text) for p in where.names()[text[a:b]] if p.cls == "City"]
    district = where.district_in(text)
    return meant or ([city] if district and (city := where.district_city(district)) else [])


def _stop(sentence: str, at: int, clauses: int = 1) -> int:
    """The end of the clause at a position, or of the one after it."""
    for _ in range(clauses):
        ends = [i for sign in "，。；" if (i := sentence.find(sign, at)) >= 0]
        if not ends:
            return len(sentence)
        at = min(ends) + 1
    return at - 1
