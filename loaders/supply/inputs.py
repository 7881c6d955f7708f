"""The constructions that say what goes into what: parts, materials, equipment, companions."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from loaders.supply.link import PART, Link, Setting
from loaders.supply.lists import after_etc, clause_texts, names_place, plausible, things, without_done, without_lead

_KEY = "关键|核心|基础|专用|重要|主要|配套|功能|高端"


def inputs(sentence: str, setting: Setting) -> Iterator[Link]:
    """What a sentence says goes into what, in order of the constructions."""
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
    r"(?P<fields>[^，；。：]{2,}?)(?<![两应使利通专作运采适信备实常费引公日家商民食药军医车耐租自之沿延聘录雇任借调选试占私挪启套征善活])用(?P<of>的)?(?![时于户途品途量工法电水地功能好足活配一二两三四五六七八九十])(?P<thing>[^，；。：]+)"
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
    "(?P<thing>[^，；。]{2,}?)(?:广泛|主要|重点|批量|可)*(?<![适专应运])用于(?!一体的|支持)(?P<of>[^，；。]{2,30}?)(?:的)?(?:制造|生产|制备|加工|装配|拉丝|合成|成型|冶炼|组装|铸造|封装)"
)
# 甲、乙作为基础原料，主要供应丙、丁等下游装置.
_FEEDS = re.compile(
    "(?P<thing>[^，；。]{2,20}?)作为[^，；。]{0,6}(?:原料|原材料|材料)，(?:主要|重点)?(?:供应|供给|用于生产|用于)(?P<of>[^，；。]{2,40}?)(?:等|$|[，；。])"
)


def _into(sentence: str, setting: Setting) -> Iterator[Link]:
    """甲用于乙和丙制造."""
    for pattern in (_GOES_INTO, _FEEDS):
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
