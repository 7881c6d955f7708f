"""Commands that ask: facts, ask, query, search."""

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import click
from click.core import ParameterSource

from clusteratlas.atlas import Atlas
from clusteratlas.options import format_option, lang_option, opened, out_option
from clusteratlas.output import listing, write
from graph.rows import Rows, finite
from ontology.errors import UsageError
from ontology.vocabulary import near
from queries.industry import things
from queries.library import Question, library, question
from queries.run import Answer
from queries.table import Table

_LONG = {"id", "start", "end", "more", "text", "quote", "file", "line", "section", "grade"}


@click.command()
@click.argument("kind")
@format_option
@out_option
@click.pass_obj
def facts(directory: Path, kind: str, form: str, out: Path | None) -> None:
    """一类事实，逐条列出：layout · stars · policies · instruments · tasks · …；不认识的名称会列出全部种类。"""
    with opened(directory) as atlas:
        rows = atlas.facts(kind)
    columns = tuple(c for c in (rows[0] if rows else {}) if form != "table" or c not in _LONG)
    write(listing(f"事实：{kind}", columns, columns, [[row[c] for c in columns] for row in rows]), form, out)


@click.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
@click.argument("name", required=False)
@click.option("--engine", type=click.Choice(["sparql", "cypher", "rdflib"]), default="sparql", show_default=True)
@click.option("--all", "everything", is_flag=True, help="用默认参数问全部问题")
@click.option("--explain", is_flag=True, help="说明一个问题：参数、列、两种语言的语句")
@format_option
@lang_option
@out_option
@click.pass_context
def ask(
    context: click.Context,
    name: str | None,
    engine: str,
    everything: bool,
    explain: bool,
    form: str,
    lang: str,
    out: Path | None,
) -> None:
    """问题库里的问题；不给名称时列出全部。参数写作 --city 东莞。"""
    arguments = _arguments(context.args)
    if everything:
        if form == "table" and context.get_parameter_source("form") is ParameterSource.DEFAULT:
            form = "json"
        if form not in ("json", "jsonl"):
            raise UsageError(f"--all 的结果是多张表，没有 {form} 格式", remedy="请用 --format json 或 jsonl")
        with opened(context.obj) as atlas:
            _answers({one: atlas.ask(one, engine=engine).records() for one in library()}, form, out)
    elif name is None:
        _list(form, lang, out)
    elif explain:
        click.echo(_explained(question(name)))
    else:
        question(name).bind(arguments)
        with opened(context.obj) as atlas:
            found = atlas.ask(name, arguments, engine=engine)
            if not found.rows:
                click.echo(_nothing(atlas, found, arguments, engine), err=True)
        write(table_of(found), form, out, lang)


def _nothing(atlas: Atlas, found: Answer, arguments: Mapping[str, str], engine: str) -> str:
    """Why there is no row, as far as it can be said: no such thing, or what like it stands in the column searched."""
    said = "没有符合的行"
    for parameter in found.question.parameters:
        searched = found.values[parameter.name]
        if parameter.type == "id" and searched and not atlas.index().has(str(searched)):
            said += f"；图谱里没有 {searched}"
        if parameter.chain and (error := things.unknown(atlas.index(), str(searched))):
            said += f"；{error}"
        if parameter.column is None or not searched:
            continue
        every = atlas.ask(found.question.name, {**arguments, parameter.name: ""}, engine=engine)
        names = {str(one[parameter.column]) for one in every.records()}
        like = near(str(searched), {name: name for name in sorted(names)})
        said += f"；--{parameter.name} 相近的有：{'、'.join(like)}" if like else ""
    return said


def _answers(answers: Mapping[str, Sequence[Mapping[str, object]]], form: str, out: Path | None) -> None:
    """Print all answers: one object by question, or as jsonl a line for each question."""
    if form == "json":
        content = json.dumps(answers, ensure_ascii=False, indent=1) + "\n"
    else:
        lines = ({"question": name, "rows": rows} for name, rows in answers.items())
        content = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    if out is None:
        sys.stdout.write(content)
    else:
        out.write_bytes(content.encode())


def _arguments(words: Sequence[str]) -> dict[str, str]:
    """`--city 东莞 --edition=2021` as a dictionary."""
    arguments: dict[str, str] = {}
    rest = list(words)
    while rest:
        word = rest.pop(0)
        key, equals, value = word.removeprefix("--").partition("=")
        if not word.startswith("--") or not key:
            raise UsageError(f"不明白“{word}”", remedy="参数写作 --名称 值")
        if not equals:
            if not rest:
                raise UsageError(f"--{key} 后面缺少值")
            value = rest.pop(0)
        if (name := key.replace("-", "_")) in arguments:
            raise UsageError(f"--{key} 给了两次", remedy="一个参数只有一个值")
        arguments[name] = value
    return arguments


def _list(form: str, lang: str, out: Path | None) -> None:
    if form in ("json", "jsonl"):
        rows = [
            (
                one.name,
                one.title,
                [{"name": p.name, "type": p.type, "default": p.default} for p in one.parameters],
                [{"name": c.name, "type": c.type, "title": c.title} for c in one.columns],
                one.sparql,
                one.cypher,
            )
            for one in library().values()
        ]
        columns = ("name", "title", "parameters", "columns", "sparql", "cypher")
        write(listing("问题", columns, columns, rows), form, out)
        return
    listed = [
        (
            one.name,
            one.title_en if lang == "en" else one.title,
            " ".join(f"--{p.name} {p.default or ''}".strip() for p in one.parameters),
        )
        for one in library().values()
    ]
    title, *headings = (
        ("Questions", "name", "question", "parameters") if lang == "en" else ("问题库", "名称", "问题", "参数")
    )
    write(listing(title, ("name", "title", "parameters"), tuple(headings), listed), form, out)


def _explained(one: Question) -> str:
    parameters = "\n".join(f"  --{p.name}（{p.type}，默认 {p.default}）" for p in one.parameters) or "  无"
    columns = "、".join(f"{c.title} {c.name}" for c in one.columns)
    return (
        f"{one.title}\n{one.title_en}\n\n{one.explanation}\n\n参数\n{parameters}\n\n列\n  {columns}\n\n"
        f"SPARQL\n{one.sparql}\n\nCypher\n{one.cypher}"
    )


def table_of(answer: Answer) -> Table:
    """An answer as a table."""
    asked = answer.question
    return Table(asked.title, asked.columns, answer.rows, title_en=asked.title_en)


@click.command()
@click.option("--sparql", help="SPARQL 语句；- 表示从标准输入读")
@click.option("--cypher", "cypher_text", help="Cypher 语句；- 表示从标准输入读")
@click.option("--cypher-uri", help="另一个 Cypher 服务器，bolt://…；账号取自 NEO4J_USERNAME、NEO4J_PASSWORD")
@click.option("--limit", type=click.IntRange(min=1), default=10_000, show_default=True, help="最多多少行")
@click.option("--timeout", type=click.FloatRange(min=0.1), default=30.0, show_default=True, help="最多多少秒")
@format_option
@out_option
@click.pass_obj
def query(
    directory: Path,
    sparql: str | None,
    cypher_text: str | None,
    cypher_uri: str | None,
    limit: int,
    timeout: float,
    form: str,
    out: Path | None,
) -> None:
    """自由查询，只读。"""
    if (sparql is None) == (cypher_text is None):
        raise UsageError("请给出 --sparql 或 --cypher 其中之一")
    if cypher_text is not None and cypher_uri is not None:
        from graph.cypher import client as cypher  # see Atlas.cypher

        rows = cypher.rows(_statement(cypher_text), limit=limit, timeout=timeout, at=cypher_uri)
    else:
        with opened(directory) as atlas:
            if sparql is not None:
                rows = atlas.sparql(_statement(sparql), limit=limit, timeout=timeout)
            else:
                rows = atlas.cypher(_statement(cypher_text or ""), limit=limit, timeout=timeout)
    _print_rows(rows, form, out, limit)


def _statement(text: str) -> str:
    return sys.stdin.read() if text == "-" else text


def _print_rows(rows: Rows, form: str, out: Path | None, limit: int) -> None:
    if rows.truncated:
        click.echo(f"只显示前 {limit} 行，还有更多；可用 --limit 放宽", err=True)
    write(listing("", rows.columns, rows.columns, [[finite(value) for value in row] for row in rows.rows]), form, out)


@click.command()
@click.argument("text")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True)
@format_option
@out_option
@click.pass_obj
def search(directory: Path, text: str, limit: int, form: str, out: Path | None) -> None:
    """全文检索，带章节和引注。"""
    with opened(directory) as atlas:
        hits = atlas.search(text, limit)
    columns = ("snippet", "cite", "file", "line", "count")
    rows = [[getattr(hit, column) for column in columns] for hit in hits]
    write(listing(f"检索“{text}”", columns, ("文字", "引注", "文件", "行", "次数"), rows), form, out)
