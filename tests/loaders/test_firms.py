"""Registries of firms: the columns by their names, each kind of row that cannot be used, encodings, many rows."""

import hashlib
import time
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.reading import Read, read_document
from loaders.document.source import QUOTE_LIMIT
from loaders.firms import credit
from loaders.policy.manifest import Entry
from loaders.registry import TABLES
from ontology.errors import DocumentError, RegistryError
from ontology.facts import Evidence
from ontology.facts_firms import FirmFact
from ontology.vocabulary import vocabulary
from tests.registries import HEADER, SIGNS, code, table

GOOD = ("东莞甲乙有限公司", code(1), "东莞", "智能机器人", "无人机", "专精特新、单项冠军")


def read(text: str | bytes, file: str = "firms.csv") -> Read:
    return read_document(text if isinstance(text, bytes) else text.encode(), file, {})


def firms(text: str | bytes) -> list[FirmFact]:
    return [fact for fact in read(text).readings["firms"].facts if isinstance(fact, FirmFact)]


def reasons(*rows: tuple[object, ...], header: tuple[str, ...] = HEADER) -> list[tuple[int, str]]:
    """The lines that are refused, with why; a good row stands first, so that the table as a whole can be used."""
    good = [
        {**dict(zip(HEADER, GOOD, strict=True)), "名称": GOOD[0], "信用代码": GOOD[1]}.get(name, "") for name in header
    ]
    reading = read(table([good, *rows], header)).readings["firms"]
    assert len(reading.facts) + len(reading.rejected) >= 1 + len(rows)
    return [(one.line, one.reason) for one in reading.rejected]


# ---- The credit code


@pytest.mark.parametrize("known", ["91350100M000100Y43", "914403001922038216", "9144030071526726XG"])
def test_the_check_sign_is_that_of_the_standard(known: str) -> None:
    """The example of GB 32100-2015 itself, and two that firms print on their licences."""
    assert credit.mistake(known) is None


@given(st.text(SIGNS, min_size=17, max_size=17), st.integers(0, 16), st.sampled_from(SIGNS))
def test_no_other_sign_at_any_place_is_let_through(first: str, place: int, sign: str) -> None:
    whole = first + credit.check_sign(first)
    assert credit.mistake(whole) is None
    other = whole[:place] + sign + whole[place + 1 :]
    assert (credit.mistake(other) is None) == (other == whole)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (code(7)[:-1], "应为 18 位"),
        ("9.1441E+17", "应为 18 位"),
        ("I" + code(7)[1:], "里有“I”"),
        (code(7)[:-1] + SIGNS[(SIGNS.index(code(7)[-1]) + 1) % 31], f"前 17 位对应“{code(7)[-1]}”"),
    ],
)
def test_a_wrong_code_is_refused_with_what_is_wrong(wrong: str, why: str) -> None:
    ((line, reason),) = reasons(("乙公司", wrong, "东莞", "", "", ""))
    assert line == 3
    assert why in reason
    assert "请核对" in reason


def test_a_code_in_small_or_wide_letters_is_the_code() -> None:
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in code(8))
    assert [one.credit_code for one in firms(table([("甲", wide), ("乙", code(9).lower())], HEADER[:2]))] == [
        code(8),
        code(9),
    ]


# ---- What a row says


def test_a_row_says_all_that_its_columns_say() -> None:
    header = (*HEADER, "成立日期", "营业收入（万元）", "从业人员", "行业代码", "地址")
    row = (*GOOD, "2015年3月1日", "1,200.5", "120人", "3921", "东莞市,某路")
    (one,) = firms(table([row], header))
    said = {field.name: getattr(one, field.name) for field in fields(one) if field.name != "evidence"}
    assert said == {
        "name": GOOD[0],
        "credit_code": GOOD[1],
        "city": "东莞",
        "clusters": ("智能机器人",),
        "stages": ("无人机",),
        "titles": ("专精特新", "单项冠军"),
        "founded": "2015-03-01",
        "revenue": 12005000,
        "employees": 120,
        "industry_code": "3921",
        "address": "东莞市,某路",
        "review": None,
        "read_as": None,
    }
    evidence = one.evidence
    assert isinstance(evidence, Evidence)
    assert (evidence.file, evidence.span.line, evidence.cite) == ("firms.csv", 2, "《firms.csv》 第2行")
    assert evidence.span.quote == table([row], header).splitlines()[1]


@pytest.mark.parametrize("field", [code.notation for code in vocabulary().codes("registry-column").values()])
def test_every_name_of_a_column_is_understood(field: str) -> None:
    known = vocabulary().codes("registry-column")[field]
    cell = {"founded": "2015-03-01", "revenue": "3万元", "employees": "7", "city": "东莞", "clusters": "汽车"}.get(
        field
    )
    for name in (known.name, known.name_en, known.notation, known.notation.upper(), *known.labels):
        others = [one for one in ("name", "credit_code") if one != field]
        given = {"name": "甲", "credit_code": code(1)}
        text = table([[given[one] for one in others] + [cell or given.get(field) or "某某"]], [*others, name])
        (one,) = firms(text)
        assert getattr(one, field) not in (None, ()), name


def test_a_row_that_says_a_name_and_a_code_is_enough() -> None:
    (one,) = firms(table([GOOD[:2]], ("name", "credit_code")))
    assert (one.city, one.clusters, one.stages, one.titles, one.founded) == (None, (), (), (), None)


def test_columns_of_one_kind_add_up_and_unknown_ones_are_named() -> None:
    header = ("名称", "信用代码", "细分领域", "产品", "联系人", "称呼")
    reading = read(table([("甲", code(1), "无人机", "飞控；无人机", "王某", "")], header)).readings["firms"]
    (one,) = reading.facts
    assert isinstance(one, FirmFact)
    assert one.stages == ("无人机", "飞控")
    first, second = reading.rejected
    assert (first.line, first.reason) == (1, "列“联系人”不认识，没有读入")
    assert second.reason.startswith("列“称呼”不认识，没有读入；相近的有：")
    assert "称号" in second.reason


def test_a_municipality_and_a_city_of_another_province_are_cities() -> None:
    rows = [("甲", code(1), "上海市"), ("乙", code(2), "长沙"), ("丙", code(3), "Foshan"), ("丁", code(4), "441900")]
    assert [one.city for one in firms(table(rows, HEADER[:3]))] == ["上海", "长沙", "佛山", "东莞"]


# ---- What is refused


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (("", code(2), "", "", "", ""), "缺少企业名称"),
        (("乙", "", "", "", "", ""), "缺少统一社会信用代码"),
        (("乙", code(2), "东管", "", "", ""), "没有名为“东管”的城市；相近的有：东莞"),
        (("乙", code(2), "珠三角", "", "", ""), "没有名为“珠三角”的城市"),
        (("乙", code(2), "", "智能机器", "", ""), "没有名为“智能机器”的集群；相近的有：智能机器人"),
        (("乙", code(2), "", "汽车、氢车", "", ""), "没有名为“氢车”的集群"),
        (("乙", code(2), "莞", "", "", ""), "没有名为“莞”的城市；相近的有：东莞"),
        (("乙", code(2), "", "5", "", ""), "没有名为“5”的集群；相近的有：先进材料"),
        (("乙", code(2), "东莞"), "表头有 6 格，这一行有 3 格"),
        (("乙", code(2), "", "", "", "", "多", ""), "表头有 6 格，这一行有 8 格"),
        (("乙\u200b公司", code(2), "", "", "", ""), "看不见的字符 U+200B"),
        (("乙\x00公司", code(2), "", "", "", ""), "看不见的字符 U+0000"),
    ],
)
def test_a_row_that_cannot_be_used_is_named_with_its_line_and_the_others_stay(row: tuple[str, ...], why: str) -> None:
    ((line, reason),) = reasons(row)
    assert line == 3
    assert why in reason
    assert "请" in reason, "what helps is said"


@pytest.mark.parametrize(
    ("heading", "cell", "why"),
    [
        ("成立日期", "2015-02-30", "不是存在的日期"),
        ("成立日期", "去年", "不是存在的日期"),
        ("营业收入", "1200", "请写明单位"),
        ("营业收入（万元）", "约一千", "不是金额"),
        ("从业人数", "12.5", "不是整数"),
    ],
)
def test_a_figure_that_cannot_be_read_is_refused(heading: str, cell: str, why: str) -> None:
    ((line, reason),) = reasons(("乙", code(2), cell), header=("名称", "信用代码", heading))
    assert line == 3
    assert why in reason


@pytest.mark.parametrize(
    ("header", "why"),
    [
        (("企业名称", "电话"), "缺少列：统一社会信用代码；表头是：企业名称，电话"),
        (("甲", "乙"), "缺少列：企业名称、统一社会信用代码；表头是：甲，乙"),
        (("名称", "信用代码", "企业名称"), "有两列都是企业名称"),
        (("企业名称;统一社会信用代码",), "表头是：企业名称;统一社会信用代码"),
    ],
)
def test_a_table_without_the_columns_is_refused_in_words(header: tuple[str, ...], why: str) -> None:
    with pytest.raises(RegistryError, match="第 1 行") as refused:
        read(table([("某",) * len(header)], header))
    assert why in str(refused.value)


def test_a_table_of_which_no_row_can_be_used_says_the_first_reason() -> None:
    with pytest.raises(RegistryError, match=r"没有一行可用；第 2 行：没有名为“东管”的城市"):
        read(table([("甲", code(1), "东管")], HEADER[:3]))
    with pytest.raises(RegistryError, match="没有一行可用"):
        read(table([], HEADER))


@pytest.mark.parametrize("text", [",,\n", '企业名称,信用代码\n"甲,x\n乙,y\n', '企业名称,信用代码\n"甲"乙,x\n'])
def test_what_is_no_table_is_refused_in_words(text: str) -> None:
    with pytest.raises(DocumentError, match=r"表格是空的|第 2 行：不是可用的 CSV"):
        read(text)


# ---- How it is written


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_encodings_and_line_ends_make_no_difference(encoding: str, end: str) -> None:
    rows = [GOOD, ("广州丙丁有限公司", code(2), "广州", "汽车", "", "链主")]
    text = table(rows).replace("\n", end)
    found = firms(text.encode(encoding))
    assert [(one.name, one.titles, one.evidence.span.line) for one in found] == [
        (GOOD[0], ("专精特新", "单项冠军"), 2),
        ("广州丙丁有限公司", ("链主",), 3),
    ]
    for one in found:
        span = one.evidence.span
        assert text[span.start : span.end] == span.quote


def test_commas_and_line_breaks_inside_quotation_marks() -> None:
    rows = [("甲,乙“科技”有限公司", code(1), "东莞", "", "", "专精特新\n单项冠军"), ("", "", "", "", "", ""), GOOD]
    found = firms(table(rows))
    assert [one.name for one in found] == ["甲,乙“科技”有限公司", GOOD[0]]
    assert found[0].titles == ("专精特新 单项冠军",)
    assert [one.evidence.span.line for one in found] == [2, 5], "the first takes two lines, and one is blank"
    assert found[0].evidence.span.quote.startswith('"甲,乙“科技”有限公司",')
    assert found[0].evidence.span.text.startswith("甲,乙“科技”有限公司，91")
    assert found[1].evidence.span.text == found[1].evidence.span.quote


def test_a_poisoned_cell_stays_text() -> None:
    names = ["<script>alert(1)</script>", "'; DROP--", "甲\\u0000", '"}) DETACH DELETE n//', "-1"]
    rows = [(name, code(i + 1), "东莞", "", "", "") for i, name in enumerate(names)]
    assert [one.name for one in firms(table(rows))] == names


@pytest.mark.parametrize("cell", ['=HYPERLINK("http://x","y")', "+1+cmd|calc", "@SUM(1)"])
@pytest.mark.parametrize("place", [0, 5])
def test_a_formula_is_no_value(cell: str, place: int) -> None:
    row = ["乙公司", code(2), "东莞", "", "", "链主"]
    row[place] = cell
    ((line, reason),) = reasons(tuple(row))
    assert (line, f"是公式“{cell}”" in reason) == (3, True)


def test_a_long_row_is_quoted_in_pieces_that_are_in_the_file() -> None:
    row = (*GOOD[:5], "、".join(f"称号{i}" for i in range(90)))
    text = table([row])
    (one,) = firms(text)
    assert one.evidence.more
    for span in one.evidence.spans:
        assert text[span.start : span.end] == span.quote
        assert len(span.quote) <= QUOTE_LIMIT
    assert "".join(span.quote for span in one.evidence.spans) == text.splitlines()[1]


def test_only_the_loaders_of_tables_look_at_a_table() -> None:
    prose = "以深圳、惠州为核心，打造无人机产业集群，支持华为技术有限公司等龙头企业发展。"
    found = read(table([(prose, code(1), "东莞", "", "", "给予最高不超过500万元奖励")]))
    assert set(found.readings) == set(TABLES) == {"firms"}
    assert len(found.facts) == 1
    assert "firms" not in read_document(f"# 某市办法\n\n{prose}\n".encode(), "a.txt", {}).readings


def test_the_manifests_title_is_cited() -> None:
    data = table([GOOD]).encode()
    sha = hashlib.sha256(data).hexdigest()
    entry = Entry("r", "firms.csv", "某省企业名录", "某工信〔2025〕1号", (), None, None, "登记", sha, None)
    (one,) = read_document(data, "firms.csv", {sha: entry}).facts
    assert (one.evidence.cite, one.evidence.grade) == ("《某省企业名录》（某工信〔2025〕1号） 第2行", "登记")


def test_twenty_thousand_rows_are_read_in_seconds() -> None:
    cities = [city.name for city in vocabulary().cities]
    rows = [(f"{cities[i % 21]}第{i}科技有限公司", code(i), cities[i % 21], "汽车", "", "") for i in range(20_000)]
    rows[7] = ("坏", code(7), "东管", "", "", "")
    text = table(rows)
    start = time.perf_counter()
    reading = read(text).readings["firms"]
    assert (len(reading.facts), len(reading.rejected)) == (19_999, 1)
    assert time.perf_counter() - start < 20
