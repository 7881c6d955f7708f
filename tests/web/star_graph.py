"""A small star layout for the tests of the overview and the map: two editions, every kind of cell, another province."""

from collections.abc import Mapping

from graph.tables import Edge, Node, Tables
from tests.web.fake import FakeAtlas

CITIES = {"990100": ("甲城", 100.0, 30.0), "990200": ("乙城", 101.0, 30.0), "990300": ("丙城", 100.0, 29.0)}
CLUSTERS = {"x/one": ("稻米", "pillar"), "x/two": ("茶叶", "pillar"), "x/three": ("陶瓷", "emerging")}
NEW, OLD = "P-2030", "P-2025"

CELLS: Mapping[tuple[str, str], Mapping[str, object]] = {
    ("x/one", "990100"): {"present": True, "level": 3, "confidence": 0.99, "level_confidence": 0.95},
    ("x/one", "990200"): {"present": True, "level": 1, "confidence": 0.97, "level_confidence": 0.91},
    ("x/one", "990300"): {"present": False, "confidence": 0.999},
    ("x/two", "990100"): {"present": True, "level": 2, "confidence": 0.95, "level_confidence": 0.81},
    ("x/two", "990200"): {"present": True, "confidence": 0.96},
    ("x/two", "990300"): {"present": False, "confidence": 0.6},
    ("x/three", "990100"): {"confidence": 0.5},
    ("x/three", "990200"): {"present": True, "level": 2, "confidence": 0.6, "level_confidence": 0.6, "override": True},
}
"""The newer edition by cluster and city; the last cell is missing on purpose."""

NAMED = (("x/one", "990300"), ("x/three", "990100"))
"""What the older edition names."""


def star_tables(rename: Mapping[str, str] | None = None) -> Tables:
    """The layout as a graph.

    Args:
        rename: other names, by the name that they replace.
    """
    names = rename or {}

    def name(text: str) -> str:
        return names.get(text, text)

    nodes = [
        *(
            Node(f"city/{code}", "City", {"name": name(one), "code": code, "longitude": x, "latitude": y})
            for code, (one, x, y) in CITIES.items()
        ),
        *(
            Node(f"cluster/{key}", "Cluster", {"name": name(one), "number": number, "category": kind})
            for number, (key, (one, kind)) in enumerate(CLUSTERS.items(), 1)
        ),
        Node(
            f"policy/{NEW}",
            "Policy",
            {"name": name("新规划"), "doc_number": name("新〔2030〕1号"), "issued": "2030-01-02"},
        ),
        Node(
            f"policy/{OLD}", "Policy", {"name": name("旧意见"), "doc_number": "旧〔2025〕1号", "issued": "2025-01-02"}
        ),
        Node(f"region/{NEW}/east", "Region", {"name": name("东片")}),
        Node(f"region/{NEW}/west", "Region", {"name": name("西片")}),
        Node(f"region/{NEW}/whole", "Region", {"name": "全域"}),
        Node("document/s", "Document", {"name": name("文件"), "file": "s.txt", "sha256": "s"}),
        Node(
            "evidence/s/0-4",
            "Evidence",
            {"quote": name("见于表"), "cite": name("表一"), "line": 7, "start": 0, "end": 4},
        ),
        Node("witnesses/a", "Witness", {"source": "cell", "printed": name("★★★★"), "value": 3}),
        Node("witnesses/b", "Witness", {"source": "row_total", "printed": "9", "value": 9}),
    ]
    edges = [
        *(("inRegion", f"city/{code}", f"region/{NEW}/east") for code in ("990200", "990300")),
        ("inRegion", "city/990100", f"region/{NEW}/west"),
        *(("inRegion", f"city/{code}", f"region/{NEW}/whole") for code in CITIES),
        ("evidencedBy", "witnesses/a", "evidence/s/0-4"),
        ("evidencedBy", "witnesses/b", "evidence/s/0-4"),
        ("inDocument", "evidence/s/0-4", "document/s"),
        ("supportedBy", f"assignment/{NEW}/x/one/990100", "witnesses/a"),
        ("opposedBy", f"assignment/{NEW}/x/one/990100", "witnesses/b"),
    ]
    held = [
        *((NEW, cluster, city, {**said, "current": True}) for (cluster, city), said in CELLS.items()),
        *((OLD, cluster, city, {"present": True, "confidence": 0.96, "current": False}) for cluster, city in NAMED),
    ]
    for edition, cluster, city, said in held:
        assignment = f"assignment/{edition}/{cluster}/{city}"
        nodes.append(Node(assignment, "Assignment", dict(said)))
        edges += [
            ("edition", assignment, f"policy/{edition}"),
            ("aboutCluster", assignment, f"cluster/{cluster}"),
            ("aboutPlace", assignment, f"city/{city}"),
        ]
    return Tables.of(nodes, (Edge(*edge, {"origin": "rule"}) for edge in edges))


class StarAtlas(FakeAtlas):
    """The small layout with everything else that a page asks for."""

    def __init__(self, rename: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self._tables = star_tables(rename)
