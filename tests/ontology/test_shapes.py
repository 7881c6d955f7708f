"""A passing and a failing graph for every constraint of every shape, and the rules that matter most, by hand.

One graph holds, for every class, a node with everything and a node with the least, and for every constraint of its
shape a copy that breaks just this one. It is validated once.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import pytest
import rdflib
from pyshacl import validate
from rdflib import RDF, RDFS, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.namespace import SH
from rdflib.term import Node

from ontology import ids
from ontology.model import ATLAS, SHAPES, Shortcut, model

CA = Namespace(ids.ONTOLOGY)
M = model()
EXAMPLES = {
    "code": "441900",
    "province": "44",
    "credit_code": "91441900MA4UXXXX0X",
    "sha256": "0f" * 32,
    "start": 3,
    "end": 7,
}
BY_TYPE: Mapping[URIRef, tuple[object, object]] = {
    rdflib.XSD.string: ("东", "莞"),
    rdflib.XSD.integer: (5, 6),
    rdflib.XSD.double: (0.5, 0.25),
    rdflib.XSD.boolean: (True, False),
    rdflib.XSD.date: ("2021-08-09", "2022-01-01"),
    RDF.langString: ("东莞", "莞城"),
}
COMPARISONS = (SH.LessThanConstraintComponent, SH.LessThanOrEqualsConstraintComponent)


@dataclass(frozen=True)
class Case:
    """A node that breaks one constraint: its IRI, the path and the constraint component that must report it."""

    node: URIRef
    path: URIRef
    component: URIRef


@cache
def shapes() -> Graph:
    return Graph().parse(SHAPES, format="turtle")


def results(graph: Graph) -> dict[Node, set[tuple[Node | None, Node | None]]]:
    """Focus node -> (path, constraint component) of what breaks there."""
    atlas = Graph().parse(ATLAS, format="turtle")
    _, report, _ = validate(graph, shacl_graph=shapes(), ont_graph=atlas, inference="none")
    assert isinstance(report, Graph)
    found = defaultdict(set)
    for result in report.subjects(RDF.type, SH.ValidationResult):
        focus = report.value(result, SH.focusNode)
        assert focus is not None
        found[focus].add((report.value(result, SH.resultPath), report.value(result, SH.sourceConstraintComponent)))
    return dict(found)


def node(cls: str, what: str) -> URIRef:
    return URIRef(ids.iri(ids.join("test", cls, what)))


def typed(graph: Graph, subject: URIRef, cls: str) -> None:
    for label in M.labels(cls):
        graph.add((subject, RDF.type, CA[label]))


def shape_of(cls: str) -> Node:
    return next(iter(shapes().subjects(SH.targetClass, CA[cls])))


def constraints(cls: str) -> Iterator[tuple[Node, URIRef]]:
    for described in shapes().objects(shape_of(cls), SH.property):
        path = shapes().value(described, SH.path)
        assert isinstance(path, URIRef)
        yield described, path


def classes_of(described: Node) -> list[str]:
    """The classes that a relation's target may have, [] for a literal."""
    direct = shapes().value(described, SH["class"])
    if direct is not None:
        return [str(direct).removeprefix(ids.ONTOLOGY)]
    alternatives = shapes().value(described, SH["or"])
    if alternatives is None:
        return []
    each = Collection(shapes(), alternatives)
    return [str(shapes().value(one, SH["class"])).removeprefix(ids.ONTOLOGY) for one in each]


def concrete(cls: str) -> str:
    return next(c for c in M.concrete if cls in M.labels(c))


def literal(described: Node, path: URIRef, second: bool = False) -> Literal:
    """A value that satisfies a property shape, or another one that does."""
    datatype = shapes().value(described, SH.datatype)
    assert isinstance(datatype, URIRef)
    name = str(path).removeprefix(ids.ONTOLOGY)
    allowed = shapes().value(described, SH["in"])
    if allowed is not None:
        value = list(Collection(shapes(), allowed))[second]
        assert isinstance(value, Literal)
        return value
    if datatype == RDF.langString:
        return Literal(BY_TYPE[datatype][second], lang="zh")
    if name in EXAMPLES and not second:
        return Literal(EXAMPLES[name], datatype=datatype)
    return Literal(BY_TYPE[datatype][second], datatype=datatype)


def target(described: Node, second: bool = False) -> URIRef:
    return node(concrete(classes_of(described)[0]), "least" if second else "full")


def value(described: Node, path: URIRef, second: bool = False) -> Node:
    return target(described, second) if classes_of(described) else literal(described, path, second)


def build(graph: Graph, cls: str, subject: URIRef, but: Node | None = None, least: bool = False) -> None:
    """A node with a value for every property of its shape, except one; or only what is required."""
    typed(graph, subject, cls)
    for described, path in constraints(cls):
        optional = shapes().value(described, SH.minCount) is None
        if described != but and not (least and optional):
            graph.add((subject, path, value(described, path)))


def breaks(graph: Graph, cls: str) -> Iterator[Case]:
    """Copies of a class's node, each of which breaks one constraint of its shape."""
    for described, path in constraints(cls):

        def case(what: str, component: URIRef, *values: Node, of: Node = described, at: URIRef = path) -> Case:
            subject = node(cls, f"{str(at).removeprefix(ids.ONTOLOGY)}-{what}")
            build(graph, cls, subject, but=of)
            for one in values:
                graph.add((subject, at, one))
            return Case(subject, at, component)

        good, other = value(described, path), value(described, path, second=True)
        datatype = shapes().value(described, SH.datatype)
        if shapes().value(described, SH.minCount) is not None:
            yield case("missing", SH.MinCountConstraintComponent)
        if datatype == RDF.langString:
            yield case("untagged", SH.DatatypeConstraintComponent, Literal("东莞"))
            yield case(
                "french", SH.LanguageInConstraintComponent, Literal("东莞", lang="zh"), Literal("Canton", lang="fr")
            )
            if shapes().value(described, SH.uniqueLang) is not None:
                yield case("twice", SH.UniqueLangConstraintComponent, good, other)
                yield case("english", SH.QualifiedMinCountConstraintComponent, Literal("Dongguan", lang="en"))
                continue
        if shapes().value(described, SH.maxCount) is not None:
            yield case("twice", SH.MaxCountConstraintComponent, good, other)
        if datatype is None:
            wrong = next(c for c in M.concrete if set(classes_of(described)).isdisjoint(M.labels(c)))
            single = shapes().value(described, SH["class"]) is not None
            component = SH.ClassConstraintComponent if single else SH.OrConstraintComponent
            yield case("class", component, node(wrong, "full"))
            continue
        if datatype != RDF.langString:
            yield case("datatype", SH.DatatypeConstraintComponent, Literal("x", datatype=rdflib.XSD.anyURI))
        if shapes().value(described, SH["in"]) is not None:
            yield case("code", SH.InConstraintComponent, Literal("99", datatype=datatype))
        if shapes().value(described, SH.pattern) is not None:
            yield case("pattern", SH.PatternConstraintComponent, Literal("?", datatype=datatype))
        for bound, step, component in (
            (SH.minInclusive, -1, SH.MinInclusiveConstraintComponent),
            (SH.maxInclusive, 1, SH.MaxInclusiveConstraintComponent),
        ):
            limit = shapes().value(described, bound)
            if isinstance(limit, Literal):
                beyond = Literal(limit.toPython() + step, datatype=datatype)
                yield case("bound" + str(step), component, beyond)
    if (shape_of(cls), SH.closed, Literal(True)) in shapes():
        subject = node(cls, "closed")
        build(graph, cls, subject)
        graph.add((subject, CA.nonsense, Literal("x")))
        yield Case(subject, CA.nonsense, SH.ClosedConstraintComponent)


@cache
def everything() -> tuple[Graph, tuple[Case, ...]]:
    graph = Graph()
    for cls in M.concrete:
        build(graph, cls, node(cls, "full"))
        build(graph, cls, node(cls, "least"), least=True)
    return graph, tuple(case for cls in M.concrete for case in breaks(graph, cls))


@pytest.fixture(scope="module")
def found() -> dict[Node, set[tuple[Node | None, Node | None]]]:
    return results(everything()[0])


def test_there_is_one_shape_for_every_class() -> None:
    targets = sorted(str(c).removeprefix(ids.ONTOLOGY) for c in shapes().objects(None, SH.targetClass))
    assert targets == sorted((*M.concrete, "Statement"))


@pytest.mark.parametrize("cls", M.concrete)
def test_full_and_least_nodes_pass(cls: str, found: dict[Node, set[tuple[Node | None, Node | None]]]) -> None:
    assert (node(cls, "full"), RDF.type, CA[cls]) in everything()[0]
    assert found.get(node(cls, "full"), set()) == set()
    assert found.get(node(cls, "least"), set()) == set()


@pytest.mark.parametrize("case", everything()[1], ids=lambda case: case.node.removeprefix(ids.BASE + "test/"))
def test_a_broken_node_is_found(case: Case, found: dict[Node, set[tuple[Node | None, Node | None]]]) -> None:
    broken = found.get(case.node, set())
    assert (case.path, case.component) in broken
    # A value that is no date or number at all also fails the comparison that another property makes with it.
    assert {path for path, component in broken if component not in COMPARISONS} == {case.path}


def broken(change: str) -> set[tuple[str, str]]:
    """What a change of the sound graph breaks, as (path, component)."""
    graph = Graph()
    for cls in M.concrete:
        build(graph, cls, node(cls, "full"))
    assert results(graph) == {}
    size = len(graph)
    graph.update(change, initNs={"ca": CA, "t": Namespace(ids.BASE + "test/")})
    assert len(graph) != size or "DELETE" in change
    pairs = {pair for found in results(graph).values() for pair in found}
    return {(str(path).removeprefix(ids.ONTOLOGY), str(c).removeprefix(str(SH))) for path, c in pairs}


STATEMENT = "?s a ca:LayoutStatement"


@pytest.mark.parametrize(
    ("change", "path", "component"),
    [
        (f"DELETE {{ ?s ca:evidencedBy ?e }} WHERE {{ {STATEMENT} ; ca:evidencedBy ?e }}", "evidencedBy", "MinCount"),
        (f"DELETE {{ ?s ca:aboutPlace ?p }} WHERE {{ {STATEMENT} ; ca:aboutPlace ?p }}", "aboutPlace", "MinCount"),
        (f"INSERT {{ ?s ca:aboutPlace ?p }} WHERE {{ {STATEMENT} . ?p a ca:Region }}", "aboutPlace", "MaxCount"),
        (f"INSERT {{ ?s ca:aboutCompany ?c }} WHERE {{ {STATEMENT} . ?c a ca:Company }}", "aboutCompany", "Closed"),
        (f"INSERT {{ ?s ca:level 3 }} WHERE {{ {STATEMENT} }}", "level", "Closed"),
        ("DELETE { ?s ca:present true } INSERT { ?s ca:present 1 } WHERE { ?s a ca:Assignment }", "present", "Datatype"),
        ("INSERT { ?a ca:confidence 1.5e0 } WHERE { ?a a ca:Assignment }", "confidence", "MaxInclusive"),
        ("DELETE { ?e ca:start ?n } INSERT { ?e ca:start 9 } WHERE { ?e ca:start ?n }", "start", "LessThan"),
        ("DELETE { ?m ca:aboutCompany ?c } WHERE { ?m ca:aboutCompany ?c }", "aboutCompany", "MinCount"),
        ("DELETE { ?s ca:partOf ?c } WHERE { ?s a ca:Subsector ; ca:partOf ?c }", "partOf", "MinCount"),
        ("DELETE { ?p ca:expires ?d } INSERT { ?p ca:expires '2021-01-01'^^<http://www.w3.org/2001/XMLSchema#date> }"
         " WHERE { ?p ca:expires ?d }", "effective", "LessThanOrEquals"),
    ],
)  # fmt: skip
def test_the_rules_that_matter_most(change: str, path: str, component: str) -> None:
    assert (path, f"{component}ConstraintComponent") in broken(change)


def test_a_paths_label_is_that_of_its_relation() -> None:
    atlas = Graph().parse(ATLAS, format="turtle")
    for cls in M.concrete:
        for described, path in constraints(cls):
            if classes_of(described):
                assert set(shapes().objects(described, SH.name)) == set(atlas.objects(path, RDFS.label))


@pytest.mark.parametrize("rule", M.shortcuts, ids=lambda rule: rule.relation)
def test_the_ends_of_a_shortcut_fit_its_relation(rule: Shortcut) -> None:
    relation = M.relations[rule.relation]
    ends = {str(path).removeprefix(ids.ONTOLOGY): described for described, path in constraints(rule.statement_class)}
    for end, allowed in ((rule.source, relation.domain), (rule.target, relation.range)):
        for cls in M.concrete:
            if not set(classes_of(ends[end])).isdisjoint(M.labels(cls)):
                assert not set(allowed).isdisjoint(M.labels(cls)), (end, cls)
    assert set(rule.condition) <= set(M.properties(rule.statement_class))


@pytest.mark.parametrize("cls", M.concrete)
def test_participants_fit_the_ontology(cls: str) -> None:
    for described, path in constraints(cls):
        for target_class in classes_of(described):
            for one in (c for c in M.concrete if target_class in M.labels(c)):
                assert M.accepts(str(path).removeprefix(ids.ONTOLOGY), cls, one), (path, one)
