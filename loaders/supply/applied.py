"""The constructions that say what is applied in what: in fields, in industries, in products."""

import re
from collections.abc import Iterator

from loaders.grammar.grammar import place_lists, place_names
from loaders.supply.link import Link, Setting
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

_FIELD = "领域|行业|产业|场景|方面|制造业|环节"


def applied(sentence: str, setting: Setting) -> Iterator[Link]:
    """What a sentence says is applied in what."""
    for link in _read(sentence, setting):
        if plausible(link.from_) and plausible(link.to, field=True):
            yield link


def _read(sentence: str, setting: Setting) -> Iterator[Link]:
    for reader in (_in, _fused, _facing, _aimed, _fields_of, _uses, _techniques, _oriented, _based, _upgraded):
        yield from reader(sentence, setting)


_IN = re.compile(
    r"^(?P<thing>[^，；。在]*?)在(?P<fields>[^，；。]{2,}?)(?:的)?(?:实现)?(?P<use>国产(?:化)?替代|(?:创新|示范|集成|融合|深度|深入|广泛|规模化|产业化|批量|试点|先行|商业化|工程化|率先|普及和|普及|落地|拓展)*(?:应用|推广)(?:[和与及、]?(?:推广|融合|创新|示范|服务|项目))*)$"
)
_DONE_IN = re.compile(
    r"(?P<fields>[^，；。]{2,}?)(?:领域|行业|场景)(?:率先|深入)?(?:开展|探索|推广|推动|实现)(?P<thing>[^，；。]+)$"
)
_TRIED = re.compile(r"(?:探索|开展|推动|推广)(?P<thing>[^，；。、]{2,10}?)(?:示范|推广|试点)?应用$")


# 甲、乙用于丙; what is made of them (用于丙制造) is read elsewhere.
_MADE = "".join(
    f"(?<!{word})"
    for word in ["制造", "生产", "制备", "加工", "装配", "拉丝", "合成", "成型", "冶炼", "组装", "铸造", "封装"]
)
_USED_IN = re.compile(
    "^(?P<thing>[^，；。在]{2,24}?)(?:广泛|主要|重点|率先|优先|批量|规模化)*(?<!适)(?<!统筹)(?P<how>应用于|运用于|用于)(?!一体的|支持)"
    f"(?P<fields>[^，；。]{{2,40}}?{_MADE})$"
)
# 应用于甲 is a field, 用于甲 a thing that it goes into, unless that is one.
_FIELDS = re.compile(
    "领域|行业|场景|产业|方面|环节|治疗|诊断|监测|检测|机构|服务|管理|运输|物流|农业|医疗|作业|巡检|消费|教育|交通|施工"
)
_MEANS = re.compile("资金|经费|资源|土地|收入|指标|政策|基金|奖励|补助|贷款|结果|办法|条款|企业$|由|[0-9]")


def _in(sentence: str, setting: Setting) -> Iterator[Link]:
    """推动甲在乙、丙等领域的应用; 推动在乙等领域应用; 甲应用于乙."""
    for start, end, clause in clause_texts(sentence):
        if at := re.search("(?:^|推进|推动|支持)([^，；。、]{2,12})应用于([^，；。]{2,20})", clause):
            for field in things(after_etc(at[2])[0], lead=False):
                yield Link(without_lead(at[1]), field, "applied_in", start, end)
            continue
        if (used := _USED_IN.search(without_lead(clause))) and not _MEANS.search(used["thing"]):
            for name in map(_without_place, things(after_etc(used["thing"])[0])):
                fields = things(after_etc(used["fields"])[0], lead=False)
                into = used["how"] == "用于" and not _FIELDS.search(used["fields"])
                relation = "input_to" if into else "applied_in"
                yield from (Link(name, field, relation, start, end) for field in fields)
            continue
        if (match := _IN.match(clause)) is None:
            continue
        if "取得" in match["fields"]:
            continue
        groups = place_lists(match["thing"])
        where = bool(groups) and groups[-1].end == len(match["thing"])
        if where:  # 支持<甲市>在乙领域探索丙应用
            field, sign, rest = match["fields"].partition("领域")
            tried = _TRIED.search(rest + match["use"])
            names = [tried["thing"]] if tried and sign else []
            fields = things(field, lead=False)
        elif done := _DONE_IN.match(match["fields"] + match["use"]):  # 在乙行业开展丙应用
            thing = without_done(without_done(done["thing"]).rstrip("与和及"))
            thing = "" if re.match("(?:产业|创新|示范)+应用", done["thing"]) else thing
            names, fields = (
                [thing if len(thing) > 3 else setting.subject],
                things(after_etc(done["fields"])[0], lead=False),
            )
        else:
            bare, behind = after_etc(match["thing"])
            bare = re.sub("(?:的)?(?:研发|开发|研究|生产)(?:及|和|与)?$", "", without_lead(bare))
            names = things(bare, lead=False) if behind or "、" in bare else [clean(bare)]
            names = [name for name in names if name] or [setting.subject]
            fields = _fields(match["fields"])
        for name in names:
            yield from (Link(name, field, "applied_in", start, end) for field in fields)


def _without_place(name: str) -> str:
    """A thing without the city it comes from (钦州<乙烯>)."""
    end = next((b for a, b in place_names(name) if a == 0), 0)
    return name[end:] if len(name) - end > 1 else name


def _fields(text: str) -> list[str]:
    """The fields of one or two lists: 甲等产业以及乙等产业领域."""
    found = []
    for piece in re.split("(?<=[业域])(?:以及|及|和)(?=[^，]*等)", text):
        listed, behind = after_etc(piece)
        listed = (
            listed if behind else re.sub(rf"(?<=.{{2}})(?:{_FIELD})$", lambda m: m[0] if m[0] == "产业" else "", listed)
        )
        listed = re.sub("领域(?=$)", "", listed)
        found += things(listed, lead=False)
    return found


# What is applied rather than applied in.
_TECHNOLOGY = re.compile("技术$|联网$|智能$|数据$|计算$|区块链|^[5-9]G$|现实$|孪生$")
_FUSED = re.compile(
    r"(?P<a>[^，；。]{2,}?)与(?P<b>[^，；。]{2,30}?)(?:的|加速|加快|进一步)*(?:深度|跨界)?(?:融合应用|融合渗透|深度融合|融合发展|融合创新)"
)


def _fused(sentence: str, setting: Setting) -> Iterator[Link]:
    """推动甲等新技术与丙深度融合应用; 丙与某某技术的融合应用."""
    for start, end, clause in clause_texts(sentence):
        if (match := _FUSED.search(without_lead(clause))) is None:
            continue
        if "在" in match["a"] + match["b"]:
            continue
        one, other = things(after_etc(match["a"])[0]), _fields(match["b"])
        if not one or not other:
            continue
        own = all(_TECHNOLOGY.search(name) for name in other) or "技术" in after_etc(match["b"])[1]
        own = own and not all(_TECHNOLOGY.search(name) for name in one)
        for a in one:
            for b in other:
                yield Link(b, a, "applied_in", start, end) if own else Link(a, b, "applied_in", start, end)


_FACING = re.compile(
    r"(?:围绕|面向|聚焦|针对)(?P<fields>[^，；。]{3,}?)(?:等|[二三四五六七八九十]+大)"
    r"(?P<class>[^，；。、等]{0,8}(?:领域|行业|场景))(?P<rest>[^，；。]*)(?P<next>(?:，[^；。]*)?)"
)
# 面向甲发展乙、丙
_AIMED = re.compile(
    "面向(?P<fields>[^，；。、的]{2,12}?)(?:重点|着力|大力|主要|率先)*(?:发展|布局|研发|研制|开发|生产|推广)(?P<list>[^，；。]+)$"
)
_MAKE = re.compile(
    r"^(?:重点|着力|加快|大力|积极|推动|推进|支持|鼓励)*(?:发展|开展|研发|研制|开发|打造|培育|生产|提供|推广|突破)(?P<object>.+)$"
)
_LEVEL = re.compile("^提[升高](?P<object>[^，；。]{2,10}?)(?:技术|服务|工艺)?(?:水平|能力)$")


def _facing(sentence: str, setting: Setting) -> Iterator[Link]:
    """面向甲、乙等领域，发展丙; 围绕甲、乙等行业发展丙."""
    for match in _FACING.finditer(sentence):
        names = _made(match["rest"], match["next"], sentence[: match.start()], setting)
        for name in names:
            for field in things(match["fields"], lead=False):
                yield Link(name, field, "applied_in", match.start(), match.end())


def _aimed(sentence: str, setting: Setting) -> Iterator[Link]:
    """面向甲发展乙、丙."""
    for start, end, clause in clause_texts(sentence):
        if (match := _AIMED.search(clause)) and not _FACING.search(clause) and not _WIDE.search(match["fields"]):
            for name in things(without_done(after_etc(match["list"])[0]), lead=False):
                yield Link(name, match["fields"], "applied_in", start, end)


# Whom or when something is for, which is no field.
_WIDE = re.compile("全国|全省|全球|世界|未来|国际|国内|市场|企业|消费者|群众|需求|20|沿线|地区|方向|领域$")


def _made(rest: str, following: str, before: str, setting: Setting) -> list[str]:
    """What is made for the fields: in the same clause, in those that follow, else in the clause before."""
    if level := _LEVEL.match(rest):
        return [level["object"]]
    for clause in (rest, *following.split("，")):
        if clause and (make := _MAKE.match(clause)):
            listed, behind = after_etc(make["object"])
            if behind and (kind := _kind(behind, setting)):
                return [kind]
            names = things(without_done(listed), lead=False)
            names = [re.sub("(?<=..)(?:设备|产品)$", "", name) for name in names]
            if names and "、" in listed and re.search("配套|零部件", listed):
                return names[:1]
            names = [re.sub("^[^，]{2,6}的", "", name) for name in names]
            return [name for name in names if len(names) == 1 or not name.endswith("解决方案")]
    if following or rest:
        earlier = [
            m for _, _, c in clause_texts(before) if (m := re.search("加强([^，；。、]{2,10}?)(?:研发|研制)$", c))
        ]
        return [earlier[-1][1]] if earlier and "能力" in rest else []
    return []


def _kind(behind: str, setting: Setting) -> str | None:
    """The class that closes a list, where it names what is made: 标志性的某某设备."""
    bare = without_done(behind)
    known = [name for name in (setting.subsector or "", *setting.siblings) if name and name in bare]
    return max(known, key=len) if known else None


_FIELDS_OF = re.compile(
    r"(?P<fields>[^，；。]{3,}?)等(?:[^，；。、等]{0,4})(?:领域|行业|场景)(?:应用)?的"
    r"(?P<thing>[^，；。]{0,16}(?:解决方案|服务|产品|系统|软件|装备|设备|机器人|终端))$"
)


def _fields_of(sentence: str, setting: Setting) -> Iterator[Link]:
    """发展甲、乙等领域的解决方案; 甲、乙等场景应用的机器人; 甲、乙等特种机器人."""
    for start, end, clause in clause_texts(sentence):
        if (match := _FIELDS_OF.search(clause)) and not re.search("在|面向|应用$", match["fields"] + match["thing"]):
            thing = re.sub("^专业化|产品$", "", match["thing"])
            yield from (Link(thing, field, "applied_in", start, end) for field in things(match["fields"]))
        listed, behind = after_etc(clause)
        special = re.match("(?P<thing>特种[^，；。、的]{2,8}?)(?:研发|研制|应用|制造|发展)*$", behind)
        if special and not any(name.endswith(special["thing"][-2:]) for name in things(listed)):
            yield from (Link(special["thing"], field, "applied_in", start, end) for field in things(listed))


_APPLICATION = re.compile(r"^(?P<thing>[^，；。、的]{2,12}?)(?:集成|示范|创新)?应用$")


def _uses(sentence: str, setting: Setting) -> Iterator[Link]:
    """甲、乙等丙集成应用: 丙 is used for each."""
    for start, end, clause in clause_texts(sentence):
        listed, behind = after_etc(clause)
        match = _APPLICATION.match(behind)
        if (
            match
            and not match["thing"].endswith(("技术", "领域", "行业", "产业"))
            and match["thing"] in setting.cluster + (setting.subsector or "")
        ):
            yield from (Link(match["thing"], use, "applied_in", start, end) for use in things(listed))


_TECHNIQUE = re.compile("^[^，；。、]{0,8}?技术(?P<use>应用)?$")


def _techniques(sentence: str, setting: Setting) -> Iterator[Link]:
    """加强甲、乙等技术的应用，提升丙."""
    parts = list(clause_texts(sentence))
    for i, (start, end, text) in enumerate(parts):
        clause = without_lead(text)
        listed, behind = after_etc(clause)
        single = re.fullmatch(r"[^，；。、]{2,8}技术", clause)
        match = _TECHNIQUE.match(behind)
        if match is None and single is None:
            continue
        raised = parts[i + 1][2] if i + 1 < len(parts) else ""
        better = re.match("提[升高]", raised) is not None
        goals = [name for name in setting.siblings if better and name in raised and name != setting.subsector]
        goals = goals or ([setting.subject] if match and match["use"] else [])
        names = [single[0]] if single else things(listed)
        for name in names:
            yield from (Link(name, goal, "applied_in", start, end) for goal in goals)


_ORIENTED = re.compile(r"以面向(?P<fields>[^，；。]{2,}?)为主的(?P<thing>[^，；。]*?)(?:及)?(?:集成)?应用")
_FOR = re.compile(r"面向(?P<field>[^，；。、的]{2,20}?)(?:应用)?的(?P<thing>[^，；。、等的]{2,16})")


def _oriented(sentence: str, setting: Setting) -> Iterator[Link]:
    """以面向甲、乙等制造业为主的应用; 面向甲应用的乙."""
    for match in _ORIENTED.finditer(sentence):
        thing = clean(match["thing"]) or setting.subject
        listed, _ = after_etc(match["fields"])
        for field in things(listed, lead=False):
            yield Link(thing, field, "applied_in", match.start(), match.end())
    for match in _FOR.finditer(sentence):
        inside = sentence[max(0, match.start() - 1) : match.start()] == "以"
        wide = names_place(match["field"]) or re.search("全国|全球|世界|未来|国际", match["field"])
        if not inside and not wide:
            yield Link(without_done(match["thing"]), match["field"], "applied_in", match.start(), match.end())


_BASED = re.compile(r"基于(?P<base>[^，；。、的（）]{2,14}?)(?:形成|实现)?的(?P<thing>[^，；。、（）]{2,24})")


def _based(sentence: str, setting: Setting) -> Iterator[Link]:
    """基于甲技术的乙."""
    for match in _BASED.finditer(sentence):
        if sentence[: match.start()].count("（") == sentence[: match.start()].count("）"):
            thing = re.sub("^新一代", "", match["thing"])
            yield Link(match["base"], thing, "applied_in", match.start(), match.end())


_UPGRADED = re.compile(
    r"(?:支持|推动)?(?:开发|推广)(?P<thing>[^，；。]{4,24})，(?:推动|促进|支持)(?P<fields>[^，；。]{2,}?)等[^，；。、]{0,4}(?:行业|领域)[^，；。]{0,8}(?:升级|转型|改造)"
)


def _upgraded(sentence: str, setting: Setting) -> Iterator[Link]:
    """支持开发某某，推动甲、乙等重点行业升级."""
    for match in _UPGRADED.finditer(sentence):
        for field in things(match["fields"], lead=False):
            yield Link(match["thing"], field, "applied_in", match.start(), match.end())
