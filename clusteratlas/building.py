"""Commands that make a graph and say what is in it: build, receipt, check, export."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from clusteratlas import bundled
from clusteratlas.layout import contradictions
from clusteratlas.options import format_option, lang_option, opened, out_option, progress_bar, summarise
from clusteratlas.output import listing, write
from graph.directory import GraphDirectory
from graph.export import FORMATS
from graph.export import export as export_tables


@click.command()
@click.argument("documents", nargs=-1, type=click.Path(path_type=Path, readable=False))
@click.option("--only", is_flag=True, help="只用这些文档，去掉先前的来源；不给文档时建成空图谱")
@click.option("--receipt", "show", is_flag=True, help="打印完整的收据")
@click.pass_obj
def build(directory: Path, documents: Sequence[Path], only: bool, show: bool) -> None:
    """文档 → 图谱。不给文档时构建自带的五份；给出时加入已有的来源。"""
    from graph.build import build as build_graph  # here and below: what one command needs, the others need not wait for

    chosen = list(documents) if documents or only else bundled.documents()
    report, done = progress_bar()
    try:
        result = build_graph(GraphDirectory(directory), chosen, **bundled.knowledge(), only=only, progress=report)
    finally:
        done()
    summarise(result)
    if show:
        click.echo(result.text())
    # What is wrong with a document's print is read around; a line that a person wrote is for them to mend.
    loaded = {one.file for one in result.coverage}
    refused = any(file not in loaded for file, _ in result.rejected)
    sys.exit(1 if result.failures or refused else 0)


@click.command()
@click.pass_obj
def receipt(directory: Path) -> None:
    """当前图谱的收据：事实、行、覆盖、合并四本账。"""
    with opened(directory) as atlas:
        click.echo((atlas.build.path / "receipt.txt").read_text(encoding="utf-8"), nl=False)


@click.command()
@click.option("--sources", is_flag=True, help="各来源之间的矛盾，逐条列出文件和行")
@format_option
@lang_option
@out_option
@click.pass_obj
def check(directory: Path, sources: bool, form: str, lang: str, out: Path | None) -> None:
    """形状、完整性、证据：图谱里有什么不对。没有问题时退出码为 0；只有提示也为 0。"""
    if sources:
        with opened(directory) as atlas:
            write(contradictions(atlas.stars(), form), form, out, lang)
        return
    from graph.check import check as check_build

    with opened(directory) as atlas:
        violations = check_build(atlas.build.path)
    rows = [(v.check, v.node, v.why, "提示" if v.warning else "问题") for v in violations]
    write(listing("检查", ("check", "node", "why", "level"), ("检查项", "节点", "问题", "级别"), rows), form, out)
    sys.exit(0 if all(v.warning for v in violations) else 1)


@click.command()
@click.argument("form", type=click.Choice(FORMATS))
@click.option("-o", "--out", type=click.Path(path_type=Path), required=True, help="写入文件；parquet 和 csv 写入文件夹")
@click.pass_obj
def export(directory: Path, form: str, out: Path) -> None:
    """导出：RDF 的几种写法、Parquet、neo4j-admin 的 CSV、GraphML、Excel。"""
    with opened(directory) as atlas:
        export_tables(atlas.rows(), form, out)
