"""五个一: what the five are is read from the documents, and nothing is made up for any of them."""

import pytest

from clusteratlas import Atlas
from clusteratlas.firms import passages
from ontology.vocabulary import vocabulary
from queries.index import Index
from queries.industry import five_table
from queries.industry.five import Entry, defined, five, ones
from tests.queries import industry_graph as small
from tests.queries.firms_graph import passage, with_node
from tests.queries.test_industry import follow, quiet

INDEX = small.index()
CARS = small.cluster("汽车")
LIST = passage(
    "深化“五个一”工作体系（即建立一份企业名册、一张项目清单、一套创新体系、一个政策包、一家智库），打造集群。"
)
FIVE = ["一份企业名册", "一张项目清单", "一套创新体系", "一个政策包", "一家智库"]
SECTION = "规划 · 六、五个一"
TITLE = "汽车产业集群行动计划"
BOXES = [
    passage("六、五个一", SECTION, TITLE),
    passage("滚动管理重大项目，按项目清单推进。", SECTION, TITLE),
    passage("一张项目清单", SECTION, TITLE),
    passage("一家智库", SECTION, TITLE),
    passage("由汽车协会担任集群智库。", SECTION, TITLE),
    passage("谢谢大家。", SECTION, TITLE),
]


def test_the_five_are_read_from_the_brackets_of_the_sentence_that_lists_them() -> None:
    ((said, names),) = defined([passage("依托“五个一”开展工作。"), LIST])
    assert (said, list(names)) == (LIST, FIVE)
    broken = passage("依托“五个一”工作体系（一份企业名册、一家\n\n智库），推进。")
    assert [list(found) for _, found in defined([broken])] == [["一份企业名册", "一家智库"]]
    assert [one.name for one in ones(INDEX, CARS, [LIST])] == FIVE


def test_a_section_of_the_clusters_own_document_says_what_each_is_to_be() -> None:
    found = ones(INDEX, CARS, [LIST, *BOXES])
    assert [(one.name, one.said.text if one.said else None) for one in found] == [
        ("一张项目清单", "滚动管理重大项目，按项目清单推进。"),
        ("一家智库", "由汽车协会担任集群智库。"),
    ]
    other = ones(INDEX, small.cluster("半导体与集成电路"), [LIST, *BOXES])
    assert [one.name for one in other] == FIVE, "the section is of another cluster"


def test_a_sentence_says_one_of_the_five_and_only_where_they_share_a_word() -> None:
    texts = ("一张项目清单", "一份项目名册", "一家智库", "项目清单每月更新。", "用好智慧平台。")
    found = ones(INDEX, CARS, [passage(text, SECTION, TITLE) for text in texts])
    assert [one.said.text if one.said else None for one in found] == ["项目清单每月更新。", None, None]


def ledger(index: Index, city: str | None = None) -> dict[str, list[Entry]]:
    found = five(index, CARS, None if city is None else small.city(city), [LIST])
    return {name: [one for one in found if one.one == name] for name in FIVE}


def test_each_of_the_five_has_what_the_graph_holds_or_says_that_there_is_nothing() -> None:
    found = ledger(INDEX, "广州")
    assert [(one.thing, one.status) for one in found["一份企业名册"]] == [(None, "无数据"), ("company/小鹏", "")]
    for name in ("一张项目清单", "一套创新体系"):
        assert [(one.thing, one.status) for one in found[name]] == [(None, "未点名")]
    assert [INDEX.name(one.thing or "") for one in found["一个政策包"]] == ["投资奖励", "汽车专项服务"]
    assert [(one.thing, one.status) for one in found["一家智库"]] == [(None, "无数据")]
    assert [one.status for one in ledger(INDEX, "深圳")["一份企业名册"]] == ["无数据", "未点名"]


def test_projects_and_platforms_of_the_cluster_in_the_city_are_listed() -> None:
    ends = {"activeIn": CARS, "locatedIn": small.city("广州"), "undertakenBy": "company/小鹏"}
    index = with_node(INDEX, "project/a", "Project", {"name": "整车厂项目", "kind": "project"}, ends, "整车厂项目")
    ends = {"activeIn": small.subsector("汽车", "整车"), "locatedIn": "site/a"}
    index = with_node(index, "site/a", "Site", {"name": "园区"}, {"locatedIn": small.city("广州")}, "园区")
    index = with_node(index, "platform/a", "Platform", {"name": "汽车实验室", "kind": "laboratory"}, ends, "汽车实验室")
    found = ledger(index, "广州")
    (project,) = found["一张项目清单"]
    assert (project.thing, project.places) == ("project/a", (small.city("广州"),))
    assert "承担单位：小鹏" in project.detail
    assert [one.thing for one in found["一套创新体系"]] == ["platform/a"], "in a site of the city, of a subsector"
    assert [one.thing for one in ledger(index, "深圳")["一张项目清单"]] == [None]
    assert [one.thing for one in ledger(index)["一张项目清单"]] == ["project/a"]


def test_a_registry_that_is_loaded_is_not_said_to_be_missing() -> None:
    index = small.index(registry=(("91440000000000000X", "广州", "汽车"),))
    rows = ledger(index, "广州")["一份企业名册"]
    assert {one.thing for one in rows} == {"company/91440000000000000X", "company/小鹏"}
    assert not any(one.status == "无数据" for one in rows)
    rows = ledger(index, "深圳")["一份企业名册"]
    assert [(one.thing, one.status) for one in rows] == [(None, "无记录"), (None, "未点名")]


def test_without_a_text_that_lists_them_there_is_no_data() -> None:
    assert five(INDEX, CARS, None, [passage("依托“五个一”开展工作。")]) == []
    table = five_table.table(INDEX, CARS, None, [], [])
    assert table.rows == []
    assert table.notes[0].startswith("无数据：载入的文件没有写明")


def test_the_sentence_that_defines_them_stands_below_with_its_source() -> None:
    notes = five_table.table(INDEX, CARS, None, five(INDEX, CARS, None, [LIST]), [LIST]).notes
    assert notes[0] == f"“五个一”：{'、'.join(FIVE)}（《规划》）"


@quiet
def test_the_ledger_of_every_cluster_rests_on_the_documents(bundled_atlas: Atlas) -> None:
    index = bundled_atlas.index()
    said = passages(bundled_atlas)
    printed = {one.text for one in said}
    assert len(defined(said)) > 1
    spoken = 0
    for i, cluster in enumerate(vocabulary().clusters_of()):
        city = vocabulary().cities[i % 21].id
        for place in (None, city):
            found = five(index, cluster.id, place, said)
            assert len({one.one for one in found}) == 5
            assert len(five_table.table(index, cluster.id, place, found, said).records()) == len(found)
            for one in found:
                spoken += one.kind == "said"
                assert (one.kind == "said") == bool(one.cite)
                if one.kind == "said":
                    assert one.detail in printed
                elif one.status:
                    assert one.thing is None
                else:
                    assert one.evidence
                    if one.kind != "policies":
                        by = [edge.target for edge in index.edges(str(one.thing), "undertakenBy")]
                        follow(index, one.evidence, [str(one.thing), *by])
                    assert place is None or one.kind == "policies" or place in one.places
    assert spoken, "the slides of one cluster say what each is to be"


@pytest.mark.parametrize("name", ["新一代电子信息"])
def test_the_body_that_supports_a_cluster_is_quoted_where_a_document_names_one(bundled_atlas: Atlas, name: str) -> None:
    found = ones(bundled_atlas.index(), vocabulary().cluster(name).id, passages(bundled_atlas))
    (body,) = [one for one in found if "机构" in one.name]
    assert body.said is not None
    assert "支撑机构" in body.said.text
    assert len({one.said.line for one in found if one.said}) == 5, "a sentence for each, none twice"
