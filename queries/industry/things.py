"""Things of the chains by the names that people type, and what counts as one thing."""

from collections.abc import Sequence

from ontology import ids
from ontology.errors import Ambiguous, NotFound
from ontology.vocabulary import near, plain, vocabulary
from queries.index import Index

CHAIN = ("Cluster", "Subsector", "Product")
"""The classes of a chain, the widest first: a name that several share means the widest."""

_NOT_LOADED = "词表里有它，载入的文件没有提到"
_SHOWN = 3


def find(index: Index, text: str) -> str:
    """The id of a cluster, subsector or product.

    Args:
        index: the graph.
        text: an id, or a name; a subsector that two clusters have as 集群/细分领域.

    Raises:
        Ambiguous: several clusters have a subsector of that name.
        NotFound: nothing has that name; with near names.
    """
    text = text.strip()
    identifier = ids.from_iri(text) if text.startswith(ids.BASE) else text
    if index.has(identifier) and index.node(identifier).cls in CHAIN:
        return identifier
    if index.has(identifier):
        raise NotFound("集群、细分领域或产品", index.name(identifier))
    try:
        return cluster(index, text)
    except NotFound:
        pass
    within, _, last = text.rpartition("/")
    wanted = plain(last)
    for cls in CHAIN:
        found = [node.id for node in index.of(cls) if wanted in map(plain, _names(index, node.id))]
        if within and cls == "Subsector":
            mine = cluster(index, within)
            found = [one for one in found if mine in parents(index, one)]
        if len(found) > 1:
            raise Ambiguous(
                "细分领域" if cls == "Subsector" else "事物", text, tuple(full_name(index, f) for f in found)
            )
        if found and not (within and cls != "Subsector"):
            return found[0]
    known = {name: index.name(node.id) for cls in CHAIN for node in index.of(cls) for name in _names(index, node.id)}
    raise NotFound("集群、细分领域或产品", text, near(last, known))


def unknown(index: Index, text: str) -> NotFound | None:
    """That nothing of the chains has that name, with near names; None where something has it."""
    try:
        find(index, text)
    except NotFound as error:
        return error
    except Ambiguous:
        pass
    return None


def cluster(index: Index, text: str) -> str:
    """The id of a cluster that the graph holds.

    Raises:
        NotFound: there is none; with near names.
    """
    found = vocabulary().cluster(text)
    if not index.has(found.id):
        raise NotFound("集群", text, remedy=_remedy(index, "Cluster"))
    return found.id


def city(index: Index, text: str) -> str:
    """The id of a city that the graph holds.

    Raises:
        NotFound: there is none; with near names.
    """
    found = vocabulary().city(text)
    if not index.has(found.id):
        raise NotFound("城市", text, remedy=_remedy(index, "City"))
    return found.id


def parents(index: Index, thing: str) -> tuple[str, ...]:
    """The clusters that a subsector or product is part of, by partOf; itself where it is a cluster."""
    if index.node(thing).cls == "Cluster":
        return (thing,)
    up = (one for parent in index.out(thing, "partOf") for one in parents(index, parent.id))
    return tuple(dict.fromkeys(up))


def subsectors(index: Index, cluster: str) -> tuple[str, ...]:
    """The subsectors of a cluster, in the order of their ids."""
    return tuple(node.id for node in index.into(cluster, "partOf") if node.cls == "Subsector")


def full_name(index: Index, thing: str) -> str:
    """The name, for a subsector with its cluster before it."""
    if index.node(thing).cls == "Subsector":
        return "/".join((*(index.name(parent) for parent in parents(index, thing)[:1]), index.name(thing)))
    return index.name(thing)


def same(index: Index, thing: str) -> tuple[str, ...]:
    """A thing and the product or subsector of exactly the same name, which documents use for one another.

    A subsector and its product are one (无人机); two subsectors of one name in two clusters are not.
    """
    name = index.name(thing)
    product = ids.join("product", name)
    if index.node(thing).cls != "Product":
        return (thing, product) if product != thing and index.has(product) else (thing,)
    others = [node.id for node in index.of("Subsector") if node.properties.get("name") == name]
    return (thing, *others) if len(others) == 1 else (thing,)


def _remedy(index: Index, cls: str) -> str:
    """For a name that is known and not in the graph: no other name is near, so what there is is said."""
    held = "、".join(index.name(node.id) for node in index.of(cls)[:_SHOWN])
    return _NOT_LOADED + (f"；图谱里有的如 {held}" if held else "")


def _names(index: Index, identifier: str) -> Sequence[str]:
    properties = index.node(identifier).properties
    others = properties.get("aliases", ())
    english = properties.get("name_en")
    return [
        str(properties.get("name", "")),
        *(others if isinstance(others, tuple) else ()),
        *([str(english)] if english else []),
    ]
