"""A small graph made by hand: few things, but each case that the two languages could see differently.

Statements with and without a subsector, open lists, a region beside cities, a city named twice, evidence without a
citation, further spans, mentions without city or cluster, a policy for each state on a date, and layouts of two
editions with and without level, supported and opposed by witnesses and by statements.
"""

from collections.abc import Iterator

from graph.shortcuts import shortcuts
from graph.tables import Edge, Node, Properties, Tables
from ontology.vocabulary import vocabulary
from tests.queries.sample_more import more

READ: Properties = {"origin": "document"}
HELD: Properties = {"origin": "rule"}
DOCUMENT = "document/0123abcd"

# cluster, subsector, place, role, open list, products
LAYOUT: tuple[tuple[str, str | None, str, str, bool, tuple[str, ...]], ...] = (
    ("汽车", "整车", "广州", "core", False, ("乘用车", "新能源汽车")),
    ("汽车", "整车", "深圳", "core", False, ("新能源汽车",)),
    ("汽车", "整车", "肇庆", "support", True, ("新能源汽车",)),
    ("汽车", "零部件", "肇庆", "key", False, ("轮毂", "车身")),
    ("汽车", "零部件", "珠三角", "base", True, ()),
    ("汽车", "零部件", "佛山", "key", True, ("车身",)),
    ("汽车", "智能网联", "广州", "core", False, ()),
    ("汽车", "智能网联", "广州", "mention", True, ("车载终端",)),
    ("汽车", None, "惠州", "mention", False, ()),
    ("半导体与集成电路", "芯片制造", "广州", "core", False, ("碳化硅芯片",)),
    ("半导体与集成电路", "芯片制造", "深圳", "core", False, ("碳化硅芯片", "氮化镓芯片")),
    ("半导体与集成电路", "封装测试", "东莞", "key", True, ("先进封装 𠮷", "封装（测试）")),
    ("半导体与集成电路", "材料", "东莞", "base", False, ("碳化硅衬底",)),
    ("半导体与集成电路", "材料", "沿海经济带", "base", False, ()),
)
# company, as written, relation, place, cluster
MENTIONS: tuple[tuple[str, str, str, str | None, str | None], ...] = (
    ("华为", "华为", "龙头", "深圳", "新一代电子信息"),
    ("华为", "华为技术有限公司", "骨干", "东莞", None),
    ("比亚迪", "比亚迪", "链主", "深圳", "汽车"),
    ("小鹏汽车", "小鹏", "重点企业", None, "汽车"),
)
# id, name, number, draft, issued, effective, expires, agencies
POLICIES: tuple[tuple[str, str, str | None, bool, str | None, str | None, str | None, tuple[str, ...]], ...] = (
    ("policy/a", "甲行动计划", "粤府〔2021〕53号", False, "2021-07-30", "2021-07-30", "2025-12-31", ("省人民政府",)),
    (
        "policy/b",
        "乙办法",
        "粤工信规字〔2021〕5号",
        False,
        "2021-08-01",
        "2021-09-01",
        "2024-08-31",
        ("省工业和信息化厅", "省财政厅"),
    ),
    ("policy/c", "丙计划（征求意见稿）", None, True, "2024-05-01", None, None, ("省工业和信息化厅",)),
    ("policy/d", "丁意见", "粤府函〔2020〕82号", False, "2020-05-18", None, None, ("省人民政府",)),
    ("policy/e", "戊条例", None, False, "2025-05-01", "2025-06-01", None, ("省人大常委会",)),
    ("policy/f", "己通知", None, False, None, None, "2022-01-01", ()),
)
# source, printed, value, city, cluster
WITNESSES: tuple[tuple[str, str, int | None, str | None, str | None], ...] = (
    ("cell", "★★★★", 4, "东莞", "超高清视频显示"),
    ("map_list", "★★★超高清视频显示", 3, "东莞", "超高清视频显示"),
    ("cell", "★", 1, "惠州", "超高清视频显示"),
    ("row_total", "9", 9, None, "超高清视频显示"),
    ("map_count", "惠州（12）", 12, "惠州", None),
    ("cell", "☆", None, "惠州", "汽车"),
    ("column_total", "7", 7, "东莞", None),
)
# edition, city, cluster, present, level, confidence, level confidence, override, for, against; witnesses by number,
# layout statements by id
CELLS: tuple[
    tuple[
        str,
        str,
        str,
        bool,
        int | None,
        float,
        float | None,
        bool | None,
        tuple[int | str, ...],
        tuple[int | str, ...],
    ],
    ...,
] = (
    ("policy/a", "东莞", "超高清视频显示", True, 3, 0.987654321, 0.9, False, (0, 1), ()),
    ("policy/a", "惠州", "超高清视频显示", True, 1, 0.625, 0.5, False, (2,), (3, 4)),
    ("policy/a", "广州", "超高清视频显示", True, None, 0.625, None, None, (3,), ()),
    ("policy/a", "深圳", "超高清视频显示", False, None, 1.0, None, False, (), (3,)),
    ("policy/a", "佛山", "超高清视频显示", True, 2, 1.0, 1.0, True, (), (3, "layout/05")),
    ("policy/a", "东莞", "半导体与集成电路", True, 2, 0.75, 0.25, False, ("layout/11", "layout/12", 6), (6,)),
    ("policy/a", "东莞", "汽车", False, None, 0.5, None, False, (), (6,)),
    ("policy/a", "惠州", "汽车", False, None, 0.875, None, False, (5,), ("layout/08", 4)),
    ("policy/d", "东莞", "汽车", True, None, 0.75, None, False, ("layout/03",), ()),
    ("policy/d", "惠州", "超高清视频显示", True, None, 0.5, None, False, (), (4,)),
)


def sample() -> Tables:
    """The tables of the small graph."""
    rows = [*_world(), *_layout(), *_mentions(), *_policies(), *_stars(), *more()]
    nodes = {row.id: row for row in rows if isinstance(row, Node)}
    edges = list({(row.type, row.source, row.target): row for row in rows if isinstance(row, Edge)}.values())
    return Tables.of(nodes.values(), [*edges, *shortcuts(nodes, edges)])


def _world() -> Iterator[Node | Edge]:
    words = vocabulary()
    for city in words.cities:
        yield Node(
            city.id,
            "City",
            {"name": city.name, "name_en": city.name_en or "", "code": city.code or "", "province": "44"},
        )
    for region in words.regions:
        yield Node(region.id, "Region", {"name": region.name})
    for cluster in words.clusters:
        number: Properties = {} if cluster.number is None else {"number": cluster.number}
        yield Node(cluster.id, "Cluster", {"name": cluster.name, "name_en": cluster.name_en, **number})
    for agency in words.agencies:
        yield Node(agency.id, "Agency", {"name": agency.name})
    yield Node(DOCUMENT, "Document", {"name": "甲行动计划", "file": "甲.txt", "sha256": "0" * 64})


def _evidence(subject: str, number: int, relation: str = "evidencedBy", cite: bool = True) -> Iterator[Node | Edge]:
    name = f"evidence/0123abcd/{number}-{number + 9}"
    said: Properties = {"quote": f"第{number}句，“引文”", "start": number, "end": number + 9, "line": 1000 - number}
    cited: Properties = {"cite": f"《甲行动计划》（粤府〔2021〕53号）第{number}句", "section": "第一章"} if cite else {}
    yield Node(name, "Evidence", {**said, **cited})
    yield Edge(relation, subject, name, READ)
    yield Edge("inDocument", name, DOCUMENT, READ)


def _layout() -> Iterator[Node | Edge]:
    words = vocabulary()
    for number, (cluster_name, subsector_name, place, role, open_list, products) in enumerate(LAYOUT):
        statement, cluster = f"layout/{number:02}", words.cluster(cluster_name).id
        yield Node(statement, "LayoutStatement", {"role": role, "open_list": open_list})
        yield Edge("aboutPlace", statement, words.place(place).id, READ)
        yield Edge("aboutCluster", statement, cluster, READ)
        yield from _evidence(statement, number, cite=number != 3)
        if number % 3 == 0:
            yield from _evidence(statement, 500 + number, "furtherEvidence")
        if subsector_name is not None:
            subsector = f"subsector/{cluster.removeprefix('cluster/')}/{subsector_name}"
            yield Node(subsector, "Subsector", {"name": subsector_name})
            yield Edge("partOf", subsector, cluster, READ)
            yield Edge("aboutSubsector", statement, subsector, READ)
            yield from _evidence(subsector, 800 + number)
        for product in products:
            identifier = f"product/{number:02}-{product[:2]}"
            yield Node(identifier, "Product", {"name": product})
            yield Edge("aboutProduct", statement, identifier, READ)


def _mentions() -> Iterator[Node | Edge]:
    words = vocabulary()
    for number, (company, as_written, relation, place, cluster) in enumerate(MENTIONS, 100):
        mention = f"companies/{number}"
        yield Node(mention, "Mention", {"relation": relation, "as_written": as_written})
        yield Node(f"company/{company}", "Company", {"name": company})
        yield Edge("aboutCompany", mention, f"company/{company}", READ)
        yield from _evidence(mention, number)
        if place is not None:
            yield Edge("aboutPlace", mention, words.place(place).id, READ)
        if cluster is not None:
            yield Edge("aboutCluster", mention, words.cluster(cluster).id, READ)


def _policies() -> Iterator[Node | Edge]:
    words = vocabulary()
    for number, (policy, name, doc_number, draft, issued, effective, expires, agencies) in enumerate(POLICIES, 200):
        known = {"doc_number": doc_number, "issued": issued, "effective": effective, "expires": expires}
        known["jurisdiction"] = {"policy/a": "44", "policy/b": "441900"}.get(policy)
        dated = {key: value for key, value in known.items() if value is not None}
        yield Node(policy, "Policy", {"name": name, "draft": draft, "kind": "plan", "level": "provincial", **dated})
        for agency in agencies:
            yield Edge("issuedBy", policy, words.agency(agency).id, READ)
        if number != 203:
            yield from _evidence(policy, number)
            yield from _evidence(policy, 2 * number, cite=False)


def _stars() -> Iterator[Node | Edge]:
    words = vocabulary()
    for number, (source, printed, value, city, cluster) in enumerate(WITNESSES):
        said: Properties = {"source": source, "table": "pillar", "printed": printed}
        yield Node(f"witnesses/{number}", "Witness", said if value is None else {**said, "value": value})
        yield from _evidence(f"witnesses/{number}", 300 + number, cite=number != 4)
        if city is not None:
            yield Edge("aboutPlace", f"witnesses/{number}", words.city(city).id, READ)
        if cluster is not None:
            yield Edge("aboutCluster", f"witnesses/{number}", words.cluster(cluster).id, READ)
    for number, (edition, city, cluster, present, level, sure, level_sure, override, pro, contra) in enumerate(CELLS):
        held = f"assignment/{number}"
        beliefs = {"level": level, "level_confidence": level_sure, "override": override}
        known = {key: value for key, value in beliefs.items() if value is not None}
        current = edition == "policy/a"
        yield Node(held, "Assignment", {"present": present, "current": current, "confidence": sure, **known})
        yield Edge("aboutPlace", held, words.city(city).id, HELD)
        yield Edge("aboutCluster", held, words.cluster(cluster).id, HELD)
        yield Edge("edition", held, edition, HELD)
        yield from _evidence(held, 350 + number)
        for relation, voices in (("supportedBy", pro), ("opposedBy", contra)):
            for voice in voices:
                yield Edge(relation, held, voice if isinstance(voice, str) else f"witnesses/{voice}", HELD)
