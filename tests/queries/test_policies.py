"""What is in force by its own words, and the tree of what rests on what."""

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner

from clusteratlas import Atlas
from clusteratlas.plans import policies as command
from ontology.errors import Ambiguous, NotFound, ParameterError, UsageError
from ontology.vocabulary import vocabulary
from queries.plans.find import policies_of, policy_of
from queries.plans.lineage import lineage
from queries.plans.policies import UNKNOWN, policies, status
from tests.queries.plans import DONGGUAN, Sketch, by, follow


@pytest.mark.parametrize(
    ("day", "code", "words"),
    [
        ("2021-12-31", "not_yet", "当日尚未施行（2022-01-01）"),
        ("2022-01-01", "in_force", f"按文本推算有效至 2026-12-31；{UNKNOWN}"),
        ("2026-12-31", "in_force", f"按文本推算有效至 2026-12-31；{UNKNOWN}"),
        ("2027-01-01", "expired", f"按文本推算已于 2026-12-31 到期；{UNKNOWN}"),
    ],
)
def test_a_term_holds_from_its_first_day_to_its_last(day: str, code: str, words: str) -> None:
    one = Sketch()
    rules = one.policy("policy/rules", "某办法", issued="2021-10-09", effective="2022-01-01", expires="2026-12-31")
    index = one.index()
    assert status(index, index.node(rules), date.fromisoformat(day)) == (code, words)


def test_what_says_nothing_of_its_term_is_unknown_on_every_day() -> None:
    one = Sketch()
    plan = one.policy("policy/plan", "某行动计划（2021—2025年）", issued="2021-06-30")
    bare = one.policy("policy/bare", "某规划")
    index = one.index()
    assert status(index, index.node(plan), date(2021, 6, 29))[0] == "not_yet"
    code, words = status(index, index.node(plan), date(2030, 1, 1))
    assert (code, "题名所写期间为 2021—2025 年" in words, words.endswith(UNKNOWN)) == ("unknown", True, True)
    assert status(index, index.node(bare), date(2000, 1, 1))[0] == "unknown"


def test_drafts_and_interpretations_have_no_term() -> None:
    one = Sketch()
    draft = one.policy("policy/draft", "某计划", draft=True)
    said = one.policy("policy/said", "某计划解读", kind="interpretation")
    index = one.index()
    assert status(index, index.node(draft), None) == ("draft", "征求意见稿，尚未印发")
    assert status(index, index.node(said), None)[0] == "interpretation"


def test_what_another_text_repeals_has_ended_from_that_day() -> None:
    one = Sketch()
    old = one.policy("policy/old", "旧办法", issued="2019-01-01", expires="2030-01-01")
    new = one.policy("policy/new", "新办法", effective="2021-09-01")
    one.cite(new, "废止", old)
    one.edge("repeals", new, old)
    index = one.index()
    assert status(index, index.node(old), date(2021, 8, 31))[0] == "in_force"
    assert status(index, index.node(old), date(2021, 9, 1)) == ("ended", "已由《新办法》废止（2021-09-01）")


def test_the_bundled_policies(bundled_atlas: Atlas) -> None:
    index = bundled_atlas.index()
    found = policies(index, day=date(2025, 3, 1))
    assert follow(index, found) == 20
    rows = by(found, "name")
    codes = {str(row["doc_number"]): row["code"] for row in rows.values() if row["doc_number"]}
    assert codes["粤工信规字〔2021〕5号"] == codes["粤工信技改函〔2021〕45号"] == "in_force"
    assert codes["粤工信规字〔2020〕3号"] == "expired"  # fifteen days before
    before = by(policies(index, day=date(2025, 2, 14)), "name")
    assert before["广东省工业和信息化厅专精特新中小企业遴选办法"]["code"] == "in_force"
    assert rows["广东省制造业数字化转型若干政策措施"]["code"] == "expired"
    assert rows["广东省制造业数字化转型实施方案（2021—2025年）"]["code"] == "unknown"
    for row in rows.values():
        if row["code"] == "in_force":
            assert str(row["status"]).endswith(UNKNOWN)


def test_policies_about_a_cluster_and_a_city(bundled_atlas: Atlas) -> None:
    index = bundled_atlas.index()
    about = {row["doc_number"] for row in policies(index, about=vocabulary().cluster("新一代电子信息").id).records()}
    assert about >= {"粤府〔2021〕53号", "粤府函〔2020〕82号", "粤工信电子〔2020〕138号"}
    assert "粤工信规字〔2020〕3号" not in about
    city = {row["name"] for row in policies(index, city=index.node(DONGGUAN)).records()}
    assert "东莞市发展新一代电子信息战略性支柱产业集群行动计划" in city
    assert "广东省工业和信息化厅专精特新中小企业遴选办法" not in city
    for place in vocabulary().cities:
        assert "广东省制造业高质量发展“十四五”规划" in by(policies(index, city=index.node(place.id)), "name")
    for cluster in vocabulary().clusters_of():
        assert policies(index, about=cluster.id).rows


def test_a_tree_goes_both_ways_and_ends_where_it_has_been() -> None:
    one = Sketch()
    names = {name: one.policy(f"policy/{name}", name) for name in "甲乙丙丁"}
    one.cite(names["乙"], "依据", names["甲"])
    one.cite(names["乙"], "提及", names["甲"])
    one.cite(names["丙"], "贯彻落实", names["乙"])
    one.cite(names["甲"], "参考", names["丙"])  # a ring
    one.cite(names["丁"], "解读", names["乙"])
    index = one.index()
    found = lineage(index, index.node(names["乙"]))
    assert [row["tree"] for row in found.records()] == [
        "《乙》",
        "└─依据：《甲》",
        "　　└─参考：《丙》",
        "　　　　└─贯彻落实：《乙》（见上）",
        "├─贯彻落实它：《丙》",
        "│　└─参考它：《甲》",
        "│　　　└─以其为依据：《乙》（见上）",
        "└─解读它：《丁》",
    ]
    assert follow(index, found) == 8
    basis = found.records()[1]["evidence"]
    assert isinstance(basis, list)
    assert len(basis) == 2  # both citations of the pair


def test_a_lineage_ends_after_so_many_steps() -> None:
    one = Sketch()
    chain = [one.policy(f"policy/{i}", f"文件{i}") for i in range(7)]
    for citing, cited in pairwise(chain):
        one.cite(citing, "依据", cited)
    index = one.index()
    assert [row["depth"] for row in lineage(index, index.node(chain[0])).records()] == [0, 1, 2, 3, 4]
    assert [row["depth"] for row in lineage(index, index.node(chain[3]), depth=2).records()] == [0, 1, 2, 1, 2]


def test_the_lineage_of_the_opinion_reaches_the_citys_plan(bundled_atlas: Atlas) -> None:
    index = bundled_atlas.index()
    opinion = policy_of(index, "粤府函[2020]82号")
    found = lineage(index, opinion)
    reached = {row["name"]: row for row in found.records()}
    assert follow(index, found) == len(found.rows)
    # The plan of 2021 names the opinion by title alone, and the opinion prints neither title nor number of its own.
    assert reached["广东省制造业高质量发展“十四五”规划"]["relation"] == "依据"
    assert reached["广东省发展新一代电子信息战略性支柱产业集群行动计划（2021—2025年）"]["depth"] == 1
    assert reached["东莞市发展新一代电子信息战略性支柱产业集群行动计划"]["depth"] == 2
    (issued,) = index.edges(opinion.id, "issuedBy")
    assert issued.properties["origin"] == "manifest"


def test_a_policy_is_found_by_number_title_and_part(bundled_atlas: Atlas) -> None:
    index = bundled_atlas.index()
    plan = policy_of(index, "粤府〔2021〕53号")
    for text in (
        "粤府[2021]53号",
        "粤府【2021】53号",
        "广东省制造业高质量发展“十四五”规划",
        "制造业高质量发展",
        plan.id,
    ):
        assert policy_of(index, text) == plan
    assert len(policies_of(index, "粤府〔2021〕45号")) == 2
    with pytest.raises(Ambiguous, match="若干政策措施"):
        policy_of(index, "粤府〔2021〕45号")
    with pytest.raises(NotFound) as caught:
        policy_of(index, "粤府〔2021〕35号")
    assert any("粤府〔2021〕53号" in name for name in caught.value.near)


@pytest.mark.parametrize(
    ("words", "error", "said"),
    [
        (["--in-force", "2025-02-30"], ParameterError, "2025-02-28"),
        (["--about", "生物医药与建康"], NotFound, "生物医药与健康"),
        (["--city", "东完"], NotFound, "东莞"),
        (["--lineage", "粤府〔2021〕35号"], NotFound, "粤府〔2021〕53号"),
        (["--lineage", "粤府〔2021〕53号", "--city", "东莞"], UsageError, "--lineage"),
    ],
)
def test_wrong_words_are_answered(words: list[str], error: type[UsageError], said: str, bundled_graph: Path) -> None:
    done = CliRunner().invoke(command, words, obj=bundled_graph)
    assert isinstance(done.exception, error)
    assert done.exception.exit_code == 2
    assert said in str(done.exception)
