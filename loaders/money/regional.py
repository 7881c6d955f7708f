"""Awards for some places: the same as for the others, with another share or sum (…按10%给予补助，其中甲地区按15%)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from loaders.money.award import Award
from loaders.money.figures import NOUN
from loaders.money.passages import PolicyText
from loaders.money.words import NUMBERED

_AMONG = re.compile(rf"[，、；：\s]*{NUMBERED}(?:其中|但)?，?(?:对于?|位于|在)?")
_GIVEN = re.compile(
    rf"(?:的|内|内?的?(?:企业|项目|单位))*(?:{NOUN}|比例|标准)*，?(?:则|可|再|分别|最高)*(?:按|提高|上浮|放宽|降低|给予|奖励|补助|补贴|资助|为)"
)
# Places that no vocabulary names (其中江北新兴产业集中区企业按…).
_AREA = re.compile(r"(?P<places>[\u4e00-\u9fff、]{2,20}?[县区园镇乡])(?=内|的|企业|项目|按|提高|给予|奖|补)")


def regional(found: Sequence[Award], policy: PolicyText) -> list[Award]:
    """The awards of a passage; one that is only for some of the places of the one before it has what that one asks.

    The one before it is then for the other places, and a ceiling behind both is for both.
    """
    return list(_regional(found, policy)) if found else []


def _regional(found: Sequence[Award], policy: PolicyText) -> Iterator[Award]:
    last = found[0]
    for award in found[1:]:
        places = places_of(award.passage.text.string[award.start : award.end], policy)
        further = last.sentence != award.sentence and not _no_target(award, policy)
        if not places or award.conditions or award.on_top or further:  # 在甲地区的再奖励20万元 is for the same
            yield last
            last = award
            continue
        own = last.places or places_of(last.passage.text.string[last.start : last.end], policy)
        own = own or (policy.prefix(last.target)[0] if last.target is not None else ())
        before = replace(last, places=own, caps=last.caps or award.caps, target=_whom(last, policy))
        rest = all(_OTHERS.match(place) for place in places)
        yield before if own else replace(before, elsewhere=(*last.elsewhere, *places))
        last = replace(
            award,
            conditions=list(last.conditions),
            ladder=list(last.ladder),
            base=award.base or last.base,
            target=_own_words(award) if _no_target(before, policy) else before.target,
            caps=award.caps or last.caps,
            places=() if rest else places,
            elsewhere=own if rest else () if own else last.elsewhere,
        )
    yield last


def _no_target(award: Award, policy: PolicyText) -> bool:
    """Whether an award names nobody but places."""
    return award.target is None or policy.prefix(award.target)[2] == len(award.target)


def _own_words(award: Award) -> str | None:
    """Whom an award names itself (粤东粤西粤北地区的项目); nobody behind 其中, which goes on with those before."""
    own = _SUBJECT.match(award.passage.text.string, award.start)
    who = own["who"] if own is not None else award.target
    return None if who is not None and who.startswith(("其中", "但")) else who


def _whom(award: Award, policy: PolicyText) -> str | None:
    """Whom an award is for; if it names places only, those that its sentence begins with (对…项目，甲地区按…)."""
    if not _no_target(award, policy):
        return award.target
    first = _FIRST.match(award.passage.text.string, award.sentence[0])
    return first["who"] if first is not None else award.target


_FIRST = re.compile(rf"{NUMBERED}对(?P<who>[^，。；\d]{{2,40}})，")
_SUBJECT = re.compile(
    rf"[，、；。：\s]*{NUMBERED}对?(?P<who>[^，。；\d]{{2,30}}?)，?(?=按|给予|奖励|补助|补贴|资助|提高)"
)
_OTHERS = re.compile("其[他它余]")


def places_of(words: str, policy: PolicyText) -> tuple[str, ...]:
    """The places that words begin with, if they say nothing else before what is given."""
    among = _AMONG.match(words)
    begin = among.end() if among is not None else 0
    places, _, end = policy.prefix(words[begin:])
    if places and _GIVEN.match(words, begin + end):
        return places
    area = _AREA.match(words, begin) if "其中" in words[:begin] else None
    return tuple(area["places"].split("、")) if area is not None and _GIVEN.match(words, area.end()) else ()
