"""Commands about the layout and the chains: gaps, chain, related, compare."""

import datetime
from pathlib import Path

import click

from clusteratlas.options import format_option, lang_option, opened, out_option
from clusteratlas.output import write
from ontology.errors import UsageError
from queries.industry import chain as chains
from queries.industry import chain_table, gap_table, things
from queries.industry import compare as comparison
from queries.industry import related as relatedness
from queries.industry.gaps import STAGES
from queries.industry.gaps import gaps as find_gaps
from queries.industry.measures import measures
from queries.industry.supply import MOST_STEPS
from queries.match.attributes import attribute_named, read_value
from queries.phrase import listed, phrase


@click.command()
@click.option("--city", help="一个城市的缺口")
@click.option("--cluster", help="一个集群的缺口；与 --city 同用时只看这个城市的这个集群")
@click.option("--stage", "stages", type=click.Choice(STAGES), multiple=True, help="只看其中几类，可重复；默认全部")
@click.option("--limit", type=click.IntRange(1), help="每类最多几行")
@click.option("--date", help="哪一天的有效政策，默认今天")
@format_option
@lang_option
@out_option
@click.pass_obj
def gaps(
    directory: Path,
    city: str | None,
    cluster: str | None,
    stages: tuple[str, ...],
    limit: int | None,
    date: str | None,
    form: str,
    lang: str,
    out: Path | None,
) -> None:
    """缺口与机会：先文件，再供给，再企业，再关联；每行有公式、依据、可由谁补、可用政策。"""
    if city is None and cluster is None:
        raise UsageError("没有说是哪个城市或集群", remedy="请加 --city 城市 或 --cluster 集群")
    day = str(read_value(attribute_named("date"), date)) if date else datetime.date.today().isoformat()
    with opened(directory) as atlas:
        index = atlas.index()
        of_city = None if city is None else things.city(index, city)
        of_cluster = None if cluster is None else things.cluster(index, cluster)
        named = [one for one in (of_city, of_cluster) if one is not None]
        found = [
            gap
            for stage in STAGES
            if stage in (stages or STAGES)
            for gap in find_gaps(index, of_city, of_cluster, (stage,), day)[:limit]
        ]
        title = phrase("{}：缺口与机会", "{}: gaps", listed(map(index.name, named)))
        table = gap_table.table(index, found, title, title.en, day)
    write(table, form, out, lang)


@click.command()
@click.argument("thing")
@click.option("--city", help="只看这个城市的补链、强链、延链、稳链，环节写明它是否被点名")
@click.option("--steps", type=click.IntRange(1, MOST_STEPS), default=chains.STEPS, show_default=True, help="上下游几步")
@format_option
@lang_option
@out_option
@click.pass_obj
def chain(directory: Path, thing: str, city: str | None, steps: int, form: str, lang: str, out: Path | None) -> None:
    """产业链：一个产品、细分领域或集群的上下游、各环节的城市、补链强链延链稳链控链、断供影响。"""
    with opened(directory) as atlas:
        index = atlas.index()
        of_city = None if city is None else things.city(index, city)
        found = chains.chain(index, things.find(index, thing), steps)
        table = chain_table.table(found, measures(found, of_city), of_city)
    write(table, form, out, lang)


@click.command()
@click.option("--city", help="一个城市：未标星集群的关联密度、布局相似的城市")
@click.option("--cluster", help="一个集群：与其他集群的关联度、各市的关联密度（按代码排列，不是排名）")
@format_option
@lang_option
@out_option
@click.pass_obj
def related(directory: Path, city: str | None, cluster: str | None, form: str, lang: str, out: Path | None) -> None:
    """布局关联度（据省规划标星，非产业实绩）：集群之间、城市与集群、城市之间。"""
    with opened(directory) as atlas:
        index = atlas.index()
        of_city = None if city is None else things.city(index, city)
        of_cluster = None if cluster is None else things.cluster(index, cluster)
        table = relatedness.table(index, relatedness.related(index, of_city, of_cluster))
    write(table, form, out, lang)


@click.command()
@click.argument("names", nargs=-1, required=True, metavar="A B …")
@format_option
@lang_option
@out_option
@click.pass_obj
def compare(directory: Path, names: tuple[str, ...], form: str, lang: str, out: Path | None) -> None:
    """对照：二至十个城市，或二至十个集群，逐项并列。"""
    with opened(directory) as atlas:
        index = atlas.index()
        chosen = comparison.find(index, names)
        table = comparison.table(index, chosen, comparison.compare(index, chosen))
    write(table, form, out, lang)
