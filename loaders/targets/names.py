"""What a figure measures and of whom, read from the words around it."""

import re
from dataclasses import dataclass

from loaders.grammar import grammar

# Verbs that make or reach what is counted. What stands behind the last of them is counted, or what stands before it.
ACHIEVE = (
    "建成|建设|建立|新建|培育|引进|打造|推动|推进|带动|创建|形成|新增|达到|拥有|累计|获得|获评|获批|实现|认定|集聚|聚集|组建|入选|布局|"
    "突破|攻克|制修订|制订|修订|发布|支持|吸引|孵化|发展|壮大|扩大|增加|制定|设立|落地|引育|遴选|评选|推广|开展|举办|实施|培养|培训|吸纳|改造|包括|包含|涵盖|"
    "落户|完成|覆盖|启动|建|育|达|有|获|为|共|超过|至|成"
)
_VERB = re.compile(rf"(?:{ACHIEVE})(?:了|出|成)?$")
_VERBS = re.compile(rf"^.*(?:{'|'.join(v for v in ACHIEVE.split('|') if len(v) > 1)})(?:了|出|成|一批)?(?=.{{2,}})")
_PREDICATE = re.compile(
    r"(?:分别|合计|总计|共计|累计|总数|将|已|平均|原则上|力争|争取|预计|基本|均|共)*"
    r"(?:(?:保持|稳定|维持|控制|提[升高]|增[长加]|上升|下降|降低|扩大)(?:在|到|至)|升至|增至|降至|达到|达成|达|为|是|实现|完成|突破|超过|拥有|有|获|在|至|到|"
    r"力争|争取|预计|约|近|的|分别|累计|合计|总计|共计|首次|率先|迈上|跨上|站上|将)+$"
)
_LEAD = re.compile(
    r"^(?:其中|完成|实现|保持(?=.{6})|并且?|且|将|力争|争取|预计|计划|累计|目前|现(?!代|有|行|场)|已|全面|基本|同时|此外|力图|努力|初步|分别|合计|以上|——|、|和|与|及|以及|，|在此基础上|总|共)+"
)
_GROWTH = re.compile(
    r"^(?:全?年均?|年均|同比|环比|平均|累计|名义|实际|可比|合计)*(?:增长率?|增速|增幅|增加|下降|降低|减少|提[高升]|上升|回落|翻番)(?:约|近|达到?|为|(?:保持|稳定|维持|控制)在)*$"
    r"|^[比较](?:上年|20\d\d年)[^，]*?(?:增长|提[高升]|增加|下降|减少|上升)?$|^增速(?:为|达|[比较][^，]*)?$|^年(?:均|平均)(?:复合)?(?:增长率?|增速)"
)
_SHARE = re.compile(r"^(?:约)?占")
_DOWN = re.compile(r"(?:同比|环比|[比较](?:上年|20\d\d年))[^，]{0,6}(?:下降|降低|减少|回落)")
_SUBJECT = re.compile(
    r"^(?P<s>(?:(?!占).){1,30}?(?:产业集群|集群|产业链|产业|制造业(?!企业)|企业|行业|园区|工业园(?!区)|产业园(?!区)|我省|全省|我市|全市|全国|(?<=^..)[市县区]|(?<=^...)[市县区]))"
    r"(?P<i>(?![和与及、的等以]|化|内|外|级|中心|基地|数字化|转型).{2,})$"
)
_BARE = re.compile(r"^(?:数量|总量|总数|规模|数|个数|家数|比重|占比|比例|总规模|总额)$")
_DONE = re.compile(r"^(?P<s>.{1,30}?)(?:完成|实现)(?P<i>(?!率|数|量).{2,})$")
_CALIBER = re.compile(r"规模以上|规上|限额以上|限上|可比口径|可比价格?|不变价格?|现价|全口径|同口径")
_BRACKET = re.compile(r"（([^（）]{2,12})）$")
_NO_NOUN = re.compile(
    r"^(?:对|等(?!级)|第[一二三四五六七八九十\d]|前[一二三四五六七八九十\d]|每(?!年)|按照?|把|向|若|如)"
)
_THEIR = re.compile("(?:链主|龙头|骨干|重点|整机|领军|上市)?企业")
_HAPPENS = re.compile("获|入选|进入|通过|运用|应用|实现|实施|上云|登陆|达|完成|落户|建成|开展|居|纳入")
_HERE = re.compile(r"^(?:我|全|本)[省市县区]")
_TAIL = re.compile(r"(?:累计|新增|建成|开通|获批|认定|培育|引进|集聚|投产|落地)+$")
# What follows a noun that is counted, and is no part of it.
_REST = re.compile("(?:打下|奠定|提供|作出|做出).*$")
_MODAL = re.compile("(?:力争|争取|预计|将|共|累计)+$")


@dataclass(frozen=True, slots=True)
class Measure:
    """What a figure measures (`indicator`) and of whom (`subject`), with the statistical scope as printed.

    `counts` where it counts things; `down` where the figure is a decline; `borrowed` where the indicator is that of
    the figure before (…，同比增长10.2%).
    """

    subject: str | None
    indicator: str
    caliber: str | None
    counts: bool
    down: bool = False
    borrowed: bool = False


def measure(
    before: str, after: str, *, count: bool, held: "Measure | None", verb: bool, follows: bool = False
) -> Measure | None:
    """The measure that the words before and behind a figure state; None where they state none.

    Args:
        before: the words of the clause before the figure, without its comparator and without years.
        after: the words of the clause behind it.
        count: whether the unit counts things (家, 个), so that what is counted may stand behind.
        held: the measure of the figure before in the sentence.
        verb: whether a verb that makes or reaches something governs the clause from further up.
        follows: whether the figure before stands in the same clause, so that both may have one noun (达106家、9家).
    """
    before = _LEAD.sub("", before.strip("，、；：。 "))
    behind = _REST.sub("", re.sub(r"^的", "", after)).strip("，、；：。 ")
    if held is not None and follows and not behind and not _LEAD.sub("", _trimmed(before)):
        return held
    if held is not None and _GROWTH.search(before):
        words = re.sub(r"(?:约|近|达到?|为|(?:保持|稳定|维持|控制)在)+$", "", before)
        return Measure(held.subject, held.indicator + words, held.caliber, False, bool(_DOWN.search(before)), True)
    if _SHARE.match(before):
        share = re.sub(r"的$|的?比重$", "", _trimmed(before) or before) + "比重"
        if held is None:
            return None
        name = re.sub(r"(?:同比|环比|年均|[比较]20\d\d年).*$|占.*$", "", held.indicator)
        return Measure(held.subject, name + share, _caliber(name, share), False, borrowed=True)
    if count and len(behind) >= 2:
        return _counted(before, behind, verb)
    noun, bracket = _noun(before)
    if "、" in noun and (match := re.search(r"等(?!级)(?=[^、]{4,}$)", noun)):
        noun = noun[match.end() :]  # 甲、乙、丙等十大产业
    if len(noun) < 2 or _HERE.fullmatch(noun) or (_NO_NOUN.match(noun) and not _SHARE.match(noun)):
        return None
    if count:
        place, noun = _placed(_TAIL.sub("", noun) or noun)
        noun = _VERBS.sub("", noun) or noun
        return Measure(place, noun, bracket or _caliber(noun), True)
    subject, indicator = _split(noun)
    return Measure(subject, indicator, bracket or _caliber(indicator, subject or ""), False, bool(_DOWN.search(before)))


def _trimmed(words: str) -> str:
    return _PREDICATE.sub("", words)


def _noun(before: str) -> tuple[str, str | None]:
    """The words before a figure without their predicate, and the scope that a bracket behind them states."""
    noun = _trimmed(before).strip("，、 ")
    if match := _BRACKET.search(noun):
        return noun[: match.start()], match[1]
    return noun, None


def _counted(before: str, behind: str, verb: bool) -> Measure | None:
    if before.endswith("等") and not _HAPPENS.search(behind):
        return None
    if "、" in before and _THEIR.match(behind) and not _HAPPENS.search(behind):
        return None  # 甲、乙、丙3家链主企业 are those, and no number to be reached
    if before.endswith(("第", "前", "对", "每", "各", "这", "的", "围绕", "聚焦", "针对")):
        return None
    happens = _HAPPENS.search(behind) is not None
    if not (_VERB.search(before) or verb or happens):
        return None
    return Measure(None, behind, _caliber(behind), True)


def _split(noun: str) -> tuple[str | None, str]:
    """Subject and indicator: 电子信息产业 | 营业收入."""
    place, noun = _placed(noun)
    for pattern in (_DONE, _SUBJECT):
        if match := pattern.match(noun):
            subject, indicator = _MODAL.sub("", match["s"]), match["i"]
            if _BARE.match(indicator):
                return (subject, noun) if pattern is _SUBJECT else (subject, indicator)
            return subject, indicator
    return place, noun


def _placed(noun: str) -> tuple[str | None, str]:
    """The place that a noun begins with, and the rest: 东莞市 | 智能手机产量."""
    if match := _HERE.match(noun):
        return match[0], _LEAD.sub("", noun[match.end() :])
    if (place := next(iter(grammar.place_names(noun)), None)) and place[0] == 0:
        end = place[1] + (noun[place[1] :].startswith("市") and not noun[place[1] :].startswith("市场"))
        if len(noun) - end >= 2 and re.match(r"(?![和与及、的级内外])", noun[end:]):
            return noun[:end], _LEAD.sub("", noun[end:])
    return None, noun


def _caliber(*words: str) -> str | None:
    return next((match[0] for word in words if (match := _CALIBER.search(word))), None)
