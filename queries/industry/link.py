"""Two cities in one cluster: what documents say between them, what each is named for, what one could give the other."""

from collections.abc import Iterator, Sequence

from graph.tables import Node
from queries.index import Basis, Index
from queries.industry import naming, things
from queries.industry.gaps import Ground
from queries.industry.naming import STAGE, Naming, role_name, role_rank
from queries.industry.supply import APPLIED, Link
from queries.industry.tie import INFERRED, NOT_NAMED, STATED, Pair, Tie, positions, proof
from queries.phrase import Phrase, coded, joined, listed, phrase


def link(index: Index, cities: Pair, cluster: str | None = None) -> list[Tie]:
    """What ties two cities: first what documents state between them, then each one's part, then what is inferred.

    Args:
        index: the graph.
        cities: ids, in the order of the columns.
        cluster: id; None for all that both cities carry.
    """
    ground = Ground(index)
    clusters = [one for one in ground.clusters if cluster in (None, one) and all(ground.has(c, one) for c in cities)]
    found = [one for one in _stated(ground, cities) if cluster is None or one.cluster in (None, cluster)]
    found += [tie for one in clusters for tie in positions(ground, cities, one)]
    found += [tie for one in clusters for tie in _inferred(ground, cities, one)]
    return found


# ---- What documents state between them


def _stated(ground: Ground, cities: Pair) -> Iterator[Tie]:
    """What leads from one to the other, either way: the direction is the sentence's own."""
    index = ground.index
    kinds = (
        ("Transfer", ("transferFrom", "transferTo"), "mechanism", "transfer-mechanism"),
        ("SupplyLink", ("upstream", "downstream"), "relation", "supply-relation"),
    )
    for cls, relations, said, codes in kinds:
        for node in index.of(cls):
            ends = [[one.id for one in index.out(node.id, end)] for end in relations]
            if any(_between(index, ends, pair) for pair in (cities, cities[::-1])):
                yield _saying(index, node, coded(codes, str(node.properties[said])), ends)


def _between(index: Index, ends: Sequence[Sequence[str]], cities: Pair) -> bool:
    """Whether a sentence leads from the one city, or a region with it, to the other.

    A sentence that leaves one end open counts only where the other end is the city itself.
    """
    if all(ends):
        return all(any(_holds(index, one, city) for one in end) for end, city in zip(ends, cities, strict=True))
    return any(city in end for end, city in zip(ends, cities, strict=True))


def _holds(index: Index, place: str, city: str) -> bool:
    """Whether a place is the city, or a region with it; a general name counts by the region that has members."""
    mine = index.out(city, "inRegion")
    return place == city or place in {one.id for one in mine} or index.name(place) in {index.name(o.id) for o in mine}


def _saying(index: Index, node: Node, kind: Phrase, ends: Sequence[Sequence[str]]) -> Tie:
    open_end = Phrase("（原文未写）", "(not said)")
    first, second = (listed(map(index.name, end)) if end else open_end for end in ends)
    site = listed(index.name(one.id) for one in index.out(node.id, "aboutSite"))
    region = any(index.node(one).cls != "City" for end in ends for one in end)
    stated = joined(
        (
            phrase("{} → {}：{}", "{} → {}: {}", first, second, kind),
            phrase("载体 {}", "site {}", site) if site else "",
            Phrase("区域表述，没有点名两市", "a sentence about regions names no city") if region else "",
        )
    )
    cluster = next((one.id for one in index.out(node.id, "aboutCluster")), None)
    empty = Phrase("")
    return Tie(STATED, cluster, node.id, (empty, empty), stated, empty, "", ((), (), index.basis(node.id)))


# ---- What a rule infers


def _inferred(ground: Ground, cities: Pair, cluster: str) -> Iterator[Tie]:
    parts = things.subsectors(ground.index, cluster)
    for part in parts:
        yield from _shared(ground, cities, cluster, part)
    about = {cluster, *parts}
    for one in ground.supply.links:
        if about & {one.cluster, one.upstream, one.downstream, *one.subsectors}:
            for giver in (0, 1):
                yield from _supplied(ground, cities, cluster, one, giver)


def _shared(ground: Ground, cities: Pair, cluster: str, part: str) -> Iterator[Tie]:
    """A subsector for which both are named in different roles, or one of them and a region of the other."""
    index, named = ground.index, ground.named((part,))
    of = [named.cities.get(city) for city in cities]
    first = 0 if role_rank(of[0].role if of[0] else "") >= role_rank(of[1].role if of[1] else "") else 1
    strong, weak = of[first], of[1 - first]
    if strong is None:
        return
    names = index.name(cities[first]), index.name(cities[1 - first]), index.name(part)
    if weak is None:
        regions = ground.regions_named(cities[1 - first], named)
        behind = [one for region in regions for one in named.regions[region].statements]
        other = naming.basis(index, behind, (*regions, part))
        rule, words = "region", phrase("{1} 可承接 {0} 的 {2}", "{1} could take over part of {2} of {0}", *names)
    else:
        other = proof(index, cities[1 - first], part, weak)
        rule, words = "roles", phrase("{2}：{0} 牵引，{1} 配套", "{2}: {0} leads, {1} supports", *names)
        if role_rank(strong.role) == role_rank(weak.role):
            return
    if other:
        yield _conclusion(ground, cities, cluster, part, words, rule, first, (strong, weak), other, ())


def _supplied(ground: Ground, cities: Pair, cluster: str, one: Link, giver: int) -> Iterator[Tie]:
    """A supply link whose upstream end is the giver's alone and whose downstream end is the other's.

    What is applied is no input, and a stage (设计) may be that of another chain.
    """
    index = ground.index
    if one.relation in (APPLIED, STAGE) or "Cluster" in (index.node(one.upstream).cls, index.node(one.downstream).cls):
        return
    ends = [ground.named(things.same(index, end)).cities for end in (one.upstream, one.downstream)]
    have, need = ends[0].get(cities[giver]), ends[1].get(cities[1 - giver])
    if have is None or need is None or cities[1 - giver] in ends[0]:
        return
    names = (
        index.name(cities[giver]),
        index.name(one.upstream),
        index.name(cities[1 - giver]),
        index.name(one.downstream),
    )
    words = phrase("{} 的 {} 可供 {} 的 {}", "{1} of {0} could supply {3} of {2}", *names)
    other = proof(index, cities[1 - giver], one.downstream, need)
    between = naming.basis(index, [one.id], (one.upstream, one.downstream))
    yield _conclusion(ground, cities, cluster, one.upstream, words, "supply", giver, (have, need), other, between)


def _conclusion(
    ground: Ground,
    cities: Pair,
    cluster: str,
    thing: str,
    words: Phrase,
    rule: str,
    first: int,
    of: tuple[Naming, Naming | None],
    other: tuple[Basis, ...],
    between: tuple[Basis, ...],
) -> Tie:
    """A line of what is inferred, its sides put back in the order of the question."""
    index = ground.index
    mine = proof(index, cities[first], thing, of[0])
    said = role_name(of[0].role), role_name(of[1].role) if of[1] else NOT_NAMED
    sides = said if first == 0 else said[::-1]
    proofs = (mine, other) if first == 0 else (other, mine)
    return Tie(INFERRED, cluster, thing, (sides[0], sides[1]), Phrase(""), words, rule, (*proofs, between))
