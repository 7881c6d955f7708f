"""The command `push`: the graph into a Neo4j or a SPARQL server."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import click

from clusteratlas.options import opened, progress_bar
from graph.push.marks import NAME, Pushed, Report, shown
from graph.tables import Tables, digest
from ontology.errors import EngineError, EngineUnreachable, UsageError
from ontology.model import model

BOLT = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
HTTP = ("http", "https")

T = TypeVar("T")


@click.command()
@click.argument("uri")
@click.option("--name", default=NAME, show_default=True, help="图谱的名字：写入的每个节点和关系都带着它")
@click.option("--update-uri", help="SPARQL 更新服务的地址，找不到时才需要")
@click.option("--verify", is_flag=True, help="写完后全部读回，核对是否与图谱一致")
@click.pass_obj
def push(directory: Path, uri: str, name: str, update_uri: str | None, verify: bool) -> None:
    """把图谱推送到 Neo4j（bolt://、neo4j://）或 SPARQL 服务（http://、https://）。

    只写差异，只删自己写过的；中断后会接着写。账号取自环境变量 NEO4J_USERNAME、NEO4J_PASSWORD、NEO4J_DATABASE，
    或 SPARQL_USERNAME、SPARQL_PASSWORD；没有时在终端上询问。
    """
    scheme = urlsplit(uri).scheme
    if scheme not in (*BOLT, *HTTP):
        raise UsageError(f"不认识的地址“{_safe(uri)}”", remedy="应以 bolt://、neo4j://、http:// 或 https:// 开头")
    if "@" in urlsplit(uri).netloc or "@" in urlsplit(update_uri or "").netloc:
        raise UsageError("账号和密码不写在地址里", remedy="请放在环境变量里，或在询问时输入")
    if not name:
        raise UsageError("图谱的名字不能为空")
    if scheme in BOLT and update_uri:
        raise UsageError("--update-uri 只用于 SPARQL 服务")
    with opened(directory) as atlas:
        tables = atlas.rows()
    report, finish = progress_bar()
    try:
        if scheme in BOLT:
            done, same = _to_neo4j(tables, uri, name, verify, _seldom(report))
        else:
            done, same = _to_sparql(tables, uri, update_uri, name, verify, _seldom(report))
    finally:
        finish()
    _summarise(done)
    if verify:
        click.echo("核对：与图谱一致" if same else "核对：与图谱不一致", err=True)
    sys.exit(0 if same and not done.kept else 1)


def _to_neo4j(tables: Tables, uri: str, name: str, verify: bool, report: Report) -> tuple[Pushed, bool]:
    import neo4j  # the driver takes a quarter of a second, which only this should pay

    from graph.push.neo4j import AccountRefused, read
    from graph.push.neo4j import push as push_neo4j

    database = os.environ.get("NEO4J_DATABASE") or None

    def once(account: tuple[str, str] | None) -> tuple[Pushed, bool]:
        try:
            driver = neo4j.GraphDatabase.driver(uri, auth=account, telemetry_disabled=True)
        except (ValueError, neo4j.exceptions.ConfigurationError) as error:
            raise UsageError(f"地址 {uri} 不可用：{error}") from error
        with driver:
            done = push_neo4j(tables, model(), driver, database, atlas=name, report=report)
            return done, not verify or digest(read(model(), driver, database, atlas=name)) == digest(tables)

    try:
        return _with_account(once, "NEO4J", "neo4j", AccountRefused)
    except EngineUnreachable as error:
        raise EngineUnreachable(error.name, uri, error.why.removeprefix(f"{error.uri} ")) from error


def _to_sparql(
    tables: Tables, uri: str, update: str | None, name: str, verify: bool, report: Report
) -> tuple[Pushed, bool]:
    from graph.push.http import Account, AccountRefused, discovered
    from graph.push.resume import Lost
    from graph.push.sparql import holds
    from graph.push.sparql import push as push_sparql

    def once(account: tuple[str, str] | None) -> tuple[Pushed, bool]:
        try:
            server = discovered(uri, None if account is None else Account(*account), update)
        except Lost as error:
            raise EngineUnreachable("SPARQL 服务", uri) from error
        done = push_sparql(tables, server, atlas=name, report=report)
        return done, not verify or holds(tables, server, atlas=name)

    return _with_account(once, "SPARQL", "", AccountRefused)


def _with_account(once: Callable[[tuple[str, str] | None], T], prefix: str, user: str, refused: type[EngineError]) -> T:
    """Call with the account of the environment; without one anonymously, then with one asked for on a terminal."""
    password = os.environ.get(f"{prefix}_PASSWORD")
    name = os.environ.get(f"{prefix}_USERNAME") or user
    if password:
        return once((name, password))
    try:
        return once(None)
    except refused:
        if not sys.stdin.isatty():
            raise
    name = click.prompt("用户名", default=name or None, err=True)
    return once((name, click.prompt("密码", hide_input=True, err=True)))


def _seldom(report: Report) -> Report:
    """The report, without repetitions: elsewhere than on a terminal each is a line."""
    last: list[object] = []

    def report_change(what: str, share: float) -> None:
        now = [what, int(share * 20)]
        if now != last:
            last[:] = now
            report(what, share)

    return report_change


def _summarise(done: Pushed) -> None:
    if done.writes or done.constraints:
        click.echo(
            f"已推送：新增 {done.created} 个节点，更新 {done.updated} 个，移除 {done.removed} 个；"
            f"写入 {done.edges_created} 条关系或陈述，移除 {done.edges_removed} 条",
            err=True,
        )
    else:
        click.echo("没有差异，什么也没有写入", err=True)
    if done.kept:
        click.echo(f"保留了 {len(done.kept)} 个该移除的节点，因为上面有别人的关系：{shown(done.kept)}", err=True)


def _safe(uri: str) -> str:
    """An address without the account that somebody may have put into it."""
    return uri.rpartition("@")[2]
