"""The condition that a paragraph makes: its clauses together, alternatives where 或 joins them."""

import re
from collections.abc import Iterator, Sequence

from loaders.money.conditions import LEADING, Read, attribute, figures
from loaders.money.passages import PolicyText
from ontology.facts_money import Condition, Group, Leaf, conjunction, disjuncts
from ontology.vocabulary import vocabulary

_NEGATIVE = re.compile(r"不得|不属于|未(?:发生|出现|获得|被|享受|列入)|不存在|无(?:重大|不良|违法)|没有")
_PIECE = re.compile(r"[；。]")
_FLAGS = frozenset({"boolean"})


def requirement(string: str, policy: PolicyText, clause: str | None) -> Condition | None:
    """The condition that a paragraph makes: its clauses together, alternatives where 或 joins them.

    A clause with figures gives leaves; one without is a leaf that must hold (`=` without value) where an attribute
    says it (登记注册), else `judged`.
    """
    alternatives: list[list[Condition]] = []
    for start, end in _pieces(string):
        piece = string[start:end]
        if re.match(r"或", piece) and alternatives:
            alternatives[-1].append(_together(_piece(piece.removeprefix("或"), policy, clause)))
        else:
            alternatives.append([_together(_piece(piece, policy, clause))])
    members = [group[0] if len(group) == 1 else Group.any(tuple(group)) for group in alternatives]
    members = [member for member in members if not _empty(member)]
    return _together(members) if members else None


def _empty(condition: Condition) -> bool:
    return isinstance(condition, Group) and not condition.items_of


def _pieces(string: str) -> Iterator[tuple[int, int]]:
    last = 0
    for match in _PIECE.finditer(string):
        yield last, match.start()
        last = match.end()
    if string[last:].strip():
        yield last, len(string)


def _together(members: Sequence[Condition]) -> Condition:
    return conjunction(members) or Group.all(())


def _piece(piece: str, policy: PolicyText, clause: str | None) -> list[Condition]:
    read = sorted((*figures(piece, policy, clause), *_before_notice(piece, policy, clause)), key=lambda one: one.start)
    if not read:
        return [leaf] if (leaf := _judged(piece, clause)) is not None else []
    members: list[Condition] = []
    last_end = 0
    for one in read:
        parts: tuple[Condition, ...] = (one.leaf,) if one.upper is None else (one.leaf, one.upper)
        condition = parts[0] if len(parts) == 1 else Group.all(parts)
        joined = one.other or re.match(r"[^，。；]{0,3}或(?!者?其他)", piece[last_end : one.start + 1] or " ")
        if members and joined and last_end:
            members.append(Group.any((*disjuncts(members.pop()), condition)))
        else:
            members.append(condition)
        last_end = max(last_end, one.end)
    return [*members, *_beside(piece, read, clause)]


_ANYWHERE = re.compile(r"(?:人民共和国|中国|我国)境?内")
_CORPORATE = re.compile(
    r"法人(?:资格|地位)|登记注册|注册登记|在[^，。；、]{1,14}(?:内|[省市区县])(?:依法)?(?:登记|注册)"
)
_TITLED = re.compile(
    r"(?:且|并|并且|同时)?(?:须|应)?(?:属于|为|是|列入)[^，。；]{0,24}?(?P<by>(?:认定|评定|培育|公布|授予|命名)的)"
    r"(?P<title>(?:(?!或)[^，。；]){2,20}?(?:企业|平台|基地|园区|中心|机构|项目|产品))(?P<rest>或者?其他[^，。；]{4,40})?"
)


def _beside(piece: str, read: Sequence[Read], clause: str | None) -> Iterator[Condition]:
    """What clauses beside those with a figure demand: to be a registered body, to hold a title."""
    said = {one.leaf.what for one in read}
    for part in re.split(r"，(?![^（]*）)", piece):
        text = LEADING.sub("", part).strip("，。；：、 ")
        if _CORPORATE.search(text) and "registered" not in said and not _NEGATIVE.search(text):
            said.add("registered")
            yield from _body(text, clause)
        if match := _TITLED.fullmatch(part.strip("。 ")):
            title = re.sub(r"[“”‘’]", "", match["title"])
            leaf = Leaf("prior-recognition", "=", title, None, None, (), clause, text)
            other = Leaf("other", "judged", None, None, None, (), clause, re.sub("^或者?", "", match["rest"] or ""))
            yield Group.any((leaf, other)) if match["rest"] else leaf


_NOTICE = re.compile(
    r"本(?:次)?(?:申报)?(?:通知|公告|指南|细则|办法)(?:发布|印发|下发|公布|出台)(?:之?日)?(?:之|以)?前"
    r"(?:已|须|应)*(?P<what>完工|竣工|投产|建成|完成|开工|动工|启动)"
)


def _before_notice(piece: str, policy: PolicyText, clause: str | None) -> Iterator[Read]:
    """What must have happened before the policy itself was issued (在本通知发布前完工), as a day."""
    issued = policy.fact.issued if policy.fact is not None else None
    for match in _NOTICE.finditer(piece) if issued is not None else ():
        what = "started" if match["what"] in ("开工", "动工", "启动") else "completed"
        start = max(piece.rfind(sign, 0, match.start()) for sign in "，。；") + 1
        text = LEADING.sub("", piece[start : match.end()])
        yield Read(Leaf(what, "<", issued, None, None, (), clause, text), match["what"], start, match.end())


def _body(text: str, clause: str | None) -> Iterator[Leaf]:
    """What a clause about registering demands; a body of the whole country need not be of the province."""
    if _ANYWHERE.search(text) is None:
        yield Leaf("registered", "=", None, None, None, (), clause, text)
        return
    yield Leaf("other", "judged", None, None, None, (), clause, text)
    labels = vocabulary().codes("condition")["kind"].labels
    kind = next((label for label in sorted(labels, key=len, reverse=True) if text.endswith(label)), None)
    if kind is not None:
        yield Leaf("kind", "=", kind, None, None, (), clause, text)


def _judged(piece: str, clause: str | None) -> Condition | None:
    text = LEADING.sub("", piece).strip("，。；：、 ")
    if len(text) < 4:
        return None
    what = attribute(text)
    value_type = vocabulary().codes("condition")[what].value_type
    if value_type not in _FLAGS and _CORPORATE.search(text) and not _ANYWHERE.search(text):
        what, value_type = "registered", "boolean"
    if value_type in _FLAGS and len(text) <= 60:
        flag = Leaf(what, "=", None, None, None, (), clause, text)
        return Group.negated(flag) if what not in ("clean-record",) and _NEGATIVE.search(text) else flag
    return Leaf(
        what if value_type == "judged" or value_type in _FLAGS else "other",
        "judged",
        None,
        None,
        None,
        (),
        clause,
        text,
    )
