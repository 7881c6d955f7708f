"""A graph for the tests of the pages: two questions, hostile labels, and every kind of failure."""

from collections.abc import Mapping, Sequence
from datetime import date

from graph.rows import Rows
from ontology.errors import EngineMissing, NotFound, ParameterError
from queries.library import Column, Question
from queries.parameters import Parameter
from web.atlas import Count, First, Summary
from web.picture import PictureEdge, PictureNode, Scene

HOSTILE = (
    "<script>document.body.dataset.hacked='1'</script>",
    "</script><script>document.body.dataset.hacked='1'</script>",
    "</title><img src=http://stranger.example/x onerror=document.body.dataset.hacked=1>",
    '<a href="http://stranger.example/">href</a>',
    "\"double\" 'single' `back` &amp; &lt;",
    "{braces} {{ 7 * 7 }} {% raw %} ${7*7} #{7*7}",
    "MATCH (n) DETACH DELETE n // '",
    "DELETE WHERE { ?s ?p ?o } #",
    "\u202eright to left\u202c \u200f\u061c ملف \u2066x",
    "line\nbreak\ttab \u2028 \u2029",
    "nul \x00 bell \x07 lone \ud800",
    "=1+1",
    "//stranger.example/x",
    "javascript:document.body.dataset.hacked=1",
    "--> <!-- ]]> <![CDATA[",
)


def hostile_scene() -> Scene:
    """A thing in the middle with a neighbour for every hostile label, also as class name, relation and line."""
    middle = PictureNode("city/441900", "东莞", "City", ("441900",))
    others = tuple(PictureNode(f"product/{i}{label}", label, "Product", (label,)) for i, label in enumerate(HOSTILE))
    edges = tuple(PictureEdge(middle.id, other.id, other.label) for other in others)
    return Scene(HOSTILE[2], (middle, *others), edges, middle.id, {"City": "城市", "Product": HOSTILE[1]}, HOSTILE[0])


def question(name: str, title: str) -> Question:
    return Question(
        name=name,
        title=title,
        title_en=f"{name} in English",
        explanation="说明",
        explanation_en="explanation",
        parameters=(
            Parameter("city", "city", "城市", "city", default="东莞"),
            Parameter("note", "string", "备注", "note", optional=True),
        ),
        columns=(
            Column("place", "id", "标识", "id"),
            Column("place_name", "string", "名称", "name"),
            Column("role", "string", "角色", "role", codes="role"),
            Column("count", "integer", "数量", "count"),
            Column("share", "number", "比例", "share"),
            Column("open", "boolean", "开放", "open"),
            Column("day", "date", "日期", "day"),
        ),
        order=(("place", False),),
        samples=(),
        sparql="",
        cypher="",
    )


ROWS = Rows(
    ("place", "place_name", "role", "count", "share", "open", "day"),
    (
        ("city/441900", HOSTILE[0], "core", 3, 0.25, True, date(2025, 3, 1)),
        ("product/5G%20手机", HOSTILE[4], None, None, 1 / 3, False, None),
    ),
)


class FakeAtlas:
    """An `AtlasLike` with fixed answers; it keeps the arguments that it was asked with."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, str]]] = []

    def summary(self) -> Summary:
        first = (First("places", {"city": "东莞"}), First("broken-engine", {}))
        return Summary((Count("城市", "cities", 1234),), (HOSTILE[3],), "0123456789abcdef", first, ("东莞",))

    def questions(self) -> Sequence[Question]:
        names = ("places", "many", "broken-engine", "broken-program")
        return tuple(question(name, f"{name} 的中文题目") for name in names)

    def ask(self, name: str, arguments: Mapping[str, str]) -> Rows:
        self.asked.append((name, dict(arguments)))
        if name == "broken-engine":
            raise EngineMissing("Cypher", ("安装 clusteratlas[cypher]",))
        if name == "broken-program":
            raise RuntimeError("secret detail")
        if arguments.get("city") == "东管":
            raise NotFound("城市", "东管", ("东莞",))
        if arguments.get("city") == "":
            raise ParameterError("city", "城市", "")
        if name == "many":
            return Rows(("place",), tuple((f"city/{i}",) for i in range(700)), truncated=True)
        return ROWS

    def neighbourhood(self, thing: str) -> Scene:
        if thing not in ("东莞", "city/441900", "product/5G%20手机"):
            raise NotFound("事物", thing, ("东莞",))
        return hostile_scene()
