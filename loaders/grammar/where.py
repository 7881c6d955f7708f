"""In which province a document speaks, and which names mean places there.

A bare 白银 or 吉林 is a city only in a document of its province; everywhere else it is a word until 市 follows. The
loaders of one document run inside `speaking_in`; outside of it the province of the vocabularies is meant.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

from ontology.vocabulary import Place, vocabulary

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
def _names(code: str | None) -> Mapping[str, tuple[Place, ...]]:
    return vocabulary().place_names(code)


@cache
def _cities() -> tuple[Place, ...]:
    return (*vocabulary().cities, *(place for place in vocabulary().elsewhere if place.cls == "City"))


@cache
def _signs() -> Mapping[str, tuple[Place, ...]]:
    provinces = {sign: (place,) for place in vocabulary().provinces for sign in place.abbreviations}
    return provinces | vocabulary().abbreviations()
