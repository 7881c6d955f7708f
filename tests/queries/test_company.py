"""The profile of a firm: where it is named, which stages its sentences are about, what is open where it is named."""

from collections.abc import Mapping

import pytest

from clusteratlas import Atlas
from graph.tables import Node, Tables
from ontology.errors import Ambiguous, NotFound
from queries.index import Index
from queries.industry import company_table
from queries.industry.company import OPEN, Fact, company, find
from queries.match.attributes import Known
from queries.match.match import Answer, Matcher
from tests.queries import industry_graph as small
from tests.queries.firms_graph import mentioned, registered, with_node
from tests.queries.test_industry import complete, follow, quiet

FIRM = "company/小鹏"
DAY = "2025-03-01"


def of(part: str, facts: list[Fact]) -> list[Fact]:
    return [one for one in facts if one.part == part]


def stated(index: Index, cluster: str, part: str, city: str, sentence: str) -> Index:
    """The graph with a layout statement more, that rests on the sentence of the first mention."""
    ends = {
        "aboutSubsector": small.subsector(cluster, part),
        "aboutPlace": small.city(city),
        "evidencedBy": index.edges("companies/0", "evidencedBy")[0].target,
    }
    return with_node(index, "layout/more", "LayoutStatement", {"role": "support"}, ends, sentence)


INDEX = small.index()


def test_a_firm_without_a_registry_has_no_data_and_its_documents_are_said() -> None:
    facts = company(INDEX, FIRM, DAY)
    (registered,) = of("registry", facts)
    assert (registered.status, registered.detail) == ("无数据", "登记库未载入")
    (named,) = of("named", facts)
    assert (named.cluster, named.places, named.relation) == (small.cluster("汽车"), (small.city("广州"),), "龙头")
    assert (named.detail, named.evidence[0].quote) == ("广州支持小鹏", "广州支持小鹏")
    notes = company_table.table(INDEX, FIRM, DAY, facts).notes
    assert notes[0].startswith("无数据：登记库未载入")


def test_a_registered_firm_has_its_code_and_seat() -> None:
    code = "91440000000000000X"
    index = small.index(registry=((code, "广州", "汽车"),))
    (registered,) = of("registry", company(index, f"company/{code}", DAY))
    assert (registered.status, registered.detail, registered.places) == ("", code, (small.city("广州"),))


def test_a_registry_that_does_not_hold_the_firm_has_no_record_of_it() -> None:
    index = registered(INDEX, "甲", "广州")
    (found,) = of("registry", company(index, FIRM, DAY))
    assert (found.status, found.detail) == ("无记录", "登记库已载入，没有这家企业")
    notes = company_table.table(index, FIRM, DAY, company(index, FIRM, DAY)).notes
    assert not any("登记库未载入" in note for note in notes)


def test_a_firm_that_only_a_registry_knows_has_its_place_and_what_is_open_where_it_sits() -> None:
    index = registered(INDEX, "甲", "东莞", small.subsector("汽车", "零部件"), titles=("链主",))
    facts = company(index, "company/甲", DAY)
    (known,) = of("registry", facts)
    assert (known.relation, known.evidence[0].quote) == ("链主", "甲的登记")
    (placed,) = of("position", facts)
    assert (placed.cluster, placed.thing, placed.places) == (small.cluster("汽车"), "零部件", (small.city("东莞"),))
    assert placed.detail == "东莞 ★；上游：机器人、芯片；下游：整车"
    expected = {
        one.offer.name
        for one in Matcher(INDEX).match({"city": "东莞", "cluster": "汽车", "date": DAY})
        if one.verdict in OPEN
    }
    assert "汽车奖励" in expected
    assert {one.thing for one in of("policy", facts)} == expected
    assert of("named", facts) == []


def test_the_figures_of_its_row_decide() -> None:
    seen: list[dict[str, object]] = []

    class Asked(Matcher):
        def match(self, known: Mapping[str, Known]) -> list[Answer]:
            seen.append(dict(known))
            return super().match(known)

    index = registered(INDEX, "甲", "东莞")
    firm = index.node("company/甲")
    more = Node(firm.id, firm.cls, {**firm.properties, "revenue": 12_000_000, "employees": 80})
    index = Index(Tables.of([more if one.id == firm.id else one for one in index.tables.nodes], index.tables.edges))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("queries.industry.company.Matcher", Asked)
        company(index, firm.id, DAY)
    assert seen == [{"city": "东莞", "date": DAY, "revenue": 12_000_000, "employees": 80}]


def test_its_place_in_the_chain_is_what_the_same_sentence_is_about() -> None:
    (alone,) = of("position", company(INDEX, FIRM, DAY))
    assert (alone.thing, alone.detail) == ("汽车", "广州 ★★★；点名的原句没有说到环节")
    (placed,) = of("position", company(stated(INDEX, "汽车", "零部件", "广州", "广州支持小鹏"), FIRM, DAY))
    assert placed.thing == "零部件"
    assert placed.detail == "广州 ★★★；上游：机器人、芯片；下游：整车"


def test_policies_are_those_of_match_for_each_city_and_cluster_it_is_named_for() -> None:
    matcher = Matcher(INDEX)
    expected = {
        one.offer.name for one in matcher.match({"city": "广州", "cluster": "汽车", "date": DAY}) if one.verdict in OPEN
    }
    assert expected == {"投资奖励", "一般服务", "汽车专项服务"}, "汽车奖励 is for 东莞 and 汕头"
    assert {one.thing for one in of("policy", company(INDEX, FIRM, DAY))} == expected
    index = mentioned(INDEX, "小鹏", "深圳", "半导体与集成电路", "深圳支持小鹏")
    by_place = {one.thing: one.places for one in of("policy", company(index, FIRM, DAY))}
    assert by_place["投资奖励"] == (small.city("广州"),), "深圳 is excluded"
    assert by_place["一般服务"] == (small.city("广州"), small.city("深圳"))
    assert by_place["汽车专项服务"] == (small.city("广州"),)
    both = mentioned(INDEX, "小鹏", "广州", "半导体与集成电路", "广州的小鹏做芯片")
    assert {one.thing for one in of("policy", company(both, FIRM, DAY))} == expected, "open for one of its clusters"
    assert of("policy", company(INDEX, FIRM, "2027-01-01")) == [], "over"
    assert "2027-01-01 没有读到仍可申报的政策" in company_table.table(INDEX, FIRM, "2027-01-01", []).notes


def test_names_are_found_whole_before_parts_of_them() -> None:
    index = mentioned(INDEX, "小鹏汽车科技", "广州", "汽车", "广州的小鹏汽车科技")
    assert find(index, "小鹏") == FIRM
    assert find(index, "科技") == "company/小鹏汽车科技"
    with pytest.raises(Ambiguous, match="小鹏、小鹏汽车科技"):
        find(index, "鹏")
    with pytest.raises(NotFound, match="相近的有：小鹏"):
        find(INDEX, "小朋")
    with pytest.raises(NotFound):
        find(INDEX, "")


@quiet
def test_the_profile_of_every_firm_leads_to_evidence(bundled_atlas: Atlas) -> None:
    index = bundled_atlas.index()
    firms = [node.id for node in index.of("Company")]
    assert len(firms) > 40
    for firm in firms:
        facts = company(index, firm, "2022-03-01")
        assert len(of("registry", facts)) == 1
        mentions = [one.id for one in index.into(firm, "aboutCompany")]
        assert len(of("named", facts)) == len(mentions)
        for one in facts:
            if one.part != "policy":
                follow(index, one.evidence, [firm, *one.places])
        complete(company_table.table(index, firm, "2022-03-01", facts))
