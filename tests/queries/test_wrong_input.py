"""What people type wrongly, for every command of the analyses: the message says what was meant, the exit code is 2."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from clusteratlas import Atlas, industry, matching, plans
from clusteratlas.cli import cli
from ontology.errors import AtlasError

MISTAKES = [
    ("gaps --city 东筦", "东莞"),
    ("gaps --city Donguan", "Dongguan"),
    ("gaps --cluster 半导体", "半导体与集成电路"),
    ("gaps --city 长沙", "载入的文件没有提到"),
    ("gaps", "--city 城市"),
    ("gaps --city 东莞 --format xlsx", "-o 文件名"),
    ("chain 集成电", "集成电路"),
    ("chain 集成电路 --city 东筦", "东莞"),
    ("chain 量子信息", "未来电子信息/量子信息"),
    ("related --city 东筦", "东莞"),
    ("related --cluster 汽年", "汽车"),
    ("compare 东莞 惠洲", "惠州"),
    ("compare 东莞 汽车", "只写城市"),
    ("compare 东莞", "2 至 10 个"),
    ("monitor --city 东筦", "东莞"),
    ("monitor --cluster 汽年", "汽车"),
    ("monitor --actuals 没有.csv", "没有文件"),
    ("align 粤府〔2021〕99号 粤府〔2021〕53号", "粤府〔2021〕53号"),
    ("align 粤府〔2021〕45号 粤府〔2021〕53号", "若干政策措施"),
    ("align 粤府〔2021〕53号 粤府〔2021〕53号", "同一份"),
    ("tasks --city 东筦", "东莞"),
    ("tasks --policy 粤府〔2021〕99号", "粤府〔2021〕45号"),
    ("tasks --agency 省工信", "省工业和信息化厅"),
    ("calendar --from 2024-02-30", "2024-02-29"),
    ("calendar --from 2024-13-01", "2025-03-01"),
    ("calendar --from 2024-01-01 --agency 市工信居", "市工业和信息化局"),
    ("policies --in-force 2025-02-29", "2025-02-28"),
    ("policies --about 汽年", "汽车"),
    ("policies --city 东筦", "东莞"),
    ("policies --lineage 粤府〔2021〕99号", "粤府〔2021〕53号"),
    ("match --city 东筦", "东莞"),
    ("match --cluster 汽年", "汽车"),
    ("match --equipment 1000", "1000万元"),
    ("match --it-share 0.55", "0.55%"),
    ("match --date 2024-02-30", "没有这一天"),
    ("match --started 2024-00-10", "没有这一天"),
    ("match --equipmnt 3亿元", "equipment"),
    ("match --equipment", "后面缺少值"),
    ("match --equipment 1亿元 --equipment 2亿元", "写了两次"),
    ("match --equipment -5万元", "不能是负数"),
    ("match --profile 没有.toml", "没有文件"),
]


@pytest.fixture(autouse=True)
def opened_once(bundled_atlas: Atlas, monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def opened(_: Path) -> Iterator[Atlas]:
        yield bundled_atlas

    for module in (industry, plans, matching):
        monkeypatch.setattr(module, "opened", opened)


@pytest.mark.parametrize(("typed", "meant"), MISTAKES)
def test_a_mistake_says_what_was_meant(typed: str, meant: str, bundled_graph: Path) -> None:
    done = CliRunner().invoke(cli, ["--graph", str(bundled_graph), *typed.split()])
    assert isinstance(done.exception, AtlasError)
    assert done.exception.exit_code == 2
    assert meant in f"{done.exception} {done.exception.remedy}"
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("name", "text", "meant"),
    [
        ("a.toml", 'city = "东莞"\nequipmnt = "1亿元"\n', "第 2 行：没有名为“equipmnt”的填报项；相近的有：equipment"),
        ("a.toml", "city = '东莞'\nequipment = 300\n", "是 300万元、300亿元"),
        ("a.toml", "date = 2024-02-30\n", "没有这一天"),
        ("a.csv", "城市,净利闰\n东莞,5\n", "单元格 B1：没有名为“净利闰”的填报项；相近的有：net-profit"),
        ("a.csv", "城市\n东筦\n", "单元格 A2：没有名为“东筦”的城市；相近的有：东莞"),
    ],
)
def test_a_mistake_in_a_profile_is_placed(name: str, text: str, meant: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    done = CliRunner().invoke(cli, ["match", "--profile", str(path)])
    assert isinstance(done.exception, AtlasError)
    assert done.exception.exit_code == 2
    assert meant in f"{done.exception} {done.exception.remedy}"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("地区,指标,年度,数值\n东莞,营业收入,2022,1亿元\n", "年份"),
        ("地区,指标,年份\n东莞,营业收入,2022\n", "数值"),
        ("", "第一行应为列名"),
    ],
)
def test_a_mistake_in_a_table_of_values_is_placed(text: str, meant: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    done = CliRunner().invoke(cli, ["monitor", "--actuals", str(path)])
    assert isinstance(done.exception, AtlasError)
    assert done.exception.exit_code == 2
    assert meant in f"{done.exception} {done.exception.remedy}"
