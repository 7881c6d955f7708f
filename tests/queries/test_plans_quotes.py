"""The quotes of every row about plans say what the row is about: the figure, the task, the day, the policy."""

import re
from datetime import date

import pytest

from clusteratlas import Atlas
from graph.evidence import texts_of
from graph.tables import Node
from ontology.vocabulary import vocabulary
from queries.index import Index
from queries.plans import align, calendar, lineage, monitor, policies, tasks
from queries.plans.find import held, policy_of
from queries.table import Table

PLANS = (
    ("粤工信电子〔2020〕138号", "东莞市发展新一代电子信息战略性支柱产业集群行动计划"),
    ("粤府〔2021〕53号", "东莞市发展新一代电子信息战略性支柱产业集群行动计划"),
    ("粤府〔2021〕53号", "粤工信电子〔2020〕138号"),
)
Record = dict[str, object]


@pytest.fixture(scope="module")
def index(bundled_atlas: Atlas) -> Index:
    return bundled_atlas.index()


def flat(text: object) -> str:
    return re.sub(r"[\s《》〈〉]", "", str(text))


def said(index: Index, row: Record, *keys: str) -> str:
    """What the evidence of a row says, each of which exists and is quoted as the graph has it."""
    found = []
    assert row["evidence"], row
    for one in rows_of(row["evidence"]):
        node = index.tables.by_id[str(one["id"])]
        assert (node.cls, node.properties["quote"]) == ("Evidence", one["quote"])
        found += [flat(node.properties.get(key, "")) for key in keys]
    return "".join(found)


def rows_of(value: object) -> list[Record]:
    assert isinstance(value, list)
    return value


def quotes(index: Index, row: Record) -> str:
    return said(index, row, "quote", "text")


def cites(row: Record) -> str:
    return flat("".join(str(one["cite"]) for one in rows_of(row["evidence"])))


def names(node: Node) -> set[str]:
    """The names of a node, those of agencies also without the province (科技厅 for 省科技厅)."""
    aliases = node.properties.get("aliases", ())
    known = {str(node.properties["name"]), *(aliases if isinstance(aliases, tuple) else ())}
    return {flat(short) for name in known for short in (name, name[1:], name[2:]) if len(short) > 2}


def made(table: Table) -> list[Record]:
    assert table.rows
    return table.records()


def test_a_target_is_quoted_with_its_figure_and_what_it_is_of(index: Index) -> None:
    for row in made(monitor.monitor(index)):
        quoted = quotes(index, row)
        figure = re.search(r"\d[\d.]*", str(row["target"]))
        assert figure is not None
        # 百万家, 十万家 and 万家 have no digits.
        assert figure[0] in quoted or re.search("(^|[百十])万家", quoted), (row["target"], quoted)
        subject = [flat(word) for word in (row["subject"], row["cluster"], row["indicator"]) if word]
        assert any(word in said(index, row, "quote", "text", "section") for word in subject), row["indicator"]
        assert any(word in quoted for word in (flat(row["indicator"])[-4:], flat(row["indicator"])[:4])), row


def test_a_task_is_quoted_with_its_words_and_its_agencies(index: Index) -> None:
    for row in made(tasks.tasks(index)):
        quoted = quotes(index, row)
        assert flat(row["name"])[:8] in quoted, row["name"]
        node = index.node(str(row["task"]))
        added = node.properties.get("inherited", ())
        agencies = [one for way in ("ledBy", "sharedBy") for one in index.out(node.id, way)]
        printed = [one for one in agencies if one.properties["name"] not in (added if isinstance(added, tuple) else ())]
        named = [one for one in printed if any(name in quoted for name in names(one))]
        assert named or not printed, (row["name"], [one.id for one in printed], quoted)
        for lead in rows_of(row["lead"]) if isinstance(row["lead"], list) else ():
            stem = str(lead).partition("（")[0]
            assert stem in quoted or stem[1:] in quoted, (lead, quoted)


def test_a_day_is_quoted_from_the_text_of_its_policy(index: Index) -> None:
    span = date(2015, 1, 1), date(2036, 1, 1)
    for row in made(calendar.table_of(index, calendar.events(index, *span), *span)):
        policy = flat(str(row["policy"]).partition("（粤")[0])
        assert policy.partition("（")[0] in cites(row), row
        if row["what"] != "目标年末":
            year, month, _ = str(row["date"]).split("-")
            quoted = quotes(index, row)
            assert any(
                word in quoted for word in (year, f"{int(month)}月", "有效期", "年内有效", "每年", "起实施", "起施行")
            ), (row, quoted)


def test_a_comparison_is_quoted_with_the_thing_that_is_compared(index: Index, bundled_atlas: Atlas) -> None:
    texts = texts_of(bundled_atlas.build.path, index.tables)
    for upper, lower in PLANS:
        for row in made(align.align(index, policy_of(index, upper), policy_of(index, lower), texts)):
            quoted = said(index, row, "quote", "text", "section")
            item = [flat(word)[:5] for word in str(row["item"]).split()]
            assert any(word in quoted for word in item), (row["item"], quoted)


def test_a_policy_is_cited_from_its_own_text(index: Index) -> None:
    for row in made(policies.policies(index, day=date(2025, 3, 1))):
        assert flat(row["name"]) in cites(row), row
        for key in ("effective", "issued"):
            if row[key] is not None:
                year = str(row[key])[:4]
                assert year in quotes(index, row) or year in cites(row), (row["name"], key)


UNREACHED = {"粤府函〔2020〕82号"}
"""What the plan of 2021 rests on is a list longer than a quote may be, and this stands at its end."""


def test_a_step_of_a_lineage_is_quoted_with_the_other_policy(index: Index) -> None:
    steps = [
        row
        for policy in index.of("Policy")
        if held(policy)
        for row in lineage.lineage(index, policy).records()
        if row["depth"] != 0
    ]
    assert len(steps) > 100
    for row in steps:
        quoted = quotes(index, row)
        title = flat(row["name"]).removeprefix("中华人民共和国")
        pieces = [title[at : at + 8] for at in range(max(1, len(title) - 7))]
        number = flat(row["doc_number"] or "-")
        assert number in quoted or row["doc_number"] in UNREACHED or any(one in quoted for one in pieces), row["tree"]


@pytest.mark.parametrize("code", [city.code for city in vocabulary().cities])
def test_what_falls_to_a_city_names_the_city_or_every_city(index: Index, code: str) -> None:
    city = index.node(f"city/{code}")
    name = str(city.properties["name"])
    for row in made(tasks.tasks(index, city=city)):
        shown = "".join(str(row[key] or "") for key in ("lead", "shared"))
        quoted = "".join(said(index, row, "quote", "text", "section"))
        assert name in shown or name in quoted, row["name"]
