"""A wrong command line is told in Chinese, with what may stand there, and ends with 2."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.files import ROOT


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["strs"], "没有名为“strs”的命令；相近的有：stars"),
        (["stars", "--format", "foo"], "--format 的值不可用，可以是 table、csv、json、jsonl、xlsx、docx"),
        (["stars", "--citi", "东莞"], "没有选项 --citi，相近的有 --city"),
        (["chain"], "缺少 THING。用法见"),
        (["query", "--sparql", "x", "--limit", "0"], "--limit 的值不可用，应为不小于 1 的数"),
        (["query", "--sparql", "x", "--limit", "x"], "--limit 的值不可用，应为不小于 1 的数"),
        (["export", "foo", "-o", "x"], "可以是 turtle、"),
    ],
)
def test_a_wrong_command_line_is_told(words: list[str], said: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "clusteratlas", "--graph", str(tmp_path / "none"), *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, said in done.stderr) == (2, "", True), done.stderr
    assert not (tmp_path / "none").exists()
