"""The columns of a Cypher statement as its last RETURN names them, for an engine that names none where no row comes."""

from graph.cypher.tokens import Token, tokens

_OPEN, _CLOSE = frozenset("([{"), frozenset(")]}")
_BEHIND = frozenset(["ORDER", "SKIP", "OFFSET", "LIMIT", "UNION"])


def columns(text: str) -> tuple[str, ...]:
    """The names of the columns: each alias, or the expression as written; empty where there is no RETURN, or `*`."""
    items: list[list[Token]] | None = None
    depth = 0
    for token in tokens(text):
        depth += (token.kind == "sign" and token.text in _OPEN) - (token.kind == "sign" and token.text in _CLOSE)
        if depth == 0 and token.upper == "RETURN":
            items = [[]]
        elif items is not None and depth == 0 and _ends(token, items[-1]):
            return _names(text, items, token.start)
        elif items is not None:
            if depth == 0 and token.kind == "sign" and token.text == ",":
                items.append([])
            else:
                items[-1].append(token)
    return ()


def _ends(token: Token, item: list[Token]) -> bool:
    """Whether a token ends the RETURN; behind AS and behind a point every word is a name."""
    named = bool(item) and (item[-1].upper == "AS" or (item[-1].kind == "sign" and item[-1].text == "."))
    if token.kind == "end" or (token.kind == "sign" and token.text == ";"):
        return True
    return token.upper in _BEHIND and not named


def _names(text: str, items: list[list[Token]], end: int) -> tuple[str, ...]:
    if items[0] and items[0][0].upper == "DISTINCT":
        del items[0][0]
    if any(not item or item[0].text == "*" for item in items):
        return ()
    ends = [item[0].start for item in items[1:]] + [end]
    return tuple(_name(text, item, stop) for item, stop in zip(items, ends, strict=True))


def _name(text: str, item: list[Token], stop: int) -> str:
    if len(item) > 2 and item[-2].upper == "AS":
        return item[-1].text
    return text[item[0].start : stop].strip().rstrip(",;").strip()
