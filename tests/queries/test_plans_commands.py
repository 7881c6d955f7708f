"""The commands in every format, for every city and cluster, without a word of the software's own on stderr."""

import json
import warnings
from pathlib import Path

import click
import docx
import openpyxl
import pytest
from click.testing import CliRunner, Result

from clusteratlas import Atlas
from clusteratlas.output import write
from clusteratlas.plans import align, calendar, monitor, policies, tasks
from ontology.vocabulary import vocabulary
from queries.plans.monitor import monitor as monitor_targets
from queries.plans.policies import policies as list_policies
from queries.plans.tasks import tasks as list_tasks

DRAFT = "东莞市发展新一代电子信息战略性支柱产业集群行动计划"
ASKED: dict[str, tuple[click.Command, list[str], list[str]]] = {
    "monitor": (
        monitor,
        ["--city", "东莞"],
        [
            "地区",
            "集群",
            "对象",
            "指标",
            "口径",
            "基期",
            "目标",
            "文件写明增速（%）",
            "隐含增速（%）",
            "最新",
            "差距",
            "后续年均需增速（%）",
            "说明",
            "依据",
        ],
    ),
    "align": (align, ["粤府〔2021〕53号", DRAFT], ["类别", "事项", "上级文件", "下级文件", "对照结果", "说明", "依据"]),
    "tasks": (
        tasks,
        ["--policy", "粤府〔2021〕45号", "--city", "441900"],
        ["大类", "任务原文", "牵头", "责任单位", "时限", "量化要求", "依据", "进展", "问题"],
    ),
    "calendar": (
        calendar,
        ["--from", "2021-01-01", "--months", "60"],
        ["日期", "事项", "内容", "谁办", "报给谁", "文件", "依据"],
    ),
    "policies": (
        policies,
        ["--in-force", "2025/3/1"],
        ["文件", "文号", "种类", "发文机关", "印发日期", "施行日期", "到期日期", "效力状态", "依据"],
    ),
    "lineage": (policies, ["--lineage", "粤府函〔2020〕82号"], ["谱系", "关系", "文号", "已载入", "依据"]),
}


def ask(command: click.Command, words: list[str], graph: Path) -> Result:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        done = CliRunner().invoke(command, words, obj=graph, catch_exceptions=False)
    assert done.exit_code == 0
    assert done.stderr == ""
    return done


@pytest.mark.parametrize("name", ASKED)
def test_a_table_is_read_back_as_people_have_it(name: str, bundled_graph: Path, tmp_path: Path) -> None:
    command, words, headings = ASKED[name]
    records = json.loads(ask(command, [*words, "--format", "json"], bundled_graph).stdout)
    assert records
    for form in ("xlsx", "docx"):
        ask(command, [*words, "--format", form, "-o", str(tmp_path / f"t.{form}")], bundled_graph)
    rows = list(openpyxl.load_workbook(tmp_path / "t.xlsx").worksheets[0].iter_rows(values_only=True))
    cells = [[str(cell) for cell in row if cell not in (None, "")] for row in rows]
    head = next(i for i, row in enumerate(cells) if row[:1] == ["序号"])
    assert cells[head] == ["序号", *headings]
    assert cells[0][0]
    assert sum(row[:1] == [str(n)] for n, row in enumerate(cells[head + 1 :], 1)) == len(records)
    assert any(row and row[0].startswith("注") for row in cells[head + len(records) :])
    document = docx.Document(str(tmp_path / "t.docx"))
    (grid,) = document.tables
    assert any([cell.text for cell in row.cells] == ["序号", *headings] for row in grid.rows)
    assert "依据" in headings


def test_every_city_and_every_cluster(bundled_atlas: Atlas, tmp_path: Path) -> None:
    index, out = bundled_atlas.index(), tmp_path / "t.txt"
    cities = [index.node(city.id) for city in vocabulary().cities]
    clusters = [cluster.id for cluster in vocabulary().clusters_of()]
    assert (len(cities), len(clusters)) == (21, 20)
    tables = [
        *(monitor_targets(index, city=city.id) for city in cities),
        *(list_tasks(index, city=city) for city in cities),
        *(list_policies(index, city=city) for city in cities),
        *(monitor_targets(index, cluster=cluster) for cluster in clusters),
        *(list_policies(index, about=cluster) for cluster in clusters),
    ]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for found in tables:
            write(found, "table", out)
            text = out.read_text(encoding="utf-8")
            assert ("共 0 行" in text) == ("注：无数据" in text)


def test_headings_in_english(bundled_graph: Path) -> None:
    found = ask(monitor, ["--city", "Dongguan", "--lang", "en", "--format", "csv"], bundled_graph).stdout
    assert found.removeprefix("\ufeff").startswith("Figure,Place,Cluster,Subject")
