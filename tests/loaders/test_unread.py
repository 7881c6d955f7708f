"""What looks like an award, a criterion or a deadline and cannot be read is said, with its line and the reason."""

import pytest

from loaders.document.document import parse
from loaders.document.source import Source
from loaders.money.criteria import criteria
from loaders.money.deadlines import deadlines
from loaders.money.instruments import instruments
from loaders.reading import Rejected

HEAD = "# 某市支持产业发展若干措施\n\n某市工业和信息化局\n\n## 第一章 支持\n\n"


def rejected(text: str) -> list[Rejected]:
    document = parse(Source("t.txt", "0" * 64, HEAD + text + "\n"))
    return [one for loader in (instruments, criteria, deadlines) for one in loader(document).rejected]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("截至上年末，企业从事该市场的时间达到3年及以上。", "criteria"),
        ("项目投资规模变化幅度在20%及以上的。", "criteria"),
        ("市局每年6月底前发文，各区按程序报送清单。", "deadlines"),
    ],
)
def test_it_is_named_where_nothing_was_read(text: str, kind: str) -> None:
    found = [one for one in rejected(text) if one.kind == kind]
    assert [(one.line, one.quote) for one in found] == [(7, text)]
    assert found[0].reason


@pytest.mark.parametrize(
    "text",
    [
        "第一条 对年营业收入达到1亿元以上的企业，给予一次性奖励50万元。",
        "请各区于2026年3月15日前将名单报送市工业和信息化局。",
        "支持企业发展。",
        "由地级以上市工业和信息化主管部门负责。",
    ],
)
def test_what_is_read_or_says_no_figure_is_not_named(text: str) -> None:
    assert rejected(text) == []
