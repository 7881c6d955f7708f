"""The constructions in which one place supplies another: companions of a core, goods that flow between regions."""

import re
from collections.abc import Iterator

from loaders.grammar import where
from loaders.grammar.grammar import PlaceList, place_lists, place_names, unique
from loaders.supply.lists import clause_texts
from loaders.supply.patterns import Link, Setting

_CORE = re.compile("^[^，。；]{0,12}为(?:主要)?(?:核心|依托|引领|龙头|主导)")
_COMPANION = re.compile("^[^，。；以]{0,12}为配套")
_FOLLOWS = re.compile("^(?:等地市|等市|等地)?(?:做好|配套发展|发展)[^，。；]{0,6}(?:配套|上下游产业)|^配套发展")
_FLOW = re.compile("向(?P<to>[^，；。向]{2,24}?)供[给应]")
_FOR = re.compile("为(?P<to>[^，；。为]{2,24}?)(?:(?:配套)?(?:供[给应]|提供)|(?<=企业)配套)(?P<what>[^，；。]{2,30})$")
_STANDS = re.compile(
    "立足(?P<from>[^，；。]{2,6})、(?:辐射[^，；。、]{2,8}、)?面向(?P<to>[^，；。、的]{2,6})的[^，；。]{0,16}(?:供给|保供|供应|生产)"
)
_NAME = re.compile("全国|国内|全省")


def between_places(sentence: str, setting: Setting) -> Iterator[Link]:
    """Which place supplies which: 以甲为核心，以乙为配套; 甲…向乙…供给; 甲为乙供应丙; 立足甲、面向乙的保供体系."""
    yield from _companions(sentence)
    yield from _flows(sentence)
    for match in _STANDS.finditer(sentence):
        yield Link(match["from"], match["to"], "region_supplies", match.start(), match.end())


def _joined(group: PlaceList) -> str:
    return "、".join(place.name for place in group.places)


def _companions(sentence: str) -> Iterator[Link]:
    core: PlaceList | None = None
    for group in place_lists(sentence):
        right = sentence[group.end :]
        if _CORE.match(right) and sentence[: group.start].endswith(("以", "，", "依托")):
            core = group
        elif core is not None and (_COMPANION.match(right) or _FOLLOWS.match(right)):
            stop = min([at for sign in "，。；" if (at := sentence.find(sign, group.end)) >= 0], default=len(sentence))
            for place in group.places:
                start = max(sentence.rfind(sign, 0, core.start) for sign in "，；。") + 1
                yield Link(place.name, _joined(core), "region_supplies", start, stop)


_DISTRICT = re.compile("[\u4e00-\u9fff]{2,3}?(?:新区|[区县])(?=$|[、和与及]|[\u4e00-\u9fff]{2})")


def _named(text: str) -> list[str]:
    """The places of a list, the last of which may open a longer name (<甲>、<乙>整车企业); districts too."""
    found = [place.name for group in place_lists(text) for place in group.places]
    meant = (where.names()[text[a:b]] for a, b in place_names(text))
    found += [places[0].name for places in meant if len(places) == 1 and places[0].cls == "City"]
    if not found and (whole := re.search("全[省市]", text)):
        return [whole[0]]
    if not found:
        found = [match[0] for match in _DISTRICT.finditer(re.sub("^(?:支持|推动|鼓励|引导|推进)+", "", text))]
    return list(unique(found))


def _flows(sentence: str) -> Iterator[Link]:
    for start, end, clause in clause_texts(sentence):
        if (match := _FLOW.search(clause) or _FOR.search(clause)) is None:
            continue
        origin, goal = _named(clause[: match.start()]), _named(match["to"])
        for one in origin:
            yield from (Link(one, other, "region_supplies", start, end) for other in goal if other != one)
