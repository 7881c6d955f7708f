"""What a policy rests on and what rests on it, as a tree."""

from collections.abc import Iterator
from dataclasses import dataclass

from graph.tables import Node
from queries.index import Basis, Index
from queries.phrase import Phrase, coded, joined, phrase
from queries.plans.find import basis_of, held, label, number, title
from queries.table import EVIDENCE, Table, column

DEPTH = 4
"""How many steps the tree goes away from the policy."""
COLUMNS = (
    column("id", "标识", "Id", "id"),
    column("depth", "层", "Depth", "id"),
    column("direction", "方向", "Direction", "id"),
    column("tree", "谱系", "Lineage"),
    column("relation", "关系", "Relation", codes="citation-relation"),
    column("name", "文件", "Policy", "id"),
    column("doc_number", "文号", "Number"),
    column("held", "已载入", "Loaded", "boolean"),
    EVIDENCE,
)
ORDER = ("依据", "贯彻落实", "重新印发", "废止", "参考", "附件", "解读", "提及")
"""The relations between policies, the weightiest first; one stands for a pair with several."""
_PASSIVE = {
    "依据": Phrase("以其为依据", "rests on it"),
    "贯彻落实": Phrase("贯彻落实它", "implements it"),
    "重新印发": Phrase("重新印发它", "reissues it"),
    "废止": Phrase("废止它", "repeals it"),
    "参考": Phrase("参考它", "refers to it"),
    "附件": Phrase("附于", "is annexed to it"),
    "解读": Phrase("解读它", "explains it"),
    "提及": Phrase("提及它", "mentions it"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """A policy reached from another by a citation: which way, the relation, and the evidence."""

    policy: Node
    up: bool
    relation: str
    basis: tuple[Basis, ...]


def lineage(index: Index, policy: Node, *, depth: int = DEPTH) -> Table:
    """The tree of what a policy rests on, then of what rests on it.

    Args:
        index: the graph.
        policy: the policy in the middle.
        depth: how many steps away from it.
    """
    rows: list[tuple[object, ...]] = [_row(policy, 0, "self", label(policy), None, basis_of(index, policy))]
    for up in (True, False):
        rows += _branch(index, _steps(index, policy.id, up), up, 1, depth, "", {policy.id})
    notes = [_LOADED]
    if len(rows) == 1:
        notes.append(_NOTHING)
    title_ = f"{label(policy)}谱系"
    return Table(title_, COLUMNS, rows, tuple(notes), title_en=f"Lineage of {title(policy)}")


_LOADED = Phrase(
    "关系只按载入的文件所写；未载入的文件可能还有别的关系",
    "Relations as the loaded documents state them; others may state more",
)
_NOTHING = Phrase(
    "无记录：载入的文件没有写它与其他文件的关系", "No record: the loaded documents relate it to no other document"
)


def _branch(
    index: Index, steps: list[Step], up: bool, depth: int, limit: int, indent: str, seen: set[str]
) -> Iterator[tuple[object, ...]]:
    """The rows of one branch, depth first; a policy that already stands above is not opened again."""
    for i, step in enumerate(steps):
        last = i == len(steps) - 1
        again = step.policy.id in seen
        said = coded("citation-relation", step.relation) if up else _PASSIVE[step.relation]
        line = phrase("{}：{}", "{}: {}", said, label(step.policy))
        above = Phrase("（见上）", " (see above)") if again else ""
        text = joined((indent, "└─" if last else "├─", line, above), "", "")
        yield _row(step.policy, depth, "up" if up else "down", text, step.relation, step.basis)
        if not again and depth < limit:
            seen.add(step.policy.id)
            below = indent + ("　　" if last else "│　")
            yield from _branch(index, _steps(index, step.policy.id, up), up, depth + 1, limit, below, seen)


def _steps(index: Index, policy: str, up: bool) -> list[Step]:
    """The policies one citation away, one step for each pair, by weight of the relation and then by name."""
    here, there = ("citingPolicy", "citedPolicy") if up else ("citedPolicy", "citingPolicy")
    found: dict[str, list[Node]] = {}
    for citation in index.into(policy, here):
        for other in index.out(citation.id, there):
            found.setdefault(other.id, []).append(citation)
    steps = []
    for other_id, citations in found.items():
        ranked = sorted(citations, key=lambda one: (ORDER.index(str(one.properties["relation"])), one.id))
        basis = tuple(dict.fromkeys(b for one in ranked for b in index.basis(one.id)))
        steps.append(Step(index.node(other_id), up, str(ranked[0].properties["relation"]), basis))
    return sorted(steps, key=lambda one: (ORDER.index(one.relation), one.policy.id))


def _row(
    policy: Node, depth: int, direction: str, tree: str, relation: str | None, basis: tuple[Basis, ...]
) -> tuple[object, ...]:
    return policy.id, depth, direction, tree, relation, title(policy), number(policy) or None, held(policy), basis
