"""What the web pages ask of a graph, answered by an open `Atlas`."""

import json
import threading
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

import pyarrow.parquet as pq

from clusteratlas.atlas import Atlas
from clusteratlas.firms import passages
from graph import evidence
from graph.rows import Rows
from graph.search import Hit
from graph.sparql import client as sparql
from graph.sparql.guard import checked
from graph.tables import Edge, Node, Tables
from ontology.errors import EngineError, NotFound
from ontology.model import model
from queries.index import Index
from queries.industry.five import Passage
from queries.library import Question, library
from queries.neighbourhood import find, neighbourhood
from queries.plans.find import policy_of
from web.atlas import Block, Count, First, Summary
from web.drawing import picture_node
from web.picture import Lang, PictureEdge, Scene
from web.speech import Speech

FIRST = (
    ("city-layout-statements", {"city": "东莞", "cluster": "半导体与集成电路"}),
    ("product-cities", {"words": "碳化硅"}),
    ("city-companies", {"city": "东莞"}),
)
"""The questions that a newcomer sees answered."""

THINGS = ("东莞", "智能机器人", "半导体与集成电路")

QUERIES = 2
"""Free queries that run at one time; a further one waits."""

PATIENCE = 20.0
"""Seconds that a free query waits for its turn."""


class Explorer:
    """The pages' view of an open graph."""

    def __init__(self, atlas: Atlas) -> None:
        self._atlas = atlas
        self._turns = threading.BoundedSemaphore(QUERIES)
        self._starting = threading.Lock()

    @cached_property
    def _tables(self) -> Tables:
        return self._atlas.rows()

    @cached_property
    def _texts(self) -> Mapping[str, str]:
        return evidence.texts_of(self._atlas.build.path, self._tables)

    @cached_property
    def _blocks(self) -> Mapping[str, tuple[Block, ...]]:
        """The blocks of each file, by offset."""
        found: dict[str, list[Block]] = defaultdict(list)
        columns = ["file", "start", "end", "line", "section"]
        for row in pq.read_table(self._atlas.build.path / "blocks.parquet", columns=columns).to_pylist():
            found[row["file"]].append(Block(row["start"], row["end"], row["line"], row["section"]))
        return {file: tuple(sorted(blocks, key=lambda b: (b.start, -b.end))) for file, blocks in found.items()}

    @cached_property
    def _passages(self) -> Sequence[Passage]:
        return tuple(passages(self._atlas))

    @cached_property
    def _loaders(self) -> Mapping[str, tuple[str, ...]]:
        """The kinds of facts that rest on each piece of evidence."""
        documents = {str(n.properties["file"]): n.id.rpartition("/")[2] for n in self._tables.nodes if _document(n)}
        found: dict[str, set[str]] = defaultdict(set)
        for path in sorted((self._atlas.build.path / "facts").glob("*.jsonl")):
            for line in path.read_text(encoding="utf-8").splitlines():
                fact = json.loads(line)
                if "file" not in fact:  # inferred from many facts (stars), read from none
                    continue
                for span in (fact, *fact.get("more", ())):
                    name = f"evidence/{documents.get(fact['file'], '')}/{span['start']}-{span['end']}"
                    found[name].add(path.stem)
        return {name: tuple(sorted(kinds)) for name, kinds in found.items()}

    def summary(self) -> Summary:
        counts = Counter(node.cls for node in self._tables.nodes)
        classes = model().classes
        named = [cls for cls in classes if counts[cls]]
        return Summary(
            counts=tuple(Count(classes[cls].title, classes[cls].title_en, counts[cls], cls) for cls in named),
            documents=tuple(str(n.properties["name"]) for n in self._tables.nodes if _document(n)),
            digest=self._atlas.build.digest,
            first=tuple(First(name, arguments) for name, arguments in FIRST),
            things=THINGS,
        )

    def questions(self) -> Sequence[Question]:
        return tuple(library().values())

    def ask(self, name: str, arguments: Mapping[str, str]) -> Rows:
        answer = self._atlas.ask(name, arguments)
        return Rows(tuple(column.name for column in answer.question.columns), answer.rows)

    def neighbourhood(self, thing: str, lang: Lang = "zh") -> Scene:
        return scene(self._tables, thing, lang)

    def tables(self) -> Tables:
        return self._tables

    def text(self, document: str) -> str:
        if document not in self._texts:
            raise NotFound("文档", document)
        return self._texts[document]

    def blocks(self, document: str) -> Sequence[Block]:
        node = self._tables.by_id.get(document)
        return () if node is None else self._blocks.get(str(node.properties["file"]), ())

    def passages(self) -> Sequence[Passage]:
        return self._passages

    def search(self, text: str, limit: int) -> Sequence[Hit]:
        return self._atlas.search(text, limit)

    def loaders(self, evidence: str) -> Sequence[str]:
        return self._loaders.get(evidence, ())

    def query(self, language: str, text: str, limit: int, seconds: float) -> Rows:
        if not self._turns.acquire(timeout=PATIENCE):
            raise EngineError("查询", "同时运行的查询太多", remedy="请稍后再试")
        try:
            if language == "cypher":
                with self._starting:  # the engine is started once
                    return self._atlas.cypher(text, limit=limit, timeout=seconds)
            if checked(text).form in ("SELECT", "ASK"):
                return self._atlas.sparql(text, limit=limit, timeout=seconds)
            lines, cut = sparql.triples(self._atlas.build.path / "oxigraph", text, limit=limit, timeout=seconds)
            return Rows(("triple",), tuple((line,) for line in lines.splitlines()), cut)
        finally:
            self._turns.release()


def _document(node: Node) -> bool:
    return node.cls == "Document"


def scene(tables: Tables, thing: str, lang: Lang = "zh") -> Scene:
    """The picture of a thing and what stands around it.

    Raises:
        NotFound: nothing has that name.
        Ambiguous: a document number under which several policies were issued.
    """
    found, say = neighbourhood(tables, _named(tables, thing)), Speech(lang)
    return Scene(
        title=say.name(found.centre),
        nodes=tuple(picture_node(node, say) for node in found.nodes),
        edges=tuple(PictureEdge(edge.source, edge.target, _label(tables, edge, say)) for edge in found.edges),
        centre=found.centre.id,
        classes={name: say.cls(name) for name in model().classes},
    )


def _named(tables: Tables, thing: str) -> str:
    """The id of a thing; a policy also by its number or its title, as people write them."""
    try:
        return find(tables, thing).id
    except NotFound as error:
        try:
            return policy_of(Index(tables), thing).id
        except NotFound:
            raise error from None


def _label(tables: Tables, edge: Edge, say: Speech) -> str:
    """A relation with what qualifies it: the role or the relation that the statement behind it states."""
    title, statement = say.relation(edge.type), tables.by_id.get(str(edge.properties.get("via", "")))
    name = next((one for one in ("role", "relation") if one in edge.properties), None)
    if statement is None or name is None:
        return title
    said = say.said(statement.cls, name, edge.properties[name])
    return title + say(f"（{said}）", f" ({said})")
