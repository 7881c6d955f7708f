"""The words of a SPARQL text, told apart from what stands in strings, IRIs, names and comments.

In SPARQL a bare word is always a keyword, so that the tokens decide some questions for texts that do not parse:
which operation a text wants, and whether it holds several.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ontology.errors import QuerySyntaxError

_TOKENS = re.compile(
    r"""
      (?P<space>[\s\ufeff]+ | \#[^\n]*)
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<string>\"\"\"(?:"{0,2}(?:[^"\\]|\\.))*\"\"\" | '''(?:'{0,2}(?:[^'\\]|\\.))*'''
        | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*')
    | (?P<variable>[?$]\w[\w·]*)
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<name>(?:_|[^\W\d_](?:[\w.·-]*[\w·-])?)?:(?:(?:[\w:·-]|%[0-9A-Fa-f]{2}|\\.)(?:[\w:·.-]|%[0-9A-Fa-f]{2}|\\.)*)?)
    | (?P<word>[^\W\d]\w*)
    | (?P<number>\d+)
    | (?P<sign>.)
    """,
    re.VERBOSE | re.DOTALL,
)
# \\ first: the u of "\\u0041" follows an escaped backslash and starts no escape.
_ESCAPE = re.compile(r"\\\\|\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


@dataclass(frozen=True, slots=True)
class Token:
    """A token: its kind (`iri`, `string`, `variable`, `language`, `name`, `word`, `number`, `sign`), its text, and
    the offset in code points where it starts."""

    kind: str
    text: str
    start: int


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a text that `plain` made, without spaces and comments."""
    for match in _TOKENS.finditer(text):
        if match.lastgroup is not None and match.lastgroup != "space":
            yield Token(match.lastgroup, match.group(), match.start())


def plain(text: str) -> str:
    r"""The text with `\n` line ends and without code point escapes, so that every parser reads the same words.

    Parsers differ here: one ends a comment at a carriage return and another does not, one replaces an escape
    before it looks for the end of a string and another after. What is checked must be what runs.

    Raises:
        QuerySyntaxError: an escape stands for no character or spells another escape.
    """

    def character(match: re.Match[str]) -> str:
        digits = match[1] or match[2]
        if digits is None:
            return match[0]
        try:
            return chr(int(digits, 16)).encode().decode()
        except (ValueError, OverflowError) as error:
            line = text.count("\n", 0, match.start()) + 1
            raise QuerySyntaxError(text, f"{match[0]} 不是字符", line=line) from error

    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    done = _ESCAPE.sub(character, lines)
    if done != lines and any(match[1] or match[2] for match in _ESCAPE.finditer(done)):
        raise QuerySyntaxError(text, "转义不可嵌套")
    try:
        done.encode()
    except UnicodeEncodeError as error:
        raise QuerySyntaxError(text, "含有不成对的代理码位") from error
    return done.replace("\r", "\n")
