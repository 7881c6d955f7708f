"""Whose document it is: the province and the city that its titles begin with."""

import re
from collections import Counter
from collections.abc import Callable
from functools import cache, wraps

from loaders.document.document import Document
from loaders.grammar import where
from loaders.reading import Reading
from ontology.counties import counties
from ontology.vocabulary import Place, vocabulary

_LONGEST = 14  # 黔西南布依族苗族自治州 has 11


def home_city(document: Document) -> Place | None:
    """The city whose plan a document is: its titles begin with the name of one city, or of a county of it.

    A title that names no place (关于加快…, or one that is damaged) says nothing, then the letterhead does; one that
    names a province speaks for that. A municipality under the central government is a city too; it is a Region in the
    vocabulary, as provinces are.
    """
    titles = _titles(document)
    meant = {city for title in titles if (city := _city_of(title)) is not None}
    wider = any(_province_of(title) and _city_of(title) is None for title in titles)
    if not meant and not wider:
        meant = _of_letterhead(document)
    return next(iter(meant)) if len(meant) == 1 and not wider else None


# A line that is only bodies: the letterhead, or who signs (中共某市委办公室 某市人民政府办公室).
_BODIES = re.compile("(?:中共)?[\u4e00-\u9fff 　]{4,40}(?:办公室|人民政府|委员会|领导小组|局)(?:文件)?")


def _of_letterhead(document: Document) -> set[Place]:
    """The cities whose bodies head a document."""
    lines = (block.text.string for block in document.blocks[:_HEAD])
    return {city for line in lines if _BODIES.fullmatch(line) and (city := _city_of(line.removeprefix("中共")))}


def _province_of(title: str) -> str | None:
    """The province that a title begins with."""
    names = ((name, place) for place in vocabulary().provinces for name in (place.name, *place.labels))
    return next((place.province for name, place in names if title.startswith(name)), None)


def home_province(document: Document) -> str | None:
    """The first two digits of the code of the province that the first telling title names.

    Where no title tells, it is that of the sign of the document's own number (湘政发), else the one whose full name
    (湖南省) the text prints most often; None where it prints none.
    """
    for title in _titles(document):
        if (city := _city_of(title)) is not None:
            return city.province
        if (province := _province_of(title)) is not None:
            return province
    return _signed_by(document) or _most_named(document)


def _signed_by(document: Document) -> str | None:
    """The province whose sign the first number on a line of its own begins with."""
    signs = vocabulary().province_signs()
    numbers = (block.text.string for block in document.blocks[:_HEAD] if _NUMBER.fullmatch(block.text.string))
    return next((signs[number[0]].province for number in numbers if number[0] in signs), None)


_HEAD = 12
_NUMBER = re.compile("[\u4e00-\u9fff]{2,14}〔20\\d\\d〕\\d+号")


def _most_named(document: Document) -> str | None:
    counts = Counter(
        {
            place.province: document.source.text.count(full)
            for place in vocabulary().provinces
            for full in place.labels
            if full.endswith(("省", "自治区"))
        }
    )
    best = counts.most_common(1)
    return best[0][0] if best and best[0][1] > 0 else None


def at_home(loader: Callable[[Document], Reading]) -> Callable[[Document], Reading]:
    """A loader that reads each document as one of its province, in which bare names of cities are names."""

    @wraps(loader)
    def reads(document: Document) -> Reading:
        with where.speaking_in(home_province(document)):
            return loader(document)

    return reads


def _titles(document: Document) -> list[str]:
    return [begun(block.text.string) for block in document.blocks if block.kind == "title"]


_MADE = re.compile("^(?:《|“|关于|印发|转发|中共)+")


def begun(title: str) -> str:
    """A title from where it may name a place: without its brackets, 关于, 印发 …"""
    return _MADE.sub("", title)


def _city_of(title: str) -> Place | None:
    for end in range(_LONGEST, 2, -1):
        if found := _by_full_name().get(title[:end]):
            return found
    return None


@cache
def _by_full_name() -> dict[str, Place]:
    """Full names of cities (长沙市, 阿坝州), of districts and counties with their city."""
    municipal = [place for place in vocabulary().provinces if any(name.endswith("市") for name in place.labels)]
    cities = {place.id: place for place in (*where.cities(), *municipal)}
    counts = Counter(county.name for county in counties())
    below = [county for county in counties() if counts[county.name] == 1 and county.labels]  # no words, no namesakes
    names = {one.name: cities[one.city] for one in (*below, *vocabulary().districts) if one.city in cities}
    for place in cities.values():
        names |= {name: place for name in (place.name, *place.labels) if name.endswith(("市", "州", "盟", "地区"))}
    return names
