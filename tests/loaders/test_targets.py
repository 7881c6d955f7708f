"""Targets: which figures a policy sets and reports, for whom, for which year."""

import hashlib
import re
from pathlib import Path

import pytest

from loaders.document.document import parse
from loaders.document.source import Source, read
from loaders.targets.targets import targets
from loaders.targets.years import years
from ontology.facts import record
from ontology.facts_work import TargetFact

DOCUMENTS = sorted((Path(__file__).parents[2] / "data" / "documents").glob("*.txt"))
TITLE = "# 湖南省新型储能产业发展行动计划（2023—2027年）\n\n"


def facts(text: str) -> list[TargetFact]:
    source = Source("test.txt", hashlib.sha256(text.encode()).hexdigest(), text)
    return [fact for fact in targets(parse(source)).facts if isinstance(fact, TargetFact)]


def goal(sentence: str) -> list[TargetFact]:
    return facts(f"{TITLE}## 二、发展目标\n\n{sentence}\n")


def short(found: list[TargetFact]) -> list[tuple[object, ...]]:
    return [(f.subject, f.indicator, f.comparator, f.value, f.unit, f.year, f.figure_kind) for f in found]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("到2027年，储能产业营业收入突破3000亿元。", ("储能产业", "营业收入", ">", 3000, "亿元", 2027)),
        ("到2027年，全省储能产业总产值力争达到1.5万亿元。", ("储能产业", "总产值", "=", 1.5, "万亿元", 2027)),
        ("到2027年底，建成产业园区12个以上。", ("湖南省", "产业园区", ">=", 12, "个", 2027)),
        ("2027年，培育20家左右专精特新企业。", ("湖南省", "专精特新企业", "约", 20, "家", 2027)),
        ("2023-2027年，累计推广储能电站60座。", ("湖南省", "储能电站", "=", 60, "座", "2023-2027")),
        ("到2025年，研发投入强度不低于4.5%。", ("湖南省", "研发投入强度", ">=", 4.5, "%", 2025)),
        ("到2025年，龙头企业研发投入强度超过4.5%。", ("龙头企业", "研发投入强度", ">", 4.5, "%", 2025)),
        ("到2025年，超过8万家企业实现数字化转型。", ("湖南省", "企业实现数字化转型", ">", 8, "万家", 2025)),
        ("到2025年，单位产品能耗控制在30吨以内。", ("湖南省", "单位产品能耗", "<=", 30, "吨", 2025)),
    ],
)
def test_a_target(sentence: str, expected: tuple[object, ...]) -> None:
    assert short(goal(sentence)) == [(*expected, "target")]


def test_figures_of_one_sentence() -> None:
    found = goal("到2025年，力争建设3个国家级实验室，省级创新中心8个，企业研发经费占营业收入比重达到5%。")
    assert [(f.indicator, f.value, f.firmness) for f in found] == [
        ("国家级实验室", 3, "力争"),
        ("省级创新中心", 8, "力争"),
        ("企业研发经费占营业收入比重", 5, "力争"),
    ]
    listed = goal("到2025年，建成示范工厂5个、检测中心2个和中试基地1个。")
    assert [(f.indicator, f.value) for f in listed] == [("示范工厂", 5), ("检测中心", 2), ("中试基地", 1)]


def test_growth_and_shares_take_the_indicator_before_them() -> None:
    found = facts(
        f"{TITLE}## 一、发展现状\n\n2022年，全省规上储能制造业实现营业收入860.5亿元，同比下降3.1%，占全省规上工业的8.4%；"
        "产量从2020年的30万台提高到52万台，占全国的1/4。\n"
    )
    assert [(f.indicator, f.value, f.unit, f.year) for f in found] == [
        ("营业收入", 860.5, "亿元", 2022),
        ("营业收入同比下降", -3.1, "%", 2022),
        ("营业收入占全省规上工业比重", 8.4, "%", 2022),
        ("产量", 30, "万台", 2020),
        ("产量", 52, "万台", 2022),
        ("产量占全国比重", 25, "%", 2022),
    ]
    assert {f.figure_kind for f in found} == {"actual"}
    assert {f.firmness for f in found} == {None}
    assert found[0].caliber == "规上"


def test_the_year_of_the_opening_paragraph_holds_under_a_heading_about_goals() -> None:
    text = (
        f"{TITLE}## 二、发展目标\n\n到2024年，产业体系初步形成。\n\n——规模。培育骨干企业30家。\n\n"
        "——创新。建成平台6个。\n\n到2027年，培育骨干企业70家。\n\n## 三、重点任务\n\n支持企业建设6条产线，培育9家企业。\n"
    )
    assert [(f.indicator, f.value, f.year) for f in facts(text)] == [
        ("骨干企业", 30, 2024),
        ("平台", 6, 2024),
        ("骨干企业", 70, 2027),
        ("产线", 6, None),  # what a task of a plan counts, though no year governs it
        ("企业", 9, None),
    ]
    assert facts(text)[0].evidence.more[0].quote == "到2024年"


def test_the_period_of_the_title_where_a_goal_names_no_year() -> None:
    (found,) = goal("建成示范园区8个。")
    assert (found.value, found.year, found.figure_kind) == (8, 2027, "target")


def test_a_figure_that_measures_nothing_is_refused_with_a_reason() -> None:
    text = f"{TITLE}## 二、发展目标\n\n到2025年，对12个项目加强管理。\n"
    source = Source("test.txt", hashlib.sha256(text.encode()).hexdigest(), text)
    reading = targets(parse(source))
    assert not reading.facts
    assert [one.quote for one in reading.rejected] == ["对12个项目加强管理"]


def test_firmness_and_caliber() -> None:
    (kept,) = goal("到2025年，制造业增加值占比保持在32%以上。")
    assert (kept.firmness, kept.comparator) == ("保持", ">=")
    (beyond,) = goal("到2025年，集群规模（总产值）超过900亿元。")
    assert (beyond.firmness, beyond.caliber, beyond.indicator) == ("超过", "总产值", "集群规模")
    (plain,) = goal("到2025年，规模以上企业达到500家。")
    assert (plain.firmness, plain.caliber) == ("达到", "规模以上")


@pytest.mark.parametrize(
    "sentence",
    [
        "到2025年，对营业收入首次达到5亿元的企业给予50万元奖励。",
        "到2025年，支持营业收入10亿元以上企业发展。",
        "到2025年，聚焦新能源等10个产业。",
        "自2024年6月1日起施行，有效期5年。",
        "到2025年，发展水平走在全国前列，连续5年领先。",
        "申报企业应具备条件：2024年营业收入2000万元以上。",
    ],
)
def test_no_target(sentence: str) -> None:
    assert goal(sentence) == []


def test_whose_figure_it_is() -> None:
    text = "# 衡山市人民政府关于加快发展储能产业的意见\n\n## 一、目标\n\n到2025年，我市储能产值达到90亿元，珠海市产值超30亿元。\n"
    first, second = facts(text)
    assert (first.territory, second.territory) == ("衡山市", "珠海")


def test_what_a_territory_does_is_not_the_industry_named_before() -> None:
    first, second = goal("到2025年，储能产业规模扩大，全省完成投资30亿元，营业收入达到90亿元。")
    assert (first.subject, first.indicator, second.subject) == ("湖南省", "投资", "储能产业")


def test_speakers_speak_for_their_places() -> None:
    text = (
        "# 《海东省数字条例》新闻发布会实录\n\n（2023年8月24日）\n\n"
        "**陈某某**（惠州市政府副市长）：大家好。2022年，全市建成基站3000座。\n\n"
        "**陈某某：**2022年，软件业务收入达80亿元。\n"
    )
    assert [(f.territory, f.value, f.year) for f in facts(text)] == [("惠州", 3000, 2022), ("惠州", 80, 2022)]


def test_a_layout_box_sets_no_targets() -> None:
    text = (
        f"{TITLE}### 专栏1 智能机器人重点细分领域发展空间布局\n\n**1. 工业机器人。**到2025年，建设10个园区。\n\n"
        "### 专栏2 重点项目\n\n1.到2025年，建设10个园区。\n"
    )
    assert [(f.value, f.evidence.span.line) for f in facts(text)] == [(10, 9)]


@pytest.mark.parametrize(
    ("words", "base", "expected"),
    [
        ("到2025年底，", 2021, [(2025, True)]),
        ("2020年，", 2021, [(2020, False)]),
        ("2026年", 2021, [(2026, True)]),
        ("截至2021年7月底", 2021, [(2021, False)]),
        ("2016—2020年", 2021, [("2016-2020", False)]),
        ("“十四五”期间", 2021, [(2025, True)]),
        ("“十三五”时期", 2021, [(2020, False)]),
        ("2025年底前", None, [(2025, True)]),
        ("2025年6月底前", None, [(2025, True)]),
        ("未来五年", 2021, [(None, True)]),
        ("比2015年提高", 2021, []),
        ("2021年3月，", 2021, []),
        ("2019年度", 2021, []),
    ],
)
def test_years(words: str, base: int | None, expected: list[tuple[object, bool]]) -> None:
    assert [(year.value, year.goal) for year in years(words, base)] == expected


def test_the_record_has_the_fields_of_the_contract() -> None:
    row = record(goal("到2025年，建成平台6个。")[0])
    assert {
        "subject",
        "indicator",
        "caliber",
        "value",
        "unit",
        "year",
        "comparator",
        "kind",
        "firmness",
        "territory",
    } <= {*row}
    assert row["kind"] == "target"


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name[:20])
def test_the_figures_of_the_bundled_documents_follow_a_changed_copy(path: Path) -> None:
    source = read(path)
    before = [fact for fact in targets(parse(source)).facts if isinstance(fact, TargetFact)]
    spots = [fact for fact in before if isinstance(fact.value, int) and fact.value >= 20 and fact.unit != "%"]
    for fact in spots[::7]:
        printed = re.compile(rf"(?<![\d.]){fact.value}(?![\d.])")
        span, match = next((s, m) for s in fact.evidence.spans if (m := printed.search(s.quote)))
        changed = str(fact.value)[:-1] + ("7" if str(fact.value)[-1] != "7" else "3")
        place = span.start + match.start()
        text = source.text[:place] + changed + source.text[place + len(changed) :]
        after = targets(parse(Source(source.file, source.sha256, text))).facts
        assert fact not in after
        assert any(
            isinstance(one, TargetFact) and one.value == int(changed) and one.indicator == fact.indicator
            for one in after
        )
