"""How a cell of the star layout looks: a sign, a style and words. A guess never looks like what is known."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from graph.tables import Node
from web.layouts import UNNAMED, Layout
from web.links import Links
from web.speech import Speech
from web.stars import Star

HEADINGS: Final = (
    ("集群", "cluster"),
    ("城市", "city"),
    ("列入", "listed"),
    ("星级", "level"),
    ("把握", "confidence"),
    ("星级把握", "confidence of the level"),
    ("人工修正", "corrected by hand"),
    ("说明", "in words"),
    ("标识", "id"),
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the picture: its sign, its look (`style`), itself in words (`short` without the pair), its address."""

    cluster: Node
    city: Node
    star: Star | None
    sign: str
    style: str
    words: str
    short: str
    link: str


def cell(layout: Layout, cluster: Node, city: Node, say: Speech, links: Links) -> Cell:
    """One cell as the pages show it; without an assignment it leads to what the documents say of the pair."""
    star = layout.cells.get((cluster.id, city.id))
    pair = say(f"{say.name(city)} × {say.name(cluster)}：", f"{say.name(city)} × {say.name(cluster)}: ")
    if star is None:
        words = say("无数据", "no data") if layout.starred else say(*UNNAMED)
        link = links.thing(city.id, cluster=cluster.id.removeprefix("cluster/"))
        return Cell(cluster, city, None, "", "none", pair + words, words, link)
    words = star.sentence(say, layout.starred)
    return Cell(
        cluster, city, star, sign(star), style(star, layout.starred), pair + words, words, links.thing(star.link)
    )


def sign(star: Star) -> str:
    """★★★, ● where there is no level, "" without a star; ? after a guess, ?? where undecided, # where corrected."""
    if star.present is None:
        return "??"
    text = ("★" * star.level if star.level else "●") if star.present else ""
    return text + ("#" if star.override else "?" if star.guessed else "")


def style(star: Star, starred: bool) -> str:
    """The classes of a cell.

    Its level, or `named` in an edition without stars; `guess` where it is only likely, `fixed` where a person corrected
    it.
    """
    if star.present is None:
        return "open guess"
    base = (f"s{star.level}" if star.level else "s0" if starred else "named") if star.present else "off"
    return base + (" fixed" if star.override else " guess" if star.guessed else "")


def legend(cells: Sequence[Cell], layout: Layout, say: Speech) -> list[tuple[str, str, str, int]]:
    """What the looks mean: style, sign, words, and how many cells have it; what does not occur is left out."""
    level = {n: say.code("star-level", n) for n in (3, 2, 1)}
    known = [
        *((f"s{n}", "★" * n, level[n]) for n in (3, 2, 1)),
        ("s0", "●", say("列入，星级不明", "listed, level unknown")),
        ("named", "●", say("点名", "named")),
        ("off", "", say("未标星", "no star")),
        ("none", "", say("无数据", "no data") if layout.starred else say(*UNNAMED)),
        ("open", "??", say("未定", "undecided")),
        ("guess", "?", say("推断（把握低于 0.9）", "a guess (confidence below 0.9)")),
        ("fixed", "#", say("人工修正", "corrected by hand")),
    ]
    counts = [sum(1 for one in cells if name in one.style.split()) for name, _, _ in known]
    return [(*one, count) for one, count in zip(known, counts, strict=True) if count]


def record(one: Cell) -> dict[str, object]:
    """A cell as data."""
    star = one.star
    return {
        "cluster": one.cluster.id,
        "city": one.city.id,
        "present": star and star.present,
        "level": star and star.level,
        "confidence": star and star.confidence,
        "level_confidence": star and star.level_confidence,
        "override": bool(star and star.override),
        "guess": bool(star and star.guessed),
        "words": one.words,
        "assignment": star and star.link,
    }


def line(one: Cell, say: Speech) -> tuple[object, ...]:
    """A cell as a row of a spreadsheet, under `HEADINGS`."""
    star = one.star
    held = (star.present, star.level, star.confidence, star.level_confidence, star.override) if star else (None,) * 5
    return (say.name(one.cluster), say.name(one.city), *held, one.words, star.link if star else None)
