"""Policies: title, number, issuers, dates, kind and level, each read from the policy's own text.

One fact for each policy. A notice and what it issues are one; a notice that issues nothing printed here is one itself,
under the title of what it issues. An official explanation (解读, the record of a press conference) is one of its own
kind, as it is issued like one; it has no number and no term, those that it mentions are the policy's.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from loaders.document.document import Block, Document
from loaders.document.text import Text
from loaders.policy import issuers
from loaders.policy.parts import Part, parts
from loaders.policy.terms import Term, term
from loaders.policy.titles import head, kind_of
from loaders.reading import Reading, Rejected
from ontology.facts import Evidence, Fact, PolicyFact

_CONTACT = re.compile(
    r"(?:请?[径迳]?[向与](?P<asked>[^，。；]{2,60}?)(?:反映|联系|反馈)|由(?P<explains>[^，。；]{2,60}?)负责(?:解释|具体解释))"
)
_HOST = re.compile(r"[，。](?P<host>[\u4e00-\u9fff]{3,20}?)(?:召开|举行|举办)(?:了)?新闻发布会")


def policies(document: Document) -> Reading:
    """The policies that a document holds, in the order of the text."""
    found = parts(document)
    facts: list[Fact] = []
    rejected: list[Rejected] = []
    for part in found:
        if not part.title:
            line = document.blocks[part.start].line
            rejected.append(
                Rejected("policies", line, document.blocks[part.start].text.string[:60], "文中没有印出题名")
            )
        elif _is_policy(part):
            facts.append(_fact(document, found, part))
    return Reading(tuple(facts), tuple(rejected))


def _is_policy(part: Part) -> bool:
    if part.role in ("annex", "other") or part.continues is not None:
        return False
    return not (part.role in ("notice", "announcement") and part.issues)


def _fact(document: Document, found: Sequence[Part], part: Part) -> PolicyFact:
    own = _own_blocks(document, found, part)
    explains = part.role in ("interpretation", "record")
    force = Term() if explains else term(own, part.date)
    names, contact = _issuers(document, found, part, own)
    title = part.named[0] if part.role in ("notice", "announcement") and part.named else part.title
    return PolicyFact(
        title=title,
        title_as_printed=part.title_as_printed,
        doc_number=None if explains else part.number,
        issuers=names,
        issued=part.date,
        effective=force.effective,
        expires=force.expires,
        policy_kind=kind_of(title) or "notice",
        level=_level(title, part, names, own),
        draft=part.draft,
        evidence=_evidence(document, part, head(title, part.number), [*_marks(part, explains), *contact, *force.marks]),
    )


def _own_blocks(document: Document, found: Sequence[Part], part: Part) -> list[Block]:
    """The blocks of a policy: its notice's first, then its own, without annexes."""
    notice = found[part.parent] if part.role == "body" and part.parent is not None else None
    blocks = list(document.blocks[notice.start : notice.end]) if notice else []
    return [*blocks, *document.blocks[part.start : part.end]]


def _issuers(
    document: Document, found: Sequence[Part], part: Part, own: Sequence[Block]
) -> tuple[tuple[str, ...], list[tuple[Block, Text]]]:
    """The issuers in full, and the words that name them where no signature does.

    Who drafts a rule explains it (谁起草、谁解读): an explanation without a signature is by the body that its policy
    names first for questions and for its interpretation. A press conference is its host's.
    """
    home = _province(document, found, part)
    names, block, words = part.issuers, None, None
    if not names and part.role == "record":
        names, block, words = _host(own)
    if not names and part.role in ("interpretation", "record") and part.parent is not None:
        explained = found[part.parent]
        names, block, words = _drafter(_own_blocks(document, found, explained), explained)
    full = tuple(dict.fromkeys(issuers.full(name, home) for name in names))
    return full, [(block, words)] if block is not None and words is not None else []


def _host(blocks: Sequence[Block]) -> tuple[tuple[str, ...], Block | None, Text | None]:
    for block in blocks:
        if match := _HOST.search(block.text.string):
            return (match["host"],), block, block.text[match.start("host") : match.end()]
    return (), None, None


def _drafter(blocks: Sequence[Block], explained: Part) -> tuple[tuple[str, ...], Block | None, Text | None]:
    for block in blocks:
        if match := _CONTACT.search(block.text.string):
            printed = match["asked"] or match["explains"]
            own = printed.startswith(("我", "本"))
            names = explained.issuers[:1] if own else issuers.names(printed)[:1]
            if names:
                return names, block, block.text[match.start() : match.end()]
    return explained.issuers[:1], None, None


def _province(document: Document, found: Sequence[Part], part: Part) -> str | None:
    """The province that 省 means in a part: named by its bodies, by its policy's title, or by the document first."""
    related = [part, *([found[part.parent]] if part.parent is not None else [])]
    texts = ["".join((*p.issuers, p.title)) for p in related]
    texts += [block.text.string for block in document.blocks[part.start : part.start + 5]]
    return next((name for text in texts if (name := issuers.province(text))), None)


def _level(title: str, part: Part, names: Sequence[str], own: Sequence[Block]) -> str | None:
    """National, provincial, municipal, county or district: by its issuers, its title, or who is to interpret it."""
    for name in names:
        if (found_level := issuers.level(name)) is not None:
            return found_level
    if (by_title := issuers.title_level(re.sub(r"^[《关于]+", "", title))) is not None:
        return by_title
    names, _, _ = _drafter(own, part)
    return next((by_name for name in names if (by_name := issuers.level(name))), None)


def _marks(part: Part, explains: bool) -> list[tuple[Block, Text]]:
    marks = [None if explains else part.number_mark, *part.issuers_marks, part.date_mark]
    return [(mark.block, mark.text) for mark in marks if mark is not None]


def _evidence(document: Document, part: Part, cite: str, marks: Sequence[tuple[Block, Text]]) -> Evidence:
    """The title line as quote; number, signature, date and clauses on the term as further spans."""
    block = next(b for b in document.blocks[part.start : part.end] if b.kind == "title")
    return replace(document.evidence(block, block.text, *(text for _, text in marks)), cite=cite)
