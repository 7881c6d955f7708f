"""Lists of agencies: prefixes restored, joined names kept whole, other lists refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.grammar.agencies import bodies, level_of, names
from ontology.vocabulary import vocabulary

# Provincial bodies whose name without 省 the vocabulary also has: what a list leaves out can be put back.
PROVINCIAL = sorted(
    agency.name
    for agency in vocabulary().agencies
    if agency.level == "provincial" and agency.name.startswith("省") and agency.name[1:] in agency.labels
)


@pytest.mark.parametrize(
    ("printed", "level", "expected"),
    [
        ("省科技厅、财政厅，省委网信办、教育厅", None, ["省科技厅", "省财政厅", "省委网信办", "省教育厅"]),
        ("省商务厅、通信管理局，人民银行广州分行", None, ["省商务厅", "省通信管理局", "人民银行广州分行"]),
        ("市科技局、市场监管局、发展改革委", None, ["市科技局", "市市场监管局", "市发展改革局"]),
        ("工信局、财政局", "市", ["市工业和信息化局", "市财政局"]),
        ("县商务局、工信局、各乡镇人民政府", None, ["县商务局", "县工信局", "各乡镇人民政府"]),
        ("无锡市工业和信息化局、财政局", None, ["无锡市工业和信息化局", "无锡市财政局"]),
        ("绵阳市、宜宾市人民政府", None, ["绵阳市人民政府", "宜宾市人民政府"]),
        ("省工业和信息化厅和省财政厅", None, ["省工业和信息化厅", "省财政厅"]),
        ("经济和信息化厅、交通运输厅等有关部门", "省", ["省经济和信息化厅", "省交通运输厅"]),
        ("各县（市、区）人民政府，市直有关单位", "市", ["各县（市、区）人民政府", "市直有关单位"]),
        ("省国防科工办", None, ["省国防科工办"]),
        ("市财政局、白云镇", "市", ["市财政局", "白云镇人民政府"]),
        ("省科技厅、省科技厅", None, ["省科技厅"]),
    ],
)
def test_names(printed: str, level: str | None, expected: list[str]) -> None:
    assert list(names(printed, level)) == expected


@pytest.mark.parametrize(
    "printed",
    [
        "市、区",
        "不含税",
        "含软件、云资源及网络费用",
        "广州、深圳、佛山",
        "第三方机构",
        "龙头企业、科研院所",
        "2 项及以上",
        "",
    ],
)
def test_other_lists_are_no_agencies(printed: str) -> None:
    assert names(printed) == ()


@given(st.lists(st.sampled_from(PROVINCIAL), min_size=1, max_size=6, unique=True), st.sampled_from(["、", "，"]))
def test_a_prefix_holds_until_another_stands_there(listed: list[str], comma: str) -> None:
    short = comma.join([listed[0], *(name[1:] for name in listed[1:])])
    assert list(names(short)) == listed
    assert list(names(comma.join(listed))) == listed


def test_where_each_is_printed() -> None:
    printed = "省科技厅、财政厅会同有关市参与"
    assert [printed[body.start : body.end] for body in bodies("省科技厅、财政厅")] == ["省科技厅", "财政厅"]
    assert [body.known for body in bodies("省科技厅、数字产业厅")] == [True, False]


def test_level_of() -> None:
    assert [level_of(level) for level in ("provincial", "municipal", "county", "national", None)] == [
        "省",
        "市",
        "县",
        None,
        None,
    ]
