"""The integrity queries: a sound graph passes, and for each query a change of it that only this kind of query finds."""

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from ontology import ids
from ontology.checks import Check, checks
from ontology.model import ATLAS

HERE = Path(__file__).parent / "checks"
ONTOLOGY = ox.NamedNode(ids.BASE + "graph/ontology")
PREFIXES = f"BASE <{ids.BASE}>\nPREFIX ca: <{ids.ONTOLOGY}>\n"


def sound() -> ox.Store:
    store = ox.Store()
    store.load(path=HERE / "sound.ttl")
    store.load(path=ATLAS, to_graph=ONTOLOGY)
    store.load(path=HERE / "vocabulary.ttl", to_graph=ONTOLOGY)
    return store


def violations(store: ox.Store, check: Check) -> list[str]:
    found = store.query(check.text)
    assert isinstance(found, ox.QuerySolutions)
    return [row["node"].value.removeprefix(ids.BASE) for row in found]


def test_every_check_has_a_graph_that_breaks_it() -> None:
    assert {path.stem for path in HERE.glob("*.ru")} == {check.name for check in checks()}


@pytest.mark.parametrize("check", checks(), ids=lambda check: check.name)
def test_a_sound_graph_passes(check: Check) -> None:
    assert violations(sound(), check) == []


@pytest.mark.parametrize("check", checks(), ids=lambda check: check.name)
def test_a_broken_graph_is_found(check: Check) -> None:
    change = (HERE / f"{check.name}.ru").read_text(encoding="utf-8")
    header = re.match(r"# node: (\S+)\n", change)
    assert header is not None
    store = sound()
    store.update(PREFIXES + change)
    assert header[1] in violations(store, check)


@pytest.mark.parametrize("other", checks(), ids=lambda check: check.name)
def test_a_misnamed_node_is_found_by_the_query_of_names_only(other: Check) -> None:
    store = sound()
    store.update(PREFIXES + (HERE / "untidy-name.ru").read_text(encoding="utf-8"))
    assert bool(violations(store, other)) == (other.name == "untidy-name")


@pytest.mark.parametrize("name", ["", " 东莞", "东莞 ", "东\n莞", "**东莞**", "<b>东莞</b>", "东�莞"])
def test_untidy_names(name: str) -> None:
    (check,) = (c for c in checks() if c.name == "untidy-name")
    store = sound()
    value = ox.Literal(name, language="zh")
    store.add(ox.Quad(ox.NamedNode(ids.iri("city/441900")), ox.NamedNode(ids.term("name")), value))
    assert violations(store, check) == ["city/441900"]


@pytest.mark.parametrize(
    "tree",
    [
        '<c/1> a ca:Condition ; ca:logic "leaf" ; ca:requires <condition/1>',
        '<c/1> a ca:Condition ; ca:logic "at_least" ; ca:requires <condition/1>',
        '<c/1> a ca:Condition ; ca:logic "not" ; ca:requires <condition/1> , <condition/all>',
        '<c/1> a ca:Condition ; ca:logic "any"',
        '<c/1> a ca:Condition ; ca:logic "all" ; ca:requires <c/1>',
    ],
)
def test_conditions_that_form_no_tree(tree: str) -> None:
    (check,) = (c for c in checks() if c.name == "condition-tree")
    store = sound()
    store.update(f"{PREFIXES} INSERT DATA {{ {tree} }}")
    assert violations(store, check) == ["c/1"]


@pytest.mark.parametrize(
    ("change", "node"),
    [
        (
            "DELETE DATA { <assignment/1> ca:current true } ; INSERT DATA { <assignment/1> ca:current false }",
            "city/441900",
        ),
        ("INSERT DATA { <company/registered> ca:namedFor <city/440300> }", "company/registered"),
        ("DELETE DATA { <supply/1> ca:upstream <product/battery> }", "product/battery"),
        (
            "DELETE DATA { <citation/1> ca:relation '废止' } ; INSERT DATA { <citation/1> ca:relation '依据' }",
            "policy/plan",
        ),
    ],
)
def test_a_shortcut_whose_condition_no_longer_holds(change: str, node: str) -> None:
    (check,) = (c for c in checks() if c.name == "shortcut-unfounded")
    store = sound()
    store.update(PREFIXES + change)
    assert violations(store, check) == [node]


def test_a_citation_of_itself_is_found() -> None:
    (check,) = (c for c in checks() if c.name == "policy-of-itself")
    store = sound()
    store.update(
        f"{PREFIXES} DELETE DATA {{ <citation/1> ca:citedPolicy <policy/old> }} ;"
        "INSERT DATA { <citation/1> ca:citedPolicy <policy/plan> }"
    )
    assert violations(store, check) == ["citation/1"]
