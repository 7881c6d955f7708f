"""Which policy a block belongs to, and at which level its bodies are, for tasks, figures and citations."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from loaders.document.document import Block, Document, Section
from loaders.grammar.agencies import level_of
from loaders.policy import issuers
from loaders.policy.parts import Part, parts


@dataclass(frozen=True, slots=True)
class Place:
    """A part with the policy that it belongs to, as the policies' loader titles it."""

    part: Part
    policy: Part
    title: str
    level: str | None

    @property
    def prefix(self) -> str | None:
        """The prefix that the policy's own bodies have (省, 市)."""
        return level_of(self.level)


def places(document: Document) -> tuple[Place, ...]:
    """The parts of a document in its order, each with its policy."""
    found = parts(document)
    return tuple(_place(found, part) for part in found)


def has_bodies(document: Document) -> bool:
    """Whether a document holds the text of a policy; one that only explains says itself what there is to read."""
    return any(part.role == "body" for part in parts(document))


def _place(found: Sequence[Part], part: Part) -> Place:
    policy = part
    while policy.role in ("annex", "interpretation", "record") and policy.parent is not None:
        policy = found[policy.parent]
    if policy.role in ("notice", "announcement") and policy.issues:
        policy = found[policy.issues[0]]
    title = policy.named[0] if policy.role in ("notice", "announcement") and policy.named else policy.title
    return Place(part, policy, title, level(policy, title))


def level(policy: Part, title: str) -> str | None:
    """The level of a policy: by its issuers, else by the territory that its title begins with."""
    for name in policy.issuers:
        if (found := issuers.level(name)) is not None:
            return found
    return issuers.title_level(re.sub(r"^[《关于]+", "", title))


def blocks(document: Document, part: Part) -> Sequence[Block]:
    """The blocks of a part."""
    return document.blocks[part.start : part.end]


_ORDINAL = re.compile(
    r"^(?:第[^条章节]{1,7}[条章节]|（[一二三四五六七八九十\d]+）|[一二三四五六七八九十]+、|\d{1,2}\s?[.、．](?!\d)|——|[①-⑳])\s*"
)


def without_ordinal(string: str) -> int:
    """Where a paragraph's words begin behind its ordinal (第四条, （一）, 1.)."""
    match = _ORDINAL.match(string)
    return match.end() if match else 0


def heading(document: Document, section: Section | None) -> str:
    """The words of a section's heading, where the section itself keeps none too (a heading that ends with a stop)."""
    if section is None or section.name:
        return section.name if section else ""
    block = next((b for b in document.blocks if b.line == section.line and b.section is section), None)
    if block is None:
        return ""
    words = block.text.string[without_ordinal(block.text.string) :]
    alone = block.kind == "heading" or (len(words) <= 30 and "。" not in words.rstrip("。"))
    return words.strip("。：: ") if alone else ""
