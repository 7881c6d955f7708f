"""Parameters of questions: what people write becomes a typed value."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from graph.rows import Iri
from graph.rows import Parameter as SparqlValue
from ontology import ids
from ontology.errors import IdentifierError, ParameterError
from ontology.vocabulary import vocabulary

Value = str | int | float | bool | date


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a question.

    `type` is one of `KINDS`. `default` is what people would write, None where an optional parameter may be left
    out, which means that anything will do.
    """

    name: str
    type: str
    title: str
    title_en: str
    default: str | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of parameter: what it is called in messages, how it is read, and whether its values are ids."""

    title: str
    read: Callable[[str], Value]
    is_id: bool = False


def _city(text: str) -> str:
    return vocabulary().city(text).id


def _cluster(text: str) -> str:
    return vocabulary().cluster(text).id


def _region(text: str) -> str:
    return vocabulary().region(text).id


def _agency(text: str) -> str:
    return vocabulary().agency(text).id


def _id(text: str) -> str:
    identifier = ids.from_iri(text) if text.startswith(ids.BASE) else text
    ids.iri(identifier)
    return identifier


def _number(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


def _boolean(text: str) -> bool:
    return {"true": True, "1": True, "是": True, "false": False, "0": False, "否": False}[text.lower()]


def _number_of_document(text: str) -> str:
    """A title or number as the documents print it: years stand in 〔〕, whatever brackets people type."""
    brackets = str.maketrans("[［【]］】", "〔〔〔〕〕〕")
    return text.translate(brackets)


KINDS: Mapping[str, Kind] = {
    "city": Kind("城市（名称、英文名或代码）", _city, is_id=True),
    "cluster": Kind("集群（名称、英文名或编号）", _cluster, is_id=True),
    "region": Kind("区域名称", _region, is_id=True),
    "agency": Kind("部门名称", _agency, is_id=True),
    "id": Kind("标识", _id, is_id=True),
    "policy": Kind("文件题名或文号（或其中一段）", _number_of_document),
    "string": Kind("文字", str),
    "integer": Kind("整数", int),
    "number": Kind("数字", _number),
    "boolean": Kind("是或否", _boolean),
    "date": Kind("日期（如 2025-03-01）", date.fromisoformat),
}


def read(parameter: Parameter, given: object) -> Value | None:
    """The value of a parameter.

    Args:
        parameter: its declaration.
        given: text as people write it, or a typed value; None where nothing is given.

    Raises:
        NotFound: no such city, cluster … , with near names.
        ParameterError: the value cannot be read, or a needed one is missing.
    """
    kind = KINDS[parameter.type]
    if given is None or (given == "" and parameter.optional):
        if parameter.optional:
            return None
        raise ParameterError(parameter.name, kind.title)
    if isinstance(given, datetime):
        given = given.date()
    text = given.isoformat() if isinstance(given, date) else str(given)
    try:
        return kind.read(text if kind.title == "文字" else text.strip())
    except (ValueError, KeyError, IdentifierError) as error:
        raise ParameterError(parameter.name, kind.title, text) from error


def for_sparql(parameters: tuple[Parameter, ...], values: Mapping[str, Value | None]) -> dict[str, SparqlValue]:
    """Values as SPARQL binds them: ids are IRIs, a missing value leaves its variable free."""
    bound: dict[str, SparqlValue] = {}
    for parameter in parameters:
        value = values[parameter.name]
        if value is not None:
            bound[parameter.name] = Iri(ids.iri(str(value))) if KINDS[parameter.type].is_id else value
    return bound


def for_cypher(parameters: tuple[Parameter, ...], values: Mapping[str, Value | None]) -> dict[str, Value | None]:
    """Values as Cypher binds them: ids are text, a missing value is null."""
    return {parameter.name: values[parameter.name] for parameter in parameters}
