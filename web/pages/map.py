"""地图: the cities coloured by their level in a cluster, or in two clusters side by side.

In the address: `cluster` and `with` the clusters, `edition`, `city` one that is outlined, `view` tiles or borders.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from graph.tables import Node
from ontology.errors import ParameterError
from queries.phrase import either
from web.geo import TILE, WIDTH, Boundaries
from web.layouts import UNNAMED, Layout, edition
from web.looks import HEADINGS, Cell, cell, legend, line, record
from web.pages.matrix import chips, context, editions_of
from web.pages.sides import resolve
from web.site import Site
from web.stars import UNSTARRED
from web.view import Asked, Choice, Sheet, View

VIEWS: Final = ("tiles", "borders")

GAP: Final = 6.0
"""Between tiles, in the map's own units."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A city on the map: its cell, its name, where its words stand; `path` is its outline, "" for a tile;
    `silence` is what a tile without stars says."""

    cell: Cell
    name: str
    link: str
    x: float
    y: float
    path: str
    here: bool
    silence: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """The map of one cluster; `missing` are cities that the boundaries do not hold."""

    cluster: Node
    spots: Sequence[Spot]
    cells: Sequence[Cell]
    missing: Sequence[Node]
    counts: Sequence[tuple[str, str, str, int]]


def page(site: Site, asked: Asked) -> View:
    """The map of one cluster or of two.

    Raises:
        NotFound: no such cluster, city or edition.
        ParameterError: no such view, or no boundaries for it.
    """
    index, say = site.index, asked.say
    if not site.layouts:
        title = say("地图", "Map")
        return View(
            "map.html", title, {"cells": []}, Sheet(title, [say(*one) for one in HEADINGS], []), {"layout": None}
        )
    layout = edition(site.layouts, asked.get("edition"))
    first = resolve(index, "cluster", asked.get("cluster")) if asked.get("cluster") else layout.clusters[0]
    second = resolve(index, "cluster", asked.get("with")) if asked.get("with") else None
    city = resolve(index, "city", asked.get("city")) if asked.get("city") else None
    view = _view(asked, site.boundaries)
    asked = _tidy(asked, layout, site.layouts, {"cluster": first, "with": second, "city": city}, view)
    clusters = [first, *([second] if second is not None and second != first else [])]
    drawn = [_drawn(site, asked, layout, one, view, city) for one in clusters]
    title = say("地图：", "Map: ") + say(" 与 ", " and ").join(say.name(one) for one in clusters)
    flat = [one for map_ in drawn for one in map_.cells]
    return View(
        "map.html",
        title,
        {
            "edition": layout.edition.id,
            "clusters": [{"id": one.id, "name": say.name(one)} for one in clusters],
            "view": view,
            "cells": [record(one) for one in flat],
        },
        Sheet(title, [say(*heading) for heading in HEADINGS], [line(one, say) for one in flat]),
        {
            "layout": layout,
            "drawn": drawn,
            "view": view,
            "size": _size(site, layout, view),
            "boundaries": site.boundaries,
            "clusters": layout.clusters,
            "chosen": clusters,
            "city": city,
            "hidden": [(name, asked.get(name)) for name in ("edition", "city", "view") if asked.get(name)],
            "choices": _choices(site, asked, layout, view),
            "swap": _swap(asked, clusters),
            "tile": TILE - GAP,
        },
        chips(asked, layout, site.layouts, cluster=first if asked.get("cluster") else None, city=city),
        context=context(asked),
    )


def _view(asked: Asked, known: Boundaries | None) -> str:
    view = asked.get("view") or VIEWS[0]
    if view not in VIEWS or (view == "borders" and known is None):
        raise ParameterError("view", either(VIEWS if known else VIEWS[:1]), view)
    return view


def _tidy(asked: Asked, layout: Layout, known: Sequence[Layout], things: Mapping[str, Node | None], view: str) -> Asked:
    """The request with short keys in its parameters, and without what is so anyway."""
    parameters = dict(asked.parameters)
    for name, node in things.items():
        if node is not None and parameters.get(name):
            parameters[name] = node.id.partition("/")[2]
    parameters["edition"] = "" if layout == known[0] else layout.key
    parameters["view"] = "" if view == VIEWS[0] else view
    return replace(asked, parameters={name: value for name, value in parameters.items() if value})


def _drawn(site: Site, asked: Asked, layout: Layout, cluster: Node, view: str, city: Node | None) -> Drawn:
    say = asked.say
    cells = [cell(layout, cluster, one, say, asked.links) for one in site.cities]
    places = _places(site, layout, view)
    key = cluster.id.removeprefix("cluster/")
    spots = [
        Spot(
            one,
            say.name(one.city),
            asked.links.thing(one.city.id, cluster=key),
            *places[one.city.id],
            here=one.city == city,
            silence=say(*(UNSTARRED if one.star else UNNAMED)),
        )
        for one in cells
        if one.city.id in places
    ]
    # What is drawn last lies on top: the outline of the chosen city must not be covered by its neighbours.
    spots.sort(key=lambda spot: spot.here)
    missing = [one.city for one in cells if one.city.id not in places]
    return Drawn(cluster, spots, cells, missing, legend(cells, layout, say))


def _places(site: Site, layout: Layout, view: str) -> dict[str, tuple[float, float, str]]:
    """Where each city's words stand, and its outline."""
    if view == "borders" and site.boundaries is not None:
        shapes = site.boundaries.shapes
        codes = {city.id: str(city.properties.get("code", "")) for city in layout.cities}
        return {city: (shape.x, shape.y, shape.path) for city, code in codes.items() if (shape := shapes.get(code))}
    return {city: (x * TILE, y * TILE, "") for city, (x, y) in site.tiles.places.items()}


def _size(site: Site, layout: Layout, view: str) -> tuple[float, float]:
    if view == "borders" and site.boundaries is not None:
        return WIDTH, site.boundaries.height
    return site.tiles.columns * TILE, site.tiles.rows * TILE


def _choices(site: Site, asked: Asked, layout: Layout, view: str) -> list[tuple[str, list[Choice]]]:
    say = asked.say
    words = {"tiles": say("方格", "Tiles"), "borders": say("边界", "Boundaries")}
    views = [
        Choice(words[one], _here(asked, view="" if one == VIEWS[0] else one), one == view)
        for one in VIEWS
        if one == VIEWS[0] or site.boundaries
    ]
    found = [(say("版本", "Edition"), editions_of(site.layouts, layout, asked)), (say("画法", "Drawing"), views)]
    return [(name, choices) for name, choices in found if len(choices) > 1]


def _swap(asked: Asked, clusters: Sequence[Node]) -> str:
    """The address with the two clusters the other way round; "" where there is one."""
    if len(clusters) < 2:
        return ""
    first, second = (one.id.removeprefix("cluster/") for one in clusters)
    return _here(asked, **{"cluster": second, "with": first})


def _here(asked: Asked, **given: str) -> str:
    return asked.links.page(asked.path, **{**asked.parameters, **given})
