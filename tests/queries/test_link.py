"""Two cities in one cluster: statement and inference never in one column, each inference by its rule."""

from collections import Counter

import pytest

from clusteratlas import Atlas
from ontology.vocabulary import vocabulary
from queries.index import Index
from queries.industry import link_table
from queries.industry.link import link
from queries.industry.tie import INFERRED, POSITION, RULES, STATED, Tie
from tests.queries import industry_graph as small
from tests.queries.firms_graph import moved
from tests.queries.test_industry import follow, quiet

INDEX = small.index()
CITIES = [city.id for city in vocabulary().cities]


def ties(first: str, second: str, cluster: str | None = "汽车", index: Index = INDEX) -> list[Tie]:
    return link(index, (small.city(first), small.city(second)), None if cluster is None else small.cluster(cluster))


def of(part: str, found: list[Tie]) -> list[Tie]:
    return [one for one in found if one.part == part]


def test_each_city_has_its_star_and_the_subsectors_for_which_one_is_named() -> None:
    rows = [(INDEX.name(one.thing), *one.sides) for one in of(POSITION, ties("广州", "东莞"))]
    assert rows == [
        ("汽车", "★★★", "★"),
        ("整车", "核心", "未点名"),
        ("零部件", "未点名；所在区域被点名：珠三角", "重点"),
    ]
    mine, other, between = of(POSITION, ties("广州", "东莞"))[1].evidence
    assert (mine[0].quote, other, between) == ("以广州为核心，深圳为重点，发展整车", (), ())


def test_only_clusters_that_both_carry_are_looked_at() -> None:
    assert {one.cluster for one in ties("广州", "深圳", None)} == {
        small.cluster("汽车"),
        small.cluster("半导体与集成电路"),
    }
    assert {one.cluster for one in ties("广州", "东莞", None)} == {small.cluster("汽车")}
    assert ties("广州", "汕头", None) == []
    table = link_table.table(INDEX, (small.city("广州"), small.city("汕头")), [])
    assert table.notes[0] == "两市没有共同布局的集群"


def test_the_stronger_role_leads_and_a_region_alone_could_take_over() -> None:
    rows = [(one.rule, str(one.inferred), one.sides) for one in of(INFERRED, ties("深圳", "广州"))]
    assert ("roles", "整车：广州 牵引，深圳 配套", ("重点", "核心")) in rows
    taken = [str(one.inferred) for one in of(INFERRED, ties("广州", "东莞")) if one.rule == "region"]
    assert taken == ["广州 可承接 东莞 的 零部件"], "no region is named for 整车"


def test_a_supply_link_runs_from_whom_is_named_above_to_whom_is_named_below() -> None:
    """芯片 (广州) goes into 零部件 (东莞); 零部件 is upstream of 整车 (广州)."""
    there = [str(one.inferred) for one in of(INFERRED, ties("广州", "东莞")) if one.rule == "supply"]
    assert sorted(there) == ["东莞 的 零部件 可供 广州 的 整车", "广州 的 芯片 可供 东莞 的 零部件"]
    back = of(INFERRED, ties("东莞", "广州"))
    (one,) = [one for one in back if one.rule == "supply" and INDEX.name(one.thing) == "芯片"]
    assert one.sides == ("重点", "核心")
    assert [[basis.quote for basis in side] for side in one.evidence] == [
        ["以东莞等市为重点，依托珠三角，发展零部件"],
        ["以广州为核心发展芯片制造"],
        ["零部件需要芯片"],
    ]


def test_what_is_applied_is_no_input_and_a_stage_may_be_that_of_another_chain(monkeypatch: pytest.MonkeyPatch) -> None:
    """机器人 is applied in 零部件 (东莞), 设计 is a stage of 芯片制造."""
    own = ("半导体与集成电路", "芯片制造", "广州", "core", False, ("芯片", "机器人"), "广州的芯片、机器人")
    there = ("汽车", "零部件", "东莞", "key", True, ("设计",), "东莞的设计")
    monkeypatch.setattr(small, "SAID", (*small.SAID, own, there))
    rows = [one for one in of(INFERRED, ties("广州", "东莞", index=small.index())) if one.rule == "supply"]
    assert {INDEX.name(one.thing) for one in rows} == {"芯片", "零部件"}


def test_without_a_layout_a_city_carries_what_it_is_named_for() -> None:
    first = ties("广州", "深圳", "汽车", small.index(stars=False))[0]
    assert (first.part, first.sides) == (POSITION, ("无数据", "无数据"))
    assert first.evidence[0]
    assert first.evidence[1]


def test_whoever_is_named_for_the_upstream_end_needs_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    own = ("半导体与集成电路", "芯片制造", "东莞", "support", False, ("芯片",), "支持东莞发展芯片制造")
    monkeypatch.setattr(small, "SAID", (*small.SAID, own))
    rows = of(INFERRED, ties("广州", "东莞", index=small.index()))
    assert not any("芯片" in one.inferred for one in rows if one.rule == "supply")


@pytest.mark.parametrize(
    ("source", "target", "said"),
    [
        ("广州", "汕头", "广州 → 汕头：飞地"),
        ("汕头", "广州", "汕头 → 广州：飞地"),
        ("珠三角", "沿海经济带东翼", "珠三角 → 沿海经济带东翼：飞地；区域表述，没有点名两市"),
        ("珠三角", "汕头", "珠三角 → 汕头：飞地；区域表述，没有点名两市"),
        (None, "汕头", "（原文未写） → 汕头：飞地"),
        ("深圳", "汕头", None),
        ("珠三角", None, None),
        ("沿海经济带东翼", "沿海经济带东翼", None),
    ],
)
def test_what_documents_state_between_cities_or_their_regions(
    source: str | None, target: str | None, said: str | None
) -> None:
    index = moved(INDEX, source, target, None, "共建飞地")
    rows = of(STATED, ties("广州", "汕头", None, index))
    assert [str(one.stated) for one in rows] == ([] if said is None else [said])
    assert all(one.inferred == "" and one.rule == "" and one.evidence[2] for one in rows)


def test_a_statement_about_another_cluster_is_left_out_where_one_is_asked_for() -> None:
    index = moved(INDEX, "广州", "东莞", "半导体与集成电路", "共建")
    assert len(of(STATED, ties("广州", "东莞", None, index))) == 1
    assert of(STATED, ties("广州", "东莞", "汽车", index)) == []


@quiet
def test_neighbouring_codes_are_tied_by_evidence_of_each_side(bundled_atlas: Atlas) -> None:
    index = bundled_atlas.index()
    parts: Counter[str] = Counter()
    for i, city in enumerate(CITIES):
        pair = (city, CITIES[(i + 7) % len(CITIES)])
        found = link(index, pair)
        for one in found:
            parts[one.rule or one.part] += 1
            assert (one.part == INFERRED) == bool(one.inferred) == bool(one.rule)
            assert (one.part == STATED) == bool(one.stated)
            if one.part == STATED:
                regions = [place.id for city in pair for place in index.out(city, "inRegion")]
                follow(index, one.evidence[2], [*pair, *regions])
            elif one.part == INFERRED:
                for side in one.evidence[:2]:
                    follow(index, side, [one.thing, *pair, *(() if one.cluster is None else [one.cluster])])
            else:
                follow(index, [*one.evidence[0], *one.evidence[1]], [one.thing, *pair])
        for record in link_table.table(index, pair, found).records():
            assert record["from_evidence"] or record["to_evidence"] or record["evidence"]
    assert set(parts) == {POSITION, STATED, *RULES}


@quiet
def test_every_transfer_between_two_cities_is_found(bundled_atlas: Atlas) -> None:
    index = bundled_atlas.index()
    pairs = [
        (source.id, target.id, node.id)
        for node in index.of("Transfer")
        for source in index.out(node.id, "transferFrom")
        for target in index.out(node.id, "transferTo")
        if source.cls == target.cls == "City"
    ]
    assert pairs
    for source, target, node in pairs:
        for cities in ((source, target), (target, source)):
            assert node in [one.thing for one in link(index, cities) if one.part == STATED]
