"""The table that every analysis returns: for people in the form of an official table, for programs as objects."""

from collections.abc import Sequence
from dataclasses import dataclass

from queries.index import Basis
from queries.library import Column


@dataclass(frozen=True)
class Table:
    """Rows with a title, as an official table (附件) has them.

    Attributes:
        title: the heading, in Chinese.
        columns: names of the JSON form, headings in both languages, codes in words.
        rows: a value for each column: a scalar, None, a tuple of scalars, a tuple of `Basis`, or an object that only
            programs read.
        notes: what stands below (注).
        unit: the unit line above (单位：…), empty where the columns say it.
        title_en: the heading in English.
        groups: headings over several columns: (heading, number of columns) from the left, "" over a column of its own;
            empty where there are none.
    """

    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[object]]
    notes: tuple[str, ...] = ()
    unit: str = ""
    title_en: str = ""
    groups: tuple[tuple[str, int], ...] = ()

    def records(self) -> list[dict[str, object]]:
        """The rows as objects with the columns' names as keys, evidence as objects."""
        names = [column.name for column in self.columns]
        return [dict(zip(names, map(plain, row), strict=True)) for row in self.rows]


def column(name: str, title: str, title_en: str = "", kind: str = "string", codes: str | None = None) -> Column:
    """A column of a table; `kind` is a type of column or `evidence`."""
    return Column(name, kind, title, title_en or name, codes)


EVIDENCE = column("evidence", "依据", "Evidence", "evidence")


def plain(value: object) -> object:
    """A value as JSON has it."""
    if isinstance(value, Basis):
        return value.record()
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)
