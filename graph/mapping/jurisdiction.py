"""Whose policy a policy is: the province or city that its title or its number names."""

from collections.abc import Mapping
from functools import cache

from loaders.policy.home import begun
from ontology.vocabulary import Place, vocabulary

_FULL = ("省", "自治区", "市", "州", "盟", "地区", "区", "县")
_LONGEST = 14
"""黔西南布依族苗族自治州 has 11 signs."""


@cache
def jurisdiction(title: str, number: str | None = None) -> str | None:
    """The code of the narrowest place that a title begins with (湖南省长沙市), else of the province of the number.

    Args:
        title: of the policy.
        number: its document number, whose first sign is its province's (粤府〔2021〕53号).

    Returns:
        Six digits for a city, which stands for its districts too, the first two for a province; None where nobody can
        tell, and for the state.
    """
    rest, home = begun(title), None
    while (head := next((end for end in range(_LONGEST, 2, -1) if rest[:end] in _full_names()), 0)) > 0:
        rest, home = rest[head:], _full_names()[rest[:head]]
    place = home or vocabulary().province_signs().get((number or "")[:1])
    if place is None or place.code is None:
        return None
    return place.code if place.cls == "City" else place.code[:2]


@cache
def _full_names() -> Mapping[str, Place]:
    """Provinces and cities by their full names, the city of a district by the district's."""
    cities = {place.id: place for place in vocabulary().cities}
    districts = {name: cities[one.city] for name, one in vocabulary().district_names().items() if one.city in cities}
    places = {name: one[0] for name, one in vocabulary().place_names().items() if len(one) == 1 and one[0].code}
    return {name: place for name, place in (districts | places).items() if name.endswith(_FULL)}
