"""Identifiers: a path under one base IRI; the property graph's `id` is the IRI without the base.

A path part keeps the letters and digits of any script and `-._~`; everything else is percent-encoded as UTF-8,
so that an id is at once readable Chinese, a valid IRI path and never splits at the wrong place.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final
from urllib.parse import unquote

from ontology.errors import IdentifierError

BASE: Final = "https://clusteratlas.example/"
"""Base of all IRIs: a constant, never dereferenced."""

ONTOLOGY: Final = BASE + "ontology/"
"""Namespace of classes and properties (prefix `ca:`)."""

_UNRESERVED: Final = frozenset("-._~")
_HALF: Final = re.compile("%(?![0-9A-Fa-f]{2})")
"""An escape that is none."""


def _stays(character: str) -> bool:
    if character in _UNRESERVED:
        return True
    # N and not only Nd: 〇 of 二〇二一 is a letter-number.
    return unicodedata.category(character)[0] in "LN"


def part(name: str) -> str:
    """One path part of an id, percent-encoded where needed.

    Args:
        name: any text without lone surrogates; "." and ".." are encoded, because resolvers remove them.

    Returns:
        The part: letters and digits of any script and `-._~` as they are, the rest as `%XX` of UTF-8.

    Raises:
        IdentifierError: the name is empty or no Unicode text.
    """
    if not name:
        raise IdentifierError(name, "一段不能为空")
    if name in (".", ".."):
        return "%2E" * len(name)
    try:
        return "".join(c if _stays(c) else "".join(f"%{byte:02X}" for byte in c.encode()) for c in name)
    except UnicodeEncodeError as error:
        raise IdentifierError(name, "含有不成对的代理码位") from error


def unpart(encoded: str) -> str:
    """The name that `part` encoded."""
    return unquote(encoded, errors="strict")


def join(*parts: str) -> str:
    """An id of several parts, each encoded.

    Args:
        parts: the names, at least one; a part that holds "/" is encoded and stays one part.

    Returns:
        For example `cluster/gd20/new-electronics`.

    Raises:
        IdentifierError: no part, or an empty one.
    """
    if not parts:
        raise IdentifierError("", "至少要有一段")
    return "/".join(part(name) for name in parts)


def iri(identifier: str) -> str:
    """The IRI of an id.

    Args:
        identifier: an id as `join` makes it.

    Raises:
        IdentifierError: the id is empty, has an empty part, or a character that an id does not hold.
    """
    if not identifier or any(not piece for piece in identifier.split("/")):
        raise IdentifierError(identifier, "应为以 / 分开的非空各段")
    if _HALF.search(identifier) or not all(_stays(c) or c in "/%" for c in identifier):
        raise IdentifierError(identifier, "含有未编码的字符，请用 ids.join 生成")
    return BASE + identifier


def from_iri(text: str) -> str:
    """The id of an IRI.

    Args:
        text: an IRI under the base.

    Raises:
        IdentifierError: the IRI is not under the base.
    """
    if not text.startswith(BASE) or len(text) == len(BASE):
        raise IdentifierError(text, f"应以 {BASE} 开头")
    return text[len(BASE) :]


def term(name: str) -> str:
    """The IRI of a class, relation or property, for example `City`."""
    return ONTOLOGY + name
