"""The page of any node: its properties, its relations, what is said of it, on which evidence."""

from collections.abc import Collection, Sequence
from typing import Final

from graph.tables import Node
from ontology.errors import NotFound
from queries.neighbourhood import find
from web.index import SEARCH, Index, is_statement, shortcuts
from web.said import HEADINGS, Said, in_order, rows, said, title
from web.site import Site
from web.view import Asked, Chip, Sheet, View

SHOWN: Final = 60
"""Neighbours of one relation, and statements of one class, that the page shows; JSON and CSV have all."""


def page(site: Site, asked: Asked) -> View:
    """A node by id or by any of its names."""
    index, say = site.index, asked.say
    node = index.nodes.get(asked.thing) or by_name(site, asked.thing)
    own = said(index, node) if is_statement(node.cls) else None
    name = title(own, say) if own else say.name(node)
    statements = in_order(said(index, one) for one in index.statements(node.id))
    related = relations(index, node, asked)
    listed = [own, *statements] if own else statements
    return View(
        "thing.html",
        name,
        {
            "id": node.id,
            "class": node.cls,
            "name": name,
            "properties": dict(node.properties),
            "relations": [
                {"relation": label, "nodes": [{"id": one.id, "name": say.name(one)} for one in nodes]}
                for label, nodes in related
            ],
            "statements": [one.record(say) for one in listed],
            "evidence": [proof.id for proof in index.proofs(node.id)],
        },
        Sheet(name, [say(*heading) for heading in HEADINGS], rows(listed, say)),
        {
            "node": node,
            "own": own,
            "properties": _properties(node, asked),
            "relations": related,
            "classes": _by_class(statements),
            "proofs": index.proofs(node.id),
            "editions": index.targets(node.id, "edition"),
            "linked": _linked(index, node),
            "shown": SHOWN,
        },
        tuple(_chips(own, asked)) if own else (Chip(say.cls(node.cls), name, asked.links.thing(node.id)),),
    )


def by_name(site: Site, name: str) -> Node:
    """A node by another of its names.

    Raises:
        NotFound: with near names.
    """
    found = site.finder.find(name)
    if found and found[0].score == 0:
        return found[0].node
    try:
        return find(site.ground.tables, name)
    except NotFound as error:
        raise NotFound(error.what, error.name, error.near, remedy=SEARCH) from error


def _properties(node: Node, asked: Asked) -> list[tuple[str, str]]:
    say = asked.say
    hidden = {"name", "name_en"} if not is_statement(node.cls) else set()
    return [
        (say.property(node.cls, name), say.said(node.cls, name, value))
        for name, value in sorted(node.properties.items())
        if name not in hidden
    ]


def relations(
    index: Index, node: Node, asked: Asked, without: Collection[str] = ("edition",)
) -> list[tuple[str, list[Node]]]:
    """Relations to other things, each neighbour once; those that abbreviate statements come last.

    Args:
        index: the graph.
        node: whose relations.
        asked: for the language.
        without: relations that are shown elsewhere.
    """
    say = asked.say
    found: dict[tuple[bool, bool, str], dict[str, Node]] = {}
    for relation, outward, _, other in index.neighbours(node.id):
        if relation not in without and not (is_statement(node.cls) and outward):
            found.setdefault((relation in shortcuts(), not outward, relation), {})[other.id] = other
    return [
        (say.relation(relation) + ("" if not inward else say("（反向）", " (inverse)")), list(nodes.values()))
        for (_, inward, relation), nodes in sorted(found.items(), key=lambda item: item[0])
    ]


def _linked(index: Index, node: Node) -> list[tuple[str, list[Said]]]:
    """The statements that a statement rests on or contradicts: the witnesses for and against an assignment."""
    found: dict[str, list[Said]] = {}
    for edge in index.out(node.id):
        if is_statement(index.nodes[edge.target].cls):
            found.setdefault(edge.type, []).append(said(index, index.nodes[edge.target]))
    return sorted(found.items(), reverse=True)


def _by_class(statements: Sequence[Said]) -> list[tuple[str, list[Said]]]:
    classes = sorted({one.cls for one in statements})
    return [(cls, [one for one in statements if one.cls == cls]) for cls in classes]


def _chips(own: Said, asked: Asked) -> list[Chip]:
    say = asked.say
    about = (*own.places, *own.clusters)
    return [Chip(say.cls(node.cls), say.name(node), asked.links.thing(node.id)) for node in about]
