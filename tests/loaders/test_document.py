"""Sections, paragraphs and titles of documents as OCR leaves them."""

from pathlib import Path

import pytest

from loaders.document.document import Document, parse
from loaders.document.source import Source, decode, read
from ontology.errors import DocumentError


def document(text: str) -> Document:
    return parse(Source("t.txt", "0" * 64, text))


def paths(text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(block.text.string[:6], block.path) for block in document(text).blocks if block.kind != "furniture"]


def test_prose_that_fills_a_line_is_joined_and_a_signature_is_not() -> None:
    text = "为加快发展，各市应当统筹资源，推动企业设备购置总额不\n\n低于700万元。\n\n某省人民政府\n\n2021年7月30日\n"
    assert [b.text.string for b in document(text).blocks] == [
        "为加快发展，各市应当统筹资源，推动企业设备购置总额不低于700万元。",
        "某省人民政府",
        "2021年7月30日",
    ]


def test_furniture_between_the_halves_does_not_part_them() -> None:
    text = "各市应当统筹资源，推动企业加快数字化转型，加快区块链应\n--\n\n用发展。\n"
    blocks = document(text).blocks
    assert [b.kind for b in blocks] == ["paragraph", "furniture"]
    assert blocks[0].text.string.endswith("加快区块链应用发展。")


def test_numbering_nests_in_the_order_of_first_use_whatever_the_marks() -> None:
    text = (
        "# 某市发展规划\n\n### 第一章 现状\n\n#### 第一节 成效\n\n一般文字。\n\n## 第二节 问题\n\n"
        "## 1. 智能家电\n\n#### 专栏 1 智能家电布局\n\n**1. 空调。**以甲市为核心，发展空调。\n\n### 2. 汽车\n\n第二章 目标\n"
    )
    labels = {block.text.string: block.path[1:] for block in document(text).blocks}
    assert labels["1.空调。以甲市为核心，发展空调。"] == (
        "第一章 现状",
        "第二节 问题",
        "1.智能家电",
        "专栏1 智能家电布局",
        "第1项 空调",
    )
    assert labels["2.汽车"] == ("第一章 现状", "第二节 问题", "2.汽车")
    assert labels["第二章目标"] == ("第二章 目标",)


def test_a_box_in_html_is_a_box() -> None:
    text = '<p style="x"><b>专栏 7 软件布局</b></p> <p><b>1. 基础软件。</b>依托甲市发展。</p> <p><b>2. 工业软件。</b>依托乙市。</p>\n'
    assert [path for _, path in paths(text)] == [
        ("专栏7 软件布局",),
        ("专栏7 软件布局", "第1项 基础软件"),
        ("专栏7 软件布局", "第2项 工业软件"),
    ]


def test_a_title_over_several_lines_is_one_and_takes_its_bracket() -> None:
    text = "# 某市发展电子信息 支柱产业\n\n# 集群行动计划\n\n（征求意见稿）\n\n为贯彻省委部署，制定本计划。\n"
    (title, body) = document(text).blocks
    assert title.kind == "title"
    assert title.text.string == "某市发展电子信息支柱产业集群行动计划（征求意见稿）"
    assert body.path == (title.text.string,)


def test_a_full_sentence_is_not_the_name_of_its_item() -> None:
    text = "### 专栏 1：重点项目\n\n1.推动甲、乙等企业做大做强。\n\n2.先进制造。加快招引项目。\n"
    assert [path[-1] for _, path in paths(text)] == ["专栏1 重点项目", "第1项", "第2项 先进制造"]


def test_contents_and_rules_are_furniture() -> None:
    text = "第一章 现状.....\t7\n\n---\n\n- 12 -\n\n正文在这里，共一段。\n"
    assert [b.kind for b in document(text).blocks] == ["furniture", "furniture", "furniture", "paragraph"]


def test_cells_keep_empty_places() -> None:
    (row,) = document("半导体\t★★\t\t★\t8\n").blocks
    assert [cell.string for cell in row.cells] == ["半导体", "★★", "", "★", "8"]


def test_evidence_quotes_the_source_and_is_cut_at_two_hundred_characters() -> None:
    sentence = "依托" + "、".join(f"第{i:03}号城市" for i in range(60)) + "等市发展产业。"
    doc = document(f"# 某市发展规划\n\n{sentence}\n")
    evidence = doc.evidence(doc.blocks[1])
    assert all(len(span.quote) <= 200 for span in evidence.spans)
    assert "".join(span.quote for span in evidence.spans) == sentence
    for span in evidence.spans:
        assert doc.source.text[span.start : span.end] == span.quote
        assert span.line == 3


def test_gb18030_is_read_and_other_bytes_are_refused_with_the_line(tmp_path: Path) -> None:
    assert decode("东莞市".encode("gb18030"), "a.txt") == "东莞市"
    assert decode("\ufeff东莞市".encode(), "a.txt") == "东莞市"
    with pytest.raises(DocumentError) as refused:
        decode(b"first\nsecond \xff\xff\xff\n", "a.txt")
    assert refused.value.line == 2
    assert "a.txt" in str(refused.value)
    assert "UTF-8" in str(refused.value)


@pytest.mark.parametrize("content", [b"", b" \n\n"])
def test_an_empty_file_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "空.txt"
    path.write_bytes(content)
    with pytest.raises(DocumentError, match=r"空\.txt"):
        read(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"没有\.txt"):
        read(tmp_path / "没有.txt")
