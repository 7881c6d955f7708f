"""Names for nodes that no document names: a statement, a piece of evidence, a condition; put together from its parts.

Names are for people who look at a node by itself, in a picture or in a row of a query: 佛山 · 智能机器人 · 核心.
Nothing is found or joined by them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from graph.tables import Edge, Node
from ontology.vocabulary import vocabulary

_LONGEST = 24

# Of each class the parts of its name: the name of what a relation (with >) leads to, or a property; of several the
# first that there is.
_PARTS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "LayoutStatement": ((">aboutPlace",), (">aboutSubsector", ">aboutCluster"), ("role",)),
    "Witness": ((">aboutCluster", "row"), (">aboutPlace", "column"), ("printed",)),
    "Assignment": ((">aboutPlace",), (">aboutCluster",), ("level", "present")),
    "SupplyLink": ((">upstream",), (">downstream",), ("relation",)),
    "Transfer": ((">transferFrom",), (">transferTo",), ("mechanism",)),
    "Mention": ((">aboutCompany",), (">aboutPlace", ">aboutCluster"), ("relation",)),
    "Registration": ((">aboutCompany",), (">aboutPlace", ">aboutCluster")),
    "Citation": ((">citingPolicy",), (">citedPolicy",), ("relation",)),
    "Figure": ((">aboutPlace", ">aboutCluster"), ("indicator",)),
    "Evidence": (("quote",),),
    "Condition": (("text", "what", "logic"),),
    "Benefit": (("form",), ("amount_printed", "cap_printed", "base")),
}
_CODES = {
    "role": "role",
    "level": "star-level",
    "relation": "supply-relation",
    "form": "benefit-form",
    "what": "condition",
}
_WORDS = {
    ("present", True): "有布局",
    ("present", False): "无布局",
    ("logic", "all"): "同时满足",
    ("logic", "any"): "满足其一",
    ("logic", "at_least"): "满足若干项",
    ("logic", "not"): "不得有",
}


def named(nodes: Mapping[str, Node], edges: Iterable[Edge]) -> dict[str, Node]:
    """The nodes, each with a tidy name: its own without blanks at its ends, or one put together from its parts.

    Args:
        nodes: every node by id.
        edges: the asserted edges.
    """
    unnamed = {name for name, node in nodes.items() if node.cls in _PARTS and "name" not in node.properties}
    targets: dict[tuple[str, str], list[str]] = defaultdict(list)
    for edge in edges:
        if edge.source in unnamed:
            targets[edge.source, edge.type].append(edge.target)
    result = dict(nodes)
    for name, node in nodes.items():
        if name in unnamed:
            parts = [part for choice in _PARTS[node.cls] if (part := _part(node, choice, nodes, targets))]
            given = " · ".join(parts)
        elif (given := tidy(str(node.properties.get("name", "")))) == node.properties.get("name"):
            continue
        if given:
            result[name] = Node(node.id, node.cls, {**node.properties, "name": given})
    return result


def tidy(name: str) -> str:
    """A name without line breaks and without blanks at its ends."""
    return " ".join(name.split()) if name != name.strip() or any(sign in name for sign in "\n\r\t") else name


def _part(
    node: Node, choice: Iterable[str], nodes: Mapping[str, Node], targets: Mapping[tuple[str, str], list[str]]
) -> str:
    return next((short for words in _words(node, choice, nodes, targets) if (short := _short(words))), "")


def _words(
    node: Node, choice: Iterable[str], nodes: Mapping[str, Node], targets: Mapping[tuple[str, str], list[str]]
) -> Iterator[str]:
    for part in choice:
        if part.startswith(">"):
            for target in sorted(targets.get((node.id, part[1:]), ())):
                yield str(nodes[target].properties.get("name", ""))
        elif (value := node.properties.get(part)) is not None:
            yield _WORDS.get((part, value)) or _label(part, str(value))


def _label(name: str, value: str) -> str:
    """A code in words; a value that is no code as it is."""
    codes = vocabulary().codes(_CODES[name]) if name in _CODES else {}
    return codes[value].name if value in codes else value


def _short(words: str) -> str:
    words = " ".join(words.replace("**", "").split())
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
