"""Which cities and regions a document names for a cluster or one of its subsectors, in which role, with which products.

Three forms are read: a box (专栏) whose heading names a cluster, each item a subsector; a section whose heading is a
cluster's name; and the tasks of a policy whose title names its one cluster. The cluster comes from the words of the
headings through the vocabulary's spellings, never from the number of a box.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from loaders.document.document import Block, Document, Section
from loaders.document.text import Text, sentences
from loaders.grammar.grammar import PlaceName, is_predicate, place_lists, unique
from loaders.layout.clusters import box_cluster, cluster_named, cluster_of, industry, mentioned, title_cluster
from loaders.layout.products import products
from loaders.layout.roles import RANK, Naming, namings
from loaders.reading import Reading, Rejected
from ontology.facts import QUOTE_LIMIT, LayoutFact

# Sections that describe and secure, and decide nothing about the layout.
_SPACE = re.compile("布局|空间|格局")
_NO_LAYOUT = re.compile(
    "现状|基础$|形势|背景|问题|挑战|意义|成效|保障|组织|领导|环境|实施|解读|附则|支撑体系|要素|原则|思路"
)
# Headings of tasks; other headings under a cluster's title name one of its fields.
_TASK = re.compile(
    "^(?:构建|推动|推进|提升|提高|加强|加快|加大|培育|发展|建立|建设|完善|强化|优化|打造|壮大|实施|深化|促进|做|引|扩大|健全|开展|形成|支持)|"
    "(?:工程|任务|目标|重点|行动|要求|措施|格局|体系|布局|计划|平台|生态|水平|引领|支撑|协同|协作|联动|带动|辐射|拓展|互补|错位)$|"
    "^(?:补|巩固|强|稳|延|抓|抢|推|拓展|突破|攻克|扶持|引育|吸引|布局|统筹|集聚|厚植|夯实|锻造|筑牢|双|一核|多点|区域|空间|总体)"
)
# 高端机床<以甲、乙为核心>: the field that a sentence of a plan opens with; belts and areas are none.
_FIELD = re.compile(
    "^(?P<name>[^，。；、：以]{2,14}?)(?=以[^，。；]{2,60}?为(?:主要|重要)?(?:核心|重点|依托|引擎|龙头|支撑|主))"
)
_AREA = re.compile("[区带圈轴极片市省廊]$|走廊$|^(?:我|全|重点|将|坚持|形成|构建|打造|初步|基本|其中)")
# What a plan has a city do, as against what the city is or has been.
_TASKED = re.compile(
    "^(?:[^，。；已曾是有了]{0,16}，)?(?:重点|着力|大力|加快|主要|要|进一步|积极)(?:发展|布局|培育|打造|建设|突破|研发|研制|生产|推进)"
)


@dataclass(frozen=True, slots=True)
class Context:
    """What a block is about: the cluster, and the subsector where its heading names one."""

    cluster: str
    subsector: str | None
    titled: bool = False  # the cluster is that of the policy's title


@dataclass(frozen=True, slots=True)
class _Entry:
    """What has been read so far about one place."""

    naming: Naming
    sentence: Text
    block: Block
    products: tuple[str, ...]
    more: tuple[tuple[Block, Text], ...] = field(default=())
    subsector: str | None = None  # that the sentence itself names


Key = tuple[str, str | None, PlaceName]


def context(document: Document, block: Block, boxed: frozenset[Section]) -> Context | None:
    """What a block says layout about, or None where it stands under no cluster.

    Args:
        document: the block's document.
        block: any block.
        boxed: sections that hold a layout box; their prose describes the cluster, its layout is in the box.
    """
    if block.section is None or block.kind not in ("paragraph", "list", "row"):
        return None
    chain = block.section.chain
    box = next((i for i, section in enumerate(chain) if box_cluster(section)), None)
    if box is not None:
        item = chain[box + 1].name if box + 1 < len(chain) else ""
        subsector = _row_head(block) if block.kind == "row" else item
        cluster = box_cluster(chain[box])
        return Context(cluster, subsector) if cluster and subsector else None
    if block.kind == "row":
        return None
    for section in reversed(chain):
        if section in boxed:
            return None
        if section.kind not in ("title", "box") and (cluster := cluster_named(section.name)):
            return Context(cluster, None)
    return titled(document, chain)


def _row_head(block: Block) -> str:
    """The subsector of a row of a box that is set as a table: its first cell that is no number."""
    heads = [cell.string.strip("* 。") for cell in block.cells]
    return next((head for head in heads if head and not re.fullmatch(r"[\d.、\s]+", head)), "")


def titled(document: Document, chain: tuple[Section, ...]) -> Context | None:
    """The context of a task or a field of a policy about one cluster."""
    headings = [section for section in chain if section.kind != "title"]
    if not headings or any(_NO_LAYOUT.search(section.name) for section in headings):
        return None
    cluster = title_cluster(document, chain[-1])
    field_name = headings[-1].name
    is_field = len(headings) > 1 and 2 <= len(field_name) <= 16 and not _TASK.search(field_name)
    return Context(cluster, field_name if is_field else None, titled=True) if cluster else None


def boxed_sections(document: Document) -> frozenset[Section]:
    """The sections that hold a layout box."""
    boxes = [b.section for b in document.blocks if b.section and box_cluster(b.section)]
    return frozenset(above for box in boxes for above in box.chain[:-1] if above.kind != "title")


def body(block: Block) -> Text:
    """A block's text without the number and run-in heading that open its section; the last cell of a row."""
    if block.kind == "row":
        return block.cells[-1]
    section = block.section
    if section is None or section.line != block.line or not section.name:
        return block.text
    at = block.text.string.find(section.name)
    return block.text[at + len(section.name) :].strip("。：: ") if 0 <= at <= 12 else block.text


def layout(document: Document) -> Reading:
    """The layout that a document states.

    Args:
        document: any document; one without clusters in its headings gives no facts.

    Returns:
        One LayoutFact for each (cluster, subsector, place) with its strongest role and all its products, in the order
        of the text; rejected are places whose role in their sentence could not be read.
    """
    boxed = boxed_sections(document)
    entries: dict[Key, _Entry] = {}
    rejected: list[Rejected] = []
    for block in document.blocks:
        here = context(document, block, boxed)
        if here is None:
            rejected += _unknown(document, block)
            continue
        read, unread = _read(block, here)
        rejected += [
            Rejected("layout", document.source.line(p.source()[0]), p.string, "句中地方的作用不明") for p in unread
        ]
        for entry in read:
            for place in entry.naming.places:
                key = (here.cluster, here.subsector or entry.subsector, place)
                mine = replace(entry, products=_own(entry.products, place, entry.naming.places))
                entries[key] = _merged(entries[key], mine) if key in entries else mine
    return Reading(tuple(_fact(document, *item) for item in entries.items()), tuple(rejected))


def _unknown(document: Document, block: Block) -> Iterator[Rejected]:
    """The layout of an industry that no cluster of the vocabulary is: said on the receipt, and no fact."""
    headings = [s for s in (block.section.chain if block.section else ()) if s.kind != "title"]
    if block.section is None or block.kind not in ("paragraph", "list") or (name := industry(block.section)) is None:
        return
    if not any(_SPACE.search(section.name) for section in headings) or cluster_named(name):
        return
    for sentence in sentences(body(block)):
        if any(naming.role in ("core", "key", "base", "support") for naming in namings(sentence.string, whole=True)[0]):
            line = document.source.line(sentence.source()[0])
            yield Rejected("layout", line, sentence.string[:200], f"题名所说的“{name}”不是词表里的产业集群")


def _read(block: Block, here: Context) -> tuple[list[_Entry], list[Text]]:
    """The places that a block names, with the words that could not be read."""
    named: list[tuple[Text, Naming]] = []
    unread: list[Text] = []
    cells = [cell for cell in block.cells if cell.string.strip("* 。") != here.subsector] or [body(block)]
    for sentence in (sentence for cell in cells for sentence in sentences(cell)):
        about = _field(sentence.string, here)
        read, unclear = namings(sentence.string, whole=about is None)
        if cells[1:] and (bare := _bare_cell(sentence, cells)):
            read, unclear = (bare,), ()
        unread += [sentence[a:b] for a, b in unclear]
        named += [
            (sentence, n) for n in read if not (here.titled and n.role == "mention" and not _TASKED.match(n.scope))
        ]
    # One opening statement speaks for the whole subsector; of several each speaks for its own places.
    single = len({(sentence.starts[0], naming.end) for sentence, naming in named if naming.lead}) == 1
    return [
        _Entry(
            n,
            s,
            block,
            products(
                n.scope.lstrip("："),
                _field(s.string, here) or here.cluster,
                lead=(n.lead and single) or here.subsector is None,
                direct=n.direct or n.scope.startswith("："),
            ),
            subsector=_field(s.string, here),
        )
        for s, n in named
    ], unread


def _field(sentence: str, here: Context) -> str | None:
    """The subsector of a sentence: that of the heading, or the one that it opens with in a plan for a cluster."""
    if here.subsector is not None or not here.titled or (match := _FIELD.match(sentence)) is None:
        return here.subsector
    name = match["name"]
    return None if _AREA.search(name) or is_predicate(name) or place_lists(name) else name


def _bare_cell(cell: Text, cells: list[Text]) -> Naming | None:
    """A cell that holds places and nothing else: the longest other cell of its row says what they do."""
    groups = place_lists(cell.string)
    if len(groups) != 1 or cell.string[: groups[0].start].strip() or cell.string[groups[0].end :].strip("。 "):
        return None
    others = [other.string for other in cells if cell.string not in other.string]
    scope = "：" + max(others, key=len, default="")
    return Naming(groups[0].places, "mention", scope, groups[0].open, 0, len(cell), False, True)


def _own(found: tuple[str, ...], place: PlaceName, places: tuple[PlaceName, ...]) -> tuple[str, ...]:
    """The products of one place of several: 潮州单枞茶 is not 韶关's."""
    others = tuple(other.name for other in places if other != place)
    return tuple(product for product in found if not (others and product.startswith(others)))


def _merged(old: _Entry, new: _Entry) -> _Entry:
    """Two statements about one place: the stronger role gives the quote."""
    head, tail = (new, old) if RANK[new.naming.role] > RANK[old.naming.role] else (old, new)
    more = (*head.more, *tail.more, (tail.block, _quote(tail)))
    return replace(head, products=unique([*old.products, *new.products]), more=more)


def _quote(entry: _Entry) -> Text:
    """The words that state the role: the whole sentence where it is short, else the clauses of the place.

    What is longer than a quote becomes several spans, so that the last product of a long list is quoted as well.
    """
    if len(entry.sentence) <= QUOTE_LIMIT * 3 // 4:
        return entry.sentence.strip("。；， ")
    return entry.sentence[entry.naming.start : entry.naming.end].strip("。；， ")


def _title(document: Document, block: Block, cluster: str) -> list[Text]:
    """The title that gives a block its cluster where it does not stand above it (a text before the title)."""
    chain = block.section.chain if block.section else ()
    if any(s.kind == "title" or cluster_of(s) == cluster for s in chain):
        return []
    return [b.text for b in document.blocks if b.kind == "title" and mentioned(b.text.string) == cluster][:1]


def _fact(document: Document, key: Key, entry: _Entry) -> LayoutFact:
    cluster, subsector, place = key
    pieces = [piece for _, piece in entry.more] + _title(document, entry.block, cluster)
    return LayoutFact(
        evidence=document.evidence(entry.block, _quote(entry), *pieces),
        cluster=cluster,
        subsector=subsector,
        city=place.name if place.city else None,
        region=None if place.city else place.name,
        role=entry.naming.role,
        products=entry.products,
        open_list=entry.naming.open,
    )
