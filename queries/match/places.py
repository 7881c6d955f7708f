"""Which cities a document means by a region: membership belongs to a document.

Where a document lists the members itself, the loader has put the cities in place of the name. A name that is left is
one that the document takes for granted. It then means what all the documents that do list members agree on; a city on
which they differ (深圳 for 珠三角) is undecided, which is `None`.
"""

import re
from collections.abc import Mapping
from functools import cache

from ontology.errors import NotFound
from ontology.vocabulary import Place, vocabulary

_MADE = re.compile(r"^(?:《|“|关于|印发|转发|中共)+")
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


def home_elsewhere(city: str, policy: str, document: str | None = None) -> str | None:
    """The province or city that a policy is of, where a city is not in it; None where it is, or nobody can tell.

    Args:
        city: name of a city.
        policy: title of the policy.
        document: its number, whose first sign is its province's (粤府〔2021〕53号).
    """
    home = _home(policy, document)
    if home is None:
        return None
    known = vocabulary().city(city)
    code = home.code or ""
    inside = known.id == home.id if home.cls == "City" else (known.code or "")[:2] == code[:2]
    return None if inside else home.name


def home_city(policy: str, document: str | None = None) -> str | None:
    """The city that a policy is of; None where it is of a province or of the state, or nobody can tell."""
    home = _home(policy, document)
    return home.name if home is not None and home.cls == "City" else None


@cache
def _home(policy: str, document: str | None) -> Place | None:
    """The narrowest place that a title begins with (湖南省长沙市); else the province of the number."""
    title, home = _MADE.sub("", policy), None
    while (head := next((end for end in range(_LONGEST, 2, -1) if title[:end] in _full_names()), 0)) > 0:
        title, home = title[head:], _full_names()[title[:head]]
    signs = {sign: place for place in vocabulary().provinces for sign in place.abbreviations}
    return home or signs.get((document or "")[:1])


@cache
def _full_names() -> Mapping[str, Place]:
    """Provinces and cities by their full names, the city of a district by the district's."""
    cities = {place.id: place for place in vocabulary().cities}
    districts = {name: cities[one.city] for name, one in vocabulary().district_names().items() if one.city in cities}
    places = {name: one[0] for name, one in vocabulary().place_names().items() if len(one) == 1 and one[0].code}
    return {name: place for name, place in (districts | places).items() if name.endswith(_FULL)}


_FULL = ("省", "自治区", "市", "州", "盟", "地区", "区", "县")
_LONGEST = 14
"""黔西南布依族苗族自治州 has 11 signs."""
