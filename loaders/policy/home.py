"""Whose document it is: the province and the city that its titles begin with."""

import re
from collections.abc import Callable
from functools import cache, wraps

from loaders.document.document import Document
from loaders.grammar import where
from loaders.reading import Reading
from ontology.vocabulary import Place, vocabulary

_LONGEST = 14  # 黔西南布依族苗族自治州 has 11


def home_city(document: Document) -> Place | None:
    """The city whose plan a document is: all its titles begin with the name of one city, or of a county of it."""
    meant = {_city_of(title) for title in _titles(document)}
    return next(iter(meant)) if len(meant) == 1 else None


def home_province(document: Document) -> str | None:
    """The first two digits of the code of the province that the first telling title names; None where none does."""
    for title in _titles(document):
        if (city := _city_of(title)) is not None:
            return city.province
        for place in vocabulary().provinces:
            if any(title.startswith(name) for name in (place.name, *place.labels)):
                return place.province
    return None


def at_home(loader: Callable[[Document], Reading]) -> Callable[[Document], Reading]:
    """A loader that reads each document as one of its province, in which bare names of cities are names."""

    @wraps(loader)
    def reads(document: Document) -> Reading:
        with where.speaking_in(home_province(document)):
            return loader(document)

    return reads


def _titles(document: Document) -> list[str]:
    return [re.sub("^(?:《|“|关于|印发|转发|中共)+", "", b.text.string) for b in document.blocks if b.kind == "title"]


def _city_of(title: str) -> Place | None:
    for end in range(_LONGEST, 2, -1):
        if found := _by_full_name().get(title[:end]):
            return found
    return None


@cache
def _by_full_name() -> dict[str, Place]:
    """Full names of cities (长沙市, 阿坝州), of districts and counties with their city."""
    cities = {place.id: place for place in where.cities()}
    names = {d.name: cities[d.city] for d in vocabulary().districts if d.city in cities}
    for place in cities.values():
        names |= {name: place for name in (place.name, *place.labels) if name.endswith(("市", "州", "盟", "地区"))}
    return names
