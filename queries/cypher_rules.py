"""The rules for a question's Cypher text, checked on its tokens: see `texts`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from graph.cypher.tokens import Token, tokens
from ontology.model import model
from queries.library import Question

_LISTS = frozenset({"COLLECT", "NODES", "RELATIONSHIPS", "KEYS", "LABELS", "PROPERTIES", "RANGE", "SPLIT"})
_GUARDED = frozenset({"SUM", "AVG", "MIN", "MAX"})
_CLOCKS = frozenset({"DATE", "DATETIME", "LOCALDATETIME", "TIME", "LOCALTIME", "TIMESTAMP"})
_CHANCE = frozenset({"RAND", "RANDOMUUID"})
_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a RETURN: the tokens of its expression, and its alias."""

    expression: tuple[Token, ...]
    alias: str | None


def complaints(question: Question) -> Iterator[str]:
    """What a question's Cypher text breaks."""
    words = tokens(question.cypher)
    returned = _returned(words)
    yield from _columns(words, returned, question)
    declared = {parameter.name for parameter in question.parameters}
    used = {word.text for word in words if word.kind == "parameter"}
    if used != declared:
        yield f"parameters used are {sorted(used)}, declared are {sorted(declared)}"
    yield from _cuts(words, returned, question)
    yield from _values(words)
    yield from _paths(words, returned)
    yield from _names(words)
    types = {model().relationship(shortcut.relation) for shortcut in model().shortcuts}
    if (derived := types & {word.text for word in words}) and not _distinct(returned):
        yield f"{sorted(derived)}: several statements are several relationships here and one triple there; use DISTINCT"


def _returned(words: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens behind the last RETURN that stands in no braces."""
    depth, start = 0, None
    for place, word in enumerate(words):
        depth += _step(word)
        if word.upper == "RETURN" and depth == 0:
            start = place + 1
    return () if start is None else tuple(words[start:])


def _step(word: Token) -> int:
    if word.kind != "sign":
        return 0
    return (word.text in _OPENING) - (word.text in _CLOSING)


def _distinct(returned: Sequence[Token]) -> bool:
    return bool(returned) and returned[0].upper == "DISTINCT"


def items(returned: Sequence[Token]) -> list[Item]:
    """The items of a RETURN, up to ORDER BY, SKIP or LIMIT."""
    found: list[list[Token]] = [[]]
    depth = 0
    for word in returned[1:] if _distinct(returned) else returned:
        depth += _step(word)
        if depth == 0 and (word.upper in ("ORDER", "SKIP", "LIMIT", "OFFSET") or word.kind == "end"):
            break
        if depth == 0 and word.text == "," and word.kind == "sign":
            found.append([])
        else:
            found[-1].append(word)
    return [_item(one) for one in found if one]


def _item(words: list[Token]) -> Item:
    if len(words) > 2 and words[-2].upper == "AS":
        return Item(tuple(words[:-2]), words[-1].text)
    return Item(tuple(words), None)


def _columns(words: Sequence[Token], returned: Sequence[Token], question: Question) -> Iterator[str]:
    found = items(returned)
    declared = [column.name for column in question.columns]
    if [item.alias for item in found] != declared:
        yield f"RETURN names {[item.alias for item in found]}, the header declares {declared}"
    things = _things(words)
    for item in found:
        first = item.expression[0]
        if len(item.expression) == 1 and first.text in things:
            yield f"{first.text} is a node or relationship, not a scalar"
        if any(word.upper in _LISTS for word in item.expression) or first.text in ("[", "{"):
            yield f"column {item.alias} is a list or a map, not a scalar"


def _things(words: Sequence[Token]) -> set[str]:
    """Names of nodes and relationships: what stands first in the brackets of a pattern."""
    found = set()
    for before, bracket, name, after in zip(words, words[1:], words[2:], words[3:], strict=False):
        pattern = bracket.text == "[" and before.text == "-"
        pattern = pattern or (bracket.text == "(" and (before.upper in ("MATCH", "EXISTS") or before.text in "-<>,{"))
        if pattern and bracket.kind == "sign" and name.kind in ("word", "name") and after.text in (":", ")", "]", "{"):
            found.add(name.text)
    return found


def _cuts(words: Sequence[Token], returned: Sequence[Token], question: Question) -> Iterator[str]:
    steady = {column.name for column in question.columns if column.type == "id"}
    steady |= {item.alias or "" for item in items(returned) if item.expression[0].upper == "COALESCE"}
    uppers = [word.upper for word in words]
    for place, upper in enumerate(uppers):
        if upper == "ORDER":
            keys = _keys(words[place + 2 :])
            if any(len(key) != 1 for key in keys):
                yield "ORDER BY a key that is no alias: the embedded engine ignores it"
    if "LIMIT" in uppers or "SKIP" in uppers or "OFFSET" in uppers:
        last = max((place for place, upper in enumerate(uppers) if upper == "ORDER"), default=None)
        keys = [] if last is None else _keys(words[last + 2 :])
        names = [key[0].text for key in keys if key]
        identifiers = {column.name for column in question.columns if column.type == "id"}
        if not names or names[-1] not in identifiers or not set(names) <= steady:
            yield "LIMIT needs an ORDER BY whose keys are never null and end in an id"


def _keys(words: Sequence[Token]) -> list[list[Token]]:
    """The keys of an ORDER BY, without their directions."""
    keys: list[list[Token]] = [[]]
    depth = 0
    for word in words:
        depth += _step(word)
        if depth == 0 and (
            word.kind == "end" or word.upper in ("LIMIT", "SKIP", "OFFSET", "RETURN", "WITH", "WHERE", "MATCH")
        ):
            break
        if depth == 0 and word.text == "," and word.kind == "sign":
            keys.append([])
        elif word.upper not in ("ASC", "DESC", "ASCENDING", "DESCENDING"):
            keys[-1].append(word)
    return keys


def _values(words: Sequence[Token]) -> Iterator[str]:
    for place, (word, bracket, inside) in enumerate(zip(words, words[1:], words[2:], strict=False)):
        called = bracket.kind == "sign" and bracket.text == "("
        if called and word.upper in _GUARDED:
            first = words[place + 3] if inside.upper == "DISTINCT" else inside
            if first.upper != "COALESCE":
                yield f"{word.text} over a value that may be missing, without coalesce"
        if called and word.upper in _CLOCKS and inside.text == ")":
            yield f"{word.text}() is today; dates come in as parameters"
        if called and word.upper in _CHANCE:
            yield f"{word.text}() differs from run to run"
        if word.kind == "sign" and word.text == "/" and not _breaks(words, place):
            yield "a division of integers: 1/2 is 0 here and 0.5 in SPARQL"


def _breaks(words: Sequence[Token], place: int) -> bool:
    """Whether an operand beside a division sign is no integer for sure."""
    after = words[place + 1]
    if after.upper == "TOFLOAT" or (after.kind == "number" and "." in after.text):
        return True
    before = words[place - 1]
    if before.kind == "number":
        return "." in before.text
    if before.text != ")":
        return False
    depth = 0
    for back in range(place - 1, -1, -1):
        depth -= _step(words[back])
        if depth == 0:
            return back > 0 and words[back - 1].upper == "TOFLOAT"
    return False


def _paths(words: Sequence[Token], returned: Sequence[Token]) -> Iterator[str]:
    inside = False
    for place, word in enumerate(words):
        if word.upper in ("SHORTEST", "SHORTESTPATH", "ALLSHORTESTPATHS"):
            yield "a shortest path is nothing that SPARQL can express"
        if word.kind == "sign" and word.text == "[":
            inside = words[place - 1].text == "-"
        elif word.kind == "sign" and word.text == "]":
            inside = False
        elif inside and word.kind == "sign" and word.text == "*":
            low, dots, high = words[place + 1 : place + 4]
            if not (low.kind == high.kind == "number" and dots.text == ".." and int(low.text) >= 1):
                yield "a path of variable length needs a lower bound of at least one and an upper bound: *1..3"
            if not _distinct(returned):
                yield "a path of variable length needs RETURN DISTINCT"


def _names(words: Sequence[Token]) -> Iterator[str]:
    known = model()
    labels = {label for cls in known.classes for label in known.labels(cls)} | set(known.classes)
    types = {known.relationship(relation) for relation in known.relations}
    properties = {"id"} | {name for cls in known.classes for name in known.properties(cls)}
    square = False
    for before, word in pairwise(words):
        if before.kind == "sign" and before.text in "[]":
            square = before.text == "["
        if word.kind not in ("word", "name"):
            continue
        if before.kind == "sign" and before.text == ":" and word.text not in (types if square else labels):
            yield f"the ontology has no :{word.text}"
        if before.kind == "sign" and before.text == "|" and square and word.text not in types:
            yield f"the ontology has no :{word.text}"
        if before.kind == "sign" and before.text == "." and word.text not in properties:
            yield f"the ontology has no property {word.text}"
