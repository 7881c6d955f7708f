"""Commands about firms and who works with whom: firms, company, link, five."""

import datetime
from pathlib import Path

import click

from clusteratlas.atlas import Atlas
from clusteratlas.options import format_option, lang_option, opened, out_option
from clusteratlas.output import write
from ontology.errors import UsageError
from queries.industry import company as profiles
from queries.industry import company_table, firms_table, five_table, link_table, things
from queries.industry import five as ledger
from queries.industry import link as ties
from queries.industry.firms import firms as find_firms
from queries.industry.registry import DOCUMENTS, REGISTRY, Asked
from queries.match.attributes import profile


@click.command()
@click.option("--city", help="一个城市的企业")
@click.option("--cluster", help="一个集群的企业")
@click.option("--segment", help="一个环节的企业：细分领域或产品")
@click.option("--elsewhere", is_flag=True, help="他市的企业，未就 --city 点名、也不在该市的")
@click.option("--limit", type=click.IntRange(1), help="登记库和文件点名各最多几行")
@format_option
@lang_option
@out_option
@click.pass_obj
def firms(
    directory: Path,
    city: str | None,
    cluster: str | None,
    segment: str | None,
    elsewhere: bool,
    limit: int | None,
    form: str,
    lang: str,
    out: Path | None,
) -> None:
    """企业：登记库的与文件点名的分列；没有载入登记库写无数据，载入而没有企业写无记录。"""
    if city is None and cluster is None and segment is None:
        raise UsageError("没有说是哪个城市、集群或环节", remedy="请加 --city、--cluster 或 --segment")
    if elsewhere and (city is None or (cluster is None and segment is None)):
        raise UsageError("--elsewhere 要说本市和要找的集群或环节", remedy="请加 --city 和 --cluster 或 --segment")
    with opened(directory) as atlas:
        index = atlas.index()
        asked = Asked(
            None if city is None else things.city(index, city),
            None if cluster is None else things.cluster(index, cluster),
            None if segment is None else things.find(index, segment),
            elsewhere,
        )
        found = find_firms(index, asked)
        kept = [one for source in (REGISTRY, DOCUMENTS) for one in [f for f in found if f.source == source][:limit]]
        table = firms_table.table(index, asked, kept)
    write(table, form, out, lang)


@click.command()
@click.argument("name")
@click.option("--date", help="可享政策按哪一天说，如 2025-03-01；默认今天")
@format_option
@lang_option
@out_option
@click.pass_obj
def company(directory: Path, name: str, date: str | None, form: str, lang: str, out: Path | None) -> None:
    """企业画像：一家企业的链条位置、点名文件、项目、当日仍可申报的政策（待核实）。"""
    day = str(profile({"date": date})["date"]) if date is not None else datetime.date.today().isoformat()
    with opened(directory) as atlas:
        index = atlas.index()
        firm = profiles.find(index, name)
        if date is None:
            click.echo(f"未给日期，按今天 {day} 判断", err=True)
        table = company_table.table(index, firm, day, profiles.company(index, firm, day))
    write(table, form, out, lang)


@click.command()
@click.option("--from", "giver", required=True, help="一个城市，如珠三角城市")
@click.option("--to", "taker", required=True, help="另一个城市，如粤东西北城市")
@click.option("--cluster", help="只看一个集群；默认两市都布局的全部集群")
@format_option
@lang_option
@out_option
@click.pass_obj
def link(directory: Path, giver: str, taker: str, cluster: str | None, form: str, lang: str, out: Path | None) -> None:
    """分工衔接：两市在同一集群各自的定位、文件所述的衔接，按规则的推断单列。"""
    with opened(directory) as atlas:
        index = atlas.index()
        cities = things.city(index, giver), things.city(index, taker)
        if cities[0] == cities[1]:
            raise UsageError("--from 和 --to 是同一个城市", remedy="请写两个不同的城市")
        group = None if cluster is None else things.cluster(index, cluster)
        table = link_table.table(index, cities, ties.link(index, cities, group))
    write(table, form, out, lang)


@click.command()
@click.option("--cluster", required=True, help="哪个集群的台账")
@click.option("--city", help="只看一个城市的条目")
@format_option
@lang_option
@out_option
@click.pass_obj
def five(directory: Path, cluster: str, city: str | None, form: str, lang: str, out: Path | None) -> None:
    """“五个一”工作台账：按文件写明的五项，逐项列出文件点名的企业、项目、平台、政策；没有的写无数据。"""
    with opened(directory) as atlas:
        index = atlas.index()
        group = things.cluster(index, cluster)
        place = None if city is None else things.city(index, city)
        said = passages(atlas)
        table = five_table.table(index, group, place, ledger.five(index, group, place, said), said)
    write(table, form, out, lang)


def passages(atlas: Atlas) -> list[ledger.Passage]:
    """The text of the documents of a build, block by block."""
    fields = ("file", "line", "section", "cite", "text")
    blocks = atlas.tables()["blocks"].select(list(fields)).to_pylist()
    return [ledger.Passage(*(block[field] for field in fields)) for block in blocks]
