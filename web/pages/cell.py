"""A cell of the star layout: what is held true of a city and a cluster, and the witnesses for and against it."""

from typing import Final

from graph.tables import Node
from web.index import Index
from web.looks import sign, style
from web.said import HEADINGS, Said, in_order, rows, said
from web.site import Site
from web.speech import Speech
from web.stars import star_of
from web.view import Asked, Chip, Sheet, View

STANCES: Final = (
    ("supportedBy", ("支持", "For")),
    ("opposedBy", ("反对", "Against")),
)

SHOWN: Final = 60


def page(site: Site, asked: Asked) -> View:
    """A cell, by the part of its assignment's id after `assignment/`.

    Raises:
        NotFound: there is no such assignment.
    """
    index, say = site.index, asked.say
    node = index.get(f"assignment/{asked.thing}", "布局单元格")
    star, ends = star_of(node), dict(index.participants(node.id))
    city, cluster = ends.get("aboutPlace"), ends.get("aboutCluster")
    editions = index.targets(node.id, "edition")
    witnesses = [(relation, words, _witnesses(index, node, relation)) for relation, words in STANCES]
    things = [one for one in (city, cluster) if one is not None]
    starred = next((one.starred for one in site.layouts if one.edition in editions), True)
    title = " × ".join(say.name(one) for one in things) or node.id
    listed = [(say(*words), one) for _, words, found in witnesses for one in found]
    return View(
        "cell.html",
        title,
        {
            "id": node.id,
            "words": star.sentence(say, starred),
            **dict(node.properties),
            "city": city and city.id,
            "cluster": cluster and cluster.id,
            "editions": [one.id for one in editions],
            **{relation: [one.record(say) for one in found] for relation, _, found in witnesses},
        },
        Sheet(
            title,
            [say("支持或反对", "for or against"), *(say(*heading) for heading in HEADINGS)],
            [(stance, *row) for (stance, _), row in zip(listed, rows([one for _, one in listed], say), strict=True)],
        ),
        {
            "node": node,
            "words": star.sentence(say, starred),
            "sign": sign(star),
            "style": style(star, starred),
            "city": city,
            "cluster": cluster,
            "editions": editions,
            "witnesses": [(say(*words), [(one, words_of(one, say)) for one in found]) for _, words, found in witnesses],
            "shown": SHOWN,
        },
        tuple(Chip(say.cls(one.cls), say.name(one), asked.links.thing(one.id)) for one in things),
        context={
            **({"city": city.id.removeprefix("city/")} if city else {}),
            **({"cluster": cluster.id.removeprefix("cluster/")} if cluster else {}),
        },
    )


def _witnesses(index: Index, node: Node, relation: str) -> list[Said]:
    return in_order(said(index, one) for one in index.targets(node.id, relation))


def words_of(one: Said, say: Speech) -> str:
    """What a witness says, in a few words: the box names the city, or the table prints something."""
    known = one.node.properties
    if one.cls != "Witness":
        role = say.code("role", one.role) if one.role else say.cls(one.cls)
        parts = say("、", ", ").join(say.name(part) for part in one.subsectors)
        return role + (say("：", ": ") + parts if parts else "")
    source = say.said(one.cls, "source", known.get("source"))
    printed = str(known.get("printed") or "").strip() or say("空白", "blank")
    return source + say(f"，印作“{printed}”", f", printed “{printed}”")
