"""The constructions in which one place stands by another: companions of a core, regions that feed others."""

import re
from collections.abc import Iterator

from loaders.grammar.grammar import PlaceList, place_lists
from loaders.supply.link import Link, Setting

_CORE = re.compile("^[^，。；]{0,12}为(?:主要)?(?:核心|依托|引领|龙头|主导)")
_COMPANION = re.compile("^[^，。；以]{0,12}为配套")
_FOLLOWS = re.compile("^(?:等地市|等市|等地)?(?:做好|配套发展|发展)[^，。；]{0,6}(?:配套|上下游产业)|^配套发展")
_STANDS = re.compile(
    "立足(?P<from>[^，；。]{2,6})、(?:辐射[^，；。、]{2,8}、)?面向(?P<to>[^，；。、的]{2,6})的[^，；。]{0,16}(?:供给|保供|供应|生产)"
)


def between_places(sentence: str, setting: Setting) -> Iterator[Link]:
    """Which place supplies which: 以甲为核心，以乙为配套; 立足甲、面向乙的保供体系."""
    yield from _companions(sentence)
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
