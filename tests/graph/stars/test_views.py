"""What leaves the package: rows of the graph, facts, the matrix, reasons, editions and their differences."""

import json
from dataclasses import replace

from graph.check import shape_violations
from graph.mapping import Collector, Context, fact_rows
from graph.mapping.rows import evidence_rows
from graph.rdf import to_rdflib
from graph.shortcuts import shortcuts
from graph.stars.diff import diff
from graph.stars.editions import by_roles, editions
from graph.stars.layout import ROLES, STARS, Cell, Layout, Override
from graph.stars.reconcile import reconcile
from graph.stars.rows import assignment_id, assignment_rows, star_facts
from graph.stars.table import doubt, sign, tie, why
from graph.tables import Edge, Node, Tables
from graph.world import document_rows, vocabulary_rows
from ontology.facts import Evidence, LayoutFact, Span, WitnessFact, record
from ontology.model import model
from ontology.vocabulary import vocabulary
from tests.graph.stars import samples
from tests.graph.stars.measure import trust
from tests.graph.stars.samples import TRUTH, page, read, solved


def cell(cluster: str, city: str, level: int | None = None, *, present: bool = True, confidence: float = 0.99) -> Cell:
    return Cell(
        cluster=cluster,
        city=city,
        present=present,
        level=level,
        confidence=confidence,
        level_confidence=None,
        inferred=(present, level),
        opposite=4.0,
        undecided=False,
    )


def layout(*cells: Cell, scale: str = STARS, open_lists: frozenset[str] = frozenset()) -> Layout:
    clusters, cities = dict.fromkeys(c.cluster for c in cells), dict.fromkeys(c.city for c in cells)
    return Layout("policy/p", scale, tuple(clusters), tuple(cities), cells, open_lists=open_lists)


def tables(one: Layout, text: str, *, current: bool = True) -> Tables:
    """The graph of a page with its witnesses and Assignments."""
    collector = Collector()
    collector.add(vocabulary_rows(vocabulary()))
    collector.add(document_rows("page.txt", "0" * 64, None))
    collector.add(
        [Node("policy/p", "Policy", {"name": "某规划", "kind": "plan", "draft": False, "title_as_printed": "某规划"})]
    )
    context = Context(vocabulary(), {}, lambda _: "policy/p")
    for fact in read(text):
        collector.add(fact_rows(fact, context))
    collector.add(assignment_rows(one, vocabulary(), current=current))
    edges = list(collector.edges.values())
    return Tables.of(collector.nodes.values(), [*edges, *shortcuts(collector.nodes, edges)])


def test_every_cell_becomes_an_assignment_with_witnesses_and_evidence() -> None:
    text = page()
    made = tables(solved(text), text)
    held = {node.id: node for node in made.nodes if node.cls == "Assignment"}
    assert len(held) == 24
    own = model().properties("Assignment")
    for node in held.values():
        assert node.properties.keys() <= own.keys()
        assert {name for name, p in own.items() if p.required} <= node.properties.keys()
        edges = [edge for edge in made.edges if edge.source == node.id]
        assert [e.type for e in edges if e.type in ("aboutPlace", "aboutCluster", "edition")] == [
            "aboutCluster", "aboutPlace", "edition",
        ]  # fmt: skip
        assert {e.target for e in edges if e.type == "supportedBy"}
        assert [e for e in edges if e.type == "evidencedBy"]
        assert all(e.properties["origin"] == "rule" for e in edges if e.type in ("aboutPlace", "supportedBy"))
    assert all(edge.target in made.by_id for edge in made.edges if edge.source in held)
    hosts = [edge for edge in made.edges if edge.type == "hosts"]
    assert len(hosts) == sum(level > 0 for row in TRUTH.values() for level in row)
    assert {edge.properties["level"] for edge in hosts} == {1, 2, 3}
    assert all(edge.properties["via"] in held for edge in hosts)


def test_only_the_current_edition_gives_hosts() -> None:
    text = page()
    assert not [edge for edge in tables(solved(text), text, current=False).edges if edge.type == "hosts"]


def test_assignments_keep_the_shapes() -> None:
    text = page(lists={"东莞": ("数字创意", "前沿新材料", "智能机器人")})
    made = tables(solved(text), text)
    kept = {n.id for n in made.nodes if n.cls in ("Assignment", "Witness", "Evidence", "City", "Cluster")}
    kept |= {"policy/p", *(n.id for n in made.nodes if n.cls in ("Document", "Region", "Category", "Province"))}
    part = Tables.of(
        [n for n in made.nodes if n.id in kept], [e for e in made.edges if e.source in kept and e.target in kept]
    )
    assert [v for v in shape_violations(to_rdflib(part)) if v.node.startswith("assignment/")] == []
    broken = Tables.of(
        part.nodes, [e for e in part.edges if not (e.type == "evidencedBy" and e.source.startswith("assignment/"))]
    )
    assert len({v.node for v in shape_violations(to_rdflib(broken)) if v.node.startswith("assignment/")}) == 24


def test_ids_are_made_of_edition_cluster_and_city() -> None:
    assert assignment_id("policy/粤府-2021-53", "cluster/gd20/automobiles", "city/441900") == (
        "assignment/粤府-2021-53/gd20/automobiles/441900"
    )
    rows = list(assignment_rows(samples.bundled(), vocabulary(), current=True))
    nodes = [row.id for row in rows if isinstance(row, Node) and row.cls == "Assignment"]
    assert len(set(nodes)) == len(nodes) == 420
    known = {str(record(fact)["id"]) for fact in (*samples.plan(), *samples.opinion())}
    targets = {row.target for row in rows if isinstance(row, Edge) and row.type in ("supportedBy", "opposedBy")}
    assert targets
    assert targets <= known


def test_what_speaks_against_a_cell_is_evidence_of_it_too() -> None:
    text = page(lists={"东莞": ("数字创意", "前沿新材料", "智能机器人")})
    one = solved(text)
    held = one.cell("智能机器人", "东莞")
    assert held is not None
    assert held.opposes
    rows = list(assignment_rows(one, vocabulary(), current=True))
    id_ = assignment_id("policy/p", vocabulary().cluster("智能机器人").id, vocabulary().city("东莞").id)
    found = {row.target for row in rows if isinstance(row, Edge) and row.type == "evidencedBy" and row.source == id_}
    for voice in (*held.supports, *held.opposes):
        own = evidence_rows(id_, voice.fact.evidence)
        assert {row.target for row in own if isinstance(row, Edge) and row.type == "evidencedBy"} <= found


def test_star_facts_have_the_fields_of_the_contract() -> None:
    facts = star_facts([samples.bundled()])
    assert len(facts) == 420
    fields = {"cluster", "city", "edition", "present", "level", "confidence", "level_confidence", "sources", "override"}
    assert all(fields <= fact.keys() for fact in facts)
    assert len({fact["id"] for fact in facts}) == 420
    again = json.loads(json.dumps(facts[0], ensure_ascii=False))
    assert again["sources"]["for"][0].keys() >= {"id", "says", "file", "line", "cite", "quote"}
    assert {fact["edition"] for fact in facts} == {samples.EDITION}


def test_signs_of_doubt() -> None:
    known = cell("a", "b", 2)
    assert sign(known) == "★★"
    assert sign(replace(known, level=None)) == "●"
    assert sign(replace(known, confidence=0.899)) == "★★？"
    assert sign(replace(known, confidence=0.9)) == "★★"
    assert sign(replace(known, level_confidence=0.899)) == "★★？"
    assert sign(replace(known, level=None, level_confidence=0.899)) == "●"
    assert sign(replace(known, level_confidence=0.5, override=3)).endswith("#")
    assert sign(replace(known, undecided=True, confidence=0.51)) == "★★??"
    assert sign(replace(known, present=False, level=None, undecided=True)) == "??"
    assert sign(None) == ""
    assert doubt(known) == ""
    assert doubt(replace(known, level=None, confidence=0.89)) == "把握 0.89；星级不明"
    assert doubt(replace(known, level_confidence=0.8968)) == "星级把握 0.897"
    assert doubt(replace(known, undecided=True)).startswith("未决")


def test_reasons_name_the_witnesses_with_their_lines() -> None:
    text = page(lists={"东莞": ("数字创意", "前沿新材料", "智能机器人")})
    one = solved(text)
    held, other = one.cell("智能机器人", "东莞"), one.cell("新能源", "广州")
    assert held is not None
    assert other is not None
    assert doubt(held) == "1 项见证相反"
    reasons = why(held)
    assert (reasons[0].side, reasons[0].words) == ("held", f"未标星，把握 {held.confidence:.3f}")
    at = text.split("\n")
    item = at.index("- ★ 智能机器人", at.index("东莞 (2)")) + 1
    (against,) = (reason for reason in reasons if reason.side == "listed")
    assert (against.words, against.file, against.line) == ("地图上东莞的清单列有此集群", "page.txt", item)
    assert (against.quote, against.cite) == ("★ 智能机器人", held.opposes[0].fact.evidence.cite)
    row = next(i for i, line in enumerate(at, 1) if line.startswith("智能机器人\t"))
    said = {(reason.side, reason.words, reason.line) for reason in reasons}
    assert {("unlisted", "星表此格空白", row), ("unlisted", "行合计：智能机器人有 3 个城市", row)} <= said
    assert (reasons[-1].side, reasons[-1].line) == ("rival", None)
    assert reasons[-1].words == f"若认定为列入：其他格不变，代价多 {held.opposite:.2f}"
    assert why(other)[0].words.startswith("列入（核心，星级把握 ")
    assert {reason.side for reason in why(other)[1:-1]} == {"listed"}
    assert why(other)[-1].words.startswith("若认定为未标星：")
    assert [voice.says for voice in (*other.supports, *other.opposes, *other.silent) if voice.silence] == []


def test_a_cell_that_nobody_decides_lists_the_witnesses_that_tie() -> None:
    """Rows full of one star, whose totals say that half of the cities are listed, and nothing that says which."""
    text = page(rows=dict.fromkeys(samples.CLUSTERS, (2,) * 6), totals=dict.fromkeys(samples.CLUSTERS, 3))
    cells = [f for f in read(text) if isinstance(f, WitnessFact) and f.source in ("cell", "row_total")]
    held = reconcile(cells, trust()).cells
    assert sum(one.present for one in held) == 3 * len(samples.CLUSTERS)
    line = next(i for i, row in enumerate(text.split("\n"), 1) if row.startswith("数字创意\t"))
    for one in held:
        assert one.undecided
        assert sign(one).endswith("??")
        assert "未决" in why(one)[0].words
        said = tie(one)
        assert said.startswith(f"未决 {one.cluster}·{one.city}：")
        assert f"行合计：{one.cluster}有 3 个城市（第 " in said
        if one.cluster == "数字创意":
            assert f"星表此格印★★（第 {line} 行）" in said
    against = replace(held[0], present=True, inferred=(True, None), supports=held[0].silent[:1], silent=())
    assert tie(against).endswith(
        f"支持列入：{held[0].silent[0].says}（第 {held[0].silent[0].fact.evidence.span.line} 行）"
    )
    assert "支持未标星" in tie(replace(against, inferred=(False, None)))
    assert tie(cell("a", "b", 2)) == ""


def test_an_override_reaches_the_graph_with_its_level() -> None:
    text = page()
    given = Override("policy/p", "数字创意", "深圳", 1, "复函", "2022", "张三", "stars.csv", 2)
    taken = Override("policy/p", "新能源", "广州", 0, "复函", "2022", "张三", "stars.csv", 3)
    made = tables(solved(text, overrides=(given, taken)), text)
    ends = [(vocabulary().cluster(o.cluster).id, vocabulary().city(o.city).id) for o in (given, taken)]
    nodes = [made.by_id[assignment_id("policy/p", *end)] for end in ends]
    assert [(n.properties["present"], n.properties.get("level"), n.properties["override"]) for n in nodes] == [
        (True, 1, True),
        (False, None, True),
    ]
    hosts = {e.properties["via"]: e.properties.get("level") for e in made.edges if e.type == "hosts"}
    assert hosts[nodes[0].id] == 1
    assert nodes[1].id not in hosts


# Editions and differences


def named(
    cluster: str, city: str | None, *, subsector: str | None = None, sha: str = "1" * 64, open_list: bool = True
) -> LayoutFact:
    span = Span(len(cluster), 9, 7, f"{city}发展{cluster}", "")
    evidence = Evidence("opinion.txt", sha, span, (), ("某意见",), "《某意见》", "规范性文件")
    return LayoutFact(
        cluster=cluster, subsector=subsector, city=city, region=None if city else "珠三角", role="core", products=(),
        open_list=open_list, evidence=evidence,
    )  # fmt: skip


def test_editions_are_plans_with_tables_and_texts_that_place_most_clusters() -> None:
    policies = {"0" * 64: "policy/plan", "1" * 64: "policy/opinion", "2" * 64: "policy/other"}
    opinion = [
        named("新能源", "广州"),
        named("数字创意", "深圳"),
        named("前沿新材料", "东莞"),
        named("智能机器人", None),
    ]
    other = [named("新能源", "珠海", sha="2" * 64), named("数字创意", "珠海", sha="2" * 64, subsector="动漫")]
    found = editions(
        [*opinion, *read(page()), *other],
        lambda evidence: policies[evidence.sha256],
        {"policy/plan": "2021-07-30", "policy/opinion": "2020-05-18"},
        trust(),
    )
    assert [(one.edition, one.scale) for one in found] == [("policy/opinion", ROLES), ("policy/plan", STARS)]
    assert len(found[0].cells) == 3
    assert len(found[1].cells) == 24
    before = found[1].cell("数字创意", "深圳")
    assert before is not None
    assert "上一版点名" in [voice.says for voice in (*before.supports, *before.opposes, *before.silent)]
    assert sum("上一版点名" in [v.says for v in (*c.supports, *c.opposes, *c.silent)] for c in found[1].cells) == 3
    assert editions(other, lambda evidence: policies[evidence.sha256], {}, trust()) == ()


def test_a_text_names_cells_and_leaves_the_others_open() -> None:
    one = by_roles([named("新能源", "广州"), named("新能源", None), named("新能源", "深圳", subsector="风电")], trust())
    assert [(c.cluster, c.city, c.present, c.level) for c in one.cells] == [("新能源", "广州", True, None)]
    assert one.cell("新能源", "深圳") is None
    assert one.open_lists == {"新能源"}
    (held, reason) = why(one.cells[0], ROLES)
    assert (held.side, held.words) == ("held", "点名（不分星级），把握 0.960")
    assert (reason.side, reason.words, reason.file, reason.line) == ("named", "点名（以其为核心）", "opinion.txt", 7)


def test_diff_between_two_tables_says_what_changed() -> None:
    old = layout(
        cell("k", "a", 3),
        cell("k", "b", 1),
        cell("k", "c", present=False),
        cell("k", "d", 2),
        cell("k", "e"),
        cell("k", "f", 2),
    )
    new = layout(
        cell("k", "a", 2),
        cell("k", "b", 2),
        cell("k", "c", 1),
        cell("k", "d", present=False),
        cell("k", "e", 3),
        cell("k", "f", 2),
    )
    said = {change.city: (change.change, change.words) for change in diff(old, new)}
    assert said == {
        "a": ("lowered", "降级"),
        "b": ("raised", "升级"),
        "c": ("added", "新增"),
        "d": ("removed", "取消"),
        "e": ("unknown", "两版均列入，星级不明，无从比较"),
    }


def test_diff_between_scales_never_says_added() -> None:
    old = layout(cell("k", "a"), cell("k", "b"), scale=ROLES, open_lists=frozenset({"k"}))
    new = layout(cell("k", "a", 3), cell("k", "b", present=False), cell("k", "c", 1), cell("k", "d", present=False))
    said = {change.city: (change.change, change.words) for change in diff(old, new, old_name="2020", new_name="2021")}
    assert said == {
        "a": ("both", "2020 点名，2021 列入"),
        "b": ("only_old", "2020 点名，2021 未标星"),
        "c": ("only_new", "2021 列入，2020 未点名"),
    }
    assert diff(old, new)[0].record()["new_level"] == 3
    guess = replace(old, cells=tuple(replace(one, confidence=0.6) for one in old.cells))
    assert {row.record()["confidence"] for row in diff(guess, new) if row.old is not None} == {0.6}
    assert {row.record()["confidence"] for row in diff(new, guess) if row.new is not None} == {0.6}


def test_diff_between_two_texts_says_added_only_where_the_older_list_is_closed() -> None:
    old = layout(cell("k", "a"), cell("m", "a"), scale=ROLES, open_lists=frozenset({"k"}))
    new = layout(cell("k", "a"), cell("k", "b"), cell("m", "a"), cell("m", "b"), scale=ROLES)
    said = {(change.cluster, change.city): change.words for change in diff(old, new)}
    assert said == {
        ("k", "a"): "旧版 点名，新版 点名",
        ("k", "b"): "新版 点名，旧版 未点名",
        ("m", "b"): "新增",
    }


def test_the_bundled_editions_differ_without_additions() -> None:
    old = by_roles(samples.opinion(), trust(), edition=samples.EARLIER)
    assert len({c.cluster for c in old.cells}) >= 14
    changes = diff(old, samples.bundled(), old_name="2020", new_name="2021")
    assert {change.change for change in changes} == {"both", "only_old", "only_new"}
    assert len(changes) > 200
