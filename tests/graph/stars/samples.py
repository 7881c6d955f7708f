"""Small hand-made layouts and the bundled one, for the tests of everything around the solver."""

from functools import cache
from pathlib import Path

from graph.build import read_document
from graph.stars.layout import Layout
from graph.stars.reconcile import reconcile
from loaders.document.document import parse
from loaders.document.source import Source
from loaders.layout.witnesses import witnesses
from loaders.policy.manifest import manifest
from ontology.facts import Fact, LayoutFact, WitnessFact
from tests.graph.stars.measure import trust

DATA = Path(__file__).parents[3] / "data"
COMPENDIUM = "gd-policy-compendium-2021.txt"
OPINION = "gd-2020-82-twenty-clusters.txt"
EDITION = "policy/粤府-2021-53"
EARLIER = "policy/粤府函-2020-82"


def _facts(file: str, text: str | None = None) -> list[Fact]:
    data = (DATA / "documents" / file).read_bytes() if text is None else text.encode()
    return [
        fact
        for fact in read_document(data, file, manifest(DATA / "manifest.toml")).facts
        if isinstance(fact, LayoutFact | WitnessFact)
    ]


@cache
def plan() -> tuple[Fact, ...]:
    """The facts of the bundled plan: the part of the compendium that prints star tables."""
    facts = _facts(COMPENDIUM)
    tables = {fact.evidence.section[0] for fact in facts if isinstance(fact, WitnessFact)}
    return tuple(fact for fact in facts if fact.evidence.section[0] in tables)


@cache
def opinion() -> tuple[Fact, ...]:
    return tuple(_facts(OPINION))


@cache
def bundled() -> Layout:
    return reconcile(plan(), trust(), edition=EDITION, earlier=opinion())


CITIES = ("广州", "深圳", "珠海", "佛山", "东莞", "惠州")
CLUSTERS = ("新能源", "数字创意", "智能机器人", "前沿新材料")
TRUTH = {
    "新能源": (3, 2, 0, 1, 0, 1),
    "数字创意": (2, 0, 1, 0, 3, 0),
    "智能机器人": (0, 2, 2, 1, 0, 0),
    "前沿新材料": (3, 3, 0, 2, 1, 0),
}


def page(
    *,
    rows: dict[str, tuple[int, ...]] | None = None,
    totals: dict[str, int] | None = None,
    bottom: tuple[int, ...] | None = None,
    counts: dict[str, int] | None = None,
    lists: dict[str, tuple[str, ...]] | None = None,
    cities: tuple[str, ...] = CITIES,
) -> str:
    """A page with a star table and its map, as the plan prints them; everything true unless given otherwise."""
    own = {**TRUTH, **(rows or {})}
    lines = ["# 布局表", "", "\t".join(["产业集群", "各市", *[""] * (len(cities) - 1), "城市数量"])]
    lines.append("\t".join(["", *cities, ""]))
    for name, row in own.items():
        total = (totals or {}).get(name, sum(level > 0 for level in TRUTH.get(name, row)))
        lines.append("\t".join([name, *("★" * level for level in row), str(total), ""]))
    column = [sum(row[j] > 0 for row in TRUTH.values()) for j in range(len(CITIES))]
    lines += ["\t".join(["各市数量（个）", *map(str, bottom or column)]), "", "# 布局图", ""]
    for j, city in enumerate(CITIES):
        names = (lists or {}).get(city, tuple(name for name, row in TRUTH.items() if row[j] > 0))
        lines += [f"{city} ({(counts or {}).get(city, column[j])})", "", *(f"- ★ {name}" for name in names), ""]
    return "\n".join(lines)


def read(text: str) -> tuple[Fact, ...]:
    """The witnesses that a page prints."""
    return tuple(witnesses(parse(Source("page.txt", "0" * 64, text))).facts)


def solved(text: str, **options: object) -> Layout:
    return reconcile(read(text), trust(), edition="policy/p", **options)  # type: ignore[arg-type]
