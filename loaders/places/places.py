"""Which districts, towns, parks, bases, platforms and projects a document names, and in which city.

In a layout box and in the plan of a city everything counts that is built or leant on; elsewhere only what has a name
of its own. The city is that of the name (深圳某某园), of the places before it, of the sentence, or of the plan.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from loaders.companies.names import names as company_names
from loaders.companies.words import stem
from loaders.document.document import Block, Document
from loaders.document.text import Text, sentences
from loaders.grammar import where
from loaders.grammar.grammar import PlaceList, is_predicate, place_lists, place_names, unique
from loaders.layout.clusters import box_cluster, cluster_of, mentioned, title_cluster
from loaders.places.names import Named, bare_places, containers, is_proper, named, says_something
from loaders.places.objects import BUILD, Object, objects
from loaders.places.pairs import pair
from loaders.policy.home import home_city
from loaders.policy.owners import has_bodies
from loaders.reading import Reading, Rejected
from ontology.facts_places import PlaceFact
from ontology.vocabulary import Place

_LAYOUT = re.compile("布局$")
_EFFECT = re.compile("(?:发挥|用好|利用)“([^“”，。]{2,10})”(?:的)?(?:平台)?作用")
_REFERS = re.compile("解读(?:材料)?(?:（[^（）]*）)*$|实录")
_BEFORE = re.compile("(?:以|依托|利用|发挥|凭借)$")
_AFTER = re.compile(r"^[^，。；]{0,6}为(?:主要|重要|重点)?(?:核心|依托|引擎|载体|重点|配套|主体|引领)")
_ORIGIN = re.compile("(?:与|承接|对接|来自|辐射|面向|融入)$")
# Outside boxes and plans of a city these verbs say that something is to be there.
_THERE = re.compile(
    "统筹|加快|建设|共建|新建|筹建|打造|创建|构建|构筑|组建|成立|设立|建立|布局|规划|建成|争创|完善|提升|引进|推进|推动|支持|^$"
)
_REGION = re.compile(
    "(?:珠三角|粤[东西北]+|珠江.岸|全[国省])(?:[^，]{0,6}核心区|(?:产业)?园区?)|(?:.*(?<!产权)交易所|[深上]交所).*"
)
_AS_END = re.compile("为[^，。；为]{2,8}$")
# A subject that is a place: 某某区引领作用…, 某某中心建设取得….
_GOES_ON = re.compile(
    "(?:、[^，。；等]+)*(?:等[^，。；、]{0,8}?(?:园区|基地|平台|载体|项目))?(?:加快|全面|稳步|有序|抓紧|年内|年底前|尽早|尽快|陆续)*"
    "(?:建设|(?:引领|示范|带动|辐射)*作用|投产|达产|投用|开工|竣工|建成|落地)"
)
# 支持某某区<建设…>: a district as the one who acts.
_DISTRICT_ACTS = re.compile(
    "等?(?:地|区县|地区)?(?:[，。；]|$|(?:加快|重点|积极|着力|大力)*(?:建设|打造|发展|创建|布局|规划|做大|做强|培育|壮大))"
)
# 支持甲、乙等县区<建设…>: the class of names printed without it.
_OF_DISTRICTS = re.compile(r"(?:[、和及与][\u4e00-\u9fff]{2,3})*(?:等地|等?[\d二两三四五六七八九十]*个?[市县区]+)")
_CLASSES = re.compile("国家级|省级|市级|各类|一批")
_OWNER = re.compile("(?:等|加快|积极|重点)*(?:建设|打造|创建|申报|争创|规划|布局|设立|成立|组建)")
_BODY = re.compile("(?:联盟|委员会|联合体)$")


@dataclass(frozen=True, slots=True)
class _Setting:
    """What a block is: an item of a layout box, under a heading about the layout, part of the plan of a city.

    `headed` is the one city that the heading above it names (做强<武汉>核心).
    """

    boxed: bool
    laid: bool
    home: Place | None
    headed: str | None
    cluster: str | None


@dataclass(frozen=True, slots=True)
class _Cities:
    """The cities that a name belongs to: the one, where there is one; all, where there are several."""

    city: str | None
    cities: tuple[str, ...] = ()
    lead: bool = False  # those of an opening statement that speaks for many cities


def places(document: Document) -> Reading:
    """The places, facilities and projects that a document names.

    Args:
        document: any document.

    Returns:
        One PlaceFact for each name and city in a block, in the order of the text; outside boxes and plans of a city
        one for each policy. Rejected are descriptions in a box that no city is named for.
    """
    facts: list[PlaceFact] = []
    rejected: list[Rejected] = []
    seen: set[tuple[int, str, str | None]] = set()
    titles = [block.line for block in document.blocks if block.kind == "title"]
    home, firms = home_city(document), _firms(document)
    repeats = has_bodies(document)
    for block in document.blocks:
        if block.kind not in ("paragraph", "list") or (repeats and _interprets(block)):
            continue
        setting = _setting(document, block, home)
        part = -block.line if setting.boxed or setting.home else bisect_right(titles, block.line)
        for sentence in sentences(block.text):
            held = list(_sentence(document, block, sentence, setting, firms))
            about = [place.name for group in place_lists(sentence.string) for place in group.places if place.city]
            carried = setting.laid and not setting.boxed and len(about) == 1
            setting = replace(setting, headed=about[0]) if carried else setting
            for fact in held:
                if isinstance(fact, Rejected):
                    rejected.append(fact)
                elif (part, fact.name, fact.city) not in seen:
                    seen.add((part, fact.name, fact.city))
                    facts.append(fact)
    return Reading(tuple(facts), tuple(rejected))


def _interprets(block: Block) -> bool:
    """Whether a block is part of an interpretation, which says again what the policy beside it says."""
    titles = [s.name for s in (block.section.chain if block.section else ()) if s.kind == "title"]
    return any(_REFERS.search(title) for title in titles)


def _setting(document: Document, block: Block, home: Place | None) -> _Setting:
    chain = block.section.chain if block.section else ()
    boxed = any(box_cluster(section) for section in chain)
    laid = any(_LAYOUT.search(section.name) for section in chain if section.kind != "title")
    named_clusters = [c for s in reversed(chain) if s.kind != "title" and (c := cluster_of(s))]
    cluster = named_clusters[0] if named_clusters else title_cluster(document, block.section)
    heading = block.section.name if block.section and block.section.kind != "title" else ""
    headed = unique(_inside(heading))
    return _Setting(boxed, laid, home, headed[0] if len(headed) == 1 else None, cluster)


def _firms(document: Document) -> dict[str, str]:
    """The names of firms that a document names, whole and by the own parts that works bear (双江产业园)."""
    found: dict[str, str] = {}
    for block in document.blocks:
        for sentence in sentences(block.text) if block.kind in ("paragraph", "list") else ():
            for firm in company_names(sentence.string, frozenset(found.values())):
                for own in (stem(firm.name), firm.name if len(firm.name) > 3 else None):
                    if own:
                        found.setdefault(own, firm.name)
    return found


def _sentence(
    document: Document, block: Block, sentence: Text, setting: _Setting, known: dict[str, str]
) -> Iterator[PlaceFact | Rejected]:
    string = sentence.string
    held = list(_found(string))
    spans = [(thing.start, thing.end) for thing in objects(string)]
    groups = tuple(g for g in place_lists(string) if not any(a <= g.start < b for a, b in spans))
    before: tuple[Named, _Cities] | None = None
    for thing, found in held:
        firms = _companies(string, found, known) or tuple(known[own] for own in known if found.name.startswith(own))
        cities = _cities(string, thing, found, groups, setting, firms)
        if before and _OWNER.fullmatch(string[before[0].end : found.start]) and not _own(found.name):
            cities = before[1]  # 支持<汕头某某试验区>创建某某基地
        before = (found, cities) if _own(found.name) else None
        listed = not _CLASSES.search(string, thing.start, thing.end)
        beside = listed and any(
            of == thing and _in_one_list(string, found, other) and (is_proper(other.name) or _labs(found, other))
            for of, other in held
        )
        leant = beside and thing.lean and found.kind in ("park", "new-area")
        around = {city for of, other in held if leant and of == thing for city in _own(other.name)}
        if len(around) == 1 and not (cities.city or cities.cities):
            cities = _Cities(around.pop())  # 长沙经开区、<宁乡高新区>
        if not _counts(string, thing, found, cities, setting, bool(firms), beside):
            if setting.boxed and found.kind in ("park", "base", "new-area") and says_something(found.name):
                line = document.source.line(sentence[found.start : found.end].source()[0])
                yield Rejected("places", line, found.name, "没有专名，句中也没有单独点名的城市")
            continue
        outer = [] if firms else containers(found.name)
        own = found.name
        if outer and outer[-1][1] != "district":  # 东湖高新区<左岭组团> has a name of its own
            inner = found.name.rpartition(outer[-1][0])[2]
            own = inner if says_something(inner) else own
        named_here: list[tuple[str, str, tuple[str, ...]]] = [(name, kind, ()) for name, kind in outer]
        for name, kind, owners in (*named_here, (own, found.kind, firms)):
            yield PlaceFact(
                evidence=document.evidence(block, _quote(sentence, thing, found)),
                name=name,
                place_kind=kind,
                city=cities.city,
                cities=cities.cities,
                cluster=setting.cluster or mentioned(name),
                companies=owners,
                named=found.quoted or bool(owners) or is_proper(name),
            )


def _found(string: str) -> Iterator[tuple[Object, Named]]:
    """The facilities of a sentence with the object that holds each."""
    for thing in objects(string):
        found = named(string, thing.start, thing.end)
        if not found and thing.verb == "依托":
            found = [
                Named(thing.start + a, thing.start + b, string[thing.start + a : thing.start + b], kind)
                for a, b, kind in bare_places(string[thing.start : thing.end])
            ]
        yield from ((thing, one) for one in found)
    for match in _EFFECT.finditer(string):
        whole = Object(match.start(), match.end(), "发挥", True)
        yield whole, Named(match.start(1), match.end(1), match[1], "platform")


def _in_one_list(string: str, found: Named, other: Named) -> bool:
    """Whether two facilities stand in one enumeration, signs between them only 、."""
    between = string[min(found.end, other.end) : max(found.start, other.start)]
    return found != other and between.startswith("、") and not re.search("[，。；的等]", between)


def _labs(found: Named, other: Named) -> bool:
    """Whether two of a list are laboratories: names stand in a row of one kind, classes in one of several."""
    return found.kind == other.kind == "lab" and not any(_CLASSES.search(one.name) for one in (found, other))


def _counts(
    string: str, thing: Object, found: Named, cities: _Cities, setting: _Setting, firm: bool, beside: bool
) -> bool:
    """Whether a found name is a place that the document names, and no class of things or claim.

    Args:
        firm: whether a firm carries it.
        beside: whether it stands in a list with a name that is one.
    """
    if not 2 <= len(found.name) <= 40 or thing.verb == "成":
        return False
    proper = found.quoted or firm or is_proper(found.name) or bool(pair(found.name, string))
    leant = thing.lean and (thing.verb != "以" or _AS_END.search(string[thing.start : thing.end]) is not None)
    if found.name.endswith("项目") and not (proper or leant or beside):
        return False
    if thing.verb in ("形成", "发展", "培育") and not proper and found.kind not in ("park", "base"):
        return False
    if thing.verb == "形成" and not proper:
        return False
    if found.name in where.names() or _REGION.fullmatch(found.name):
        return False
    if found.name.endswith(("公共服务平台", "产业联盟")) and not proper:
        return False
    if found.kind in ("district", "town"):
        if setting.home is not None and is_predicate(string[found.end :]):
            return True
        bare = found.kind == "district" and found.name[-1] not in "区县市旗"
        if bare and not (thing.verb in ("依托", "以") or _OF_DISTRICTS.match(string[found.end :])):
            return False
        if thing.verb == "":  # a subject, alone or among others
            return bool(cities.city) and is_predicate(string[thing.end :])
        behind = string[thing.end :]
        acts = bool(cities.city) and (is_predicate(behind) or _DISTRICT_ACTS.match(behind) is not None)
        return setting.boxed or setting.home is not None or acts
    if not says_something(found.name):
        return False
    if setting.boxed:
        somewhere = bool(cities.city or cities.cities) and not cities.lead
        return proper or leant or (somewhere and not found.claimed and _THERE.search(thing.verb) is not None)
    if setting.home is not None:
        acts = found.kind in ("park", "new-area") and is_predicate(string[thing.end :])  # 某某经开区主攻…
        return (thing.verb != "" or acts) and (proper or beside or found.kind != "project")
    if (proper or beside) and thing.lean and found.kind in ("park", "new-area") and (setting.laid or cities.city):
        return True
    if thing.verb == "依托" and found.kind == "base" and (_own(found.name) or where.district_at_start(found.name)):
        return True
    if (
        thing.verb == "依托"
        and found.kind == "park"
        and cities.city
        and not (cities.lead or _CLASSES.search(found.name))
    ):
        return True  # 盐城依托某某产业园: a city leans on a park that is there
    if proper and thing.lean and found.kind in ("lab", "centre") and thing.verb in ("发挥", "充分发挥", "用好", "依托"):
        return True
    if found.claimed or not _THERE.search(thing.verb):
        return False
    behind = string[found.end :]
    site = found.kind in ("park", "base", "new-area")
    acts = not thing.verb and site and is_predicate(string[thing.end :])
    if not thing.verb and not (_GOES_ON.match(behind) or acts):
        return False
    if _BODY.search(found.name):
        return re.fullmatch("组建|成立|设立", thing.verb) is not None
    several = bool(cities.city or cities.cities) and not cities.lead and re.fullmatch(BUILD, thing.verb) is not None
    if found.kind == "project":  # only with the city that its name says, or the firm and the city that carry it
        return (thing.verb != "" or _GOES_ON.match(behind) is not None) and (
            firm or beside or (bool(cities.city) and _own(found.name) == (cities.city,))
        )
    return proper or several or (beside and found.kind in ("lab", "centre", "park"))


def _city_before(string: str, found: Named) -> str | None:
    """The city whose name ends where another begins: 六安市<金寨县>, 武汉“<中国光谷>”."""
    before = string[max(0, found.start - 12) : found.start].removesuffix("“")
    meant = [where.names()[before[a:b]] for a, b in place_names(before) if b == len(before)]
    return next((p.name for places in meant for p in places if len(places) == 1 and p.cls == "City"), None)


def _quote(sentence: Text, thing: Object, found: Named) -> Text:
    """The sentence where it is short, else the clause from its beginning (or the one before) to the name."""
    if len(sentence) <= 120:
        return sentence.strip("。；， \n")
    start = max(sentence.string.rfind(sign, 0, thing.start) for sign in "，。；") + 1
    start = max(start, found.end - 180)
    stop = min([at for sign in "，。；" if (at := sentence.string.find(sign, found.end)) >= 0], default=len(sentence))
    return sentence[start : max(found.end, min(stop, start + 180))].strip("。；， \n")


def _cities(
    string: str, thing: Object, found: Named, groups: tuple[PlaceList, ...], setting: _Setting, firms: tuple[str, ...]
) -> _Cities:
    told = found.kind in ("district", "town") or string[: found.start].endswith("“")
    if told and (city := _city_before(string, found)) is not None:
        return _Cities(city)
    subject = _subject(string, found, groups)
    own = _own(found.name)
    two = pair(found.name, string) if not own else ()
    if two and all(place.cls == "City" for place in two):
        return _Cities(None, tuple(place.name for place in two))
    if len(own) == 1:
        bracket = [c for c in _bracketed(found.name) if c != own[0]]
        return _Cities(own[0], (own[0], *bracket) if bracket else ())
    if own:
        return _Cities(subject.city, own if subject.city in own else ()) if subject.city else _Cities(None, own)
    if found.places or thing.places is not None:
        listed = tuple(c for name in found.places for c in _own(name))
        return _Cities(None, listed) if listed or thing.places is None else _of(thing.places)
    likely = (subject.city, *subject.cities, setting.home.name if setting.home else None)
    bare = next((found.name.removeprefix(firm) for firm in firms if found.name.startswith(firm)), found.name)
    district = None if firms else where.district_at_start(found.name)  # firms bear names of districts too
    if district and (city := where.district_city(district, likely)):
        return _Cities(city)
    inside = where.district_in(bare)
    inner = where.district_city(inside, likely) if inside else None
    if inner and inner in subject.cities:
        return _Cities(inner)
    wide = any(a == 0 for a, _ in place_names(found.name))  # 粤港澳大湾区…, 广东省…
    if subject.city or (subject.cities and not wide):
        return subject
    if setting.home is not None:
        return _Cities(setting.home.name)
    within = unique(_inside(found.name))
    return _Cities(inner or (within[0] if len(within) == 1 else None if within else setting.headed))


def _subject(string: str, found: Named, groups: tuple[PlaceList, ...]) -> _Cities:
    """The cities that the sentence is about where a name stands."""
    before = [g for g in groups if g.end <= found.start and not _ORIGIN.search(string[: g.start])]
    if not before:
        return _Cities(None)
    group = before[-1]
    lead = len(group.places) > 1 and (
        _BEFORE.search(string[: group.start]) is not None or _AFTER.match(string[group.end :]) is not None
    )
    cities = _of(group)
    return _Cities(cities.city, cities.cities, lead or not (cities.city or cities.cities))


def _of(group: PlaceList) -> _Cities:
    cities = tuple(place.name for place in group.places if place.city)
    return _Cities(cities[0]) if len(cities) == 1 else _Cities(None, cities)


def _own(name: str) -> tuple[str, ...]:
    """The cities that a name begins with: 深圳某某园, 广深某某基地."""
    if branch := re.search("(?:交易所|[深上]交所|公司|集团|大学|银行)(?=.)", name):
        name = name[branch.end() :]
    spans = place_names(name)
    end = next((end for start, end in spans if start == 0), 0)
    meant = where.names().get(name[:end], ())
    if [place.cls for place in meant] == ["Region"]:  # 河北省<沧州市>某某新区
        meant = next((where.names()[name[a:b]] for a, b in spans if a == end), ())
    return tuple(place.name for place in meant if place.cls == "City")


def _inside(name: str) -> Iterator[str]:
    for start, end in place_names(name):
        yield from (p.name for p in where.names()[name[start:end]] if p.cls == "City")


def _bracketed(name: str) -> tuple[str, ...]:
    """The cities in the brackets of a name: a park of one city that stands in another."""
    return tuple(city for match in re.finditer("（([^（）]+)）", name) for city in _inside(match[1]))


def _companies(string: str, found: Named, known: dict[str, str]) -> tuple[str, ...]:
    """The companies in a name or right before its quotation marks: 甲“某某项目”."""
    near = [
        c for c in company_names(string, frozenset(known.values())) if c.start < found.end and c.end >= found.start - 1
    ]
    return unique(company.name for company in near)
