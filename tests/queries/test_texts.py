"""The texts of the library keep the rules that make engines agree; a text that breaks one is noticed."""

from dataclasses import replace

import pytest

from ontology.model import model
from queries.library import Question, library
from queries.texts import complaints

NAMES = sorted(library())


@pytest.mark.parametrize("name", NAMES)
def test_the_library_keeps_the_rules(name: str) -> None:
    assert complaints(library()[name]) == ()


def test_what_may_have_evidence_is_named() -> None:
    """Cypher has no index over all labels, so `evidence-of` names those that the ontology gives evidence."""
    named = library()["evidence-of"].cypher.partition("(n:")[2].partition(")")[0].split("|")
    relations = model().relations
    assert {label.strip() for label in named} == {
        *relations["evidencedBy"].domain,
        *relations["furtherEvidence"].domain,
    }


# question, language, what stands there, what would break a rule, what is said about it
BREAKS = [
    ("policies", "sparql", "?draft ?issued", "?issued", "the header declares"),
    ("policies", "sparql", "SELECT ?policy_id", "SELECT ?unknown ?policy_id", "neither columns nor parameters"),
    ("policies", "sparql", 'MAX(COALESCE(?printed, ""))', "MAX(?printed)", "may be missing"),
    ("policies", "sparql", 'MAX(COALESCE(?printed, ""))', "GROUP_CONCAT(?printed)", "no steady scalar"),
    ("policies", "sparql", 'MAX(COALESCE(?printed, ""))', "SAMPLE(?printed)", "no steady scalar"),
    ("policies", "sparql", 'MAX(COALESCE(?printed, ""))', "SUM(COALESCE(?printed, 0) / 2)", "may be missing"),
    ("policies", "sparql", 'MAX(COALESCE(?printed, ""))', "MAX(COALESCE(?printed / 2, 0))", "division of integers"),
    ("policies", "sparql", "ca:draft ?draft", "ca:drafty ?draft", "no ca:drafty"),
    ("policies-on-date", "sparql", "?start > $date", "?start > NOW()", "differs from run to run"),
    ("policies-on-date", "sparql", "?start > $date", "?start > ?date", "also written with ?"),
    (
        "policies-on-date",
        "sparql",
        "?expires $date $policy\n",
        "?expires $date $policy $more\n",
        "parameters written with $",
    ),
    ("policies-on-date", "sparql", "?cite) $date $policy", "?cite) $date", "must name the parameters"),
    (
        "policies-on-date",
        "sparql",
        "BIND(COALESCE(?effective",
        "BIND(COALESCE($date, ?effective",
        "does not see its value",
    ),
    ("policies-on-date", "sparql", "!BOUND(?start)", "!BOUND($date)", "does not see its value"),
    ("city-products", "sparql", "ca:aboutPlace $city", "ca:aboutPlace/ca:inRegion* $city", "no upper bound"),
    ("city-products", "sparql", "ca:aboutPlace $city", "ca:aboutPlace/ca:inRegion? $city", "needs SELECT DISTINCT"),
    ("city-products", "sparql", "ca:aboutPlace $city", "ca:inRegion? $city", "may have no step"),
    (
        "city-products",
        "sparql",
        "?statement a ca:LayoutStatement",
        "$city ca:develops ?subsector . ?statement a ca:LayoutStatement",
        "DISTINCT",
    ),
    ("city-products", "sparql", "\n}\n", "\n} LIMIT 3\n", "LIMIT needs an ORDER BY"),
    ("city-products", "sparql", "\n}\n", "\n} ORDER BY ?product_name LIMIT 3\n", "ends in an id"),
    ("city-products", "sparql", "\n}\n", "\n} ORDER BY ?cite ?statement LIMIT 3\n", "never unbound"),
    ("city-products", "sparql", "WHERE {", "WHERE { { SELECT ?x { ?x ca:aboutPlace $city } }", "sub-select must name"),
    ("city-products", "cypher", "g.id AS product,", "g AS product,", "not a scalar"),
    ("city-products", "cypher", "g.name AS product_name", "collect(g.name) AS product_name", "not a scalar"),
    ("city-products", "cypher", "g.name AS product_name", "[g.name] AS product_name", "not a scalar"),
    ("city-products", "cypher", "g.name AS product_name", "g.nam AS product_name", "no property nam"),
    ("city-products", "cypher", "AS product_name", "AS name_of_product", "the header declares"),
    ("city-products", "cypher", "$city", "$town", "parameters used are"),
    ("city-products", "cypher", "{id: $city}", "{id: 'city/441900'}", "parameters used are"),
    ("city-products", "cypher", ":ABOUT_PLACE", ":ABOUT_PLACES", "no :ABOUT_PLACES"),
    ("city-products", "cypher", "(g:Product)", "(g:Produkt)", "no :Produkt"),
    ("city-products", "cypher", ":ABOUT_PLACE]", ":PART_OF*]", "lower bound"),
    ("city-products", "cypher", ":ABOUT_PLACE]", ":PART_OF*0..2]", "lower bound"),
    ("city-products", "cypher", ":ABOUT_PLACE]", ":PART_OF*1..]", "lower bound"),
    ("city-products", "cypher", ":ABOUT_PLACE]", ":PART_OF*1..3]", "RETURN DISTINCT"),
    ("city-products", "cypher", ":ABOUT_PRODUCT]", ":DEVELOPS]", "DISTINCT"),
    ("city-products", "cypher", "AS statement\n", "AS statement LIMIT 3\n", "LIMIT needs an ORDER BY"),
    (
        "city-products",
        "cypher",
        "AS statement\n",
        "AS statement ORDER BY product_name, statement LIMIT 3\n",
        "LIMIT needs",
    ),
    ("city-products", "cypher", "AS statement\n", "AS statement ORDER BY g.name\n", "no alias"),
    ("city-products", "cypher", "k.number AS", "k.number / 2 AS", "division of integers"),
    ("policies", "cypher", "max(coalesce(e.cite, ''))", "max(e.cite)", "may be missing"),
    ("policies", "cypher", "max(coalesce(e.cite, ''))", "sum(e.start)", "may be missing"),
    ("policies-on-date", "cypher", "since > $date", "since > date()", "is today"),
    ("policies-on-date", "cypher", "since > $date", "since > $date AND rand() < 1", "differs from run to run"),
]


@pytest.mark.parametrize(("name", "language", "there", "instead", "says"), BREAKS)
def test_a_broken_rule_is_noticed(name: str, language: str, there: str, instead: str, says: str) -> None:
    question = library()[name]
    text = getattr(question, language)
    assert there in text
    found = complaints(replace(question, **{language: text.replace(there, instead, 1)}))
    assert any(says in one for one in found), found


KEPT = [
    ("city-products", "sparql", "\n}\n", "\n} ORDER BY ?product_name ?statement LIMIT 3\n"),
    ("city-products", "cypher", "AS statement\n", "AS statement ORDER BY product, statement LIMIT 3\n"),
    ("city-products", "cypher", "k.number AS", "toFloat(k.number) / 2 AS"),
    ("city-products", "cypher", "k.number AS", "k.number / 2.0 AS"),
    ("city-products", "cypher", "k.number AS", "/* 1/2 LIMIT */ k.number AS"),
    ("peer-cities", "cypher", "[:ABOUT_PLACE]->(p", "[:ABOUT_PLACE*1..2]->(p"),
    (
        "peer-cities",
        "sparql",
        "ca:aboutSubsector ?subsector ; ca:role ?role .",
        "ca:aboutSubsector/ca:partOf? ?subsector ; ca:role ?role .",
    ),
    ("policies", "sparql", 'MAX(COALESCE(?printed, ""))', "MAX(COALESCE(?printed / 2.0, 0))"),
]


@pytest.mark.parametrize(("name", "language", "there", "instead"), KEPT)
def test_what_keeps_the_rules_is_not_refused(name: str, language: str, there: str, instead: str) -> None:
    question: Question = library()[name]
    text = getattr(question, language)
    assert there in text
    assert complaints(replace(question, **{language: text.replace(there, instead, 1)})) == ()


def test_a_text_that_is_no_select() -> None:
    question = replace(library()["policies"], sparql="ASK { ?s ?p ?o }")
    assert any("must be a SELECT" in one for one in complaints(question))
