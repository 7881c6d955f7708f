"""Lists of agencies, with the prefixes that a list leaves out restored.

In 省工业和信息化厅、科技厅、商务厅 every one is provincial: a prefix holds for what follows it until another one stands
there. A body is recognised by the form of its name, so that those of any province are found; the vocabulary gives
those that it knows their usual short name.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from loaders.grammar import grammar
from ontology.vocabulary import Agency, vocabulary

# What the name of a public body ends with. Weak ends need a body with a strong end beside them, or a known name.
STRONG = (
    r"(?:厅|局|委|委员会|办公室|部门|机关|政府|管委会|领导小组|指挥部|联席会议|工作专班|专班|委办|署|支行|分行|总队"
    r"|(?:宣传|组织|统战|财政|商务|科技|教育)部)"
)
_WEAK = (
    r"(?:办|院|会|公司|集团|中心|大学|学院|学校|银行|镇|乡|街道(?:办事处|办)?|县|区|市|州|园区|开发区|高新区|单位"
    r"|所|站|处|组|协会|部)"
)
_END = rf"(?:{STRONG}|{_WEAK})(?:（[^（）]{{1,20}}）)?"
_NAME = re.compile(rf"^(?:[\u4e00-\u9fffA-Za-z“”·]|（[^（）]{{1,16}}）){{0,28}}?{_END}$")
_STRONG_END = re.compile(rf"{STRONG}(?:（[^（）]{{1,20}}）)?$")
# The level that a name itself begins with. 市场, 区块, 县域 are words.
_LEVEL = re.compile(r"^(?:省|市(?!场|政|直)|县(?!域)|区(?!块|域)|州|旗)(?=[\u4e00-\u9fff])")
# A list of one city's bodies: 苏州市工业和信息化局、财政局.
_PLACE = re.compile(
    r"^(?!各|有关|相关|全|本|上级|下级|国家|中国)[\u4e00-\u9fff]{2,3}(?:省|市(?!场)|县|区|州)"
    r"(?=[\u4e00-\u9fff]{1,14}(?:厅|局|委|办)$)"
)
_OWN = re.compile(
    r"^(?:各|有关|相关|全[省市县区]|中国|中央|中共|国家|全国|国务院|人民银行|人行|本|同级|当地|所在|地级|县级|市级|省级|镇级|乡镇"
    r"|其他|属地|[\u4e00-\u9fff]{0,12}?(?:领导小组|工作组|专班|联席会议|指挥部)|[\u4e00-\u9fff]{2,3}(?:省|市(?!场)|自治区|县|区|州|镇|新区|开发区))"
)
# A bare name whose head only a body below the central government has: it takes the prefix of its list.
_BARE = re.compile(r"(?:厅|局|委|办|办公室|委员会|部)$")
_SHARED = re.compile(r"(?<=[市县区州])(?:人民政府|政府|管委会)$")
_BARE_PLACE = re.compile(r"^[\u4e00-\u9fff]{2,6}[市县区州]$")
_TAIL = re.compile(r"(?:等(?:有关|相关)?(?:部门|单位)?)$")
_NOISE = re.compile(
    r"^(?:及其?(?!他)|以及|和|与|并|由|会同|联合)|(?:按照?职责分工|分工|按职责|分别|共同)+(?:负责|落实|推进|配合)?$"
)
_SEPARATOR = re.compile(r"[、，；,;/]|\s(?=[\u4e00-\u9fff])")
# 和 and the like separate bodies, but also stand inside names (工业和信息化厅, 发展和改革委).
_JOINT = re.compile(
    rf"(?<=[厅局委办部门府会室院司心学镇区])(?:以及|及|和|与|会同|并会同|联合)(?=[\u4e00-\u9fff]{{1,20}}{_END})"
)


@dataclass(frozen=True, slots=True)
class Body:
    """An agency of a list: its name with the prefix restored, and where in the string it is printed."""

    name: str
    start: int
    end: int
    known: bool


def bodies(string: str, level: str | None = None) -> tuple[Body, ...]:
    """The agencies that a list consists of, in its order; () where it is no list of agencies.

    Args:
        string: the list, without brackets and 牵头.
        level: the prefix (省, 市, 县, 区) that holds where the list has none: the level of the policy.
    """
    found: list[Body] = []
    prefix = level or ""
    for start, end in _members(string):
        printed = string[start:end]
        if not _NAME.match(printed) or len(printed) > 30:
            return ()
        if match := _LEVEL.match(printed) or _PLACE.match(printed):
            prefix = match[0]
        name, known = _restored(printed, prefix)
        found.append(Body(name, start, end, known))
    if not any(body.known or _is_strong(string[body.start : body.end]) for body in found):
        return ()
    return tuple({body.name: body for body in reversed(_whole(found))}.values())[::-1]


def _is_strong(printed: str) -> bool:
    """Whether a name alone shows that it is a public body's (省国防科工办, 财政厅)."""
    levelled = _LEVEL.match(printed) is not None and len(printed) >= 3
    return _STRONG_END.search(printed) is not None or (levelled and printed.endswith(("办", "院", "会", "部", "中心")))


def _whole(found: list[Body]) -> list[Body]:
    """The bodies with the end that they share with a later one: 成都市、德阳市人民政府."""
    end = ""
    whole: list[Body] = []
    for body in reversed(found):
        if match := _SHARED.search(body.name):
            end = match[0]
        elif end and _BARE_PLACE.match(body.name) and not body.known:
            body = replace(body, name=body.name + end)
        else:
            end = ""
        whole.append(body)
    return whole[::-1]


def names(string: str, level: str | None = None) -> tuple[str, ...]:
    """The names of the agencies that a list consists of."""
    return tuple(body.name for body in bodies(string, level))


def _members(string: str) -> Iterator[tuple[int, int]]:
    """The members of a list, words that are no part of a name left out."""
    for start, end in grammar.split(string, _SEPARATOR):
        for a, b in _joint(string, start, end):
            piece = string[a:b]
            left = len(piece) - len(piece.lstrip(" 　"))
            if match := _NOISE.match(piece[left:]):
                left += match.end() if match.start() == 0 else 0
            bare = _TAIL.sub("", _NOISE.sub("", piece.rstrip("。；， 　"))) if piece.strip() else ""
            right = piece.rfind(bare) + len(bare) if bare else left
            if right > left:
                yield a + left, a + right


def _joint(string: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    stretch, last = string[start:end], 0
    if _lookup(stretch) is None:
        for match in _JOINT.finditer(stretch):
            if _NAME.match(stretch[last : match.start()]):
                yield start + last, start + match.start()
                last = match.end()
    yield start + last, end


def _restored(printed: str, prefix: str) -> tuple[str, bool]:
    """The usual name of a body, and whether the vocabulary knows it."""
    bare = re.sub(r"（[^（）]*）$", "", printed)
    if _LEVEL.match(bare) or not prefix:
        known = _lookup(bare)
        return (known.name, True) if known else (_spelled(bare), False)
    for name in (prefix + bare, bare):
        known = _lookup(name)
        # 市场监管局 is a name of the provincial body; in a list of a city's it is the city's.
        if known and (name != bare or known.level != "provincial" or prefix == "省" or not _BARE.search(bare)):
            return known.name, True
    if _OWN.match(bare) or not _BARE.search(bare) or grammar.begins_with_place(bare):
        return _spelled(bare), False
    return prefix + bare, False


def _spelled(name: str) -> str:
    """A town that stands among bodies stands for its government."""
    if re.search(r"[镇乡]$", name) and not re.search(r"各|乡镇", name):
        return name + "人民政府"
    return name


@cache
def _known() -> dict[str, Agency]:
    return vocabulary().agency_names()


def _lookup(name: str) -> Agency | None:
    return _known().get(name)


def level_of(policy_level: str | None) -> str | None:
    """The prefix that a policy's own bodies have: 省 for a provincial policy, 市 for a city's, 县, 区."""
    return {"provincial": "省", "municipal": "市", "county": "县", "district": "区"}.get(policy_level or "")
