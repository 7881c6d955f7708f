"""A policy by its title or number, as people write them, and how it is named in a table."""

from graph.tables import Node
from ontology.errors import Ambiguous, NotFound
from ontology.vocabulary import near, plain
from queries.index import Basis, Index
from queries.phrase import Phrase, phrase

_BRACKETS = str.maketrans("[［【]］】()（）", "〔〔〔〕〕〕（）（）")


def number(policy: Node) -> str:
    """The document number of a policy, empty where it has none."""
    return str(policy.properties.get("doc_number", ""))


def title(policy: Node) -> str:
    return str(policy.properties.get("name", policy.id))


def label(policy: Node) -> str:
    """《题名》（文号）."""
    shown = title(policy)
    marked = shown if shown.startswith("《") else f"《{shown}》"
    return f"{marked}（{number(policy)}）" if number(policy) else marked


def draft(policy: Node) -> Phrase:
    """The note that a policy is a draft."""
    return phrase("{}为征求意见稿，尚未印发", "{} is a draft that was put out for comments", label(policy))


def held(policy: Node) -> bool:
    """Whether the text of a policy is in the graph; others are only named by the texts that are."""
    return "grade" in policy.properties


def policies_of(index: Index, text: str) -> tuple[Node, ...]:
    """The policies that a number or a title means; one number may issue several.

    Args:
        index: the graph.
        text: a number (粤府〔2021〕45号, any brackets), a title, a part of one title, or an id.

    Raises:
        NotFound: none; with near titles.
        Ambiguous: a part of several titles.
    """
    known = index.of("Policy")
    wanted = _folded(text)
    for found in (
        [one for one in known if one.id in (text, f"policy/{text}")],
        [one for one in known if number(one) and _folded(number(one)) == wanted],
        [one for one in known if wanted in (_folded(title(one)), _folded(f"{title(one)}（征求意见稿）"))],
    ):
        if found:
            return tuple([one for one in found if held(one)] or found)
    parts = [one for one in known if wanted and wanted in _folded(title(one) + number(one))]
    parts = [one for one in parts if held(one)] or parts
    if len(parts) > 1:
        parts = [one for one in parts if one.properties.get("kind") != "interpretation"] or parts
    if len(parts) > 1:
        raise Ambiguous("文件", text, tuple(label(one) for one in parts))
    if not parts:
        names = {name: label(one) for one in known for name in (title(one), number(one)) if name}
        raise NotFound("文件", text, near(text, names), remedy="文件写题名或文号，clusteratlas policies 列出全部文件")
    return tuple(parts)


def policy_of(index: Index, text: str) -> Node:
    """The one policy that a number or a title means.

    Raises:
        NotFound: none; with near titles.
        Ambiguous: several.
    """
    found = policies_of(index, text)
    if len(found) > 1:
        raise Ambiguous("文件", text, tuple(label(one) for one in found))
    return found[0]


def policy_stating(index: Index, identifier: str) -> Node | None:
    """The policy that states something: its edition, or what provides it."""
    said = index.out(identifier, "edition") or index.into(identifier, "provides")
    return said[0] if said else None


def basis_of(index: Index, policy: Node) -> tuple[Basis, ...]:
    """The evidence of a policy, or of one thing that it states where its text prints no title of its own."""
    states = index.into(policy.id, "edition")[:1]
    # Without a printed title its evidence is where others cite it.
    first = (policy, *states) if "title_as_printed" in policy.properties else (*states, policy)
    for one in (*first, *index.into(policy.id, "citedPolicy")[:1]):
        if found := index.basis(one.id):
            return found
    return ()


def _folded(text: str) -> str:
    return "".join(c for c in plain(text.translate(_BRACKETS)) if c.isalnum())
