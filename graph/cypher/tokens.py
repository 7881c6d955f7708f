"""Cypher texts cut into tokens, in a way that no engine can read differently.

Where two engines could disagree about where a string, a comment or a name ends, the text is refused instead of
guessed at: Neo4j 5 decodes ``\\uXXXX`` before it looks for quotes and other engines after, and a comment of one line
ends for some at signs that are spaces for others.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ontology.errors import QuerySyntaxError

Kind = Literal["word", "name", "string", "number", "parameter", "sign", "end"]

_BREAKS = frozenset("\x0b\x0c\x85\u2028\u2029")
_DASHES = dict.fromkeys("\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-")
_ARROWS = dict.fromkeys("\u27e8\u3008\ufe64\uff1c", "<") | dict.fromkeys("\u27e9\u3009\ufe65\uff1e", ">")
_LOOKALIKES = _DASHES | _ARROWS
_SIGNS = frozenset("()[]{}.,:;|&!%+-*/^=<>~$")


@dataclass(frozen=True, slots=True)
class Token:
    """A token; `text` is the meaning: a name without its backticks, a sign in its ASCII form."""

    kind: Kind
    text: str
    start: int

    @property
    def upper(self) -> str:
        """The keyword that a bare word may be; empty for everything else."""
        return self.text.upper() if self.kind == "word" else ""


def error_at(text: str, offset: int, why: str) -> QuerySyntaxError:
    """A syntax error at an offset of the text, as line and column."""
    start = text.rfind("\n", 0, offset) + 1
    return QuerySyntaxError(text, why, line=text.count("\n", 0, offset) + 1, column=offset - start + 1)


def tokens(text: str) -> tuple[Token, ...]:
    """The tokens of a text without its comments, one of kind ``end`` behind them.

    Raises:
        QuerySyntaxError: a string, name or comment is not closed, or can be read in two ways.
    """
    found = tuple(_tokens(text))
    return (*found, Token("end", "", len(text)))


def _tokens(text: str) -> Iterator[Token]:
    at = 0
    while at < len(text):
        char = text[at]
        if char.isspace() or char == "\ufeff":
            at += 1
        elif text.startswith(("//", "/*"), at):
            at = _comment(text, at)
        elif char in "'\"":
            end = _string(text, at)
            yield Token("string", text[at:end], at)
            at = end
        elif char == "`":
            name, end = _quoted(text, at)
            yield Token("name", name, at)
            at = end
        elif char == "$" and at + 1 < len(text) and (_starts(text[at + 1]) or text[at + 1] in "`0123456789"):
            name, end = _quoted(text, at + 1) if text[at + 1] == "`" else _word(text, at + 1)
            yield Token("parameter", name, at)
            at = end
        elif char.isdecimal() or (char == "." and text[at + 1 : at + 2].isdecimal() and text[at - 1 : at] != "."):
            end = _number(text, at)
            yield Token("number", text[at:end], at)
            at = end
        elif _starts(char):
            word, end = _word(text, at)
            yield Token("word", word, at)
            at = end
        elif text.startswith("..", at):
            yield Token("sign", "..", at)
            at += 2
        elif char in _SIGNS or char in _LOOKALIKES:
            yield Token("sign", _LOOKALIKES.get(char, char), at)
            at += 1
        else:
            raise error_at(text, at, f"此处不能用“{char}”" if char != "\\" else "转义只能写在引号里")


def _starts(char: str) -> bool:
    return char == "_" or char.isidentifier()


def _word(text: str, at: int) -> tuple[str, int]:
    end = at
    while end < len(text) and (text[end] == "_" or f"a{text[end]}".isidentifier()):
        end += 1
    return text[at:end], end


def _number(text: str, at: int) -> int:
    """The end of a number; ``1..3`` are two numbers with a range between them."""
    end = at
    while end < len(text):
        char = text[end]
        exponent = char in "+-" and text[end - 1] in "eE" and text[at : at + 2].lower() not in ("0x", "0o")
        fraction = char == "." and text[end + 1 : end + 2].isdecimal() and "." not in text[at:end]
        if not (exponent or fraction or char == "_" or char.isalnum()):
            break
        end += 1
    return end


def _comment(text: str, at: int) -> int:
    block = text.startswith("/*", at)
    end = text.find("*/" if block else "\n", at + 2)
    if end < 0 and block:
        raise error_at(text, at, "注释没有闭合，缺少“*/”")
    end = len(text) if end < 0 else end
    body = text[at:end]
    odd = "\\u" in body or (not block and ("\r" in body.rstrip("\r") or not _BREAKS.isdisjoint(body)))
    if odd:
        raise error_at(text, at, "注释里有转义或不寻常的换行，各引擎的读法不一，请删去")
    return end + 2 if block else end


def _string(text: str, at: int) -> int:
    quote, end = text[at], at + 1
    while end < len(text):
        char = text[end]
        if char == quote:
            return end + 1
        if char != "\\":
            end += 1
        elif text[end + 1 : end + 2] in ("u", "U"):
            end = _escape(text, end)
        else:
            end += 2
    raise error_at(text, at, f"字符串没有闭合，缺少“{quote}”")


def _escape(text: str, at: int) -> int:
    digits = 4 if text[at + 1] == "u" else 8
    code = text[at + 2 : at + 2 + digits]
    try:
        char = chr(int(code, 16))
    except (ValueError, OverflowError):
        raise error_at(text, at, f"“\\{text[at + 1]}”后面应有 {digits} 位十六进制数字") from None
    if char in "'\"`\\" or not char.isprintable():
        raise error_at(text, at, "这个转义在各引擎的读法不一，请直接写出该字符或改用参数")
    return at + 2 + digits


def _quoted(text: str, at: int) -> tuple[str, int]:
    end, name = at + 1, ""
    while True:
        close = text.find("`", end)
        if close < 0:
            raise error_at(text, at, "名称没有闭合，缺少“`”")
        name += text[end:close]
        if text[close + 1 : close + 2] != "`":
            break
        name, end = name + "`", close + 2
    if "\\u" in name.lower():
        raise error_at(text, at, "反引号里的转义在各引擎的读法不一，请直接写出该字符")
    return name, close + 1
