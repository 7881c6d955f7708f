"""Errors: one tree, attributes for programs, a Chinese sentence for people."""

import inspect

import pytest

from ontology import errors
from ontology.errors import AtlasError

EXAMPLES: list[AtlasError] = [
    errors.AtlasError("出错了", remedy="再试一次"),
    errors.UsageError("用法不对"),
    errors.NotFound("城市", "东管", ("东莞",)),
    errors.Ambiguous("城市", "广深", ("广州", "深圳")),
    errors.ParameterError("date", "日期", "昨天"),
    errors.FileProblem("a.txt", "应为 UTF-8"),
    errors.DocumentError("a.txt", "应为 UTF-8", line=3, remedy="请转换编码"),
    errors.RegistryError("a.csv", "缺少列“企业名称”", line=1),
    errors.OverrideError("a.toml", "没有这个城市"),
    errors.VocabularyError("a.ttl", "不是合法的 Turtle", line=9),
    errors.QuestionError("q.toml", "缺少 columns"),
    errors.IdentifierError("a b", "含有未编码的字符"),
    errors.GraphError("图谱打不开"),
    errors.GraphMissing("dir"),
    errors.GraphOutdated("dir"),
    errors.GraphDamaged("dir", "缺少 nodes.parquet"),
    errors.GraphLocked("dir", 42),
    errors.MappingError("city/1", "没有名称"),
    errors.QueryError("SELECT", "引擎拒绝"),
    errors.QuerySyntaxError("SELEC", "应为 SELECT", line=1, column=1),
    errors.QueryRefused("INSERT DATA {}", "INSERT"),
    errors.QueryTimeout(30.0, "SELECT"),
    errors.EngineError("ArcadeDB", "进程退出"),
    errors.EngineMissing("ArcadeDB", ("装上 cypher 附加包", "用 --cypher-uri 连接服务器")),
    errors.EngineUnreachable("Neo4j", "bolt://localhost:7687"),
    errors.CheckFailed(3),
    errors.ShadowedPackage("graph", "graph.py"),
]


def test_every_class_has_an_example_here() -> None:
    classes = {c for _, c in inspect.getmembers(errors, inspect.isclass) if issubclass(c, AtlasError)}
    assert classes == {type(example) for example in EXAMPLES}


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda e: type(e).__name__)
def test_message(error: AtlasError) -> None:
    text = str(error)
    assert any("一" <= c <= "鿿" for c in text)
    assert error.remedy in text
    assert error.exit_code == (2 if isinstance(error, errors.UsageError) else error.exit_code)
    assert "\n" not in text
    assert "。。" not in text


def test_details_are_in_the_message() -> None:
    assert str(errors.NotFound("城市", "东管", ("东莞",))) == "没有名为“东管”的城市；相近的有：东莞"
    assert "第 3 行" in str(errors.DocumentError("a.txt", "应为 UTF-8", line=3))
    missing = str(errors.EngineMissing("ArcadeDB", ("甲", "乙")))
    assert missing.endswith("可以：甲；或 乙")
    assert "30 秒" in str(errors.QueryTimeout(30.0))
    assert "缺少" in str(errors.ParameterError("date", "日期"))


@pytest.mark.parametrize(
    ("error", "attributes"),
    [
        (
            errors.NotFound("城市", "东管", ("东莞",)),
            {"what": "城市", "name": "东管", "near": ("东莞",), "exit_code": 2},
        ),
        (errors.DocumentError("a", "b", line=3, remedy="c"), {"path": "a", "expected": "b", "line": 3, "remedy": "c"}),
        (errors.QueryRefused("INSERT", "写"), {"statement": "INSERT", "why": "写", "exit_code": 2}),
        (errors.QueryTimeout(1.5, "Q"), {"seconds": 1.5, "statement": "Q", "exit_code": 1}),
        (errors.QuerySyntaxError("Q", "w", line=2, column=7), {"line": 2, "column": 7}),
        (errors.GraphMissing("d"), {"directory": "d"}),
    ],
    ids=lambda value: type(value).__name__,
)
def test_attributes(error: AtlasError, attributes: dict[str, object]) -> None:
    assert {name: getattr(error, name) for name in attributes} == attributes
