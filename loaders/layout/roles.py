"""The roles that a sentence gives to the places it names: core, key, base, support, mention.

The role follows from grammar: 以X为核心, 依托X, 支持X…, 在X打造…, X重点发展…; a place further on in a row of clauses
(支持A做甲，B做乙) takes the role of the clause it continues. A place that is an origin (承接X转移) has none.
"""

import re
from dataclasses import dataclass

from loaders.companies.names import names
from loaders.grammar.grammar import PlaceList, PlaceName, clauses, is_predicate, place_lists

RANK = {"core": 5, "key": 4, "base": 3, "support": 2, "mention": 1}


@dataclass(frozen=True, slots=True)
class Naming:
    """Places in one role. `start` and `end` bound the clauses that say it, `scope` is what they say of the places."""

    places: tuple[PlaceName, ...]
    role: str
    scope: str
    open: bool
    start: int
    end: int
    lead: bool  # the opening statement of a subsector: 以X为核心…, 依托X…
    direct: bool  # the place qualifies the object: 建设A、B新能源汽车产业基地


@dataclass(frozen=True, slots=True)
class _Placed:
    """A list of places in its clause; `left` runs from the clause (or the list before) to it."""

    group: PlaceList
    clause: tuple[int, int]
    index: int
    left: str
    right: str
    first: bool  # the first list of its clause


_AS = re.compile(
    r"^[^，。；以]{0,20}?为(?:主要|重要|重点|关键|核心)?"
    r"(双核|双引擎|主引擎|两翼|多点|核心|引擎|龙头|极点|引领|中心|主导|重点|依托|支撑|主体|载体|基础|骨干|支点|节点|集聚|主|配套|辐射|补充|协同)"
)
_AS_ROLE = {
    **dict.fromkeys(("双核", "双引擎", "主引擎", "核心", "引擎", "龙头", "极点", "引领", "中心", "主导"), "core"),
    **dict.fromkeys(("重点",), "key"),
    **dict.fromkeys(
        ("依托", "支撑", "主体", "载体", "基础", "骨干", "支点", "节点", "集聚", "主", "两翼", "多点"), "base"
    ),
    **dict.fromkeys(("配套", "辐射", "补充", "协同"), "support"),
}
_CORE_AS = re.compile(r"^[^，。；]{0,20}?为(?:重点和)?核心")
_BASE = re.compile(r"(?:依托|围绕|发挥|利用|借助|凭借|立足|根据|结合|用好)(?:好|和发挥|和利用)?$")
_ORIGIN = re.compile(r"(?:承接|来自|源自|对接|从|自|向|融入|衔接|面向|毗邻|邻近|辐射到|转移到|(?<!跟踪)服务)$")
_BETWEEN = re.compile("^(?:与|同)[^，。]*(?:联动|协同|合作|对接|互动|交流)")
_WITH = re.compile(r"(?:与|同|跟)$")
_AT = re.compile(r"(?:在|于)$")
_MAKE = re.compile(r"(?:将|把)$")
_BUILD = re.compile(r"布局|建设|设立|规划|设置|建立|开展|推广|试点|选址")
_SHAPE = re.compile(r"打造|形成|培育|构建|建成|发展(?!区)|创建|集聚")
# A verb governs the places that stand right behind it, a few words between at most.
_SUPPORT = re.compile("(?:支持|推动|推进|鼓励|带动|引导|指导|扶持|协调|促进|辐射|协助|帮助|推广)[^，]{0,6}$")
_ACT = re.compile(
    "(?:优化|加强|强化|提升|建设|打造|做强|做优|做大|培育|加快|构建|形成|巩固|完善|布局|发展|壮大|规划|聚焦|整合|"
    "跟踪服务|扩大|改造|创建|突出|统筹|用好|谋划|增强)[^，]{0,6}$"
)
_LEAD = re.compile(
    r"^(?:其中|同时|此外|另外|并|且|特别是|尤其是|由|重点是|一是|二是|三是|四是|五是|目前|充分|积极|主要|到\d+年|——|—|“|[（(]?\d+[)）.])*$"
)
_GATHERING = re.compile(r"集聚|辐射|引领|引擎|核心|带动作用|龙头")
_SHARED = re.compile(r"^[^，]{0,14}?(?:、|和|及|以及|与)$")
_SUBORDINATE = re.compile(r"(?:带动|辐射带动|辐射|支持|推动|联动)$")
_FACILITY = re.compile("^[^，、]{0,16}(?:基地|集聚区|产业带|产业集群|集聚地|高地)")
_AGENCY = re.compile("^(?:市|人民)*(?:政府|党委|市委)")
# What a place has been and what it is to reach, as against what it is to do.
_PAST = re.compile(
    "^(?:\\d{4}年(?!底?前)|近年来?|目前|截至|经过|过去|历经|改革开放|多年来|“[^”]{1,4}”(?:时期|期间)以来)"
)
_ACHIEVED = re.compile(
    r"^[^，。；]{0,16}?(?:已|初具|形成了|成为了|建成了|位居|名列|居全[国省]|占全[国省]|连续|牵头|参与|入选|获批|获评|(?:突破|达到|达|超过|超)\s*\d)"
)
# 打造X…基地, 将X打造成为…基地: a place that is itself the base of a cluster.
_OWN_BASE = re.compile("^[^，、]{0,20}基地(?:群)?(?:建设)?$")
_MADE_BASE = re.compile("^(?:重点|着力|加快|共同)*(?:打造|建设|建|培育|发展|创建)[^，]*基地$")
_FEATURED = re.compile(r"^(?:各具|各有|特色|各自|[^，。；]{0,8}的)")
_ALONGSIDE = re.compile("^(?:协同|配套|联动|错位|差异化|辅助|跟进|(?:做好|提供|加强)[^，。；]{0,6}配套)")


def namings(sentence: str, *, whole: bool) -> tuple[tuple[Naming, ...], tuple[tuple[int, int], ...]]:
    """The places of a sentence with their roles.

    Args:
        sentence: one sentence, repaired.
        whole: whether it is about a whole cluster; then what the province does to a place (打造X集聚区) makes it a
            focus of the cluster (key), while within a subsector it is a support.

    Returns:
        The namings in order, and the stretches of places whose role is not clear.
    """
    placed = _placed(sentence)
    roles: list[str | None] = []
    unread: list[tuple[int, int]] = []
    for here in placed:
        before = [(placed[j], role) for j, role in enumerate(roles) if role]
        role = _role(here, before, whole)
        if role == "mention" and (_PAST.match(sentence) or _ACHIEVED.match(here.right)):
            role = None
        roles.append(role)
        if role is None and here.first and not _in_list(here):
            unread.append((here.group.start, here.group.end))
    kept = [(p, role) for p, role in zip(placed, roles, strict=True) if role]
    bounds = clauses(sentence)
    return tuple(_naming(sentence, bounds, kept, i) for i in range(len(kept))), tuple(unread)


def _placed(sentence: str) -> list[_Placed]:
    bounds, found = clauses(sentence), []
    firms = [(firm.start, firm.end) for firm in names(sentence, frozenset())]
    groups = [g for g in place_lists(sentence) if not any(a <= g.start < b for a, b in firms)]  # 利用<佛山某某>等企业
    for k, group in enumerate(groups):
        index, clause = next((i, c) for i, c in enumerate(bounds) if c[0] <= group.start < c[1])
        earlier = [g for g in groups[:k] if g.start >= clause[0]]
        begin = earlier[-1].end if earlier else clause[0]
        found.append(
            _Placed(group, clause, index, sentence[begin : group.start], sentence[group.end : clause[1]], not earlier)
        )
    return found


def _role(here: _Placed, before: list[tuple[_Placed, str]], whole: bool) -> str | None:
    left, right = here.left, here.right
    if _in_list(here) and not any(p.clause == here.clause for p, _ in before):
        return None
    previous = before[-1] if before else None
    same_clause = previous is not None and previous[0].clause == here.clause
    opened = left.endswith(("以", "是")) or (bool(before) and (not left or left.endswith(("、", "和", "，"))))
    if (match := _AS.match(right)) and opened:
        return "core" if _CORE_AS.match(right) else _AS_ROLE[match[1]]
    if same_clause and previous is not None:
        if previous[1] in ("core", "base") and _ALONGSIDE.match(right):
            return "support"
        if _SHARED.match(left) and not _WITH.search(left):
            return previous[1]
        if not _SUBORDINATE.search(left) and previous[1] != "support":
            return None
    if _ORIGIN.search(left) or _AGENCY.match(right) or (not left and not here.first):  # 甲、乙等<丙地区>城市
        return None
    if _WITH.search(left) or _BETWEEN.match(right):
        return "mention"
    if _BASE.search(left):
        central = _GATHERING.search(right) if whole else re.match("[^，。；]{0,4}(?:双核|核心|引擎|龙头)", right)
        return "core" if central and left.endswith("发挥") else "base"
    if _AT.search(left):
        if _SUPPORT.search(left):
            return "support"
        verb = min(
            (m for m in (_BUILD.search(right), _SHAPE.search(right)) if m), key=lambda m: m.start(), default=None
        )
        return None if verb is None else "support" if _BUILD.fullmatch(verb[0]) else "key"
    if _MAKE.search(left):
        return "base" if whole and _MADE_BASE.match(right) else "key"
    if _LEAD.match(left):
        # 支持A做甲，B建设乙基地，C做丙: C goes on from A.
        ruling = [(p, r) for p, r in before if not (r == "base" and _LEAD.match(p.left))]
        return _subject(here, ruling[-1] if ruling else None, whole)
    if left.endswith("、") and _FACILITY.match(right):  # 加强甲基地、<乙>丙基地建设: the verb stands before the list
        left = left.split("、")[0][:8]
    if _SUPPORT.search(left):
        return "core" if whole and any(p.name.endswith("核心区") for p in here.group.places) else "support"
    if _ACT.search(left):
        if not whole:
            return "support"
        if re.search("强化|发挥|提升|增强", left) and _GATHERING.search(right):
            return "core"
        return "base" if _OWN_BASE.match(right) else "key"
    return None


def _in_list(here: _Placed) -> bool:
    """Whether the place qualifies a member of a list of products (发展甲、<潮州单枞茶>) and no facility."""
    if not here.left.endswith("、") or here.group.marked or is_predicate(here.right):
        return False
    return _FACILITY.match(here.right) is None


def _subject(here: _Placed, previous: tuple[_Placed, str] | None, whole: bool) -> str:
    """The role of places at the start of a clause."""
    if previous is None or previous[0].clause == here.clause:
        return "mention"
    earlier, role = previous
    if whole and role == "support" and _MADE_BASE.match(here.right):
        return "base"
    if role == "support" and (earlier.index > 0 or not _LEAD.match(earlier.left)):
        return "support"
    if role in ("core", "base") and _ALONGSIDE.match(here.right):
        return "support"
    if role in ("core", "base") and _FEATURED.match(here.right) and not is_predicate(here.right):
        return "key" if whole else "support"
    return "mention"


_ONLY_ROLE = re.compile("^(?:以[^，。；]+)?为[^，。；]{1,6}[，、]?(?:以|并以)?$")


def _naming(sentence: str, bounds: tuple[tuple[int, int], ...], kept: list[tuple[_Placed, str]], i: int) -> Naming:
    here, role = kept[i]
    after = [p for p, _ in kept[i + 1 :]]
    stop = len(sentence)
    if after:
        stop = after[0].clause[0] if after[0].clause != here.clause else after[0].group.start
    if len(after) > 0 and _ONLY_ROLE.match(sentence[here.group.end : stop]):  # 甲以…为核心，乙以…为核心，发展…
        stop = after[1].clause[0] if len(after) > 1 else len(sentence)
    semicolon = sentence.find("；", here.group.end, stop)
    stop = semicolon if semicolon >= 0 else stop
    lead = role in ("core", "base") or _AS.match(here.right) is not None
    direct = role in ("key", "support") and not _LEAD.match(here.left)
    begin = here.group.end
    for other in after:  # 推动甲产区及乙<提升…>: said of both
        between = sentence[begin : other.group.start]
        if other.clause != here.clause or not _SHARED.match(between) or _FACILITY.match(between) or len(between) > 6:
            break
        begin, stop = other.group.end, max(stop, other.clause[1])
    scope = sentence[begin:stop]
    return Naming(here.group.places, role, scope, here.group.open, here.clause[0], stop, lead, direct)
