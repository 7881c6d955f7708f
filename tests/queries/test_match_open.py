"""When an offer is open, for whom its words are, and how its conditions are worded."""

from typing import Any

import pytest

from ontology.facts_money import Group
from queries.match.attributes import profile
from queries.match.conditions import wording
from queries.match.match import opening
from queries.match.places import within
from tests.queries.matching import leaf, matcher, offer


@pytest.mark.parametrize(
    ("whom", "open_"),
    [
        ("上年度研发投入1000万元以上的企业", False),
        ("上年度研发投入1000万元以上的技术改造项目", True),
        ("上年度研发投入首次达到1000万元以上的企业", True),
        ("研发投入1000万元以上的新引进企业", True),
        ("申报期内新增固定资产投资额1000万元以上的项目", False),
    ],
)
def test_a_payee_that_only_repeats_the_conditions_needs_no_review(whom: str, open_: bool) -> None:
    from queries.match.match import _narrow

    own = Group.all((leaf("rd-spending", ">", 1000, "万元", text=whom.partition("的")[0]), leaf("filed")))
    alone = {"strength": "hard", "recognition": False, "scheme": None, "own": own}
    assert (_narrow(offer(**alone, beneficiary=whom)) is not None) is open_
    named = _narrow(offer(**alone, beneficiary=None, name=f"{whom.removesuffix('的企业').removesuffix('的项目')}补助"))
    assert (named is not None) is open_


def test_an_offer_opens_when_it_is_issued_in_force_and_open_for_applications() -> None:
    window = "2021年4月28日至5月6日"

    def days(**more: Any) -> list[str]:
        return [day for day, _ in opening(offer(**more))]

    assert days(issued="2021-04-19", window=window) == ["2021-04-19", "2021-04-28"]
    assert days(issued="2021-04-19", window="每年4月1日至5月31日") == ["2021-04-19"]
    assert days(issued="2021-04-19", valid_from="2021-01-01", window=None) == ["2021-01-01"], "it reaches back"
    assert days(issued=None, window="截至2021年5月6日") == [], "a last day opens nothing"
    assert days(issued=None, window="2021年5月6日起") == ["2021-05-06"]


@pytest.mark.parametrize(
    ("date", "says"),
    [
        ("2021-04-18", "2021-04-19印发，2021-04-18尚未发布"),
        ("2021-04-27", "2021-04-28起申报，2021-04-27尚未开始"),
        ("2021-04-28", None),
    ],
)
def test_before_a_call_is_open_it_is_for_nobody(date: str, says: str | None) -> None:
    call = next(one for one in matcher().match(dict(profile({"date": date}))) if one.offer.window)
    assert call.offer.doc_number == "工信厅企业函〔2021〕79号"
    assert [one.words for one in call.unmet] == ([says] if says else [])
    assert (call.verdict == "不适用") is bool(says)


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("有偷漏税或其他违法违规、严重失信行为的", True),
        ("发生重大安全事故、严重质量事故或有严重环境违法行为的", True),
        ("有不良信用记录的", True),
        ("未按规定报送材料的", True),
        ("申报单位不得为失信被执行人", False),
        ("近3年内未发生重大事故，不属于失信被执行人", False),
        ("无违法违规记录", False),
        ("治理规范、信誉良好", False),
    ],
)
def test_misdeeds_are_worded_as_what_must_not_be(text: str, denied: bool) -> None:
    said = wording(leaf("clean-record", text=text))
    assert said.endswith(text)
    assert said.startswith("不得有下列情形：") is denied
    assert "none of this" in said.en or not denied
    assert wording(leaf("brand", text=text)) == text, "a condition that asks for something stays as it is"
    assert wording(leaf("direction", value="5G+应用", text="5G+应用")) == "申报方向须为：5G+应用"


def test_a_district_leaves_its_own_city_open_and_no_other() -> None:
    assert within("广州", ("天河区",)) is None
    assert within("深圳", ("天河区",)) is False
