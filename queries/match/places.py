"""Which cities a document means by a region: membership belongs to a document.

Where a document lists the members itself, the loader has put the cities in place of the name. A name that is left is
one that the document takes for granted. It then means what all the documents that do list members agree on; a city on
which they differ (深圳 for 珠三角) is undecided, which is `None`.
"""

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


@cache
def _member(city: str, region: str, document: str | None) -> bool | None:
    if region in WHOLE:
        return True
    try:
        place = vocabulary().place(region, document)
    except NotFound:
        return None
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
