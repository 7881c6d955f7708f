"""The table that every analysis returns: for people in the form of an official table, for programs as objects."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from queries.index import Basis
from queries.library import Column
from queries.phrase import english, listed, phrase


@dataclass(frozen=True)
class Table:
    """Rows with a title, as an official table (附件) has them.

    Attributes:
        title: the heading, in Chinese.
        columns: names of the JSON form, headings in both languages, codes in words.
        rows: a value for each column: a scalar, None, a tuple of scalars, a tuple of `Basis`, or an object that only
            programs read. Words of the analysis are a `Phrase`.
        notes: what stands below (注), each a `Phrase`.
        unit: the unit line above (单位：…), empty where the columns say it.
        title_en: the heading in English.
        groups: headings over several columns: (heading, number of columns) from the left, "" over a column of its own;
            empty where there are none.
        sums: how many of the last rows sum up the others, which are not counted among them.
        most: (column, how many values of its lists a page prints); programs and spreadsheets have them all.
    """

    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[object]]
    notes: tuple[str, ...] = ()
    unit: str = ""
    title_en: str = ""
    groups: tuple[tuple[str, int], ...] = ()
    sums: int = 0
    most: tuple[tuple[str, int], ...] = ()

    def records(self) -> list[dict[str, object]]:
        """The rows as objects with the columns' names as keys, evidence as objects."""
        names = [column.name for column in self.columns]
        return [dict(zip(names, map(plain, row), strict=True)) for row in self.rows]

    def brief(self) -> "Table":
        """The table for a page: of long lists the first values, and how many there are."""
        most = dict(self.most)
        limits = [most.get(one.name) for one in self.columns]
        rows = [[_first(*cell) for cell in zip(row, limits, strict=True)] for row in self.rows] if most else self.rows
        return replace(self, rows=rows)

    def spoken(self, lang: str = "zh") -> "Table":
        """The table in the words of a language; what documents say stays Chinese.

        Args:
            lang: zh or en.
        """
        if lang != "en":
            return self
        rows = [[_english(*cell) for cell in zip(self.columns, row, strict=True)] for row in self.rows]
        notes = tuple(str(english(note)) for note in self.notes)
        return replace(self, title=self.title_en or self.title, rows=rows, notes=notes, unit=str(english(self.unit)))


def _first(value: object, most: int | None) -> object:
    if most is None or not isinstance(value, tuple) or len(value) <= most:
        return value
    return (*value[:most], phrase("等 {} 个", "{} in all", len(value)))


def _english(column: Column, value: object) -> object:
    """A value in English, a list of words as one text; evidence and codes as they are."""
    if column.codes is not None or column.labels:
        return value
    if isinstance(value, tuple) and value and all(isinstance(one, str) for one in value):
        return listed(value).en
    return english(value)


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
