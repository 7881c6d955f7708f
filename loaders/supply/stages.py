"""The constructions that say which stages a chain has, and what comes before what in it."""

import re
from collections.abc import Iterator
from itertools import pairwise

from loaders.grammar.grammar import unique
from loaders.supply.link import PART, Link, Setting
from loaders.supply.lists import after_etc, clause_texts, clean, things, without_lead


def stages(sentence: str, setting: Setting) -> Iterator[Link]:
    """What a sentence says of stages and of upstream and downstream, in order of the constructions."""
    for reader in (
        _stages,
        _staged,
        _chain,
        _extended,
        _gathered,
        _from_to,
        _resources,
        _downstream,
        _makers,
        _tiers,
        _sides,
    ):
        yield from reader(sentence, setting)


_STAGES = re.compile(
    r"(?:涵盖|覆盖|包括|包含|贯穿|打通|贯通)(?P<list>[^，；。]{3,}?)(?:等[^，；。、]{0,8}?)?环节(?:的(?P<of>[^，；。]{2,24}))?"
)
_AROUND = re.compile(
    r"围绕(?P<list>[^，；。]{3,}?)(?:等(?:产业(?!链))?(?!产业链)[^，；。、]{0,6}?环节|(?:等)?(?:开展|进行|布局)全产业链)"
)
_LINKED = re.compile(
    "(?:^|(?<=[，；：量]))(?:着力|进一步|加快|全面|不断)*(?:增强|提升|强化|补齐|完善|优化)"
    "(?P<list>[^，；。]{3,40}?)(?:等(?:产业链)?)?(?:优势|薄弱|关键|重点|核心)?环节"
)


# 经甲、乙等工序制成丙
_WORKED = re.compile(
    "经过?(?P<list>[^，；。]{2,40}?)(?:等)?(?:多道|各道)?(?:工序|工艺|环节)(?:后)?(?:制成|形成|加工成|生产|得到)(?P<of>[^，；。]{2,12})"
)


# 打通甲、乙、丙产业链条: three at least, so that 强链补链 and the like are no stages.
_WHOLE_CHAIN = re.compile(
    "(?:打通|贯通|构建|完善|形成|打造|健全|布局|延伸)(?:涵盖|覆盖|包括|从)?(?P<list>[^，；。、—的等]{2,12}(?:、[^，；。、—的等]{2,12}?){2,}?)(?:等)?(?:于一体)?的?"
    "(?:完整|完备|全)?的?(?:产业链条|产业链|全链条|链条|产业生态链)"
)


def _chain_name(of: str | None, setting: Setting, *, whole: bool) -> str:
    if of:
        bare = re.sub("^(?:较?为?(?:完整|完备)的)?", "", of)
        if re.search("产业链|链条|体系|产业|链$", bare):
            return bare
    return (setting.subject if whole else setting.topic or setting.cluster) + ("全产业链" if whole else "产业链")


def _stages(sentence: str, setting: Setting) -> Iterator[Link]:
    """涵盖甲、乙等环节的某某产业链; 围绕甲、乙等环节; 增强甲、乙和丙环节."""
    for match in _STAGES.finditer(sentence):
        to = _chain_name(match["of"], setting, whole=False)
        for name in things(match["list"], lead=False, common=True):
            yield Link(name, to, "stage_of", match.start(), match.end())
    for match in _WHOLE_CHAIN.finditer(sentence):
        if re.search(f"基础研究|孵化|到|{PART}", match["list"]):
            continue
        for name in things(match["list"], lead=False, common=True):
            yield Link(name, _chain_name(None, setting, whole=False), "stage_of", match.start(), match.end())
    for match in _AROUND.finditer(sentence):
        whole = "全产业链" in match[0]
        to = _chain_name(None, setting, whole=True) if whole else setting.subject
        for name in things(match["list"], lead=False, common=True):
            yield Link(name, to, "stage_of", match.start(), match.end())
    for match in _WORKED.finditer(sentence):
        for name in things(match["list"], lead=False, common=True):
            yield Link(name, match["of"], "stage_of", match.start(), match.end())
    for match in _LINKED.finditer(sentence):
        if not re.search("涵盖|围绕|包括|覆盖", match[0]) and re.search("、|和|与", match["list"]):
            for name in things(match["list"], lead=False, common=True):
                yield Link(name, _chain_name(None, setting, whole=False), "stage_of", match.start(), match.end())


_DASHED = re.compile(
    r"(?P<list>[^，；。—→的]{2,20}(?:[—→][^，；。—→的]{2,20}?){2,}?)”?(?:的)?(?:较?为?完[整备](?:的)?)?(?P<of>产业链条|产业链|全链条|链条)"
)
# 某某产业链按“甲→乙→丙”划分
_DRAWN = re.compile("(?P<of>产业链条?)[^，；。“]{0,8}“(?P<list>[^，；。—→”]{2,20}(?:[—→][^，；。—→”]{2,20}){2,})”")
# 围绕“甲—乙—丙”延链
_WORKED_AT = re.compile("“(?P<list>[^，；。—→”]{2,20}(?:[—→][^，；。—→”]{2,20}){2,})”(?P<of>延链|补链|强链)")
_REGARDING = re.compile("^(?P<of>[^，。；、]{2,10})方面，")
_ARROW = re.compile("[—→]+")


def _chain(sentence: str, setting: Setting) -> Iterator[Link]:
    """甲—乙—丙的产业链条; 产业链按“甲→乙→丙”划分."""
    about = _REGARDING.match(sentence)
    subject = about["of"] if about else setting.subject
    for match in (*_DASHED.finditer(sentence), *_DRAWN.finditer(sentence), *_WORKED_AT.finditer(sentence)):
        chain_of = subject + (match["of"] if "链条" in match["of"] or "产业链" in match["of"] else "产业链")
        chains = match["list"].split("、")
        for chain in chains if all(_ARROW.search(one) for one in chains) else [match["list"]]:
            names = [clean(re.sub("的.*$", "", part)) for part in _ARROW.split(without_lead(chain.strip("“”")))]
            for name in names:
                yield Link(name, chain_of, "stage_of", match.start(), match.end())
            for one, other in pairwise(names):
                yield Link(one, other, "upstream_of", match.start(), match.end(), "implied")


# 某某上游重点引进甲、乙企业，下游对接丙企业
_ABOVE = re.compile(
    "(?P<of>[^，；。、上中下]{2,10}?)上游[^，；。、]{0,3}?(?:引进|突破|发展|布局|做强|补齐|培育|招引)(?P<list>[^，；。]+)"
)
_BELOW_IT = re.compile("下游(?:重点|主要)?(?:对接|面向|连接|带动|供应|配套)(?P<list>[^，；。]+)")


_TIER = re.compile(
    "(?P<tier>[上中下]游)(?:环节|产业链?|原材料|零部件|产品|应用|服务|重点|主要)*：?(?:重点|主要|着力)?"
    "(?:发展|做强|做优|突破|引进|拓展|补齐|布局|培育|壮大|延伸|包括|是|为)?(?P<list>[^，；。：]+)"
)
_ORDER = "上中下"


def _tiers(sentence: str, setting: Setting) -> Iterator[Link]:
    """上游发展甲、乙，中游发展丙，下游拓展丁: what each tier makes comes before what the next one does."""
    held: tuple[int, list[str], int] | None = None
    for match in _TIER.finditer(sentence):
        if match.start() and sentence[match.start() - 1] not in "，；。：“、":
            continue  # 某某上游, see _sides
        listed = re.sub("(?:由|放在|面向|对接).*$|企业$", "", after_etc(match["list"])[0])
        tier, names = _ORDER.index(match["tier"][0]), things(listed, common=True)
        if held and tier == held[0] + 1:
            for one in held[1]:
                yield from (Link(one, other, "upstream_of", held[2], match.end()) for other in names)
        held = (tier, names, match.start())


def _sides(sentence: str, setting: Setting) -> Iterator[Link]:
    """某某上游引进甲、乙，下游对接丙: what comes before a thing, and what it comes before."""
    of = None
    for start, end, clause in clause_texts(sentence):
        if match := _ABOVE.search(clause):
            of = without_lead(match["of"])
            for name in things(re.sub("企业$", "", after_etc(match["list"])[0]), lead=False):
                yield Link(name, of, "upstream_of", start, end)
        elif of and (match := _BELOW_IT.search(clause)):
            listed = re.sub("企业$", "", after_etc(match["list"])[0])
            for name in things(listed.rpartition("的")[2], lead=False):
                yield Link(of, name, "upstream_of", start, end)


_STAGED = re.compile(
    "^(?P<of>(?![^，；。、]*?(?:企业|针对|围绕|面向|在))[^，；。、和与及]{3,12}?)"
    "(?P<list>(?:研发|设计|制造|生产|加工|封测|封装|检测|测试|销售|运维|服务|应用)(?:、[^，；。、]{2,6}?)+)等?环节"
)


def _staged(sentence: str, setting: Setting) -> Iterator[Link]:
    """推动甲设计、制造、封测等环节协同发展."""
    for start, end, clause in clause_texts(sentence):
        if match := _STAGED.match(without_lead(clause)):
            for name in things(match["list"], lead=False, common=True):
                yield Link(name, match["of"], "stage_of", start, end)


_EXTENDS = re.compile("(?P<from>[^，；。、]{2,10})企业向产业链(?:的)?(?P<to>[^，；。]{2,12})环节(?:延伸|拓展)")


def _extended(sentence: str, setting: Setting) -> Iterator[Link]:
    """鼓励甲企业向乙环节延伸."""
    for match in _EXTENDS.finditer(sentence):
        chain = _chain_name(None, setting, whole=False)
        for name in unique([*things(match["from"]), *things(match["to"], lead=False, common=True)]):
            yield Link(name, chain, "stage_of", match.start(), match.end())


_STAGE = re.compile("研发|设计|生产|制造|销售|加工|开采|检测|运维|服务")
_UNITED = re.compile(
    "集(?!成|聚|群|中)(?P<list>[^，；。]{3,40}?)(?:等)?(?:功能)?(?:于|为)一体的(?P<of>[^，；。]{2,20})"
)


def _gathered(sentence: str, setting: Setting) -> Iterator[Link]:
    """集研发、生产于一体的某某企业."""
    for match in _UNITED.finditer(sentence):
        if not _STAGE.search(match["list"]):
            continue
        of = re.sub(
            "(?:全流程|区域)?(?:骨干|龙头|领军)?(?:企业|产业集聚区|集聚区|产业集群|产业园|基地|产业)$", "", match["of"]
        )
        for name in things(match["list"], lead=False, common=True):
            yield Link(name, of or setting.subject, "stage_of", match.start(), match.end())


_FROM_TO = re.compile(
    "从(?P<list>[^，；。]{2,24}?)到(?P<to>[^，；。]{2,20}?)的[^，；。]{0,6}(?:产业链|链条|全链|供应链)"
)
_ORES = re.compile(
    "利用(?P<list>[^，；。]{1,20}?)等[^，；。、]{0,8}?矿[产山]资源[^，；。]*，(?P<next>[^，；。]*(?:发展)[^，；。]+)"
)
_UPSTREAM = re.compile(
    "依托上游(?P<base>[^，；。]{2,10}?)(?:产业|优势|基础|资源)[^。；]*?，(?:推动|发展|推进|培育)(?P<next>[^，；。]+)"
)
_BELOW = re.compile("(?:发展|生产)(?P<list>[^，；。]+)，(?:引入|延伸|拓展)(?P<to>下游[^，；。]{0,4}产业链)")
_APPLIED_BELOW = re.compile("(?P<of>[^，；。、及和以]{2,8})下游应用")
_MAKERS = re.compile(
    "(?:推动|促进|引导|支持|开展)(?P<a>[^，；。、与]{2,10})企业与(?P<b>[^，；。、]{2,8}?)(?:企业|厂商|厂)(?=联合|对接|协同|合作)"
)


def _from_to(sentence: str, setting: Setting) -> Iterator[Link]:
    """从甲、乙到丙的产业链."""
    for match in _FROM_TO.finditer(sentence):
        for name in things(match["list"], lead=False):
            yield Link(name, match["to"], "upstream_of", match.start(), match.end())


def _resources(sentence: str, setting: Setting) -> Iterator[Link]:
    """利用甲、乙等矿产资源，发展丙; 依托上游甲基础，发展丙."""
    for match in _ORES.finditer(sentence):
        to = without_lead(match["next"])
        for name in things(match["list"]) or [match["list"]]:
            yield Link(name if name.endswith("矿") else name + "矿", to, "upstream_of", match.start(), match.end())
    for match in _UPSTREAM.finditer(sentence):
        for name in things(match["next"], done=True):
            yield Link(match["base"], name, "upstream_of", match.start(), match.end())


def _downstream(sentence: str, setting: Setting) -> Iterator[Link]:
    """发展甲、乙，引入下游; 甲下游应用."""
    for match in _BELOW.finditer(sentence):
        for name in things(match["list"]):
            yield Link(name, match["to"], "upstream_of", match.start(), match.end())
    for match in _APPLIED_BELOW.finditer(sentence):
        of = without_lead(match["of"])
        if len(of) >= 2:
            yield Link(of, of + "下游应用", "upstream_of", match.start(), match.end())


def _makers(sentence: str, setting: Setting) -> Iterator[Link]:
    """推动甲企业与乙厂联合攻关."""
    for match in _MAKERS.finditer(sentence):
        yield Link(
            after_etc(match["a"])[1] or without_lead(match["a"]), match["b"], "upstream_of", match.start(), match.end()
        )
