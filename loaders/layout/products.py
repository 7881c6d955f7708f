"""What a sentence has a place develop: the objects of its verbs, taken apart into products.

The words behind the place are clauses; each begins with what it leans on (依托…, 围绕…) or with verbs whose object is
a list (重点发展A、B等C). Heads that say what is done with a product (研发, 产业化, 基地) are no part of its name.
"""

import re
from collections.abc import Iterator

from loaders.companies.names import names
from loaders.grammar.grammar import begins_with_place, clauses, depth, members, split, unique

_ROLE = re.compile(
    r"^[^，。；以]{0,20}?为(?:主要|重要|重点|关键|核心)*"
    r"(?:核心|引擎|龙头|极点|引领|中心|主导|重点|依托|支撑|主体|载体|基础|骨干|支点|节点|主|配套|辐射|补充|协同)的?"
)
_ADVERB = (
    "重点|着力|加快|大力|努力|积极|集中力量|集中|主要|进一步|充分|全力|全面|深入|率先|持续|不断|逐步|稳步|优先|有序|科学|合理|切实|"
    "尽快|抓紧|继续|共同|分别|联合|统筹|规划|谋划|鼓励|支持|引导|延伸|同步|高水平|高标准|高质量|力争|争取|争创|并|也|还|同时|加速|"
    "超前|前瞻性|前瞻|因地制宜|全方位|协同(?=发展.|推进.|打造.|建设.)|错位(?=发展.)"
)
# Verbs that have products as their object in any statement, and those that have them only in a narrow one.
_MAKES = (
    "发展壮大|培育发展|配套发展|发展|生产(?!控制|性|线|设备)|研制|研发(?!设计|中心|平台)|开发(?!板|区)|制造(?!业|装备|类)|做大做强|做强做大|"
    "做强做优|做优做强|做精做深|做大|做强|做优|集中突破|突破|攻克|攻关|补齐补强|补齐|补强|培育壮大|培育|壮大|提供|加工(?!中心|机)|种植(?!体|牙|机)|养殖(?!机|装备|网)|主攻"
)
_DOES = (
    "布局建设|规划建设|配套建设|打造|建设|布局|巩固提升|巩固|扩大|聚焦(?!镜)|引进|推广|构建|形成|创建|组建|集聚|开展|推进(?!器|剂|系统)|推动|加强|"
    "加大|促进|加速|加快|建立|实施|引入|招引|吸引|攻坚|定位|侧重|专注|试点|探索|开拓|拓展|稳定|兼顾|深耕|经营|推出|承接(?!.*(?:转移|疏解|外溢|溢出|辐射|资源))|共建|共同打造|抢占|建成"
)
_CHAIN = re.compile(rf"^(?:(?:{_ADVERB})|(?:{_MAKES}|{_DOES})(?:(?:或|和|并|与)(?={_MAKES}|{_DOES}))?)+")
_MAKING = re.compile(_MAKES)
_LEVEL = re.compile(r"^(?:进一步|不断|加快|切实)?提[升高](.{2,20}(?:服务|技术|工艺|加工))水平$")
_NO_PRODUCT = re.compile(
    "^(?:优化|完善|提升|提高|增强|强化|实现|带动|满足|引领|落实|健全|发挥|利用|保持|降低|整合|营造|对接|融入|参与|统筹各|聚力|打响|解决|做好|服务|主动承接|承接|集中优势)"
)
_LEANING = re.compile(
    r"^(?:充分|紧紧|主要|重点|进一步)?(?:依托|发挥|利用|围绕|以(?!.{1,40}为主的)|针对|结合|面向|凭借|立足|通过|借助|根据|依据|按照|在|与|同)"
)
# Where a leaning ends inside a clause: behind these words a new verb begins.
_STRONG = re.compile(
    r"(?:方式|机遇|优势|基础|等|园|区|基地|实验室|企业|平台|中心|城|心|力量|镇|龙头|依托|载体|领域)"
    rf"(?=(?:{_ADVERB})*(?:{_MAKES}|{_DOES}))"
)
# 粤北粮产区大力发展…: a noun between the place and its verb.
_HOLDER = re.compile("^[^，、的以]{1,6}?(?=(?:大力|重点|着力|加快|积极|鼓励|主动)(?:发展|建设|打造|推进|推动|培育))")
# 聚焦甲、乙等领域提升…: the field is where the verb acts, not what is made. 打造成为…: the rest of a verb.
_FIELD = re.compile("等[^、，]*(?:领域|行业|场景|环节)(?=提升|开展|加强|推进|推动|发展|打造|研发|突破)")
_BECOMING = re.compile("^成(?:为|(?=[全国世]))")
_ACTING = re.compile("加强|开展|提升|提高|依据|打造|发挥|参与|举办|承接|面向|设立|围绕|主动|各自")
_FOCUS = re.compile("^以([^，]+?)等?为(?:重点|主|特色|主攻方向|主要方向)$")
_MAINLY = re.compile(r"以(?!依托|支持)(.+)为(?:主体|主|代表|特色|重点)的?")
_ACTION = (
    "研究|研发制造|研发|开发|设计|生产线|生产|制造|制备|(?<![初深精])加工业|(?<![初深精])加工|建设|布局|发展|产业化转化|产业化|创制|研制|技术攻关|攻关|推广应用|"
    "应用推广|示范应用|推广|销售|运维|检测|培育|引进|集聚|投资|规划|升级|改造|提升|试验|规模化|工程化|突破|投入|经营|研发创新|扩产"
)
_ACTIONS = re.compile(
    rf"(?<=[^、和及与以的]{{3}})的?(?:快速)?(?:{_ACTION})(?:(?:、|和|及|与|以及|并)(?:{_ACTION}))*(?:及应用|工作|等)?$"
)
_HEAD = re.compile(
    r"(?<=..)(?:及(?:其)?(?:相关|配套|关联)(?:配套)?(?:产品|产业|项目|设备)"
    r"|(?:相关|配套|关联|系列|特色|优势|主导)?(?:产业)?(?:研发|生产|制造|示范应用|示范|加工|试验|总部|综合性|集聚|创业|采购|配套|组装|销售|展销|集散|融合创新)*"
    r"(?:基地|产业园区|园区|产业园|集聚区|聚集区|示范区|示范地|集聚地|产业带|配套区|研发中心|创新中心|创新区|先导区|先行区|先行示范区|试验区|展示基地)"
    r"|(?:完整|完备)?(?:的)?(?:全产业链条|全产业链|产业链条|产业链)|(?<!上下游)(?:配套)?产业|行业|领域|产品|重大项目|项目|品种|生产线|(?<=集成)商|(?:骨干|龙头)?企业|发展优势|优势|工艺水平)$"
)
_TITLE = re.compile(
    "(?:之都|之乡|名镇|名城|重镇|第[一二]镇|专业镇|窗口|策源地|高地|格局|效应|能力|水平|品牌|中心(?!.*(?:软件|设备)).*|实验室|(?<!仪器)(?<!测试)(?<!校验)(?<!检测)(?<!封测)(?<!载板)(?<!生产)(?<!钻井)(?<!作业)(?<!采油)平台|体系|步伐|环节|增长极|第[一二三四]极|标杆|"
    "圈|机制|力度|规模|质量|业态|模式|骨干|龙头|冠军|[^分小社]区|城|谷|产业带|案例|链条|工厂|机构|集群|布局|竞争力|影响力|(?<![渔牧农林])场|转型|升级|提升|产能|力量|联合|协同|的|"
    "[能字络色业]化|园|资源|产业链|价值链|全链条|下游|上游|步伐|大厂|基地（.*）|学院|联盟|协会|镇|城市|法人|地区|提供商|服务商|规划建设|测试需求|开放|交易所|集约化|集群化|差异化|特色化|的(?:研发|制造|应用|建设))$"
)
_PROPER = re.compile("^(?:国家级|省级|国家|全国|中国|全省|[^，、]{2,3}省|世界|国际)(?!标准|合作)")
_INSTITUTION = re.compile("(?:中心|实验室|平台|研究院|研究所|院)(?:（.*）)?(?:建设)?$")
_GENERIC = re.compile(
    "产业|产品|企业|项目|平台|基地|行业|领域|技术|设备|材料|服务|应用|制造|生产|加工|研发|"
    "设计|配套|园区|装备|系统|工艺|品牌|人才|配件|零部件|零配件|关键零部件|制造业|关键技术|"
    "核心技术|新产品|新技术|重大|优势|特色|相关|智能化|产业集聚|方向|产业化|载体|制品|弹性体|"
    "关键零配件|相关产品|服务业|新业态|新模式|技术攻关|成果转化|应用推广|技术创新|科技成果转化|"
    "推广应用|协同联动|产品研发|销售|营销|展销|生产经营|研发创新|科技攻关|联合攻关|高校|科研院所|"
    "科研机构|控制|维护|网络|高端|中高端|中低端|协同发展|联动|联动发展|集聚发展|专精特新|单项冠军|小巨人|独角兽|先行先试|发展|关联|公共服务|重点项目|方面|重点|关键|新型|大型|特色化|差异化|各类|创新|产业孵化|孵化|先进制造|上下游产业|传统产业|传统|"
    "(?:关键|核心)配套(?:装备|设备|零部件|材料)"
)
# The second half of 甲及乙 that is a part of 甲 and no product of its own.
_PART = re.compile(
    "^(?:材料|制品|设备|产品|配件|零部件|技术|服务|应用|弹性体|系统|辅料|工艺|总部|配套(?:装备|设备|组装)|"
    "(?:核心|关键)?(?:零组件|零部件|部件|器件)|(?:精深|[精深初粗]|屠宰|压延)*加工)$"
)
_MODIFIER = re.compile(
    "^.{1,3}(?<![孵转文石炼催气液焦])[化型式级]$|^高(?:[端档效质]|质量|性能|附加值|品质|可靠性?|精度|纯度|技术)$"
)
_QUALITY = re.compile(
    "专用|通用|精细|特种|常规|高端|中端|民用|商用|家用|城际|陆上|海上|大型|中小型|线上|线下|国产|进口"
)
_WHOLE = re.compile(
    r"^[^，；]{2,14}在[^，；]+的[^，；]*应用$|^面向.+为主的.+$|^[^，；]{2,30}等方面[^，；]+$|^[^、，；]{2,10}与[^、，；]{2,10}的[^、，；]{2,8}$"
)
_BEFORE_OF = re.compile(
    r"^(?:一批|若干|一个)?(?:涵盖|覆盖|包括|具有|集(?!成|聚|群)|基于|适应|面向|服务|满足|达到|国内|国际|全国|全球|世界|[^，、]{2,8}用(?=的))[^，]*?的"
)
_COVERING = re.compile("^(?:涵盖|覆盖|包括)(.+)等(?:领域|产品|方面)的.*$")
# A facility; with the name of a place before it, the name of a park and no product.
_SITE = re.compile("(?:基地|园区|园|区|所)(?:建设|发展)?$")
_BASES = re.compile("^[^的]*(?:生产|制造|产业)(?:示范)?基地$")
# A park or zone of an industry; beside what a place makes, it is where that is made.
_ZONE = re.compile(
    "(?<!生产)(?<!制造)(?<!研发)(?<!试验)(?:基地|园区|产业园|工业园|集聚区|聚集区|示范区|示范地|试验区|先导区|先行区|中心)(?:建设|发展)?(?:[（(][^（()）]*[)）])?$"
)
_PLAIN_HEAD = re.compile("(?:基地|园区|产业园|集聚区|中心)$")
_LEADERS = re.compile("(?:骨干|龙头|领军|链主|冠军”?|重点)企业$")
# Qualities in a row before a facility or product: 集约化、节能环保、安全高效的; 科技含量高、内涵丰富的; 超千人的.
_QUALITY_WORD = (
    "化|先进|高效|环保|节约|低碳|合理|联系|协同|融合|完善|完整|完备|齐全|突出|鲜明|明显|显著|领先|重要|一流|"
    "高|强|优|好|大|丰富|清晰|优良|集约"
)
_QUALITIES = re.compile(
    f"^(?:(?:[^、，的]+(?:{_QUALITY_WORD})、)+[^、，的]+(?:{_QUALITY_WORD})|[^、，的]{{0,8}}(?:超|逾|达)[^、，的]{{1,6}})的(?=..)"
)
_PRAISE = re.compile("^(?:[^、，的]+(?:[高强优好]|丰富|突出|鲜明)、)+[^、，的]+的(?=..)")
_SCALE = re.compile("^[百千万亿]+[^、，的]{0,3}级(?=..)")
# 甲业数字化转型: the trade that is to change.
_CHANGED = re.compile("(?<=..)产?业(?:[^、，业]{1,3}化)?(?:转型|升级|改造)+$")
_BODY = re.compile("(?:研发|研究|检测|测试|服务|培训)机构$")
# The first of two joined by 和 inside a list, where it names a product by its last character or word.
_THING = re.compile("(?:[机器件料剂品纸池仪膜车船纤芯片阀泵]|设备|系统|装备)$")
_LIMIT = 30


def products(scope: str, subject: str, *, lead: bool = False, direct: bool = False) -> tuple[str, ...]:
    """The products that a stretch of text assigns to the places before it.

    Args:
        scope: the words behind the places, to the end of what is said of them.
        subject: name of the subsector or cluster; a product of just that name says nothing new.
        lead: whether it is the opening statement of a whole subsector (以…为依托，发展…); of these only what is
            made counts, since they also say how the subsector is to develop.
        direct: whether the words may be the object themselves (建设A、B<新能源汽车产业基地>).

    Returns:
        Names in order of appearance, heads such as 产业, 基地, 研发 left out.
    """
    scope = re.sub("^（[^（）]*）", "", scope)
    found: list[str] = []
    weak: dict[str, int] = {}
    listing = False
    for start, end in clauses(scope):
        verb, text = _object(
            scope[start:end],
            opening=start == 0,
            first=start == 0 or not found,
            listing=listing,
            direct=direct and start == 0,
        )
        listing = bool(text) and (not lead or _makes(verb, text))
        if listing and not (lead and text.endswith("企业")):
            items = list(_items(text, subject))
            found += items
            weak |= dict.fromkeys(items, 2 if _LEADERS.search(text) else int(_is_zone(verb, text)))
    firms = [firm.name for firm in names(scope, frozenset()) if len(firm.name) > 2]
    kept = [
        item
        for item in found
        if not _says_nothing(item, subject)
        and not (lead and item in subject)
        and not any(firm in item for firm in firms)
    ]
    least = min((weak[item] for item in kept), default=0)
    return unique(item for item in kept if weak[item] == least)


def _is_zone(verb: str | None, text: str) -> bool:
    """Whether an object is a park or zone, where things are made that the other clauses name."""
    return _ZONE.search(text) is not None and not _MAKING.search(verb or "")


def _makes(verb: str | None, text: str) -> bool:
    """Whether an opening statement says what is made, or lists bases by what they make."""
    return verb is None or _MAKING.search(verb) is not None or ("、" in text and _BASES.search(text) is not None)


def _says_nothing(item: str, subject: str) -> bool:
    return (
        item == subject
        or re.sub("(?:产品|产业|行业|制造业|业|(?:产业|生产|制造)?基地|产业园区?|园区|集聚区)$", "", item) == subject
    )


def _object(clause: str, *, first: bool, listing: bool, direct: bool, opening: bool = False) -> tuple[str | None, str]:
    """The verbs of a clause (None where a list goes on) and their object ("" for none)."""
    clause = _ROLE.sub("", clause, count=1) if opening else clause
    clause = clause.strip("等， ")
    if first and not _CHAIN.match(clause):
        clause = _HOLDER.sub("", clause, count=1)
    if listing and (more := re.match("^(?:以及|及|和)(?!时)", clause)):
        return None, clause[more.end() :]
    if direct and clause.startswith("的"):
        return "", clause[1:]
    if (focus := _FOCUS.match(clause)) and "、" in focus[1]:
        return None, focus[1]
    if _LEANING.match(clause):
        strong = [m for m in _STRONG.finditer(clause) if depth(clause, m.start()) <= 0]
        if not strong:
            return "", ""
        clause = clause[strong[0].end() :]
    chain = _CHAIN.match(clause)
    if chain and len(chain[0]) < len(clause):
        text = _BECOMING.sub("", clause[chain.end() :])
        if field := _FIELD.search(text):
            return _object(text[field.end() :], first=False, listing=False, direct=False)
        if _NO_PRODUCT.match(text) or (chain[0].endswith(("支持", "鼓励", "引导")) and begins_with_place(text)):
            return "", ""
        return chain[0], "" if re.match("[在对向为将与同]", text) else text
    if match := _LEVEL.match(clause):
        return "", match[1]
    if not clause or _NO_PRODUCT.match(clause) or clause.startswith("为"):
        return "", ""
    if listing and "、" in clause:
        return None, clause
    if match := _MAINLY.search(clause):
        return "", match[1]
    return ("", clause) if direct and not _ACTING.search(clause) else ("", "")


def _items(text: str, subject: str) -> Iterator[str]:
    """The products of an object."""
    text = text.strip("、，。；和及与 ")
    if _BODY.search(text):
        return
    text = (_QUALITIES if _HEAD.search(text) else _PRAISE).sub("", text)
    if (_PROPER.match(text) or begins_with_place(text)) and _INSTITUTION.search(text):
        return
    if _SITE.search(text):
        yield from (item for item in _taken_apart(text, subject) if not begins_with_place(item))
    else:
        yield from _taken_apart(text, subject)


def _taken_apart(text: str, subject: str) -> Iterator[str]:
    if match := _COVERING.match(text):
        text = match[1]
    if match := _MAINLY.search(text):
        text = match[1] if not match[1].startswith("面向") else text[match.start() + 1 :]
    if _WHOLE.match(text) and len(text) <= 48:
        yield text
        return
    text = _BEFORE_OF.sub("", text)
    parts = list(split(text, re.compile("等(?!级|离|效)")))
    before = text[slice(*parts[0])]
    if before.count("—") >= 2:
        yield from _chained(before)
        return
    if len(parts) > 1 and all(b - a == 1 for a, b in members(before)):  # 铜、铝等有色金属加工: characters are no names
        yield _clean(text, subject)
        return
    if len(parts) == 1:
        yield from _listed(_bare(before, subject), subject)
        return
    tail = text[parts[1][0] : parts[-1][1]]
    if "、" in tail and "、" not in before:  # 甲等乙、丙、丁
        first, *others = (tail[a:b] for a, b in members(tail))
        yield from (c for item in (before + "等" + first, *others) if _is_product(c := _clean(item, subject)))
        return
    yield from _listed(before, subject)
    if "、" not in tail:
        bare = _bare(tail, subject)
        others = [bare[a:b] for a, b in members(bare)][1:]
        yield from (c for item in others if not _PART.match(item) and _is_product(c := _clean(item, subject)))


def _chained(text: str) -> Iterator[str]:
    """The stages of a chain: 甲—乙—丙(的完整产业链条)."""
    first, *others = text.split("—")
    stages = (first.split("的")[-1], *(part.split("的")[0] for part in others))
    yield from (stage for stage in stages if _is_product(stage))


def _listed(text: str, subject: str) -> Iterator[str]:
    """The products of a list; what only qualifies the next member (智能化、高端化的X) stays with it."""
    held = ""
    text = re.sub("^(?:各类|各种|一批|若干)", "", text)
    spans = members(text, join=False)
    qualified = re.fullmatch(r"(?:[^、的等]{1,8}、)+[^、的等]{1,8}的[^、]+", text) is not None
    kind = re.search("[^各、]类([^、类及和]{0,4}(?:软件|产品|服务|设备|装备|平台))$", text)
    for start, end in spans:
        member = text[start:end]
        if end < len(text) and (qualified or _MODIFIER.match(member)):
            held += member + "、"
            continue
        if kind and end < len(text) and not member.endswith("类") and len(spans) > 1:
            member += "类" + kind[1]
        for item in _joined(member, last=end == len(text)):
            if _is_product(clean := _clean(held + item, subject)):
                yield clean
            held = ""


def _joined(item: str, *, last: bool) -> tuple[str, ...]:
    """The parts of 甲及乙 where both are products; 化学品及材料 stays whole."""
    parts = [item[a:b] for a, b in members(item)]
    if len(parts) < 2 or "、" in item or re.match("(?:面向|基于)[^、]+的", item):
        return (item,)
    if not last and not ("和" in item and _THING.search(parts[0])) and len(item) < 12:
        return (item,)
    halves = any(_PART.match(_HEAD.sub("", part)) or re.match("^.{1,3}性", part) for part in parts[1:])
    # 前装和后装车载设备: the first half is cut short and ends as the second begins.
    modifier = _QUALITY.fullmatch(parts[0]) or (
        len(parts[0]) <= 2 and parts[1][len(parts[0]) - 1 : len(parts[0])] == parts[0][-1]
    )
    return (item,) if halves or modifier else tuple(parts)


def _bare(text: str, subject: str) -> str:
    """The text without what is done with the product and the heads of facilities; never less than the subject."""
    last = None
    while last != text:
        last = text
        for pattern in (_ACTIONS, _HEAD):
            bare = pattern.sub("", text)
            if bare.endswith(("和", "及", "与")) and (plain := _PLAIN_HEAD.sub("", text)) != text:
                bare = plain  # 运维及配套组装〈基地〉
            bare = bare.rstrip("和及与、") if bare != text else text
            text = text if len(bare) <= len(subject) and subject in text and text != subject + "产业" else bare
    return text


def _clean(item: str, subject: str) -> str:
    item = re.sub(
        r"^(?:各类|各种|一批|若干|以|等|的|具备|具有|包括|如|示范性|相关|较?完整的|较为完整的|完善的)+(?=..)",
        "",
        item.strip("，。；、 "),
    )
    item = re.sub(rf"^(?:{_ADVERB})?(?:发展|打造|建设|推进|推动|开展|加强|突破|形成|布局)(?=..)", "", item)
    item = re.sub("(?:及|和|、)“[^”]*”企业$", "", item)
    if len(item) > 3:
        item = _SCALE.sub("", _CHANGED.sub("", _PROPER.sub("", item)))
    if _HEAD.search(item) and begins_with_place(item):  # the name of a park
        return ""
    bare = _bare(item, subject)
    return re.sub(r"(?<=[\u4e00-\u9fff]) | (?=[\u4e00-\u9fff])", "", bare)


def _is_product(item: str) -> bool:
    quoted = item.startswith("“") and item.endswith("”")
    actor = re.search("企业", item) is not None
    return (
        2 <= len(re.sub("（[^）]*）", "", item)) <= _LIMIT
        and not actor
        and not _GENERIC.fullmatch(item)
        and not _TITLE.search(item)
        and not quoted
    )
