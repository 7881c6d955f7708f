"""How figures, tasks and citations become rows: valid by the shapes, and resolved to the right nodes."""

import hashlib
from collections.abc import Mapping

import pytest

from graph import identity
from graph.check import shape_violations
from graph.mapping import MAPPINGS
from graph.mapping.rows import Collector, Context
from graph.mapping.statements import policy_rows
from graph.mapping.work import cited_numbers, statute
from graph.rdf import to_rdflib
from graph.shortcuts import shortcuts
from graph.tables import Edge, Node, Tables
from graph.world import document_rows, vocabulary_rows
from loaders.document.document import parse
from loaders.document.source import Source
from loaders.policy.citations import citations
from loaders.policy.policies import policies
from loaders.targets.targets import targets
from loaders.tasks.tasks import tasks
from ontology.facts import Evidence, PolicyFact
from ontology.vocabulary import vocabulary

CITY = (
    "# 东莞市人民政府关于印发《东莞市智能机器人产业集群行动方案（2023—2025年）》的通知\n\n东府〔2023〕8号\n\n"
    "现将《东莞市智能机器人产业集群行动方案（2023—2025年）》印发给你们。\n\n东莞市人民政府\n\n2023年3月1日\n\n"
    "# 东莞市智能机器人产业集群行动方案（2023—2025年）\n\n"
    "依据《广东省机器人行动计划》（粤工信〔2022〕6号）和预算法，落实《广东省机器人意见》，制定本方案。\n\n"
    "## 一、目标\n\n到2025年，智能机器人产业营业收入达到400亿元，建成园区3-5个，2023—2025年新增企业60家。\n\n"
    "## 二、任务\n\n（一）建设平台。2024年底前完成。（市科技局牵头，市财政局、长安镇、市机器人办负责）\n\n附件：任务清单\n"
)
PROVINCE = (
    "# 浙江省机器人产业促进办法\n\n第一条 省经济和信息化厅负责统筹，省科技厅负责研发。\n\n"
    "第二条 《浙江省机器人暂行办法》同时废止。\n"
)


def tables(*texts: str, named: Mapping[str, str] | None = None) -> Tables:
    documents = [parse(Source(f"{i}.txt", hashlib.sha256(t.encode()).hexdigest(), t)) for i, t in enumerate(texts)]
    facts = [fact for document in documents for fact in policies(document).facts if isinstance(fact, PolicyFact)]
    known = identity.policy_ids(facts)

    def edition(evidence: Evidence) -> str | None:
        head = identity.plain(evidence.section[0]) if evidence.section else ""
        return next(
            (i for f, i in known.items() if head in {identity.plain(f.title_as_printed), identity.plain(f.title)}), None
        )

    cited = [fact for document in documents for fact in citations(document).facts]
    context = Context(vocabulary(), known, edition, named or {}, cited_numbers(cited))
    collector = Collector()
    collector.add(vocabulary_rows(vocabulary()))
    collector.add(Node(one, "Policy", {"name": title, "draft": False}) for title, one in (named or {}).items())
    for document in documents:
        collector.add(document_rows(document.source.file, document.source.sha256, None))
        for loader in (targets, tasks, citations):
            for fact in loader(document).facts:
                collector.add(MAPPINGS[type(fact)](fact, context))
    for fact in facts:
        collector.add(policy_rows(fact, context))
    said = list(collector.edges.values())
    return Tables.of(collector.nodes.values(), [*said, *shortcuts(collector.nodes, said)])


@pytest.fixture(scope="module")
def built() -> Tables:
    return tables(CITY, PROVINCE)


def edges(built: Tables, kind: str) -> set[tuple[str, str]]:
    return {(edge.source, edge.target) for edge in built.edges if edge.type == kind}


def test_the_rows_satisfy_the_shapes(built: Tables) -> None:
    assert list(shape_violations(to_rdflib(built))) == []
    ids = {node.id for node in built.nodes}
    assert all(edge.source in ids and edge.target in ids for edge in built.edges)


def test_citations_resolve_by_number_and_by_title(built: Tables) -> None:
    policy = "policy/东府-2023-8"
    assert edges(built, "basedOn") == {(policy, "policy/粤工信-2022-6"), (policy, "policy/中华人民共和国预算法")}
    assert edges(built, "implements") == {(policy, "policy/广东省机器人意见")}
    assert edges(built, "repeals") == {("policy/浙江省机器人产业促进办法", "policy/浙江省机器人暂行办法")}
    assert (f"{policy}/任务清单", policy) in edges(built, "partOf")
    stub = next(node for node in built.nodes if node.id == "policy/粤工信-2022-6")
    assert (stub.properties["name"], stub.properties["doc_number"]) == ("广东省机器人行动计划", "粤工信〔2022〕6号")


def test_every_relation_between_policies_is_of_a_citation_with_its_evidence(built: Tables) -> None:
    between = ("basedOn", "implements", "repeals", "partOf")
    relations = [edge for edge in built.edges if edge.type in between and built.by_id[edge.target].cls == "Policy"]
    assert len(relations) == 5
    for edge in relations:
        citation = built.by_id[str(edge.properties["via"])]
        assert (citation.cls, citation.properties["relation"]) == ("Citation", edge.properties["relation"])
        (evidence,) = (e.target for e in built.edges if e.type == "evidencedBy" and e.source == citation.id)
        name = str(built.by_id[edge.source if edge.type == "partOf" else edge.target].properties["name"])
        assert name.removeprefix("中华人民共和国") in str(built.by_id[evidence].properties["quote"])


def test_a_title_alone_reaches_the_policy_that_the_manifest_or_another_citation_names() -> None:
    second = (
        "# 惠州市机器人办法\n\n惠府〔2024〕1号\n\n一、根据《广东省机器人行动计划》和《广东省人民政府关于机器人发展的意见》，"
        "落实《关于机器人发展的意见》，制定本办法。\n"
    )
    named = {"广东省人民政府关于机器人发展的意见": "policy/粤府函-2020-1"}
    both = tables(CITY, second, named=named)
    policy = "policy/惠府-2024-1"
    assert edges(both, "basedOn") >= {(policy, "policy/粤工信-2022-6"), (policy, "policy/粤府函-2020-1")}
    assert edges(both, "implements") >= {(policy, "policy/粤府函-2020-1")}
    two = {"广东省机器人发展的意见（2020年）": "policy/a", "广东省机器人发展的意见（2021年）": "policy/b"}
    assert ("policy/惠府-2024-1", "policy/关于机器人发展的意见") in edges(tables(second, named=two), "implements")


def test_a_cited_policy_that_is_here_is_its_own_node() -> None:
    both = tables(CITY, "# 广东省机器人行动计划\n\n粤工信〔2022〕6号\n\n一、目标\n\n建设产业集群，形成优势。\n")
    named = [node for node in both.nodes if node.id == "policy/粤工信-2022-6"]
    assert len(named) == 1
    assert ("policy/东府-2023-8", "policy/粤工信-2022-6") in edges(both, "basedOn")


def test_agencies_are_those_of_the_policy(built: Tables) -> None:
    led, shared = edges(built, "ledBy"), edges(built, "sharedBy")
    assert {target for _, target in led} == {"agency/441900/市科技局"}
    assert {target for _, target in shared} == {
        "agency/441900/市财政局",
        "agency/441900/长安镇人民政府",
        "agency/市机器人办",
        "agency/浙江省经济和信息化厅",
        "agency/浙江省科学技术厅",
    }


def test_figures(built: Tables) -> None:
    figures = {node.properties["indicator"]: node for node in built.nodes if node.cls == "Figure"}
    revenue, parks, firms = figures["营业收入"], figures["园区"], figures["企业"]
    assert (firms.properties["value"], firms.properties["year"], firms.properties["printed"]) == (
        60.0,
        2025,
        "2023-2025",
    )
    assert (revenue.properties["value"], revenue.properties["year"]) == (400.0, 2025)
    assert (parks.properties["value_text"], parks.properties.get("value")) == ("3-5", None)
    cluster = vocabulary().cluster("智能机器人").id
    assert (revenue.id, cluster) in edges(built, "aboutCluster")
    assert (revenue.id, cluster) in edges(built, "subject")
    assert {target for _, target in edges(built, "aboutPlace")} == {"city/441900"}
    assert ("policy/东府-2023-8", revenue.id) in edges(built, "provides")


def test_a_task_has_its_deadline_as_a_date(built: Tables) -> None:
    task = next(node for node in built.nodes if node.cls == "Task" and node.properties["name"] == "建设平台")
    assert (task.properties["deadline"], task.properties["deadline_printed"]) == ("2024-12-31", "2024年底前")
    assert task.id.startswith("policy/东府-2023-8/task/")
    assert any(isinstance(edge, Edge) and edge.target == task.id and edge.type == "provides" for edge in built.edges)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("行政许可法", "中华人民共和国行政许可法"),
        ("中华人民共和国预算法", "中华人民共和国预算法"),
        ("民法典", "中华人民共和国民法典"),
        ("广东省促进条例", "广东省促进条例"),
        ("奖励办法", "奖励办法"),
    ],
)
def test_statutes(title: str, name: str) -> None:
    assert statute(title) == name
