"""What no document states: every statement of the vocabularies is in the tables, unchanged."""

from graph.build import assemble
from graph.tables import Tables
from ontology.vocabulary import vocabulary


def world() -> Tables:
    return assemble([], vocabulary()).tables


def ends(tables: Tables, relation: str) -> set[tuple[str, str]]:
    return {(edge.source, edge.target) for edge in tables.edges if edge.type == relation}


def test_cities_stand_where_the_vocabulary_has_them() -> None:
    nodes = world().by_id
    for city in vocabulary().cities:
        known = nodes[city.id].properties
        assert (known["name"], known["name_en"], known["code"]) == (city.name, city.name_en, city.code)
        if city.province == "44":
            assert 20 < float(str(known["latitude"])) < 26
            assert 109 < float(str(known["longitude"])) < 118


def test_every_relation_of_a_region_is_an_edge() -> None:
    tables, regions = world(), vocabulary().regions
    assert ends(tables, "inRegion") == {(member, r.id) for r in regions for member in r.members} != set()
    assert (
        ends(tables, "administeredByCity") == {(r.id, r.administered_by) for r in regions if r.administered_by} != set()
    )
    assert ends(tables, "standsInCity") == {(r.id, r.stands_in) for r in regions if r.stands_in} != set()
    assert {edge.properties["origin"] for edge in tables.edges} == {"vocabulary"}
