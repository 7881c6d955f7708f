"""`push` on the command line: addresses, accounts, what is printed and what never is."""

import re
from pathlib import Path

import neo4j
import pytest
from click.testing import CliRunner, Result

from clusteratlas import pushing
from clusteratlas.pushing import push
from graph.directory import GraphDirectory
from graph.push.marks import Pushed
from graph.push.neo4j import AccountRefused, read
from graph.tables import Tables, digest
from ontology.errors import AtlasError, UsageError
from ontology.model import model
from tests.graphs import build_texts

PASSWORD = "geheim-7"


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    text = "# 某省规划\n\n#### 专栏 1 智能机器人重点细分领域发展空间布局\n\n**1. 无人机。**以深圳、惠州为核心，打造无人机产业集群。\n"
    return build_texts(tmp_path, {"box.txt": text})[0].path


def run(graph: Path, *words: str, **options: object) -> Result:
    return CliRunner().invoke(push, list(words), obj=graph, **options)  # type: ignore[arg-type]


def test_it_writes_verifies_and_writes_nothing_again(graph: Path, neo4j_uri: str, neo4j_driver: neo4j.Driver) -> None:
    first = run(graph, neo4j_uri, "--verify")
    assert (first.exit_code, first.exception) == (0, None)
    assert re.search(r"新增 \d+ 个节点", first.stderr)
    assert "与图谱一致" in first.stderr
    assert first.stdout == ""
    with GraphDirectory(graph).open() as build:
        assert digest(read(model(), neo4j_driver)) == digest(Tables.read(build.path))
    second = run(graph, neo4j_uri)
    assert second.exit_code == 0
    assert "什么也没有写入" in second.stderr


def test_a_graph_that_is_not_as_pushed_is_noticed(graph: Path, neo4j_uri: str, neo4j_driver: neo4j.Driver) -> None:
    run(graph, neo4j_uri)
    neo4j_driver.execute_query("MATCH (c:City) SET c.name = '改了'")
    found = run(graph, neo4j_uri, "--verify")
    assert found.exit_code == 1
    assert "不一致" in found.stderr


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["ftp://x"], "bolt://"),
        (["localhost:7687"], "bolt://"),
        ([f"bolt://neo4j:{PASSWORD}@localhost"], "环境变量"),
        ([f"http://me:{PASSWORD}@localhost/query"], "环境变量"),
        ([f"me:{PASSWORD}@localhost"], "不认识的地址"),
        (["http://localhost/", "--update-uri", f"http://me:{PASSWORD}@localhost/update"], "环境变量"),
        (["bolt://localhost", "--update-uri", "http://localhost/update"], "--update-uri"),
        (["bolt://localhost", "--name", ""], "名字"),
    ],
)
def test_mistakes_are_told_without_passwords(tmp_path: Path, words: list[str], message: str) -> None:
    found = run(tmp_path, *words)
    assert isinstance(found.exception, UsageError)
    assert message in str(found.exception)
    assert PASSWORD not in str(found.exception) + found.output


@pytest.mark.parametrize("address", ["bolt://127.0.0.1:9", "http://127.0.0.1:9/"])
def test_nobody_there_is_told_with_the_address(graph: Path, address: str) -> None:
    found = run(graph, address)
    assert isinstance(found.exception, AtlasError)
    assert address in str(found.exception)


def test_the_account_comes_from_the_environment_or_a_prompt(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, str] | None] = []

    def once(account: tuple[str, str] | None) -> Pushed:
        asked.append(account)
        if account is None:
            raise AccountRefused(True)
        return Pushed()

    monkeypatch.delenv("NEO4J_USERNAME", raising=False)
    monkeypatch.delenv("NEO4J_PASSWORD", raising=False)
    with pytest.raises(AccountRefused, match="NEO4J_PASSWORD"):
        pushing._with_account(once, "NEO4J", "neo4j", AccountRefused)  # no terminal
    monkeypatch.setenv("NEO4J_PASSWORD", PASSWORD)
    pushing._with_account(once, "NEO4J", "neo4j", AccountRefused)
    monkeypatch.setenv("NEO4J_USERNAME", "me")
    pushing._with_account(once, "NEO4J", "neo4j", AccountRefused)
    assert asked == [None, ("neo4j", PASSWORD), ("me", PASSWORD)]

    monkeypatch.delenv("NEO4J_PASSWORD")
    answers = iter(["me", PASSWORD])
    hidden: list[bool] = []
    monkeypatch.setattr(pushing.sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(
        pushing.click,
        "prompt",
        lambda what, **options: (hidden.append(bool(options.get("hide_input"))), next(answers))[1],
    )
    pushing._with_account(once, "NEO4J", "neo4j", AccountRefused)
    assert asked[-1] == ("me", PASSWORD)
    assert hidden == [False, True]
