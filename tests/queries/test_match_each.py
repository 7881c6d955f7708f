"""What is paid for each of something is multiplied where the profile counts it; whose policy it is decides for whom."""

from functools import cache

import pyoxigraph as ox
import pytest

from clusteratlas import Atlas
from graph.mapping.jurisdiction import jurisdiction
from graph.rdf import quads
from queries import run
from queries.library import library
from queries.match.attributes import profile
from queries.match.match import Answer, Matcher
from queries.match.places import home_city, home_elsewhere
from queries.match.table import shown, table
from tests.queries.matching import index_of, read_text

TEXT = """# 杭州市支持制造业企业若干措施

（杭政〔2024〕1号）

### 第一条 用地补助

对制造业企业新取得的工业用地，按每亩5万元给予补助，单个企业最高不超过500万元。

### 第二条 厂房租金补贴

对租用标准厂房的企业，按每平方米每月10元给予租金补贴，每年最高不超过50万元。

### 第三条 培训补贴

对开展技能培训的企业，按每人1000元的标准给予补贴。

### 第四条 稳岗补贴

对不裁员的企业，按参保人数每人500元给予补贴，最高20万元。

### 第五条 建设补助

对新建厂房按30元/平方米给予补助，最高300万元。

### 第六条 上云补贴

每服务一家企业给予服务商1万元奖励，最高100万元。

### 第七条 项目补助

对列入计划的项目，每个项目给予10万元补助，要求企业拥有发明专利。
"""


@cache
def matcher() -> Matcher:
    return Matcher(index_of(read_text(TEXT, "x.txt")))


def paid(name: str, **given: str) -> Answer:
    values = profile(
        {"city": "杭州", "date": "2025-01-01"} | {key.replace("_", "-"): one for key, one in given.items()}
    )
    return next(one for one in matcher().match(values) if one.offer.name.startswith(name))


@pytest.mark.parametrize(
    ("name", "given", "yuan", "words"),
    [
        ("用地补助", {"area": "99亩"}, 4_950_000, "5万元 × 99亩 = 495万元，不超过上限500万元"),
        ("用地补助", {"area": "100亩"}, 5_000_000, "恰为上限500万元"),
        ("用地补助", {"area": "120亩"}, 5_000_000, "5万元 × 120亩 = 600万元，超过上限500万元，取500万元"),
        ("用地补助", {"area": "66000平方米"}, 4_950_000, "5万元 × 99亩 = 495万元"),
        ("厂房租金", {"area": "3000平方米"}, 30_000, "每月10元 × 3000平方米 = 3万元"),
        ("厂房租金", {"area": "2亩"}, 13_333, "每月10元 × 1333"),
        ("稳岗", {"employees": "300"}, 150_000, "500元 × 300人 = 15万元"),
        ("稳岗", {"employees": "500"}, 200_000, "500元 × 500人 = 25万元，超过上限20万元，取20万元"),
        ("建设补助", {"area": "5000平方米"}, 150_000, "30元 × 5000平方米 = 15万元"),
        ("建设补助", {"area": "20万平方米"}, 3_000_000, "30元 × 200000平方米 = 600万元，超过上限300万元，取300万元"),
        ("上云", {"served": "60"}, 600_000, "1万元 × 60家 = 60万元"),
        ("上云", {"served": "150"}, 1_000_000, "取100万元"),
    ],
)
def test_a_rate_is_multiplied_by_the_count_of_the_profile(
    name: str, given: dict[str, str], yuan: int, words: str
) -> None:
    amount = paid(name, **given).amount
    assert amount.yuan == yuan
    assert words in amount.words
    assert amount.lacks == ()


@pytest.mark.parametrize(
    ("name", "code", "yuan", "per"),
    [
        ("用地补助", "area", 50_000, "每亩"),
        ("厂房租金", "area", 10, "每平方米每月"),
        ("稳岗", "employees", 500, "每人"),
        ("建设补助", "area", 30, "每平方米"),
        ("上云", "served", 10_000, "每服务一家"),
    ],
)
def test_without_the_count_the_rate_is_stated_and_the_count_is_asked_for(
    name: str, code: str, yuan: int, per: str
) -> None:
    answer = paid(name)
    assert (answer.amount.yuan, answer.amount.per, answer.amount.lacks) == (yuan, per, (code,))
    assert answer.amount.per_unit
    assert "不超过上限" not in answer.amount.words, "a rate is not held against a ceiling of the whole"
    assert code in matcher().codes()


def test_persons_of_a_training_and_projects_are_not_the_employees_or_the_patents() -> None:
    assert (paid("培训", employees="300").amount.yuan, paid("培训", employees="300").amount.per) == (1_000, "每人")
    assert paid("项目补助", patents="9").amount.yuan == 100_000


def test_a_rent_by_the_month_stays_by_the_month() -> None:
    answer = paid("厂房租金", area="3000平方米")
    assert (answer.amount.per, answer.amount.per_unit) == ("每月", True)
    (row,) = table([(None, {}, [answer])]).records()
    assert str(row["amount_max"]).startswith("每月3万元")


def test_areas_are_compared_in_one_unit() -> None:
    assert profile({"area": "20000平方米"})["area"] == profile({"area": "30亩"})["area"]
    assert profile({"area": "2平方公里"})["area"] == profile({"area": "3000亩"})["area"]
    assert shown("area", profile({"area": "20000平方米"})["area"]) == "30亩"


GUANGDONG = "广东省工业和信息化厅 广东省财政厅关于先进制造业发展专项资金管理实施细则"


@pytest.mark.parametrize(
    ("city", "policy", "number", "home"),
    [
        ("长沙", GUANGDONG, None, "广东"),
        ("深圳", GUANGDONG, None, None),
        ("长沙", "《广东省制造业方案》解读", None, "广东"),
        ("长沙", "制造业数字化转型若干政策措施", "粤府〔2021〕45号", "广东"),
        ("长沙", "工业和信息化部办公厅关于开展培育工作的通知", "工信厅企业函〔2021〕79号", None),
        ("广州", "东莞市发展新一代电子信息行动计划", None, "东莞"),
        ("东莞", "东莞市发展新一代电子信息行动计划", None, None),
        ("深圳", "广州市天河区支持企业上市意见", None, "广州"),
        ("广州", "湖南省长沙市支持企业意见", None, "长沙"),
        ("株洲", "湖南省长沙市支持企业意见", None, "长沙"),
        ("长沙", "支持企业上市服务方案", None, None),
    ],
)
def test_a_policy_is_for_the_place_that_made_it(city: str, policy: str, number: str | None, home: str | None) -> None:
    assert home_elsewhere(city, jurisdiction(policy, number)) == home


def test_a_firm_elsewhere_is_told_where_the_policy_is_for() -> None:
    values = profile({"city": "长沙", "date": "2025-01-01", "area": "10亩"})
    for answer in matcher().match(values):
        assert answer.verdict == "不适用"
        assert [one.words for one in answer.unmet] == ["长沙不在所列地区：杭州"]
        assert answer.amount.yuan is None


def test_the_conditions_of_other_cities_are_no_part_of_an_offer_for_some(bundled_atlas: Atlas) -> None:
    """Without a city, an offer for 珠三角 does not ask for what 粤东粤西粤北 have to show."""
    seen = 0
    for one in Matcher(bundled_atlas.index()).match(profile({"date": "2022-01-01"})):
        for leaf in one.findings.unknown if one.offer.regions else ():
            if leaf.regions:
                assert set(one.offer.regions) & set(leaf.regions), one.offer.name
                seen += 1
    assert seen > 1


def test_the_question_for_a_citys_instruments_says_the_same() -> None:
    store = ox.Store()
    store.extend(quads(index_of(read_text(TEXT, "x.txt")).tables))
    engine = run.sparql_engine("oxigraph", store)

    def offered(city: str) -> int:
        return len(run.answer(library()["instruments-on-date"], {"city": city, "date": "2025-01-01"}, engine).rows)

    assert (offered("长沙"), offered("东莞")) == (0, 0)
    assert offered("杭州") > 0


def test_without_a_city_what_a_city_pays_stays_open_and_says_for_which() -> None:
    values = profile({"date": "2025-01-01", "area": "10亩"})
    for answer in matcher().match(values):
        assert answer.verdict == "待核实"
        assert "适用地区：杭州" in [one.words for one in answer.unknown]
    assert home_city(jurisdiction("湖南省支持企业意见")) is None
    assert home_city(jurisdiction("湖南省长沙市支持企业意见")) == "长沙"
