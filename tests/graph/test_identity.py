"""Ids of what documents name."""

import random
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusteratlas import Atlas
from graph.assembling import assemble
from graph.identity import number_id, policy_ids
from graph.identity.firms import parts
from graph.identity.joining import CHAIN, Join, joined, joins
from graph.reading import read_document
from graph.tables import Edge, Node, digest
from ontology import ids
from ontology.facts import Evidence, PolicyFact, Span
from ontology.vocabulary import vocabulary
from tests.graphs import BOX


def policy(title: str, number: str | None, at: int = 0) -> PolicyFact:
    span = Span(at, at + len(title), 1, title)
    return PolicyFact(
        title=title,
        title_as_printed=title,
        doc_number=number,
        issuers=(),
        issued=None,
        effective=None,
        expires=None,
        policy_kind="measures",
        level=None,
        draft=False,
        evidence=Evidence("t.txt", "0" * 64, span, (), (), title, None),
    )


def test_a_number_is_an_id_and_several_under_one_number_are_counted_from_one() -> None:
    first, second = policy("甲办法", "粤府〔2021〕53号"), policy("乙办法", "粤府〔2021〕53号", 9)
    alone, bare = policy("丙办法", "粤府〔2021〕5号"), policy("丁 规划", None)
    again = replace(first, evidence=replace(first.evidence, sha256="1" * 64))
    known = policy_ids([first, alone, second, bare, again])
    assert known[first] == known[again] == "policy/粤府-2021-53/1"
    assert known[second] == "policy/粤府-2021-53/2"
    assert known[alone] == number_id("粤府 〔2021〕 5 号") == "policy/粤府-2021-5"
    assert known[bare] == "policy/丁规划"


def company(name: str, *cities: str, number: int = 0) -> list[Node | Edge]:
    """A firm and one mention of it for each city."""
    firm = f"company/{name}"
    rows: list[Node | Edge] = [Node(firm, "Company", {"name": name})]
    for city in cities:
        mention = f"companies/{number}-{name}-{city}"
        rows += [
            Node(mention, "Mention", {"relation": "龙头"}),
            Edge("aboutCompany", mention, firm, {}),
            Edge("aboutPlace", mention, vocabulary().city(city).id, {}),
        ]
    return rows


def found(rows: Iterable[Node | Edge]) -> tuple[Join, ...]:
    known = list(rows)
    nodes = {row.id: row for row in known if isinstance(row, Node)}
    return joins(nodes, [row for row in known if isinstance(row, Edge)])


def groups(rows: Iterable[Node | Edge]) -> dict[str, set[str]]:
    """The name that stands -> the names that it stands for."""
    result: dict[str, set[str]] = {}
    for join in found(rows):
        result.setdefault(join.name, set()).add(join.old_name)
    return result


@pytest.mark.parametrize(
    ("firms", "expected"),
    [
        ([("东莞天域", "东莞"), ("天域半导体", "东莞")], {"天域半导体": {"东莞天域"}}),
        ([("天域半导体", "东莞"), ("广东天域半导体股份有限公司",)], {"广东天域半导体股份有限公司": {"天域半导体"}}),
        ([("东莞天域", "东莞"), ("天域半导体", "东莞"), ("广东天域半导体股份有限公司",)],
         {"广东天域半导体股份有限公司": {"天域半导体", "东莞天域"}}),
        ([("华为", "东莞"), ("华为技术有限公司", "深圳")], {"华为技术有限公司": {"华为"}}),
        ([("华为技术有限公司",), ("华为技术",)], {"华为技术有限公司": {"华为技术"}}),
        ([("ＯＰＰＯ",), ("OPPO",), ("oppo",)], {"OPPO": {"ＯＰＰＯ", "oppo"}}),
        ([("立讯精密",), ("立讯精密工业股份有限公司",)], {"立讯精密工业股份有限公司": {"立讯精密"}}),
        ([("深圳市基本半导体有限公司",), ("基本半导体", "深圳")], {"深圳市基本半导体有限公司": {"基本半导体"}}),
    ],
)  # fmt: skip
def test_one_firm_under_several_names(firms: list[tuple[str, ...]], expected: dict[str, set[str]]) -> None:
    assert groups(row for name, *cities in firms for row in company(name, *cities)) == expected


@pytest.mark.parametrize(
    "firms",
    [
        # A trade is not left out where there is no place: a part of a firm, or another firm.
        [("华为", "东莞"), ("华为终端有限公司", "东莞")],
        [("大族", "深圳"), ("大族激光", "深圳")],
        [("格力电器", "珠海"), ("格力集团", "珠海")],
        # Two cities.
        [("中山大洋电机", "中山"), ("江门大洋", "江门")],
        [("中山大洋电机", "中山"), ("江门大洋电机", "江门")],
        # What the name without a place is named for decides, and it is not that place.
        [("东莞天域", "东莞"), ("天域半导体", "深圳")],
        [("东莞天域", "东莞"), ("天域半导体",)],
        # One name that could be the firm of either city.
        [("大洋电机", "中山", "江门"), ("中山大洋", "中山"), ("江门大洋", "江门")],
        # Two trades, two general words.
        [("东莞天域", "东莞"), ("天域半导体", "东莞"), ("天域食品", "东莞")],
        [("TCL",), ("TCL科技",), ("TCL实业",)],
        # The bare core is a firm of its own, so place and core may be its works.
        [("东莞华为", "东莞"), ("华为", "深圳"), ("华为终端", "东莞")],
        # A core that is an industry, a place or nothing.
        [("东莞新能源", "东莞"), ("新能源汽车", "东莞")],
        [("东莞半导体", "东莞"), ("半导体材料", "东莞")],
        [("深圳科技",), ("深圳实业",)],
        # Branches are their own.
        [("中国移动广东公司",), ("中国移动广东分公司",)],
        [("新能源", "东莞"), ("新能安", "东莞"), ("新能德", "东莞")],
    ],
)
def test_firms_that_must_stay_apart(firms: list[tuple[str, ...]]) -> None:
    assert groups(row for name, *cities in firms for row in company(name, *cities)) == {}


def product(*names: str) -> Node:
    return Node(ids.join("product", *names), "Product", {"name": names[-1]})


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("研发与设计", "研发及设计", True),
        ("研发和设计", "研发、设计", True),
        ("研发以及 设计", "研发与设计", True),
        ("５Ｇ基站", "5g 基站", True),
        ("饱和聚酯", "饱聚酯", False),
        ("研发设计", "研发与设计", False),
        ("电子元件", "电子器件", False),
    ],
)
def test_products_that_differ_in_the_joining_word_are_one(one: str, other: str, same: bool) -> None:
    assert bool(found([product(one), product(other)])) is same


def test_a_stage_belongs_to_its_chain() -> None:
    assert found([product("芯片与电路产业链", "设计"), product("芯片及电路全产业链", "设计")])[0].reason == CHAIN
    assert not found([product("芯片产业链", "设计"), product("纺织产业链", "设计"), product("设计")])
    # The same words in another class, or of another city, are another thing.
    park = {city: Node(ids.join("site", city, "智造园"), "Site", {"name": "智造园"}) for city in ("440100", "440300")}
    assert not found([*park.values(), Node("platform/440100/智造园", "Platform", {"name": "智造园"})])


def test_what_a_statement_tells_apart_is_two() -> None:
    one, other = product("电池及材料"), product("电池与材料")
    link: list[Node | Edge] = [
        Node("supply/1", "SupplyLink", {}),
        Edge("upstream", "supply/1", one.id, {}),
        Edge("downstream", "supply/1", other.id, {}),
    ]
    assert len(found([one, other])) == 1
    assert found([one, other, *link]) == ()


def test_a_joined_node_keeps_everything_that_was_said_of_either() -> None:
    rows = [*company("东莞天域", "东莞"), *company("天域半导体", "东莞", number=1)]
    rows += [Node("document/1", "Document", {}), Edge("evidencedBy", "company/东莞天域", "document/1", {})]
    rows += [Edge("evidencedBy", "company/天域半导体", "document/1", {})]
    nodes = {row.id: row for row in rows if isinstance(row, Node)}
    edges = [row for row in rows if isinstance(row, Edge)]
    nodes["company/东莞天域"] = Node("company/东莞天域", "Company", {"name": "东莞天域", "seat": "东莞"})
    after, moved = joined(nodes, edges, joins(nodes, edges))
    assert after["company/天域半导体"].properties == {
        "name": "天域半导体",
        "seat": "东莞",
        "aliases": ("东莞天域",),
        "alias": ("company/东莞天域",),
    }
    assert "company/东莞天域" not in after
    assert sum(edge.type == "aboutCompany" and edge.target == "company/天域半导体" for edge in moved) == 2
    assert sum(edge.type == "evidencedBy" for edge in moved) == 1  # said of both, it stands once
    assert not any("company/东莞天域" in (edge.source, edge.target) for edge in moved)


FIRMS = st.builds(
    lambda place, core, trade, general, form, cities: ((place + core + trade + general + form), tuple(sorted(cities))),
    st.sampled_from(["", "东莞", "深圳市", "广东", "湖南"]),
    st.sampled_from(["天域", "大洋", "OPPO"]),
    st.sampled_from(["", "", "半导体", "电机", "终端"]),
    st.sampled_from(["", "", "科技", "集团"]),
    st.sampled_from(["", "有限公司"]),
    st.sets(st.sampled_from(["东莞", "深圳", "中山"]), max_size=2),
)


@given(st.lists(FIRMS, max_size=7, unique_by=lambda firm: firm[0]), st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_joining_is_an_equivalence_that_no_order_changes(
    firms: list[tuple[str, tuple[str, ...]]], chance: random.Random
) -> None:
    rows = [row for n, (name, cities) in enumerate(firms) for row in company(name, *cities, number=n)]
    one = found(rows)
    chance.shuffle(rows)
    assert found(rows) == one
    kept, old = {join.id for join in one}, [join.old for join in one]
    assert kept.isdisjoint(old)  # so that what a node stands for is found in one step
    assert len(old) == len(set(old))
    assert all(join.reason for join in one)
    nodes = {row.id: row for row in rows if isinstance(row, Node)}
    edges = [row for row in rows if isinstance(row, Edge)]
    after = joined(nodes, edges, one)
    assert joins(*after) == ()
    for name in kept:
        names = {str(after[0][name].properties["name"]), *cast(tuple[str, ...], after[0][name].properties["aliases"])}
        read = [p for p in map(parts, names) if p is not None]
        assert len({p.core for p in read}) <= 1
        assert len({p.trade for p in read if p.trade}) <= 1
        assert len({p.place for p in read if p.place and p.place.startswith("city/")}) <= 1


def test_a_join_may_lead_to_another() -> None:
    firms = [("天域半导体", "东莞"), ("广东天域", "东莞", "深圳"), ("深圳市天域",)]
    rows = [row for name, *cities in firms for row in company(name, *cities)]
    assert {join.old: join.id for join in found(rows)} == {
        "company/广东天域": "company/天域半导体",
        "company/深圳市天域": "company/天域半导体",
    }


SENTENCES = {
    "a": "东莞充分发挥华为、OPPO等龙头企业作用，打造无人机产业集群。",
    "b": "东莞支持华为技术有限公司、ＯＰＰＯ等龙头企业发展。",
    "c": "东莞推动华为终端有限公司等龙头企业做大做强。",
}


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_one_firm_wherever_it_occurs_whatever_comes_first(tmp_path: Path, order: tuple[int, ...]) -> None:
    texts = {f"{name}.txt": BOX.replace("规划", f"规划{name}") + f"\n{said}\n" for name, said in SENTENCES.items()}
    reads = [read_document(text.encode(), name, {}) for name, text in texts.items()]
    tables = assemble([reads[i] for i in order], vocabulary()).tables
    assert digest(tables) == digest(assemble(reads, vocabulary()).tables)
    firms = {str(node.properties["name"]): node for node in tables.nodes if node.cls == "Company"}
    assert set(firms) == {"华为技术有限公司", "华为终端有限公司", "OPPO"}
    assert firms["华为技术有限公司"].properties["alias"] == ("company/华为",)
    said = {edge.source for edge in tables.edges if (edge.type, edge.target) == ("aboutCompany", firms["OPPO"].id)}
    assert len(said) == 2


def test_the_bundled_documents_have_one_node_for_one_thing(bundled_atlas: Atlas) -> None:
    tables = bundled_atlas.rows()
    nodes = tables.by_id
    firms = {str(node.properties["name"]): node for node in tables.nodes if node.cls == "Company"}
    assert [name for name in firms if "华为" in name] == ["华为"]
    assert firms["天域半导体"].properties["aliases"] == ("东莞天域",)
    # In a list of battery makers it is a firm; the cluster of that name is another node.
    maker = firms["新能源"]
    (mention,) = (e.source for e in tables.edges if (e.type, e.target) == ("aboutCompany", maker.id))
    (place,) = (e.target for e in tables.edges if (e.type, e.source) == ("aboutPlace", mention))
    assert nodes[place].properties["name"] == "东莞"
    assert vocabulary().cluster("新能源").id in nodes
    assert not any(e.target == vocabulary().cluster("新能源").id for e in tables.edges if e.source == mention)
    merges = cast(list[dict[str, str]], bundled_atlas.receipt()["merges"])
    joined_ids = {m["given_up"]: m["kept"] for m in merges if m["property"] == "id"}
    assert joined_ids["company/东莞天域"] == "company/天域半导体"
    assert all(m["reason"] for m in merges)
    held = {old: node.id for node in tables.nodes for old in cast(tuple[str, ...], node.properties.get("alias", ()))}
    assert held == joined_ids
    assert not set(held) & set(nodes)
