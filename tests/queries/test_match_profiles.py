"""Profiles as people write them: values with units, files of both kinds, and messages that say what was meant."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from ontology.errors import AtlasError, NotFound, UsageError
from queries.match.attributes import attribute_named, attributes, profile
from queries.match.files import ProfileError, profiles


def read(code: str, value: object) -> object:
    return profile({code: value})[attribute_named(code).code]


@pytest.mark.parametrize(
    ("code", "written", "value"),
    [
        ("equipment", "1000万元", 10_000_000),
        ("equipment", "1000万", 10_000_000),
        ("equipment", "1.2亿元", 120_000_000),
        ("equipment", "1,000 万元", 10_000_000),
        ("equipment", "0.07亿元", 7_000_000),
        ("equipment", "1亿2000万元", 120_000_000),
        ("equipment", "五千万元", 50_000_000),
        ("equipment", "6999999元", 6_999_999),
        ("net-profit", "-100万元", -1_000_000),
        ("net_profit", "0", 0),
        ("it-share", "55%", Decimal("0.55")),
        ("it_share", "59.9％", Decimal("0.599")),
        ("revenue-growth", "-5%", Decimal("-0.05")),
        ("years", 5, Decimal(5)),
        ("years", "18个月", Decimal("1.5")),
        ("patents", "2项", 2),
        ("score", 85, 85),
        ("filed", "是", True),
        ("filed", False, False),
        ("date", "2024年6月1日", "2024-06-01"),
        ("date", "2024/6/1", "2024-06-01"),
        ("city", "Dongguan", "东莞"),
        ("city", "441900", "东莞"),
        ("cluster", "汽车产业集群", "汽车"),
        ("设备购置额（万元）", 700, 7_000_000),
        ("资产负债率（%）", 70.1, Decimal("0.701")),
    ],
)
def test_values_as_people_write_them(code: str, written: object, value: object) -> None:
    assert read(code, written) == value


@pytest.mark.parametrize(
    ("code", "written", "says"),
    [
        ("equipment", "1000", "1000万元"),
        ("equipment", "三千块", "1000万元"),
        ("equipment", "55%", "带单位的金额"),
        ("equipment", "1.5元", "精确到元"),
        ("it-share", "0.55", "是 55% 还是 0.55%"),
        ("it-share", "55", "缺少百分号：55%"),
        ("it-share", "55万元", "百分号"),
        ("date", "2024-02-30", "没有这一天"),
        ("date", "2024年13月1日", "没有这一天"),
        ("date", "去年", "年-月-日"),
        ("filed", "也许", "是 或 否"),
        ("patents", "两三项", "整数"),
        ("city", "东管", "东莞"),
        ("cluster", "汽年", "汽车"),
        ("equipmnt", "1万元", "equipment（设备购置额）"),
        ("equipment", "-5万元", "不能是负数"),
        ("it-share", "155%", "不超过 100%"),
        ("area", "100", "缺少单位"),
        ("设备购置总和", "1万元", "设备购置额"),
    ],
)
def test_a_mistake_says_what_was_meant(code: str, written: str, says: str) -> None:
    with pytest.raises(AtlasError) as caught:
        profile({code: written})
    assert says in str(caught.value)
    assert caught.value.exit_code == 2


def test_one_attribute_under_two_names_is_refused() -> None:
    with pytest.raises(UsageError, match="写了两次"):
        profile({"equipment": "1万元", "设备购置额": "2万元"})


def test_attributes_are_the_codes_of_the_vocabulary() -> None:
    assert {"city", "cluster", "equipment", "total-investment", "new-investment", "project-cost", "it-share"} <= set(
        attributes()
    )
    assert "other" not in attributes()
    with pytest.raises(NotFound):
        attribute_named("other")


@settings(deadline=None)
@given(st.integers(0, 10**9), st.sampled_from([("元", 1), ("万元", 10_000), ("亿元", 100_000_000)]))
def test_money_is_exact(number: int, unit: tuple[str, int]) -> None:
    assert read("revenue", f"{number}{unit[0]}") == number * unit[1]


@settings(deadline=None)
@given(st.text(max_size=12), st.sampled_from(["equipment", "it-share", "date", "filed", "years", "patents", "city"]))
def test_any_text_is_read_or_refused_with_exit_code_2(text: str, code: str) -> None:
    codes = []
    try:
        profile({code: text})
    except AtlasError as error:
        codes.append(error.exit_code)
    assert codes in ([], [2])


# ---- Files


def toml(folder: Path, text: str) -> Path:
    path = folder / "profiles.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_table_is_one_profile_and_several_have_names(tmp_path: Path) -> None:
    (one,) = profiles(toml(tmp_path, 'city = "东莞"\nequipment = "1000万元"\nfiled = true\ndate = 2024-06-01\n'))
    assert one.values == {"city": "东莞", "equipment": 10_000_000, "filed": True, "date": "2024-06-01"}
    two = profiles(toml(tmp_path, '[[profile]]\nname = "甲"\ncity = "东莞"\n\n[[profile]]\ncity = "河源"\n'))
    assert [(found.name, found.values["city"]) for found in two] == [("甲", "东莞"), ("第2项", "河源")]


@pytest.mark.parametrize("text", ["", "# 还没有填\n", 'name = "甲"\n', "[[profile]]\n"])
def test_a_file_that_says_nothing_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(ProfileError, match="没有填报项") as caught:
        profiles(toml(tmp_path, text))
    assert caught.value.exit_code == 2
    with pytest.raises(ProfileError, match="没有填报项"):
        profiles(sheet(tmp_path, [["企业", "设备购置额（万元）"]]))


def test_short_headings_are_understood(tmp_path: Path) -> None:
    (one,) = profiles(sheet(tmp_path, [["企业", "城市", "集群", "日期"], ["甲", "Dongguan", "新能源", "2024-06-01"]]))
    assert (one.name, one.values) == ("甲", {"city": "东莞", "cluster": "新能源", "date": "2024-06-01"})


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ('city = "东莞"\nequipment = "1000"\n', 2, "1000万元"),
        ('city = "东莞"\nequipmnt = "1万元"\n', 2, "equipment"),
        ('[[profile]]\ncity = "东莞"\n[[profile]]\ncity = "东管"\n', 4, "东莞"),
        ('city = "东莞"\ncity = \n', 2, "TOML"),
        ('city = "东莞"\n[[profile]]\ncity = "河源"\n', 1, "[[profile]]"),
    ],
)
def test_a_mistake_in_toml_names_the_line(tmp_path: Path, text: str, line: int, says: str) -> None:
    with pytest.raises(ProfileError) as caught:
        profiles(toml(tmp_path, text))
    assert caught.value.line == line
    assert says in str(caught.value)
    assert caught.value.exit_code == 2


def sheet(folder: Path, rows: list[list[Any]], percent: str | None = None) -> Path:
    book = Workbook()
    page = book.active
    assert page is not None
    for row in rows:
        page.append(row)
    if percent is not None:
        page[percent].number_format = "0.0%"
    path = folder / "profiles.xlsx"
    book.save(path)
    return path


def test_a_sheet_with_a_title_units_in_headings_and_notes(tmp_path: Path) -> None:
    path = sheet(
        tmp_path,
        [
            ["2024年申报项目"],
            ["序号", "企业名称", "所在城市", "设备购置额（万元）", "信息化投入占比", "filed", "备注"],
            [1, "甲公司", "东莞", 1000, 0.55, "是", "急"],
            [2, "乙公司", "河源", 400.5, "60%", None, None],
            [None, None, None, None, None, None, None],
            ["注：数字由企业自报"],
        ],
        percent="E3",
    )
    first, second = profiles(path)
    assert (first.name, dict(first.values)) == (
        "甲公司",
        {"city": "东莞", "equipment": 10_000_000, "it-share": Decimal("0.55"), "filed": True},
    )
    assert dict(second.values) == {"city": "河源", "equipment": 4_005_000, "it-share": Decimal("0.6")}


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([["城市名", "equipment"], ["东莞", "1万元"]], "A1"),
        ([["city", "equipment"], ["东莞", "1万元"], ["东管", "1万元"]], "A3"),
        ([["city", "equipment"], ["东莞", 1000]], "B2"),
        ([["city", "所在城市"], ["东莞", "东莞"]], "B1"),
        ([["甲", "乙"], ["1", "2"]], "列名"),
    ],
)
def test_a_mistake_in_a_sheet_names_the_cell(tmp_path: Path, rows: list[list[Any]], says: str) -> None:
    with pytest.raises(ProfileError) as caught:
        profiles(sheet(tmp_path, rows))
    assert says in str(caught.value)
    assert "profiles.xlsx" in str(caught.value)


def test_other_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("city\n东莞\n", encoding="utf-8")
    (tmp_path / "b.xlsx").write_text("nothing", encoding="utf-8")
    (tmp_path / "c.csv").write_text('city\n"东莞\n', encoding="utf-8")
    for name in ("a.txt", "b.xlsx", "c.csv"):
        with pytest.raises(ProfileError) as caught:
            profiles(tmp_path / name)
        assert caught.value.exit_code == 2


def test_a_table_in_csv_is_read_as_a_sheet_is(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(
        "企业名称,城市,设备购置额（万元）,信息化投入占比\n甲,东莞,300,55%\n\n乙,441900,1.2,\n".encode("gb18030")
    )
    one, two = profiles(path)
    assert (one.name, two.name) == ("甲", "乙")
    assert one.values == {"city": "东莞", "equipment": 3_000_000, "it-share": Decimal("0.55")}
    assert two.values == {"city": "东莞", "equipment": 12_000}
    path.write_text("城市,设备购置\n东莞,300\n", encoding="utf-8")
    with pytest.raises(ProfileError, match=r"单元格 B1.*equipment"):
        profiles(path)
    path.write_text("城市,设备购置额\n\n东莞,300\n", encoding="utf-8")
    with pytest.raises(ProfileError, match=r"单元格 B3.*缺少单位"):
        profiles(path)
