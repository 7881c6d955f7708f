"""Two places by one character each: 深河 for 深圳 and 河源, 川渝, 成绵 where the sentence names 成都 and 绵阳."""

from loaders.grammar import where
from loaders.grammar.grammar import place_names
from ontology.vocabulary import Place


def pair(text: str, sentence: str = "", *, platform: bool = False) -> tuple[Place, ...]:
    """The two places that a text begins with, one character for each; () where it does not.

    Signs of cities hide in other names (梅江), so two cities count where the sentence names both.

    Args:
        text: a name (川渝合作区).
        sentence: the sentence around it; the places that it names may stand there by their first character.
        platform: whether the name is that of a platform of two places: then the signs suffice (深河产业共建区).
    """
    if len(text) < 3 or text[:3] in where.heads() or any(start == 0 for start, _ in place_names(text)):
        return ()  # a place, or the beginning of one (粤港澳大湾区)
    named, signs = _initials(sentence), where.signs()
    found = [named.get(sign) or (signs[sign][0] if sign in signs else None) for sign in text[:2]]
    places = tuple(place for place in found if place is not None)
    if len(places) != 2 or places[0] == places[1]:
        return ()
    certain = all(sign in named or place.cls == "Region" for sign, place in zip(text, places, strict=False))
    return places if certain or platform else ()


_COMMON = "州山城江海阳口关源安南北东西"  # second characters that many names share


def _initials(sentence: str) -> dict[str, Place]:
    """The places of a sentence by the first character of their names and by their signs."""
    names = where.names()
    meant = (names[sentence[a:b]] for a, b in place_names(sentence))
    named = [places[0] for places in meant if len(places) == 1]
    places = sorted((*named, *where.district_cities(sentence)), key=lambda place: place.cls == "City")
    seconds = {place.name[1]: place for place in places if len(place.name) == 2 and place.name[1] not in _COMMON}
    return seconds | {
        sign: place for place in places for sign in (place.name[0], *(s for s in place.abbreviations if len(s) == 1))
    }
