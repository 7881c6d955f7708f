"""Who leads and who takes part: the words of a list of responsible bodies.

“A牵头，B、C按职责分工负责”, “牵头单位：A；配合单位：B、C”, “责任单位：A（牵头）、B”, and a bare list, in which nobody
leads.
"""

import re
from dataclasses import dataclass

from loaders.grammar import agencies, where
from loaders.grammar.grammar import place_names
from ontology.vocabulary import vocabulary

_LABELLED = re.compile(
    r"(?P<role>(?:主要|共同|主|第一|直接|[省市县区]级|[省市县区]直)?(?:牵头|责任|负责|配合|参与|参加|协办|协同|承办|主办|支持|主责|实施|完成)[\u4e00-\u9fff]{0,2}(?:单位|部门|科室))[：:]"
)
_LED = re.compile(r"^(?:由)?(?P<lead>.+?)(?:负责)?牵头(?:负责|落实|组织实施|实施|推进)?(?P<rest>[，,；;、]?.*)$")
_WORK = re.compile(
    r"(?:等)?(?:按照?(?:各自)?(?:职责|职能)(?:分工|范围)?|各?按职责|分工|分别|共同|具体|协同|配合|参与|参加|协助|支持|负责|落实|推进|实施|承担|等)+$"
)
_LEADER = re.compile(r"（牵头(?:单位|部门)?）")
_ADDS = re.compile(
    r"[，；。]?\s*(?:以下|下列|下同)[^，；。]{0,14}?(?:单位|部门|任务|事项|内容)?[^，；。]{0,6}?(?:均含|均包括|均包含|均为|均由|均有)(?P<who>[^，；。]+?)(?:负责|落实)?(?:[，；]不再(?:一一)?(?:列出|列举|重复列出))?$"
)


_ANNOUNCES = re.compile(
    r"^(?:以下|下列|本[章节部分]+)[^，；。]{0,14}?(?:单位|部门|任务|事项|内容)[^，；。]{0,6}?(?:均含|均包括|均包含|均有)(?P<who>[^，；。]+?)"
    r"(?:[，；]不再(?:一一|重复)?(?:列出|列举))?。?$"
)


@dataclass(frozen=True, slots=True)
class Roles:
    """Who leads (only with an explicit 牵头), the others, and those that every later list is said to hold too."""

    lead: tuple[str, ...]
    others: tuple[str, ...]
    adds: tuple[str, ...] = ()


def roles(string: str, level: str | None = None) -> Roles | None:
    """The roles that a list of bodies states; None where the words are no such list.

    Args:
        string: the list without its brackets.
        level: the prefix (省, 市) of bodies that print none.
    """
    added: tuple[str, ...] = ()
    if match := _ADDS.search(string):
        added = agencies.names(match["who"], level)
        string = string[: match.start()]
    string = _spelled_out(string.strip("。；， ").replace("〔", "（").replace("〕", "）"))
    found = _labelled(string, level) if _LABELLED.search(string) else _plain(string, level)
    if found is None or not (found[0] or found[1]):
        return None
    lead, others = (tuple(_in_its_form(_without_prefix(name, string), string) for name in names) for names in found)
    return Roles(lead, tuple(name for name in others if name not in lead), added)


def _in_its_form(name: str, string: str) -> str:
    """A city's commission (市发改委) as printed where the vocabulary knows a bureau: another province has its own."""
    known = vocabulary().agency_names().get(name)
    if known is None or name in string or where.province() in {None, *(city.province for city in vocabulary().cities)}:
        return name
    other = {"局": "委", "委": "局"}.get(name[-1])
    labels = [label for label in known.labels if other and label.endswith(other)]
    return next((label for label in labels if label in string or label[1:] in string), name)


def _without_prefix(name: str, string: str) -> str:
    """A body as printed where a prefix was put before a central body's office (民航<重庆>监管局)."""
    bare = name[1:]
    office = name not in string and bare in string and any(start > 0 for start, _ in place_names(bare))
    return bare if office else name


def announced(string: str, level: str | None = None) -> tuple[str, ...]:
    """The bodies that a paragraph of its own adds to every later list: 以下任务责任单位均含甲，不再列出。"""
    match = _ANNOUNCES.match(string)
    return agencies.names(match["who"], level) if match else ()


def _labelled(string: str, level: str | None) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """牵头单位：…；配合单位：…"""
    matches = list(_LABELLED.finditer(string))
    if string[: matches[0].start()].strip("，；。 "):
        return None
    lead: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    for i, match in enumerate(matches):
        end = matches[i + 1].start() if i + 1 < len(matches) else len(string)
        piece = string[match.end() : end].strip("，；。 ")
        if "牵头" in match["role"]:
            lead += _labelled_names(_WORK.sub("", piece), level)
        elif (found := _plain(piece, level)) is not None:
            lead, others = lead + found[0], others + found[1]
        else:
            others += _labelled_names(_WORK.sub("", piece), level)
    return lead, others


_MEMBERS = re.compile("[、，；,;]")
# 有关区县政府（含甲、乙管委会）: who is among them.
_CUSTOMS = re.compile("[\u4e00-\u9fff]{2}海关(?=、|，|$)|工商联(?=、|，|$)")
_AMONG = re.compile("（(?:含|包括|包含)[^（）]*）")
_STATED = re.compile("^(?:[\u4e00-\u9fffA-Za-z·]|（[^（）]*）){3,24}$")
_NO_BODY = re.compile("按|负责|落实|推进|完成|配合$|^(?:等|各|有关|相关)$")


def _labelled_names(string: str, level: str | None) -> tuple[str, ...]:
    """The bodies of a list that a label (责任单位：) announces: one whose form no body has stands there as printed."""
    string = _AMONG.sub("", string)
    if found := agencies.names(string, level):
        return found
    members = [member.strip() for member in _MEMBERS.split(string) if member.strip()]
    # What is no body by its form holds the place of one that takes no prefix, so that prefixes carry over it.
    known = [member if agencies.names(f"{member}、中国人民银行", level)[:-1] else None for member in members]
    if not any(known) or any(k is None and not _can_be(m) for m, k in zip(members, known, strict=True)):
        return ()
    stand = [k or f"中国{'甲' * (i + 1)}公司" for i, k in enumerate(known)]
    names = dict(zip(stand, members, strict=True))
    return tuple(
        names.get(name, name) if name.startswith("中国甲") else name for name in agencies.names("、".join(stand), level)
    )


def _can_be(member: str) -> bool:
    return _STATED.match(member) is not None and _NO_BODY.search(member) is None


_OF_CITIES = re.compile(
    r"(?P<first>(?:[\u4e00-\u9fff]{2,4}、)+)[\u4e00-\u9fff]{2,4}(?P<end>[市州](?:人民)?政府|[市州]管委会)"
)


def _spelled_out(string: str) -> str:
    """甲、乙市政府 as 甲市政府、乙市政府: cities that share the end of the last."""

    def each(match: re.Match[str]) -> str:
        cities = match["first"].rstrip("、").split("、")
        full = {label for place in where.cities() for label in place.labels}
        bare = [city in where.names() and city not in full for city in cities]
        start = next((i + 1 for i in range(len(cities) - 1, -1, -1) if not bare[i]), 0)
        whole = [*cities[:start], *(city + match["end"] for city in cities[start:])]
        return "、".join((*whole, match[0][len(match["first"]) :]))

    return _OF_CITIES.sub(each, string)


def _plain(string: str, level: str | None) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    if _LEADER.search(string):
        pieces = [piece for piece in re.split("[、，；]", string) if piece]
        every = agencies.names("、".join(_LEADER.sub("", piece) for piece in pieces), level)
        leads = [bool(_LEADER.search(piece)) for piece in pieces]
        if len(every) != len(leads):
            return None
        return tuple(n for n, led in zip(every, leads, strict=True) if led), tuple(
            n for n, led in zip(every, leads, strict=True) if not led
        )
    if match := _LED.match(string):
        lead = agencies.names(match["lead"], level)
        rest = re.sub(r"^[，,；;、]?(?:会同|并会同|联合|其他|，)?", "", match["rest"])
        others = agencies.names(_WORK.sub("", rest), _prefix(match["lead"], level)) if rest else ()
        return (lead, others) if lead else None
    bare = _WORK.sub("", string)
    others = agencies.names(bare, level) or (_labelled_names(bare, level) if _CUSTOMS.search(bare) else ())
    return ((), others) if others else None


def _prefix(lead: str, level: str | None) -> str | None:
    """The prefix that holds behind the leader: 省发展改革委牵头，科技厅参加."""
    found = agencies.names("、".join((lead, "甲局")), level)
    return found[-1].removesuffix("甲局") or None if found else level
