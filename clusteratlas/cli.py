"""The command line. Data goes to stdout, everything else to stderr; a mistake never ends in a traceback."""

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import click

from clusteratlas import bundled
from clusteratlas.atlas import Atlas, build_bundled, location
from clusteratlas.atlas import open as open_atlas
from clusteratlas.output import FORMATS, Table, write
from graph import cypher
from graph.build import Progress, build
from graph.directory import GraphDirectory
from graph.receipt import Receipt
from graph.rows import Rows
from loaders.manifest import manifest
from loaders.registry import LOADERS
from ontology.errors import AtlasError, NotFound

F = TypeVar("F", bound=Callable[..., object])


def _format(default: str = "table") -> Callable[[F], F]:
    return click.option("--format", "form", type=click.Choice(FORMATS), default=default, help="输出格式")


def _out(function: F) -> F:
    return click.option("-o", "--out", type=click.Path(dir_okay=False, path_type=Path), help="写入文件")(function)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--graph", envvar="CLUSTERATLAS_GRAPH", type=click.Path(path_type=Path), help="图谱目录，默认 .atlas")
@click.version_option(package_name="clusteratlas")
@click.pass_context
def cli(context: click.Context, graph: Path | None) -> None:
    """产业集群图谱：从规划、政策文件到可查询的知识图谱。"""
    context.obj = location(graph)


def progress_bar() -> tuple[Progress, Callable[[], None]]:
    """A progress function for a terminal (a line each where there is none), and how to end it."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    if not console.is_terminal:
        return (lambda what, share: None), (lambda: None)
    bar = Progress(TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), console=console, transient=True)
    task = bar.add_task("建图", total=1.0)
    bar.start()
    return (lambda what, share: bar.update(task, description=what, completed=share)), bar.stop


def _summary(receipt: Receipt) -> None:
    facts = sum(row.kept for row in receipt.facts)
    click.echo(
        f"已建成 {receipt.digest[:12]}：{len(receipt.coverage)} 份文档，{facts} 条事实，"
        f"{receipt.rows['节点']} 个节点，{receipt.rows['边']} 条边，用时 {sum(receipt.times.values()):.1f} 秒",
        err=True,
    )
    for failure in receipt.failures:
        click.echo(f"未载入：{failure.message}", err=True)


def _opened(directory: Path) -> Atlas:
    """The graph; where none is built, the bundled documents are built first."""
    if GraphDirectory(directory).current() is None:
        click.echo("还没有图谱，先构建自带的文档……", err=True)
        report, done = progress_bar()
        try:
            receipt = build_bundled(directory, report)
        finally:
            done()
        _summary(receipt)
    return open_atlas(directory)


@cli.command("build")
@click.argument("documents", nargs=-1, type=click.Path(path_type=Path))
@click.option("--only", is_flag=True, help="只用这些文档，去掉先前的来源")
@click.option("--receipt", "show", is_flag=True, help="打印完整的收据")
@click.pass_obj
def build_command(directory: Path, documents: Sequence[Path], only: bool, show: bool) -> None:
    """文档 → 图谱。不给文档时构建自带的五份；给出时加入已有的来源（--only 只用这些）。"""
    chosen = list(documents) if documents or only else bundled.documents()
    report, done = progress_bar()
    try:
        receipt = build(
            GraphDirectory(directory),
            chosen,
            manifest=manifest(bundled.data() / "manifest.toml"),
            only=only,
            progress=report,
        )
    finally:
        done()
    _summary(receipt)
    if show:
        click.echo(receipt.text())
    sys.exit(1 if receipt.failures else 0)


@cli.command()
@click.argument("kind")
@_format("table")
@_out
@click.pass_obj
def facts(directory: Path, kind: str, form: str, out: Path | None) -> None:
    """一类事实，逐条列出：layout · policies · companies · witnesses。"""
    if kind not in LOADERS:
        raise NotFound("事实种类", kind, tuple(LOADERS))
    with _opened(directory) as atlas:
        rows = atlas.facts(kind)
    if form == "jsonl" and out is None:
        for row in rows:
            sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
        return
    hidden = {"table": {"id", "start", "end", "more", "text", "quote", "file", "line", "section", "grade"}}
    columns = tuple(c for c in (rows[0] if rows else {}) if c not in hidden.get(form, ()))
    write(Table(f"事实：{kind}", columns, columns, [[row[c] for c in columns] for row in rows]), form, out)


@cli.command()
@click.option("--sparql", help="SPARQL 语句；- 表示从标准输入读")
@click.option("--cypher", "cypher_text", help="Cypher 语句；- 表示从标准输入读")
@click.option("--cypher-uri", help="另一个 Cypher 服务器，bolt://…；账号取自 NEO4J_USERNAME、NEO4J_PASSWORD")
@click.option("--limit", type=click.IntRange(min=1), default=10_000, show_default=True, help="最多多少行")
@click.option("--timeout", type=click.FloatRange(min=0.1), default=30.0, show_default=True, help="最多多少秒")
@_format("table")
@_out
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
        raise click.UsageError("请给出 --sparql 或 --cypher 其中之一")
    if cypher_text is not None and cypher_uri is not None:
        rows = cypher.rows(_statement(cypher_text), limit=limit, timeout=timeout, at=cypher_uri)
    else:
        with _opened(directory) as atlas:
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
    write(Table("", rows.columns, rows.columns, rows.rows), form, out)


@cli.command()
@click.argument("text")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True)
@_format("table")
@_out
@click.pass_obj
def search(directory: Path, text: str, limit: int, form: str, out: Path | None) -> None:
    """全文检索，带章节和引注。"""
    with _opened(directory) as atlas:
        hits = atlas.search(text, limit)
    columns = ("snippet", "cite", "file", "line", "count")
    rows = [[getattr(hit, column) for column in columns] for hit in hits]
    write(Table(f"检索“{text}”", columns, ("文字", "引注", "文件", "行", "次数"), rows), form, out)


@cli.command()
@click.pass_obj
def receipt(directory: Path) -> None:
    """当前图谱的收据：事实、行、覆盖、合并四本账。"""
    with _opened(directory) as atlas:
        click.echo((atlas.build.path / "receipt.txt").read_text(encoding="utf-8"), nl=False)


def main() -> None:
    """Run the command line; exit 0 fine, 1 a problem, 2 usage."""
    try:
        cli(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except click.Abort:
        sys.exit(130)
    except AtlasError as error:
        click.echo(str(error), err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.exit(1)


if __name__ == "__main__":
    main()
