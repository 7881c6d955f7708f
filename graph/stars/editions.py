"""Which editions of the layout there are: plans that print star tables, and opinions that name cities by role."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from math import log

from graph.stars.layout import ROLES, Cell, Layout, Override, Voice, editions_named
from graph.stars.overrides import applied
from graph.stars.reconcile import reconcile
from graph.stars.reliability import Reliability
from graph.stars.witnesses import Problem
from ontology.facts import Evidence, Fact, LayoutFact, WitnessFact

_SHARE = 0.6
"""Share of the clusters of a star table that a text must place in cities to be an edition of the layout."""

_NAMED = {"core": "以其为核心", "key": "以其为重点", "base": "以其为依托", "support": "支持发展", "mention": "提及"}


def editions(
    facts: Sequence[Fact],
    edition_of: Callable[[Evidence], str | None],
    dates: Mapping[str, str],
    trust: Reliability,
    overrides: Sequence[Override] = (),
    names: Mapping[str, str] | None = None,
) -> tuple[Layout, ...]:
    """The layouts of all editions, oldest first; the last one is current.

    A document with star tables is an edition; so is one that names cities, each for a whole cluster, for most of the
    clusters of some star table. What such an earlier text names is a weak witness of the next star table.

    Args:
        facts: of all documents.
        edition_of: the policy that states a piece of evidence, None where unknown.
        dates: ISO dates by policy, as far as known; editions without one come first.
        trust: how far each kind of witness is believed.
        overrides: corrections by people; an edition may be written as its year, number, name or id. Those of no
            edition, or of several, become problems of the newest.
        names: titles by policy.
    """
    groups: dict[str, list[Fact]] = {}
    for fact in facts:
        if isinstance(fact, WitnessFact | LayoutFact) and (policy := edition_of(fact.evidence)) is not None:
            groups.setdefault(policy, []).append(fact)
    starred = {policy for policy, own in groups.items() if any(isinstance(f, WitnessFact) for f in own)}
    clusters = {f.cluster for policy in starred for f in groups[policy] if isinstance(f, WitnessFact) and f.cluster}
    named = {policy for policy in groups.keys() - starred if _names(groups[policy], clusters)}
    said = list(_resolved(overrides, {policy: (names or {}).get(policy, "") for policy in sorted(starred | named)}))
    own = [one for one in said if isinstance(one, Override)]
    layouts: list[Layout] = []
    before: Sequence[Fact] = ()
    for policy in sorted(starred | named, key=lambda p: (dates.get(p, ""), p)):
        if policy in starred:
            layouts.append(reconcile(groups[policy], trust, own, edition=policy, earlier=before))
        else:
            before = groups[policy]
            layouts.append(by_roles(before, trust, own, edition=policy))
    if layouts:
        unused = [one for one in said if isinstance(one, Problem)]
        layouts[-1] = replace(layouts[-1], problems=(*layouts[-1].problems, *unused))
    return tuple(layouts)


def _resolved(overrides: Sequence[Override], names: Mapping[str, str]) -> Iterator[Override | Problem]:
    """The overrides, each with the id of its edition; why those cannot be used that are of none, or of several."""
    for one in overrides:
        found = editions_named(one.edition, names)
        if len(found) == 1:
            yield replace(one, edition=found[0])
        else:
            known = "、".join(
                f"{e.removeprefix('policy/')}" + (f"（{names[e]}）" if names[e] else "") for e in found or names
            )
            how = "可以指多个布局版本" if found else "不是布局版本"
            yield one.problem(f"edition“{one.edition}”{how}，请写：{known}")


def _whole(facts: Sequence[Fact]) -> list[LayoutFact]:
    return [f for f in facts if isinstance(f, LayoutFact) and f.city is not None and f.subsector is None]


def _names(facts: Sequence[Fact], clusters: set[str]) -> bool:
    return bool(clusters) and len({f.cluster for f in _whole(facts)} & clusters) >= _SHARE * len(clusters)


def by_roles(
    facts: Sequence[Fact], trust: Reliability, overrides: Sequence[Override] = (), *, edition: str = ""
) -> Layout:
    """The layout of a text without star tables: the cells that it names, each present at an unknown level.

    Silence is not absence, so a city that is not named has no cell; roles are another scale than stars.

    Args:
        facts: the layout statements of the edition; those about subsectors or regions name no cell.
        trust: a cell is as sure as a naming in a map list, which errs in the same way.
        overrides: corrections by people.
        edition: id of the edition.
    """
    said: dict[tuple[str, str], list[LayoutFact]] = {}
    for fact in _whole(facts):
        said.setdefault((fact.cluster, fact.city or ""), []).append(fact)
    cells = tuple(_named_cell(cluster, city, own, trust) for (cluster, city), own in said.items())
    layout = Layout(
        edition=edition,
        scale=ROLES,
        clusters=tuple(dict.fromkeys(cell.cluster for cell in cells)),
        cities=tuple(dict.fromkeys(cell.city for cell in cells)),
        cells=cells,
        open_lists=frozenset(f.cluster for f in facts if isinstance(f, LayoutFact) and f.open_list),
    )
    return applied(layout, overrides) if overrides else layout


def _named_cell(cluster: str, city: str, facts: Sequence[LayoutFact], trust: Reliability) -> Cell:
    odds = log(trust.map_list_kept / trust.map_list_added)
    return Cell(
        cluster=cluster,
        city=city,
        present=True,
        level=None,
        confidence=round(trust.map_list_kept, 4),
        level_confidence=None,
        inferred=(True, None),
        opposite=round(odds, 4),
        undecided=False,
        rival=((cluster, city),),
        supports=tuple(Voice(fact, f"点名（{_NAMED.get(fact.role, fact.role)}）", odds) for fact in facts),
    )
