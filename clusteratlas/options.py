"""What several commands share: options, opening the graph, the progress bar."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from clusteratlas.atlas import Atlas, build_bundled
from clusteratlas.output import FORMATS
from graph.directory import GraphDirectory
from ontology.errors import GraphLocked

if TYPE_CHECKING:
    from graph.build import Progress
    from graph.receipt import Receipt

F = TypeVar("F", bound=Callable[..., object])


def format_option(function: F) -> F:
    return click.option("--format", "form", type=click.Choice(FORMATS), default="table", help="输出格式")(function)


def out_option(function: F) -> F:
    return click.option("-o", "--out", type=click.Path(dir_okay=False, path_type=Path), help="写入文件")(function)


def lang_option(function: F) -> F:
    return click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="表头语言")(
        function
    )


def progress_bar() -> tuple["Progress", Callable[[], None]]:
    """A progress function, and how to end it: a bar on a terminal, a line for each step elsewhere."""
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    console = Console(stderr=True)
    if not console.is_terminal:
        return (lambda what, share: click.echo(f"{share:4.0%} {what}", err=True)), (lambda: None)
    bar = Bar(TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), console=console, transient=True)
    task = bar.add_task("建图", total=1.0)
    bar.start()
    return (lambda what, share: bar.update(task, description=what, completed=share)), bar.stop


def summarise(receipt: "Receipt") -> None:
    """One line about a build, one for each registry with refused rows or document that was not loaded, on stderr."""
    facts = sum(row.kept for row in receipt.facts)
    click.echo(
        f"已建成 {receipt.digest[:12]}：{len(receipt.coverage)} 份文档，{facts} 条事实，"
        f"{receipt.rows['节点']} 个节点，{receipt.rows['边']} 条边，用时 {sum(receipt.times.values()):.1f} 秒",
        err=True,
    )
    for file, one in receipt.rejected:
        if one.kind in ("stars", "corrections"):
            click.echo(f"星表或人工修正有误：{file} 第 {one.line} 行：{one.reason}", err=True)
    for file, count in Counter(file for file, one in receipt.rejected if one.kind == "firms").items():
        click.echo(f"登记库 {file}：{count} 处没有读入，逐行的原因和办法见 clusteratlas receipt", err=True)
    for failure in receipt.failures:
        click.echo(f"未载入：{failure.message}", err=True)


def opened(directory: Path) -> Atlas:
    """The graph; where none is built, the bundled documents are built first."""
    if GraphDirectory(directory).current() is None:
        click.echo("还没有图谱，先构建自带的文档……", err=True)
        report, done = progress_bar()
        try:
            summarise(build_bundled(directory, report))
        except GraphLocked:  # another first command is building: use what it builds
            with GraphDirectory(directory).exclusive(wait=True):
                pass
        finally:
            done()
    return Atlas(directory)
