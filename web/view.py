"""What a page is asked, and what it shows: once for HTML, JSON and CSV."""

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from ontology.errors import ParameterError
from queries.phrase import phrase
from web.links import Links
from web.picture import Lang
from web.speech import Speech

MARK: Final = "\ufeff"
"""The byte order mark tells spreadsheets that a CSV file is UTF-8."""

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as a page sees it.

    `path` is the address without its form, `thing` what stands in it; `stranger` says that another site's page sent
    it; `form` is the end of the address (json, csv, xlsx …), `page` where it has none.
    """

    path: str
    thing: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    lang: Lang = "zh"
    stranger: bool = False
    form: str = "page"

    @property
    def say(self) -> Speech:
        return Speech(self.lang)

    @property
    def links(self) -> Links:
        return Links(self.lang)

    def get(self, name: str) -> str:
        return self.parameters.get(name, "")

    def number(self, name: str, default: int, least: int = 1, most: int = 1_000_000) -> int:
        """A whole number among the parameters.

        Raises:
            ParameterError: it is none, or outside its bounds.
        """
        text = self.get(name)
        if not text:
            return default
        if not (text.isascii() and text.isdigit() and len(text) < 10 and least <= int(text) <= most):
            raise ParameterError(name, phrase("{} 到 {} 的整数", "a whole number from {} to {}", least, most), text)
        return int(text)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of a page for a spreadsheet: the file's name, headings, and rows of scalars."""

    name: str
    headings: Sequence[str]
    rows: Sequence[Sequence[object]]

    def csv(self, say: Speech) -> str:
        """CSV with a byte order mark; nothing is an empty cell.

        A spreadsheet runs what begins like a formula, and the texts come from anybody: such a text gets an apostrophe
        in front, which spreadsheets take for "this is text".
        """
        out = io.StringIO()
        out.write(MARK)
        writer = csv.writer(out)
        writer.writerow(self.headings)
        for row in self.rows:
            writer.writerow(_cell(value, say) for value in row)
        return out.getvalue()

    def records(self) -> list[dict[str, object]]:
        return [dict(zip(self.headings, row, strict=True)) for row in self.rows]


def _cell(value: object, say: Speech) -> str:
    text = "" if value is None or value == "" else say.value(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(FORMULA) else text


@dataclass(frozen=True, slots=True)
class Chip:
    """What a page is about: the kind in words, a name, its page, and the address without it ("" where it stays)."""

    kind: str
    name: str
    link: str
    without: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several states of the page: its name, its address, whether it is the present one."""

    name: str
    link: str
    here: bool


@dataclass(frozen=True, slots=True)
class File:
    """A page in a further form: its media type, and what makes its bytes when somebody asks for them."""

    media: str
    make: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class View:
    """A page.

    `data` is its JSON, `sheet` its CSV; both hold all that the page shows and more where the page cuts. `context` are
    the parameters that go on to the pages that know them: the city, cluster and edition in question. `files` are
    further forms by the end of their address (xlsx, ics).
    """

    template: str
    title: str
    data: object
    sheet: Sheet
    values: Mapping[str, object] = field(default_factory=dict)
    chips: tuple[Chip, ...] = ()
    status: int = 200
    context: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, File] = field(default_factory=dict)


def as_json(data: object) -> str:
    """JSON for people: two blanks deep, Chinese as it is, dates as ISO 8601."""

    def plain(value: object) -> object:
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, Mapping):
            return dict(value)
        raise TypeError(f"not data: {value!r}")

    # A lone surrogate has no UTF-8 form.
    text = json.dumps(data, ensure_ascii=False, indent=2, default=plain) + "\n"
    return text.encode("utf-8", "replace").decode()
