"""More of the small graph of the industry analyses: transfers, projects, platforms, mentions, a text with 五个一."""

from collections.abc import Mapping

from graph.tables import Edge, Node, Properties, Tables
from queries.index import Index
from queries.industry import naming
from queries.industry.five import Passage
from tests.queries import industry_graph as small

Ends = Mapping[str, str | tuple[str, ...]]


def with_node(index: Index, identifier: str, cls: str, properties: Properties, ends: Ends, sentence: str) -> Index:
    """The graph with one node more, its edges and a sentence that says it."""
    proof = f"evidence/more/{len(index.tables.nodes)}"
    said: Properties = {"quote": sentence, "cite": f"《{sentence}》", "line": 1, "section": "规划"}
    nodes = [Node(identifier, cls, properties), Node(proof, "Evidence", said)]
    edges = [
        Edge(relation, identifier, end, {"origin": "document"})
        for relation, targets in ends.items()
        for end in ((targets,) if isinstance(targets, str) else targets)
    ]
    edges += [
        Edge(relation, source, target, {"origin": "document"})
        for relation, source, target in (("evidencedBy", identifier, proof), ("inDocument", proof, "document/plan"))
    ]
    return Index(Tables.of([*index.tables.nodes, *nodes], [*index.tables.edges, *edges]))


def mentioned(index: Index, name: str, city: str, cluster: str | None, sentence: str, relation: str = "龙头") -> Index:
    """The graph with one mention more of a firm, new or known."""
    firm = f"company/{name}"
    if not index.has(firm):
        index = with_node(index, firm, "Company", {"name": name}, {}, sentence)
    ends = {"aboutCompany": firm, "aboutPlace": small.city(city)}
    ends |= {} if cluster is None else {"aboutCluster": small.cluster(cluster)}
    number = len(index.of("Mention"))
    found = with_node(index, f"companies/more-{number}", "Mention", {"relation": relation}, ends, sentence)
    named = Edge("namedFor", firm, small.city(city), {"origin": "rule"})
    return Index(Tables.of(found.tables.nodes, [*found.tables.edges, named]))


def registered(index: Index, name: str, city: str | None, *things: str, titles: tuple[str, ...] = ()) -> Index:
    """The graph with a row of a registry more: a firm with its seat and the ids of what it does."""
    firm, number = f"company/{name}", len(index.of("Registration"))
    place: Ends = {} if city is None else {"locatedIn": small.city(city)}
    known: Properties = {"name": name, "credit_code": f"9144{number:014}"} | ({"titles": titles} if titles else {})
    index = with_node(index, firm, "Company", known, {**place, "activeIn": things}, f"{name}的登记")
    said: Ends = {} if city is None else {"aboutPlace": small.city(city)}
    for cls, relation in naming.ABOUT.items():
        said = {**said, relation: tuple(one for one in things if index.node(one).cls == cls)}
    return with_node(index, f"firms/{number}", "Registration", {}, {**said, "aboutCompany": firm}, f"{name}的登记")


def moved(index: Index, source: str | None, target: str | None, cluster: str | None, sentence: str) -> Index:
    """The graph with one transfer more, between cities or regions of the plan."""
    ends = {
        **({} if source is None else {"transferFrom": _place(source)}),
        **({} if target is None else {"transferTo": _place(target)}),
        **({} if cluster is None else {"aboutCluster": small.cluster(cluster)}),
    }
    number = len(index.of("Transfer"))
    return with_node(index, f"transfers/{number}", "Transfer", {"mechanism": "飞地", "name": "转移"}, ends, sentence)


def _place(name: str) -> str:
    return f"region/粤府-2021-53/{name}" if name in small.REGIONS else small.city(name)


def passage(text: str, section: str = "规划", title: str = "规划", line: int = 1) -> Passage:
    return Passage("plan.txt", line, section, f"《{title}》", text)
