"""Which cities a document means by a region: membership belongs to a document.

Where a document lists the members itself, the loader has put the cities in place of the name. A name that is left is
one that the document takes for granted. It then means what all the documents that do list members agree on; a city on
which they differ (深圳 for 珠三角) is undecided, which is `None`.
"""

from collections.abc import Mapping
from functools import cache

from ontology.errors import NotFound
from ontology.vocabulary import vocabulary

WHOLE = frozenset({"全省", "省内", "广东", "广东省"})
_WINGS = ("东西两翼", ("东翼", "西翼"))


def within(city: str, regions: tuple[str, ...], document: str | None = None) -> bool | None:
    """Whether a city is in one of the places that a clause names; None where the documents do not decide it.

    Args:
        city: name of a city.
        regions: names of cities and regions; none means everywhere.
        document: number of the document that names them.
    """
    if not regions:
        return True
    answers = [_member(city, region, document) for region in regions]
    if True in answers:
        return True
    return None if None in answers else False


def among(cities: tuple[str, ...], regions: tuple[str, ...], document: str | None = None) -> bool | None:
    """Whether all of some cities are in one of the places that a clause names; None where it depends on the city.

    Args:
        cities: their names; none means any city.
        regions, document: as for `within`.
    """
    if not regions:
        return True
    answers = {within(city, regions, document) for city in cities}
    return answers.pop() if len(answers) == 1 else None


def possible(city: str | None, regions: tuple[str, ...]) -> tuple[str, ...]:
    """The cities where an applicant may be: the one of the profile, else those that an offer is for; none for any.

    Args:
        city: of the profile.
        regions: names of the cities and regions that the offer is for.
    """
    if city is not None:
        return (city,)
    named = {place.name for place in vocabulary().cities}
    return regions if named.issuperset(regions) else ()


@cache
def _member(city: str, region: str, document: str | None) -> bool | None:
    if region in WHOLE:
        return True
    try:
        place = vocabulary().place(region, document)
    except NotFound:
        district = vocabulary().district_names().get(region)
        return None if district is None or district.city == vocabulary().city(city).id else False
    if place.cls == "City":
        return place.name == city
    identifier = vocabulary().city(city).id
    if place.members:
        return identifier in place.members
    lists = _lists(place.name)
    if not lists:
        return None
    answers = {identifier in members for members in lists}
    return answers.pop() if len(answers) == 1 else None


@cache
def _lists(name: str) -> tuple[frozenset[str], ...]:
    """The members of a region in each document that lists them; of both wings together where a name means both."""
    found: dict[str, frozenset[str]] = {}
    for region in vocabulary().regions:
        if region.members and region.name == name:
            found[region.scheme or ""] = frozenset(region.members)
    both, wings = _WINGS
    if not found and both in name:
        rest = name.replace(both, "")
        for region in vocabulary().regions:
            if region.members and any(region.name in (f"{rest}{wing}", f"{wing}{rest}") for wing in wings):
                found[region.scheme or ""] = found.get(region.scheme or "", frozenset()) | frozenset(region.members)
    return tuple(found.values())


def home_elsewhere(city: str, jurisdiction: str | None) -> str | None:
    """The province or city that a policy is of, where a city is not in it; None where it is, or nobody can tell.

    Args:
        city: name of a city.
        jurisdiction: of the policy, as the graph has it.
    """
    if jurisdiction is None or (vocabulary().city(city).code or "").startswith(jurisdiction):
        return None
    return _names()[jurisdiction]


def home_city(jurisdiction: str | None) -> str | None:
    """The city that a policy is of; None where it is of a province or of the state, or nobody can tell."""
    return None if jurisdiction is None or len(jurisdiction) == 2 else _names()[jurisdiction]


@cache
def _names() -> Mapping[str, str]:
    """Provinces by the two digits of their codes, cities by all six."""
    provinces = {(place.code or "")[:2]: place.name for place in vocabulary().provinces}
    return provinces | {place.code or "": place.name for place in vocabulary().every_city()}
