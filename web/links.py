"""Addresses inside the explorer. A page in English leads to pages in English."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from web.picture import Lang


@dataclass(frozen=True, slots=True)
class Links:
    """Makes the addresses of a page in one language."""

    lang: Lang = "zh"

    def page(self, path: str, fragment: str = "", **parameters: object) -> str:
        """An address with its query string; parameters that are None or empty are left out."""
        return address(path, parameters, self.lang, fragment)

    def thing(self, identifier: str, **parameters: object) -> str:
        """The page of a node."""
        return address(thing_path(identifier), parameters, self.lang)

    def picture(self, identifier: str) -> str:
        return address("/draw/" + quote(identifier, safe="/"), {}, self.lang)

    def place(self, document: str, start: int, end: int) -> str:
        """A stretch of a document, in its text."""
        return address(thing_path(document), {"at": f"{start}-{end}"}, self.lang, f"e{start}-{end}")


def thing_path(identifier: str) -> str:
    """The path of a node's page; the percent signs of an id are encoded once more.

    Cities, clusters and pieces of evidence have their id as address, documents stand under /documents, cells of the
    star layout under /cell, everything else under /thing.
    """
    kind, _, rest = identifier.partition("/")
    if kind == "assignment" and rest:
        return "/cell/" + quote(rest, safe="/")
    if kind in ("city", "cluster", "evidence") and rest:
        return "/" + quote(identifier, safe="/")
    if kind == "document" and rest:
        return "/documents/" + quote(rest, safe="/")
    return "/thing/" + quote(identifier, safe="/")


def address(path: str, parameters: Mapping[str, object], lang: Lang = "zh", fragment: str = "") -> str:
    """A path with query string and fragment; parameters that are None or empty are left out."""
    given = {name: str(value) for name, value in parameters.items() if value is not None and value != ""}
    if lang == "en":
        given["lang"] = "en"
    return path + (f"?{urlencode(given)}" if given else "") + (f"#{quote(fragment)}" if fragment else "")
