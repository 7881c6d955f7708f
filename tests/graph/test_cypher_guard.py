"""The guard alone: what it lets through and what it refuses, without an engine."""

import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.cypher.guard import check
from graph.cypher.tokens import tokens
from ontology.errors import QueryRefused, QuerySyntaxError
from tests.neo4j.texts import texts

WRITING = ("CREATE (x)", "SET n.x = 1", "MERGE (x)", "DELETE n", "DETACH DELETE n", "REMOVE n.x", "DROP INDEX i")


@pytest.mark.parametrize("text", texts("harmless"))
def test_harmless_statements_pass(text: str) -> None:
    check(text)


@pytest.mark.parametrize("text", texts("refused"))
def test_statements_that_write_or_reach_out_are_refused(text: str) -> None:
    with pytest.raises((QueryRefused, QuerySyntaxError)):
        check(text)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("MATCH (n)\nSET n.x = 1", "第 2 行的 SET"),
        ("LOAD CSV FROM 'x' AS l RETURN l", "LOAD CSV"),
        ("MATCH (n) CALL (n) { RETURN 1 AS x } IN TRANSACTIONS RETURN x", "IN TRANSACTIONS"),
        ("CALL apoc.load.json('x') YIELD value RETURN value", "apoc.load.json"),
        ("CREATE INDEX FOR (n:City) ON (n.name)", "CREATE INDEX"),
        ("MATCH (n) DETACH DELETE n", "DETACH DELETE"),
        ("RETURN apoc.text.join(['a'], ',') AS x", "apoc.text.join"),
    ],
)
def test_a_refusal_names_what_it_refuses(text: str, named: str) -> None:
    with pytest.raises(QueryRefused, match=named):
        check(text)


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("MATCH (n)\nRETRUN n", 2, 1, "相近的有 RETURN"),
        ("MATCH (n RETURN n", 1, 10, "缺少“)”"),
        ("RETURN 'open", 1, 8, "没有闭合"),
        ("RETURN [1, 2", 1, 13, "缺少“]”"),
        ("RETURN 1)", 1, 9, "多出“)”"),
        ("RETURN 1 AS x; RETURN 2 AS y", 1, 16, "一条语句"),
        ("", 1, 1, "没有语句"),
        ("RETURN 1 /* open", 1, 10, "注释没有闭合"),
        ("MATCH (n) RETURN n.`open", 1, 20, "名称没有闭合"),
    ],
)
def test_a_statement_that_cannot_be_read_is_told_where(text: str, line: int, column: int, words: str) -> None:
    with pytest.raises(QuerySyntaxError, match=re.escape(words)) as caught:
        check(text)
    assert (caught.value.line, caught.value.column) == (line, column)


@given(st.text(), st.sampled_from(WRITING))
def test_a_quoted_text_is_never_mistaken_for_a_clause(text: str, writing: str) -> None:
    quoted = (text + writing).replace("\\", "\\\\").replace("'", "\\'")
    check(f"MATCH (n) WHERE n.name = '{quoted}' RETURN n AS x")


@given(st.text(min_size=1), st.sampled_from(WRITING))
def test_a_quoted_name_is_never_mistaken_for_a_clause(text: str, writing: str) -> None:
    name = (text.replace("\\", "") + writing).replace("`", "``")
    check(f"MATCH (n:`{name}`) RETURN n.`{name}` AS `{name}`")


@given(st.text(), st.sampled_from(WRITING))
def test_no_text_hides_a_clause_behind_it(text: str, writing: str) -> None:
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    with pytest.raises(QueryRefused):
        check(f'MATCH (n) WHERE n.name = "{quoted}" {writing}')


@given(st.text())
def test_any_text_is_passed_or_refused_in_words(text: str) -> None:
    with suppress(QueryRefused, QuerySyntaxError):  # any other exception fails the test
        check(text)


def test_numbers_and_ranges_are_told_apart() -> None:
    kinds = [(token.kind, token.text) for token in tokens("[*1..3] 1.5 .5 1e-3 0x1F $p $`a b`")]
    assert kinds == [
        ("sign", "["),
        ("sign", "*"),
        ("number", "1"),
        ("sign", ".."),
        ("number", "3"),
        ("sign", "]"),
        ("number", "1.5"),
        ("number", ".5"),
        ("number", "1e-3"),
        ("number", "0x1F"),
        ("parameter", "p"),
        ("parameter", "a b"),
        ("end", ""),
    ]


@pytest.mark.parametrize(
    "words",
    ["REPEATABLE ELEMENTS", "REPEATABLE ELEMENT", "DIFFERENT RELATIONSHIPS", "DIFFERENT RELATIONSHIP"],
)
def test_a_pattern_may_say_what_may_repeat(words: str) -> None:
    check(f"MATCH {words} (a)-[:PART_OF]->(b) RETURN a.id AS id")
