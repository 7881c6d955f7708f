"""Gaps: the scores on paper, their monotony, the four kinds of nothing, who could fill and who would pay."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusteratlas import Atlas
from graph.tables import Tables
from queries.index import Index
from queries.industry import gap_table, naming, scores, things
from queries.industry.gaps import STAGES, Gap, gaps
from tests.queries import industry_graph as small
from tests.queries.firms_graph import registered

INDEX = small.index()


def of(city: str | None = None, cluster: str | None = None, stages: tuple[str, ...] = STAGES) -> list[Gap]:
    return gaps(
        INDEX, None if city is None else small.city(city), None if cluster is None else small.cluster(cluster), stages
    )


def brief(found: list[Gap]) -> list[tuple[str, str, float | None]]:
    return [(INDEX.name(gap.thing), gap.status, gap.score.value) for gap in found]


def near(*rows: tuple[str, str, float]) -> list[tuple[str, str, object]]:
    return [(thing, status, pytest.approx(value)) for thing, status, value in rows]


def test_the_documents_of_a_city_come_with_the_scores_worked_out_on_paper() -> None:
    assert brief(of("东莞", stages=("documents",))) == near(
        ("整车", "未点名", 1.0),  # 广州 and 深圳 are named, of the two others that carry it
        ("半导体与集成电路", "未标星", 4 / 6),  # 广州 3, 深圳 at least 1, over 3 × 2
        ("汽车", "lower_level", 3 / 6),  # 广州 2 more, 深圳 1 more
    )
    # 东莞 and 汕头 of 广州, 东莞, 汕头; the list ends in 等 and 珠三角 is named: a quarter of two thirds.
    # Of 半导体 the level of 深圳 is not known: nothing is compared.
    assert brief(of("深圳", stages=("documents",))) == near(
        ("芯片制造", "未点名", 1.0), ("汽车", "lower_level", 1 / 6), ("零部件", "未点名", 1 / 6)
    )
    (region,) = [gap for gap in of("深圳", "汽车") if gap.kind == "subsector"]
    assert region.open_list
    assert [INDEX.name(one) for one in region.regions] == ["珠三角"]
    assert "所在区域被点名：珠三角" in region.detail


def test_the_supply_of_a_city_goes_by_who_is_named_for_the_input() -> None:
    assert brief(of("东莞", stages=("supply",))) == near(("电池", "未点名", 1 / 2), ("芯片", "未点名", 1 / 6))
    assert brief(of("广州", "汽车", stages=("supply",))) == near(
        ("电机", "未点名", 1 / 2),  # nobody
        ("电池", "未点名", 1 / 2),
        ("轮毂", "未点名", 1 / 3),  # 汕头, another region
        ("零部件", "未点名", 1 / 6),  # 东莞, the same region
    )
    # 汕头 has no star, but it is named for 零部件 of 汽车; 物流 is where 汽车 is applied and needs nothing.
    assert brief(of("汕头", stages=("supply",))) == near(("电池", "未点名", 1 / 2), ("芯片", "未点名", 1 / 3))


def test_a_cluster_lists_the_inputs_that_no_document_gives_to_anybody() -> None:
    found = of(cluster="汽车", stages=("supply",))
    assert {INDEX.name(gap.thing) for gap in found} == {"电机", "电池"}
    assert {gap.city for gap in found} == {None}
    assert {gap.city for gap in of(cluster="汽车", stages=("firms",))} == {
        small.city(name) for name in ("广州", "深圳", "东莞")
    }


def test_without_a_registry_firms_have_no_data_and_with_one_no_record() -> None:
    (gap,) = of("东莞", stages=("firms",))
    assert (gap.status, gap.score.value) == ("无数据", None)
    assert "载入企业登记库" in gap.detail
    registry = small.index(registry=(("91440000000000000X", "广州", "汽车"),))
    (gap,) = gaps(registry, small.city("东莞"), stages=("firms",))
    assert (gap.status, gap.score.value) == ("无记录", pytest.approx(1 / 3))
    (gap,) = gaps(registry, small.city("广州"), stages=("firms",))
    assert (gap.status, gap.cluster) == ("无记录", small.cluster("半导体与集成电路"))


def test_a_firm_that_is_registered_in_a_subsector_is_on_record_for_its_cluster() -> None:
    registry = registered(INDEX, "甲", "东莞", small.subsector("汽车", "整车"))
    assert gaps(registry, small.city("东莞"), small.cluster("汽车"), stages=("firms",)) == []
    (gap,) = gaps(registry, small.city("深圳"), small.cluster("汽车"), stages=("firms",))
    assert gap.status == "无记录"


def test_relatedness_is_the_density_of_the_clusters_without_star() -> None:
    (gap,) = of("东莞", stages=("relatedness",))
    assert (INDEX.name(gap.thing), gap.status, gap.score.value) == (
        "半导体与集成电路",
        "未标星",
        pytest.approx(0.4),
    )
    assert [one.name for one in gap.candidates] == ["广州 ★★★", "深圳 ●"]


def test_the_kinds_stand_in_the_order_of_what_is_said_before_what_is_computed() -> None:
    found = of("东莞")
    assert list(dict.fromkeys(gap.stage for gap in found)) == list(STAGES)
    for stage in STAGES:
        values = [gap.score.value for gap in found if gap.stage == stage and gap.score.value is not None]
        assert values == sorted(values, reverse=True)


def test_the_citys_own_plan_stands_beside_the_gap() -> None:
    plans = {INDEX.name(gap.thing): gap.plan for gap in of("东莞", stages=("documents",))}
    assert plans["整车"].status == "yes"
    assert [one.quote for one in plans["整车"].evidence] == ["谋划整车项目"]
    assert plans["半导体与集成电路"].status == "not_said"
    row = next(row for row in gap_table.table(INDEX, of("东莞")).records() if row["thing"] == "整车")
    evidence = row["evidence"]
    assert isinstance(evidence, list)
    assert evidence[-1]["quote"] == "谋划整车项目"
    assert {gap.plan.status for gap in of("深圳")} == {"no_data"}


def test_those_who_could_fill_a_gap_stand_by_their_role_and_then_firms() -> None:
    gap = next(gap for gap in of("东莞") if gap.kind == "subsector")
    assert [one.words() for one in gap.candidates] == ["广州（核心）", "深圳（重点）", "小鹏（龙头）"]


def test_a_policy_pays_where_it_is_available_and_not_where_it_excludes() -> None:
    def payers(city: str, cluster: str) -> list[str]:
        return [one.name for one in next(gap for gap in of(city, cluster)).payers]

    assert payers("东莞", "汽车") == ["汽车奖励", "投资奖励", "汽车专项服务"]
    assert payers("深圳", "汽车") == ["汽车专项服务"]
    assert payers("东莞", "半导体与集成电路") == ["投资奖励"]
    note = next(n for n in gap_table.table(INDEX, of("东莞")).notes if n.startswith("可用政策"))
    assert "投资奖励（粤府〔2021〕53号，按文本推算有效至 2026-12-31）" in note
    assert "汽车专项服务（粤府〔2021〕53号，按文本推算有效至 2026-12-31，未写明金额）" in note


def test_a_star_that_is_doubtful_is_called_doubtful() -> None:
    doubtful = [gap for gap in of("东莞") if "标星存疑（把握 0.60）" in gap.detail]
    assert {gap.cluster for gap in doubtful} == {small.cluster("汽车")}


def test_the_table_prints_formula_and_terms_and_keeps_the_silences_apart() -> None:
    made = gap_table.table(INDEX, of("东莞"))
    row = made.records()[0]
    assert row["formula"] == scores.NOT_NAMED
    assert row["terms"] == "点名的他市 2，可比他市 2，名单以“等”结尾 0，所在区域被点名 0"
    assert f"公式① {scores.NOT_NAMED}" in made.notes
    assert {record["status"] for record in made.records()} == {"未点名", "未标星", "级别低于同区域城市", "无数据"}
    assert any("四者不能混同" in note for note in made.notes)


def test_without_a_layout_the_table_says_what_would_supply_it() -> None:
    index = small.index(stars=False)
    # Without stars the clusters of a city are those that it is named for.
    found = gaps(index, small.city("东莞"))
    assert [(index.name(gap.thing), gap.stage, gap.held) for gap in found] == [
        ("整车", "documents", "无数据"),
        ("电池", "supply", "无数据"),
        ("芯片", "supply", "无数据"),
        ("汽车", "firms", "无数据"),
    ]
    assert all(gap.evidence for gap in found)
    empty = gap_table.table(index, gaps(index, small.city("东莞"), stages=("relatedness",)))
    assert any(note.startswith("无数据") for note in empty.notes)


def test_the_evidence_that_names_the_most_comes_first_and_what_names_nothing_is_left_out() -> None:
    def quotes(*things: str, limit: int = 9) -> list[str]:
        statements = [f"layout/{i}" for i in range(len(small.SAID))]
        return [one.quote for one in naming.basis(INDEX, statements, things, limit)]

    parts = small.subsector("汽车", "零部件")
    assert quotes(small.city("汕头"), parts)[0] == "汕头重点发展轮毂等零部件"
    assert quotes(small.city("东莞"), parts, limit=1) == ["以东莞等市为重点，依托珠三角，发展零部件"]
    assert quotes("product/硅片") == []


counts = st.integers(0, 30)
levels = st.lists(st.integers(0, 3), min_size=1, max_size=21)


@given(counts, counts, st.booleans(), st.booleans())
def test_more_cities_named_is_no_smaller_gap_and_a_wider_field_no_greater(
    named: int, more: int, is_open: bool, region: bool
) -> None:
    comparable = named + more
    value = scores.not_named(named, comparable, is_open, region).value
    assert value is not None
    assert 0 <= value <= 1
    assert value <= (scores.not_named(named + 1, comparable, is_open, region).value or 0)
    assert value >= (scores.not_named(named, comparable + 1, is_open, region).value or 0)
    assert value >= (scores.not_named(named, comparable, True, region).value or 0)
    assert value >= (scores.not_named(named, comparable, is_open, True).value or 0)


@given(levels, st.integers(0, 3), st.data())
def test_a_higher_peer_is_no_smaller_gap_and_a_higher_city_no_greater(
    peers: list[int], mine: int, data: st.DataObject
) -> None:
    value = scores.lower_level(mine, tuple(peers)).value
    assert value is not None
    assert 0 <= value <= 1
    at = data.draw(st.integers(0, len(peers) - 1))
    raised = (*peers[:at], min(3, peers[at] + 1), *peers[at + 1 :])
    assert (scores.lower_level(mine, raised).value or 0) >= value
    assert (scores.lower_level(mine + 1, tuple(peers)).value or 0) <= value


@given(st.integers(1, 50))
def test_the_farther_the_supply_and_the_more_need_it_the_greater_the_gap(needed_by: int) -> None:
    by_scope = [scores.missing_input(scope, needed_by).value or 0 for scope in ("region", "province", "nobody")]
    assert by_scope == sorted(by_scope)
    assert len(set(by_scope)) == 3
    assert all(
        (scores.missing_input(scope, needed_by + 1).value or 0) > value
        for scope, value in zip(scores.SCOPE, by_scope, strict=True)
    )


@given(st.integers(1, 2), st.integers(0, 100))
def test_more_firms_are_a_smaller_gap_and_a_higher_star_a_greater(level: int, firms: int) -> None:
    value = scores.few_firms(level, firms).value or 0
    assert value > (scores.few_firms(level, firms + 1).value or 0)
    assert value < (scores.few_firms(level + 1, firms).value or 0)
    assert scores.few_firms(level, None).value is None


def test_the_subsectors_not_named_are_those_of_the_question_library(bundled_atlas: Atlas) -> None:
    index = bundled_atlas.index()
    for city, cluster in (("东莞", "半导体与集成电路"), ("佛山", "智能机器人"), ("揭阳", "现代农业与食品")):
        asked = bundled_atlas.ask("city-not-named", {"city": city, "cluster": cluster}).rows
        expected = {str(value) for row in asked for value in row if str(value).startswith("subsector/")}
        found = gaps(index, things.city(index, city), things.cluster(index, cluster), ("documents",))
        mine = {gap.thing for gap in found if gap.kind == "subsector"}
        assert mine
        assert mine <= expected


def test_every_carried_cluster_has_one_row_about_firms(bundled_atlas: Atlas) -> None:
    index = bundled_atlas.index()
    city = things.city(index, "韶关")
    found = gaps(index, city, stages=("firms",))
    carried = {edge.target for edge in index.edges(city, "hosts")}
    # 未来电子信息 stands in no star table; a plan names 韶关 for it.
    assert sorted(gap.cluster for gap in found) == sorted(carried | {"cluster/gdfuture/future-electronics"})
    assert {gap.status for gap in found} == {"无数据"}


def test_a_gap_of_the_whole_province_says_nothing_of_a_citys_plan() -> None:
    index = small.index()
    rows = gap_table.table(index, gaps(index, None, small.cluster("汽车"))).records()
    of_province = [row for row in rows if row["city"] is None]
    assert of_province
    assert {row["plan"] for row in of_province} == {None}
    assert None not in {row["plan"] for row in rows if row["city"] is not None}


def test_a_row_of_a_city_that_no_quote_names_shows_why_the_city_carries_the_cluster(bundled_atlas: Atlas) -> None:
    index = bundled_atlas.index()
    for gap in gaps(index, things.city(index, "东莞")):
        assert any(naming.names_one(index, (gap.city or "", gap.cluster, gap.thing), one.id) for one in gap.evidence)


def test_programs_and_spreadsheets_have_all_candidates_and_a_page_counts_them(bundled_atlas: Atlas) -> None:
    index = bundled_atlas.index()
    found = gaps(index, things.city(index, "东莞"), stages=("documents",))
    made = gap_table.table(index, found)
    at = [one.name for one in made.columns].index("candidates")
    long = 0
    for gap, whole, page in zip(found, made.rows, made.brief().rows, strict=True):
        words = tuple(one.words() for one in gap.candidates)
        assert whole[at] == words
        if len(words) > gap_table.MOST:
            long += 1
            assert page[at] == (*words[: gap_table.MOST], f"等 {len(words)} 个")
        else:
            assert page[at] == words
    assert long


def test_what_is_over_or_pays_no_firm_stands_last_and_says_so() -> None:
    def payers(date: str | None) -> list[str]:
        return [str(one.words()) for one in next(iter(gaps(INDEX, small.city("东莞"), date=date))).payers]

    assert payers("2026-12-31") == payers(None)
    assert not any("到期" in one for one in payers("2026-12-31"))
    assert all("，按文本已于 2026-12-31 到期" in one for one in payers("2027-01-01"))
    made = gap_table.table(INDEX, of("东莞"), date="2027-01-01")
    assert "可用政策是否到期按 2027-01-01 判断" in made.notes


def test_policies_that_pay_a_government_stand_behind_those_that_pay_firms() -> None:
    first, *rest = next(iter(of("东莞"))).payers
    nodes = [
        replace(node, properties={**node.properties, "beneficiary": "各地级以上市政府"})
        if node.id == first.id
        else node
        for node in INDEX.tables.nodes
    ]
    found = next(iter(gaps(Index(Tables.of(nodes, INDEX.tables.edges)), small.city("东莞")))).payers
    hard = [one for one in found if one.hard]
    assert hard[-1].id == first.id
    assert "支持对象为各地级以上市政府" in hard[-1].words()
    assert len(hard) > 1
    assert {one.id for one in found} == {first.id, *(one.id for one in rest)}
