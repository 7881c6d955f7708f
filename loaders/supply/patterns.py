"""The constructions that say what goes into what: parts, materials and equipment, stages of a chain, upstream."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from loaders.grammar.grammar import unique
from loaders.supply.lists import (
    after_etc,
    clause_texts,
    clean,
    names_place,
    plausible,
    things,
    without_done,
    without_lead,
)

PART = "原材料|材料|零部件|零配件|零组件|部件|器件|元器件|配件|耗材|辅料|软件"
_KEY = "关键|核心|基础|专用|重要|主要|配套|功能|高端"


@dataclass(frozen=True, slots=True)
class Setting:
    """What a sentence is about: the cluster, its subsector in a box, and the subsectors beside it.

    `known` is false where the title names an industry that is no cluster of the vocabulary; `topic` is the thing that
    the heading of a task names (巩固<动力电池>优势), `parts` whether that heading is about parts.
    """

    cluster: str
    subsector: str | None = None
    siblings: tuple[str, ...] = ()
    known: bool = True
    topic: str | None = None
    parts: bool = False

    @property
    def subject(self) -> str:
        """What inputs go into: the subsector, or the cluster where the subsector is itself one of parts."""
        return self.topic or (self.cluster if self.subsector is None or self.is_input else self.subsector)

    @property
    def is_input(self) -> bool:
        return self.subsector is not None and re.search("零部件|元器件|配套", self.subsector) is not None


@dataclass(frozen=True, slots=True)
class Link:
    """One thing supplied to another, in the clauses from `start` to `end` of a sentence."""

    from_: str
    to: str
    relation: str
    start: int
    end: int
    strength: str = "explicit"


def links(sentence: str, setting: Setting) -> Iterator[Link]:
    """The supply links between things that a sentence states, in order of the constructions."""
    for reader in (
        _parts,
        _for,
        _into,
        _with_parts,
        _compounds,
        _dedicated,
        _base,
        _class_of_inputs,
        _wanted_parts,
        _machines,
        _materials,
        _companion,
    ):
        yield from reader(sentence, setting)
    for reader in (_stages, _staged, _chain, _extended, _gathered, _from_to, _resources, _downstream, _makers):
        yield from reader(sentence, setting)


# ---- input_to

_PARTS = re.compile(
    rf"^(?P<of>[^，；。、等和及与]{{0,10}}?)(?P<class>(?:(?:{_KEY})*(?:{PART})(?:和|及|与|、)?)+)"
    r"(?P<rest>(?:配套|产业链|产业|制造业|制造|研制|研发|生产|产品|体系|供应|系统|和|及|与|的|能力|水平|化|等|关键)*)"
)
# 高端影像设备用<甲、乙、丙>等关键部件
_MADE_FOR = re.compile("(?P<of>[^、，]{3,12}?(?:设备|装备|系统|机|器|车|电池|仪|船|机床))用(?P<list>[^于途户]+、.+)")
_FIRMS = re.compile("(?:龙头|骨干|重点|配套)*(?:企业|公司|厂商)")
_STRONG = re.compile("零部件|零配件|零组件|配件|部件|原材料|配套|(?:关键|核心|专用)(?:材料|器件|软件|元器件)")
_COMPANIONS = re.compile(f"(?:相关|特色|{_KEY})*配套(?:产业|产品|设备)|(?:关键|核心|重要)配套$")
_ALLIED = re.compile(
    "(?P<of>(?![^，；。]{0,4}(?:零部件|配件|器件|材料))[^，；。、等相关和与及]{2,8})配套(?:产业|体系|能力|部件|产品|设备|件)"
)


def _parts(sentence: str, setting: Setting) -> Iterator[Link]:
    """甲、乙等关键零部件(配套): each goes into what the class names, else into the subject."""
    for start, end, clause in clause_texts(sentence):
        for listed, behind in _lists(without_lead(clause)):
            made = _MADE_FOR.match(listed)
            listed = made["list"] if made else listed
            own = re.match("(?:元器件|零部件|设备|装备)(?=关键|核心|专用)", behind)
            if _COMPANIONS.match(behind):
                yield from (Link(name, setting.subject, "input_to", start, end) for name in things(listed))
                continue
            if allied := _ALLIED.match(behind):
                yield from (Link(name, allied["of"], "input_to", start, end) for name in things(listed))
                continue
            match = _PARTS.match(behind[own.end() :] if own else behind)
            if match is not None and _FIRMS.match(behind[match.end() :]):
                continue  # 甲、乙等零部件企业 are firms
            if match is None or not _STRONG.search(match["class"] + match["rest"]):
                continue
            target = made["of"] if made else _target(own[0] if own else match["of"], sentence[:end], setting)
            if "产业" in match["rest"] and (
                raised := re.search("打造[^，；。]*?([A-Za-z0-9]+产业)集群", sentence[end:])
            ):
                target = raised[1]
            yield from (Link(name, target, "input_to", start, end) for name in things(listed) if name != target)


def _lists(clause: str) -> Iterator[tuple[str, str]]:
    """Every list of a clause that ends in 等, with what follows it: 甲等设备以及<乙、丙>等零部件."""
    last = 0
    for match in re.finditer("等(?![级离效量候待])", clause):
        piece = clause[last : match.start()]
        joined = re.search("(?:以及|(?<=设备)和|(?<=设备)及)", piece) if last else None
        yield piece[joined.end() :] if joined else piece, clause[match.end() :]
        last = match.end()


_ABOUT = re.compile(
    "(?:^|[；。，])(?:围绕|聚焦|针对|面向)(?P<of>[^，；。、和与及等]{3,12}?)(?:领域|方向|产业)?，[^；。]*$"
)


def _target(of: str, before: str, setting: Setting) -> str:
    local = _ABOUT.search(before)
    setting = replace(setting, topic=local["of"]) if local else setting
    of = re.sub(f"^(?:{_KEY})+", "", without_lead(of).removesuffix("相关"))
    if not of or of in ("新型", "先进", "高端"):
        return setting.subject
    if of in ("设备", "装备"):
        machines = re.findall(f"等([^，；。、等]{{0,8}}整机{of})", before)
        return str(machines[-1]) if machines else setting.subject
    return of


_USED = re.compile(
    r"(?P<fields>[^，；。：]{2,}?)(?<![两应使利通专作运采适信备实常费引公日家商民食药军医车耐])用(?P<of>的)?(?![于户途品途量工法电水地功能好足活配一二两三四五六七八九十])(?P<thing>[^，；。：]+)"
)
_GIVES = re.compile("为[^，；。]*(?:提供|供应|供给)")
_QUALITY = re.compile("^(?:高性能|高端|新型|先进|高效|特种|高品质)+")


def _for(sentence: str, setting: Setting) -> Iterator[Link]:
    """丙、丁用甲材料; 丙用的甲、乙等设备."""
    for start, end, clause in clause_texts(sentence):
        for match in _USED.finditer(clause):
            before, behind = things(match["fields"]), match["thing"]
            if not before or _GIVES.search(match["fields"]):
                continue
            listed = "、" in after_etc(behind)[0]
            fields = before if not listed and "等" not in behind and all(len(f) <= 6 for f in before) else before[-1:]
            own = things(after_etc(behind)[0], lead=False, done=True)
            for field in fields:
                quality = _QUALITY.match(field) if len(fields) == 1 and not match["of"] else None
                name = field[quality.end() :] if quality else field
                if len(name) < 2 or "级" in name or "等" in match["fields"][-12:] or "（" in name:
                    continue
                for thing in own if match["of"] else own[:1]:
                    if plausible(thing):
                        yield Link((quality[0] if quality else "") + thing, name, "input_to", start, end)


_GOES_INTO = re.compile(
    "(?P<thing>[^，；。]{2,}?)(?:广泛|主要|重点|批量|可)*用于(?P<of>[^，；。]{2,30}?)(?:的)?(?:制造|生产|制备|加工|装配)"
)
# 甲、乙作为基础原料，主要供应丙、丁等下游装置.
_FEEDS = re.compile(
    "(?P<thing>[^，；。]{2,20}?)作为[^，；。]{0,6}(?:原料|原材料|材料)，(?:主要|重点)?(?:供应|供给|用于生产|用于)(?P<of>[^，；。]{2,40}?)(?:等|$|[，；。])"
)


# 甲主要供给乙、丙
_GOES_TO = re.compile(
    "(?:^|(?<=[，；。]))(?P<thing>[^，；。为向市区县]{2,16}?)(?:主要|重点|批量|直接)(?:供给|供应|配套)(?P<of>[^，；。]{2,40}?)(?=等|$|[，；。])"
)


def _into(sentence: str, setting: Setting) -> Iterator[Link]:
    """甲用于乙和丙制造."""
    for pattern in (_GOES_INTO, _FEEDS, _GOES_TO):
        for match in pattern.finditer(sentence):
            listed, _ = after_etc(without_lead(match["thing"]))
            for thing in things(listed):
                yield from (
                    Link(thing, name, "input_to", match.start(), match.end())
                    for name in things(match["of"], lead=False)
                )


_WITH = re.compile(
    rf"(?P<whole>[^，；。、等和及与：]{{2,16}}?)(?:及其|及|和|与|以及|、)"
    rf"(?P<part>(?:(?:相关|{_KEY})+(?:零部件|零配件|零组件|功能部件|部件|配件|软硬件)|配套设备|"
    r"(?<=及)(?:零部件|零配件)(?=制造|研发|研制|生产|项目)))(?=$|[，；。、和及等]|研|制|生|配|供|企|产|领|行|项)"
)


def _with_parts(sentence: str, setting: Setting) -> Iterator[Link]:
    """甲本体及核心部件; 甲产品及关键配件."""
    for start, end, clause in clause_texts(sentence):
        for match in _WITH.finditer(clause):
            whole = without_done(re.sub("(?:本体|产品线|产品|设备|系统)$", "", without_lead(match["whole"])))
            listed = "、" in match[0] and "配套" not in match["part"] and not match["whole"].endswith(("整机", "本体"))
            if listed or "相关" in match["whole"] or whole in ("整机", "整车"):
                continue
            if 2 <= len(whole) <= 14 and not re.search("零部件|部件|配件|材料", whole):
                yield Link(match["part"].removeprefix("相关"), whole, "input_to", start, end)


_OWN = re.compile("^(?:[高低]性能|新型|高端|先进)?(?P<of>[^，、的]{2,6})专用(?:芯片|软件|材料|设备|部件|装置)$")


_COMPOUND = re.compile("(?P<of>[^，；。、等和及与的]{3,12}?)(?:关键|核心)(?:零部件|零配件)$")


def _compounds(sentence: str, setting: Setting) -> Iterator[Link]:
    """A member of a list that names its own whole: 甲关键零部件."""
    for start, end, clause in clause_texts(sentence):
        for name in things(clause, done=True):
            if (match := _COMPOUND.match(name)) and not re.search("设备$|装备$", match["of"]):
                yield Link(name, match["of"], "input_to", start, end)


def _dedicated(sentence: str, setting: Setting) -> Iterator[Link]:
    """甲专用芯片、某某系统等技术: the list belongs to what its first member is made for."""
    for start, end, clause in clause_texts(sentence):
        listed, behind = after_etc(without_lead(clause))
        members = things(listed)
        own = _OWN.match(members[0]) if len(members) > 2 else None
        if own and re.match("(?:关键|核心)*(?:技术|部件|零部件)", behind):
            yield from (Link(name, own["of"], "input_to", start, end) for name in members)


_SUPPORTED = re.compile(r"以(?P<base>[^，；。、以]{3,18})为(?:支撑|底座)，(?P<list>[^，；。]+)")


def _base(sentence: str, setting: Setting) -> Iterator[Link]:
    """以甲为支撑，发展乙、丙等."""
    for match in _SUPPORTED.finditer(sentence):
        if not names_place(match["base"]):
            listed = things(after_etc(match["list"])[0])
            yield from (Link(match["base"], name, "input_to", match.start(), match.end()) for name in listed)


_EQUIPMENT = re.compile(
    "^(?:高端|专用|关键|核心)*(?P<class>材料|设备|装备)(?:制造业|制造|研发|生产|产业化|和|的|产业|及)*$"
)
_OF = re.compile("^(?P<of>[^，；。、等]{2,8}?)(?:关键|核心|专用)材料(?:的|研发|生产|和|及|产业化)*$")


_ATTACKED = re.compile("^(?:重点|着力|加快|集中|联合)*(?:攻关|攻克|突破|研发|研制|发展|补齐)(?P<list>[^，；。等]+)等?$")


def _wanted_parts(sentence: str, setting: Setting) -> Iterator[Link]:
    """Under a heading about parts (补齐零部件短板): 重点攻关甲、乙、丙等."""
    for start, end, clause in clause_texts(sentence) if setting.parts else ():
        if (match := _ATTACKED.match(clause)) and match["list"].count("、") >= 2:
            yield from (
                Link(name, setting.subject, "input_to", start, end) for name in things(match["list"], lead=False)
            )


def _class_of_inputs(sentence: str, setting: Setting) -> Iterator[Link]:
    """In a subsector of parts: 发展甲、乙等装备制造业."""
    if not setting.is_input:
        return
    for start, end, clause in clause_texts(sentence):
        listed, behind = after_etc(without_lead(clause))
        if _EQUIPMENT.match(behind) and "用的" not in listed and not _OF.match(behind):
            yield from (Link(name, setting.subject, "input_to", start, end) for name in things(listed))


_MADE_WITH = re.compile(
    "^(?P<of>(?!关键|核心|专用|高端|智能|成套)[^，；。、等]{2,6}(?:制造|加工|生产))(?:专用)?(?:设备|装备)$"
)


def _machines(sentence: str, setting: Setting) -> Iterator[Link]:
    """突破甲、乙等丙制造设备."""
    for start, end, clause in clause_texts(sentence):
        listed, behind = after_etc(without_lead(clause))
        if match := _MADE_WITH.match(behind):
            yield from (Link(name, match["of"], "input_to", start, end) for name in things(listed))


_QUALITY_OF = re.compile(
    rf"(?:提升|提高|保障)(?P<list>(?:(?:{PART})(?:、|和|与|及)?)+)(?:的)?(?:质量|供应|供给|保障)[^，；。]*(?:水平|能力)"
)


def _materials(sentence: str, setting: Setting) -> Iterator[Link]:
    """提升原材料和配件的供应水平."""
    for match in _QUALITY_OF.finditer(sentence):
        for name in things(match["list"], lead=False):
            yield Link(name, setting.subject, "input_to", match.start(), match.end())


_COMPANION = re.compile(r"(?:发展|培育)(?P<of>[^，；。、和及与]{2,12})配套产业")
_PRODUCTS = re.compile("产品$")
_PLUS = re.compile("^加强(?P<list>[^，；。等]+?)(?:的)?(?:研制|研发)$")


def _companion(sentence: str, setting: Setting) -> Iterator[Link]:
    """发展某某配套产业; 发展…等产品，加强甲、乙研制."""
    for match in _COMPANION.finditer(sentence):
        if "相关" not in match["of"]:
            yield Link(match["of"] + "配套产业", match["of"], "input_to", match.start(), match.end())
    parts = list(clause_texts(sentence))
    for (_, _, before), (start, end, clause) in pairwise(parts):
        if setting.subsector and _PRODUCTS.search(before) and (plus := _PLUS.match(clause)):
            names = things(plus["list"])
            if not any(name.endswith(setting.subsector[-2:]) for name in names):
                yield from (Link(name, setting.subject, "input_to", start, end) for name in names)


# ---- stage_of

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
    for match in _LINKED.finditer(sentence):
        if not re.search("涵盖|围绕|包括|覆盖", match[0]) and re.search("、|和|与", match["list"]):
            for name in things(match["list"], lead=False, common=True):
                yield Link(name, _chain_name(None, setting, whole=False), "stage_of", match.start(), match.end())


_DASHED = re.compile(
    r"(?P<list>[^，；。—的]{2,14}(?:—[^，；。—的]{2,20}?){2,}?)(?:的)?(?:较?为?完[整备](?:的)?)?(?P<of>产业链条|产业链|全链条|链条)"
)


def _chain(sentence: str, setting: Setting) -> Iterator[Link]:
    """甲—乙—丙的产业链条."""
    for match in _DASHED.finditer(sentence):
        chains = match["list"].split("、")
        for chain in chains if all("—" in one for one in chains) else [match["list"]]:
            names = [clean(re.sub("的.*$", "", part)) for part in without_lead(chain).split("—")]
            for name in names:
                yield Link(name, setting.subject + match["of"], "stage_of", match.start(), match.end())
            for one, other in pairwise(names):
                yield Link(one, other, "upstream_of", match.start(), match.end(), "implied")


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


# ---- upstream_of

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
