"""The Python API: one object for a graph directory, with a method for each way to ask."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clusteratlas import bundled
from graph.directory import Build, GraphDirectory
from graph.rows import Parameters, Rows
from graph.search import Hit, search
from graph.sparql import client as sparql
from graph.tables import Tables
from ontology.errors import NotFound
from queries.index import Index
from queries.library import question
from queries.run import Answer, answer, cypher_engine, sparql_engine

if TYPE_CHECKING:
    import networkx as nx
    import pyarrow as pa
    from rdflib import Graph

    from graph.build import Progress
    from graph.cypher.client import Cypher
    from graph.receipt import Receipt

DEFAULT = ".atlas"


class Atlas:
    """A graph and the ways to ask it. Holds the current build from deletion until `close`.

    Args:
        directory: the graph directory; it must hold a build.

    Raises:
        GraphMissing: nothing has been built there.
    """

    def __init__(self, directory: Path) -> None:
        self.directory = GraphDirectory(directory)
        self.build: Build = self.directory.open()
        self._cypher: Cypher | None = None
        self._index: Index | None = None

    def close(self) -> None:
        if self._cypher is not None:
            self._cypher.close()
        self.build.close()

    def __enter__(self) -> "Atlas":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def sparql(
        self,
        text: str,
        parameters: Parameters | None = None,
        *,
        limit: int | None = None,
        timeout: float = 30.0,
    ) -> Rows:
        """The rows of a SPARQL query; writing and reaching out is refused."""
        return sparql.rows(self.build.path / "oxigraph", text, parameters, limit=limit, timeout=timeout)

    def cypher(
        self,
        text: str,
        parameters: Parameters | None = None,
        *,
        limit: int | None = None,
        timeout: float = 30.0,
    ) -> Rows:
        """The rows of a Cypher query on the embedded engine; writing and reaching out is refused."""
        from graph.cypher.client import embedded  # the driver takes a quarter of a second, which only Cypher should pay

        if self._cypher is None:
            self._cypher = embedded(self.directory.path, self.build.digest)
        return self._cypher.rows(text, parameters, limit=limit, timeout=timeout)

    def rdflib(self) -> "Graph":
        """The graph as an `rdflib.Graph`, a copy in memory."""
        from graph.rdf import to_rdflib

        return to_rdflib(self.rows())

    def networkx(self) -> "nx.MultiDiGraph[str]":
        """The graph as a `networkx.MultiDiGraph`, a copy in memory."""
        from graph.views import to_networkx

        return to_networkx(self.rows())

    def index(self) -> Index:
        """The graph indexed for the analyses, a copy in memory that is kept."""
        if self._index is None:
            self._index = Index(self.rows())
        return self._index

    def rows(self) -> Tables:
        """The tables as Python rows."""
        return Tables.read(self.build.path)

    def tables(self) -> "dict[str, pa.Table]":
        """The tables as Arrow: `nodes`, `edges`, `blocks`."""
        from graph.views import arrow

        return arrow(self.build.path)

    def search(self, text: str, limit: int = 20) -> list[Hit]:
        """Full text of the documents, with section and citation."""
        return search(self.build.path, text, limit)

    def ask(self, name: str, arguments: Mapping[str, object] | None = None, *, engine: str = "sparql") -> Answer:
        """A question of the library, on the engine `sparql` (Oxigraph), `rdflib` or `cypher`; the rows are the same.

        Raises:
            NotFound: no such question, parameter, city …; with near names.
        """
        if engine == "cypher":
            asked = cypher_engine("cypher", lambda text, values: self.cypher(text, values))
        elif engine == "rdflib":
            asked = sparql_engine("rdflib", self.rdflib())
        else:
            asked = sparql_engine("oxigraph", sparql.open_store(self.build.path / "oxigraph"))
        return answer(question(name), arguments, asked)

    def facts(self, kind: str) -> list[dict[str, object]]:
        """The facts of one kind, flat, as `clusteratlas facts KIND` prints them.

        Raises:
            NotFound: there is no such kind; with those that there are.
        """
        path = self.build.path / "facts" / f"{kind}.jsonl"
        kinds = tuple(sorted(one.stem for one in path.parent.glob("*.jsonl")))
        if kind not in kinds:
            raise NotFound("事实种类", kind, kinds)
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]

    def stars(self) -> dict[str, Any]:
        """The reconciled layouts: editions with cells and their reasons, the ledger of contradictions, changes."""
        content: dict[str, Any] = json.loads((self.build.path / "stars.json").read_text(encoding="utf-8"))
        return content

    def receipt(self) -> dict[str, object]:
        """The receipt of the current build: facts, rows, coverage, merges."""
        content: dict[str, object] = json.loads((self.build.path / "receipt.json").read_text(encoding="utf-8"))
        return content


def location(directory: Path | str | None = None) -> Path:
    """The graph directory: the argument, `CLUSTERATLAS_GRAPH`, or `.atlas` in the working directory."""
    return Path(directory or os.environ.get("CLUSTERATLAS_GRAPH") or DEFAULT)


def build_bundled(directory: Path, progress: "Progress" = lambda what, share: None) -> "Receipt":
    """Build the documents that come with the project."""
    from graph.build import build  # loaders and solver take a second to import, which only a build should cost

    return build(
        GraphDirectory(directory),
        bundled.documents(),
        **bundled.knowledge(),
        progress=progress,
    )


def open(directory: Path | str | None = None) -> Atlas:
    """Open a graph; without one built, build the bundled documents first.

    Args:
        directory: the graph directory; see `location`.
    """
    path = location(directory)
    if GraphDirectory(path).current() is None:
        build_bundled(path)
    return Atlas(path)
