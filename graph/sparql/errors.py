"""What is wrong with a SPARQL text that does not parse, in words: the place, what was expected, near names.

Only for texts without SERVICE, because Oxigraph is asked for its words and answers some texts at once.
"""

import difflib
import re

import pyoxigraph as ox
from pyparsing import ParseBaseException

from graph.sparql.tokens import Token, tokens
from ontology.errors import QuerySyntaxError

_WORDS = """
    A ABS ALL AS ASC ASK AVG BASE BIND BNODE BOUND BY CEIL COALESCE CONCAT CONSTRUCT CONTAINS COUNT DATATYPE DAY
    DESC DESCRIBE DISTINCT ENCODE_FOR_URI EXISTS FALSE FILTER FLOOR FROM GRAPH GROUP GROUP_CONCAT HAVING HOURS IF
    IN IRI ISBLANK ISIRI ISLITERAL ISNUMERIC ISURI LANG LANGMATCHES LCASE LIMIT MAX MD5 MIN MINUS MINUTES MONTH
    NAMED NOT NOW OFFSET OPTIONAL ORDER PREFIX RAND REDUCED REGEX REPLACE ROUND SAMETERM SAMPLE SECONDS SELECT
    SEPARATOR SHA1 SHA256 SHA384 SHA512 STR STRAFTER STRBEFORE STRDT STRENDS STRLANG STRLEN STRSTARTS STRUUID
    SUBSTR SUM TIMEZONE TRUE TZ UCASE UNDEF UNION URI UUID VALUES WHERE YEAR
"""
_KEYWORDS = frozenset(_WORDS.split())
_CLOSING = {"{": "}", "(": ")", "[": "]"}
_ABSOLUTE = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*:")
_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


def error_at(text: str, offset: int, why: str) -> QuerySyntaxError:
    """A syntax error at an offset of the text, as line and column."""
    start = text.rfind("\n", 0, offset) + 1
    return QuerySyntaxError(text, why, line=text.count("\n", 0, offset) + 1, column=offset - start + 1)


def syntax_error(text: str, error: ParseBaseException) -> QuerySyntaxError:
    """The error for a text that rdflib's parser does not accept.

    Args:
        text: the text as it was parsed.
        error: the parser's complaint.
    """
    words = tuple(tokens(text))
    if not words:
        return QuerySyntaxError(text, "没有语句")
    for offset, why in (*_unknown(words), *_unbalanced(words)):
        return error_at(text, offset, why)
    return _engine_words(text) or error_at(text, error.loc, f"不合 SPARQL 1.1 语法（{error.msg}）")


def _unknown(words: tuple[Token, ...]) -> list[tuple[int, str]]:
    """Bare words that are no keywords: misspelt ones, and names without their sign."""
    found = []
    for word in words:
        if word.kind == "word" and word.text.upper() not in _KEYWORDS:
            near = difflib.get_close_matches(word.text.upper(), sorted(_KEYWORDS), 1, 0.6)
            hint = f"相近的有 {near[0]}" if near else f"变量写作 ?{word.text}，名称写作 ca:{word.text}"
            found.append((word.start, f"“{word.text}”不是 SPARQL 的关键字，{hint}"))
    return found


def _unbalanced(words: tuple[Token, ...]) -> list[tuple[int, str]]:
    """The first bracket without its partner."""
    open_: list[Token] = []
    for word in words:
        if word.kind != "sign":
            continue
        if word.text in _CLOSING:
            open_.append(word)
        elif word.text in _CLOSING.values():
            if not open_:
                return [(word.start, f"多出一个“{word.text}”")]
            if (wanted := _CLOSING[open_.pop().text]) != word.text:
                return [(word.start, f"此处应为“{wanted}”，却是“{word.text}”")]
    return [(open_[-1].start, f"“{open_[-1].text}”没有闭合，缺少“{_CLOSING[open_[-1].text]}”")] if open_ else []


def _engine_words(text: str) -> QuerySyntaxError | None:
    """Oxigraph's complaint, where it has one."""
    try:
        ox.Store().query(text)
    except SyntaxError as error:
        return engine_error(text, error)
    except Exception:  # it parses; what its evaluation says is no matter of syntax
        return None
    return None


def engine_error(text: str, error: SyntaxError) -> QuerySyntaxError:
    """Oxigraph's complaint about a text in words.

    Args:
        text: the text as it was given to the engine.
        error: what the engine raised.
    """
    words = tuple(tokens(text))
    if not any(word.kind == "word" and word.text.upper() == "BASE" for word in words):
        for word in words:
            if word.kind == "iri" and not _ABSOLUTE.match(word.text):
                return error_at(text, word.start, f"{word.text} 是相对地址，请写全，或在最前面写 BASE")
    match = _PLACE.fullmatch(str(error.msg))
    if match is None:
        return QuerySyntaxError(text, str(error.msg))
    return QuerySyntaxError(text, _expected(match[3]), line=int(match[1]), column=int(match[2]))


def _expected(words: str) -> str:
    """What was expected, without the ranges of characters that a name may go on with."""
    if not words.startswith("expected"):
        return words
    wanted = re.sub(r"\[(?:[^\]\\']|\\.|'[^']*')*\]", "", words.removeprefix("expected").removeprefix(" one of"))
    names = list(dict.fromkeys(name for piece in wanted.split(",") if (name := piece.strip()).strip('"')))
    return "此处应为 " + "、".join(names[:12]) + (" 等" if len(names) > 12 else "") if names else "此处的字符不合语法"
