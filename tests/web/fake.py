"""A graph for the tests of the pages: some questions, hostile labels everywhere, and every kind of failure."""

from collections.abc import Mapping, Sequence
from datetime import date

from graph.rows import Rows
from graph.search import Hit
from graph.tables import Edge, Node, Tables
from ontology.errors import EngineMissing, NotFound, ParameterError, QueryRefused
from ontology.vocabulary import vocabulary
from queries.industry.five import Passage
from queries.library import Column, Question
from queries.parameters import Parameter
from web.atlas import Block, Count, First, Summary
from web.picture import Lang, PictureEdge, PictureNode, Scene

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


CITY, CLUSTER, DOCUMENT = "city/441900", vocabulary().cluster("半导体与集成电路").id, "document/d1"
SUBSECTOR, UNNAMED = "subsector/gd20/x/1", "subsector/gd20/x/2"

TEXT = "# 标题\n\n" + "\n".join(f"第{i}句{label}完。" for i, label in enumerate(HOSTILE)) + "\n\n- 7 -\n"


def _evidence(i: int, label: str) -> Node:
    start = TEXT.index(f"第{i}句{label}") + len(f"第{i}句")
    end = start + len(label)
    said = {"quote": label, "text": f"修复{label}", "cite": f"引{label}", "section": label, "grade": "规划"}
    line = TEXT.count("\n", 0, start) + 1
    return Node(f"evidence/d1/{start}-{end}", "Evidence", {**said, "start": start, "end": end, "line": line})


def hostile_tables() -> Tables:
    """A graph in which every name, quote and citation is a hostile label."""
    nodes = [
        Node(CITY, "City", {"name": "东莞", "name_en": "Dongguan", "code": "441900", "aliases": HOSTILE}),
        Node("city/440300", "City", {"name": "深圳", "name_en": "Shenzhen", "code": "440300"}),
        Node(CLUSTER, "Cluster", {"name": "半导体与集成电路", "number": 11}),
        Node("region/1", "Region", {"name": HOSTILE[6]}),
        Node(SUBSECTOR, "Subsector", {"name": HOSTILE[1]}),
        Node(UNNAMED, "Subsector", {"name": "没有点名的"}),
        Node(DOCUMENT, "Document", {"name": HOSTILE[3], "file": "hostile.txt", "origin": HOSTILE[5], "sha256": "d1"}),
        Node("policy/1", "Policy", {"name": HOSTILE[2], "doc_number": HOSTILE[4]}),
    ]
    edges = [("inRegion", CITY, "region/1"), ("partOf", SUBSECTOR, CLUSTER), ("partOf", UNNAMED, CLUSTER)]
    for i, label in enumerate(HOSTILE):
        proof = _evidence(i, label)
        nodes += [
            proof,
            Node(f"product/{i}", "Product", {"name": label}),
            Node(f"company/{i}", "Company", {"name": label, "aliases": (label,)}),
            Node(f"layout/{i}", "LayoutStatement", {"role": "core", "open_list": i % 2 == 0}),
            Node(f"companies/{i}", "Mention", {"relation": "龙头", "as_written": f"写作{label}"}),
        ]
        edges += [
            ("inDocument", proof.id, DOCUMENT),
            ("aboutPlace", f"layout/{i}", "region/1" if i == 1 else CITY),
            ("aboutCluster", f"layout/{i}", CLUSTER),
            ("aboutSubsector", f"layout/{i}", SUBSECTOR),
            ("aboutProduct", f"layout/{i}", f"product/{i}"),
            ("evidencedBy", f"layout/{i}", proof.id),
            ("edition", f"layout/{i}", "policy/1"),
            ("evidencedBy", f"product/{i}", proof.id),
            ("aboutCompany", f"companies/{i}", f"company/{i}"),
            ("aboutPlace", f"companies/{i}", CITY),
            ("evidencedBy", f"companies/{i}", proof.id),
        ]
    # An id with a percent sign, and one that ends like a form.
    nodes += [
        Node("product/5G%20手机", "Product", {"name": "5G 手机"}),
        Node("product/x.json", "Product", {"name": "x"}),
    ]
    return Tables.of(nodes, (Edge(*edge, {"origin": "document"}) for edge in edges))


class FakeAtlas:
    """An `AtlasLike` with fixed answers; it keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.queried: list[tuple[str, str]] = []
        self._tables = hostile_tables()

    def summary(self) -> Summary:
        first = (First("places", {"city": "东莞"}), First("broken-engine", {}))
        return Summary((Count("城市", "cities", 1234, "City"),), (HOSTILE[3],), "0123456789abcdef", first, ("东莞",))

    def questions(self) -> Sequence[Question]:
        names = ("places", "many", "broken-engine", "broken-program")
        return tuple(question(name, f"{name} 的中文题目") for name in names)

    def ask(self, name: str, arguments: Mapping[str, str]) -> Rows:
        self.asked.append((name, dict(arguments)))
        if name == "broken-engine":
            raise EngineMissing("Cypher", ("安装 clusteratlas[cypher]",))
        if name == "broken-program":
            raise RuntimeError("secret detail")
        if name == "city-not-named":
            columns = ("subsector", "subsector_name", "place", "place_name", "role", "open_list", "cite", "statement")
            return Rows(columns, ((UNNAMED, HOSTILE[0], "city/440300", HOSTILE[1], "key", True, "", "layout/0"),))
        if arguments.get("city") == "东管":
            raise NotFound("城市", "东管", ("东莞",))
        if arguments.get("city") == "":
            raise ParameterError("city", "城市", "")
        if name == "many":
            return Rows(("place",), tuple((f"city/{i}",) for i in range(700)), truncated=True)
        return ROWS

    def neighbourhood(self, thing: str, lang: Lang = "zh") -> Scene:
        if thing not in ("东莞", "city/441900", "product/5G%20手机"):
            raise NotFound("事物", thing, ("东莞",))
        return hostile_scene()

    def tables(self) -> Tables:
        return self._tables

    def text(self, document: str) -> str:
        if document != DOCUMENT:
            raise NotFound("文档", document)
        return TEXT

    def blocks(self, document: str) -> Sequence[Block]:
        start, end = TEXT.index("第0句"), TEXT.index("\n\n- 7 -")
        return (Block(0, 4, 1, "标题"), Block(start, end, 3, f"标题 · {HOSTILE[0]}"))

    def passages(self) -> Sequence[Passage]:
        return (Passage("hostile.txt", 3, "标题", "引", "“五个一”工作体系（一张图、一份企业清单、一套创新体系）"),)

    def search(self, text: str, limit: int) -> Sequence[Hit]:
        return [Hit("hostile.txt", 3, label, label, f"前{text}{label}", 1) for label in HOSTILE][:limit]

    def loaders(self, evidence: str) -> Sequence[str]:
        return ("layout",)

    def query(self, language: str, text: str, limit: int, seconds: float) -> Rows:
        self.queried.append((language, text))
        if "DROP" in text:
            raise QueryRefused(text, "DROP")
        return Rows(HOSTILE, (HOSTILE, (*HOSTILE[:-1], CITY)), truncated=True)
