"""Mistakes in words: as the error says them in Chinese, in English from what the error knows."""

from ontology.errors import (
    Ambiguous,
    AtlasError,
    EngineMissing,
    NotFound,
    ParameterError,
    QueryError,
    QueryRefused,
    QuerySyntaxError,
    QueryTimeout,
)
from ontology.model import model
from queries.phrase import Phrase, english
from web.speech import Speech


def said(error: AtlasError, say: Speech) -> str:
    """A mistake in the language of a page; what the error cannot say in English stays Chinese."""
    if say.lang == "zh":
        return str(error)
    remedy = error.remedy.en if isinstance(error.remedy, Phrase) else ""
    return " ".join(filter(None, (_english(error), remedy)))


def _english(error: AtlasError) -> str:
    match error:
        case NotFound():
            near = f" Near names: {', '.join(error.near)}." if error.near else ""
            return f"There is no {_kind(error.what)} called “{error.name}”.{near}"
        case Ambiguous():
            return f"“{error.name}” may mean several: {', '.join(error.choices)}. Write one of them in full."
        case ParameterError():
            given = "is missing" if error.value is None else f"cannot be “{error.value}”"
            wanted = f"; expected: {error.expected.en}" if isinstance(error.expected, Phrase) else ""
            return f"The parameter {error.name} {given}{wanted}."
        case QuerySyntaxError():
            place = f", line {error.line}, column {error.column}" if error.line else ""
            return f"The statement cannot be read{place} ({error.why})."
        case QueryRefused():
            return f"Read-only: the statement was refused ({error.why})."
        case QueryTimeout():
            return f"The statement took longer than {error.seconds:g} seconds and was stopped."
        case QueryError():
            return f"The query failed ({error.why})."
        case EngineMissing():
            return f"{error.name} is not installed here."
    return str(english(error.message))


def _kind(what: str) -> str:
    """The kind of a thing: the English title of the class that is called so."""
    titles = {one.title: one.title_en for one in model().classes.values()}
    return (titles.get(what) or "thing").lower()
