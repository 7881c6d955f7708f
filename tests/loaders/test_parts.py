"""Parts of documents: notices, bodies, annexes, explanations; the manifest; heads for citations and grades."""

import hashlib
from pathlib import Path

import pytest

from loaders.document.document import Document, parse
from loaders.document.source import Source, read
from loaders.policy import issuers
from loaders.policy.manifest import ManifestError, manifest
from loaders.policy.parts import grade, part_at, parts, with_heads
from loaders.policy.titles import corrected, head, kind_of

DATA = Path(__file__).parents[2] / "data"

NOTICE = """# 浙江省经济和信息化厅 浙江省财政厅关于印发《浙江省首台套装备 奖励办法》的通知

浙经信〔2023〕12号

各市、县（市、区）经信局、财政局：

现将《浙江省首台套装备奖励办法》印发给你们，请遵照执行。

浙江省经济和信息化厅

浙江省财政厅

二〇二三年五月二十日

# 浙江省首台套装备奖励办法

第一条 为支持首台套装备推广应用，根据《浙江省财政专项资金管理办法》（浙财建〔2020〕8号），制定本办法。

第二条 本办法自二〇二三年七月一日起施行，有效期至2026年6月30日。

- 附件：1. 首台套装备奖励
申报表
2. 名词解释

# 首台套装备奖励申报表

填写说明：申报单位应当如实填写。

# 名词解释

首台套：指首次投入使用的装备。

# 《浙江省首台套装备奖励办法》政策解读

一、出台背景
"""


def document(text: str) -> Document:
    return parse(Source("test.txt", hashlib.sha256(text.encode()).hexdigest(), text))


def test_a_notice_its_body_its_annexes_and_its_explanation() -> None:
    found = parts(document(NOTICE))
    assert [part.role for part in found] == ["notice", "body", "annex", "annex", "interpretation"]
    notice, body, table, words, explanation = found
    assert notice.issues == (1,)
    assert notice.named == ("浙江省首台套装备奖励办法",)
    assert body.parent == 0
    assert (body.number, body.date) == ("浙经信〔2023〕12号", "2023-05-20")
    assert body.issuers == ("浙江省经济和信息化厅", "浙江省财政厅")
    assert (table.parent, words.parent, explanation.parent) == (1, 1, 1)
    assert explanation.number is None


def test_parts_cover_the_document_without_overlap() -> None:
    doc = document(NOTICE)
    found = parts(doc)
    assert [part.start for part in found] == [0, *(part.end for part in found[:-1])]
    assert found[-1].end == len(doc.blocks)


def test_one_number_may_issue_several_and_a_notice_does_not_swallow_strangers() -> None:
    found = parts(
        document(
            "# 安徽省人民政府关于印发安徽省智能制造实施方案及若干措施的通知\n\n皖政〔2022〕7号\n\n"
            "现将《安徽省智能制造实施方案（2022—2025年）》和《安徽省智能制造若干措施》印发给你们。\n\n"
            "安徽省人民政府\n\n2022年3月1日\n\n# 安徽省智能制造实施方案\n\n(2022-2025 年)\n\n为推进工作，制定本方案。\n\n"
            "# 安徽省智能制造若干措施\n\n为推进工作，制定以下措施。\n\n"
            "# 合肥市“链主”企业认定办法\n\n合经信〔2021〕3号\n\n第一条 为规范认定，制定本办法。\n"
        )
    )
    assert [part.role for part in found] == ["notice", "body", "body", "body"]
    assert found[0].issues == (1, 2)
    assert found[1].title == "安徽省智能制造实施方案（2022—2025年）"
    assert [part.number for part in found] == ["皖政〔2022〕7号"] * 3 + ["合经信〔2021〕3号"]
    assert [part.kind for part in found[1:]] == ["scheme", "measures", "measures"]


def test_the_letterhead_above_a_title_belongs_to_it() -> None:
    text = "江苏省工业和信息化厅\n\n文件\n\n苏工信〔2024〕5号\n\n江苏省工业和信息化厅关于开展2024年绿色工厂申报工作的通知\n\n各设区市：\n\n请按时申报。\n\n江苏省工业和信息化厅\n\n2024年1月8日\n"
    (part,) = parts(document(text))
    assert (part.start, part.role, part.number) == (0, "notice", "苏工信〔2024〕5号")
    assert part.issuers == ("江苏省工业和信息化厅",)
    assert grade(part) == "申报通知"


def test_an_announcement_publishes_a_regulation() -> None:
    text = "# 湖北省第十四届人民代表大会常务委员会\n\n## 公 告\n\n### (第 21 号)\n\n《湖北省制造业促进条例》已由湖北省第十四届人民代表大会常务委员会第八次会议于2024年3月29日通过，现予公布，自2024年6月1日起施行。\n\n湖北省人民代表大会常务委员会\n\n2024年3月29日\n\n# 湖北省制造业促进条例\n\n(2024年3月29日湖北省第十四届人民代表大会常务委员会第八次会议通过)\n\n第一条 为了促进制造业，制定本条例。\n"
    announcement, body = parts(document(text))
    assert (announcement.role, body.role) == ("announcement", "body")
    assert body.title == "湖北省制造业促进条例"
    assert body.number == "湖北省第十四届人民代表大会常务委员会公告第21号"
    assert grade(body) == "法规"


def test_an_explanation_that_shows_its_notices_first_page_goes_on_behind_it() -> None:
    text = "四川省培育氢能产业行动计划(2022-2025年)解读\n\n四川省经济和信息化厅\n\n川经信〔2022〕9号\n\n四川省经济和信息化厅关于印发四川省培育氢能产业行动计划（2022—2025年）的通知\n\n各市（州）人民政府：\n\n《四川省培育氢能产业行动计划（2022—2025年）》现印发给你们，请组织实施。\n\n第一部分 总体情况\n\n四川氢能产业基础较好。\n"
    doc = document(text)
    first, notice, rest = found = parts(doc)
    assert (first.role, notice.role, rest.role) == ("interpretation", "notice", "interpretation")
    assert (rest.continues, first.parent, rest.parent) == (0, 1, 1)
    line = next(block.line for block in doc.blocks if "基础较好" in block.text.string)
    assert part_at(doc, found, line) == rest
    assert with_heads(doc, found).cite((), line).startswith("《四川省培育氢能产业行动计划（2022—2025年）解读》")


def test_heads_and_grades_follow_the_parts() -> None:
    doc = document(NOTICE)
    doc = with_heads(doc, parts(doc))
    evidence = {block.text.string[:4]: doc.evidence(block) for block in doc.blocks}
    assert evidence["第一条为"].cite == "《浙江省首台套装备奖励办法》（浙经信〔2023〕12号） 第一条"
    assert evidence["第一条为"].grade == "规范性文件"
    assert evidence["填写说明"].cite == "《浙江省首台套装备奖励办法》（浙经信〔2023〕12号） 附件1 首台套装备奖励申报表"
    assert evidence["一、出台"].cite == "《〈浙江省首台套装备奖励办法〉政策解读》 一、出台背景"
    assert evidence["一、出台"].grade == "解读"


def test_a_document_without_a_title_is_cited_by_its_manifest_or_its_file() -> None:
    source = read(DATA / "documents" / "gd-2020-82-twenty-clusters.txt")
    doc = parse(source)
    found = parts(doc)
    assert [part.title for part in found] == [""]
    entry = manifest(DATA / "manifest.toml")[source.sha256]
    block = next(block for block in doc.blocks if block.text.string.startswith("改革开放以来"))
    named = with_heads(doc, found, entry).evidence(block)
    assert (
        named.cite
        == "《广东省人民政府关于培育发展战略性支柱产业集群和战略性新兴产业集群的意见》（粤府函〔2020〕82号） 一、发展基础"
    )
    assert named.grade == "规范性文件"
    assert with_heads(doc, found).evidence(block).cite == "《gd-2020-82-twenty-clusters.txt》 一、发展基础"


def test_the_parts_of_the_compendium() -> None:
    found = parts(parse(read(DATA / "documents" / "gd-policy-compendium-2021.txt")))
    roles = [part.role for part in found]
    assert {role: roles.count(role) for role in set(roles)} == {
        "other": 1,
        "notice": 9,
        "body": 9,
        "interpretation": 3,
        "annex": 6,
        "announcement": 1,
        "record": 1,
    }
    by_number = [part.title for part in found if part.number == "粤府〔2021〕45号" and part.role == "body"]
    assert by_number == ["广东省制造业数字化转型实施方案（2021—2025年）", "广东省制造业数字化转型若干政策措施"]


# Titles and bodies


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("某市机器人产业行动计划（公开征求意见稿）", "某市机器人产业行动计划"),
        ("某省数字经济条例（2021年7月30日某省人大常委会通过）", "某省数字经济条例"),
        ("某省汽车规划（2021-2025年）", "某省汽车规划（2021—2025年）"),
        ("省智能家电战略性新兴产业集群行动计划", "省智能家电战略性支柱产业集群行动计划"),
        ("省智能机器人战略性新兴产业集群行动计划", "省智能机器人战略性新兴产业集群行动计划"),
        ("某省核准办法（试行）", "某省核准办法（试行）"),
    ],
)
def test_titles_are_corrected(printed: str, expected: str) -> None:
    assert corrected(printed) == expected


def test_title_marks_inside_a_title_become_single() -> None:
    assert head("《某办法》解读", None) == "《〈某办法〉解读》"
    assert head("某办法", "某〔2020〕1号") == "《某办法》（某〔2020〕1号）"


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("关于促进行动计划落实的若干措施", "measures"),
        ("某省制造业投资奖励实施细则", "implementation_rules"),
        ("某省未来产业行动方案", "action_plan"),
        ("关于加快发展的实施意见", "opinion"),
        ("某市数字化转型实施方案（2021—2025年）", "scheme"),
        ("某省国土空间规划纲要", "plan"),
        ("《某省条例》解读", "interpretation"),
        ("关于开展申报工作的通知", "notice"),
    ],
)
def test_kinds_by_the_end_of_the_title(title: str, kind: str) -> None:
    assert kind_of(title) == kind


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("江苏省工业和信息化厅江苏省财政厅", ("江苏省工业和信息化厅", "江苏省财政厅")),
        ("安徽省科学技术厅 安徽省\n市场监督管理局", ("安徽省科学技术厅", "安徽省市场监督管理局")),
        ("中国证券监督管理委员会\n浙江监管局 上海证券交易所", ("中国证券监督管理委员会浙江监管局", "上海证券交易所")),
        ("中共清河县委清河县人民政府", ("中共清河县委", "清河县人民政府")),
        ("为贯彻落实省委决策部署", ()),
    ],
)
def test_bodies_of_letterheads(printed: str, expected: tuple[str, ...]) -> None:
    assert issuers.names(printed) == expected


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("工业和信息化部办公厅", "national"),
        ("国家发展改革委", "national"),
        ("江苏省市场监督管理局", "provincial"),
        ("上海市经济和信息化委员会", "provincial"),
        ("合肥市人民政府办公室", "municipal"),
        ("深圳市南山区人民政府", "district"),
        ("上海市临港地区开发建设管理委员会", "district"),
        ("中共清河县委", "county"),
        ("上海证券交易所", None),
    ],
)
def test_levels_of_bodies(name: str, level: str | None) -> None:
    assert issuers.level(name) == level


def test_short_names_are_completed_with_the_documents_own_province() -> None:
    assert issuers.full("省人大常委会", "浙江省") == "浙江省人民代表大会常务委员会"
    assert issuers.full("省经信厅", "浙江省") == "浙江省经信厅"
    assert issuers.full("合肥市科技局", "安徽省") == "合肥市科技局"


# The manifest


def test_the_manifest_describes_the_bundled_documents() -> None:
    entries = manifest(DATA / "manifest.toml")
    files = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (DATA / "documents").glob("*.txt")}
    assert {entry.file: entry.sha256 for entry in entries.values()} == files
    assert all(sha == entry.sha256 for sha, entry in entries.items())


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("[[document]\n", "TOML"),
        ('[[document]]\nid = "a"\nfile = "a.txt"\ntitle = "甲"\n', "sha256"),
        ('[[document]]\nid = "a"\nfile = "a.txt"\ntitle = 3\nsha256 = "0"\n', "title"),
        ('[[document]]\nid = "a"\nfile = "a.txt"\ntitle = "甲"\nsha256 = "0"\n' * 2, "两次"),
    ],
)
def test_a_broken_manifest_is_named(tmp_path: Path, text: str, part: str) -> None:
    path = tmp_path / "manifest.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ManifestError, match=part):
        manifest(path)


def test_a_missing_manifest_is_named(tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match="找不到"):
        manifest(tmp_path / "none.toml")
