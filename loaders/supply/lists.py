"""Lists of products, fields and stages as supply sentences hold them, without the verbs before and the heads behind."""

import re
from collections.abc import Iterator

from loaders.grammar.grammar import depth, place_lists, place_names, split

_VERB = (
    "研究开发|开发|发展壮大|发展|培育壮大|培育|壮大|突破|攻克|攻关|研制|研发|生产|制造(?!业|装备|类)|建设|打造|布局|推进|推动|推广|推行|加快|加强|加大|提升|提高|"
    "增强|完善|健全|优化|补齐补强|补齐|补强|做大做强|做优做强|做强做大|做强|支持|鼓励|开展|实施|构建|形成|扩大|引进|引入|强化|促进|聚焦|围绕|"
    "面向|集聚|探索|组织|创新(?=[^型设])|利用|依托|发挥|巩固|带动|引导|解决|提供|满足|拓展|丰富|深化|实现|打通|贯通|畅通|延伸|紧盯|应用(?=[A-Z])"
)
_ADVERB = (
    "重点|着力|大力|努力|积极|集中力量|集中|主要|进一步|充分|全力|全面|深入|率先|持续|不断|逐步|稳步|优先|有序|同时|前瞻|加速|因地制宜|主动|"
    "和(?=优化)|与|并|还|在此基础上|一批|各类|若干|以及|及|相关(?=[^软硬])|地域|本地|当地|更多|等|的|、|对(?![接外内比口])"
)
# 支持甲、乙等<市>发展丙: the class of the places before the verb.
_LEAD = re.compile(rf"^(?:(?:地?市|地区|地)(?={_VERB}))?(?:{_VERB}|{_ADVERB}|\s)+")
# “多点”即支持某某市、某某区<发展丙>: the places before the verb, districts that no vocabulary lists too.
_DISTRICTS = re.compile(
    f"^(?:“[^“”]{{1,8}}”即)?(?:支持|推动|鼓励|引导)?[\u4e00-\u9fff]{{2,3}}[市区县](?:(?:、|和|及|与)[\u4e00-\u9fff]{{2,3}}[市区县])*(?=(?:重点|加快|积极|大力)?(?:{_VERB}))"
)
_DONE = re.compile(
    r"(?:的)?(?:(?:关键|核心)?技术)?(?:研发设计|研发生产|研发制造|研发投入|技术研发|研发|研制|设计开发|生产|制造|攻关|产业化|(?:的)?(?:推广|示范|集成|融合|创新)?应用|"
    r"发展|建设|供应|项目|产业|行业|领域|产品|方面|工作|技术攻关|能力|水平|示范)$"
)
_ETC = re.compile("等(?![级离效量候待])")
# Where two names are joined; 某某性和某某性平台 and 规划与控制 are one.
# What is no thing by itself and shares the head of the next member: 动力及储能电池 is one.
_HALVES = (
    "动力",
    "储能",
    "驱动",
    "显示",
    "民用",
    "商用",
    "家用",
    "消费",
    "工业",
    "高压",
    "低压",
    "车载",
    "海上",
    "陆上",
    "有线",
    "无线",
    "固定",
    "移动",
)
_JOIN = re.compile(
    r"、|"
    + "".join(f"(?<!{half})" for half in _HALVES)
    + r"(?:以及|(?<![共中饱缓柔温性化])和(?!谐|平|解)|(?<![以普涉波危性化])及(?![时其早格])"
    + r"|(?<![参给性化])与(?!会|..(?:$|、)))"
)
_COMMON = re.compile(
    "产业|产品|企业|项目|平台|行业|领域|技术|设备|服务|应用|制造|生产|加工|研发|设计|配套|系统|其他|重点|方面|环节|相关|关键|核心|各|多个|基地"
)


def after_etc(text: str) -> tuple[str, str]:
    """A text taken apart at its first 等: the list before, the class behind ("" where there is none)."""
    for match in _ETC.finditer(text):
        if depth(text, match.start()) <= 0:
            return text[: match.start()], text[match.end() :]
    return text, ""


def without_lead(text: str) -> str:
    """A text without places, adverbs and verbs at its beginning: 支持深圳加大<甲、乙>."""
    last = None
    while last != text:
        last = text
        text = _LEAD.sub("", text, count=1)
        text = _DISTRICTS.sub("", text, count=1)
        group = next(iter(place_lists(text)), None)
        if group is not None and group.start == 0 and group.end < len(text) and _LEAD.match(text[group.end :]):
            text = text[group.end :]
    return text


def things(text: str, *, lead: bool = True, done: bool = False, common: bool = False) -> list[str]:
    """The members of a list, split at 、 和 及 与, cleaned.

    Args:
        text: the list, perhaps with a verb before it.
        lead: whether words before the first member may be verbs.
        done: whether heads such as 研发, 应用 are taken off the last member.
        common: whether words that are no product count too (设计 and 制造 are stages).
    """
    text = without_lead(text) if lead else text
    if done:
        text = without_done(text)
    spans = [text[a:b] for a, b in split(text, _JOIN)]
    return [name for part in spans if (name := clean(part)) and (common or not _COMMON.fullmatch(name))]


def without_done(text: str) -> str:
    """A text without what is done with the thing it names (研发, 产业化, 应用)."""
    last = None
    while last != text:
        last = text
        text = _DONE.sub("", text) if len(_DONE.sub("", text)) >= 2 else text
    return text


def clean(name: str) -> str:
    """A member's name without blanks, quantifiers and a closing 等."""
    name = re.sub("(?<=[\u4e00-\u9fff]) | (?=[\u4e00-\u9fff])", "", name.strip("，。；、：: 的"))
    name = re.sub(
        "(?:的(?:产业化|研发|规模化)(?:及其?)?|(?<=业)中|(?<=..)[上里]|各环节|及其|各|优先|率先|批量|规模化|直接)$",
        "",
        name,
    )
    name = re.sub("^(?:各类|各种|一批|若干|等|其他|包括|其|以及|以)+", "", name)
    name = name if name.count("“") == name.count("”") else name.strip("“”")
    return "" if not 1 <= len(re.sub("（[^）]*）", "", name)) <= 30 else name


def clause_texts(sentence: str) -> Iterator[tuple[int, int, str]]:
    """The clauses of a sentence with their bounds, signs left out."""
    for start, end in split(sentence, re.compile("[，；。：]")):
        if sentence[start:end].strip():
            yield start, end, sentence[start:end]


_NO_THING = re.compile(
    "龙头企业|机构$|院校|高校|院所|企业$|力度|工作$|政策|人才|资金|^各|^垂直$|加快|突破|开展|实现|积极|鼓励|取得|推动|推进|^在|"
    "^(?:关键|核心|共性|基础|前沿|重大|先进|底层|、)+(?:技术|工艺|研究)$|技术、|转变$|，|率(?:较|比|达|提|为)|\\d+个百分点"
)


_ACTIVITY = re.compile("(?:研究|探索)$")


def plausible(name: str, *, field: bool = False) -> bool:
    """Whether a name can be a product, a technology or a field: no actor, no place, no half of a quotation."""
    balanced = name.count("“") == name.count("”") and name.count("（") == name.count("）")
    activity = not field and _ACTIVITY.search(name) is not None
    return balanced and len(name) >= 2 and not (activity or _NO_THING.search(name) or names_place(name))


def names_place(text: str) -> bool:
    """Whether a text is the name of a place and no thing."""
    return any(start == 0 and end >= len(text) - 2 for start, end in place_names(text))
