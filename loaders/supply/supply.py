"""What a document says of supply: parts and materials, stages of a chain, fields of application, regions."""

import re
from collections.abc import Iterator
from dataclasses import replace

from loaders.document.document import Block, Document, Section
from loaders.document.text import Text, sentences
from loaders.layout.clusters import box_cluster, cluster_of, industry, said_industry, title_cluster
from loaders.layout.layout import body, titled
from loaders.policy.home import home_city
from loaders.policy.owners import without_ordinal
from loaders.reading import Reading, Rejected
from loaders.supply.applied import applied
from loaders.supply.deliveries import deliveries
from loaders.supply.inputs import inputs
from loaders.supply.link import Link, Setting
from loaders.supply.nodes import nodes
from loaders.supply.regions import between_places
from loaders.supply.stages import stages
from ontology.facts_places import SupplyFact

_CUE = re.compile("零部件|零配件|原材料|配套(?!政策|措施|资金)|环节|上游|下游|供给|应用于|领域应用")


def supply(document: Document) -> Reading:
    """The supply links that a document states about clusters.

    Args:
        document: any document; only what stands under a cluster's heading, in its box or in its policy is read.

    Returns:
        One SupplyFact for each pair and relation in a sentence, in the order of the text; rejected are sentences with
        words of supply that fit none of the constructions.
    """
    siblings, home = _siblings(document), home_city(document)
    drawn = dict[int, list[Link]]()
    for block, link in nodes(block for block in document.blocks if block.kind == "paragraph"):
        drawn.setdefault(block.line, []).append(link)
    facts: list[SupplyFact] = []
    rejected: list[Rejected] = []
    for block in document.blocks:
        if block.kind not in ("paragraph", "list"):
            continue
        if (setting := _setting(document, block, siblings)) is None:
            continue
        setting = replace(setting, home=home.name if home else None)
        text = body(block)
        for sentence in sentences(text[without_ordinal(text.string) :]):
            seen: set[tuple[str, str, str]] = set()
            found = drawn.get(block.line) or sorted(_links(sentence.string, setting), key=lambda link: link.start)
            if not found and (cue := _CUE.search(sentence.string)):
                line = document.source.line(sentence[cue.start() : cue.end()].source()[0])
                rejected.append(Rejected("supply", line, sentence.string[:200], "有供应链用语，但读不出谁供给谁"))
            for link in found:
                key = (link.from_, link.to, link.relation)
                if key not in seen and link.from_ != link.to:
                    seen.add(key)
                    facts.append(_fact(document, block, sentence, link, setting))
    return Reading(tuple(facts), tuple(rejected))


def _links(sentence: str, setting: Setting) -> Iterator[Link]:
    for reader in (inputs, stages, applied, deliveries, between_places):
        yield from reader(sentence, setting)


def _siblings(document: Document) -> dict[str, tuple[str, ...]]:
    """The subsectors that the boxes of each cluster name."""
    found: dict[str, list[str]] = {}
    for block in document.blocks:
        if block.section is not None and (item := _item(block.section)) is not None:
            names = found.setdefault(item[0], [])
            if item[1] not in names:
                names.append(item[1])
    return {cluster: tuple(names) for cluster, names in found.items()}


def _item(section: Section) -> tuple[str, str] | None:
    """The cluster and the subsector of an item of a layout box."""
    chain = section.chain
    box = next((i for i, above in enumerate(chain) if box_cluster(above)), None)
    if box is None or box + 1 >= len(chain):
        return None
    cluster = box_cluster(chain[box])
    return (cluster, chain[box + 1].name) if cluster and chain[box + 1].name else None


def _setting(document: Document, block: Block, siblings: dict[str, tuple[str, ...]]) -> Setting | None:
    if block.section is None:
        return None
    if (item := _item(block.section)) is not None:
        return Setting(item[0], item[1], siblings.get(item[0], ()))
    for section in reversed(block.section.chain):
        if section.kind != "title" and (cluster := cluster_of(section)):
            return Setting(cluster, None, siblings.get(cluster, ()))
    topic, parts = _topic(block.section), _PARTS.search(block.section.name) is not None
    if cluster := title_cluster(document, block.section):
        here = titled(document, block.section.chain)
        return Setting(cluster, here.subsector if here else None, siblings.get(cluster, ()), topic=topic, parts=parts)
    subject = industry(block.section) or said_industry(document, block.section) or topic
    return Setting(subject, None, known=False, topic=topic, parts=parts) if subject else None


# What a heading says is to become of its thing: 巩固<动力电池>优势, 做强<汽车电子与芯片>.
_RAISES = re.compile(
    "^(?:加快|大力|重点|着力|全面|持续|进一步)*(?:做大做强|做强做优|做优做强|做强|做大|做优|巩固|巩固提升|培育|发展|壮大|发展壮大|提升|补强|突破|贯通|打通|延伸|打造|建设|推进|推动|优化|布局|抢占)"
    "(?P<thing>[^，。；、]{1,14}?)(?:优势|产业链|产业集群|产业|集群|能力|水平|发展|环节|短板|高地|基地|领域|创新|制造)*$"
)
_PARTS = re.compile("零部件|元器件|关键部件|基础件|零配件")
_NO_TOPIC = re.compile(
    "关键|核心|零部件|材料$|技术|企业|主体|项目|平台|园区|布局|格局|体系|生态|场景|应用|市场|品牌|人才|集群|产业|供给|支撑|保障|服务$|链|协同|开放|合作|规模|质量|转型|创新|能力|能级|工程|任务|基础|配套|走廊|[带圈极区谷城]$|板块|流域|廊道|组团|引擎|融合|[“”]"
)


def _topic(section: Section) -> str | None:
    """The thing that a task's heading is about: what its parts and stages belong to."""
    if section.kind == "title" or (match := _RAISES.match(section.name.strip("。：: "))) is None:
        return None
    thing = match["thing"] if len(match["thing"]) > 1 else match["thing"] + "产业"
    return None if _NO_TOPIC.search(match["thing"]) else thing


def _fact(document: Document, block: Block, sentence: Text, link: Link, setting: Setting) -> SupplyFact:
    return SupplyFact(
        evidence=document.evidence(block, _quote(sentence, link)),
        from_=link.from_,
        to=link.to,
        relation=link.relation,
        cluster=setting.cluster if setting.known else None,
        subsector=setting.subsector,
        strength=link.strength,
    )


def _quote(sentence: Text, link: Link) -> Text:
    """The clauses that state the link, at most 200 characters."""
    return sentence[link.start : min(link.end, link.start + 190)].strip("。；， \n")
