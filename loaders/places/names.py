"""Names of parks, bases, platforms and projects: what they end in, of which kind they are, what is proper in them."""

import re
from dataclasses import dataclass, replace

from loaders.grammar import where
from loaders.grammar.grammar import begins_with_place, depth, place_names
from loaders.places.pairs import pair
from ontology.vocabulary import vocabulary

# What a facility's name ends in, with its code of the list place-kind; the longest ending counts.
_HEADS: dict[str, str] = {
    "new-area": "新区|功能区|合作区|协作区|自贸区|自贸试验区|示范区|试验区|实验区|先导区|先行区|保税区|经济区",
    "park": (
        "园区|产业园|工业园|科技园|软件园|科学园|创新园|转移园|(?<![公校果花乐家田庄庭儿名])园|开发区|高新[东西南北]?区|高新技术区|经开区|"
        "工业区|石化区|组团|经开区[东西南北]区|专区|飞地|加工区|物流区|贸易区|产业城|生态城|科技城|科学城|创新城|软件城|小镇|片区|港区|(?<=.{2})谷|新城"
    ),
    "base": "基地|集聚区|聚集区|集聚地|产业带|创新带|走廊|核心区|研发区|孵化区|测试区|示范地|创新区|产业区|示范城市",
    "platform": "平台|交易所|顶级节点|资源池|培育库|企业库|联盟|委员会|联合体|博览会",
    "lab": "实验室",
    "centre": "(?<!集散)中心|服务站|研究院|研究所|学院|装置|光源|测试场|试车场|试验场",
    "project": "项目|生产线|中试线|总装线|晶圆线|工厂",
}
HEADS = "|".join(_HEADS.values())
_ENDING = {kind: re.compile(rf"(?:{heads})(?:（[^（）]*）|分中心)?”?$") for kind, heads in _HEADS.items()}
_TOWN = re.compile(r"^[\u4e00-\u9fff]{1,8}(?:镇|街道|乡)$")
_NOT_TOWN = re.compile("(?:小|名|重|专业|城|县|乡|第.)镇$|城乡$|之乡$")

# Words that describe and name nothing: a facility that only has these is a class.
_GENERIC = re.compile(
    "产业化|产业|创新|研发|研究|生产|制造业|制造|示范性|示范|应用|技术|服务|公共|综合性|综合|重大|重点|特色|专业化|专业|省级|国家级|市级|"
    "国内外|国际|高端|先进|联合|试验|试点|大型|各类|若干|新型|一批|发展|集聚|聚集|工业|企业|科技|检测|检验|测试|孵化|中试|展示|数字化|智能化|"
    "网络化|信息化|示范|高水平|优质|核心|功能|共享|协同|合作|人才|实训|创业|转化|成果|开放|配套|现代|共性|关键|领域|行业|区域|集散|销售|"
    "设计|改造|升级|标杆|标准|国家|建设|投资|有关|相关|上述|全国|世界|全球|一流|领先|知名|战略|组织|数据|计算|智能|行业性|飞地|多方|合力|专精特新|村级|村镇|城镇|基础|设施|支撑|建筑|工程|"
    "[省市县和与及的、级类型个新\\d]"
)
_PROPER = re.compile(
    "^(?:“|国家(?!级|和省|、)|省(?!级|市|、)|中国|广东|粤港澳|大湾区|全国(?!领先|最|重要)|南方|北方|东南|华南|华东|东北|西南)"
)
# Zones that are run as one bear a name: 东湖<高新区>; parks may be described (化工园区).
_ZONE = re.compile(
    "(?P<of>[\u4e00-\u9fff]{2,4}?)(?:(?:高新技术|经济技术|经济)(?:产业)?开发区|(?<!高新技术)(?<!经济)(?<!技术)(?<!产业)开发区|高新区|经开区|综保区|(?<!城市)新区)$"
)
# What is claimed of a facility, not its name: 国内重要的…, 具有国际影响力的….
_RANKED = re.compile("重要|领先|一流|最大|知名")
_CLAIM = re.compile("具有|全球|世界|国际|国内|全国|领先|一流|知名|重要|影响|较大|高度|特色鲜明")
_TAIL = re.compile(
    r"(?:\d+\s?个|[一二三四五]期|(?:的)?(?:规划|运营|协同)?(?:建设(?:运营|发展)?|发展|落地|开发|选址|联系合作|认定|申报|管理)|(?:示范|引领|带动|辐射|创新|策源|支撑|平台|主体|主力军)*作用(?:显著|明显)?|"
    r"(?:政策)?(?:服务|支撑|保障)(?:能力|水平)|扶持力度|支持力度|优势|能力|功能|"
    # what becomes of it: 某某工厂<尽早达产>, 某某园<扩容提质>
    r"(?:年内|年底前|尽早|尽快|早日|加快|按期|如期|顺利|全面|正式)*(?:达产|达效|投产|投用|投运|开工|竣工|建成|见效|扩容|扩能|扩产|提质|增效|升级|提档|运营|做大做强|做优做强)+)$"
)
_AS = re.compile(
    "为(?:主要?|重要|重点|集中)?(?:承载|核心区域|核心区|核心|主阵地|阵地|承载区|承载地|配套区|支点|节点|门户|特色|龙头|依托|载体|抓手|重点|引擎|支撑|起点|主体|平台|牵引|契机|基础|中心|两翼)$"
)
# A name holds no verb of the sentence around it, and is no slogan (一企一策).
_CLAUSE = re.compile(
    r"建设“|公司在|推动|推进|鼓励|遴选|发布|每年|一批|不断|加快|为主的|为代表|以(?!及)|按照|已|应当|将|，|(?:^|“)([一上]).\1|(?:^|“)[一二两三双][\u4e00-\u9fff]{1,2}[一二两三四五六七八九十多][\u4e00-\u9fff]{1,2}(?:”|$)|"
    r"[二两三四五六七八九十]大(?:平台|园区|基地|片区)$"
)
_COUNT = re.compile(r"^(?:一批|若干|多个|各类|一个|[\d二两三四五六七八九十]+\s?个)")
_JOIN = re.compile("、|以及|及其|和|及|与")
_ETC = re.compile("等(?![级离效量候待于])")


@dataclass(frozen=True, slots=True)
class Named:
    """A facility's name in a string, from `start` to `end`; `kind` is None for a bare name whose class stands apart."""

    start: int
    end: int
    name: str
    kind: str
    claimed: bool = False  # described by a claim (国内领先的…)
    quoted: bool = False  # in quotation marks
    places: tuple[str, ...] = ()  # the places listed before it (甲、乙某某基地)


def kind_of(name: str) -> str | None:
    """The code of the list place-kind for a name by its ending; None for what is no name of a facility."""
    if _is_district(name):
        return "district"
    longest, found = 0, None
    for kind, pattern in _ENDING.items():
        match = pattern.search(name)
        if match and len(match[0]) > longest:
            longest, found = len(match[0]), kind
    if found is None and _TOWN.match(name) and not _NOT_TOWN.search(name):
        return "town"
    return found


def _is_district(name: str) -> bool:
    """Whether a name is a district's, alone or behind its city's (佛山南海区, 六安市金寨县)."""
    city = next((end for start, end in place_names(name) if start == 0), 0)
    return name not in where.names() and (name in where.districts() or name[city:] in where.districts())


def is_proper(name: str) -> bool:
    """Whether a facility has a name of its own and is not only described."""
    if _PROPER.match(name) or begins_with_place(name) or where.district_at_start(name) is not None or pair(name):
        return True
    if (zone := _ZONE.match(name)) and _GENERIC.sub("", zone["of"]):
        return True
    institution = kind_of(name) in ("lab", "centre") and re.search("国家(?!级)|省(?:重点)?实验室", name) is not None
    return institution or bool(place_names(name))


def says_something(name: str) -> bool:
    """Whether anything is left of a name without its ending and the words that describe any facility."""
    if kind_of(name) in ("district", "town"):
        return True
    if re.fullmatch("(?:[东西南北]方|华[东南北]|东南|东北|西南|西北)(?:基地|中心)", name):
        return False
    bare = re.sub(rf"(?:{HEADS})$", "", re.sub("[（）“”].*?(?=[）”]|$)|[）”]", "", name) or name)
    return bool(_GENERIC.sub("", bare)) or "“" in name


def named(string: str, start: int, end: int) -> list[Named]:
    """The facilities in an object of a verb (甲园区、乙基地等载体建设).

    Args:
        string: the sentence.
        start, end: bounds of the object in it.
    """
    as_leader = re.search("为(?:龙头|核心)$", string[start:end]) is not None
    while tail := _AS.search(string[start:end]) or _TAIL.search(string[start:end]):
        end = start + tail.start()
    before, class_word = end, ""
    for match in _ETC.finditer(string, start, end):
        if depth(string[start:], match.start() - start) <= 0:
            before, class_word = match.start(), string[match.end() : end]
            break
    bare = _BARE_CLASS.search(class_word) is not None or (as_leader and "、" in string[start:before])
    spans = [(start + a, start + b) for a, b in _members(string[start:before], every=bare)]
    shared = _class_head(class_word) or ("项目" if as_leader and string[start:before].endswith("项目") else "")
    found: list[Named] = []
    listed: list[str] = []
    for a, b in spans:
        if any(x == 0 and y == b - a for x, y in place_names(string[a:b])):
            listed.append(string[a:b])
            continue
        skip = next((y for x, y in place_names(string[a:b]) if x == 0), 0) if listed else 0
        one = _one(string, a + skip, b, shared, class_word)
        if one is None and _PEER.fullmatch(string[a:b]) and any(other.kind == "district" for other in found):
            one = Named(a, b, string[a:b], "district")
        if one:
            found.append(replace(one, places=(*listed, string[a : a + skip])) if listed else one)
        listed = []
    if class_word and "、" in class_word:  # 甲等乙、丙园区
        tail_at = before + 1
        found += [n for a, b in _members(class_word)[1:] if (n := _one(string, tail_at + a, tail_at + b, "", ""))]
    return found


# What beside the name of a district is one too, though the state knows none of that name (a city's own division).
_PEER = re.compile("(?!城|主城|中心|老|示范|核心|功能)[\u4e00-\u9fff]{2}[区县]")


def _class_head(class_word: str) -> str:
    """What the class behind 等 adds to a bare member: 光大、天域等一批半导体项目 are projects."""
    return "项目" if re.fullmatch(r"(?:一批|\d+\s?个|重点|重大|标志性)[^，。；]*项目(?:建设)?", class_word) else ""


def _members(text: str, *, every: bool = False) -> list[tuple[int, int]]:
    """The members of an enumeration of names; 和 and 及 part only what ends as a name, since names hold them too."""
    spans, last = [], 0
    for match in _JOIN.finditer(text):
        if match.start() < last or depth(text, match.start()) > 0:
            continue
        left = text[last : match.start()]
        listed = every or match[0] == "、" or (kind_of(left) is not None and len(text) - match.end() > 3)
        if listed:
            spans.append((last, match.start()))
            last = match.end()
    spans.append((last, len(text)))
    return [(a, b) for a, b in spans if text[a:b].strip()]


_BARE_CLASS = re.compile("载体|园区|平台$|新区|示范区|片区|[名专业]镇|镇街|^[市县区镇]+$")


def _one(string: str, a: int, b: int, shared: str, class_word: str) -> Named | None:
    while True:
        text = string[a:b]
        if strip := re.match(r"(?:[\s、]|[和及与](?!平))+|" + _COUNT.pattern, text):
            a += strip.end()
        elif tail := _TAIL.search(text):
            b = a + tail.start()
        else:
            break
    if re.search("(?:中心|基地)项目$", string[a:b]):
        b -= 2
    a, claimed = _without_description(string, a, b)
    text = string[a:b]
    if (bracket := _ALIAS.search(text)) and kind_of(text[: bracket.start()]):
        b, text = a + bracket.start(), text[: bracket.start()]  # 东西湖区（临空港经开区）
    if _CLAUSE.search(text) or class_word.startswith("为") or "研制" in class_word:
        return None
    if quoted := re.search(r"“([^“”]+)”$", text):
        inner = kind_of(quoted[1])
        if inner or quoted.start() > 0:
            if inner is None:
                return None
            return Named(a + quoted.start(1), a + quoted.end(1), quoted[1], inner, claimed, quoted=True)
    kind = kind_of(text)
    inside = re.search("“([^“”—]{4,})”(?!.*(?:模式|机制|行动|工程|计划|工作))", text) if kind is None else None
    if inside and (inner := kind_of(inside[1])):
        return Named(a + inside.start(1), a + inside.end(1), inside[1], inner, claimed, quoted=True)
    if kind == "district" and text not in where.districts():
        skip = next((end for start, end in place_names(text) if start == 0 and end < len(text) - 1), 0)
        a, text = a + skip, text[skip:]
    if kind is None and shared and 2 <= len(text) <= 20 and not text.endswith(("产业", "技术", "产品")):
        return Named(a, b, text + shared, "project", claimed)
    if kind is None and _BARE_CLASS.search(class_word) and (bare := _bare_place(text)):
        return Named(a, b, text, bare, claimed)
    return Named(a, b, text, kind, claimed) if kind else None


# Another name behind a zone or a district: 某某经济开发区（以下简称某某经开区）.
_ALIAS = re.compile("（(?:[^（）]{0,12}简称[^（）]{2,16}|[^（）]{3,16}(?:区|园|城))）$")
_CONTAINS = re.compile("[\u4e00-\u9fff]{2,12}?(?:开发区|高新区|经开区|新区)(?:（[^（）]*）)?(?=[\u4e00-\u9fff]{2})")


def containers(name: str) -> list[tuple[str, str]]:
    """The districts and zones in which a facility stands by its own name, the widest first, with their kinds.

    枝江市<姚家港化工园> stands in 枝江市, 东湖高新区<左岭组团> in 东湖高新区.
    """
    at = next((end for start, end in place_names(name) if start == 0), 0)
    found = []
    district = where.district_at_start(name[at:])
    if district and district[-1] in "区县市旗" and len(name) - at - len(district) >= 2:
        found.append((district, "district"))
        at += len(district)
    if (zone := _CONTAINS.match(name, at)) and (kind := kind_of(zone[0])) and kind != "district":
        found.append((re.sub("（[^（）]*）$", "", zone[0]), kind))
    return found


def _bare_place(text: str) -> str | None:
    """The kind of a place printed without its class: 甲、乙等园区; with a bracket: 长安（…区域）."""
    name = re.sub("（[^（）]*）$", "", text)
    if name in where.districts():
        return "district"
    plain = (
        re.fullmatch("[\u4e00-\u9fff]{1,2}[^区县园业品等]", name) is not None
        and name not in vocabulary().cluster_names()
    )
    return "town" if plain and not _GENERIC.search(name) else None


def bare_places(text: str) -> list[tuple[int, int, str]]:
    """Towns and districts in a list of bare names (依托甲、乙): (start, end, kind), empty where one is no name."""
    found = []
    for a, b in _members(text.removesuffix("等")):
        kind = _bare_place(text[a:b])
        if kind is None:
            return []
        found.append((a, b, kind))
    return found


def _without_description(string: str, a: int, b: int) -> tuple[int, bool]:
    """Where the name begins behind what is said of it (国内重要的…, 以甲为特色的…), and whether that is a claim."""
    text = string[a:b]
    at = max((m.end() for m in re.finditer("的", text) if depth(text, m.start()) <= 0), default=0)
    if not at or text.startswith("“"):
        return a, _RANKED.search(text) is not None
    return a + at, _CLAIM.search(text[:at]) is not None
