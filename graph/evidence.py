"""Does the evidence hold: every quote at its offsets, and naming what it is cited for?"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from graph.identity import plain
from graph.identity.spelling import spelling
from graph.tables import Node, Tables
from ontology.vocabulary import vocabulary

PARTICIPANTS = ("aboutPlace", "aboutCluster", "aboutSubsector", "aboutProduct", "aboutCompany")
_CONJUNCTION = re.compile("[与及和、]")
MANY = 40
"""A quote used by more than so many statements is listed."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A node whose evidence does not hold, and why, in Chinese."""

    id: str
    why: str


def problems(tables: Tables, texts: Mapping[str, str]) -> Iterator[Problem]:
    """Everything wrong with the evidence of a graph.

    Args:
        tables: the graph.
        texts: the text of each document by its node's id.
    """
    nodes = tables.by_id
    targets: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for edge in tables.edges:
        # What is inferred from many witnesses (an Assignment) need not be said by any of them in so many words.
        if edge.type not in PARTICIPANTS or edge.properties.get("origin") != "rule":
            targets[edge.source][edge.type].append(edge.target)
    for node in tables.nodes:
        if node.cls == "Evidence":
            yield from _quote_problems(node, targets[node.id]["inDocument"], texts)
        named = [target for relation in PARTICIPANTS for target in targets[node.id][relation]]
        # What a person corrected need not be what the words say.
        if named and node.properties.get("review") != "corrected":
            evidence = [nodes[e] for r in ("evidencedBy", "furtherEvidence") for e in targets[node.id][r]]
            # The reading beside the quote: a name may be broken by a page, with a rule between its halves.
            fields = ("quote", "text", "section")
            said = plain(" ".join(str(e.properties.get(name, "")) for e in evidence for name in fields))
            written = {str(node.properties["as_written"])} if "as_written" in node.properties else set()
            for target in named:
                if not any(_says(said, plain(name)) for name in names(nodes[target]) | written):
                    yield Problem(node.id, f"引文和章节都没有说到“{nodes[target].properties.get('name', target)}”")


def _says(said: str, name: str) -> bool:
    """Whether a name is said, also where a list says its head once for all: 研发设计、生产控制类工业软件."""
    return (
        name in said
        or spelling(name) in spelling(said)
        or any(
            re.search(f"{re.escape(name[:i])}[、及和与][^。；]*{re.escape(name[i:])}", said)
            for i in range(2, len(name))
        )
    )


def _quote_problems(node: Node, documents: list[str], texts: Mapping[str, str]) -> Iterator[Problem]:
    start, end = int(str(node.properties["start"])), int(str(node.properties["end"]))
    for document in documents:
        text = texts[document]
        if text[start:end] != node.properties["quote"]:
            yield Problem(node.id, "原文的这个位置不是这段引文")
        elif text.count("\n", 0, start) + 1 != node.properties["line"]:
            yield Problem(node.id, "行号不对")
    if len(documents) != 1:
        yield Problem(node.id, f"应出自一份文档，实际 {len(documents)} 份")


def names(node: Node) -> set[str]:
    """The names that a document may use for a node: its own, others, its code, compounds with it (广深)."""
    aliases = node.properties.get("aliases", ())
    found = {str(node.properties.get("name", node.id)), *(aliases if isinstance(aliases, tuple) else ())}
    found |= {str(node.properties[key]) for key in ("name_en", "code") if key in node.properties}
    if node.cls == "City":
        found |= {name for name, places in vocabulary().compounds.items() if any(p.id == node.id for p in places)}
    if node.cls == "Cluster":
        found |= {name for name, cluster in vocabulary().cluster_names().items() if cluster.id == node.id}
        # A cluster of several industries is named by one of them: 集成电路 for 半导体与集成电路.
        found |= {part for name in found for part in _CONJUNCTION.split(name) if len(part) > 1}
    return found


def busy_quotes(tables: Tables) -> list[tuple[str, int]]:
    """Evidence that more than MANY statements cite, most cited first."""
    counts = Counter(edge.target for edge in tables.edges if edge.type == "evidencedBy")
    return [(name, count) for name, count in counts.most_common() if count > MANY]


def texts_of(build: Path, tables: Tables) -> dict[str, str]:
    """The texts of a build by document node."""
    return {
        node.id: (build / "texts" / f"{node.properties['sha256']}.txt").read_bytes().decode()
        for node in tables.nodes
        if node.cls == "Document"
    }
