"""Firms: what a registry holds and what documents name stay apart; the four kinds of nothing are never merged."""

from collections.abc import Sequence

import pytest

from clusteratlas import Atlas
from ontology.vocabulary import vocabulary
from queries.index import Index
from queries.industry import firms_table
from queries.industry.firms import firms
from queries.industry.registry import DOCUMENTS, REGISTRY, Asked, Firm
from queries.table import Table
from tests.queries import industry_graph as small
from tests.queries.firms_graph import mentioned, registered, with_node
from tests.queries.test_industry import complete, follow, names, quiet

INDEX = small.index()
CITIES = [city.id for city in vocabulary().cities]
CLUSTERS = [cluster.id for cluster in vocabulary().clusters_of()]
REGISTERED = "91440000000000000X"


def ask(
    index: Index, city: str | None, cluster: str | None = None, stage: str | None = None, *, elsewhere: bool = False
) -> list[Firm]:
    return firms(
        index,
        Asked(
            None if city is None else small.city(city),
            None if cluster is None else small.cluster(cluster),
            stage,
            elsewhere,
        ),
    )


def said(found: Sequence[Firm], source: str) -> list[tuple[str, str]]:
    """The firms of a source with their status, by the last part of their ids."""
    return [((one.company or "").removeprefix("company/"), one.status) for one in found if one.source == source]


def test_without_a_registry_there_is_no_data_and_what_documents_name_stands_apart() -> None:
    found = ask(INDEX, "广州", "汽车")
    assert said(found, REGISTRY) == [("", "无数据")]
    assert said(found, DOCUMENTS) == [("小鹏", "")]
    assert [one.source for one in found] == [REGISTRY, DOCUMENTS]
    (named,) = [one for one in found if one.source == DOCUMENTS]
    assert (named.relation, named.city, named.evidence[0].quote) == ("龙头", small.city("广州"), "广州支持小鹏")
    assert said(ask(INDEX, "深圳", "汽车"), DOCUMENTS) == [("", "未点名")]


def test_a_registry_answers_for_the_cluster_and_for_each_stage_that_the_city_is_named_for() -> None:
    index = small.index(registry=((REGISTERED, "广州", "汽车"),))
    rows = [one for one in ask(index, "广州", "汽车") if one.source == REGISTRY]
    part = small.subsector("汽车", "整车")
    assert [(one.stages, one.company, one.status) for one in rows] == [
        ((), f"company/{REGISTERED}", ""),
        ((part,), None, "无记录"),
    ]
    assert said(ask(index, "东莞", "汽车"), REGISTRY) == [("", "无记录"), ("", "无记录")]
    assert said(ask(index, "广州", "汽车"), DOCUMENTS) == [("小鹏", "")], "the registry does not replace documents"
    assert not any("无数据" in note for note in _table(index, "广州").notes[:1])


def test_a_registered_firm_is_one_line_for_each_cluster_with_its_stages_and_titles() -> None:
    part, chips = small.subsector("汽车", "整车"), small.subsector("半导体与集成电路", "芯片制造")
    index = registered(INDEX, "甲", "广州", part, chips, titles=("专精特新", "链主"))
    rows = [one for one in ask(index, "广州") if one.source == REGISTRY]
    assert [(index.name(one.cluster or ""), one.company, one.stages, one.relation, one.status) for one in rows] == [
        ("汽车", "company/甲", (part,), "专精特新、链主", ""),
        ("半导体与集成电路", "company/甲", (chips,), "专精特新、链主", ""),
    ]
    assert {basis.quote for one in rows for basis in one.evidence} == {"甲的登记"}
    (stage,) = [one for one in ask(index, None, None, part) if one.source == REGISTRY]
    assert (stage.company, stage.stages, stage.city) == ("company/甲", (part,), small.city("广州"))
    assert said(ask(index, "深圳", None, part), REGISTRY) == [("", "无记录")]
    assert said(ask(index, "深圳", None, part, elsewhere=True), REGISTRY) == [("甲", "")]


def test_a_firm_in_a_product_is_found_by_the_subsector_of_the_same_name() -> None:
    part = small.subsector("半导体与集成电路", "芯片制造")
    index = with_node(INDEX, "product/芯片制造", "Product", {"name": "芯片制造"}, {}, "芯片制造")
    index = registered(index, "甲", "广州", "product/芯片制造")
    assert said(ask(index, "广州", None, part), REGISTRY) == [("甲", "")]
    assert said(ask(index, "广州", None, "product/芯片制造"), REGISTRY) == [("甲", "")]
    assert said(ask(index, "广州", "半导体与集成电路"), REGISTRY) == [("甲", "")], "and by its cluster"


def test_a_city_shows_registered_firms_of_clusters_that_it_does_not_carry_and_of_none() -> None:
    index = registered(registered(INDEX, "甲", "汕头", small.cluster("汽车")), "乙", "汕头")
    found = ask(index, "汕头")
    assert ("甲", "") in said(found, REGISTRY)
    assert ("乙", "") in said(found, REGISTRY)
    assert [one.cluster for one in found if one.company == "company/乙"] == [None]
    assert ("乙", "") not in said(ask(index, "广州"), REGISTRY)
    assert ("乙", "") not in said(ask(index, "汕头", "汽车"), REGISTRY)


def test_that_documents_name_a_firm_puts_it_into_no_registry() -> None:
    index = mentioned(
        registered(INDEX, "甲", "广州", small.cluster("半导体与集成电路")), "甲", "广州", "汽车", "广州支持甲"
    )
    assert said(ask(index, "广州", "汽车"), REGISTRY) == [("", "无记录"), ("", "无记录")]
    assert ("甲", "") in said(ask(index, "广州", "汽车"), DOCUMENTS)
    (line,) = [one for one in ask(index, "广州", "半导体与集成电路") if one.company and one.source == REGISTRY]
    assert [basis.quote for basis in line.evidence] == ["甲的登记"]


def _table(index: Index, city: str) -> Table:
    return firms_table.table(index, Asked(small.city(city)), ask(index, city))


def test_a_city_alone_is_asked_for_every_cluster_that_it_carries() -> None:
    found = ask(INDEX, "广州")
    clusters = [INDEX.name(one.cluster) for one in found if one.source == REGISTRY and one.cluster]
    assert clusters == ["汽车", "半导体与集成电路"]
    assert said(found, DOCUMENTS) == [("小鹏", ""), ("", "未点名")]
    assert [INDEX.name(one.cluster) for one in ask(INDEX, "东莞") if one.cluster] == ["汽车", "汽车"]
    index = mentioned(INDEX, "腾讯", "广州", None, "广州的腾讯入选")
    assert said(ask(index, "广州"), DOCUMENTS)[-1] == ("腾讯", ""), "named without a cluster"
    assert ("腾讯", "") not in said(ask(index, "广州", "汽车"), DOCUMENTS)
    index = mentioned(INDEX, "格兰仕", "汕头", "汽车", "汕头的格兰仕造汽车")
    assert said(ask(index, "汕头"), DOCUMENTS) == [("格兰仕", "")], "the city does not carry the cluster"


def test_firms_of_elsewhere_are_not_in_our_city() -> None:
    assert said(ask(INDEX, "东莞", "汽车", elsewhere=True), DOCUMENTS) == [("小鹏", "")]
    assert said(ask(INDEX, "广州", "汽车", elsewhere=True), DOCUMENTS) == [("", "未点名")]
    both = mentioned(INDEX, "小鹏", "东莞", "汽车", "东莞支持小鹏")
    assert said(ask(both, "东莞", "汽车", elsewhere=True), DOCUMENTS) == [("", "未点名")]
    index = small.index(registry=((REGISTERED, "广州", "汽车"), ("91440000000000001X", "东莞", "汽车")))
    assert said(ask(index, "东莞", "汽车", elsewhere=True), REGISTRY) == [(REGISTERED, "")]
    assert said(ask(index, "深圳", "汽车", elsewhere=True), REGISTRY) == [(REGISTERED, ""), ("91440000000000001X", "")]


def test_without_a_firm_elsewhere_the_cities_that_carry_the_stage_are_said() -> None:
    stage = small.subsector("半导体与集成电路", "芯片制造")
    (_, named) = ask(INDEX, "东莞", None, stage, elsewhere=True)
    assert (named.status, named.city) == ("未点名", None)
    assert "点名承担的他市：广州（核心）" in named.detail
    assert [one.quote for one in named.evidence] == ["以广州为核心发展芯片制造"]


def test_whether_the_sentence_says_the_stage_or_only_the_cluster() -> None:
    stage = small.subsector("汽车", "整车")
    index = mentioned(INDEX, "比亚迪", "深圳", "汽车", "深圳支持比亚迪发展整车")
    lines = [one for one in ask(index, None, None, stage) if one.source == DOCUMENTS]
    assert [(INDEX.name(one.city or ""), stage in one.stages) for one in lines] == [("深圳", True), ("广州", False)]
    assert [one.detail for one in lines] == ["点名的原句说到该环节", "点名的原句只说到集群"]
    beyond = [one for one in ask(index, None, "汽车", "product/轮毂") if one.source == DOCUMENTS]
    assert [one.detail for one in beyond] == ["点名的原句只说到集群"] * 2
    assert said(ask(index, None, None, "product/轮毂"), DOCUMENTS) == [("", "未点名")], "a product of no cluster"


def test_several_mentions_of_one_firm_are_one_line_for_each_relation() -> None:
    index = mentioned(INDEX, "小鹏", "广州", "汽车", "广州壮大小鹏")
    index = mentioned(index, "小鹏", "广州", "汽车", "广州建设小鹏项目", relation="项目主体")
    lines = [one for one in ask(index, "广州", "汽车") if one.source == DOCUMENTS]
    assert [(one.relation, len(one.evidence)) for one in lines] == [("龙头", 2), ("项目主体", 1)]


@pytest.fixture(scope="module")
def index(bundled_atlas: Atlas) -> Index:
    return bundled_atlas.index()


@quiet
def test_the_firms_of_every_city_are_those_of_the_facts(index: Index, bundled_atlas: Atlas) -> None:
    cities = {one.name: one.id for one in vocabulary().cities}
    facts = [one for one in bundled_atlas.facts("companies") if one["city"] in cities]
    assert len(facts) > 40
    found = {city: firms(index, Asked(city)) for city in CITIES}
    for fact in facts:
        cluster = vocabulary().cluster(str(fact["cluster"])).id if fact["cluster"] else None
        rows = [one for one in found[cities[str(fact["city"])]] if one.company is not None and one.cluster == cluster]
        named = [one for one in rows if fact["name"] in names(index, [one.company or ""])]
        assert fact["quote"] in {basis.quote for one in named for basis in one.evidence}, fact
    for city, rows in found.items():
        for one in rows:
            follow(index, one.evidence, [known for known in (one.company, one.cluster, city) if known])
            assert (one.company is None) == bool(one.status)
        complete(firms_table.table(index, Asked(city), rows))


@quiet
def test_the_firms_of_every_cluster_here_and_elsewhere_lead_to_evidence(index: Index) -> None:
    for i, cluster in enumerate(CLUSTERS):
        for asked in (Asked(None, cluster), Asked(CITIES[i % len(CITIES)], cluster, None, True)):
            rows = firms(index, asked)
            assert {one.source for one in rows} == {REGISTRY, DOCUMENTS}
            for one in rows:
                follow(index, one.evidence, [known for known in (one.company, cluster) if known])
                assert not asked.elsewhere or one.city != asked.city
            complete(firms_table.table(index, asked, rows))
