"""Whatever a layout fact names stands in its evidence, also where it is said in several places."""

import pytest

from graph import evidence
from graph.build import assemble, read_document
from ontology.vocabulary import vocabulary

HEAD = "# 某省制造业发展“十四五”规划\n\n## 第一章 发展重点\n\n### 1. 智能机器人\n\n"
MANY = "、".join(f"第{sign}类精密减速器及其关键零部件" for sign in "一二三四五六七八九十甲乙丙丁戊己庚辛")
TEXTS = {
    "two paragraphs": HEAD + "以深圳、东莞为核心，打造机器人产业集聚区。\n\n东莞重点发展减速器、伺服电机等产品。\n",
    "a long list": HEAD
    + "#### 专栏 1 智能机器人重点细分领域发展空间布局\n\n"
    + f"**1. 减速器。**支持东莞重点发展{MANY}等产品。\n",
    "before the title": "第一部分 电子信息\n\n### 1. 主要内容\n\n以深圳、东莞为核心，打造手机产业集聚区。\n\n"
    + "# 某省发展智能机器人产业集群行动计划（2021-2025年）\n\n某省人民政府\n",
}


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_the_evidence_names_everything(name: str) -> None:
    read = read_document(TEXTS[name].encode(), "t.txt", {})
    tables = assemble([read], vocabulary()).tables
    (document,) = [node.id for node in tables.nodes if node.cls == "Document"]
    assert any(node.cls == "LayoutStatement" for node in tables.nodes)
    assert list(evidence.problems(tables, {document: read.document.source.text})) == []
