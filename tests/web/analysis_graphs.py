"""Two small graphs for the tests of the analyses' pages: one of a layout with supply, one of a written rule."""

from functools import cache

from graph.tables import Tables
from tests.queries import industry_graph
from tests.queries.matching import index_of, read_text
from tests.queries.plans import Sketch
from tests.web.fake import FakeAtlas

RULE = """# 某省先进制造业发展专项资金（设备奖励）管理实施细则

某工信规字〔2022〕9号

## 第一章 总则

第一条 为促进制造业发展，根据《某省制造业发展规划》（某府〔2021〕1号），制定本细则。

## 第二章 奖励

第二条 对设备购置额不低于500万元的工业企业，按设备购置额的10%给予事后奖励，单个项目最高不超过200万元。

第三条 对营业收入超过1亿元的工业企业，一次性奖励30万元。

## 第三章 附则

第四条 本细则自2022年3月1日起施行，有效期3年。
"""


class Tabled(FakeAtlas):
    """An atlas over given tables."""

    def __init__(self, tables: Tables) -> None:
        super().__init__()
        self._tables = tables


@cache
def industry() -> Tables:
    """The hand-made layout of `tests/queries/industry_graph.py`: stars, namings, supply, instruments."""
    return industry_graph.index().tables


@cache
def rules() -> Tables:
    """What the loaders read from the rule above."""
    return index_of(read_text(RULE, "rule.txt")).tables


@cache
def family() -> Tables:
    """Four policies that cite one another in a ring; 丁 explains 乙."""
    one = Sketch()
    names = {name: one.policy(f"policy/{name}", name, issued="2020-01-01") for name in "甲乙丙丁"}
    one.cite(names["乙"], "依据", names["甲"])
    one.cite(names["丙"], "贯彻落实", names["乙"])
    one.cite(names["甲"], "参考", names["丙"])
    one.cite(names["丁"], "解读", names["乙"])
    return one.index().tables
