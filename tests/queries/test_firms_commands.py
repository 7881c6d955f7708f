"""The commands firms, company, link, five: every format, both languages, and what was meant where input is wrong."""

import csv
import io
import json
from contextlib import nullcontext
from pathlib import Path

import click
import docx
import openpyxl
import pytest
from click.testing import CliRunner, Result

from clusteratlas import Atlas, firms
from clusteratlas.options import opened
from ontology.errors import UsageError

COMMANDS = {"firms": firms.firms, "company": firms.company, "link": firms.link, "five": firms.five}
ASKED = [
    (("firms", "--city", "东莞"), "source"),
    (("firms", "--city", "东莞", "--segment", "芯片制造", "--elsewhere", "--limit", "50"), "status"),
    (("company", "天域半导体", "--date", "2025-03-01"), "part"),
    (("link", "--from", "深圳", "--to", "河源"), "inferred"),
    (("five", "--cluster", "新一代电子信息", "--city", "东莞"), "one"),
]


@pytest.fixture(autouse=True)
def shared(monkeypatch: pytest.MonkeyPatch, bundled_atlas: Atlas) -> None:
    """One open graph for all commands: opening takes longer than answering."""
    monkeypatch.setattr(firms, "opened", lambda directory: nullcontext(bundled_atlas))


def invoke(graph: Path, *words: str) -> Result:
    """One of the commands, in this process."""
    name, *rest = words
    return CliRunner().invoke(COMMANDS[name], rest, obj=graph, standalone_mode=False)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("firms",), "--segment"),
        (("firms", "--elsewhere", "--cluster", "汽车"), "--elsewhere"),
        (("firms", "--elsewhere", "--city", "东莞"), "--elsewhere"),
        (("firms", "--city", "东完"), "相近的有：东莞"),
        (("firms", "--cluster", "新能原"), "新能源"),
        (("firms", "--segment", "工业软"), "工业软件"),
        (("firms", "--city", "东莞", "--limit", "0"), "0"),
        (("company", "天玉半导体"), "天域半导体"),
        (("company", "天域半导体", "--date", "2025-02-30"), "日期"),
        (("link", "--from", "深圳"), "--to"),
        (("link", "--from", "深圳", "--to", "深圳"), "同一个城市"),
        (("link", "--from", "深圳", "--to", "河原"), "河源"),
        (("five",), "--cluster"),
        (("five", "--cluster", "智能家点"), "智能家电"),
    ],
)
def test_wrong_input_is_answered_with_what_was_meant(
    bundled_graph: Path, arguments: tuple[str, ...], said: str
) -> None:
    done = invoke(bundled_graph, *arguments)
    assert isinstance(done.exception, UsageError | click.UsageError), done.output
    assert done.exception.exit_code == 2
    message = (
        done.exception.format_message() if isinstance(done.exception, click.ClickException) else str(done.exception)
    )
    assert said in message
    assert done.stdout == ""


@pytest.mark.parametrize(("arguments", "key"), ASKED)
def test_every_format_carries_the_same_rows(
    bundled_graph: Path, tmp_path: Path, arguments: tuple[str, ...], key: str
) -> None:
    done = invoke(bundled_graph, *arguments, "--format", "json")
    assert (done.exception, done.stderr) == (None, "")
    rows = json.loads(done.stdout)
    assert rows
    assert all(key in row for row in rows)
    lines = invoke(bundled_graph, *arguments, "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line) for line in lines] == rows
    sheet = invoke(bundled_graph, *arguments, "--format", "csv").stdout
    assert len(list(csv.reader(io.StringIO(sheet)))) == len(rows) + 1
    page = invoke(bundled_graph, *arguments)
    assert page.exception is None
    assert "注：" in page.stdout
    for form in ("docx", "xlsx"):
        done = invoke(bundled_graph, *arguments, "--format", form, "-o", str(tmp_path / f"table.{form}"))
        assert done.exception is None
    book = openpyxl.load_workbook(tmp_path / "table.xlsx").active
    assert book is not None
    cells = [str(cell) for row in book.iter_rows(values_only=True) for cell in row if cell is not None]
    read = docx.Document(str(tmp_path / "table.docx"))
    assert read.tables[0].rows[0].cells[0].text == "序号"
    assert len(read.tables[0].rows) == len(rows) + 1
    assert any(cell.startswith("注：") for cell in cells)


@pytest.mark.parametrize(("arguments", "_key"), ASKED)
def test_english_words_are_english(bundled_graph: Path, arguments: tuple[str, ...], _key: str) -> None:
    done = invoke(bundled_graph, *arguments, "--lang", "en", "--format", "csv")
    headings = next(csv.reader(io.StringIO(done.stdout.removeprefix("\ufeff"))))
    assert not any("\u4e00" <= sign <= "\u9fff" for heading in headings for sign in heading), headings
    for word in ("无数据", "未点名", "待核实", "登记库", "推断"):
        assert word not in done.stdout


def test_a_company_without_a_date_is_asked_for_today_and_says_so(bundled_graph: Path) -> None:
    done = invoke(bundled_graph, "company", "华为", "--format", "json")
    assert done.exception is None
    assert "未给日期，按今天" in done.stderr


def test_the_limit_holds_for_each_source(bundled_graph: Path) -> None:
    rows = json.loads(invoke(bundled_graph, "firms", "--city", "东莞", "--limit", "2", "--format", "json").stdout)
    assert [row["source"] for row in rows] == ["registry"] * 2 + ["documents"] * 2


def test_the_graph_is_opened_and_closed_by_each_command(bundled_graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(firms, "opened", opened)
    done = invoke(bundled_graph, "five", "--cluster", "智能家电", "--format", "json")
    assert done.exception is None
    assert {row["one"][0] for row in json.loads(done.stdout)} == {"一"}
