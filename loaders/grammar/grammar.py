"""Grammar of lists, names and clauses that the layout and company loaders share.

It knows how Chinese policy prose puts things in a row (、 和 及 以及 与, 等 at the end), where a clause ends, and when
the name of a place is part of a longer name (a park, a laboratory, a district). It knows no place, product or company.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from loaders.grammar import where
from ontology.vocabulary import vocabulary

OUTSIDE = "cn"  # the vocabulary's scheme of places outside the province
OPEN, CLOSE = "“‘（《「『〈(", "”’）》」』〉)"
_JOIN = r"、|以及|及其|和|及|与|或"

# Heads of the names of facilities and organisations. What stands before them is part of the name.
NAMED_HEADS = (
    "园区|产业园|工业园|科技园|科学园|软件园|创新园|创业园|物流园|园|开发区|高新区|经开区|高新技术区|保税区|试验区|"
    "示范区|合作区|自贸区|自贸试验区|经济区|新区|新城|产业城|科技城|科学城|实验室|研究院|研究所|研究中心|创新中心|检测中心|"
    "测试中心|测试场|试车场|交易所|大学|学院|学校|医院|集团|公司|企业|银行|协会|联盟|商会|商协会|港区|港口|机场|光源|"
    "装置|广场|小镇|古镇|走廊|工厂|平台"
)
_NAMED = re.compile(rf"^(?:（[^（）]*）)?[^，。；：、]{{0,24}}?(?:{NAMED_HEADS})")
_DISTRICT = re.compile(
    r"^(?!地区|区域|市区)[^，。；：、的和与及]{1,4}?(?:自治县|(?<![产聚地片园])区|县|镇|街道|港|岛|湾)"
)
# What may follow the subject of a clause. A name that these words follow is complete.
PREDICATE = (
    "重点|着力|加快|大力|努力|积极|集中|主要|进一步|建设|打造|发展|依托|发挥|以|推动|推进|培育|巩固|提升|提高|充分|利用|"
    "聚焦|定位|开展|加强|构建|形成|布局|支持|鼓励|围绕|立足|凭借|结合|面向|做大|做强|做优|做精|突出|承接|引进|引导|"
    "实施|完善|优化|强化|拓展|瞄准|探索|创建|争创|申报|全力|全面|深入|率先|持续|不断|逐步|稳步|统筹|优先|推广|通过|"
    "借助|联合|在|将|把|要|应|可|也|则|为|作为|规划|谋划|启动|集聚|汇聚|吸引|抢抓|抓住|主攻|生产|研发|研制|开发|"
    "突破|攻克|攻关|成立|设立|组建|争取|力争|加大|延伸|补齐|整合|改造|落实|健全|建立|运用|参与|承担|牵头|负责|协同|"
    "做好|率领|引领|带动|辐射|分别|共同|共建|联动|促进|扩大|壮大|增强|保持|对接|深化|侧重|专注|辅以|配套|种植|养殖|错位|各自|主动|不|均|内设|设(?![备计施立])|差异化|用好|抓好|"
    "应当|应该|可以|继续|有序|科学|合理|因地制宜|切实|尽快|抓紧|稳定|挖掘|打响|擦亮|擦|建成|具有|拥有|是|有"
)
_PREDICATE = re.compile(rf"^(?:{PREDICATE})")
# 西岸城市群 and the like are regions of their own; a list that ends so is followed by these words.
_PLACE_TAIL = re.compile(
    r"(?:等)?(?:有条件的|相关|重点)?(?:[二两三四五六七八九十\d]+)?"
    r"(?:各地级以上市|地级以上市|地级市|地市|各市|各地|城市|省市|区域|地区|市|地)|等"
)
_RELATIVE = re.compile(r"全省(?=各)|其[他它余]各?(?:地级以上市|地级市|地市|城市|市|地区|地)")


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A place that a text names. `name` is the city's name or the region as printed without 地区; `city` says which."""

    name: str
    city: bool


@dataclass(frozen=True, slots=True)
class PlaceList:
    """Places in a row, from `start` to `end` of the string (等市 included). `open` where the list ends in 等."""

    places: tuple[PlaceName, ...]
    start: int
    end: int
    open: bool
    marked: bool  # 市, 等, 地区 … or several names: they are complete


@cache
def _outside(province: str | None) -> frozenset[str]:
    """Ids of places outside the province, and of regions that reach beyond it (粤港澳大湾区 holds the name 港澳)."""
    named = where.names()
    names = [label for label, meant in named.items() if all(place.scheme == OUTSIDE for place in meant)]
    far = {place.id for place in vocabulary().elsewhere if place.province != province or place.cls != "City"}
    return frozenset(
        place.id
        for meant in named.values()
        for place in meant
        if place.scheme == OUTSIDE
        or place.id in far
        or (place.cls == "Region" and any(name in place.name for name in names))
    )


@cache
def _places(province: str | None, outside: bool) -> tuple[re.Pattern[str], dict[str, tuple[PlaceName, ...]]]:
    """The pattern of the places that a list may hold, and what each name means, in a document of a province."""
    names: dict[str, tuple[PlaceName, ...]] = {}
    without = frozenset[str]() if outside else _outside(province)
    for label, meant in where.names().items():
        if (
            any(place.id in without for place in meant)
            or "、" in label
            or _RELATIVE.fullmatch(label)
            or label.startswith(("全省", "省内"))
        ):
            continue
        cities = [place.cls == "City" for place in meant]
        if len(meant) == 1 and not cities[0]:
            far = meant[0].scheme == OUTSIDE  # 四川省 and 四川 are one name
            names[label] = (PlaceName(meant[0].name if far else label.removesuffix("地区"), False),)
        else:
            names[label] = tuple(PlaceName(place.name, city) for place, city in zip(meant, cities, strict=True))
    longest = sorted(names, key=lambda label: (-len(label), label))
    return re.compile("|".join([*map(_labelled, longest), _RELATIVE.pattern])), names


def _labelled(label: str) -> str:
    """A name as a pattern; 市 that begins another word (市场) is no part of it."""
    return re.escape(label) + ("(?![场民])" if label.endswith("市") else "")


def depth(string: str, at: int) -> int:
    """How many brackets and quotation marks are open at a position."""
    return sum(string.count(sign, 0, at) for sign in OPEN) - sum(string.count(sign, 0, at) for sign in CLOSE)


def split(string: str, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Stretches of a string between matches of `pattern` that stand outside brackets and quotation marks."""
    last = 0
    for match in pattern.finditer(string):
        if depth(string, match.start()) <= 0:
            yield last, match.start()
            last = match.end()
    yield last, len(string)


CLAUSE = re.compile(r"[，；。！？：]")


def clauses(string: str) -> tuple[tuple[int, int], ...]:
    """The clauses of a sentence as (start, end), signs left out, empty ones left out."""
    return tuple((start, end) for start, end in split(string, CLAUSE) if string[start:end].strip())


_ENUMERATION = re.compile("、")
# 和 and the like join list members only where nothing else can hold them together (和谐, 共和, 及时 …).
_LAST_JOIN = re.compile(
    r"以及|及其(?!他|它|余|中)|(?<![共中饱缓柔温])和(?!谐|平(?![板台面衡整滑移])|解|睦)|(?<![以普涉波危])及(?!时|其|早|格|以[上下内])|(?<![参给])与(?!会)"
)


def members(string: str, *, join: bool = True) -> tuple[tuple[int, int], ...]:
    """The members of an enumeration as (start, end): split at 、 and, in the last member, at 和, 及, 以及, 与."""
    parts = list(split(string, _ENUMERATION))
    if join:
        start, end = parts.pop()
        parts += _joined(string, start, end)
    return tuple((a, b) for a, b in parts if string[a:b].strip())


def _joined(string: str, start: int, end: int) -> list[tuple[int, int]]:
    """A stretch split at 和 and the like, except inside the name of a cluster (半导体与集成电路)."""
    stretch = string[start:end]
    for name in _cluster_names().findall(stretch):
        stretch = stretch.replace(name, _LAST_JOIN.sub(lambda match: "\u0000" * len(match[0]), name))
    return [(start + a, start + b) for a, b in split(stretch, _LAST_JOIN)]


@cache
def _cluster_names() -> re.Pattern[str]:
    longest = sorted(vocabulary().cluster_names(), key=lambda name: (-len(name), name))
    return re.compile("|".join(re.escape(name) for name in longest if _LAST_JOIN.search(name)) or "(?!)")


def place_lists(string: str, *, outside: bool = False) -> tuple[PlaceList, ...]:
    """The lists of places in a sentence, names inside longer names left out.

    Args:
        string: the sentence.
        outside: whether places outside the document's province count too.
    """
    found: list[PlaceList] = []
    pattern, names = _places(where.province(), outside)
    at = 0
    while match := pattern.search(string, at):
        group = _list_at(string, match, pattern, names, outside)
        at = group.end
        if depth(string, group.start) <= 0 and not _is_part(string, group):
            found.append(group)
    return tuple(found)


def _list_at(
    string: str,
    match: re.Match[str],
    pattern: re.Pattern[str],
    names: dict[str, tuple[PlaceName, ...]],
    outside: bool,
) -> PlaceList:
    places: list[PlaceName] = []
    count = 0
    start, marked, is_open = match.start(), False, False
    next_name: re.Match[str] | None = match
    end = start
    while next_name:
        places += names.get(next_name[0]) or (_far(next_name[0]),)
        end, count = next_name.end(), count + 1
        tail = _PLACE_TAIL.match(string, end)
        if tail and _ends_list(string, tail):
            marked, end = True, tail.end()
            is_open = is_open or tail[0].startswith("等")
        join = re.compile(_JOIN).match(string, end)
        next_name = (
            (pattern.match(string, join.end()) or (_bare().match(string, join.end()) if outside else None))
            if join
            else None
        )
        if next_name and _is_single_part(string, next_name.end()):
            next_name = None
    return PlaceList(tuple(dict.fromkeys(places)), start, end, is_open, marked or count > 1)


def _far(name: str) -> PlaceName:
    """A name that the pattern of the document does not hold: a city of another province in a list, or 其他市."""
    return PlaceName(name, name in where.bare())


@cache
def _bare() -> re.Pattern[str]:
    longest = sorted(where.bare(), key=lambda name: (-len(name), name))
    return re.compile(rf"(?:{'|'.join(longest)})(?=[、，和及与]|等|市(?!场)|产业)")


def _ends_list(string: str, tail: re.Match[str]) -> bool:
    """Whether 市, 地, 区域 … is the class of the places and not the start of the next word (市场, 地铁, 等级)."""
    after = string[tail.end() : tail.end() + 1]
    return (
        not (tail[0].endswith("市") and after in "场政民辖内区")
        and not (tail[0].endswith("地") and after in "铁方区下理标处质面")
        and not (tail[0] == "等" and after in "级离效同于额比值")
    )


def _is_single_part(string: str, end: int) -> bool:
    """Whether a place name that ends here goes on as a longer name: a park, a district, an organisation."""
    rest = string[end:]
    if bracket := re.match("（[^（）]*）", rest):  # 甲（乙）产业园 is a name, 甲（乙、丙）重点发展… is not
        return not _PREDICATE.match(rest[bracket.end() :])
    if re.match(NAMED_HEADS, rest):
        return True
    if not rest or re.match(rf"[，。；：、]|{_JOIN}|等|{_PLACE_TAIL.pattern}", rest) or _PREDICATE.match(rest):
        return False
    return bool(_NAMED.match(rest) or _DISTRICT.match(rest))


def _is_part(string: str, group: PlaceList) -> bool:
    if group.start and string[group.start - 1] in "（“":
        return True
    plain_city = string[group.end - 1] == "市" and group.end - group.start <= 4
    if plain_city and _DISTRICT.match(string[group.end :]) and not _PREDICATE.match(string[group.end :]):
        return True  # 广州市南沙区: the role is the district's
    if group.marked:
        return False
    return _is_single_part(string, group.end)


def place_names(string: str) -> tuple[tuple[int, int], ...]:
    """Where a stretch prints the name of a place, inside longer names too; places outside the province included."""
    return tuple(match.span() for match in _any_place(where.province()).finditer(string))


@cache
def _any_place(province: str | None) -> re.Pattern[str]:
    longest = sorted(where.names(), key=lambda label: (-len(label), label))
    return re.compile("|".join(map(_labelled, longest)))


def begins_with_place(string: str) -> bool:
    """Whether a stretch begins with the name of a place, or with several run together (粤港澳)."""
    start = next((start for start, _ in place_names(string)), None)
    return start == 0 or (start == 1 and string[0] in where.abbreviations())


def is_predicate(string: str) -> bool:
    """Whether a stretch begins as a predicate does."""
    return _PREDICATE.match(string) is not None or string.startswith("——")


def unique(items: Iterable[str]) -> tuple[str, ...]:
    """The items without repetitions, in their order."""
    return tuple(dict.fromkeys(items))
