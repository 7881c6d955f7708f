"""A registry in the graph: a document like any other, whose firms are joined with those that documents name."""

import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from clusteratlas import Atlas
from graph.build import build
from graph.check import check
from graph.corrections import read_corrections
from graph.directory import GraphDirectory
from graph.receipt import Receipt
from ontology.vocabulary import vocabulary
from queries.index import Index
from queries.industry import fill
from tests.graphs import BOX
from tests.registries import code, table

Row = Sequence[object]
PLAN = BOX + "\n支持东莞甲乙发展无人机。以东莞丙丁电机、戊己等企业为龙头，发展智能机器人产业集群。\n"
ROWS: tuple[Row, ...] = (
    ("东莞庚辛无人机有限公司", code(1), "东莞", "智能机器人", "无人机", "专精特新、链主"),
    ("深圳壬癸科技有限公司", code(2, "440300"), "深圳", "", "动力系统", ""),
    ("长沙子丑有限公司", code(3, "430100"), "长沙", "汽车", "", ""),
)


class Made:
    """A graph directory to which files are added."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.directory = GraphDirectory(folder / "graph")

    def build(self, only: bool = False, overrides: str = "", **files: str | Sequence[Row]) -> Receipt:
        """Build with files: prose as text, registries as rows."""
        paths = []
        for name, said in files.items():
            path = self.folder / f"{name}.{'txt' if isinstance(said, str) else 'csv'}"
            path.write_text(said if isinstance(said, str) else table(said), encoding="utf-8", newline="")
            paths.append(path)
        corrections = self.folder / "facts.csv"
        corrections.write_text(f"fact,action,field,value,source,name,date\n{overrides}", encoding="utf-8")
        known = read_corrections(corrections)
        return build(self.directory, paths, manifest={}, only=only, corrections=known)

    def index(self) -> Index:
        with Atlas(self.directory.path) as atlas:
            return atlas.index()

    def firms(self) -> dict[str, str]:
        """The registered firms by code."""
        nodes = (one.properties for one in self.index().of("Company") if "credit_code" in one.properties)
        return {str(known["credit_code"]): str(known["name"]) for known in nodes}

    def sound(self) -> bool:
        with self.directory.open() as opened:
            return check(opened.path) == []


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return Made(tmp_path)


def refused(receipt: Receipt) -> list[tuple[str, int, str]]:
    return [(file, one.line, one.reason) for file, one in receipt.rejected if one.kind == "firms"]


def test_a_registry_is_added_to_the_documents_with_its_firms_seats_and_stages(made: Made) -> None:
    made.build(plan=PLAN)
    receipt = made.build(firms=ROWS)
    assert [(row.kind, row.read, row.kept) for row in receipt.facts if row.file == "firms.csv"] == [("firms", 3, 3)]
    (coverage,) = (one for one in receipt.coverage if one.file == "firms.csv")
    assert coverage.unread == 0
    index = made.index()
    words = vocabulary()
    firm = f"company/{code(1)}"
    assert dict(index.node(firm).properties) == {
        "name": ROWS[0][0],
        "credit_code": code(1),
        "titles": ("专精特新", "链主"),
    }
    assert fill.seats(index, firm) == (words.city("东莞").id,)
    cluster = words.cluster("智能机器人").id
    assert set(fill.activities(index, firm)) == {cluster, f"{cluster.replace('cluster/', 'subsector/')}/无人机"}
    assert fill.activities(index, f"company/{code(2, '440300')}") == ("product/动力系统",)
    assert fill.seats(index, f"company/{code(3, '430100')}") == (words.city("长沙").id,)
    (basis,) = {one.cite for one in index.basis(firm)}
    assert basis == "《firms.csv》 第2行"
    assert made.sound()


def test_names_in_english_codes_and_quotation_marks_hold_as_evidence(made: Made) -> None:
    rows = (
        ('甲“乙”"丙"公司', code(1), "Dongguan", "Intelligent Robots", "", ""),
        ("丁公司", code(2), "441900", "", "", ""),
    )
    assert refused(made.build(plan=PLAN, firms=rows)) == []
    assert set(made.firms().values()) == {'甲“乙”"丙"公司', "丁公司"}
    assert made.sound()


def test_a_registry_stays_among_the_sources_and_one_row_less_is_one_firm_less(made: Made) -> None:
    made.build(plan=PLAN, firms=ROWS)
    before = made.index().tables
    made.build(firms=ROWS[:1] + ROWS[2:])
    after = made.index().tables
    assert set(made.firms()) == {code(1), code(3, "430100")}
    gone = {node.id for node in before.nodes} - {node.id for node in after.nodes}
    own = (f"company/{code(2, '440300')}", "firms/", "evidence/", "document/")
    assert all(one.startswith(own) for one in gone)
    assert [one for one in gone if one.startswith("company/")] == [own[0]]
    made.build(other=BOX.replace("东莞", "中山"))
    assert set(made.firms()) == {code(1), code(3, "430100")}
    made.build(only=True, plan=PLAN)
    assert made.firms() == {}
    made.build(firms=ROWS)
    assert made.index().tables == before, "whatever came between"


def test_the_same_rows_are_the_same_build(made: Made, tmp_path: Path) -> None:
    one = made.build(plan=PLAN, firms=ROWS)
    other = Made(tmp_path / "again")
    other.folder.mkdir()
    other.build(firms=ROWS)
    assert other.build(plan=PLAN).digest == one.digest


def test_rows_that_cannot_be_used_are_on_the_receipt_and_the_others_in_the_graph(made: Made) -> None:
    bad = (
        ("错码公司", code(4)[:-1] + "I", "东莞", "", "", ""),
        ("无此环节公司", code(5), "东莞", "", "无人技", ""),
        ("少一格公司", code(6), "东莞"),
    )
    receipt = made.build(plan=PLAN, firms=[*ROWS, *bad])
    assert [(file, line) for file, line, _ in refused(receipt)] == [("firms.csv", line) for line in (5, 7, 6)]
    assert len(made.firms()) == 3
    (row,) = [one for one in receipt.facts if one.file == "firms.csv"]
    assert (row.read, row.kept, row.merged, row.rejected) == (6, 3, 0, 3)
    text = receipt.text()
    assert "没有名为“无人技”的环节；相近的有：无人机" in text
    assert "firms.csv 第7行 firms：少一格公司" in text


def test_a_stage_that_several_clusters_have_is_of_the_cluster_that_the_row_names(made: Made) -> None:
    other = BOX.replace("智能机器人", "汽车").replace("专栏 1", "专栏 2").replace("### 1", "### 2")
    rows = (
        ("甲公司", code(1), "", "汽车", "无人机", ""),
        ("乙公司", code(2), "", "", "无人机", ""),
        ("丙公司", code(3), "", "", "智能机器人/无人机", ""),
    )
    receipt = made.build(plan=BOX + other.split("\n", 4)[4], firms=rows)
    ((_, line, reason),) = refused(receipt)
    assert line == 3
    assert "“无人机”可以指多个环节：汽车/无人机、智能机器人/无人机" in reason
    index = made.index()
    cars, robots = (vocabulary().cluster(name).id.replace("cluster/", "subsector/") for name in ("汽车", "智能机器人"))
    assert f"{cars}/无人机" in fill.activities(index, f"company/{code(1)}")
    assert fill.activities(index, f"company/{code(3)}") == (f"{robots}/无人机",)
    assert made.sound()


def test_a_stage_whose_name_joins_parts_is_one_and_a_list_is_several(made: Made) -> None:
    box = BOX.replace("无人机。", "研发与设计、制造。")
    rows = (("甲公司", code(1), "", "", "研发及设计、制造", ""), ("乙公司", code(2), "", "", "飞控系统、动力系统", ""))
    assert refused(made.build(plan=box, firms=rows)) == []
    index = made.index()
    assert [index.name(one) for one in fill.activities(index, f"company/{code(1)}")] == ["研发与设计、制造"]
    assert {index.name(one) for one in fill.activities(index, f"company/{code(2)}")} == {"飞控系统", "动力系统"}
    assert made.sound()


# ---- Rows that contradict each other


def test_rows_of_one_firm_add_up(made: Made) -> None:
    rows = (
        ("甲公司", code(1), "东莞", "汽车", "", "链主"),
        ("甲公司", code(1), "", "智能机器人", "", "专精特新"),
        ("甲公司", code(1), "东莞", "汽车", "", "链主"),
    )
    assert refused(made.build(plan=PLAN, firms=rows)) == []
    index = made.index()
    firm = f"company/{code(1)}"
    assert sorted(map(index.name, fill.activities(index, firm))) == ["智能机器人", "汽车"]
    assert index.node(firm).properties["titles"] == ("专精特新", "链主")
    assert fill.seats(index, firm) == (vocabulary().city("东莞").id,)
    assert len(fill.rows(index, firm)) == 3
    assert made.sound()


@pytest.mark.parametrize(("what", "other"), [("名称", ("乙公司", "东莞")), ("城市", ("甲公司", "中山"))])
def test_rows_that_contradict_each_other_are_all_left_out(made: Made, what: str, other: tuple[str, str]) -> None:
    one, two = ("甲公司", code(1), "东莞", "", "", ""), (other[0], code(1), other[1], "", "", "")
    receipt = made.build(plan=PLAN, firms=[one, (*ROWS[0][:1], code(9), *ROWS[0][2:]), two])
    assert [(file, line) for file, line, _ in refused(receipt)] == [("firms.csv", 2), ("firms.csv", 4)]
    assert all(
        f"的{what}不一：firms.csv 第 2 行为" in why and "firms.csv 第 4 行为" in why for _, _, why in refused(receipt)
    )
    assert list(made.firms()) == [code(9)]


def test_two_registries_that_contradict_each_other_are_named_both(made: Made) -> None:
    made.build(plan=PLAN, first=ROWS)
    receipt = made.build(second=[("东莞另一公司", code(1), "东莞", "", "", ""), *ROWS[1:]])
    assert {(file, line) for file, line, _ in refused(receipt)} == {("first.csv", 2), ("second.csv", 2)}
    assert "first.csv 第 2 行为“东莞庚辛无人机有限公司”；second.csv 第 2 行为“东莞另一公司”" in refused(receipt)[0][2]
    assert set(made.firms()) == {code(2, "440300"), code(3, "430100")}
    receipt = made.build(second=ROWS[1:])
    assert refused(receipt) == []
    assert len(made.firms()) == 3


# ---- Corrections


def test_a_row_is_corrected_rejected_and_confirmed_like_any_fact(made: Made) -> None:
    made.build(plan=PLAN, firms=ROWS)
    with Atlas(made.directory.path) as atlas:
        facts = {str(one["name"]): str(one["id"]) for one in atlas.facts("firms")}
    one, two, three = (facts[str(row[0])] for row in ROWS)
    lines = (
        f'{one},correct,city,中山,营业执照,王某,\n{one},correct,stages,"[""飞控系统""]",营业执照,王某,\n'
        f"{two},reject,,,已注销,王某,\n{three},confirm,,,营业执照,王某,\n{one},correct,city,东管,营业执照,李某,\n"
    )
    receipt = made.build(overrides=lines.rpartition(f"{one},correct,city,东管")[0])
    assert [review.action for review in receipt.reviews] == ["correct", "correct", "reject", "confirm"]
    assert [(file, why) for file, _, why in refused(receipt)] == [("firms.csv", "人工核对不采用（依据：已注销，王某）")]
    index = made.index()
    firm = f"company/{code(1)}"
    assert fill.seats(index, firm) == (vocabulary().city("中山").id,)
    assert "product/飞控系统" in fill.activities(index, firm)
    assert [row.properties["review"] for row in fill.rows(index, firm)] == ["corrected"]
    assert [r.properties["review"] for r in fill.rows(index, f"company/{code(3, '430100')}")] == ["confirmed"]
    assert code(2, "440300") not in made.firms()
    assert made.sound()
    wrong = f'{one},correct,stages,"[""无人技""]",营业执照,王某,\n'
    receipt = made.build(overrides=wrong)
    assert any("没有名为“无人技”的环节" in one.reason for _, one in receipt.rejected)


# ---- One firm in documents and in a registry


def joined(receipt: Receipt) -> dict[str, tuple[str, str]]:
    return {str(m.given_up): (str(m.kept), m.reason) for m in receipt.merges if m.property == "id"}


def test_a_firm_of_a_document_is_the_registered_one(made: Made) -> None:
    rows = (
        ("东莞丙丁电机有限公司", code(1), "东莞", "", "", ""),
        ("戊己科技股份有限公司", code(2), "东莞", "", "", "链主"),
    )
    receipt = made.build(plan=PLAN, firms=rows)
    assert joined(receipt) == {
        "company/东莞丙丁电机": (f"company/{code(1)}", "企业名称只差公司形式"),
        "company/戊己": (f"company/{code(2)}", "企业名称只差通用词"),
    }
    index = made.index()
    known = index.node(f"company/{code(2)}").properties
    assert (known["name"], known["credit_code"], known["aliases"]) == ("戊己科技股份有限公司", code(2), ("戊己",))
    assert known["alias"] == ("company/戊己",)
    said = {one.cls for one in index.into(f"company/{code(2)}", "aboutCompany")}
    assert said == {"Mention", "Registration"}
    assert made.sound()


def test_the_registered_name_stands_though_a_document_has_a_longer_one(made: Made) -> None:
    plan = BOX + "\n支持东莞丙丁电机股份有限公司等龙头企业发展智能机器人产业集群。\n"
    receipt = made.build(plan=plan, firms=[("东莞丙丁电机公司", code(1), "东莞", "", "", "")])
    assert set(joined(receipt)) == {"company/东莞丙丁电机股份有限公司"}
    assert made.index().node(f"company/{code(1)}").properties["name"] == "东莞丙丁电机公司"


@pytest.mark.parametrize(
    "names",
    [
        ("戊己科技有限公司", "戊己实业有限公司"),
        ("戊己有限公司", "戊己股份有限公司"),
        ("戊己科技有限公司", "戊己有限责任公司"),
    ],
)
def test_nothing_is_joined_where_two_registered_firms_share_the_short_name(made: Made, names: tuple[str, str]) -> None:
    rows = [(name, code(i), "东莞", "", "", "") for i, name in enumerate(names, 1)]
    receipt = made.build(plan=PLAN, firms=rows)
    assert joined(receipt) == {}
    assert made.firms() == {code(1): names[0], code(2): names[1]}
    assert made.index().has("company/戊己")


def test_a_name_printed_in_full_says_which_of_two_registered_firms_is_meant(made: Made) -> None:
    rows = [(name, code(i), "东莞", "", "", "") for i, name in enumerate(("戊己有限公司", "戊己股份有限公司"), 1)]
    plan = BOX + "\n支持戊己股份有限公司等龙头企业发展智能机器人产业集群。\n"
    receipt = made.build(plan=plan, firms=rows)
    assert joined(receipt) == {
        "company/戊己股份有限公司": (f"company/{code(2)}", "企业名称只差公司形式；名称只差连接词、空格、全半角或大小写")
    }


def test_that_documents_name_a_firm_for_a_cluster_puts_it_into_no_registry(made: Made) -> None:
    made.build(plan=PLAN, firms=[("戊己科技有限公司", code(1), "东莞", "汽车", "", "")])
    index = made.index()
    firm = f"company/{code(1)}"
    active = {edge.target for edge in index.edges(firm, "activeIn")}
    robots, cars = (vocabulary().cluster(name).id for name in ("智能机器人", "汽车"))
    assert active == {robots, cars}
    assert [one.id for one in fill.recorded(index, cars)] == [firm]
    assert fill.recorded(index, robots) == []


def test_many_firms_are_built_in_seconds(made: Made) -> None:
    cities = [city.name for city in vocabulary().cities]
    words = ("华", "兴", "恒", "泰", "正", "联", "新", "达", "亿", "盛")
    rows = [
        (
            f"{cities[i % 21]}{words[i % 10]}{words[i // 10 % 10]}{words[i // 100 % 10]}电子科技有限公司",
            code(i),
            cities[i % 21],
            "智能机器人",
            ("无人机", "动力系统", f"没有的环节{i % 50}")[i % 3],
            "专精特新",
        )
        for i in range(3_000)
    ]
    start = time.perf_counter()
    receipt = made.build(plan=PLAN, firms=rows)
    assert time.perf_counter() - start < 30
    assert len(refused(receipt)) == 1000
    assert len(made.firms()) == 2000
