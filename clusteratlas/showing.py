"""Commands that show: draw, serve, and the first answers of `make run`."""

import os
import signal
import sys
import threading
import webbrowser
from pathlib import Path

import click

from clusteratlas import bundled
from clusteratlas.asking import table_of
from clusteratlas.explorer import FIRST, Explorer, scene
from clusteratlas.options import opened
from clusteratlas.output import write
from web.app import create_app
from web.geo import read_boundaries
from web.picture import Lang, scene_html
from web.server import listen, url
from web.server import serve as serve_app
from web.sparql.endpoint import Endpoint


@click.command()
@click.argument("thing")
@click.option("-o", "--out", type=click.Path(dir_okay=False, path_type=Path), help="HTML 文件，默认取名称")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
@click.pass_obj
def draw(directory: Path, thing: str, out: Path | None, lang: str) -> None:
    """一件事物和它周围的关系图：一个自成一体的 HTML 文件，不用网络。"""
    language: Lang = "en" if lang == "en" else "zh"
    with opened(directory) as atlas:
        picture = scene(atlas.rows(), thing, language)
    path = out or Path(f"{''.join(c for c in picture.title if c.isalnum())[:40] or 'picture'}.html")
    path.write_text(scene_html(picture, language), encoding="utf-8", newline="\n")
    click.echo(f"已写入 {path}：{len(picture.nodes)} 个节点，{len(picture.edges)} 条关系", err=True)


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8321, show_default=True, help="0 为任取一个")
@click.option("--no-browser", is_flag=True, help="不打开浏览器")
@click.option("--cors", multiple=True, help="允许其网页查询 /sparql 的网站，如 https://x.example，可重复")
@click.pass_obj
def serve(directory: Path, port: int, no_browser: bool, cors: tuple[str, ...]) -> None:
    """浏览器界面，和 /sparql 上的 SPARQL 1.1 服务，只在本机；Ctrl-C 结束。"""
    with opened(directory) as atlas:
        bound = listen(port)

        def ready(address: str) -> None:
            click.echo(address)
            if not no_browser:
                threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()

        explorer = Explorer(atlas)
        explorer.summary()  # reads the tables now, so that the first page does not wait for them
        endpoint = Endpoint(atlas.build.path / "oxigraph", cors)
        try:
            app = create_app(explorer, boundaries=read_boundaries(bundled.boundaries()), sparql=endpoint)
            serve_app(app, bound, ready)
        finally:
            endpoint.close()


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8321, show_default=True)
@click.pass_context
def first(context: click.Context, port: int) -> None:
    """构建自带的文档，打印最先的几个答案，再打开界面（设了 ONCE=1 时到此为止）。"""
    with opened(context.obj) as atlas:
        for name, arguments in FIRST:
            write(table_of(atlas.ask(name, arguments)), "table")
            click.echo()
    once = os.environ.get("ONCE") == "1"
    if once:
        bound = listen(0)
        click.echo(f"clusteratlas serve 打开界面：{url(bound).rsplit(':', 1)[0]}:{port}/")
        bound.close()
        return
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    # On Linux without a screen there is no browser that could open.
    screen = sys.platform != "linux" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    context.invoke(serve, port=port, no_browser=not screen)
