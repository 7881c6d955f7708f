"""Layouts as rows of the graph's tables, and as facts of the kind `stars`."""

from collections.abc import Iterator, Sequence

from graph.mapping.rows import evidence_rows, properties
from graph.stars.layout import Cell, Layout, Voice
from graph.tables import Edge, Node, Properties
from ontology import ids
from ontology.facts import Fact
from ontology.vocabulary import Vocabulary

HELD: Properties = {"origin": "rule"}


def assignment_id(edition: str, cluster: str, city: str) -> str:
    """`assignment/<edition>/<cluster>/<city>` from the ids of policy, cluster and city."""
    last = ids.join(*(ids.unpart(name) for name in cluster.removeprefix("cluster/").split("/")))
    return "/".join(("assignment", edition.removeprefix("policy/"), last, city.removeprefix("city/")))


def assignment_rows(layout: Layout, vocabulary: Vocabulary, *, current: bool) -> Iterator[Node | Edge]:
    """Nodes and edges of a layout: an Assignment for each cell, with its witnesses and their evidence.

    Args:
        layout: of one edition, whose id is the policy's.
        vocabulary: gives the ids of cities and clusters.
        current: True for the newest edition; only it gives shortcuts.

    Raises:
        NotFound: a city or cluster that the vocabulary does not know.
    """
    fallback = _fallback(layout)
    for cell in layout.cells:
        cluster, city = vocabulary.cluster(cell.cluster).id, vocabulary.city(cell.city).id
        held = assignment_id(layout.edition, cluster, city)
        yield Node(
            held,
            "Assignment",
            properties(
                present=cell.present,
                level=cell.level,
                confidence=cell.confidence,
                level_confidence=cell.level_confidence,
                current=current,
                override=cell.override is not None,
            ),
        )
        yield Edge("aboutPlace", held, city, HELD)
        yield Edge("aboutCluster", held, cluster, HELD)
        yield Edge("edition", held, layout.edition, HELD)
        for relation, voices in (("supportedBy", cell.supports), ("opposedBy", cell.opposes)):
            for voice in _once(voices):
                yield Edge(relation, held, voice.id, HELD)
        for fact in _evidence(cell) or fallback:
            yield from evidence_rows(held, fact.evidence)


def _once(voices: Sequence[Voice]) -> list[Voice]:
    return list({voice.id: voice for voice in voices}.values())


def _evidence(cell: Cell) -> list[Fact]:
    """The facts that bear on a cell; where none decides, those that decide nothing."""
    voices = (*cell.supports, *cell.opposes) or cell.silent
    return [voice.fact for voice in _once(voices)]


def _fallback(layout: Layout) -> list[Fact]:
    """The first witness of the edition, for a cell that nothing speaks of."""
    heard = (voice.fact for cell in layout.cells for voice in (*cell.supports, *cell.opposes, *cell.silent))
    return [fact for fact in [next(heard, None)] if fact is not None]


def star_facts(layouts: Sequence[Layout]) -> list[dict[str, object]]:
    """The facts of the kind `stars`, one for each cell of each layout, as `facts stars` prints them."""
    return [_star_fact(layout, cell) for layout in layouts for cell in layout.cells]


def _star_fact(layout: Layout, cell: Cell) -> dict[str, object]:
    present, level = cell.inferred
    return {
        "id": f"stars/{layout.edition.removeprefix('policy/')}/{ids.part(cell.cluster)}/{ids.part(cell.city)}",
        "cluster": cell.cluster,
        "city": cell.city,
        "edition": layout.edition,
        "present": cell.present,
        "level": cell.level,
        "confidence": cell.confidence,
        "level_confidence": cell.level_confidence,
        "sources": {
            "for": [_source(voice) for voice in cell.supports],
            "against": [_source(voice) for voice in cell.opposes],
        },
        "override": cell.override is not None,
        "inferred": {"present": present, "level": level},
        "undecided": cell.undecided,
        "opposite": cell.opposite,
        "rival": [{"cluster": cluster, "city": city} for cluster, city in cell.rival],
    }


def _source(voice: Voice) -> dict[str, object]:
    evidence = voice.fact.evidence
    return {
        "id": voice.id,
        "says": voice.says,
        "silence": voice.silence,
        "odds": round(voice.odds, 2),
        "file": evidence.file,
        "line": evidence.span.line,
        "quote": evidence.span.quote,
        "cite": evidence.cite,
    }
