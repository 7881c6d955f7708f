"""Schemes: what a policy demands of those who apply, gathered from the passages under its lead-ins and headings."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from loaders.document.document import Section
from loaders.grammar.quantities import number, quantities
from loaders.money.barred import barred
from loaders.money.conditions import Read
from loaders.money.passages import Passage, PolicyText, clause_of, heading_of
from loaders.money.requirements import requirement
from loaders.money.words import NUMBERED
from ontology.facts_money import Condition, Group, Leaf, conjunction, conjuncts, leaves

# Headings under which applicants read what they must be.
_SCOPE = re.compile(
    r"条件|对象|申报主体|资格|评价指标|门槛|(?:支持|扶持)(?:方向|范围)"
    r"|(?:申报|建设|基本|认定|遴选|评选|入库|准入|专项|企业)(?:的)?(?:要求|标准)"
)
_OTHER_SCOPE = re.compile(r"工作要求|材料|报送|组织|支持条件|保障|条件成熟|条件评估")
_LEAD_IN = re.compile(
    r"(?:应|须|需|必须)(?:当)?(?:还)?(?:应)?(?:同时)?(?:符合|满足|具备)|(?:以下|下列)(?:基本|全部|任一|各项)?条件|条件(?:之一|如下)|满足以下|符合以下|具备以下"
)
# What must be reached to be let in, outside of a list of conditions (得分不低于75分的项目列入名单).
_ADMITS = re.compile(
    r"\d[^，。；]{0,8}的(?:申报)?(?:项目|企业|单位|平台)?，?(?:方?可)?(?:列入|纳入|入选|入库|通过评审|推荐)|\d[^，。；]{0,8}的，(?:方可|才能)(?:申报|申请|享受)"
    r"|(?:^|[。.、]|第[^条，。]{1,6}条)\s*(?:申报|申请)(?:企业|单位|主体)(?![应须需可于在登提])[^。；]*?(?:不[低高]于|不少于|不超过|达到|\d[^。；，]{0,4}以[上下])"
    r"|所称[^。；]{0,24}?(?:企业|单位|机构|项目)[”’]?，?是指[^。]*\d"
    r"|(?:申请|申报|享受)[^，。；]{0,16}的?(?:企业|单位|主体|项目)(?:应|须|需|必须)当?(?![^。；]*前)(?=[^。；]*\d)"
)
_BAD = re.compile(r"(?:下列|以下|之一|如下)[^，。；]{0,6}(?:情形|情况|行为)|(?:情形|情况|行为)之一")
_LEAST = re.compile(
    r"(?:至少|任意|其中)(?:[^，。；：\d]{0,12}?(?:条件|指标|要求|情形)(?:之?中)?的?)?(?P<n>[一二两三四五六七八九\d])(?P<unit>类|项|个|条)"
)
_ANY = re.compile(r"分类条件|条件之一|之一[：:的]|任一|任意一项|其中之一|至少一项")
_RELIEF = re.compile(
    r"(?P<subject>[^。；]*?)可?(?:适当)?(?:降低|放宽|下调|下浮)(?:，?(?:降|放宽|下调|下浮)?(?:幅度?|比例)(?:原则上)?)?(?:不超过|至|到|幅度)?[^，。；]{0,4}$"
)
# A heading, whatever sign it ends in.
_HEAD = re.compile(r"[^，。；：]{2,24}。")
_PROSE_KINDS = ("plan", "action_plan", "regulation", "interpretation")


@dataclass(frozen=True, slots=True)
class Scheme:
    """What one call or title demands: its name, its passages, and the condition that they form together.

    `led` where words of its own name it (企业技改奖励申报单位应满足), not the policy's title. `home` is the section
    whose awards it is for, where an article or each kind of project has conditions and a standard of its own.
    """

    name: str
    passages: tuple[Passage, ...]
    requires: Condition | None
    relief: str | None
    led: bool = True
    home: Section | None = None


def schemes(policy: PolicyText, awarding: Mapping[int, bool] = MappingProxyType({})) -> tuple[Scheme, ...]:
    """The schemes of a policy with their conditions.

    Args:
        policy: the policy.
        awarding: starts of the passages whose figures belong to awards, which are no passages about eligibility, and
            whether they give in figures.
    """
    by_name: dict[tuple[str, Section | None], list[tuple[Passage, Passage | None]]] = {}
    giving = {start: p.section.chain for p in policy.passages if p.section and (start := p.text.starts[0]) in awarding}
    every = tuple(giving.values())
    hard = tuple(chain for start, chain in giving.items() if awarding[start])
    for name, lead, passage in _scoped(policy):
        if passage.text.starts[0] in awarding:
            continue
        if (home := _apart(lead.section if lead is not None else None, hard)) is not None:
            if name == titled(policy):
                name = _ENCOURAGED.sub("", heading_of(policy, home)) or f"{name}（{home.label}）"
        elif (home := _home(passage, every)) is not None:
            name = heading_of(policy, home) or name
        by_name.setdefault((name, home), []).append((passage, lead))
    result = []
    bars = barred(policy)
    for (name, home), found in by_name.items():
        passages = tuple(passage for passage, _ in found)
        relief = next((words for p in passages for words in _reliefs(p.text.string)), None)
        led = home is not None or name != titled(policy)
        result.append(Scheme(name, passages, _condition(policy, found, bars), relief, led, home))
    return tuple(result)


_ENCOURAGED = re.compile("^(?:支持|鼓励)")


def _home(passage: Passage, giving: Sequence[tuple[Section, ...]]) -> Section | None:
    """The section around a heading of conditions that gives something too, while others give something else."""
    chain = passage.section.chain if passage.section is not None else ()
    scope = next((s for s in reversed(chain) if _SCOPE.search(s.name) and not _OTHER_SCOPE.search(s.name)), None)
    home = scope.parent if scope is not None and scope.kind != "title" else None
    if _RUN_IN.match(passage.text.string) and passage.section is not scope:
        home = passage.section
    return _apart(home, giving)


def _apart(section: Section | None, giving: Sequence[tuple[Section, ...]]) -> Section | None:
    """A section that gives something, while others give something else."""
    if section is None or section.kind == "title":
        return None
    inside = [section in one for one in giving]
    return section if any(inside) and not all(inside) else None


# ---- Which passages are about eligibility


def _scoped(policy: PolicyText) -> Iterator[tuple[str, Passage | None, Passage]]:
    """(scheme, the passage that introduces it, passage) for every passage about eligibility."""
    leads: dict[Section, Passage] = {}
    bad: set[Section] = set()
    for passage in policy.passages:
        string, section = passage.text.string, passage.section
        head = string[:80] if len(string) > 120 else string
        introduces = string.rstrip().endswith(("：", ":")) or (
            len(string) <= 40
            and (not string.endswith(("。", "；")) or (passage.block.kind == "heading" and _HEAD.fullmatch(string)))
        )
        if section is not None and introduces:
            if _BAD.search(head):
                bad.add(section)
            elif _LEAD_IN.search(head) or (
                _SCOPE.search(head) and not _OTHER_SCOPE.search(head) and policy.kind not in _PROSE_KINDS
            ):
                leads[section] = passage
        chain = section.chain if section is not None else ()
        if any(s in bad for s in chain) or _BAD.search(head):
            continue
        lead = next((leads[s] for s in reversed(chain) if s in leads), None)
        inline = (_LEAD_IN.search(string) is not None or _ADMITS.search(string) is not None) and not introduces
        scoped = (_by_heading(chain) or _RUN_IN.match(string)) and policy.kind not in _PROSE_KINDS
        if lead is None and not inline and not scoped:
            continue
        yield _scheme_name(policy, lead or (passage if inline else None)), lead, passage


# 补助条件：①… at the head of a paragraph.
_RUN_IN = re.compile(rf"{NUMBERED}[^，。；：\d]{{0,4}}(?:条件|要求|门槛)：(?=.)")


def _by_heading(chain: Sequence[Section]) -> bool:
    return any(_SCOPE.search(s.name) and not _OTHER_SCOPE.search(s.name) for s in chain if s.kind != "title")


_SCHEME = re.compile(
    r"(?:申报|申请)?(?P<name>[“”‘’（）\u4e00-\u9fffA-Za-z0-9+]{2,30}?)(?:的)?(?:申报"
    r"|申请)?(?P<noun>(?:单位|企业|项目|主体)*)(?:及(?:其)?项目)?(?:还)?(?:应|须|需|必须)"
)


def _scheme_name(policy: PolicyText, lead: Passage | None) -> str:
    """What the criteria are for: named by the words that introduce them, else by the policy's title."""
    if lead is not None:
        words = re.sub(r"^(?:第[^条]{1,5}条|[（(][^（）]{1,3}[）)]|\d+[.、])", "", lead.text.string)
        words = words.rstrip("。").split("。")[-1]  # 培育示范企业。申报“…”应满足以下条件：
        match = _SCHEME.match(words)
        if match and not _NOBODY.fullmatch(match["name"]):
            return words[: match.end("noun")] if len(match["name"]) < _SHORTEST else match["name"].removesuffix("申报")
    return titled(policy)


_SHORTEST = 3
_NOBODY = re.compile(r"(?:企业|单位|项目|主体|以下|下列|同时|本(?:政策|办法|细则|措施|规定|通知|指南|次))+")


def titled(policy: PolicyText) -> str:
    """What a policy is about, by its title."""
    title = re.sub(r"^.*(?:关于|开展|印发)", "", policy.title)
    return (
        re.sub(
            r"(?:入库储备|申报|培育|遴选|认定|管理|工作|专项资金|实施细则|办法|的通知|通知|（[^（）]*）)+$", "", title
        )
        or policy.title
    )


# ---- What they form


def _condition(
    policy: PolicyText, found: Sequence[tuple[Passage, Passage | None]], bars: Sequence[Condition]
) -> Condition | None:
    """All passages together; those that one lead-in opens with 之一 or 至少 n as alternatives.

    What bars from the policy stands beside what it demands, and makes no condition where it demands nothing.
    """
    groups: dict[int, tuple[Passage | None, list[Condition]]] = {}
    members: list[Condition] = []
    for passage, lead in found:
        if passage is lead:
            members += _flags(requirement(_before_lead(passage.text.string), policy, clause_of(passage)))
            continue
        condition = requirement(_own_words(passage.text.string), policy, clause_of(passage))
        if lead is None and not _strong(passage):
            condition = _figured(condition)
        if condition is None or _RELIEF.search(passage.text.string):
            continue
        groups.setdefault(id(lead), (lead, []))[1].append(condition)
    for lead, conditions in groups.values():
        words = lead.text.string if lead is not None else ""
        least = _LEAST.search(words)
        if least is not None and len(conditions) > 1:
            members.append(Group.at_least(_count(least["n"]), tuple(conditions)))
        elif _ANY.search(words) and len(conditions) > 1:
            members.append(Group.any(tuple(conditions)))
        else:
            members += [part for one in conditions for part in conjuncts(one)]
    if not members:
        return None
    return conjunction([*members, *(one for one in bars if one not in members)])


def _before_lead(string: str) -> str:
    """What a passage that leads in says before the sentence that does (由…的企业申报。具体要求如下：)."""
    words = _own_words(string)
    return words[: words.rfind("。") + 1] if words.endswith(("：", ":")) else ""


def _flags(condition: Condition | None) -> Iterator[Condition]:
    """What an attribute decides without a figure; figures of a lead-in are rows already."""
    for one in conjuncts(condition):
        inner = one.items_of[0] if isinstance(one, Group) and one.logic == "not" else one
        if isinstance(inner, Leaf) and inner.op == "=" and inner.value is None:
            yield one


_WEAK = re.compile(r"方向|范围|对象")


def _strong(passage: Passage) -> bool:
    """Whether a passage stands under a heading that demands (条件, 要求), not one that describes (支持方向)."""
    chain = passage.section.chain if passage.section is not None else ()
    return any(_SCOPE.search(s.name) and not _WEAK.search(s.name) for s in chain if s.kind != "title") or bool(
        _LEAD_IN.search(passage.text.string) or _RUN_IN.match(passage.text.string)
    )


def _figured(condition: Condition | None) -> Condition | None:
    """The leaves of a description that can be decided."""
    return conjunction(leaf for leaf in leaves(condition) if leaf.op != "judged" and leaf.value is not None)


def _own_words(string: str) -> str:
    """A passage without its number and without its heading words."""
    words = re.sub(r"^(?:第[^条]{1,5}条|（[^（）]{1,3}）|\d+[.、．])\s*", "", string)
    head, colon, rest = words.partition("：")
    if colon and rest and "。" not in head and _LEAD_IN.search(head):  # 申报企业应当具备以下条件：（一）…
        return rest
    return re.sub(r"^(?:[^，。；：]{2,14}。|[^，。；：]{2,8}：)(?=.)", "", words)


def _count(numeral: str) -> int:
    return int(numeral) if numeral.isdigit() else "零一二三四五六七八九".find(numeral.replace("两", "二"))


def relief_rows(string: str, passage: Passage, policy: PolicyText) -> Iterator[Read]:
    """By how much the criteria may be lowered (可放宽不超过20%), as rows."""
    for one in quantities(string):
        match = _RELIEF.search(string[: one.at])
        if match is None or one.kind not in ("ratio", "ratio-change"):
            continue
        until = match.start("subject") + len(match["subject"])
        start = max(string.rfind(sign, 0, until) for sign in "，。；") + 1
        text = string[start : one.end]
        before = string[:until]
        heads = [policy.prefix(clause) for clause in re.split("，", re.sub(rf"^{NUMBERED}", "", before))]
        where, named = next(((places, names) for places, names, _ in heads if names), ((), ()))
        leaf = Leaf("other", "<=", number(one.value), one.unit, None, where, clause_of(passage), text)
        topic = _topic(re.sub(rf"^{NUMBERED}", "", before)) + _measured(string[start : one.at])
        yield Read(leaf, f"{topic}指标可降低幅度", start, one.end, named=named)


def least_rows(string: str, passage: Passage) -> Iterator[Read]:
    """How many of the conditions below must hold (至少满足以下条件中的两项), as a row; 至少一类 is a figure anyway."""
    for match in _LEAST.finditer(string):
        if match.start("n") - match.start() > 2 and (_LEAD_IN.search(string) or _SCOPE.search(string)):
            start = max(string.rfind(sign, 0, match.start()) for sign in "，。；）") + 1
            leaf = Leaf("other", ">=", _count(match["n"]), match["unit"], None, (), clause_of(passage), string[start:])
            yield Read(leaf, match[0], start, match.end())


def _measured(clause: str) -> str:
    """What is relieved, where the clause names it (第2目的营业收入指标可适当降低)."""
    match = re.search(
        r"(?:^|的|）|，)(?P<what>[^，。；的对（）]{2,12}?)(?:等)?(?:指标|条件|要求|标准)(?:可|适当|予以)*(?:降低|放宽|下)",
        clause,
    )
    return match["what"] if match and not re.search(r"上述|以上|以下|申报", match["what"]) else ""


def _topic(words: str) -> str:
    found = re.search(r"(?:以上)?((?:（[^（）]{1,2}）)+)", words)
    return found[1] if found else ""


def _reliefs(string: str) -> Iterator[str]:
    for one in quantities(string):
        if _RELIEF.search(string[: one.at]) and one.kind in ("ratio", "ratio-change"):
            yield string.strip("。")
