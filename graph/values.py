"""Values of facts read back from text: what `facts KIND` prints, in the types that the records have."""

import json
import types
import typing
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache

from ontology.facts import key
from ontology.facts_money import Condition, Group, Step

_STEP = {"low": "from", "high": "to", "low_inclusive": "from_inclusive", "high_inclusive": "to_inclusive"}
_NAMES = {str: "文字", int: "整数", float: "数", bool: "true 或 false", types.NoneType: "空"}


class ValueMistake(ValueError):
    """A value does not have the type of its field; the message is for people."""


def hints(kind: typing.Any) -> Mapping[str, object]:
    """The types of the fields of a record, or of the parameters of a function."""
    return _hints(kind)


@cache
def _hints(kind: typing.Any) -> Mapping[str, object]:
    return typing.get_type_hints(kind)


def parsed(text: str, hint: object, name: str) -> object:
    """The value that a line of a table gives a field.

    Args:
        text: words for a field of words, else JSON; empty for a field that may be unknown.
        hint: the field's type.
        name: the field as printed, for the message.

    Raises:
        ValueMistake: the text does not give a value of that type.
    """
    kinds = _alternatives(hint)
    if text == "" and types.NoneType in kinds:
        return None
    if set(kinds) <= {str, types.NoneType}:
        if not text:
            raise ValueMistake(f"{name} 不能为空")
        return text
    try:
        value = json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError):
        if str in kinds and text:
            return text
        raise ValueMistake(f"{name} 应为{_described(hint)}，实为“{text}”") from None
    try:
        return decoded(value, hint)
    except ValueMistake as error:
        raise ValueMistake(f"{name} 应为{_described(hint)}，实为“{text}”（{error}）") from None


def decoded(value: object, hint: object) -> object:
    """A value of JSON as a value of the given type: lists as tuples, objects as records.

    Raises:
        ValueMistake: it is none of that type.
    """
    mistakes = []
    for kind in _alternatives(hint):
        try:
            return _decoded(value, kind)
        except ValueMistake as error:
            mistakes.append(str(error))
    raise ValueMistake(max(mistakes, key=len))


def _decoded(value: object, kind: object) -> object:
    if typing.get_origin(kind) is tuple:
        if not isinstance(value, list):
            raise ValueMistake("不是列表")
        return tuple(decoded(one, typing.get_args(kind)[0]) for one in value)
    if kind in (Group, Step) or (isinstance(kind, type) and is_dataclass(kind)):
        if not isinstance(value, dict):
            raise ValueMistake("不是对象")
        if kind is Group:
            return _group(value)
        return _step(value) if kind is Step else _record(value, typing.cast(type, kind))
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    # True is an int for Python and no number for people.
    if isinstance(kind, type) and type(value) is kind:
        return value
    raise ValueMistake(f"“{value}”不是{_NAMES.get(typing.cast(type, kind), '可用的值')}")


def _record(value: Mapping[str, object], kind: type) -> object:
    known = {key(field.name): field.name for field in fields(kind)}
    if unknown := sorted(set(value) - set(known)):
        raise ValueMistake(f"没有字段 {'、'.join(unknown)}；可用的有 {'、'.join(known)}")
    if missing := [printed for printed in known if printed not in value]:
        raise ValueMistake(f"缺少字段 {'、'.join(missing)}")
    return kind(**{name: decoded(value[printed], hints(kind)[name]) for printed, name in known.items()})


def _group(value: Mapping[str, object]) -> Group:
    match value:
        case {"all": items, **rest} if not rest:
            return Group.all(typing.cast(typing.Any, decoded(items, tuple[Condition, ...])))
        case {"any": items, **rest} if not rest:
            return Group.any(typing.cast(typing.Any, decoded(items, tuple[Condition, ...])))
        case {"at_least": int(least), "of": items, **rest} if not rest:
            return Group.at_least(least, typing.cast(typing.Any, decoded(items, tuple[Condition, ...])))
        case {"not": item, **rest} if not rest:
            return Group.negated(typing.cast(typing.Any, decoded(item, Condition)))
    raise ValueMistake("条件应为 all、any、at_least 和 of、not 之一，或一条 what、op、value …")


def _step(value: Mapping[str, object]) -> Step:
    known = {_STEP.get(name, name): hint for name, hint in hints(Step.of).items() if name != "return"}
    if unknown := sorted(set(value) - set(known)):
        raise ValueMistake(f"分档没有字段 {'、'.join(unknown)}；可用的有 {'、'.join(known)}")
    names = {printed: name for name, printed in _STEP.items()}
    made = {names.get(printed, printed): decoded(one, known[printed]) for printed, one in value.items()}
    return Step.of(**typing.cast(dict[str, typing.Any], made))


def _alternatives(hint: object) -> tuple[object, ...]:
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        return tuple(one for part in typing.get_args(hint) for one in _alternatives(part))
    return (hint,)


def _described(hint: object) -> str:
    kinds = _alternatives(hint)
    names = [_NAMES[kind] for kind in kinds if isinstance(kind, type) and kind in _NAMES]
    if any(typing.get_origin(kind) is tuple for kind in kinds):
        names.append('JSON 列表，如 ["甲", "乙"]')
    elif len(names) < len(kinds):
        names.append("facts 命令打印的那样的 JSON 对象")
    return "、".join(dict.fromkeys(names)) if len(names) == 1 else "或".join(dict.fromkeys(names))


def _no_number(text: str) -> float:
    raise ValueError(text)
