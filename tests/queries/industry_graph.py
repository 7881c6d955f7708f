"""A small graph made by hand for the industry analyses, so that each score can be worked out on paper.

汽车: 广州 ★★★, 深圳 ★★, 东莞 ★, 汕头 without star. 半导体与集成电路: 广州 ★★★, 深圳 with a level that is not known.
整车 names 广州 and 深圳 in a closed list; 零部件 names 东莞 and the region 珠三角 in an open one; 芯片制造 names 广州.
轮毂 (汕头) and 电机 (nobody) go into 整车, 芯片 (广州) goes into 零部件, 硅片 (nobody) goes into 芯片, 零部件 goes into
整车 as its upstream, 电池 (nobody) into 汽车, 汽车 is applied in 物流 and 机器人 in 零部件; 设计 is a stage of 芯片制造. 东莞 has a plan of its own that wants 整车.
"""

from collections.abc import Iterable

from graph.tables import Edge, Node, Properties, Tables
from ontology.vocabulary import vocabulary
from queries.index import Index
from queries.industry import naming

PLAN = "policy/粤府-2021-53"
REGIONS = {"珠三角": ("广州", "深圳", "东莞"), "沿海经济带东翼": ("汕头",)}
STARS: tuple[tuple[str, str, bool, int | None, float], ...] = (
    ("汽车", "广州", True, 3, 1.0),
    ("汽车", "深圳", True, 2, 1.0),
    ("汽车", "东莞", True, 1, 0.6),
    ("汽车", "汕头", False, None, 1.0),
    ("半导体与集成电路", "广州", True, 3, 1.0),
    ("半导体与集成电路", "深圳", True, None, 1.0),
    ("半导体与集成电路", "东莞", False, None, 1.0),
    ("半导体与集成电路", "汕头", False, None, 1.0),
)
# cluster, subsector, place, role, open list, products, sentence
SAID: tuple[tuple[str, str, str, str, bool, tuple[str, ...], str], ...] = (
    ("汽车", "整车", "广州", "core", False, (), "以广州为核心，深圳为重点，发展整车"),
    ("汽车", "整车", "深圳", "key", False, (), "以广州为核心，深圳为重点，发展整车"),
    ("汽车", "整车", "广州", "mention", False, (), "广州发展整车"),
    ("汽车", "零部件", "东莞", "key", True, (), "以东莞等市为重点，依托珠三角，发展零部件"),
    ("汽车", "零部件", "珠三角", "base", True, (), "以东莞等市为重点，依托珠三角，发展零部件"),
    ("汽车", "零部件", "汕头", "mention", True, ("轮毂",), "汕头重点发展轮毂等零部件"),
    ("半导体与集成电路", "芯片制造", "广州", "core", False, ("芯片",), "以广州为核心发展芯片制造"),
)
# relation, upstream, downstream, cluster, subsector, sentence
SUPPLY: tuple[tuple[str, str, str, str, str | None, str], ...] = (
    ("input_to", "product/轮毂", "整车", "汽车", "整车", "发展整车用轮毂"),
    ("input_to", "product/电机", "整车", "汽车", "整车", "攻克自主可控的电机"),
    ("input_to", "product/芯片", "零部件", "汽车", "零部件", "零部件需要芯片"),
    ("input_to", "product/硅片", "product/芯片", "半导体与集成电路", None, "芯片需要硅片"),
    ("upstream_of", "零部件", "整车", "汽车", None, "零部件供给整车"),
    ("input_to", "product/电池", "汽车", "汽车", None, "汽车需要电池"),
    ("applied_in", "product/机器人", "零部件", "汽车", None, "机器人应用于零部件"),
    ("applied_in", "汽车", "product/物流", "汽车", None, "汽车应用于物流"),
    ("stage_of", "product/设计", "芯片制造", "半导体与集成电路", None, "芯片制造包括设计"),
    ("input_to", "product/图纸", "product/设计", "半导体与集成电路", None, "设计需要图纸"),
)
INSTRUMENTS: tuple[tuple[str, str, tuple[str, ...], tuple[str, ...], tuple[str, ...]], ...] = (
    # name, strength, targets, available in, excludes
    ("投资奖励", "hard", (), (), ("深圳",)),
    ("汽车奖励", "hard", ("汽车",), ("东莞", "汕头"), ()),
    ("一般服务", "soft", ("汽车", "半导体与集成电路"), (), ()),
    ("汽车专项服务", "soft", ("汽车",), (), ()),
)


def city(name: str) -> str:
    return vocabulary().city(name).id


def cluster(name: str) -> str:
    return vocabulary().cluster(name).id


def subsector(cluster_name: str, name: str) -> str:
    return f"{cluster(cluster_name).replace('cluster/', 'subsector/')}/{name}"


def _region(name: str) -> str:
    return f"region/粤府-2021-53/{name}"


def _place(name: str) -> str:
    return _region(name) if name in REGIONS else city(name)


def _thing(name: str, of: str) -> str:
    return name if "/" in name else cluster(name) if name == of else subsector(of, name)


class _Maker:
    """Collects nodes and edges; every statement gets its sentence as evidence."""

    def __init__(self) -> None:
        self.nodes: dict[str, Node] = {}
        self.edges: list[Edge] = []

    def node(self, identifier: str, cls: str, properties: Properties) -> str:
        self.nodes.setdefault(identifier, Node(identifier, cls, properties))
        return identifier

    def link(self, source: str, relation: str, targets: Iterable[str]) -> None:
        self.edges += [Edge(relation, source, target, {"origin": "document"}) for target in targets]

    def says(self, statement: str, sentence: str, document: str = "document/plan") -> None:
        number = len(self.nodes)
        evidence = self.node(
            f"evidence/plan/{number}",
            "Evidence",
            {"quote": sentence, "cite": f"《规划》第{number}条", "line": number + 1, "section": "规划"},
        )
        self.link(evidence, "inDocument", [document])
        self.link(statement, "evidencedBy", [evidence])

    def registers(self, code: str, place: str, things: Iterable[str]) -> None:
        """A row of a registry: the firm, what the row says of it, and the shortcuts of that."""
        firm = self.node(f"company/{code}", "Company", {"name": code, "credit_code": code})
        row = self.node(f"firms/{len(self.nodes)}", "Registration", {})
        self.link(row, "aboutCompany", [firm])
        self.link(row, "aboutPlace", [city(place)])
        self.link(firm, "locatedIn", [city(place)])
        for thing in things:
            self.link(row, naming.ABOUT[self.nodes[thing].cls], [thing])
            self.link(firm, "activeIn", [thing])
        self.says(row, f"{code},{place}")
        self.says(firm, f"{code},{place}")


def index(*, registry: tuple[tuple[str, str, str], ...] | None = None, stars: bool = True) -> Index:
    """The graph.

    Args:
        registry: firms of a registry as (credit code, city, cluster); None where none is loaded.
        stars: whether it has a layout.
    """
    make = _Maker()
    make.node(PLAN, "Policy", {"name": "规划", "doc_number": "粤府〔2021〕53号", "grade": "规划", "draft": False})
    make.node("document/plan", "Document", {"name": "某规划", "file": "plan.txt", "level": "provincial"})
    make.node("document/own", "Document", {"name": "东莞市汽车行动计划", "file": "own.txt", "level": "municipal"})
    for name, members in REGIONS.items():
        make.node(_region(name), "Region", {"name": name})
        for member in members:
            make.node(city(member), "City", {"name": member, "name_en": vocabulary().city(member).name_en or member})
            make.link(city(member), "inRegion", [_region(name)])
    for number, name in ((4, "汽车"), (11, "半导体与集成电路")):
        make.node(cluster(name), "Cluster", {"name": name, "number": number})
    for name, part in (("汽车", "整车"), ("汽车", "零部件"), ("半导体与集成电路", "芯片制造")):
        make.node(subsector(name, part), "Subsector", {"name": part})
        make.link(subsector(name, part), "partOf", [cluster(name)])
    for product in ("轮毂", "电机", "芯片", "硅片", "物流", "电池", "设计", "图纸", "机器人"):
        make.node(f"product/{product}", "Product", {"name": product})
    for i, (name, place, present, level, sure) in enumerate(STARS if stars else ()):
        said: dict[str, str | int | float | bool] = {"current": True, "present": present, "confidence": sure}
        held = make.node(f"assignment/{i}", "Assignment", said if level is None else said | {"level": level})
        make.link(held, "aboutCluster", [cluster(name)])
        make.link(held, "aboutPlace", [city(place)])
        make.link(held, "edition", [PLAN])
        make.says(held, f"{place}：{name}")
    for i, (of, part, place, role, is_open, products, sentence) in enumerate(SAID):
        one = make.node(f"layout/{i}", "LayoutStatement", {"role": role, "open_list": is_open})
        make.link(one, "aboutCluster", [cluster(of)])
        make.link(one, "aboutSubsector", [subsector(of, part)])
        make.link(one, "aboutPlace", [_place(place)])
        make.link(one, "aboutProduct", [f"product/{product}" for product in products])
        make.says(one, sentence)
    for i, (relation, up, down, of, about, sentence) in enumerate(SUPPLY):
        one = make.node(f"supply/{i}", "SupplyLink", {"relation": relation, "strength": "explicit"})
        make.link(one, "upstream", [_thing(up, of)])
        make.link(one, "downstream", [_thing(down, of)])
        make.link(one, "aboutCluster", [cluster(of)])
        make.link(one, "aboutSubsector", [] if about is None else [subsector(of, about)])
        make.says(one, sentence)
    for i, (name, strength, targets, available, excludes) in enumerate(INSTRUMENTS):
        one = make.node(f"{PLAN}/{i}", "Instrument", {"name": name, "strength": strength, "valid_to": "2026-12-31"})
        make.link(PLAN, "provides", [one])
        make.link(one, "targets", map(cluster, targets))
        make.link(one, "availableIn", map(city, available))
        make.link(one, "excludes", map(city, excludes))
    make.node("company/小鹏", "Company", {"name": "小鹏"})
    mention = make.node("companies/0", "Mention", {"as_written": "小鹏", "relation": "龙头"})
    make.link(mention, "aboutCompany", ["company/小鹏"])
    make.link(mention, "aboutCluster", [cluster("汽车")])
    make.link(mention, "aboutPlace", [city("广州")])
    make.says(mention, "广州支持小鹏")
    own = make.node("layout/own", "LayoutStatement", {"role": "support", "open_list": False})
    make.says(own, "谋划整车项目", "document/own")
    for code, place, of in registry or ():
        make.registers(code, place, (cluster(of),))
    return Index(Tables.of(make.nodes.values(), make.edges))
