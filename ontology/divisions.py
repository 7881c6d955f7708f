"""Provinces and prefecture-level cities of the whole country, for documents of other provinces.

They are known by name and code and are no part of the graph until a fact names one.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

from ontology import ids
from ontology.errors import VocabularyError
from ontology.things import Place

FILE = "divisions.csv"
SCHEME = "cn"
_FIELDS = ["code", "name", "full", "more", "abbreviation"]


def divisions(directory: Path) -> tuple[Place, ...]:
    """The provinces (class Region) and prefecture-level cities (class City), by code.

    Args:
        directory: holds `divisions.csv`; without it there are none.

    Raises:
        VocabularyError: the file has other columns.
    """
    path = directory / FILE
    if not path.exists():
        return ()
    with path.open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(line for line in stream if not line.startswith("#"))
        if rows.fieldnames != _FIELDS:
            raise VocabularyError(path, f"列应为 {', '.join(_FIELDS)}")
        return tuple(_place(row) for row in rows)


def _place(row: dict[str, str]) -> Place:
    code, name = row["code"], row["name"]
    province = code.endswith("0000")
    return Place(
        id=ids.join("region", SCHEME, name) if province else ids.join("city", code),
        cls="Region" if province else "City",
        name=name,
        code=code,
        province=code[:2],
        labels=tuple(label for label in (row["full"], row["more"]) if label and label != name),
        abbreviations=tuple(row["abbreviation"]),
        scheme=SCHEME if province else None,
    )


def elsewhere(every: tuple[Place, ...], known: tuple[Place, ...]) -> tuple[Place, ...]:
    """Those divisions whose code no place of the vocabularies has."""
    codes = {place.code for place in known}
    return tuple(place for place in every if place.code not in codes)


def labels(place: Place, province: str | None) -> Iterator[str]:
    """The names by which a text means a division.

    Its full name always; the bare one (吉林, 白银, 山南) only in a document of its own province, because it is a word
    or hides in others. A bare name of a province is plain enough, unless a city has it too.
    """
    yield from (label for label in (place.name, *place.labels) if label.endswith(_KINDS))
    if place.cls == "Region" or place.province == province:
        yield place.name
        yield from place.labels


_KINDS = ("省", "市", "自治区", "自治州", "州", "地区", "盟", "特别行政区")
