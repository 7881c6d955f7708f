"""Every row of every industry analysis leads to evidence that exists and names what the row is about."""

import json
from collections.abc import Iterable
from pathlib import Path

import click
import docx
import openpyxl
import pytest
from click.testing import CliRunner, Result

from clusteratlas import Atlas, industry
from clusteratlas.cli import cli
from ontology.errors import UsageError
from ontology.vocabulary import vocabulary
from queries.index import Basis, Index
from queries.industry import chain_table, compare, gap_table, gaps, measures, related
from queries.industry.chain import chain
from queries.table import Table

COMMANDS = {
    "gaps": industry.gaps,
    "chain": industry.chain,
    "related": industry.related,
    "compare": industry.compare,
}
CITIES = [city.id for city in vocabulary().cities]
CLUSTERS = [cluster.id for cluster in vocabulary().clusters_of()]


def names(index: Index, things: Iterable[str]) -> set[str]:
    """Every name under which a document may print the things."""
    found = set()
    for thing in things:
        properties = index.node(thing).properties
        others = properties.get("aliases", ())
        found |= {str(properties["name"]), *(others if isinstance(others, tuple) else ())}
    return found


def follow(index: Index, evidence: Iterable[Basis], things: Iterable[str]) -> None:
    """The evidence exists, is quoted as the graph has it, and some of it names one of the things."""
    evidence = list(evidence)
    wanted = names(index, things)
    assert evidence, wanted
    for one in evidence:
        node = index.tables.by_id[one.id]
        assert node.cls == "Evidence"
        assert (one.quote, one.cite) == (node.properties["quote"], node.properties["cite"])
        assert one.line >= 1
        assert one.file.endswith(".txt")
    said = "".join(
        str(index.node(one.id).properties.get(key, "")) for one in evidence for key in ("quote", "text", "section")
    )
    assert any(name in said for name in wanted), (wanted, said)


def complete(table: Table) -> None:
    """Every row of the table has evidence, and as many values as there are columns."""
    for record in table.records():
        assert record["evidence"], record


quiet = pytest.mark.filterwarnings("error")
"""A warning of the software is a fault."""


@pytest.fixture(scope="module")
def index(bundled_atlas: Atlas) -> Index:
    return bundled_atlas.index()


@quiet
def test_gaps_of_every_city_and_cluster_lead_to_evidence(index: Index) -> None:
    for arguments in (*((city, None) for city in CITIES), *((None, cluster) for cluster in CLUSTERS)):
        found = gaps.gaps(index, *arguments)
        assert {gap.stage for gap in found} >= {"documents", "firms"}
        for gap in found:
            follow(index, gap.evidence, [one for one in (gap.thing, gap.cluster, gap.city) if one])
            assert gap.score.value is None or 0 <= gap.score.value <= 1
            assert (gap.score.value is None) == (gap.status == gaps.NO_DATA)
            assert bool(gap.plan.evidence) == (gap.plan.status in ("yes", "part"))
            if gap.plan.status == "yes":
                follow(index, gap.plan.evidence, [gap.thing])
            if gap.plan.status == "part":
                said = "".join(one.quote for one in gap.plan.evidence)
                assert any(name[at : at + 3] in said for name in names(index, [gap.thing]) for at in range(len(name)))
        complete(gap_table.table(index, found))


@quiet
def test_relatedness_of_every_city_and_cluster_leads_to_evidence(index: Index) -> None:
    for arguments in ((None, None), *((city, None) for city in CITIES), *((None, cluster) for cluster in CLUSTERS)):
        found = related.related(index, *arguments)
        assert len(found) >= 25
        for one in found:
            follow(index, one.evidence, (one.subject, one.other))
        complete(related.table(index, found))


@quiet
def test_the_chain_of_every_cluster_leads_to_evidence(index: Index) -> None:
    for cluster in CLUSTERS:
        found = chain(index, cluster)
        actions = measures.measures(found)
        assert found.stages
        for stage in found.stages:
            follow(index, stage.evidence, (stage.thing, *found.clusters, *stage.named.cities))
        for layered in (*found.upstream, *found.downstream):
            about = (*found.clusters, *CLUSTERS) if layered.steps > 1 else found.clusters
            follow(index, layered.evidence, (layered.thing, *layered.before, *about, *layered.named.cities))
        for place in found.places:
            follow(index, place.evidence, (place.upstream, place.downstream, *found.clusters))
        for action in actions:
            firms = [node.id for node in index.of("Company")] if action.thing == cluster else []
            follow(index, action.evidence, (action.thing, *found.clusters, *action.cities, *firms))
        complete(chain_table.table(found, actions))


@quiet
def test_the_chain_of_every_subsector_and_of_many_products_leads_to_evidence(index: Index) -> None:
    things = [node.id for node in index.of("Subsector")] + [node.id for node in index.of("Product")][::30]
    for thing in things:
        found = chain(index, thing)
        complete(chain_table.table(found, measures.measures(found)))
        assert all(stage.evidence for stage in found.stages), thing


@quiet
def test_comparisons_of_neighbouring_cities_and_clusters_lead_to_evidence(index: Index) -> None:
    for group in (CITIES, CLUSTERS):
        for i in range(0, len(group), 5):
            chosen = group[i : i + 5]
            if len(chosen) < 2:
                chosen = group[-2:]
            lines = compare.compare(index, chosen)
            assert len(lines) > 20
            for line in lines:
                firms = [node.id for node in index.of("Company")] if line.part == "firms" else []
                about = CLUSTERS if group is CITIES else CITIES
                follow(index, line.evidence, (*chosen, *firms, *(k for k in about if index.name(k) == line.item)))
            complete(compare.table(index, chosen, lines))


def invoke(graph: Path, *words: str) -> Result:
    """One of the commands, in this process."""
    name, *rest = words
    return CliRunner().invoke(COMMANDS[name], rest, obj=graph, standalone_mode=False)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("gaps",), "--city"),
        (("gaps", "--city", "东完"), "相近的有：东莞"),
        (("gaps", "--cluster", "新能原"), "新能源"),
        (("chain", "工业软"), "工业软件"),
        (("chain", "汽车", "--steps", "9"), "9"),
        (("related", "--city", "广深"), "深圳"),
        (("compare", "东莞"), "2 至 10"),
        (("compare", "东莞", "汽车"), "不能放在一张"),
    ],
)
def test_wrong_input_is_answered_with_what_was_meant(
    bundled_graph: Path, arguments: tuple[str, ...], said: str
) -> None:
    done = invoke(bundled_graph, *arguments)
    assert isinstance(done.exception, UsageError | click.UsageError), done.output
    assert done.exception.exit_code == 2
    assert said in str(done.exception)
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "key"),
    [
        (("gaps", "--city", "东莞", "--stage", "documents", "--limit", "2"), "status"),
        (("chain", "工业软件"), "part"),
        (("related", "--cluster", "汽车"), "value"),
        (("compare", "东莞", "惠州"), "huizhou"),
    ],
)
def test_the_commands_answer_in_json_without_a_word_on_stderr(
    bundled_graph: Path, arguments: tuple[str, ...], key: str
) -> None:
    done = invoke(bundled_graph, *arguments, "--format", "json")
    assert (done.exception, done.stderr) == (None, "")
    rows = json.loads(done.stdout)
    assert all(key in row and row["evidence"][0]["quote"] for row in rows)
    if arguments[0] == "gaps":
        assert len(rows) == 2


def test_the_commands_are_those_of_the_command_line() -> None:
    context = click.Context(cli)
    for name, command in COMMANDS.items():
        assert cli.get_command(context, name) is command


@pytest.mark.parametrize("words", [("gaps", "--city", "东莞", "--limit", "3"), ("compare", "东莞", "惠州")])
def test_tables_as_word_and_excel_have_title_headings_and_notes(
    bundled_graph: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    for form in ("docx", "xlsx"):
        done = invoke(bundled_graph, *words, "--format", form, "-o", str(tmp_path / f"table.{form}"))
        assert done.exception is None
    page = openpyxl.load_workbook(tmp_path / "table.xlsx").active
    assert page is not None
    cells = [str(cell) for row in page.iter_rows(values_only=True) for cell in row if cell is not None]
    said = docx.Document(str(tmp_path / "table.docx"))
    paragraphs = [paragraph.text for paragraph in said.paragraphs]
    headings = [cell.text for table in said.tables for cell in table.rows[0].cells]
    for text in (cells, paragraphs):
        assert any(one.startswith("东莞") for one in text)
        assert any(one.startswith("注：") for one in text)
    assert headings[:2] == ["序号", "类别"]
    assert "依据" in headings
    assert {"序号", "类别", "依据"} <= set(cells)
