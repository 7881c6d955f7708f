"""Which format an answer gets: what the Accept header allows, the client's preference first."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

TABLES: Final[Mapping[str, tuple[str, ...]]] = {
    "json": ("application/sparql-results+json", "application/json"),
    "xml": ("application/sparql-results+xml", "application/xml", "text/xml"),
    "csv": ("text/csv",),
    "tsv": ("text/tab-separated-values",),
}
"""Media types of the rows of a SELECT, for each format of `graph.sparql.document.TABLES`; the first is what we send."""

GRAPHS: Final[Mapping[str, tuple[str, ...]]] = {
    "turtle": ("text/turtle", "application/x-turtle"),
    "ntriples": ("application/n-triples", "text/plain"),
    "jsonld": ("application/ld+json", "application/json"),
    "rdfxml": ("application/rdf+xml", "application/xml", "text/xml"),
}
"""Media types of triples, for each format of `graph.sparql.document.GRAPHS`."""

_CHARSET: Final = ("text/csv", "text/tab-separated-values", "text/turtle")
_RANGE: Final = re.compile(r"([\w!#$&^.+-]+|\*)/([\w!#$&^.+-]+|\*)")


def content_type(form: str) -> str:
    """The Content-Type of a format, with the charset where the type's default is another."""
    media = {**TABLES, **GRAPHS}[form][0]
    return f"{media}; charset=utf-8" if media in _CHARSET else media


def chosen(accept: str | None, offered: Mapping[str, tuple[str, ...]]) -> str | None:
    """The format to answer in; None where none of them is acceptable.

    Args:
        accept: the Accept header; absent or blank, everything is acceptable.
        offered: the formats with their media types, ours first.
    """
    if accept is None or not accept.strip():
        return next(iter(offered))
    ranges = tuple(_ranges(accept))
    best: tuple[float, int, int, int] | None = None
    found = None
    for place, (form, medias) in enumerate(offered.items()):
        for media in medias:
            # What we send is the first type: for another name of it somebody must ask by that name.
            fitting = [one for one in ranges if one[0] == media or (media == medias[0] and _fits(one[0], media))]
            if not fitting:
                continue
            # The most specific range that fits a type decides about it.
            wanted, quality, position = max(fitting, key=lambda one: (_specific(one[0]), one[1]))
            score = (quality, _specific(wanted), -position, -place)
            if quality > 0 and (best is None or score > best):
                best, found = score, form
    return found


def _ranges(accept: str) -> Iterator[tuple[str, float, int]]:
    """The media ranges of a header with quality and position; what is none is passed over."""
    for position, part in enumerate(accept.split(",")):
        media, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if not (match := _RANGE.fullmatch(media)) or (match[1] == "*" and match[2] != "*"):
            continue
        quality = 1.0
        for parameter in parameters:
            name, _, value = parameter.partition("=")
            if name.strip() == "q":
                quality = float(value) if re.fullmatch(r"[01](\.\d{0,3})?", value.strip()) else 0.0
        yield media, min(quality, 1.0), position


def _fits(wanted: str, media: str) -> bool:
    return wanted in ("*/*", media, media.partition("/")[0] + "/*")


def _specific(wanted: str) -> int:
    return 0 if wanted == "*/*" else 1 if wanted.endswith("/*") else 2
