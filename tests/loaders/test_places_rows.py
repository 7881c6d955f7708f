"""Places, supply and transfers as rows: the right classes and edges, and no shape broken."""

import hashlib
from pathlib import Path

import pytest

from graph.check import shape_violations
from graph.mapping import Collector, Context
from graph.mapping.places import place_fact_rows, supply_rows, transfer_rows
from graph.rdf import to_rdflib
from graph.tables import Node, Tables
from graph.world import document_rows, vocabulary_rows
from loaders.document.document import parse
from loaders.document.source import Source, read
from loaders.places.places import places
from loaders.places.transfers import transfers
from loaders.supply.supply import supply
from ontology.facts_places import PlaceFact, SupplyFact, TransferFact
from ontology.vocabulary import vocabulary

DOCUMENTS = sorted((Path(__file__).parents[2] / "data" / "documents").glob("*.txt"))
BOX = "## 5. 智能机器人\n\n### 专栏 7 智能机器人重点细分领域发展空间布局\n\n1.割草机。{}\n"


def rows(source: Source) -> Collector:
    context = Context(vocabulary(), {}, lambda evidence: None)
    collector = Collector()
    collector.add(vocabulary_rows(vocabulary()))
    collector.add(document_rows(source.file, source.sha256, None))
    document = parse(source)
    for fact in (*places(document).facts, *supply(document).facts, *transfers(document).facts):
        if isinstance(fact, PlaceFact):
            collector.add(place_fact_rows(fact, context))
        elif isinstance(fact, SupplyFact):
            collector.add(supply_rows(fact, context))
        elif isinstance(fact, TransferFact):
            collector.add(transfer_rows(fact, context))
    return collector


def of(sentences: str) -> Collector:
    text = BOX.format(sentences)
    return rows(Source("test.txt", hashlib.sha256(text.encode()).hexdigest(), text))


def named(collector: Collector, cls: str) -> dict[str, Node]:
    return {str(node.properties.get("name", node.id)): node for node in collector.nodes.values() if node.cls == cls}


def targets(collector: Collector, source: str, relation: str) -> set[str]:
    return {edge.target for edge in collector.edges.values() if edge.source == source and edge.type == relation}


def test_kinds_become_classes() -> None:
    found = of("湛江建设海湾机器人产业园和海湾检测中心。阳江依托海韵实验室发展整机。珠海以远山珠海机器人项目为龙头。")
    assert {"海湾机器人产业园"} <= set(named(found, "Site"))
    assert {"海湾检测中心", "海韵实验室"} <= set(named(found, "Platform"))
    assert set(named(found, "Project")) == {"远山珠海机器人项目"}


def test_a_place_is_in_its_city_and_a_district_is_that_of_the_vocabulary() -> None:
    found = of("韶关以浈江区为核心，建设海湾机器人产业园。")
    district = vocabulary().district_names()["浈江区"]
    assert named(found, "Site")["浈江区"].id == district.id
    assert targets(found, district.id, "locatedIn") == {vocabulary().city("韶关").id}


def test_a_description_shared_by_cities_is_a_place_in_each_and_a_name_is_one_place() -> None:
    found = of("湛江、茂名打造割草机产业园。推进肇庆（云浮）产业转移园建设。")
    ids = {node.id for node in found.nodes.values() if node.properties.get("name") == "割草机产业园"}
    assert {target for one in ids for target in targets(found, one, "locatedIn")} == {
        vocabulary().city("湛江").id,
        vocabulary().city("茂名").id,
    }
    assert len(ids) == 2
    park = named(found, "Site")["肇庆（云浮）产业转移园"].id
    assert len(targets(found, park, "locatedIn")) == 2


def test_the_site_of_a_transfer_is_the_place_that_is_named() -> None:
    found = of("推进肇庆（云浮）产业转移园建设。")
    (transfer,) = (node.id for node in found.nodes.values() if node.cls == "Transfer")
    assert targets(found, transfer, "aboutSite") == {named(found, "Site")["肇庆（云浮）产业转移园"].id}
    assert targets(found, transfer, "transferFrom") == {vocabulary().city("肇庆").id}
    assert targets(found, transfer, "transferTo") == {vocabulary().city("云浮").id}


def test_a_link_goes_from_upstream_to_downstream_and_a_subsector_is_itself() -> None:
    found = of("加强刀盘等关键零部件配套。")
    (link,) = (node.id for node in found.nodes.values() if node.cls == "SupplyLink")
    assert targets(found, link, "upstream") == {named(found, "Product")["刀盘"].id}
    assert targets(found, link, "downstream") == {named(found, "Subsector")["割草机"].id}
    assert targets(found, link, "aboutCluster") == {vocabulary().cluster("智能机器人").id}


def test_stages_of_two_chains_are_two_nodes() -> None:
    found = of("打造涵盖设计、总装等环节的割草机产业链。打造涵盖设计、检测等环节的剪枝机产业链。")
    assert len([n for n in found.nodes.values() if n.cls == "Product" and n.properties["name"] == "设计"]) == 2


def test_one_link_for_each_pair_of_places() -> None:
    found = of("以湛江、茂名为核心，以揭阳、云浮等市为配套，打造产业链。")
    assert len([n for n in found.nodes.values() if n.cls == "SupplyLink"]) == 4


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_no_shape_is_broken(path: Path) -> None:
    found = rows(read(path))
    tables = Tables(tuple(found.nodes.values()), tuple(found.edges.values()))
    assert list(shape_violations(to_rdflib(tables))) == []
