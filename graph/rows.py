"""What a query of either language takes and gives back: parameters, columns and rows of scalars."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Iri:
    """A resource as a parameter of a SPARQL query: the whole IRI."""

    value: str


Parameter = str | int | float | bool | date | Iri
Parameters = Mapping[str, Parameter | None]
"""Values by name; None is null in Cypher, and leaves the variable free in SPARQL."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one query.

    `rows` hold None, bool, int, float, str and `datetime.date`, in the order of `columns`; IRIs are their text.
    `truncated` is true where the limit cut rows off.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    truncated: bool = False


def finite(value: object) -> object:
    """A value that JSON can hold: infinite numbers and NaN as XML Schema writes them."""
    if not isinstance(value, float) or math.isfinite(value):
        return value
    return "NaN" if math.isnan(value) else "INF" if value > 0 else "-INF"
