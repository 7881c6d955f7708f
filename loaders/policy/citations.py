"""Citations: how a policy refers to others, with and without 《》, by full title or by the short form it gives them.

The relation is read from the words around the name: the verb before it (根据, 贯彻落实, 参照 …) holds for all that it
governs, 同时废止 stands behind. An interpretation speaks for its policy: what it names as a basis is the policy's.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from loaders.document.document import Block, Document
from loaders.document.text import Text, sentences
from loaders.policy.cited_names import Named, Short, bare, is_policy, named, same, shorts
from loaders.policy.owners import Place, blocks, heading, places
from loaders.reading import Reading, Rejected
from ontology.facts import Fact
from ontology.facts_work import CitationFact

# The words before a name that say what the policy has to do with it; the nearest one governs. 提及 words shadow those
# further off: in 为落实…部署，我省出台了《…》 nothing is put into effect.
_CUES = (
    ("贯彻落实", "(?:深入|认真|全面)*(?:贯彻|落实|推进实施|深入实施)+"),
    ("依据", "根据|依据|依照|按照|遵照|遵循|符合|结合|对照|(?:执行|按)(?=《|$)"),
    ("参考", "参照|参考|借鉴|[沿延]用|衔接|一致"),
    ("废止", "废止了?(?=《|$)"),
    ("提及", "(?:出台|印发|发布|制[定订]|编制|起草|公布|提出|纳入|介绍|宣传|学习|列入)(?!的)"),
)
_CUE = re.compile("|".join(f"(?P<c{i}>{pattern})" for i, (_, pattern) in enumerate(_CUES)))
_REPEALED = re.compile(r"^[^，。；《》]{0,12}?(?:(?:同时|予以|即行|自行)?废止|失效|停止执行)")
_APPLIED = re.compile(r"^[^，。；《》]{0,6}?(?:执行|确定)")
_ISSUED = re.compile(r"现(?:将|予|把)")
_KEPT = re.compile(r"^[^，。；《》]{0,40}?(?:保持一致|相?衔接)")
_AGAIN = re.compile("重新印发|重新公布|修订印发|修订后")
_GUIDE = re.compile(r"^为(?:根本)?(?:指引|指导|引领|统领|遵循|准绳)")
_RANK = ("废止", "重新印发", "依据", "贯彻落实", "参考", "解读", "提及")
_ANNEX = re.compile(r"^附[件表录][：:]")
_NUMBERED = re.compile(r"(?<!\d)\d{1,2}\s?[.、．](?!\d)")
_READ = ("paragraph", "list", "row")


@dataclass(frozen=True, slots=True)
class _Mention:
    """A name in a block with what the words around it say; `by` is another policy that the sentence is about."""

    block: Block
    name: Named
    relation: str
    words: Text
    by: "_Mention | None" = None


def citations(document: Document) -> Reading:
    """The citations of a document in the order of the text.

    A policy that is named again with the same relation is one citation, except where another clause rests on it.
    """
    every = places(document)
    facts: list[tuple[CitationFact, bool]] = []
    rejected: list[Rejected] = []
    for place in every:
        if place.part.role == "other":
            continue
        own = _own(every, place)
        known, numbers = _shorts(document, own), _numbers(document, own)
        explains = place.part.role in ("interpretation", "record")
        for block in blocks(document, place.part):
            if block.kind in _READ and not _ANNEX.match(block.text.string):
                mentions = list(_mentions(document, block, known, place))
                found = _stated(document, place, (own, every), numbers, mentions)
                facts += ((fact, explains) for fact in found)
                rejected += _refused(mentions)
        facts += ((fact, explains) for fact in _annexes(document, place, own))
    whole: tuple[Fact, ...] = tuple(sorted(_once(facts), key=lambda fact: fact.evidence.span.start))
    return Reading(whole, tuple(rejected))


def _own(every: Sequence[Place], place: Place) -> tuple[Place, ...]:
    """The parts of the policy of a part, and of what its notice issues beside it."""
    notice = place.policy.parent if place.policy.parent is not None else None
    same_notice = (p for p in every if notice is not None and p.policy.parent == notice)
    return tuple(dict.fromkeys((*(p for p in every if p.title == place.title), *same_notice)))


def _texts(document: Document, own: Iterable[Place]) -> Iterator[str]:
    for place in own:
        yield from (block.text.string for block in blocks(document, place.part) if block.kind in _READ)


def _shorts(document: Document, own: Iterable[Place]) -> dict[str, Short]:
    """The short forms that the parts of a policy give others."""
    every = [short for text in _texts(document, own) for short in shorts(text)]
    plain = {short.name for short in every if short.bare}
    return {short.name: replace(short, bare=short.name in plain) for short in reversed(every)}


def _numbers(document: Document, own: Iterable[Place]) -> dict[str, str]:
    """The numbers that the parts of a policy print beside titles; titles that stand with several are left out."""
    found: dict[str, set[str]] = {}
    for text in _texts(document, own):
        for name in named(text, {}):
            if name.number is not None:
                found.setdefault(bare(name.title), set()).add(name.number)
    return {title: next(iter(numbers)) for title, numbers in found.items() if len(numbers) == 1}


def _mentions(document: Document, block: Block, known: Mapping[str, Short], place: Place) -> Iterator[_Mention]:
    under = any("依据" in heading(document, section) for section in (block.section.chain if block.section else ()))
    for sentence in sentences(block.text):
        string = sentence.string
        issues = _ISSUED.search(string) if place.part.role in ("notice", "announcement") else None
        before: _Mention | None = None
        for name in named(string, known):
            if issues and name.start >= issues.end():
                continue  # what the notice itself issues
            relation = _relation(string, name)
            if relation == "提及" and not name.marked and not name.short:
                continue
            if relation == "提及" and under and not _cue(string[: name.start]):
                relation = "依据"
            repeals = relation == "废止" and _cue(string[: name.start]) == "废止"
            mention = _Mention(block, name, relation, _clause(sentence, name), before if repeals else None)
            before = before if repeals else mention
            yield mention


def _relation(string: str, name: Named) -> str:
    before, after = string[: name.start], string[name.end :]
    if _REPEALED.match(re.sub(r"^(?:、?《[^《》]+》(?:（[^（）]*）)?)+", "", after)):
        return "废止"
    if _GUIDE.match(after) or _KEPT.match(after):
        return "参考"
    return _cue(before) or ("依据" if _APPLIED.match(after) else "提及")


def _cue(before: str) -> str | None:
    """The relation of the nearest governing word; words inside other names do not count."""
    masked = re.sub(r"《[^《》]*》", lambda match: "《" + "\u0000" * (len(match[0]) - 2) + "》", before)
    matches = list(_CUE.finditer(masked))
    if not matches:
        return None
    index = matches[-1].lastgroup
    assert index is not None
    return _CUES[int(index[1:])][0]


def _clause(sentence: Text, name: Named) -> Text:
    """The words to quote: the clause that holds the name, its number included."""
    start = max((m.end() for m in re.finditer("[，；：]", sentence.string[: name.start])), default=0)
    end = next((m.start() for m in re.finditer("[，；。]", sentence.string[name.end :])), None)
    return sentence[start : len(sentence) if end is None else name.end + end]


def _stated(
    document: Document,
    place: Place,
    among: tuple[Sequence[Place], Sequence[Place]],
    numbers: Mapping[str, str],
    mentions: Sequence[_Mention],
) -> Iterator[CitationFact]:
    """The citations of a block: each policy once, with the strongest of the relations that its mentions state.

    `among` are the parts of the policy itself, and all of the document.
    """
    best: dict[str, _Mention] = {}
    first: dict[str, _Mention] = {}
    for mention in mentions:
        name = mention.name
        # 《条例》 is the policy itself by its kind.
        if name.marked and not name.short and (len(name.title) <= 4 or not is_policy(name.title)):
            continue
        mention = _resolved(mention, among, numbers)
        key = f"{bare(mention.name.title)} {mention.name.number}"
        first.setdefault(key, mention)
        known = best.get(key)
        if known is None or _RANK.index(mention.relation) < _RANK.index(known.relation):
            best[key] = mention
    for key, mention in best.items():
        if (fact := _fact(document, place, among[0], mention, first[key])) is not None:
            yield fact


def _resolved(
    mention: _Mention, among: tuple[Sequence[Place], Sequence[Place]], numbers: Mapping[str, str]
) -> _Mention:
    """A mention with the number that the document prints elsewhere for this policy."""
    name = mention.name
    if name.number is None:
        policies = (p for places in among for p in places)
        policy = next((p for p in policies if any(t and same(name.title, t) for t in (p.title, p.part.title))), None)
        number = policy.policy.number if policy else numbers.get(bare(name.title))
        return replace(mention, name=replace(name, number=number))
    return mention


def _fact(
    document: Document, place: Place, own: Sequence[Place], mention: _Mention, first: _Mention
) -> CitationFact | None:
    name, relation, text = mention.name, mention.relation, mention.block.text.string
    explains = place.part.role in ("interpretation", "record")
    target = next((p for p in own if _is(p, name)), None)
    if target is not None and not explains and target.title == place.title:
        return None
    if target is not None and explains:
        relation = "解读"
    elif name.number is not None and _AGAIN.search(text) and any(p.title and same(name.title, p.title) for p in own):
        relation = "重新印发"
    source = place.part.title if explains and not _speaks(place, relation, text) else place.title
    pieces = [first.words, *([mention.words] if mention is not first else [])]
    return CitationFact(
        from_title=mention.by.name.title if mention.by else source,
        to_title=target.title if target is not None else name.title,
        to_doc_number=name.number,
        relation=relation,
        evidence=document.evidence(first.block, *pieces, *([mention.by.words] if mention.by else [])),
    )


def _speaks(place: Place, relation: str, text: str) -> bool:
    """Whether an explanation states a relation of its policy and not one of its own."""
    if relation in ("解读", "提及"):
        return False
    # At a press conference others speak for themselves, unless they speak about the policy.
    return place.part.role == "interpretation" or any(kind in text for kind in (f"《{place.title[-2:]}》", place.title))


def _is(place: Place, name: Named) -> bool:
    """Whether a name is that of a policy; another number is another policy, whatever its title."""
    number = place.policy.number
    return bool(place.title) and same(name.title, place.title) and (name.number in (None, number) or number is None)


def _annexes(document: Document, place: Place, own: Sequence[Place]) -> Iterator[CitationFact]:
    """The annexes that a list at the end of a text names (附件：1.…；2.…)."""
    listed: list[Block] = []
    for block in (*blocks(document, place.part), None):
        if block is not None and block.kind == "list" and (listed or _ANNEX.match(block.text.string)):
            listed.append(block)
            continue
        if listed and (block is None or block.kind != "furniture"):
            yield from _listed(document, place, own, listed)
            listed = []


def _listed(document: Document, place: Place, own: Sequence[Place], listed: Sequence[Block]) -> Iterator[CitationFact]:
    name, pieces = "", list[tuple[Block, Text]]()
    for block in listed:
        text = block.text[3:] if _ANNEX.match(block.text.string) else block.text
        cuts = [0, *(m.start() for m in _NUMBERED.finditer(text.string) if m.start()), len(text)]
        for start, end in pairwise(cuts):
            piece = text[start:end]
            if match := _NUMBERED.match(piece.string):
                yield from _annex(document, place, own, name, pieces)
                name, pieces = piece.string[match.end() :], [(block, piece)]
            elif piece.string:
                name, pieces = name + piece.string, [*pieces, (block, piece)]
    yield from _annex(document, place, own, name, pieces)


def _annex(
    document: Document, place: Place, own: Sequence[Place], name: str, pieces: Sequence[tuple[Block, Text]]
) -> Iterator[CitationFact]:
    title = name.strip("。；，《》 ")
    if not title or any(same(title, p.title) for p in own if p.title):
        return
    yield CitationFact(
        from_title=place.title,
        to_title=title,
        to_doc_number=None,
        relation="附件",
        evidence=document.evidence(pieces[0][0], *(piece for _, piece in pieces)),
    )


def _once(facts: Sequence[tuple[CitationFact, bool]]) -> Iterator[CitationFact]:
    """Each citation once, with all its evidence; a clause of a rule that rests on another policy cites it for itself.

    Args:
        facts: each with whether it stands in an explanation, which only repeats what the clauses rest on.
    """
    found: dict[tuple[object, ...], CitationFact] = {}
    for fact, explains in facts:
        clause = fact.evidence.span.line if fact.relation == "依据" and not explains else None
        key = (fact.from_title, bare(fact.to_title), fact.to_doc_number, fact.relation, clause, explains)
        first = found.setdefault(key, fact)
        if first is not fact:
            more = [span for span in fact.evidence.spans if span not in first.evidence.spans]
            found[key] = replace(first, evidence=replace(first.evidence, more=(*first.evidence.more, *more)))
    yield from found.values()


def _refused(mentions: Sequence[_Mention]) -> Iterator[Rejected]:
    for mention in mentions:
        name = mention.name
        if name.marked and not name.short and len(name.title) > 4 and not is_policy(name.title):
            yield Rejected("citations", mention.block.line, f"《{name.title}》"[:60], "书名号里的不像是政策文件")
