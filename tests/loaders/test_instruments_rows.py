"""The rows of instruments, criteria and deadlines fit the ontology and hang together."""

import hashlib
import json

from graph.check import shape_violations
from graph.identity import policy_ids
from graph.mapping import MAPPINGS
from graph.mapping.rows import Collector, Context
from graph.mapping.statements import policy_rows
from graph.rdf import to_rdflib
from graph.tables import Tables
from graph.world import document_rows, vocabulary_rows
from loaders.document.document import parse
from loaders.document.source import Source
from loaders.money.criteria import criteria
from loaders.money.deadlines import deadlines
from loaders.money.instruments import instruments
from loaders.policy.parts import parts, with_heads
from loaders.policy.policies import policies
from ontology.facts import Evidence, PolicyFact
from ontology.model import model
from ontology.vocabulary import vocabulary

TEXT = """# 广东省工业和信息化厅关于印发广东省云平台奖励办法的通知

粤工信规字〔2029〕7号

各市工业和信息化局：

现将《广东省云平台奖励办法》印发给你们。

广东省工业和信息化厅

2029年4月5日

# 广东省云平台奖励办法

第一条 申报云平台奖励的企业应同时符合下列条件：

（一）在本省登记注册、具有独立法人资格；

（二）上年度营业收入2000万元以上；或拥有发明专利3件以上。

第二条 奖励标准。对珠三角地区（广州、佛山、东莞市，下同）设备投入达到500万元、1000万元以上的平台，分别按设备投入的5%、8%给予奖励，单个平台最高300万元。

第三条 对新认定的省级平台，给予20万元奖励，各市应于每年6月底前将名单报省工业和信息化厅。

第四条 对评审合格的企业，确认其为“广东省示范云平台企业”并发布名单，有效期三年。

第五条 本办法自2029年5月1日起施行，有效期5年。
"""


def collected() -> Collector:
    document = parse(Source("test.txt", hashlib.sha256(TEXT.encode()).hexdigest(), TEXT))
    document = with_heads(document, parts(document))
    found = [fact for fact in policies(document).facts if isinstance(fact, PolicyFact)]
    ids = policy_ids(found)

    def edition(_: Evidence) -> str:
        return next(iter(ids.values()))

    context = Context(vocabulary(), ids, edition)
    rows = Collector()
    rows.add(vocabulary_rows(vocabulary()))
    rows.add(document_rows(document.source.file, document.source.sha256, None))
    for policy in found:
        rows.add(policy_rows(policy, context))
    for fact in (*instruments(document).facts, *criteria(document).facts, *deadlines(document).facts):
        rows.add(MAPPINGS[type(fact)](fact, context))
    return rows


def test_rows_fit_the_shapes_and_the_ontology() -> None:
    rows, ontology = collected(), model()
    assert list(shape_violations(to_rdflib(Tables.of(rows.nodes.values(), rows.edges.values())))) == []
    for node in rows.nodes.values():
        known = ontology.properties(node.cls)
        assert set(node.properties) <= set(known), node
        assert {name for name, p in known.items() if p.required} <= set(node.properties), node
    for edge in rows.edges.values():
        relation = ontology.relations[edge.type]
        for end, classes in ((edge.source, relation.domain), (edge.target, relation.range)):
            if end in rows.nodes:
                assert set(ontology.labels(rows.nodes[end].cls)) & set(classes), edge


def test_no_edge_leads_nowhere() -> None:
    rows = collected()
    for edge in rows.edges.values():
        assert {edge.source, edge.target} <= set(rows.nodes), edge


def test_benefits_conditions_and_scope_are_reached_from_the_policy() -> None:
    rows = collected()
    by_cls: dict[str, list[str]] = {}
    for node in rows.nodes.values():
        by_cls.setdefault(node.cls, []).append(node.id)
    policy = "policy/粤工信规字-2029-7"
    provided = {edge.target for edge in rows.edges.values() if edge.type == "provides" and edge.source == policy}
    assert set(by_cls["Instrument"]) | set(by_cls["Recognition"]) | set(by_cls["Deadline"]) == provided
    ladder = next(n for n in rows.nodes.values() if n.cls == "Benefit" and "steps" in n.properties)
    steps = json.loads(str(ladder.properties["steps"]))
    assert [(step["from"]["value"], step["ratio"]) for step in steps] == [(500, 0.05), (1000, 0.08)]
    assert (ladder.properties["cap"], ladder.properties["cap_per"]) == (3_000_000, "单个平台")
    cities = {e.target for e in rows.edges.values() if e.type == "availableIn" and e.source == ladder.id}
    assert cities == {vocabulary().city(name).id for name in ("广州", "佛山", "东莞")}
    reached = _below(
        rows, next(e.source for e in rows.edges.values() if e.type == "hasBenefit" and e.target == ladder.id)
    )
    whats = {rows.nodes[name].properties.get("what") for name in reached}
    assert {"equipment", "revenue", "patents", "registered"} <= whats
    assert {rows.nodes[name].properties["logic"] for name in reached} >= {"all", "any", "leaf"}


def _below(rows: Collector, root: str) -> set[str]:
    found, todo = set[str](), [root]
    while todo:
        name = todo.pop()
        more = {e.target for e in rows.edges.values() if e.type == "requires" and e.source == name} - found
        found |= more
        todo += more
    return found


def test_a_title_is_a_recognition() -> None:
    rows = collected()
    (title,) = [node for node in rows.nodes.values() if node.cls == "Recognition"]
    assert (title.properties["name"], title.properties["valid_years"]) == ("广东省示范云平台企业认定", 3)


def test_every_row_of_the_same_facts_is_the_same() -> None:
    one, other = collected(), collected()
    assert (one.nodes, one.edges) == (other.nodes, other.edges)
