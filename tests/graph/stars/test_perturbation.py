"""Random layouts with known truth, damaged as the bundled tables are: right, and as sure as it should be."""

import ast
import itertools
from pathlib import Path

import pytest

from graph.stars.reconcile import reconcile
from ontology.facts import LayoutFact, WitnessFact
from tests.graph.stars import generate
from tests.graph.stars.generate import Case, case
from tests.graph.stars.measure import (
    Judged,
    brier,
    judged,
    level_table,
    reliability_table,
    run,
    share,
    trust,
    with_level,
)

SEEDS = range(40)


@pytest.fixture(scope="module")
def measured() -> tuple[list[Judged], list[Case]]:
    return run(SEEDS)


def test_the_damage_is_at_least_that_of_the_print(measured: tuple[list[Judged], list[Case]]) -> None:
    cases = measured[1]
    total = {name: sum(c.damage.get(name, 0) for c in cases) for name in ("dropped", "inserted", "column_lost", "slid")}
    figures = sum(2 * len({city for _, city in c.truth}) for c in cases)
    assert (total["dropped"] + total["inserted"]) / figures >= 0.1
    assert 0.35 <= total["column_lost"] / len(cases) <= 0.65
    assert total["slid"] > len(cases)
    items = sum(c.damage.get("item_lost", 0) + c.damage.get("item_added", 0) for c in cases)
    assert items / sum(len(c.truth) for c in cases) >= 0.03
    first = [level for c in cases for (cluster, _), level in c.printed.items() if c.table_of[cluster] == "甲"]
    assert first
    assert all(first)
    assert share(cell.print_right for cell in measured[0]) < 0.8
    assert len({len(c.truth) for c in cases}) == 4


def test_the_generator_shares_no_code_with_the_inference() -> None:
    tree = ast.parse(Path(generate.__file__).read_text(encoding="utf-8"))
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [one.name for one in node.names])
    }
    assert imported & {"ontology", "loaders", "graph", "queries", "web", "clusteratlas", "tests", ""} == {"ontology"}


def test_presence_is_right_where_the_witnesses_determine_it(measured: tuple[list[Judged], list[Case]]) -> None:
    determined = [cell for cell in measured[0] if not cell.undecided]
    assert len(determined) >= 0.98 * len(measured[0])
    assert share(cell.right for cell in determined) >= 0.98
    for filled in (True, False):
        assert share(cell.right for cell in determined if cell.filled == filled) >= 0.98


def test_confidence_is_calibrated(measured: tuple[list[Judged], list[Case]]) -> None:
    cells = measured[0]
    sure = [cell for cell in cells if cell.confidence > 0.95]
    assert len(sure) >= 0.8 * len(cells)
    assert share(cell.right for cell in sure) >= 0.98
    assert brier(cells) < 0.01
    for name, size, mean, right in reliability_table(cells):
        # Three standard errors of a share, and five points for what a range hides.
        assert abs(mean - right) <= 0.05 + 3 * (mean * (1 - mean) / size) ** 0.5, name
    assert share(cell.right for cell in cells if cell.confidence < 0.8) < 0.9


def test_error_is_at_most_a_quarter_of_the_better_rival(measured: tuple[list[Judged], list[Case]]) -> None:
    cells = measured[0]
    ours, printed, majority = (
        1 - share(flags)
        for flags in (
            (c.right for c in cells),
            (c.print_right for c in cells),
            (c.majority_right for c in cells),
        )
    )
    assert ours <= min(printed, majority) / 4


def test_stated_levels_are_right(measured: tuple[list[Judged], list[Case]]) -> None:
    stated = with_level(measured[0])
    for filled in (True, False):
        own = [cell for cell in stated if cell.filled == filled]
        assert share(cell.level_right for cell in own) >= 0.96
        present = [cell for cell in measured[0] if cell.right and cell.present and cell.filled == filled]
        # The filler of a filled table is no level; elsewhere nearly every level is known.
        assert len(own) >= (0.35 if filled else 0.9) * len(present)
    assert all(cell.level != 2 for cell in stated if cell.filled)
    assert all(cell.level is None for cell in measured[0] if not cell.present)


def test_no_level_is_surer_than_it_is_right(measured: tuple[list[Judged], list[Case]]) -> None:
    rows = level_table(measured[0])
    assert sum(size for _, size, _, _ in rows) == len(with_level(measured[0]))
    assert len(rows) >= 2
    for name, size, mean, right in rows:
        error = 3 * (mean * (1 - mean) / size) ** 0.5
        assert right >= mean - error, name
        assert right <= mean + 0.12 + error, name  # nor much less sure than it could be
    unsure = [cell for cell in measured[0] if cell.present and cell.level is None]
    assert unsure
    assert all((cell.level_confidence or 0) < 0.8 for cell in unsure)


def test_with_the_table_alone_the_confidence_drops() -> None:
    for seed in (3, 8):
        made = case(seed)
        cells = [f for f in made.facts if isinstance(f, WitnessFact) and f.source == "cell"]
        alone = reconcile(cells, trust())
        whole = reconcile(made.facts, trust(), earlier=made.earlier)
        assert len(alone.cells) == len(whole.cells)
        filled = {c.cluster for c in alone.cells if alone.tables[c.cluster] == "甲"}
        mean = {
            name: sum(c.confidence for c in layout.cells if c.cluster in filled)
            / sum(c.cluster in filled for c in layout.cells)
            for name, layout in (("alone", alone), ("whole", whole))
        }
        assert mean["alone"] < 0.85
        assert mean["whole"] > 0.95
        # What it still claims to know, it knows.
        sure = [cell for cell in judged(made, alone) if cell.confidence > 0.95]
        assert not sure or share(cell.right for cell in sure) >= 0.95


@pytest.mark.parametrize("source", ["map_list", "map_count", "row_total", "column_total", "box"])
def test_no_single_witness_is_needed(source: str) -> None:
    """Without any one kind of witness most cells are still right, and the lost knowledge shows."""
    made = case(5)
    left = [
        fact
        for fact in made.facts
        if not (isinstance(fact, WitnessFact) and fact.source == source)
        and not (isinstance(fact, LayoutFact) and source == "box")
    ]
    layout = reconcile(left, trust(), earlier=made.earlier)
    whole = reconcile(made.facts, trust(), earlier=made.earlier)
    assert share(cell.right for cell in judged(made, layout)) >= 0.85
    assert sum(c.opposite for c in layout.cells) < sum(c.opposite for c in whole.cells)


def test_the_same_facts_give_the_same_layout_in_any_order_of_kinds() -> None:
    made = case(2)
    one = reconcile(made.facts, trust(), earlier=made.earlier)
    again = reconcile(made.facts, trust(), earlier=made.earlier)
    assert one == again
    by_kind = itertools.groupby(sorted(made.facts, key=lambda f: f.kind), key=lambda f: f.kind)
    other = reconcile([fact for _, group in by_kind for fact in group], trust(), earlier=made.earlier)
    assert [(c.present, c.level, c.confidence) for c in other.cells] == [
        (c.present, c.level, c.confidence) for c in one.cells
    ]
