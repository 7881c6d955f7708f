"""The analyses that are a form and a table: what each one is called, what it takes, and how it is asked."""

import re
from collections.abc import Sequence
from typing import Final

from ontology.errors import UsageError
from queries.industry import company as profiles
from queries.industry import company_table, firms_table, five_table, link_table, things
from queries.industry import compare as comparison
from queries.industry import five as ledger
from queries.industry import link as ties
from queries.industry import related as relatedness
from queries.industry.firms import firms as find_firms
from queries.industry.registry import Asked
from queries.phrase import Phrase
from queries.plans.align import align as align_plans
from queries.plans.find import held, number, policy_of, title
from queries.plans.monitor import monitor as monitor_targets
from queries.plans.tasks import tasks as list_tasks
from queries.table import Table
from web.pages.analysis import Analysis, Field, Given
from web.pages.chain import proposals
from web.site import Site
from web.speech import Speech

CITY: Final = Field("city", ("城市", "City"), "city")
CLUSTER: Final = Field("cluster", ("集群", "Cluster"), "cluster")


def _companies(site: Site) -> Sequence[str]:
    return [str(one.properties.get("name", one.id)) for one in site.index.named("Company")]


def _stages(site: Site) -> Sequence[str]:
    parts = [str(one.properties.get("name", one.id)) for one in site.index.named("Subsector")]
    return list(dict.fromkeys([*parts, *proposals(site, Speech())]))


def _firms(site: Site, given: Given) -> Table | None:
    ground, city, cluster = site.ground, given.get("city"), given.get("cluster")
    stage = things.find(ground, given["segment"]) if "segment" in given else None
    if city is None and cluster is None and stage is None:
        return None
    elsewhere = "elsewhere" in given
    if elsewhere and (city is None or (cluster is None and stage is None)):
        raise UsageError(
            Phrase(
                "找他市的企业，要说本市和要找的集群或环节",
                "Firms of other cities: choose your city and a cluster or a stage",
            )
        )
    asked = Asked(city, cluster, stage, elsewhere)
    return firms_table.table(ground, asked, find_firms(ground, asked))


def _company(site: Site, given: Given) -> Table | None:
    if "name" not in given:
        return None
    firm = profiles.find(site.ground, given["name"])
    return company_table.table(site.ground, firm, given["date"], profiles.company(site.ground, firm, given["date"]))


def _five(site: Site, given: Given) -> Table | None:
    cluster, city = given.get("cluster"), given.get("city")
    if cluster is None:
        return None
    said = site.atlas.passages()
    return five_table.table(site.ground, cluster, city, ledger.five(site.ground, cluster, city, said), said)


def _link(site: Site, given: Given) -> Table | None:
    if "from" not in given or "to" not in given:
        return None
    cities = given["from"], given["to"]
    if cities[0] == cities[1]:
        raise UsageError(Phrase("两个城市是同一个，请选两个不同的城市", "Choose two different cities"))
    return link_table.table(site.ground, cities, ties.link(site.ground, cities, given.get("cluster")))


def _policies(site: Site) -> Sequence[str]:
    return sorted(number(one) or title(one) for one in site.index.of_class("Policy") if held(one))


def _agencies(site: Site) -> Sequence[str]:
    return [str(one.properties["name"]) for one in site.index.of_class("Agency")]


def _related(site: Site, given: Given) -> Table:
    ground = site.ground
    return relatedness.table(ground, relatedness.related(ground, given.get("city"), given.get("cluster")))


def _compare(site: Site, given: Given) -> Table | None:
    names = [name.strip() for name in re.split("[、，,;；]", given.get("names", "")) if name.strip()]
    if not names:
        return None
    chosen = comparison.find(site.ground, names)
    return comparison.table(site.ground, chosen, comparison.compare(site.ground, chosen))


def _tasks(site: Site, given: Given) -> Table:
    city = site.index.nodes[given["city"]] if "city" in given else None
    return list_tasks(site.ground, policy=given.get("policy"), agency=given.get("agency"), city=city)


def _monitor(site: Site, given: Given) -> Table:
    return monitor_targets(site.ground, city=given.get("city"), cluster=given.get("cluster"))


def _align(site: Site, given: Given) -> Table | None:
    if "upper" not in given or "lower" not in given:
        return None
    plans = policy_of(site.ground, given["upper"]), policy_of(site.ground, given["lower"])
    texts = {node.id: site.atlas.text(node.id) for node in site.index.of_class("Document")}
    return align_plans(site.ground, *plans, texts)


ANALYSES: Final = (
    Analysis(
        "/firms",
        ("企业", "Firms"),
        (
            "一个城市、集群或环节有哪些企业：登记库里的与文件点名的分列。",
            "The firms of a city, a cluster or a stage: those of a registry, and apart from them those that documents"
            " name.",
        ),
        (
            CITY,
            CLUSTER,
            Field("segment", ("环节（细分领域或产品）", "Stage (subsector or product)"), names=_stages),
            Field("elsewhere", ("找他市的企业", "Of other cities"), "tick"),
        ),
        _firms,
        ("先选一个城市、一个集群，或写一个环节。", "Choose a city or a cluster, or type a stage."),
    ),
    Analysis(
        "/company",
        ("企业画像", "Profile of a firm"),
        (
            "一家企业：链条位置、点名文件、项目、当日仍可申报的政策（待核实）。",
            "A firm: its place in the chain, what names it, its projects, what is open to it on a day, to be verified.",
        ),
        (
            Field("name", ("企业名称", "Name of the firm"), names=_companies),
            Field("date", ("可享政策按哪一天", "Policies on which day"), "date"),
        ),
        _company,
        ("写一家企业的名称，如文件点名的企业。", "Type the name of a firm, such as documents name."),
    ),
    Analysis(
        "/five",
        ("五个一", "The five of a cluster"),
        (
            "“五个一”工作台账：按文件写明的五项，逐项列出文件点名的企业、项目、平台、政策。",
            "The five things that each cluster is to have (五个一): what documents name for each of them.",
        ),
        (CLUSTER, CITY),
        _five,
        ("先选一个集群。", "Choose a cluster."),
    ),
    Analysis(
        "/link",
        ("分工衔接", "Two cities"),
        (
            "两市在同一集群各自的定位、文件所述的衔接；按规则的推断单列。",
            "Two cities in the clusters that both carry: the part of each, what documents state between them, and apart"
            " from it what a rule infers.",
        ),
        (
            Field("from", ("一个城市，如珠三角城市", "One city"), "city"),
            Field("to", ("另一个城市，如粤东西北城市", "The other city"), "city"),
            Field("cluster", ("只看一个集群", "Only one cluster"), "cluster"),
        ),
        _link,
        ("先选两个城市。", "Choose two cities."),
    ),
    Analysis(
        "/related",
        ("布局关联度", "Relatedness"),
        (
            "集群之间、城市与集群、城市之间的关联度：据省规划标星算出，不是产业实绩。",
            "How clusters, cities and clusters, and cities go together, by the stars of the plan and not by what"
            " industry does.",
        ),
        (CITY, CLUSTER),
        _related,
    ),
    Analysis(
        "/compare",
        ("对照", "Side by side"),
        ("二至十个城市，或二至十个集群，逐项并列。", "Two to ten cities, or two to ten clusters, side by side."),
        (Field("names", ("城市或集群，用顿号隔开", "Cities or clusters, with commas between")),),
        _compare,
        ("写两个以上城市或集群，如 东莞、惠州。", "Type two or more cities or clusters, such as Dongguan, Huizhou."),
    ),
    Analysis(
        "/tasks",
        ("任务分工", "Tasks"),
        (
            "谁牵头、谁参与、什么时限、什么量化要求；进展和问题在导出的表里填写。",
            "Who leads, who takes part, until when, and what is to be reached.",
        ),
        (
            Field("policy", ("文件（题名或文号）", "Policy (title or number)"), names=_policies),
            Field("agency", ("部门", "Agency"), names=_agencies),
            CITY,
        ),
        _tasks,
        by="group",
        plans=True,
    ),
    Analysis(
        "/monitor",
        ("指标", "Targets"),
        (
            "文件定的指标：基期、目标、写明的与隐含的增速、差距。",
            "The targets that documents set: base, target, the growth that is stated and that they imply, the gap.",
        ),
        (CITY, CLUSTER),
        _monitor,
        by="place",
        plans=True,
    ),
    Analysis(
        "/align",
        ("省市对照", "Two plans"),
        (
            "上级、下级两份规划的指标、方向、项目、任务，哪些对上了、哪些没有。",
            "The targets, directions, projects and tasks of an upper and a lower plan: what meets and what does not.",
        ),
        (
            Field("upper", ("上级文件（题名或文号）", "Upper plan (title or number)"), names=_policies),
            Field("lower", ("下级文件（题名或文号）", "Lower plan (title or number)"), names=_policies),
        ),
        _align,
        ("先写两份文件。", "Type two plans."),
        plans=True,
    ),
)
