"""产业链: what goes into a thing and where it goes, layer by layer, and for which stages a city is named.

In the address: `thing` a cluster, subsector or product by name or id (or `cluster`, as the other pages carry it),
`city` the overlay, `steps` how many links.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from graph.tables import Node
from ontology.vocabulary import vocabulary
from queries.industry import chain_table, naming, things
from queries.industry.chain import STEPS, Chain
from queries.industry.chain import chain as find_chain
from queries.industry.measures import KINDS, RULES, Measure, measures
from queries.industry.naming import Namings
from queries.industry.supply import MOST_STEPS
from queries.phrase import Phrase
from web.flow import HEIGHT, WIDTH, Box, flow
from web.pages.sides import id_of, resolve
from web.picture import short
from web.site import Site
from web.speech import Speech
from web.tables import grid, sheet, workbook
from web.view import Asked, Chip, Sheet, View

HERE, ELSEWHERE, NOWHERE, NAMED = "here", "elsewhere", "nowhere", "named"
"""The overlay: the city is named, others are, nobody is; without a city somebody is named or nobody."""

_WORDS: Final = {
    HERE: ("点名本市", "names the city"),
    ELSEWHERE: ("点名其他城市或区域", "names others"),
    NAMED: ("有城市或区域被点名", "names somebody"),
    NOWHERE: ("未点名", "names nobody"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A box of the picture in words: its state, its label, the whole of it in words, its address."""

    box: Box
    node: Node
    state: str
    label: str
    count: str
    words: str
    link: str
    centre: bool


def page(site: Site, asked: Asked) -> View:
    """The chain of a thing; without one, the choice.

    Raises:
        NotFound, Ambiguous: no such thing or city.
        ParameterError: `steps` is no number that the analysis takes.
    """
    index, say, ground = site.index, asked.say, site.ground
    city = resolve(index, "city", asked.get("city")) if asked.get("city") else None
    steps = asked.number("steps", STEPS, most=MOST_STEPS)
    thing = _thing(site, asked)
    shared = {
        "cities": site.cities,
        "city": city,
        "steps": steps,
        "most": MOST_STEPS,
        "proposals": proposals(site, say),
    }
    if thing is None:
        title = say("产业链", "Chain")
        clusters = [one for one in index.named("Cluster") if index.sources(one.id, "partOf")]
        return View(
            "chain.html",
            title,
            {"chain": []},
            Sheet(title, ["id"], []),
            {**shared, "thing": None, "flow": None, "clusters": clusters or list(index.named("Cluster"))},
        )
    found = find_chain(ground, thing.id, steps)
    todo = measures(found, id_of(city))
    table = chain_table.table(found, todo, id_of(city))
    drawn = flow(found)
    boxes = [_shown(site, one, thing, city, asked) for one in drawn.boxes]
    states = [state for state in _WORDS if any(one.state == state for one in boxes)]
    name = say.name(thing)
    title = say(f"产业链：{name}", f"Chain: {name}")
    chips = [Chip(say.cls(thing.cls), name, asked.links.thing(thing.id), _here(asked, thing="", cluster=""))]
    if city is not None:
        chips.append(Chip(say.cls("City"), say.name(city), asked.links.thing(city.id), _here(asked, city="")))
    return View(
        "chain.html",
        title,
        {
            "thing": thing.id,
            "city": id_of(city),
            "steps": steps,
            "boxes": [{"id": one.node.id, "layer": one.box.layer, "state": one.state} for one in boxes],
            "links": [{"from": source, "to": target} for _, source, target in drawn.curves],
            "rows": table.records(),
        },
        sheet(table, say),
        {
            **shared,
            "thing": thing,
            "flow": drawn,
            "boxes": boxes,
            "size": (WIDTH, HEIGHT),
            "layers": [(_layer(number, say), x) for number, x in drawn.layers],
            "legend": [(state, _state(state, say), sum(1 for one in boxes if one.state == state)) for state in states],
            "measures": _measures(site, todo, say),
            "grid": grid(table, say, leave=("rule",)),
            "notes_": [one for one in table.notes if not any(rule in one for rule in RULES.values())],
            "alone": not (found.upstream or found.downstream),
        },
        tuple(chips),
        context=_context(found, city),
        files={"xlsx": workbook(table, say)},
    )


def _here(asked: Asked, **given: str) -> str:
    return asked.links.page("/chain", **{**asked.parameters, **given})


def _thing(site: Site, asked: Asked) -> Node | None:
    text = asked.get("thing")
    if not text and asked.get("cluster"):
        return resolve(site.index, "cluster", asked.get("cluster"))
    return site.index.nodes[things.find(site.ground, text)] if text else None


def proposals(site: Site, say: Speech) -> list[str]:
    """Names for the field: clusters, then what stands in supply links."""
    clusters = [say.name(one) for one in site.index.named("Cluster")]
    ends = {
        node.id: node
        for link in site.index.of_class("SupplyLink")
        for node in site.index.targets(link.id, "upstream", "downstream")
        if node.cls in ("Product", "Subsector")
    }
    return [*clusters, *dict.fromkeys(str(node.properties["name"]) for node in ends.values())]


def _shown(site: Site, box: Box, thing: Node, city: Node | None, asked: Asked) -> Shown:
    say, node = asked.say, site.index.nodes[box.thing]
    named = box.named or naming.namings(site.ground, things.same(site.ground, box.thing))
    state = _of(named, city)
    cities = [say.name(site.index.nodes[one]) for one in (*named.cities, *named.regions)]
    count = say(f"{len(named.cities)}市", str(len(named.cities))) if named.cities else ""
    words = say.name(node) + say("：", ": ") + _state(state, say)
    if cities:
        words += say(f"（{'、'.join(cities)}）", f" ({', '.join(cities)})")
    link = _here(asked, thing=node.id, cluster="")
    centre = box.layer == 0 and node == thing
    return Shown(box, node, state, short(say.name(node), 20), count, words, link, centre)


def _of(named: Namings, city: Node | None) -> str:
    if city is not None and city.id in named.cities:
        return HERE
    if not named.cities and not named.regions:
        return NOWHERE
    return NAMED if city is None else ELSEWHERE


def _state(state: str, say: Speech) -> str:
    return say(*_WORDS[state])


def _layer(number: int, say: Speech) -> str:
    if number == 0:
        return say("本身", "itself")
    side = say("上游", "upstream") if number < 0 else say("下游", "downstream")
    return side if abs(number) == 1 else say(f"{side}第 {abs(number)} 步", f"{side}, step {abs(number)}")


def _measures(
    site: Site, todo: Sequence[Measure], say: Speech
) -> list[tuple[str, str, Phrase, list[tuple[Node, list[Node], Measure]]]]:
    """What is to be done by kind: its name, its rule as printed, and the stages."""
    nodes = site.index.nodes
    found = []
    for code, chinese, english in KINDS:
        rows = [(nodes[one.thing], [nodes[c] for c in one.cities], one) for one in todo if one.kind == code]
        if rows:
            found.append((code, say(chinese, english), RULES[code], rows))
    return found


def _context(chain: Chain, city: Node | None) -> dict[str, str]:
    known = {one.id for one in vocabulary().clusters_of()}
    clusters = [one for one in chain.clusters if one in known][:1]
    return {
        **({"city": city.id.partition("/")[2]} if city is not None else {}),
        **({"cluster": clusters[0].partition("/")[2]} if clusters else {}),
    }
