"""Words for people in the language of the page: values, codes, names of classes, relations and properties."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from graph.tables import Node
from ontology.model import Property, model
from ontology.vocabulary import vocabulary
from web.picture import Lang, short

NOTHING = "—"

_WORDS = ("text", "printed", "amount_printed", "cap_printed", "deadline_printed", "what", "clause")
"""Properties that stand for the name of a condition, a benefit, a deadline, the first that it has."""


@dataclass(frozen=True, slots=True)
class Speech:
    """The language of a page. Calling it chooses between two wordings."""

    lang: Lang = "zh"

    def __call__(self, zh: str, en: str) -> str:
        return en if self.lang == "en" else zh

    def value(self, value: object) -> str:
        """One value: yes and no, dates as ISO 8601, 12 significant digits, lists joined, JSON, nothing a dash."""
        if value is None or value == "":
            return NOTHING
        if isinstance(value, bool):
            return self("是", "yes") if value else self("否", "no")
        if isinstance(value, float):
            return f"{value:.12g}"
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, list | tuple):
            return self("、", ", ").join(self.value(one) for one in value)
        if isinstance(value, dict):
            return json.dumps(value, ensure_ascii=False, default=str)
        return str(value)

    def cited(self, cite: object, line: object) -> str:
        """A citation with its line, said once: where a text has no sections the citation is the line itself."""
        where = self(f"第{line}行", f"line {line}")
        said = not line or f"第{line}行" in str(cite)
        return str(cite) if said else f"{cite}{self('，', ', ')}{where}"

    def code(self, scheme: str, notation: object) -> str:
        """A code in words; what the list does not hold stays as it is."""
        concept = vocabulary().codes(scheme).get(str(notation))
        return self.value(notation) if concept is None else self(concept.name, concept.name_en or concept.name)

    def cls(self, name: str) -> str:
        """The name of a class."""
        known = model().classes.get(name)
        return name if known is None else self(known.title or name, known.title_en or name)

    def relation(self, name: str) -> str:
        known = model().relations.get(name)
        return name if known is None else self(known.title or name, known.title_en or name)

    def property(self, cls: str, name: str) -> str:
        known = model().properties(cls).get(name)
        return name if known is None else self(known.title or name, known.title_en or name)

    def said(self, cls: str, name: str, value: object) -> str:
        """The value of a property: codes in the words of their list."""
        known = model().properties(cls).get(name)
        scheme = _scheme(known) if known else None
        if scheme is None and (named := name.replace("_", "-")) in vocabulary().schemes:
            scheme = named  # instrument_type: the list has the property's name
        return self.value(value) if scheme is None else self.code(scheme, value)

    def name(self, node: Node) -> str:
        """The name of a node; where it has none its class with its own words, or its id."""
        known = node.properties
        chosen = known.get("name_en") if self.lang == "en" else None
        if name := chosen or known.get("name"):
            return str(name)
        words = next((str(known[key]) for key in _WORDS if known.get(key)), "")
        return self.cls(node.cls) + self("：", ": ") + short(words) if words else node.id


@cache
def _by_codes() -> Mapping[frozenset[str], str]:
    return {frozenset(codes): scheme for scheme, codes in vocabulary().schemes.items()}


def _scheme(known: Property) -> str | None:
    """The code list of a property: the smallest that holds all its codes."""
    codes = frozenset(known.codes)
    fitting = [(len(held), scheme) for held, scheme in _by_codes().items() if codes and codes <= held]
    return min(fitting, default=(0, None))[1]
