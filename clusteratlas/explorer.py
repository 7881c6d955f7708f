"""What the web pages ask of a graph, answered by an open `Atlas`."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property

from clusteratlas.atlas import Atlas
from graph.rows import Rows
from graph.tables import Edge, Node, Tables
from ontology.model import model
from ontology.vocabulary import vocabulary
from queries.library import Question, library
from queries.neighbourhood import neighbourhood
from web.atlas import Count, First, Summary
from web.picture import PictureEdge, PictureNode, Scene

FIRST = (
    ("city-layout-statements", {"city": "东莞", "cluster": "半导体与集成电路"}),
    ("product-cities", {"words": "碳化硅"}),
    ("city-companies", {"city": "东莞"}),
)
"""The questions that a newcomer sees answered."""

THINGS = ("东莞", "智能机器人", "半导体与集成电路")


class Explorer:
    """The pages' view of an open graph."""

    def __init__(self, atlas: Atlas) -> None:
        self._atlas = atlas

    @cached_property
    def _tables(self) -> Tables:
        return self._atlas.rows()

    def summary(self) -> Summary:
        counts = Counter(node.cls for node in self._tables.nodes)
        classes = model().classes
        named = [cls for cls in classes if counts[cls]]
        return Summary(
            counts=tuple(Count(classes[cls].title, classes[cls].title_en, counts[cls]) for cls in named),
            documents=tuple(str(n.properties["name"]) for n in self._tables.nodes if n.cls == "Document"),
            digest=self._atlas.build.digest,
            first=tuple(First(name, arguments) for name, arguments in FIRST),
            things=THINGS,
        )

    def questions(self) -> Sequence[Question]:
        return tuple(library().values())

    def ask(self, name: str, arguments: Mapping[str, str]) -> Rows:
        answer = self._atlas.ask(name, arguments)
        return Rows(tuple(column.name for column in answer.question.columns), answer.rows)

    def neighbourhood(self, thing: str) -> Scene:
        return scene(self._tables, thing)


def scene(tables: Tables, thing: str) -> Scene:
    """The picture of a thing and what stands around it.

    Raises:
        NotFound: nothing has that name.
    """
    found = neighbourhood(tables, thing)
    classes = {name: cls.title for name, cls in model().classes.items()}
    return Scene(
        title=_name(found.centre),
        nodes=tuple(PictureNode(node.id, _name(node), node.cls, tuple(_lines(node))) for node in found.nodes),
        edges=tuple(PictureEdge(edge.source, edge.target, _label(edge)) for edge in found.edges),
        centre=found.centre.id,
        classes=classes,
    )


def _name(node: Node) -> str:
    return str(node.properties.get("name", node.id))


def _lines(node: Node) -> list[str]:
    titles = {name: known.title or name for name, known in model().properties(node.cls).items()}
    shown = {name: value for name, value in node.properties.items() if name != "name"}
    return [
        f"{titles.get(name, name)}：{'、'.join(value) if isinstance(value, tuple) else value}"
        for name, value in sorted(shown.items())
    ]


def _label(edge: Edge) -> str:
    title = model().relations[edge.type].title
    if (role := edge.properties.get("role")) is not None:
        return f"{title}（{vocabulary().codes('role')[str(role)].name}）"
    relation = edge.properties.get("relation")
    return f"{title}（{relation}）" if relation else title
