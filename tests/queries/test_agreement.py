"""Every question on every engine, by two graphs and many arguments: the same rows in the same order."""

import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.cypher import client as cypher
from graph.directory import GraphDirectory
from graph.push.neo4j import push
from graph.rdf import quads, to_rdflib
from graph.rows import Rows
from graph.sparql.client import open_store
from graph.tables import Node, Tables, digest
from ontology.errors import QuestionError
from ontology.model import model
from queries import run
from queries.agreement import compare, differ
from queries.library import library
from queries.run import Answer, Engine
from tests.conftest import neo4j_driver_for, wipe
from tests.queries.asked import MORE
from tests.queries.sample import sample

NAMES = sorted(library())
KNOWN = frozenset({"City", "Region", "Cluster", "Agency", "Scheme"})
EVERYTHING = bool(os.environ.get("CLUSTERATLAS_AGREE_ON_EVERYTHING"))
DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Held:
    """A graph in all its forms: the tables, the graph directory, and the engine that the others are held against."""

    name: str
    tables: Tables
    folder: Path
    reference: Engine


def in_memory(tables: Tables) -> Engine:
    """Oxigraph over tables, in memory."""
    store = ox.Store()
    store.extend(quads(tables))
    return run.sparql_engine("oxigraph", store)


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Held:
    """The small graph, with a graph directory of its own for the embedded engine."""
    tables, directory = sample(), GraphDirectory(tmp_path_factory.mktemp("small"))

    def write(folder: Path) -> str:
        tables.write(folder)
        return digest(tables)

    with directory.exclusive():
        directory.publish(write, ())
    return Held("small", tables, directory.path, in_memory(tables))


@pytest.fixture(scope="session")
def bundled(bundled_graph: Path) -> Iterator[Held]:
    """The bundled documents."""
    with GraphDirectory(bundled_graph).open() as build:
        engine = run.sparql_engine("oxigraph", open_store(build.path / "oxigraph"))
        yield Held("bundled", Tables.read(build.path), bundled_graph, engine)


@pytest.fixture(scope="module", params=["small", "bundled"])
def held(request: pytest.FixtureRequest) -> Held:
    found: Held = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="module", params=["rdflib", "cypher", "neo4j"])
def other(request: pytest.FixtureRequest, held: Held) -> Engine:
    """Each of the other engines over the same graph."""
    if request.param == "rdflib":
        return run.sparql_engine("rdflib", to_rdflib(held.tables))
    if request.param == "cypher":
        request.getfixturevalue("cypher_engine")
        return run.cypher_engine("cypher", partial(cypher.rows, at=held.folder))
    uri: str = request.getfixturevalue("neo4j_uri")
    with neo4j_driver_for(uri) as driver:
        wipe(driver)
        push(held.tables, model(), driver)
    return run.cypher_engine("neo4j", partial(cypher.rows, at=uri))


@pytest.mark.parametrize("name", NAMES)
def test_the_engines_agree(name: str, held: Held, other: Engine) -> None:
    question = library()[name]
    asked = [one.arguments for one in question.samples] + (MORE.get(name, []) if held.name == "small" else [])
    if (held.name, other.name) == ("bundled", "rdflib") and not EVERYTHING:
        asked = asked[:1]  # a minute for the others; on the small graph it answers all of them, and more
    for arguments in asked:
        found = compare(question, arguments, (held.reference, other))
        assert found.agreed, f"{dict(arguments)}: {found.differences[0]}"


@pytest.mark.parametrize("name", NAMES)
def test_samples_have_rows_unless_they_say_not(name: str, bundled: Held) -> None:
    question = library()[name]
    for one in question.samples:
        answered = run.answer(question, one.arguments, bundled.reference)
        assert bool(answered.rows) != one.empty, dict(one.arguments)


@pytest.mark.parametrize("name", NAMES)
def test_the_small_graph_has_an_answer_with_rows_and_one_without(name: str, small: Held) -> None:
    question = library()[name]
    asked = [{}, *(one.arguments for one in question.samples), *MORE.get(name, [])]
    assert {bool(run.answer(question, arguments, small.reference).rows) for arguments in asked} == {True, False}


def test_cypher_passes_neo4js_own_parser(cypher_lint: Callable[[Sequence[str]], list[list[str]]]) -> None:
    texts = [library()[name].cypher for name in NAMES]
    assert dict(zip(NAMES, cypher_lint(texts), strict=True)) == {name: [] for name in NAMES}


def spread(places: Iterable[tuple[str, int]]) -> list[int]:
    """Places in an order that takes one of each kind first, then the second of each, and so on."""
    seen: Counter[str] = Counter()
    turns = []
    for kind, place in places:
        turns.append((seen[kind], kind, place))
        seen[kind] += 1
    return [place for _, _, place in sorted(turns)]


def changed(value: object) -> object:
    """Another value of the same kind."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    return "1999-09-09" if DAY.fullmatch(str(value)) else f"{value}x"


@dataclass(frozen=True)
class Mutation:
    """A small change of a graph, as the statements that go and come."""

    gone: frozenset[ox.Quad]
    come: frozenset[ox.Quad] = frozenset()

    @classmethod
    def of(cls, before: Tables, after: Tables) -> "Mutation":
        one, other = frozenset(quads(before)), frozenset(quads(after))
        return cls(one - other, other - one)


@contextmanager
def mutated(store: ox.Store, mutation: Mutation) -> Iterator[None]:
    """The store with the change, for the length of a block: a store of its own for each takes far longer."""
    for away, here in ((mutation.gone, mutation.come), (mutation.come, mutation.gone)):
        for quad in away:
            store.remove(quad)
        for quad in here:
            store.add(quad)
        if away is mutation.gone:
            yield


def changed_values(tables: Tables) -> Iterator[Mutation]:
    """One value changed, for each value that a document states."""
    told = [place for place, node in enumerate(tables.nodes) if node.cls not in KNOWN]
    for place in spread((tables.nodes[place].cls, place) for place in told):
        node = tables.nodes[place]
        for name, value in node.properties.items():
            other = replace(node, properties={**node.properties, name: changed(value)})  # type: ignore[dict-item]
            yield Mutation.of(Tables((node,), ()), Tables((other,), ()))


def dropped_edges(tables: Tables) -> Iterator[Mutation]:
    """One edge less, for each that a document states or a rule gives."""
    alike = Counter((edge.type, edge.source, edge.target) for edge in tables.edges)
    for place in spread((edge.type, place) for place, edge in enumerate(tables.edges)):
        edge = tables.edges[place]
        if alike[edge.type, edge.source, edge.target] == 1:  # of two alike RDF has one, and it would stay
            yield Mutation.of(Tables((), (edge,)), Tables((), ()))


@pytest.mark.parametrize("mutations", [changed_values, dropped_edges])
def test_a_mutation_is_noticed_by_every_question(
    mutations: Callable[[Tables], Iterator[Mutation]], small: Held
) -> None:
    asked = [(name, arguments) for name in NAMES for arguments in [{}, *MORE.get(name, [])]]
    before = [run.answer(library()[name], arguments, small.reference) for name, arguments in asked]
    store = ox.Store()
    store.extend(quads(small.tables))
    engine = run.sparql_engine("oxigraph", store)
    stored, noticed = set(store), set[str]()
    for mutation in mutations(small.tables):
        with mutated(store, mutation):
            for (name, arguments), expected in zip(asked, before, strict=True):
                if name not in noticed and differ(expected, run.answer(library()[name], arguments, engine)) is not None:
                    noticed.add(name)
        if noticed == set(NAMES):
            break
    assert noticed == set(NAMES)
    assert set(store) == stored, "what a mutation changed has been put back"


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("city-clusters", {"city": "东莞"}),
        ("cluster-cities", {"cluster": "超高清视频显示"}),
        ("cluster-level-counts", {}),
    ],
)
def test_a_changed_star_is_noticed(name: str, arguments: dict[str, str], small: Held) -> None:
    """东莞 has three stars for this cluster; an engine that holds two gives another answer."""

    def restarred(level: object) -> Engine:
        def less(node: Node) -> Node:
            star = node.id == "assignment/0"
            return replace(node, properties={**node.properties, "level": level}) if star else node  # type: ignore[dict-item]

        return replace(in_memory(Tables.of(map(less, small.tables.nodes), small.tables.edges)), name="restarred")

    assert compare(library()[name], arguments, (small.reference, restarred(3))).agreed
    (found,) = compare(library()[name], arguments, (small.reference, restarred(2))).differences
    assert (found.kind, found.one, found.other) == ("rows", "oxigraph", "restarred")


def test_a_difference_names_the_first_row(small: Held) -> None:
    question = library()["city-products"]
    nodes = [
        replace(node, properties={**node.properties, "role": "core"}) if node.id == "layout/12" else node
        for node in small.tables.nodes
    ]
    other = replace(in_memory(Tables.of(nodes, small.tables.edges)), name="mutated")
    (found,) = compare(question, {"city": "东莞"}, (small.reference, other)).differences
    assert (found.kind, found.one, found.other) == ("rows", "oxigraph", "mutated")
    assert found.here is not None
    assert found.there is not None
    assert found.here[1] == found.there[1] == "碳化硅衬底"
    assert {found.here[6], found.there[6]} == {"base", "core"}
    assert "碳化硅衬底" in str(found)


def bent(engine: Engine, bend: Callable[[Rows], Rows]) -> Engine:
    """An engine that gives the rows of another one back in another form."""
    return Engine("bent", lambda question, values: bend(engine.ask(question, values)))


@pytest.mark.parametrize(
    ("bend", "kind"),
    [
        (lambda rows: replace(rows, rows=rows.rows[::-1]), None),
        (lambda rows: Rows(rows.columns[::-1], tuple(row[::-1] for row in rows.rows)), None),
        (lambda rows: replace(rows, rows=rows.rows[1:]), "rows"),
        (lambda rows: replace(rows, rows=(*rows.rows, rows.rows[0])), "rows"),
        (lambda rows: replace(rows, rows=(rows.rows[0], *rows.rows[:-1])), "rows"),
        (lambda rows: replace(rows, rows=()), "rows"),
    ],
)
def test_rows_are_compared_as_a_multiset(bend: Callable[[Rows], Rows], kind: str | None, small: Held) -> None:
    found = compare(library()["city-products"], {"city": "广州"}, (small.reference, bent(small.reference, bend)))
    assert [difference.kind for difference in found.differences] == ([] if kind is None else [kind])


@pytest.mark.parametrize(
    "bend",
    [
        lambda value: int(value) if isinstance(value, bool) else value,
        lambda value: str(value) if isinstance(value, int) else value,
        lambda value: [value],
    ],
)
def test_another_type_is_an_error(bend: Callable[[object], object], small: Held) -> None:
    def bend_all(rows: Rows) -> Rows:
        return replace(rows, rows=tuple(tuple(bend(value) for value in row) for row in rows.rows))

    with pytest.raises(QuestionError, match="应为"):
        compare(
            library()["layout-evidence"], MORE["layout-evidence"][0], (small.reference, bent(small.reference, bend_all))
        )


def test_a_swapped_order_is_noticed(small: Held) -> None:
    question = library()["city-products"]
    answered = run.answer(question, {"city": "广州"}, small.reference)
    first, second, *rest = answered.rows
    swapped = replace(answered, engine="swapped", rows=(second, first, *rest))
    assert first != second
    for one, two in ((answered, swapped), (swapped, answered), (swapped, swapped)):
        found = differ(one, two)
        assert found is not None
        assert (found.kind, found.one, found.place) == ("declared", "swapped", 0)


def test_equal_is_not_the_same() -> None:
    question = library()["cluster-role-counts"]
    one = Answer(question, {}, "one", ((None, "c", "C", "core", 1, 1, 1, ""),))
    two = replace(one, engine="two", rows=((None, "c", "C", "core", True, 1, 1, ""),))
    assert one.rows == two.rows
    found = differ(one, two)
    assert found is not None
    assert found.kind == "order"


def test_answers_as_records(small: Held) -> None:
    answered = run.answer(library()["expiring-policies"], {}, small.reference)
    assert answered.records()[0] == {
        "policy_id": "policy/b",
        "policy_name": "乙办法",
        "doc_number": "粤工信规字〔2021〕5号",
        "expires": "2024-08-31",
        "cite": "《甲行动计划》（粤府〔2021〕53号）第201句",
    }


def test_statuses_on_a_date(small: Held) -> None:
    """The border days themselves, worked out by hand."""

    def on(day: str) -> dict[object, object]:
        records = run.answer(library()["policies-on-date"], {"date": day}, small.reference).records()
        return {str(record["policy_id"])[-1]: record["status"] for record in records}

    always = {"c": "draft", "f": "unknown"}
    assert on("2021-07-29") == {"a": "not_yet", "b": "not_yet", "d": "no_term", "e": "not_yet", **always}
    assert on("2021-07-30") == {"a": "in_force", "b": "not_yet", "d": "no_term", "e": "not_yet", **always}
    assert on("2024-08-31") == {"a": "in_force", "b": "in_force", "d": "no_term", "e": "not_yet", **always}
    assert on("2024-09-01") == {"a": "in_force", "b": "expired", "d": "no_term", "e": "not_yet", **always}
    assert on("2026-01-01") == {"a": "expired", "b": "expired", "d": "no_term", "e": "no_term", **always}


def test_who_carries_what_a_city_is_not_named_for(small: Held) -> None:
    """Worked out by hand from `sample.LAYOUT`: 深圳 is named for 整车 only."""
    records = run.answer(library()["city-not-named"], {"city": "深圳", "cluster": "汽车"}, small.reference).records()
    assert {(r["subsector_name"], r["place_name"], r["role"], r["open_list"]) for r in records} == {
        ("智能网联", "广州", "core", False),
        ("智能网联", "广州", "mention", True),
        ("零部件", "肇庆", "key", False),
        ("零部件", "珠三角", "base", True),
        ("零部件", "佛山", "key", True),
    }


@pytest.mark.parametrize("name", NAMES)
def test_where_nothing_is_cited_the_rows_stay(name: str, small: Held) -> None:
    """Evidence without a citation takes its words out of the answer, and no row."""
    question = library()[name]
    bare = [
        replace(node, properties={key: value for key, value in node.properties.items() if key != "cite"})
        for node in small.tables.nodes
    ]
    uncited = in_memory(Tables.of(bare, small.tables.edges))
    for arguments in [{}, *MORE.get(name, [])]:
        whole, rest = (run.answer(question, arguments, engine).records() for engine in (small.reference, uncited))
        assert len(rest) == len(whole), arguments
