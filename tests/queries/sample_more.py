"""The rest of the small graph: chains, policies that cite each other, money, tasks, figures, sites and transfers.

Each list has a case with everything and one with as little as the ontology allows, and a chain longer than the
questions walk.
"""

from collections.abc import Iterator

from graph.tables import Edge, Node, Properties
from ontology.vocabulary import vocabulary

READ: Properties = {"origin": "document"}
DOCUMENT = "document/0123abcd"

# upstream, downstream, relation, strength, cluster; names with a sign in front are products
SUPPLY: tuple[tuple[str, str, str, str, str | None], ...] = (
    ("+原料", "+材料", "input_to", "explicit", "汽车"),
    ("+材料", "+部件", "input_to", "implied", "汽车"),
    ("+部件", "+总成", "stage_of", "explicit", None),
    ("+总成", "+整机", "upstream_of", "explicit", "汽车"),
    ("+整机", "+出行", "applied_in", "explicit", "汽车"),
    ("+材料", "+总成", "input_to", "explicit", None),
    ("+总成", "+部件", "stage_of", "implied", None),
    ("广州", "深圳", "region_supplies", "explicit", "汽车"),
    ("珠三角", "佛山", "region_supplies", "explicit", "绿色石化"),
    ("广州", "+整机", "input_to", "explicit", "汽车"),
)
# citing, cited, relation, shortcut
CITATIONS: tuple[tuple[str, str, str, str], ...] = (
    ("policy/b", "policy/a", "依据", "basedOn"),
    ("policy/c", "policy/b", "贯彻落实", "implements"),
    ("policy/e", "policy/c", "依据", "basedOn"),
    ("policy/f", "policy/e", "依据", "basedOn"),
    ("policy/f", "policy/a", "提及", "cites"),
    ("policy/d", "policy/f", "废止", "repeals"),
)
# policy, name, from, to, available in, excludes, benefit
INSTRUMENTS: tuple[tuple[str, str, str | None, str | None, tuple[str, ...], tuple[str, ...], Properties], ...] = (
    ("policy/b", "设备奖励", "2021-09-01", "2024-08-31", ("东莞", "惠州"), ("深圳",), {"ratio": 0.2, "cap": 50000000}),
    (
        "policy/b",
        "标杆支持",
        "2020-01-01",
        None,
        (),
        (),
        {"base": "设备购置额", "cap_printed": "5000万元", "clause": "第一条"},
    ),
    ("policy/a", "人才支持", "2022-01-01", None, (), ("深圳",), {}),
    ("policy/a", "外地支持", None, "2022-12-31", ("广州", "惠州"), (), {}),
)
# id, logic, parent, text, value, unit, places; parents stand before their children
CONDITIONS: tuple[tuple[str, str, str, str | None, float | None, str | None, tuple[str, ...]], ...] = (
    ("condition/1", "all", "instrument/0", None, None, None, ()),
    ("condition/2", "leaf", "condition/1", "设备投资5000万元以上", 50000000.0, "元", ("东莞", "珠三角")),
    ("condition/3", "any", "condition/1", None, None, None, ()),
    ("condition/4", "leaf", "condition/3", "信誉良好", None, None, ()),
    ("condition/5", "leaf", "recognition/0", "从事细分市场3年", 3.0, "年", ()),
    ("condition/6", "not", "condition/5", None, None, None, ()),
    ("condition/7", "leaf", "condition/6", "有严重失信", None, None, ("广州",)),
)
# policy, name, number, led by, shared by
TASKS: tuple[tuple[str, str, str | None, tuple[str, ...], tuple[str, ...]], ...] = (
    ("policy/b", "建设平台", "1", ("省工业和信息化厅",), ("省财政厅", "省人民政府")),
    ("policy/b", "安排资金", None, (), ("省财政厅",)),
    ("policy/a", "招商引资", "二", ("省财政厅",), ("省工业和信息化厅",)),
)
# policy, properties
DEADLINES: tuple[tuple[str, Properties], ...] = (
    ("policy/b", {"what": "申报", "scope": "设备奖励", "who": "企业", "to": "市工业和信息化局", "recurs": "每年6月"}),
    ("policy/b", {"what": "到期", "scope": "乙办法", "date": "2024-08-31"}),
    ("policy/a", {"what": "报送", "scope": "甲行动计划"}),
)
# policy, place, cluster, properties
FIGURES: tuple[tuple[str, str | None, str | None, Properties], ...] = (
    (
        "policy/a",
        "东莞",
        None,
        {"indicator": "营业收入", "kind": "actual", "value": 1.5, "year": 2020, "unit": "万亿元"},
    ),
    (
        "policy/a",
        None,
        "汽车",
        {"indicator": "营业收入", "kind": "target", "value": 2.0, "year": 2025, "name": "汽车", "caliber": "规上"},
    ),
    ("policy/b", None, "汽车", {"indicator": "增加值", "kind": "actual", "value": 3.0, "year": 2025}),
    ("policy/b", "东莞", None, {"indicator": "数字化转型企业", "kind": "target", "value": 5.0, "firmness": "力争"}),
    # A figure in words: it has neither a value nor a comparator.
    ("policy/a", "东莞", "汽车", {"indicator": "平台", "kind": "target", "year": 2025, "unit": "家"}),
)
# class, name, kind, city, clusters
SITES: tuple[tuple[str, str, str | None, str, tuple[str, ...]], ...] = (
    ("Site", "东莞园", "park", "东莞", ("汽车", "绿色石化")),
    ("Site", "东莞镇", "park", "东莞", ()),
    ("Site", "无类", None, "东莞", ()),
    ("Site", "惠州基地", "base", "惠州", ("绿色石化",)),
    ("Platform", "东莞中心", "centre", "东莞", ("汽车",)),
    ("Platform", "东莞实验室", "lab", "东莞", ()),
)
# mechanism, from, to, cluster, site
TRANSFERS: tuple[tuple[str, str | None, str | None, str | None, str | None], ...] = (
    ("承接转移", "珠三角", "粤东粤西粤北", "汽车", "site/惠州基地"),
    ("产业疏解", "珠三角", None, None, None),
    ("对口帮扶", None, "云浮", None, None),
)
# region, cities
MEMBERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("珠三角", ("东莞", "惠州", "佛山")),
    ("沿海经济带西翼", ("湛江", "阳江")),
)


# name, code, titles, city, clusters and subsectors of 汽车; documents name 华为 too
FIRMS: tuple[tuple[str, str, tuple[str, ...], str | None, tuple[str, ...]], ...] = (
    ("甲公司", "91441900MA00000010", ("专精特新", "单项冠军"), "东莞", ("汽车", "绿色石化", "整车")),
    ("乙公司 𠮷", "91441900MA00000023", (), "东莞", ()),
    ("丙公司", "91441300MA0000003L", ("链主",), "惠州", ("零部件",)),
    ("华为", "91440300MA0000004E", (), None, ("汽车",)),
)


def more() -> Iterator[Node | Edge]:
    """Nodes and edges beside those of `sample`; policies, documents, places and clusters are there already."""
    yield from _supply()
    yield from _citations()
    yield from _money()
    yield from _work()
    yield from _sites()
    yield from _registry()


def _evidence(subject: str, number: int, cite: bool = True, further: bool = False) -> Iterator[Node | Edge]:
    name = f"evidence/0123abcd/{number}-{number + 9}"
    said: Properties = {"quote": f"第{number}句", "start": number, "end": number + 9, "line": 1000 + number}
    cited: Properties = {"cite": f"《乙办法》第{number}句", "section": f"第{number}条"} if cite else {}
    yield Node(name, "Evidence", {**said, **cited})
    yield Edge("furtherEvidence" if further else "evidencedBy", subject, name, READ)
    yield Edge("inDocument", name, DOCUMENT, READ)


def _supply() -> Iterator[Node | Edge]:
    words = vocabulary()
    for number, (source, target, relation, strength, cluster) in enumerate(SUPPLY):
        link = f"supply/{number}"
        yield Node(link, "SupplyLink", {"relation": relation, "strength": strength})
        for side, name in (("upstream", source), ("downstream", target)):
            thing = f"product/{name[1:]}" if name.startswith("+") else words.place(name).id
            if name.startswith("+"):
                yield Node(thing, "Product", {"name": name[1:]})
            yield Edge(side, link, thing, READ)
        if cluster is not None:
            yield Edge("aboutCluster", link, words.cluster(cluster).id, READ)
        yield from _evidence(link, 2000 + number, cite=number != 3)
    for number, product in enumerate(("材料", "总成", "原料")):
        said = f"layout/made{number}"
        yield Node(said, "LayoutStatement", {"role": "key", "open_list": False})
        yield Edge("aboutPlace", said, words.place("佛山" if number else "珠三角").id, READ)
        yield Edge("aboutCluster", said, words.cluster("绿色石化").id, READ)
        yield Edge("aboutProduct", said, f"product/{product}", READ)
        yield from _evidence(said, 2020 + number, cite=number != 1)


def _citations() -> Iterator[Node | Edge]:
    for number, (citing, cited, relation, _) in enumerate(CITATIONS):
        citation = f"citations/{number}"
        yield Node(citation, "Citation", {"relation": relation})
        yield Edge("citingPolicy", citation, citing, READ)
        yield Edge("citedPolicy", citation, cited, READ)
        yield from _evidence(citation, 2100 + number, cite=number != 2)


def _money() -> Iterator[Node | Edge]:
    words = vocabulary()
    for number, (policy, name, since, until, available, excluded, benefit) in enumerate(INSTRUMENTS):
        instrument = f"instrument/{number}"
        known = {"valid_from": since, "valid_to": until}
        dated = {key: value for key, value in known.items() if value is not None}
        kind: Properties = {"name": name, "instrument_type": "subsidy", "strength": "hard" if benefit else "soft"}
        yield Node(instrument, "Instrument", {**kind, **dated})
        yield Edge("provides", policy, instrument, READ)
        for relation, places in (("availableIn", available), ("excludes", excluded)):
            for place in places:
                yield Edge(relation, instrument, words.city(place).id, READ)
        yield Node(f"benefit/{number}", "Benefit", {"form": "ratio" if benefit else "service", **benefit})
        yield Edge("hasBenefit", instrument, f"benefit/{number}", READ)
        yield from _evidence(instrument, 2200 + number, cite=number != 2)
        yield from _evidence(f"benefit/{number}", 2210 + number)
    yield Node("recognition/0", "Recognition", {"name": "专精特新认定"})
    yield from _evidence("recognition/0", 2220)
    for number, (condition, logic, parent, text, value, unit, places) in enumerate(CONDITIONS):
        leaf = {"text": text, "what": "other", "op": "judged" if value is None else ">=", "value": value, "unit": unit}
        more_of_it = {key: one for key, one in leaf.items() if one is not None} if logic == "leaf" else {}
        clause = {"clause": f"第{number}条", "window": "上年度"} if number == 1 else {}
        yield Node(condition, "Condition", {"logic": logic, **more_of_it, **clause})
        yield Edge("requires", parent, condition, READ)
        for place in places:
            yield Edge("availableIn", condition, words.place(place).id, READ)
        yield from _evidence(condition, 2230 + number, cite=number != 3)


def _work() -> Iterator[Node | Edge]:
    words = vocabulary()
    for number, (policy, name, task_number, leading, sharing) in enumerate(TASKS):
        task = f"task/{number}"
        placed = {} if task_number is None else {"task_number": task_number, "task_group": "重点任务"}
        dated = {"deadline": "2025-12-31"} if number == 2 else {}
        yield Node(task, "Task", {"name": name, **placed, **dated})
        yield Edge("provides", policy, task, READ)
        for relation, agencies in (("ledBy", leading), ("sharedBy", sharing)):
            for agency in agencies:
                yield Edge(relation, task, words.agency(agency).id, READ)
        yield from _evidence(task, 2300 + number)
    for number, (policy, properties) in enumerate(DEADLINES):
        yield Node(f"deadline/{number}", "Deadline", {"name": str(properties["what"]), **properties})
        yield Edge("provides", policy, f"deadline/{number}", READ)
        yield from _evidence(f"deadline/{number}", 2310 + number)
    for number, (policy, place, cluster, properties) in enumerate(FIGURES):
        comparator = {"comparator": "="} if "value" in properties else {}
        yield Node(f"figure/{number}", "Figure", {**comparator, **properties})
        yield Edge("provides", policy, f"figure/{number}", READ)
        if place is not None:
            yield Edge("aboutPlace", f"figure/{number}", words.city(place).id, READ)
        if cluster is not None:
            yield Edge("aboutCluster", f"figure/{number}", words.cluster(cluster).id, READ)
        yield from _evidence(f"figure/{number}", 2320 + number, cite=number != 3)


def _sites() -> Iterator[Node | Edge]:
    words = vocabulary()
    for number, (cls, name, kind, city, clusters) in enumerate(SITES):
        site = f"{cls.lower()}/{name}"
        yield Node(site, cls, {"name": name} if kind is None else {"name": name, "kind": kind})
        yield Edge("locatedIn", site, words.city(city).id, READ)
        for cluster in clusters:
            yield Edge("activeIn", site, words.cluster(cluster).id, READ)
        yield from _evidence(site, 2400 + number, cite=number != 2)
        yield from _evidence(site, 2450 + number, further=True)
    for number, (mechanism, source, target, cluster_name, at) in enumerate(TRANSFERS):
        transfer = f"transfers/{number}"
        yield Node(transfer, "Transfer", {"mechanism": mechanism})
        ends = (("transferFrom", source), ("transferTo", target))
        for relation, name in [(relation, name) for relation, name in ends if name is not None]:
            yield Edge(relation, transfer, words.place(name).id, READ)
        if cluster_name is not None:
            yield Edge("aboutCluster", transfer, words.cluster(cluster_name).id, READ)
        if at is not None:
            yield Edge("aboutSite", transfer, at, READ)
        yield from _evidence(transfer, 2500 + number, cite=number != 1)
    for region, cities in MEMBERS:
        for city in cities:
            yield Edge("inRegion", words.city(city).id, words.region(region).id, READ)


def _registry() -> Iterator[Node | Edge]:
    words = vocabulary()
    for number, (name, code, titles, city, clusters) in enumerate(FIRMS):
        firm, row = f"company/{name}" if name == "华为" else f"company/{code}", f"firms/{number}"
        yield Node(firm, "Company", {"name": name, "credit_code": code} | ({"titles": titles} if titles else {}))
        yield Node(row, "Registration", {})
        yield Edge("aboutCompany", row, firm, READ)
        if city is not None:
            yield Edge("aboutPlace", row, words.city(city).id, READ)
        for thing in clusters:
            part = words.cluster("汽车").id.replace("cluster/", "subsector/") + f"/{thing}"
            if thing in ("整车", "零部件"):
                yield Edge("aboutSubsector", row, part, READ)
            else:
                yield Edge("aboutCluster", row, words.cluster(thing).id, READ)
        yield from _evidence(row, 2600 + number, cite=number != 2)
