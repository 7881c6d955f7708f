"""Eight questions of the library in Python over networkx, as an analyst would write them: the same rows.

networkx has no query language and no index beside the id; what is found by anything else is found by looking at all
nodes, once for each question, as in a script.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, Final

import networkx as nx

from graph.rows import Rows

Values = Mapping[str, Any]
Record = dict[str, object]

_CHAIN: Final = ("Cluster", "Product", "Subsector")


def _out(graph: Any, node: str, *kinds: str) -> Iterator[str]:
    for _, target, kind in graph.out_edges(node, data="type"):
        if kind in kinds:
            yield target


def _in(graph: Any, node: str, *kinds: str) -> Iterator[str]:
    for source, _, kind in graph.in_edges(node, data="type"):
        if kind in kinds:
            yield source


def _all(graph: Any, *labels: str) -> Iterator[tuple[str, Record]]:
    return ((node, known) for node, known in graph.nodes(data=True) if known["label"] in labels)


def _statements(graph: Any, thing: str, kind: str, label: str) -> Iterator[tuple[str, Record]]:
    for source in _in(graph, thing, kind):
        if graph.nodes[source]["label"] == label:
            yield source, graph.nodes[source]


def _cites(graph: Any, thing: str) -> Iterator[str]:
    return (graph.nodes[evidence].get("cite", "") for evidence in _out(graph, thing, "EVIDENCED_BY"))


def _held(graph: Any, city: str) -> Iterator[tuple[str, Record]]:
    for node, known in _statements(graph, city, "ABOUT_PLACE", "Assignment"):
        if known["present"] and known["current"]:
            yield node, known


def city_products(graph: Any, values: Values) -> Iterator[Record]:
    names = graph.nodes
    for statement, said in _statements(graph, values["city"], "ABOUT_PLACE", "LayoutStatement"):
        for cluster in _out(graph, statement, "ABOUT_CLUSTER"):
            if values["cluster"] not in (None, cluster):
                continue
            subsectors: list[str | None] = [*_out(graph, statement, "ABOUT_SUBSECTOR")] or [None]
            for product in _out(graph, statement, "ABOUT_PRODUCT"):
                for cite in _cites(graph, statement):
                    for sub in subsectors:
                        yield {
                            "product": product,
                            "product_name": names[product]["name"],
                            "cluster_number": names[cluster].get("number"),
                            "cluster": cluster,
                            "cluster_name": names[cluster]["name"],
                            "subsector_name": None if sub is None else names[sub]["name"],
                            "role": said["role"],
                            "cite": cite,
                            "statement": statement,
                        }


def evidence_of(graph: Any, values: Values) -> Iterator[Record]:
    if values["thing"] not in graph:
        return
    for kind in ("EVIDENCED_BY", "FURTHER_EVIDENCE"):
        for evidence in _out(graph, values["thing"], kind):
            known = graph.nodes[evidence]
            for document in _out(graph, evidence, "IN_DOCUMENT"):
                yield {
                    "evidence": evidence,
                    "further": kind == "FURTHER_EVIDENCE",
                    "file": graph.nodes[document]["file"],
                    **{name: known.get(name) for name in ("quote", "line", "section", "cite")},
                }


def shared_clusters(graph: Any, values: Values) -> Iterator[Record]:
    ours, found = set(_out(graph, values["city"], "HOSTS")), defaultdict(set)
    for cluster in ours:
        for other in _in(graph, cluster, "HOSTS"):
            if other != values["city"]:
                found[other].add(cluster)
    for other, clusters in found.items():
        cites = [
            cite
            for node, _ in _held(graph, other)
            if clusters.intersection(_out(graph, node, "ABOUT_CLUSTER"))
            for cite in _cites(graph, node)
        ]
        yield {"other": other, "other_name": graph.nodes[other]["name"], "shared": len(clusters), "cite": max(cites)}


def city_not_named(graph: Any, values: Values) -> Iterator[Record]:
    for sub in _in(graph, values["cluster"], "PART_OF"):
        said = list(_statements(graph, sub, "ABOUT_SUBSECTOR", "LayoutStatement"))
        if any(values["city"] in _out(graph, statement, "ABOUT_PLACE") for statement, _ in said):
            continue
        for statement, known in said:
            for place in _out(graph, statement, "ABOUT_PLACE"):
                for cite in set(_cites(graph, statement)):
                    yield {
                        "subsector": sub,
                        "subsector_name": graph.nodes[sub]["name"],
                        "place": place,
                        "place_name": graph.nodes[place]["name"],
                        "role": known["role"],
                        "open_list": known["open_list"],
                        "cite": cite,
                        "statement": statement,
                    }


def upstream_chain(graph: Any, values: Values) -> Iterator[Record]:
    reached = {node for node, known in _all(graph, *_CHAIN) if known["name"] == values["product"]}
    border = set(reached)
    for _ in range(3):
        border = {source for node in border for source in _in(graph, node, "FEEDS")} - reached
        reached |= border
    for target in reached:
        for link in _in(graph, target, "DOWNSTREAM"):
            known = graph.nodes[link]
            for source in _out(graph, link, "UPSTREAM"):
                for cite in set(_cites(graph, link)):
                    yield {
                        "upstream": source,
                        "upstream_name": graph.nodes[source]["name"],
                        "relation": known["relation"],
                        "strength": known["strength"],
                        "downstream": target,
                        "downstream_name": graph.nodes[target]["name"],
                        "cite": cite,
                        "link": link,
                    }


def policies_resting_on(graph: Any, values: Values) -> Iterator[Record]:
    words, kinds = values["policy"], ("BASED_ON", "IMPLEMENTS")
    for target, about in _all(graph, "Policy"):
        if words not in str(about["name"]) and words not in str(about.get("doc_number", "")):
            continue
        found: set[str] = set()
        border = {target}
        for _ in range(3):
            border = {source for node in border for source in _in(graph, node, *kinds)} - found
            found |= border
        for policy in found:
            known = graph.nodes[policy]
            yield {
                "policy_id": policy,
                "policy_name": known["name"],
                "doc_number": known.get("doc_number"),
                "issued": date.fromisoformat(known["issued"]) if "issued" in known else None,
                "target": target,
                "target_name": about["name"],
                "cite": max(_cites(graph, policy), default=""),
            }


def city_cluster_counts(graph: Any, values: Values) -> Iterator[Record]:
    for city, about in _all(graph, "City"):
        if values["city"] not in (None, city):
            continue
        held = list(_held(graph, city))
        if held:
            yield {
                "city": city,
                "city_name": about["name"],
                "clusters": len({cluster for node, _ in held for cluster in _out(graph, node, "ABOUT_CLUSTER")}),
                "confidence": sum(float(str(known["confidence"])) for _, known in held) / len(held),
                "cite": max((cite for node, _ in held for cite in _cites(graph, node)), default=""),
            }


def widespread_products(graph: Any, values: Values) -> Iterator[Record]:
    for product, about in _all(graph, "Product"):
        said = [statement for statement, _ in _statements(graph, product, "ABOUT_PRODUCT", "LayoutStatement")]
        places = [(s, p) for s in said for p in _out(graph, s, "ABOUT_PLACE") if graph.nodes[p]["label"] == "City"]
        cities = {place for _, place in places}
        if len(cities) >= values["at_least"]:
            yield {
                "product": product,
                "product_name": about["name"],
                "cities": len(cities),
                "statements": len({statement for statement, _ in places}),
                "cite": max((cite for statement in said for cite in _cites(graph, statement)), default=""),
            }


QUESTIONS: Final[Mapping[str, Callable[[Any, Values], Iterator[Record]]]] = {
    "city-products": city_products,
    "evidence-of": evidence_of,
    "shared-clusters": shared_clusters,
    "city-not-named": city_not_named,
    "upstream-chain": upstream_chain,
    "policies-resting-on": policies_resting_on,
    "city-cluster-counts": city_cluster_counts,
    "widespread-products": widespread_products,
}


def rows(graph: "nx.MultiDiGraph[str]", name: str, columns: tuple[str, ...], values: Values) -> Rows:
    """The answer to a question.

    Args:
        graph: as `graph.views.to_networkx` makes it.
        name: of the question; it must be among `QUESTIONS`.
        columns: the question's columns.
        values: the question's bound values.
    """
    found = QUESTIONS[name](graph, values)
    return Rows(columns, tuple(tuple(record[column] for column in columns) for record in found))
