"""The text of one policy among the documents of a graph, and whether it names something."""

from collections.abc import Mapping
from dataclasses import dataclass

from graph.tables import Node
from ontology.vocabulary import plain
from queries.index import Basis, Index


@dataclass(frozen=True)
class Passage:
    """A stretch of a document without blanks, with the line of each character that is left."""

    text: str
    lines: tuple[int, ...]

    def line(self, name: str) -> int | None:
        """The line on which a name stands first, blanks and width aside; None where it does not."""
        at = self.text.find(plain(name))
        return self.lines[at] if at >= 0 and plain(name) else None


class Reader:
    """Which policy states what, and the text of each.

    Args:
        index: the graph.
        texts: the text of each document by its node's id.
    """

    def __init__(self, index: Index, texts: Mapping[str, str]) -> None:
        self.index = index
        self.texts = texts
        self._heads = {
            (document, head): policy
            for policy in index.of("Policy")
            for statement in (*index.into(policy.id, "edition"), *index.out(policy.id, "provides"))
            for document, head in self._headed(statement)
        }

    def _headed(self, node: Node) -> set[tuple[str, str]]:
        """Document and first heading of a node's evidence."""
        said = self.index.out(node.id, "evidencedBy")
        return {
            (document.id, str(one.properties.get("section", "")).split(" · ")[0])
            for one in said
            for document in self.index.out(one.id, "inDocument")
        }

    def states(self, policy: Node, node: Node) -> bool:
        """Whether a policy is where a node is read."""
        return any(self._heads.get(head) == policy for head in self._headed(node))

    def passage(self, policy: Node) -> Passage:
        """The text of a policy: from its title to the next policy's, or the whole document where it stands alone."""
        starts: dict[str, dict[int, str]] = {}
        for one in self.index.of("Policy"):
            if "title_as_printed" in one.properties:  # others have evidence only where they are cited
                for evidence in self.index.out(one.id, "evidencedBy"):
                    for document in self.index.out(evidence.id, "inDocument"):
                        starts.setdefault(document.id, {})[int(str(evidence.properties["start"]))] = one.id
        own = {name for (name, _), known in self._heads.items() if known == policy}
        text: list[str] = []
        lines: list[int] = []
        for name in sorted(own | {name for name, at in starts.items() if policy.id in at.values()}):
            whole = self.texts.get(name, "")
            for start, end in _stretches(starts.get(name, {}), policy.id, len(whole)):
                _gather(whole, start, end, text, lines)
        return Passage("".join(text), tuple(lines))

    def quotes(self, policy: Node) -> tuple[Basis, ...]:
        """The evidence that is read from a policy, in the order of its lines."""
        found = {
            one.id: one
            for statement in (*self.index.into(policy.id, "edition"), *self.index.out(policy.id, "provides"))
            for one in self.index.basis(statement.id)
        }
        return tuple(sorted(found.values(), key=lambda one: (one.file, one.line, one.id)))


def _stretches(starts: Mapping[int, str], policy: str, length: int) -> list[tuple[int, int]]:
    if set(starts.values()) <= {policy}:
        return [(0, length)]
    order = sorted(starts)
    ends = dict(zip(order, [*order[1:], length], strict=True))
    return [(start, ends[start]) for start in order if starts[start] == policy]


def _gather(whole: str, start: int, end: int, text: list[str], lines: list[int]) -> None:
    line = whole.count("\n", 0, start) + 1
    for character in whole[start:end]:
        for kept in plain(character):
            text.append(kept)
            lines.append(line)
        line += character == "\n"
