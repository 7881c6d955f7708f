"""The question library: each question is a header and the same question in SPARQL and in Cypher.

`queries/questions/NAME.toml` is the header, `NAME.rq` and `NAME.cypher` are the texts. A parameter is written
`$name` in both languages.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ontology.errors import NotFound, QuestionError
from ontology.vocabulary import near, vocabulary
from queries.parameters import KINDS, Parameter, Value, read

DIRECTORY = Path(__file__).parent / "questions"

COLUMN_TYPES = ("id", "string", "integer", "number", "boolean", "date")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the answer.

    Where it holds codes, `codes` names their list in the vocabularies, or `labels` says what each is in Chinese and in
    English.
    """

    name: str
    type: str
    title: str
    title_en: str
    codes: str | None = None
    labels: tuple[tuple[str, str, str], ...] = ()

    def shown(self, value: object, lang: str = "zh") -> object:
        """A value as people read it: codes in words, everything else as it is.

        Args:
            value: a value of this column.
            lang: zh or en.
        """
        for code, chinese, english in self.labels:
            if code == value:
                return english if lang == "en" else chinese
        if self.codes is None or not isinstance(value, str):
            return value
        concept = vocabulary().codes(self.codes).get(value)
        return value if concept is None else concept.name_en if lang == "en" else concept.name


@dataclass(frozen=True, slots=True)
class Sample:
    """Arguments that the tests ask a question with; `empty` where no row may come back."""

    arguments: Mapping[str, str]
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the library.

    `order` is the declared order: column names, each with whether it descends. `samples` are for tests.
    """

    name: str
    title: str
    title_en: str
    explanation: str
    explanation_en: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    order: tuple[tuple[str, bool], ...]
    samples: tuple[Sample, ...]
    sparql: str
    cypher: str

    def bind(self, arguments: Mapping[str, object] | None = None) -> dict[str, Value | None]:
        """Typed values of all parameters, those not given by their default.

        Args:
            arguments: values by parameter name, as text or already typed; names of things as people write them.

        Returns:
            Ids as text, dates as `date`; None for an optional parameter that is not given.

        Raises:
            NotFound: there is no such parameter, city, cluster …; with near names.
            ParameterError: a value cannot be read.
        """
        given = dict(arguments or {})
        names = {parameter.name: parameter.name for parameter in self.parameters}
        for name in given:
            if name not in names:
                raise NotFound(
                    "参数", name, near(name, names), remedy=f"{self.name} 的参数有：{'、'.join(names) or '无'}"
                )
        return {
            parameter.name: read(parameter, given.get(parameter.name, parameter.default))
            for parameter in self.parameters
        }


@cache
def library() -> Mapping[str, Question]:
    """All questions by name, in the order of their names.

    Raises:
        QuestionError: a header is wrong or a text is missing.
    """
    paths = sorted(DIRECTORY.glob("*.toml"))
    return MappingProxyType({path.stem: load(path) for path in paths})


def question(name: str) -> Question:
    """The question of that name.

    Raises:
        NotFound: there is none; with near names.
    """
    known = library()
    if name not in known:
        names = {key: key for key in known} | {found.title: key for key, found in known.items()}
        raise NotFound("问题", name, near(name, names), remedy="不带名称运行 clusteratlas ask 列出全部问题")
    return known[name]


def load(path: Path) -> Question:
    """Read a question from its header; the texts stand beside it.

    Raises:
        QuestionError: what is wrong, with the file's name.
    """
    try:
        header = tomllib.loads(path.read_text(encoding="utf-8"))
        texts = [path.with_suffix(suffix).read_text(encoding="utf-8") for suffix in (".rq", ".cypher")]
        return _question(path.stem, header, *texts)
    except (tomllib.TOMLDecodeError, OSError, TypeError, KeyError, AttributeError, ValueError) as error:
        raise QuestionError(path.name, f"{type(error).__name__}：{error}") from error


def _question(name: str, header: Mapping[str, Any], sparql: str, cypher: str) -> Question:
    found = Question(
        name=name,
        title=header["title"],
        title_en=header["title_en"],
        explanation=header["explanation"],
        explanation_en=header["explanation_en"],
        parameters=tuple(Parameter(**one) for one in header.get("parameters", ())),
        columns=tuple(_column(one) for one in header["columns"]),
        order=tuple((one.removeprefix("-"), one.startswith("-")) for one in header["order"]),
        samples=tuple(Sample(one["arguments"], one.get("empty", False)) for one in header["samples"]),
        sparql=sparql,
        cypher=cypher,
    )
    for parameter in found.parameters:
        _require(parameter.type in KINDS, f"参数 {parameter.name} 的类型 {parameter.type} 不认识")
        _require(parameter.optional or parameter.default is not None, f"参数 {parameter.name} 没有默认值")
    for column in found.columns:
        _require(column.type in COLUMN_TYPES, f"列 {column.name} 的类型 {column.type} 不认识")
    for group in (found.columns, found.parameters):
        _require(len({one.name for one in group}) == len(group), "名称重复")
    names = {column.name for column in found.columns}
    for parameter in found.parameters:
        _require(parameter.column in {None, *names}, f"参数 {parameter.name} 所查的列 {parameter.column} 不存在")
    for column_name, _ in found.order:
        _require(column_name in names, f"排序的列 {column_name} 不存在")
    return found


def _column(header: Mapping[str, Any]) -> Column:
    labels = tuple((code, chinese, english) for code, chinese, english in header.get("labels", ()))
    return Column(**{**header, "labels": labels})


def _require(holds: bool, message: str) -> None:
    if not holds:
        raise ValueError(message)
