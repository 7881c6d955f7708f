"""Which cluster a heading, a title or a stretch of text names, through the vocabulary's spellings."""

import re
from functools import cache
from itertools import islice

from loaders.document.document import Document, Section
from loaders.grammar.grammar import place_names, unique
from ontology.vocabulary import vocabulary

_LAYOUT = re.compile("布局|分布|细分领域|重点领域")
_GROWING = re.compile("^(?:培育|发展|壮大|打造|做大|做强|做优|加快|建设|推动|大力|积极|重点|[万千百]亿级|世界级)+")
_ENDING = re.compile("(?:战略性)?(?:支柱|新兴)?(?:产业)?(?:集群)?$")
_JOIN = re.compile("与|及|和")


@cache
def cluster_named(name: str) -> str | None:
    """The canonical name of the cluster that a heading names and names alone (做强某某产业集群), or None."""
    labels = vocabulary().cluster_names()
    bare = _ENDING.sub("", name, count=1)
    for spelling in (name, bare, _GROWING.sub("", bare, count=1)):
        if spelling in labels:
            return labels[spelling].name
    return None


def box_cluster(section: Section) -> str | None:
    """The cluster of a layout box (专栏3 某某重点细分领域发展空间布局), from its words and not its number."""
    if section.kind != "box" or not _LAYOUT.search(section.name):
        return None
    labels = vocabulary().cluster_names()
    named = [label for label in labels if section.name.startswith(label)]
    return labels[max(named, key=len)].name if named else None


def cluster_of(section: Section) -> str | None:
    """The cluster that a section is about by its own heading."""
    return box_cluster(section) or cluster_named(section.name)


def title_cluster(document: Document, section: Section | None) -> str | None:
    """The one cluster that the title above a section names, where the policy is a cluster's."""
    titles = [s.name for s in (section.chain if section else ()) if s.kind == "title"]
    every = [block.text.string for block in document.blocks if block.kind == "title"]
    if titles and not any(mentioned(title) for title in titles):
        # A misprinted title is also that of its notice.
        titles += [other for other in every if any(_says_again(title, other) for title in titles)]
    found = unique(named for title in titles or every if "集群" in title and (named := mentioned(title)))
    return found[0] if len(found) == 1 else None


def _says_again(title: str, other: str) -> bool:
    pairs = [title[i : i + 2] for i in range(len(title) - 1)]
    return title != other and sum(pair in other for pair in pairs) >= _ALIKE * len(pairs) > _ALIKE * _SHORT


_ALIKE, _SHORT = 0.7, 8


def mentioned(words: str) -> str | None:
    """The cluster that words name, by a spelling or by a part that only one cluster has (集成电路).

    Where several stand together (新能源及智能网联汽车) the last is what the words are about.
    """
    pattern, names = _spellings()
    matches = list(pattern.finditer(words))
    if not matches:
        return None
    head = matches[0]
    for later in matches[1:]:
        if not re.fullmatch("[^，。、；]{0,6}", words[head.end() : later.start()]):
            break
        head = later
    return names[head[0]]


@cache
def _spellings() -> tuple[re.Pattern[str], dict[str, str]]:
    labels = {label: cluster.name for label, cluster in vocabulary().cluster_names().items()}
    parts: dict[str, set[str]] = {}
    for label, name in labels.items():
        for part in _JOIN.split(label):
            parts.setdefault(part, set()).add(name)
    names = {part: next(iter(of)) for part, of in parts.items() if len(of) == 1 and len(part) >= 2} | labels
    return re.compile("|".join(map(re.escape, sorted(names, key=lambda n: (-len(n), n))))), names


_INDUSTRY = re.compile(
    "(?:培育|发展|促进|推动|推进|壮大|提升|支持|加快|做强|关于|印发|打造|实施|建设|市|省|县|区|州)+(?P<name>[\u4e00-\u9fffA-Za-z0-9]{2,14}?)"
    "(?:(?:战略性|支柱|新兴|先进制造业)*产业(?:集群|链)|(?<=经济)(?=(?:高质量)?发展)|"
    "产业(?=(?:高质量|创新|健康|加快)*(?:发展|提升)[^，。]*(?:计划|规划|方案|意见|措施)|[^，。]{0,12}(?:计划|规划|方案|意见|图谱))|"
    "(?=(?:高质量发展|提质增效|转型升级|倍增|强链补链)[^，。]{0,12}(?:计划|规划|方案|意见)))"
)
# What a document without a telling title is about, as it says itself: <某某>产业是我市…
_IS = re.compile("^(?P<name>[\u4e00-\u9fffA-Za-z0-9]{2,12}?)产业(?:链)?是")
_NO_INDUSTRY = re.compile(
    "级|促进|高质量|国民|社会|区域|^经济|战略|新兴|支柱|优势|特色|传统|重点|主导|未来|地区|区域|开发区|^先进|^现代|^工业$|^制造业?$|^服务业?$|企业$"
)


def industry(section: Section) -> str | None:
    """The industry that the title above names, where it is none of the vocabulary's clusters (新型显示产业链)."""
    titles = [above.name for above in section.chain if above.kind == "title"]
    found = [_without_place(match["name"]) for title in titles if (match := _INDUSTRY.search(title))]
    return next((name for name in found if _is_industry(name)), None)


def said_industry(document: Document, section: Section) -> str | None:
    """The industry that a paragraph under the same title says all is about (某某产业是我市…)."""
    under = (
        b for b in document.blocks if b.kind == "paragraph" and b.section and b.section.chain[0] == section.chain[0]
    )
    match = next((match for block in islice(under, _OPENING) if (match := _IS.match(block.text.string))), None)
    name = _without_place(match["name"]) if match else ""
    return name if _is_industry(name) else None


_OPENING = 4  # paragraphs that open a document


def _without_place(name: str) -> str:
    """The name of an industry without the place and the verb before it (湖北省突破性发展<光电子信息>)."""
    end = next((end for start, end in place_names(name) if start == 0), 0)
    return _GROWING.sub("", name[end:].removeprefix("省").removeprefix("市").removeprefix("突破性"), count=1)


def _is_industry(name: str) -> bool:
    return len(name) > 1 and _NO_INDUSTRY.search(name) is None
