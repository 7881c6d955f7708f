"""The ontology as Python sees it: classes, relations, properties and shortcuts, read from atlas.ttl and shapes.ttl.

`model()` reads the files once for each process. Stores, views and exports know the ontology through it and no kind
of fact: a new class with its shape needs no change in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from ontology import ids
from ontology.errors import VocabularyError
from ontology.turtle import OWL, RDF, RDFS, SH, TYPE, Properties, first, load, texts

ATLAS: Final = Path(__file__).parent / "atlas.ttl"
SHAPES: Final = Path(__file__).parent / "shapes.ttl"
_CA: Final = ids.ONTOLOGY
_META: Final = ids.ONTOLOGY + "meta/"
_SCHEMA: Final = "https://schema.org/"
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
DATATYPES: Final = ("string", "integer", "double", "boolean", "date")
_WORD: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Property:
    """A property of a class.

    Args:
        name: local name, snake_case. `name_en` is the English `ca:name` in RDF.
        datatype: string, integer, double, boolean or date.
        many: whether a node may have several values.
        required: whether a node must have one.
        title, title_en: headings for people.
        codes: the values that are allowed, in order; () where any is.
        key: whether no two nodes of the class share a value.
    """

    name: str
    datatype: str
    many: bool = False
    required: bool = False
    title: str = ""
    title_en: str = ""
    codes: tuple[str, ...] = ()
    key: bool = False


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation between nodes, stored in one direction.

    Args:
        name: local name, lowerCamel.
        domain, range: classes that its ends may have, abstract ones included.
        title, title_en: labels for people.
    """

    name: str
    domain: tuple[str, ...]
    range: tuple[str, ...]
    title: str = ""
    title_en: str = ""


@dataclass(frozen=True, slots=True)
class Class:
    """A class of nodes.

    Args:
        name: local name.
        labels: itself, then its own super-classes.
        abstract: whether nodes have it only beside a class of their own.
        title, title_en: labels for people.
        note: Chinese comment.
    """

    name: str
    labels: tuple[str, ...]
    abstract: bool = False
    title: str = ""
    title_en: str = ""
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A relation that is derived from statements and never asserted.

    For every statement of `statement_class` whose properties equal `condition`, the node at its relation
    `source` gets `relation` to the node at its relation `target`; where one end is missing there is none.
    """

    relation: str
    statement_class: str
    source: str
    target: str
    condition: Mapping[str, object] = field(default_factory=dict)

    def holds(self, properties: Mapping[str, object]) -> bool:
        """Whether a statement with these properties has the shortcut."""
        return all(properties.get(name) == value for name, value in self.condition.items())


@dataclass(frozen=True, slots=True)
class Model:
    """The ontology.

    Args:
        classes: every class by local name, abstract ones included, in the order of the file.
        relations: every relation by local name.
        shortcuts: the derived relations.
    """

    classes: Mapping[str, Class]
    relations: Mapping[str, Relation]
    shortcuts: tuple[Shortcut, ...]
    _properties: Mapping[str, Mapping[str, Property]] = field(repr=False)

    @property
    def concrete(self) -> tuple[str, ...]:
        """The classes that nodes of the tables have."""
        return tuple(name for name, cls in self.classes.items() if not cls.abstract)

    def labels(self, cls: str) -> tuple[str, ...]:
        """A class and its own super-classes: ("LayoutStatement", "Statement").

        Raises:
            VocabularyError: the ontology has no such class.
        """
        return self._class(cls).labels

    def relationship(self, relation: str) -> str:
        """The relationship type of a relation in a property graph: `inRegion` → `IN_REGION`."""
        return relationship_type(relation)

    def properties(self, cls: str) -> dict[str, Property]:
        """The properties of a class with those of its super-classes, in the order of the shapes.

        Raises:
            VocabularyError: the ontology has no such class.
        """
        merged: dict[str, Property] = {}
        for label in reversed(self._class(cls).labels):
            merged |= self._properties.get(label, {})
        return merged

    def keys(self, cls: str) -> tuple[str, ...]:
        """The properties that are unique within a class, beside the id."""
        return tuple(name for name, known in self.properties(cls).items() if known.key)

    def accepts(self, relation: str, source: str, target: str) -> bool:
        """Whether a relation may lead from a node of one class to a node of another.

        Args:
            relation: local name of the relation.
            source, target: classes of the two ends.
        """
        known = self.relations.get(relation)
        return (
            known is not None
            and not set(known.domain).isdisjoint(self.labels(source))
            and not set(known.range).isdisjoint(self.labels(target))
        )

    def _class(self, cls: str) -> Class:
        if cls not in self.classes:
            raise VocabularyError(ATLAS, f"本体没有 {cls} 这个类")
        return self.classes[cls]


def relationship_type(relation: str) -> str:
    """The relationship type of a relation's local name: `aboutPlace` → `ABOUT_PLACE`."""
    return _WORD.sub("_", relation).upper()


def _local(iri: str) -> str:
    return iri.removeprefix(_CA)


def _own(iris: Iterable[str]) -> tuple[str, ...]:
    return tuple(_local(iri) for iri in iris if iri.startswith(_CA) and "/" not in _local(iri))


def _title(properties: Properties, language: str, term: str = RDFS + "label") -> str:
    return first(properties, term, language) or ""


def _classes(subjects: Mapping[str, Properties]) -> dict[str, Class]:
    found = [iri for iri, properties in subjects.items() if OWL + "Class" in texts(properties, TYPE)]
    supers = {_local(iri): _own(texts(subjects[iri], RDFS + "subClassOf")) for iri in found}

    def labels(name: str) -> tuple[str, ...]:
        above = [label for parent in supers[name] for label in labels(parent)]
        return tuple(dict.fromkeys((name, *above)))

    return {
        _local(iri): Class(
            name=_local(iri),
            labels=labels(_local(iri)),
            abstract=first(subjects[iri], _META + "abstract") == "true",
            title=_title(subjects[iri], "zh"),
            title_en=_title(subjects[iri], "en"),
            note=first(subjects[iri], RDFS + "comment", "zh"),
        )
        for iri in found
    }


def _relations(subjects: Mapping[str, Properties]) -> dict[str, Relation]:
    return {
        _local(iri): Relation(
            name=_local(iri),
            domain=_own(texts(properties, _SCHEMA + "domainIncludes")),
            range=_own(texts(properties, _SCHEMA + "rangeIncludes")),
            title=_title(properties, "zh"),
            title_en=_title(properties, "en"),
        )
        for iri, properties in subjects.items()
        if OWL + "ObjectProperty" in texts(properties, TYPE)
    }


def _plain_value(text: str, datatype: str) -> object:
    match datatype.removeprefix(_XSD):
        case "boolean":
            return text == "true"
        case "integer":
            return int(text)
        case "double":
            return float(text)
    return text


def _shortcuts(subjects: Mapping[str, Properties]) -> Iterator[Shortcut]:
    for properties in subjects.values():
        if _META + "Shortcut" not in texts(properties, TYPE):
            continue
        ends = {name: _local(first(properties, _META + name) or "") for name in ("relation", "statement", "from", "to")}
        condition = {
            _local(term): _plain_value(values[0].text, values[0].datatype)
            for term, values in properties.items()
            if term.startswith(_CA) and not term.startswith(_META)
        }
        yield Shortcut(
            relation=ends["relation"],
            statement_class=ends["statement"],
            source=ends["from"],
            target=ends["to"],
            condition=MappingProxyType(condition),
        )


def _list(head: str | None, subjects: Mapping[str, Properties]) -> Iterator[str]:
    while head is not None and head != RDF + "nil":
        properties = subjects[head]
        yield from texts(properties, RDF + "first")
        head = first(properties, RDF + "rest")


def _read_property(shape: Properties, subjects: Mapping[str, Properties], keys: tuple[str, ...]) -> Iterator[Property]:
    """The properties that a property shape describes: one, or for names in two languages `name` and `name_en`."""
    datatype = first(shape, SH + "datatype")
    if datatype is None:
        return
    name = _local(first(shape, SH + "path") or "")
    described = Property(
        name=name,
        datatype="string" if datatype == RDF + "langString" else datatype.removeprefix(_XSD),
        many=datatype != RDF + "langString" and first(shape, SH + "maxCount") != "1",
        required=int(first(shape, SH + "minCount") or 0) > 0,
        title=_title(shape, "zh", SH + "name"),
        title_en=_title(shape, "en", SH + "name"),
        codes=tuple(_list(first(shape, SH + "in"), subjects)),
        key=name in keys,
    )
    if described.datatype not in DATATYPES:
        raise VocabularyError(SHAPES, f"属性 {name} 的数据类型 {datatype} 不在 {'、'.join(DATATYPES)} 之列")
    yield described
    if "en" in _list(first(shape, SH + "languageIn"), subjects):
        yield Property("name_en", "string", title="英文名称", title_en="English name")


def _properties(subjects: Mapping[str, Properties]) -> dict[str, dict[str, Property]]:
    found: dict[str, dict[str, Property]] = {}
    for properties in subjects.values():
        target = first(properties, SH + "targetClass")
        if target is None:
            continue
        keys = _own(texts(properties, _META + "key"))
        described = found.setdefault(_local(target), {})
        for shape in texts(properties, SH + "property"):
            described.update((one.name, one) for one in _read_property(subjects[shape], subjects, keys))
    return found


def read(atlas: Path = ATLAS, shapes: Path = SHAPES) -> Model:
    """The ontology of two Turtle files.

    Args:
        atlas: classes, relations, shortcuts.
        shapes: SHACL node shapes.

    Raises:
        VocabularyError: a file cannot be parsed, or a property has a datatype that the stores do not share.
    """
    subjects = load(atlas)
    return Model(
        classes=MappingProxyType(_classes(subjects)),
        relations=MappingProxyType(_relations(subjects)),
        shortcuts=tuple(_shortcuts(subjects)),
        _properties=MappingProxyType(_properties(load(shapes))),
    )


@cache
def model() -> Model:
    """The ontology of the package, read once for each process."""
    return read()
