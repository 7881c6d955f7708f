"""The bundled star tables reconciled: counts hold, the ledger knows what is wrong with them, and it is quick."""

import re
import time
from pathlib import Path

import pytest

from graph.stars.contradictions import KINDS
from graph.stars.layout import Layout
from graph.stars.reconcile import reconcile
from graph.stars.table import sign
from ontology.facts import WitnessFact
from tests.graph.stars import samples
from tests.graph.stars.measure import trust


def said(source: str) -> list[WitnessFact]:
    return [fact for fact in samples.plan() if isinstance(fact, WitnessFact) and fact.source == source]


def cities_of(layout: Layout, cluster: str) -> int:
    return sum(cell.present for cell in layout.cells if cell.cluster == cluster)


def clusters_of(layout: Layout, table: str, city: str) -> int:
    return sum(c.present for c in layout.cells if c.city == city and layout.tables[c.cluster] == table)


def test_every_cell_of_twenty_by_twenty_one_is_held() -> None:
    layout = samples.bundled()
    assert (len(layout.clusters), len(layout.cities), len(layout.cells)) == (20, 21, 420)
    assert len({(cell.cluster, cell.city) for cell in layout.cells}) == 420
    assert not layout.problems
    assert sum(cell.confidence > 0.95 for cell in layout.cells) >= 0.8 * 420


def test_all_row_totals_hold() -> None:
    layout = samples.bundled()
    totals = said("row_total")
    assert len(totals) == 20
    assert {(f.cluster, f.value) for f in totals} == {(k, cities_of(layout, k)) for k in layout.clusters}


def test_all_bracketed_counts_hold() -> None:
    layout = samples.bundled()
    counts = said("map_count")
    assert len(counts) == 47
    for fact in counts:
        held = cities_of(layout, fact.cluster) if fact.cluster else clusters_of(layout, fact.table, fact.city or "")
        assert held == fact.value, fact.evidence.span.quote


def test_the_bottom_rows_hold_after_alignment() -> None:
    """Read in order, the figures are the held counts with at most two of them lost and one put in, for each table."""
    layout = samples.bundled()
    for table, lost, extra in (("pillar", 1, 1), ("emerging", 1, 0)):
        figures = [fact.value for fact in said("column_total") if fact.table == table]
        held = [clusters_of(layout, table, city) for city in layout.cities]
        best = [[0] * (len(held) + 1) for _ in range(len(figures) + 1)]
        for i, figure in enumerate(figures):
            for j, value in enumerate(held):
                best[i + 1][j + 1] = max(best[i][j + 1], best[i + 1][j], best[i][j] + (figure == value))
        common = best[-1][-1]
        assert len(held) - common <= lost + 1
        assert len(figures) - common <= extra + 1


def test_it_takes_less_than_five_seconds() -> None:
    facts, earlier, believed = samples.plan(), samples.opinion(), trust()
    start = time.process_time()  # other tests run beside this one
    layout = reconcile(facts, believed, edition=samples.EDITION, earlier=earlier)
    assert time.process_time() - start < 5
    assert layout == samples.bundled()


def test_levels_are_stated_only_where_the_print_asserts_them() -> None:
    layout = samples.bundled()
    filler = [c for c in layout.cells if layout.tables[c.cluster] == "pillar" and c.level == 2]
    assert filler == []
    assert {c.level for c in layout.cells if layout.tables[c.cluster] == "emerging"} == {None, 1, 2, 3}
    assert all(c.level is None for c in layout.cells if not c.present)
    unsure = [c for c in layout.cells if c.level_confidence is not None and c.level_confidence < 0.8]
    assert any(0.6 < (c.level_confidence or 0) < 0.8 for c in unsure)
    assert all(c.level is None for c in unsure)
    for cell in layout.cells:
        if layout.tables[cell.cluster] == "pillar" and cell.level is not None:
            own = [v.fact.value for v in cell.supports if isinstance(v.fact, WitnessFact) and v.fact.source == "cell"]
            assert own == [{3: 4, 1: 1}[cell.level]]


def test_the_ledger_holds_what_is_known_to_be_wrong() -> None:
    layout = samples.bundled()
    kinds = {name: [c for c in layout.ledger if c.kind == name] for name in KINDS}
    assert {c.kind for c in layout.ledger} <= KINDS.keys()
    # Eight rows of the pillar table contradict their total, all full of stars; the emerging table lost cells.
    assert len(kinds["filled"]) == 8
    assert len(kinds["row_sum"]) == 17
    assert {len(layout.tables[c.cluster or ""]) for c in kinds["filled"]} == {len("pillar")}
    assert len(kinds["scale"]) == 2
    assert any("20 个数，表头有 21 个城市" in c.message for c in kinds["totals_row"])
    assert kinds["column_lost"]
    assert {c.city for c in kinds["count_list"]} >= {"云浮", "珠海", "汕头", "湛江", "韶关", "惠州", "中山"}
    assert len(kinds["list_stars"]) > 25


def test_the_notes_say_what_happened_to_the_tables() -> None:
    filled, lost = samples.bundled().notes
    assert filled == "战略性支柱产业集群：10 行的空格被填满，与填充相同的星不作数"
    shares = [int(n) for n in re.findall(r"(\d+)%", lost)]
    assert lost.startswith("战略性新兴产业集群：可能漏印的列是中山（")
    assert shares == sorted(shares, reverse=True)
    assert 90 <= sum(shares) <= 101


def test_what_a_bottom_row_lost_and_gained_accounts_for_its_length() -> None:
    entries = [c for c in samples.bundled().ledger if c.kind == "totals_row"]
    for line, table in zip(sorted({c.line for c in entries}), ("pillar", "emerging"), strict=True):
        figures = sum(fact.table == table for fact in said("column_total"))
        lost = [c.city for c in entries if c.line == line and "漏印" in c.message]
        extra = [c for c in entries if c.line == line and "不属于任何城市" in c.message]
        assert figures == 21 - len(lost) + len(extra)
        assert len(lost) == 1
        assert len({c.quote for c in extra}) == len(extra)


def test_every_entry_of_the_ledger_quotes_its_line() -> None:
    lines = (samples.DATA / "documents" / samples.COMPENDIUM).read_bytes().decode().split("\n")
    for entry in samples.bundled().ledger:
        assert entry.file == samples.COMPENDIUM
        assert entry.quote.split("\n")[0] in lines[entry.line - 1], entry
        assert re.search("[一-鿿]", entry.message)
        for _, line, quote in entry.others:
            assert quote.split("\n")[0] in lines[line - 1]


@pytest.mark.parametrize("cluster", ["超高清视频显示", "安全应急与环保"])
def test_a_cell_tells_who_supports_and_opposes_it(cluster: str) -> None:
    layout = samples.bundled()
    for city in layout.cities:
        cell = layout.cell(cluster, city)
        assert cell is not None
        assert cell.supports
        for voice in cell.supports:
            assert (voice.odds > 0) == cell.present
        for voice in cell.opposes:
            assert (voice.odds > 0) != cell.present
        for voice in (*cell.supports, *cell.opposes, *cell.silent):
            assert voice.silence == ("未点名" in voice.says or "未列此集群" in voice.says)
        assert cell.rival[0] == (cluster, city)
        assert sign(cell).startswith(("★", "●")) == cell.present


def test_nothing_in_the_code_names_a_cell() -> None:
    """No module that reads, reconciles or shows stars, and no data file of theirs but the overrides, knows a name."""
    names = [*samples.bundled().clusters, *samples.bundled().cities]
    root = Path(samples.__file__).parents[3]
    modules = [
        *root.glob("graph/stars/*.py"),
        *(root / "loaders/layout" / f"{n}.py" for n in ("star_tables", "witnesses")),
    ]
    modules += [root / "clusteratlas" / name for name in ("layout.py", "matrix.py")]
    texts = {str(path.relative_to(root)): path.read_text("utf-8") for path in modules}
    texts["reliability.toml"] = (samples.DATA / "reliability.toml").read_text("utf-8")
    assert len(texts) > 10
    assert [(file, name) for file, text in texts.items() for name in names if name in text] == []
    assert (samples.DATA / "overrides" / "stars.csv").read_text("utf-8").count("\n") == 1


def test_four_stars_and_three_are_one_level() -> None:
    """Both tables have core cities, and the same ones lead both."""
    layout = samples.bundled()
    cores = {
        table: {c.city for c in layout.cells if c.level == 3 and layout.tables[c.cluster] == table}
        for table in ("pillar", "emerging")
    }
    assert len(cores["pillar"] & cores["emerging"]) >= 3
    printed = {f.value for f in said("cell") if f.table == "pillar"}
    assert 4 in printed
    assert 3 not in printed


def test_a_cell_that_slid_says_where_it_is_printed() -> None:
    layout = samples.bundled()
    order = {city: str(k) for k, city in enumerate(layout.cities, 1)}
    seen = set()
    for cell in layout.cells:
        for voice in (*cell.supports, *cell.opposes, *cell.silent):
            fact = voice.fact
            if isinstance(fact, WitnessFact) and fact.source == "cell":
                moved = fact.column != order[cell.city]
                assert (f"印在第 {fact.column} 列，对位后属{cell.city}" in voice.says) == moved
                seen.add(moved)
    assert seen == {True, False}
