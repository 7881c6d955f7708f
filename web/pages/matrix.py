"""总览: which city carries which cluster at which level, as a table that is its own picture.

Everything in the address: `edition`, `region` and `category` choose what is shown, `rows` and `columns` the order,
`city` and `cluster` light a column and a row up.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from graph.tables import Node
from ontology.errors import NotFound, ParameterError
from ontology.vocabulary import vocabulary
from queries.phrase import Phrase, either
from web.index import Index
from web.layouts import Layout, Region, edition, groups, listed, ordered, rank, regions
from web.looks import HEADINGS, cell, legend, line, record
from web.pages.sides import Side, resolve
from web.site import Site
from web.speech import Speech
from web.view import Asked, Chip, Choice, Sheet, View

SCHEMES: Final = "cluster-category"


@dataclass(frozen=True, slots=True)
class Shown:
    """The part of a layout that the page shows, in its order: cities by region, clusters by category."""

    layout: Layout
    columns: Sequence[tuple[str, Sequence[Node]]]
    rows: Sequence[tuple[str, Sequence[Node]]]

    @property
    def cities(self) -> list[Node]:
        return [city for _, cities in self.columns for city in cities]

    @property
    def clusters(self) -> list[Node]:
        return [cluster for _, clusters in self.rows for cluster in clusters]


def page(site: Site, asked: Asked) -> View:
    """The layout of one edition.

    Raises:
        NotFound: no such edition, region, city or cluster.
        ParameterError: no such category or order.
    """
    say = asked.say
    title = say("总览：集群 × 城市", "Overview: clusters × cities")
    city = resolve(site.index, "city", asked.get("city")) if asked.get("city") else None
    cluster = resolve(site.index, "cluster", asked.get("cluster")) if asked.get("cluster") else None
    if not site.layouts:
        return _empty(site, asked, title)
    layout = edition(site.layouts, asked.get("edition"))
    asked = _tidy(site.index, asked, city, cluster, layout, site.layouts)
    known = regions(site.index, layout, site.layouts)
    region = _region(known, asked.get("region"))
    shown = _shown(site.index, asked, layout, known, region)
    cells = [[cell(layout, one, two, say, asked.links) for two in shown.cities] for one in shown.clusters]
    flat = [one for row in cells for one in row]
    return View(
        "matrix.html",
        title,
        {
            "edition": layout.edition.id,
            "name": say.name(layout.edition),
            "current": layout.current,
            "scale": "stars" if layout.starred else "names",
            "clusters": [{"id": one.id, "name": say.name(one)} for one in shown.clusters],
            "cities": [{"id": one.id, "name": say.name(one)} for one in shown.cities],
            "cells": [record(one) for one in flat],
        },
        Sheet(title, [say(*heading) for heading in HEADINGS], [line(one, say) for one in flat]),
        {
            "shown": shown,
            "layout": layout,
            "cells": dict(zip((one.id for one in shown.clusters), cells, strict=True)),
            "city": city,
            "cluster": cluster,
            "edges": {cities[0].id for _, cities in shown.columns if cities},
            "counts": legend(flat, layout, say),
            "row_sums": {one.id: listed(layout, {one.id}, {two.id for two in shown.cities}) for one in shown.clusters},
            "column_sums": {
                two.id: listed(layout, {one.id for one in shown.clusters}, {two.id}) for two in shown.cities
            },
            "choices": _choices(site, asked, layout, known),
            "sort": _sorts(asked, shown),
            "questions": site.atlas.questions(),
            "summary": site.summary,
        },
        chips(asked, layout, site.layouts, city=city, cluster=cluster),
        context=context(asked),
    )


def _empty(site: Site, asked: Asked, title: str) -> View:
    say = asked.say
    return View(
        "matrix.html",
        title,
        {"edition": None, "clusters": [], "cities": [], "cells": []},
        Sheet(title, [say(*heading) for heading in HEADINGS], []),
        {
            "layout": None,
            "cities": site.index.named("City"),
            "clusters": [one for one in site.index.named("Cluster") if site.index.into(one.id)],
            "questions": site.atlas.questions(),
            "summary": site.summary,
        },
        context=context(asked),
    )


def _tidy(
    index: Index, asked: Asked, city: Node | None, cluster: Node | None, layout: Layout, known: Sequence[Layout]
) -> Asked:
    """The request with short keys in its parameters, and without what is so anyway."""
    parameters = dict(asked.parameters)
    for name, node in (("city", city), ("cluster", cluster)):
        if node is not None:
            parameters[name] = node.id.removeprefix(f"{name}/")
    sides: tuple[tuple[str, Side], ...] = (("rows", "city"), ("columns", "cluster"))
    for name, side in sides:
        if parameters.get(name, "count") != "count":
            parameters[name] = resolve(index, side, parameters[name]).id.removeprefix(f"{side}/")
    if "edition" in parameters:
        parameters["edition"] = "" if layout == known[0] else layout.key
    return replace(asked, parameters={name: value for name, value in parameters.items() if value})


def context(asked: Asked) -> dict[str, str]:
    """What the pages of the layout hand on to each other."""
    return {name: asked.get(name) for name in ("city", "cluster", "edition") if asked.get(name)}


def chips(asked: Asked, layout: Layout, known: Sequence[Layout], **things: Node | None) -> tuple[Chip, ...]:
    """The city and cluster in question, and the edition; each can be taken off where there is another state."""
    say, links = asked.say, asked.links
    found = [
        Chip(say.cls(node.cls), say.name(node), links.thing(node.id), links.page(asked.path, **_but(asked, name)))
        for name, node in things.items()
        if node is not None
    ]
    words = say("版本", "Edition")
    without = links.page(asked.path, **_but(asked, "edition")) if layout != known[0] else ""
    return (*found, Chip(words, edition_name(layout, say), links.thing(layout.edition.id), without))


def edition_name(layout: Layout, say: Speech) -> str:
    """The year and the number of the edition's document."""
    number = layout.edition.properties.get("doc_number") or say.name(layout.edition)
    year = layout.issued[:4]
    return f"{year}{say('年 ', ' ')}{number}" if year else str(number)


def _but(asked: Asked, *names: str, **given: str) -> dict[str, str]:
    """The parameters of the request, without some and with others."""
    return {**{name: value for name, value in asked.parameters.items() if name not in names}, **given}


def _region(known: Sequence[Region], wanted: str) -> Region | None:
    if not wanted:
        return None
    for region in known:
        if wanted in (region.key, region.node.properties.get("name")):
            return region
    raise NotFound("区域", wanted, tuple(region.key for region in known))


def _shown(index: Index, asked: Asked, layout: Layout, known: Sequence[Region], region: Region | None) -> Shown:
    say = asked.say
    held = {one.id: one for one in layout.cities}
    parts: list[tuple[str, Sequence[Node]]] = [
        (say.name(one.node) if one else say("其他", "Others"), cities) for one, cities in groups(known, layout)
    ]
    if region is not None:
        parts = [(say.name(region.node), [held[city] for city in region.cities])]
    categories = list(vocabulary().codes(SCHEMES))
    kinds = [one for one in categories if any(_category(node) == one for node in layout.clusters)]
    wanted = asked.get("category")
    if wanted and wanted not in kinds:
        raise ParameterError("category", either(kinds) or Phrase("空", "nothing"), wanted)
    lines: list[tuple[str, Sequence[Node]]] = [
        (say.code(SCHEMES, kind), [one for one in layout.clusters if _category(one) == kind])
        for kind in kinds
        if wanted in ("", kind)
    ]
    if not wanted and (rest := [one for one in layout.clusters if _category(one) not in kinds]):
        lines.append((say("其他集群", "Other clusters"), rest))
    return _sorted(index, asked, Shown(layout, parts, lines))


def _category(cluster: Node) -> str:
    return str(cluster.properties.get("category", ""))


def _sorted(index: Index, asked: Asked, shown: Shown) -> Shown:
    """In the order asked for; then the groups are one, without a heading."""
    layout, columns, rows = shown.layout, shown.columns, shown.rows
    clusters, cities = {one.id for one in shown.clusters}, {one.id for one in shown.cities}
    if by := asked.get("rows"):
        city = None if by == "count" else resolve(index, "city", by).id
        by_row = [
            (rank(layout.cells.get((one.id, city))) if city else listed(layout, {one.id}, cities))
            for one in shown.clusters
        ]
        keys = dict(zip((one.id for one in shown.clusters), by_row, strict=True))
        rows = [("", ordered(shown.clusters, lambda one: keys[one.id]))]
    if by := asked.get("columns"):
        cluster = None if by == "count" else resolve(index, "cluster", by).id
        by_column = [
            (rank(layout.cells.get((cluster, one.id))) if cluster else listed(layout, clusters, {one.id}))
            for one in shown.cities
        ]
        keys = dict(zip((one.id for one in shown.cities), by_column, strict=True))
        columns = [("", ordered(shown.cities, lambda one: keys[one.id]))]
    return Shown(layout, columns, rows)


def _choices(site: Site, asked: Asked, layout: Layout, known: Sequence[Region]) -> list[tuple[str, list[Choice]]]:
    """The switches above the table: edition, region, category."""
    say = asked.say

    def choice(name: str, words: str, value: str, here: bool) -> Choice:
        return Choice(words, asked.links.page(asked.path, **_but(asked, name, **{name: value})), here)

    editions = editions_of(site.layouts, layout, asked)
    region = asked.get("region")
    seen: dict[frozenset[str], Region] = {}
    for one in known:
        seen.setdefault(frozenset(one.cities), one)
    names = [say.name(one.node) for one in seen.values()]
    areas = [choice("region", say("全部", "All"), "", not region)]
    for one, name in zip(seen.values(), names, strict=True):
        # The same name is another set of cities in another document.
        words = name if names.index(name) == list(seen.values()).index(one) else f"{name} · {_printed(site, one)}"
        areas.append(choice("region", words, one.key, region in (one.key, one.node.properties.get("name"))))
    category = asked.get("category")
    kinds = [choice("category", say("全部", "All"), "", not category)]
    for kind in vocabulary().codes(SCHEMES):
        if any(_category(node) == kind for node in layout.clusters):
            kinds.append(choice("category", say.code(SCHEMES, kind), kind, category == kind))
    found = [(say("版本", "Edition"), editions), (say("区域", "Region"), areas), (say("集群类别", "Category"), kinds)]
    return [(name, choices) for name, choices in found if len(choices) > 1]


def _printed(site: Site, region: Region) -> str:
    """The number of a region's document as it is printed, else the key of that document."""
    policy = site.index.nodes.get(f"policy/{region.scheme}")
    return str(policy.properties.get("doc_number") or region.scheme) if policy else region.scheme


def editions_of(known: Sequence[Layout], layout: Layout, asked: Asked) -> list[Choice]:
    """The editions as states of the page."""
    return [
        Choice(
            edition_name(one, asked.say),
            asked.links.page(asked.path, **_but(asked, "edition", edition="" if one == known[0] else one.key)),
            one == layout,
        )
        for one in known
    ]


def _sorts(asked: Asked, shown: Shown) -> dict[str, Choice]:
    """The address that sorts by a city, a cluster or the counts, by its id; a second click takes the order back."""
    say, found = asked.say, {}

    def add(key: str, name: str, value: str, words: str) -> None:
        here = asked.get(name) == value
        link = asked.links.page(asked.path, **_but(asked, name, **({} if here else {name: value})))
        found[key] = Choice(words, link, here)

    for city in shown.cities:
        name = say.name(city)
        add(city.id, "rows", city.id.removeprefix("city/"), say(f"按{name}排各集群", f"Sort clusters by {name}"))
    for cluster in shown.clusters:
        name = say.name(cluster)
        add(
            cluster.id,
            "columns",
            cluster.id.removeprefix("cluster/"),
            say(f"按{name}排各城市", f"Sort cities by {name}"),
        )
    add("rows", "rows", "count", say("按城市数排各集群", "Sort clusters by number of cities"))
    add("columns", "columns", "count", say("按集群数排各城市", "Sort cities by number of clusters"))
    return found
