"""图谱: search first, then what stands around a thing; opened further thing by thing; the way between two things.

In the address: `q` what is searched, or `thing` an id with `to` another one, `open` the ids of what was opened (one a
line), `types` the classes that are shown, `chosen` the id that is selected.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from graph.tables import Node
from web.drawing import arrow, drawing, record, scene, sheet, words
from web.pages.thing import by_name
from web.picture import scene_html
from web.site import Site
from web.speech import Speech
from web.surroundings import Relation, Surroundings, surroundings, way
from web.view import Asked, Chip, Choice, File, Sheet, View

FOUND: Final = 60
"""Finds of a search that are listed."""

HTML: Final = "text/html; charset=utf-8"

OPENED: Final = 12
"""Most things that are opened beside the first."""


def page(site: Site, asked: Asked) -> View:
    """The picture of a thing, or a search.

    Raises:
        NotFound: nothing has that id or name.
    """
    if not asked.get("thing"):
        return _search(site, asked)
    index, say, links = site.index, asked.say, asked.links
    centre = _thing(site, asked.get("thing"))
    end = _thing(site, asked.get("to")) if asked.get("to") else None
    path = way(index, centre.id, end.id) if end is not None and end.id != centre.id else []
    spine = [node.id for node, _ in path] or [centre.id]
    opened = [one for one in asked.get("open").split() if one in index.nodes][:OPENED]
    classes = [one for one in asked.get("types").split(",") if one]
    found = surroundings(index, spine, opened, classes)
    state = {
        "thing": centre.id,
        "to": end.id if end is not None else "",
        "open": "\n".join(opened),
        "types": ",".join(classes),
    }

    def choose(one: str) -> str:
        return links.page("/graph", **{**state, "chosen": one})

    def expand(one: str) -> str:
        more = links.page("/graph", **{**state, "open": "\n".join([*opened, one]), "chosen": one})
        return "" if one in opened or [one] == spine else more

    name = say.name(centre)
    title = say(f"图谱：{name}", f"Graph: {name}")
    if end is not None:
        title = say(f"图谱：{name} 到 {say.name(end)}", f"Graph: {name} to {say.name(end)}")
    return View(
        "graph.html",
        title,
        {
            "spine": spine,
            **record(found, say),
        },
        sheet(index, found, title, say),
        {
            "q": "",
            "finds": None,
            "centre": centre,
            "end": end,
            "path": _told(path, say),
            "drawing": drawing(index, found, asked.get("chosen"), say, choose, expand),
            "choices": [(say("类型", "Types"), _types(found, classes, state, asked))],
            "alone": not found.counts,
            "closed": links.page("/graph", **{**state, "open": ""}) if opened else "",
        },
        tuple(_chips(centre, end, state, asked)),
        context={centre.cls.lower(): centre.id.partition("/")[2]} if centre.cls in ("City", "Cluster") else {},
        files={"html": File(HTML, lambda: scene_html(scene(index, found, name, say), say.lang).encode())},
    )


def _search(site: Site, asked: Asked) -> View:
    say, text = asked.say, asked.get("q")
    finds = site.finder.find(text)[:FOUND] if text else []
    title = say("图谱", "Graph")
    return View(
        "graph.html",
        title,
        {
            "q": text,
            "things": [{"id": one.node.id, "class": one.node.cls, "name": say.name(one.node)} for one in finds],
        },
        Sheet(
            title,
            [say("类别", "class"), say("名称", "name"), say("标识", "id")],
            [(say.cls(one.node.cls), say.name(one.node), one.node.id) for one in finds],
        ),
        {
            "q": text,
            "finds": finds,
            "near": site.finder.near(text) if text and not finds else [],
            "centre": None,
            "starts": _starts(site),
            "size": len(site.index.nodes),
        },
    )


def _starts(site: Site) -> list[Node]:
    """Things to begin with: the first clusters and cities."""
    return [*list(site.index.named("Cluster"))[:8], *site.cities[:8]]


def _thing(site: Site, text: str) -> Node:
    """A thing by its id, else by any of its names; the index of names takes a second to make, and ids need none."""
    return site.index.nodes.get(text) or by_name(site, text)


def _told(path: Sequence[tuple[Node, Relation | None]], say: Speech) -> list[tuple[Node, str, str, str]]:
    """A way in words: the thing, the line that leads to it, its arrow, the statement behind it."""
    told = []
    for node, reached in path:
        if reached is None:
            told.append((node, "", "", ""))
        else:
            told.append((node, words(reached, say), arrow(reached, node.id, inward=True), reached.via))
    return told


def _types(found: Surroundings, classes: Sequence[str], state: Mapping[str, str], asked: Asked) -> list[Choice]:
    """All classes, then each: a click shows or hides it."""
    say, links = asked.say, asked.links
    choices = [Choice(say("全部", "All"), links.page("/graph", **{**state, "types": ""}), not classes)]
    for cls, count in found.counts.items():
        here = cls in classes
        kept = [one for one in classes if one != cls] if here else [*classes, cls]
        link = links.page("/graph", **{**state, "types": ",".join(kept)})
        choices.append(Choice(f"{say.cls(cls)} {count}", link, here))
    return choices


def _chips(centre: Node, end: Node | None, state: Mapping[str, str], asked: Asked) -> list[Chip]:
    say, links = asked.say, asked.links
    chips = [Chip(say.cls(centre.cls), say.name(centre), links.thing(centre.id), links.page("/graph"))]
    if end is not None:
        without = links.page("/graph", **{**state, "to": ""})
        chips.append(Chip(say.cls(end.cls), say.name(end), links.thing(end.id), without))
    return chips
