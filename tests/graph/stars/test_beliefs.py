"""What each kind of witness alone says, and what is inferred about tables, bottom rows and boxes."""

from collections.abc import Sequence

import numpy as np
import pytest

from graph.stars.beliefs import Beliefs, beliefs
from graph.stars.reconcile import reconcile
from graph.stars.voices import Speakers
from graph.stars.witnesses import Sheet, sheets
from ontology.facts import Fact, LayoutFact, WitnessFact
from tests.graph.stars.generate import Case, Rates, case
from tests.graph.stars.measure import trust
from tests.graph.stars.samples import CITIES, CLUSTERS, page, read


def clean(seed: int, size: tuple[int, int, int] = (8, 14, 10), **damage: object) -> Case:
    """A layout whose print has only the damage given (the first table is always filled)."""
    none = dict.fromkeys(Rates.__dataclass_fields__, 0.0)
    return case(seed, size, rates=Rates(**{**none, "density": 0.55, "column_lost": False, **damage}))  # type: ignore[arg-type]


def only(made: Case, *sources: str) -> list[Fact]:
    return [f for f in made.facts if isinstance(f, WitnessFact) and f.source in sources]


def sheet_of(facts: Sequence[Fact], earlier: Sequence[Fact] = (), table: str = "乙") -> tuple[Sheet, Beliefs]:
    sheet = next(one for one in sheets(facts, earlier)[0] if one.name == table)
    return sheet, beliefs(sheet, trust())


def test_each_list_says_what_it_has_and_what_it_lacks() -> None:
    made = clean(1)
    sheet, found = sheet_of(only(made, "cell", "map_list"))
    odds = found.by_witness["map_list"]
    with_list = np.broadcast_to(sheet.has_list, sheet.shape)
    assert (odds[sheet.listed] > 3).all()
    assert (odds[~sheet.listed & with_list] < -3).all()
    assert (odds[~with_list] == 0).all()
    some = [f for f in made.facts if not (isinstance(f, WitnessFact) and f.source == "map_list" and f.city == "市003")]
    sheet, found = sheet_of(some)
    silent = found.by_witness["map_list"][:, sheet.cities.index("市003")]
    assert (silent == 0).all()


def test_the_edition_before_speaks_for_what_it_names_and_softly_against_the_rest() -> None:
    made = clean(2)
    sheet, found = sheet_of(made.facts, made.earlier)
    odds = found.by_witness["earlier"]
    named = sheet.before
    assert named.any()
    assert (odds[named] > 1).all()
    assert (odds[~named] < 0).all()
    assert odds[named].min() > 2 * -odds[~named].min()
    alone, without = sheet_of(made.facts)
    assert not alone.before.any()
    assert (without.by_witness["earlier"] == 0).all()


def test_a_box_is_believed_as_far_as_it_agrees_with_the_others() -> None:
    made = clean(3, box_lost=0.0, box_added=0.0)
    sheet, found = sheet_of(made.facts)
    good = found.by_witness["box"]
    named = sheet.named > 0
    assert (good[named] > 0).all()
    assert (good[~named] < 0).all()
    noisy = [f for f in made.facts if not isinstance(f, LayoutFact)]
    example = next(f for f in made.facts if isinstance(f, LayoutFact))
    absent = [key for key, level in made.truth.items() if level == 0 and key[0].startswith("乙")]
    crowd = [
        LayoutFact(
            cluster=k, city=c, subsector="领域0", region=None, role="key", products=(), open_list=True, evidence=example.evidence
        )
        for k, c in absent
    ]  # fmt: skip
    boxes = [f for f in made.facts if isinstance(f, LayoutFact)]
    _, poor = sheet_of([*noisy, *boxes, *crowd])
    assert abs(poor.by_witness["box"]).mean() < 0.5 * abs(good).mean()
    # A box that names outsiders only is worth nothing, and proves nothing against those that it names.
    sheet, inverse = sheet_of([*noisy, *crowd])
    assert (inverse.by_witness["box"][sheet.named > 0] >= 0).all()
    assert (inverse.by_witness["box"][sheet.named == 0] <= 0).all()


@pytest.mark.parametrize(("lost", "added"), [(0.0, 0.0), (0.5, 0.0), (0.2, 0.3)])
def test_how_much_a_box_names_is_learnt_from_its_cities(lost: float, added: float) -> None:
    """The share of a box moves half way to what is seen once as many cities are seen as the prior weighs."""
    made = clean(3, box_lost=lost, box_added=added)
    sheet, found = sheet_of(made.facts)
    truth = np.array([[made.truth[k, city] > 0 for city in sheet.cities] for k in sheet.clusters])
    named, odds = sheet.named > 0, found.by_witness["box"]
    one = trust()
    compared = 0
    for row, told, of in zip(truth, named, odds, strict=True):
        if row.all() or not row.any() or told.all() or not told.any():
            continue
        # From the odds of naming and of silence back to the two shares.
        says, silent = np.exp(of[told][0]), np.exp(of[~told][0])
        outside = (1 - silent) / (says - silent)
        for share, prior, seen in ((says * outside, one.box_kept, told[row]), (outside, one.box_added, told[~row])):
            moved = len(seen) / (len(seen) + one.box_weight)
            assert share == pytest.approx((1 - moved) * prior + moved * seen.mean(), abs=0.03)
        compared += 1
    assert compared >= 5


@pytest.mark.parametrize("seed", range(4))
def test_a_lost_column_is_found_or_left_open(seed: int) -> None:
    """Where the table lost a column the sets that are weighed hold it, or one that prints the same."""
    made = clean(40 + seed, column_lost=True)
    sheet, found = sheet_of(made.facts)
    assert found.print is not None
    assert all(len(columns) == 1 for columns in found.slips.lost)
    assert sum(found.slips.weight) == pytest.approx(1)
    for columns in found.slips.lost:
        k = min(columns)
        rows = [[made.truth[cluster, city] for city in sheet.cities] for cluster in sheet.clusters]
        wrong = sum(
            a != b
            for row, printed in zip(rows, sheet.printed.tolist(), strict=True)
            for a, b in zip([*row[:k], *row[k + 1 :], 0], printed, strict=True)
        )
        assert wrong <= 0.1 * len(sheet.cities) * len(sheet.clusters)
    whole = clean(40 + seed)
    assert sheet_of(whole.facts)[1].slips.lost == (frozenset(),)


@pytest.mark.parametrize("seed", range(4))
def test_a_column_that_is_not_printed_has_no_level(seed: int) -> None:
    """What its neighbours print is theirs: every level stays as likely as any other."""
    sheet, found = sheet_of(clean(40 + seed, column_lost=True).facts)
    assert found.print is not None
    (columns,) = [lost for lost, weight in zip(found.slips.lost, found.slips.weight, strict=True) if weight > 0.95]
    unprinted = [sheet.home[k] for k in columns]
    assert found.print.levels[:, unprinted] == pytest.approx(1 / 3, abs=0.02)
    printed = np.delete(found.print.levels.max(axis=2), unprinted, axis=1)
    assert (printed > 0.8).any()


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("table", ["甲", "乙"])
def test_whether_the_rows_of_a_table_slide_is_inferred(table: str, seed: int) -> None:
    stands, slides = (sheet_of(clean(60 + seed, slid=slid).facts, table=table)[1].slips for slid in (0.0, 0.6))
    assert stands.standing < 0.25
    assert slides.standing > 0.75


@pytest.mark.parametrize("seed", range(4))
def test_where_no_row_slid_every_star_that_is_no_filler_gives_its_level(seed: int) -> None:
    """Also in the middle of a row and in a filled table: that the other rows stand speaks for this one."""
    made = clean(60 + seed)
    layout = reconcile(made.facts, trust())
    own = [(cell, made.truth[cell.cluster, cell.city]) for cell in layout.cells if layout.tables[cell.cluster] == "甲"]
    printed = [(cell, level) for cell, level in own if level and made.printed[cell.cluster, cell.city] != 2]
    assert len(printed) > 20
    assert [cell.level for cell, _ in printed] == [level for _, level in printed]


@pytest.mark.parametrize("seed", range(4))
def test_a_stray_star_of_a_filled_row_says_no_more_than_another_star(seed: int) -> None:
    made = clean(80 + seed, cell_added=0.1)
    said = {}
    for table in ("甲", "乙"):
        sheet, found = sheet_of(made.facts, table=table)
        said[table] = [
            float(found.by_witness["cell"][i, j])
            for i, cluster in enumerate(sheet.clusters)
            for j, city in enumerate(sheet.cities)
            if made.printed[cluster, city] in (1, 3)
        ]
    assert 2 < max(said["甲"]) <= max(said["乙"])


def test_filled_rows_are_known_from_rows_that_are_not() -> None:
    made = clean(5)
    for table, filled in (("甲", True), ("乙", False)):
        _, found = sheet_of(made.facts, table=table)
        assert found.print is not None
        assert ((found.print.filled > 0.5) == filled).all()


def test_figures_of_a_bottom_row_find_their_cities() -> None:
    facts = read(page(bottom=(3, 3, 2, 2, 1)))
    sheet = sheets(facts)[0][0]
    found = beliefs(sheet, trust())
    best = [sheet.cities[int(found.totals[:, k].argmax())] for k in range(5)]
    assert best == ["广州", "深圳", "珠海", "东莞", "惠州"]
    assert found.totals[CITIES.index("佛山")].sum() < 0.2
    extra = beliefs(sheets(read(page(bottom=(3, 3, 1, 2, 3, 2, 1))))[0][0], trust())
    assert extra.totals[:, 2].sum() < 0.5
    assert found.totals[:, 2].sum() > 0.9


def test_a_figure_that_fits_two_cities_speaks_for_one_of_them() -> None:
    """Two equal figures, one of them put in: each city hears one figure of the bottom row, and no figure speaks twice."""
    for bottom in ((3, 3, 2, 2, 2, 2, 1), (3, 3, 3, 2, 3, 2, 1), (3, 3, 2, 3, 2, 1)):
        sheet = sheets(read(page(bottom=bottom)))[0][0]
        speakers = Speakers(sheet, beliefs(sheet, trust()))
        heard = [
            [voice.id for voice in speakers.voices(0, j) if "合计行" in voice.says] for j in range(len(sheet.cities))
        ]
        assert all(len(one) <= 1 for one in heard), bottom
        said = [voice for one in heard for voice in one]
        assert len(said) == len(set(said)) >= 4, bottom


def test_every_printed_count_is_a_claim_of_its_cluster_or_city() -> None:
    made = clean(7)
    counts = only(made, "row_total", "map_count")
    found = list(sheets(made.facts)[0])
    rows = [(one.fact.source, sheet.clusters[one.index]) for sheet in found for one in sheet.row_claims]
    columns = [(sheet.name, sheet.cities[one.index]) for sheet in found for one in sheet.column_claims]
    said = [f for f in counts if isinstance(f, WitnessFact)]
    assert sorted(rows) == sorted((f.source, f.cluster) for f in said if f.cluster)
    assert sorted(columns) == sorted((f.table, f.city) for f in said if f.city)
    assert {source for source, _ in rows} == {"row_total", "map_count"}


def test_a_count_that_cannot_be_right_weighs_little() -> None:
    sheet = sheets(read(page(counts={"广州": 4}, totals={"新能源": 6})))[0][0]
    found = beliefs(sheet, trust())
    for count in (*found.rows, *found.columns):
        wrong = count.claim.value == 6 or (count.claim.value == 4 and count.claim.fact.source == "map_count")
        assert (count.weight < 0.5) == wrong, count


@pytest.mark.parametrize(("totals", "agree"), [(6, True), (0, False)])
def test_counts_of_clusters_and_of_cities_vouch_for_each_other(totals: int, agree: bool) -> None:
    """Cells that say nothing, all cities counted with every cluster; the row totals say the same, or the contrary."""
    text = page(
        rows=dict.fromkeys(CLUSTERS, (2,) * 6),
        totals=dict.fromkeys(CLUSTERS, totals),
        bottom=(4,) * 6,
        counts=dict.fromkeys(CITIES, 4),
    )
    facts = [f for f in read(text) if isinstance(f, WitnessFact) and f.source != "map_list"]
    for kept in ({"column_total"}, {"map_count"}):
        some = [f for f in facts if f.source in {"cell", "row_total"} | kept]
        found = beliefs(sheets(some)[0][0], trust())
        assert {one.claim.fact.source for one in found.columns} == kept
        assert all((one.right > 0.95) == agree for one in (*found.rows, *found.columns)), kept


def test_a_figure_that_may_belong_to_two_cities_weighs_for_one_only_as_far_as_it_is_its_own() -> None:
    found = beliefs(sheets(read(page(bottom=(3, 2, 3, 2, 1))))[0][0], trust())
    figures = [one for one in found.columns if one.claim.fact.source == "column_total"]
    right = trust().column_total_right
    open_ones = [one for one in figures if one.aligned < 0.9]
    assert [one.claim.index for one in open_ones] == [CITIES.index("广州")]  # or 深圳: one of their 3s is lost
    for one in figures:
        assert one.right <= one.aligned
        assert 0 < one.weight <= np.log(right / (1 - right)) * one.aligned


def test_stars_of_no_defined_scale_still_speak_for_the_place() -> None:
    sheet = sheets(read(page(rows={"新能源": (5, 2, 0, 1, 0, 1)})))[0][0]
    found = beliefs(sheet, trust())
    assert found.by_witness["cell"][0, 0] > 1.5
    assert found.by_witness["cell"][0, 2] < -1.5


def test_a_star_weighs_more_in_a_row_of_blanks_than_in_a_filled_one() -> None:
    made = clean(6)
    cells = {}
    for table in ("甲", "乙"):
        sheet, found = sheet_of(made.facts, table=table)
        cells[table] = found.by_witness["cell"][(sheet.printed == 2) & np.isfinite(found.odds)]
    assert cells["甲"].max() < 0.5
    assert cells["乙"].min() > 1.5
