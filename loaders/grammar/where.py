"""In which province a document speaks, and which names mean places there.

A bare 白银 or 吉林 is a city only in a document of its province; everywhere else it is a word until 市 follows. The
loaders of one document run inside `speaking_in`; outside of it the province of the vocabularies is meant.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

from ontology.counties import counties
from ontology.vocabulary import District, Place, vocabulary

LONGEST = 15  # characters of a county's name
_PROVINCE: ContextVar[str | None] = ContextVar("province", default=None)


@contextmanager
def speaking_in(code: str | None) -> Iterator[None]:
    """Read what follows as a document of a province.

    Args:
        code: the first two digits of its code; None for the province of the vocabularies.
    """
    token = _PROVINCE.set(code)
    try:
        yield
    finally:
        _PROVINCE.reset(token)


def province() -> str | None:
    """The province of the document that is read; None for that of the vocabularies."""
    return _PROVINCE.get()


def names() -> Mapping[str, tuple[Place, ...]]:
    """Every name that means a place in the document that is read, see `Vocabulary.place_names`."""
    return _names(_PROVINCE.get())


def cities() -> tuple[Place, ...]:
    """The prefecture-level cities of the vocabularies' province and of the whole country."""
    return _cities()


def signs() -> Mapping[str, tuple[Place, ...]]:
    """One-character names: those of the province's cities, and those of the provinces of the country (川渝)."""
    return _signs()


def districts() -> Mapping[str, tuple[District, ...]]:
    """Every name of a district, county or county-level city that may be searched in the document that is read.

    Those of its own province with their short names too (金寨); elsewhere only full names that are no words.
    """
    return _districts(_PROVINCE.get())


def district_at_start(name: str) -> str | None:
    """The longest name of a district that a name begins with (金寨 of 金寨经济开发区)."""
    return next((name[:end] for end in range(min(len(name), LONGEST), 1, -1) if name[:end] in districts()), None)


def district_in(name: str) -> str | None:
    """The longest name of a district that a name holds anywhere, the first of several as long."""
    starts = range(len(name) - 1)
    return max((found for at in starts if (found := district_at_start(name[at:]))), key=len, default=None)


def city_of(district: District) -> str | None:
    """The name of the city that a district belongs to; of the municipality, where it has no city."""
    return _by_id().get(district.city)


def district_city(name: str, likely: Collection[str | None] = ()) -> str | None:
    """The city of a district by its name, where it is certain.

    Args:
        name: as `districts` has it.
        likely: cities that the text around it is about; they tell which of several districts of one name is meant.
    """
    cities = list(dict.fromkeys(city for one in districts().get(name, ()) if (city := city_of(one))))
    meant = [city for city in cities if city in likely] or cities
    return meant[0] if len(meant) == 1 else None


def district_cities(text: str) -> Iterator[Place]:
    """The cities of the districts that a text names by their full names, where they are certain."""
    by_name, at = {place.name: place for place in _cities()}, 0
    while at < len(text):
        name = district_at_start(text[at:])
        if name and name[-1] in "区县市旗" and (city := by_name.get(district_city(name) or "")):
            yield city
        at += len(name or " ")


@cache
def abbreviations() -> Mapping[str, tuple[Place, ...]]:
    """One-character names and nicknames of the province's places (穗, 羊城)."""
    return vocabulary().abbreviations()


@cache
def heads() -> frozenset[str]:
    """The first three characters of every name."""
    return frozenset(name[:3] for name in _names(None) if len(name) > 2)


@cache
def bare() -> Mapping[str, Place]:
    """The bare names of the cities of other provinces: words anywhere but in a list of places (上海、苏州等地)."""
    return {place.name: place for place in vocabulary().elsewhere if place.cls == "City"}


@cache
def _districts(code: str | None) -> Mapping[str, tuple[District, ...]]:
    listed = vocabulary().districts
    home = code or next((district.code[:2] for district in listed), None)
    near: dict[str, tuple[District, ...]] = {}
    far: dict[str, tuple[District, ...]] = {}
    for district in (*listed, *counties()):
        if district.code[:2] == home:
            for name in (district.name, *district.labels):
                near[name] = (*near.get(name, ()), district)
        elif district.labels:  # one whose short name is no word
            far[district.name] = (*far.get(district.name, ()), district)
    return {name: found for name, found in (far | near).items() if len(name) > 2 or name[-1] != "区"}


@cache
def _by_id() -> Mapping[str, str]:
    return {place.id: place.name for place in (*vocabulary().provinces, *_cities())}


@cache
def _names(code: str | None) -> Mapping[str, tuple[Place, ...]]:
    return vocabulary().place_names(code)


@cache
def _cities() -> tuple[Place, ...]:
    return vocabulary().every_city()


@cache
def _signs() -> Mapping[str, tuple[Place, ...]]:
    return {sign: (place,) for sign, place in vocabulary().province_signs().items()} | vocabulary().abbreviations()
