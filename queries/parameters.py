"""Parameters of questions: what people write becomes a typed value."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from graph.rows import Iri
from graph.rows import Parameter as SparqlValue
from ontology import ids
from ontology.errors import IdentifierError, NotFound, ParameterError
from ontology.vocabulary import near, plain, vocabulary

Value = str | int | float | bool | date


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a question.

    `type` is one of `KINDS`. `default` is what people would write, None where an optional parameter may be left
    out, which means that anything will do. Where only the codes of a list of the vocabularies will do, `codes` names
    it; blank then still means any. Where the value is searched in a column of the answer, `column` names it: people
    who find nothing are told what stands there. `chain` says that the value is the whole name of a thing of the
    chains: people who find nothing are told whether there is one.
    """

    name: str
    type: str
    title: str
    title_en: str
    default: str | None = None
    optional: bool = False
    codes: str | None = None
    column: str | None = None
    chain: bool = False


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


def _called(name: str, names: Mapping[str, str]) -> str | None:
    """What a name stands for, however it is spaced and written; None where it is none of these."""
    return next((found for label, found in names.items() if plain(label) == plain(name)), None)


def _region(name: str) -> str:
    """The name, as the graph has it, of a region of which a document says which cities it has.

    Raises:
        NotFound: no document says it of a region of that name; with near ones.
    """
    known = vocabulary()
    names = {
        label: region.name
        for region in known.regions
        if region.members
        for label in (region.name, region.name_en or region.name, *region.labels, *region.hidden)
    }
    if (found := _called(name, names)) is not None:
        return found
    every = "、".join(dict.fromkeys(names.values()))
    raise NotFound("写明了城市的区域", name, near(name, names), remedy=f"各文件写明城市的区域：{every}")


def _code(codes: str, text: str) -> str:
    """A code of a list by itself, by what people call it, or by a word that documents use for it."""
    concepts = vocabulary().codes(codes)
    names = {
        label: code
        for code, concept in concepts.items()
        for label in (*concept.labels, concept.name_en, concept.name, code)
    }
    if (found := _called(text, names)) is not None:
        return found
    every = "、".join(concept.name for concept in concepts.values())
    shown = {label: concepts[code].name for label, code in names.items()}
    raise NotFound(vocabulary().scheme_names[codes], text, near(text, shown), remedy=f"可以是：{every}")


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


def _integer(text: str) -> int:
    number = int(text)
    if not -(1 << 63) <= number < 1 << 63:  # what every engine has room for
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
    "region": Kind("写明了城市的区域", _region),
    "agency": Kind("部门名称", _agency, is_id=True),
    "id": Kind("标识", _id, is_id=True),
    "policy": Kind("文件题名或文号（或其中一段）", _number_of_document),
    "string": Kind("文字", str),
    "integer": Kind("整数", _integer),
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
        if parameter.codes is not None:
            return _code(parameter.codes, text) if text.strip() else ""
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
