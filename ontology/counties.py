"""Districts, county-level cities and counties of the whole country, for finding the city of a place anywhere."""

import csv
from functools import cache
from pathlib import Path

from ontology import ids
from ontology.errors import VocabularyError
from ontology.things import District
from ontology.vocabulary import DIRECTORY, Vocabulary, vocabulary

FILE = "counties.csv"
_FIELDS = ["code", "name", "short"]


def read(directory: Path, known: Vocabulary) -> tuple[District, ...]:
    """The divisions below the cities that the vocabulary does not list itself, by code.

    Args:
        directory: holds `counties.csv`; without it there are none.
        known: holds the cities; the districts of a municipality are those of its region (北京).

    Raises:
        VocabularyError: the file has other columns.
    """
    path = directory / FILE
    if not path.exists():
        return ()
    cities = {place.code: place.id for place in (*known.provinces, *known.elsewhere, *known.cities)}
    listed = {district.code for district in known.districts}
    with path.open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(line for line in stream if not line.startswith("#"))
        if rows.fieldnames != _FIELDS:
            raise VocabularyError(path, f"列应为 {', '.join(_FIELDS)}")
        return tuple(
            District(
                id=ids.join("site", row["code"]),
                name=row["name"],
                code=row["code"],
                city=cities.get(row["code"][:4] + "00") or cities[row["code"][:2] + "0000"],
                labels=_labels(row["name"], row["short"]),
            )
            for row in rows
            if row["code"] not in listed
        )


def _labels(name: str, short: str) -> tuple[str, ...]:
    """The short name, and the usual one of an autonomous county (隆林县)."""
    return tuple(label for label in (short, f"{short}县" if short and name.endswith("自治县") else "") if label)


@cache
def counties() -> tuple[District, ...]:
    """The counties of the package, read once for each process."""
    return read(DIRECTORY, vocabulary())
