"""The command `match`: every city and cluster, formats, batches, sums, mistakes."""

import json
import random
import warnings
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from benchmarks.bench_match import written
from clusteratlas.matching import answered, given_options, match
from ontology.errors import AtlasError
from ontology.vocabulary import vocabulary
from queries.match.attributes import profile
from queries.match.ceiling import Amount
from queries.match.files import profiles
from queries.match.match import VERDICTS
from queries.match.table import records, sums, table
from queries.phrase import Phrase
from tests.queries.matching import index, matcher


def run(graph: Path, *arguments: str) -> Result:
    return CliRunner().invoke(match, list(arguments), obj=graph, standalone_mode=False)


def test_every_city_and_cluster_is_answered_without_a_warning() -> None:
    found = matcher()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for city in vocabulary().cities:
            for cluster in vocabulary().clusters_of():
                values = profile({"city": city.name, "cluster": cluster.name, "date": "2024-06-01"})
                answers = found.match(values)
                assert len(answers) == len(found.offers)
                for row in records([(None, values, answers)]).records():
                    assert row["verdict"] in VERDICTS
                    assert row["eligible"] != "yes", "a city and a cluster alone meet no rule in full"
                    assert row["eligible"] != "no" or row["unmet"], row
                    assert row["evidence"]


def test_every_row_leads_to_evidence_that_exists() -> None:
    values = profile({"city": "东莞", "equipment": "1000万元", "filed": "否", "date": "2024-06-01"})
    for row in records([(None, values, matcher().match(values))]).records():
        cited = [one["id"] for one in row["evidence"]]  # type: ignore[attr-defined]
        for part in ("met", "unmet", "unknown"):
            stated = [one for one in row[part] if "regions" in one]  # type: ignore[attr-defined]
            cited += [one["evidence"] for one in stated]
            assert all(one["what"] and one["title"] for one in row[part])  # type: ignore[attr-defined]
        assert all(index().has(one) and index().node(one).cls == "Evidence" for one in cited)


def test_people_see_what_pays_first_with_the_heading_of_a_ceiling() -> None:
    values = profile({"city": "河源", "equipment": "1000万元", "total-investment": "8亿元", "date": "2024-06-01"})
    shown = table([(None, values, matcher().match(values))])
    assert shown.title == "政策匹配：河源"
    assert [one.title for one in shown.columns][3] == "测算上限"
    order = [VERDICTS.index(str(row["verdict"])) for row in shown.records()]
    assert order == sorted(order)
    first = shown.records()[0]
    assert str(first["amount_max"]).startswith("300万元（不超过")
    assert first["arithmetic"] == "1000万元 × 30% = 300万元，不超过上限5000万元"
    assert "不是承诺" in shown.notes[1]
    assert shown.notes[0] == "按 2024-06-01 判断"
    assert "未获省财政资金支持（第八条 （一） 第3项）" in str(first["missing"])


def test_sums_add_by_city_and_by_whom_the_rules_pay() -> None:
    full = {"kind": "制造业企业", "registered": True, "clean_record": True, "filed": True, "in_statistics": True}
    full |= {"prior_provincial_funding": False, "date": "2024-06-01"}
    given = [
        full | {"city": "东莞", "equipment": "1000万元"},
        full | {"city": "东莞", "equipment": "2000万元"},
        full | {"city": "河源", "total_investment": "8亿元", "new_investment": "6亿元", "equipment": "100万元"},
    ]
    rows = [(str(n), values, matcher().match(values)) for n, values in enumerate(map(profile, given))]
    added = {(row["city"], row["beneficiary"]): row for row in sums(rows).records()}
    assert (added["东莞", "企业"]["yes"], added["东莞", "企业"]["yes_max"]) == (2, 6_000_000)
    assert (added["河源", "地级以上市政府"]["yes"], added["河源", "地级以上市政府"]["yes_max"]) == (1, 12_000_000)
    assert ("河源", "企业") not in added, "below the threshold nothing is added"


def test_the_command_prints_every_row_as_json(bundled_graph: Path) -> None:
    result = run(
        bundled_graph,
        "--city",
        "东莞",
        "--equipment=3亿元",
        "--filed",
        "--employees=50",
        "--date",
        "2025-03-01",
        "--format",
        "json",
    )
    rows = json.loads(result.stdout)
    assert {row["eligible"] for row in rows} == {"unknown", "no"}
    best = next(row for row in rows if row["instrument"] == "设备事后奖励（珠三角）")
    assert best["amount_max"] == {"value": 50_000_000, "unit": "元"}
    assert "filed" in {one["what"] for one in best["met"]}
    assert result.stderr == "读到的条款没有问及：从业人员\n"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--city", "东管"], "东莞"),
        (["--equipment", "1000"], "1000万元"),
        (["--date", "2024-02-30"], "没有这一天"),
        (["--equip", "1万元"], "equipment"),
        (["--city"], "缺少值"),
        (["--city", "东莞", "--city", "广州"], "两次"),
        (["东莞"], "--名称 值"),
        (["--profile", "nowhere.toml"], "nowhere.toml"),
    ],
)
def test_mistakes_end_with_2_and_say_what_was_meant(tmp_path: Path, arguments: list[str], says: str) -> None:
    error = run(tmp_path, *arguments).exception
    assert isinstance(error, AtlasError)
    assert says in str(error)
    assert error.exit_code == 2


def test_a_batch_equals_its_single_commands_and_goes_into_every_format(bundled_graph: Path, tmp_path: Path) -> None:
    path = tmp_path / "batch.toml"
    path.write_text(
        '[[profile]]\nname = "甲"\ncity = "东莞"\nequipment = "1000万元"\n'
        '[[profile]]\nname = "乙"\ncity = "河源"\nequipment = "399万元"\n',
        encoding="utf-8",
    )
    batch = json.loads(run(bundled_graph, "--profile", str(path), "--date", "2024-06-01", "--format", "json").stdout)
    for name, city, equipment in (("甲", "东莞", "1000万元"), ("乙", "河源", "399万元")):
        alone = json.loads(
            run(
                bundled_graph, "--city", city, "--equipment", equipment, "--date", "2024-06-01", "--format", "json"
            ).stdout
        )
        assert [{k: v for k, v in row.items() if k != "profile"} for row in batch if row["profile"] == name] == alone
    for form in ("xlsx", "docx", "csv", "table", "jsonl"):
        out = tmp_path / f"out.{form}"
        result = run(bundled_graph, "--profile", str(path), "--date", "2024-06-01", "--format", form, "-o", str(out))
        assert result.exception is None, form
        assert out.stat().st_size > 500
    from openpyxl import load_workbook

    page = load_workbook(tmp_path / "out.xlsx").worksheets[0]
    cells = [str(cell.value) for row in page.iter_rows() for cell in row if cell.value is not None]
    assert "政策匹配（2 份填报）" in cells
    assert "测算上限" in cells
    assert any("不是承诺" in cell for cell in cells)


def test_what_is_paid_for_each_of_something_is_not_added() -> None:
    values = profile({"city": "东莞", "date": "2024-06-01"})
    answer = next(one for one in matcher().match(values) if one.offer.doc_number == "粤工信规字〔2021〕5号")
    for per, count in (("每亩", 0), ("每人", 0), ("每个项目", 1), (None, 1)):
        paid = replace(answer, verdict="符合", for_payee=None, amount=Amount(5_000, per, Phrase("定额")))
        assert len(sums([(None, values, [paid])]).rows) == count, per


def test_a_hundred_of_a_batch_equal_their_single_commands(tmp_path: Path) -> None:
    chosen = random.Random(5).sample(list(written(2_000)), 100)
    path = tmp_path / "batch.toml"
    lines = [[f'{key} = "{value}"' for key, value in values.items()] for values in chosen]
    path.write_text("\n".join("\n".join(("[[profile]]", *one)) for one in lines), encoding="utf-8")
    filed = profiles(path)
    together = records(answered(matcher(), [(one.name, one.values) for one in filed], "2024-06-01")).records()
    size = len(matcher().offers)
    assert len(together) == 100 * size
    for place, values in enumerate(chosen):
        words = [word for key, value in values.items() for word in (f"--{key}", value)]
        (answer,) = answered(matcher(), [(None, given_options(words))], "2024-06-01")
        of_batch = together[place * size : (place + 1) * size]
        assert [{k: v for k, v in row.items() if k != "profile"} for row in of_batch] == records([answer]).records()


def test_the_table_says_what_is_missing_apart_from_what_is_open() -> None:
    values = profile({"city": "河源", "equipment": "399万元", "filed": True, "date": "2024-06-01"})
    rows = table([(None, values, matcher().match(values))]).records()
    (said,) = [str(row["missing"]) for row in rows if "粤东粤西粤北" in str(row["instrument"])]
    unmet, _, unknown = said.partition("待核实：")
    assert unmet.startswith("不满足：设备购置额 ≥ 400万元（第八条 （一） 第5项），填报399万元")
    assert "未获省财政资金支持" in unknown
    assert "未获省财政资金支持" not in unmet


def test_today_is_said_where_no_date_is_given(bundled_graph: Path) -> None:
    result = run(bundled_graph, "--city", "东莞", "--format", "json")
    assert "按今天" in result.stderr
    assert len({row["date"] for row in json.loads(result.stdout)}) == 1


def test_the_list_of_attributes_is_what_the_clauses_ask_for(bundled_graph: Path) -> None:
    rows = json.loads(run(bundled_graph, "--attributes", "--format", "json").stdout)
    options = {row["option"] for row in rows}
    assert {"--equipment", "--it-share", "--debt-ratio", "--score", "--priority-field", "--new-investment"} <= options
    assert "--area" not in options, "no clause asks for an area"


def test_a_graph_without_offers_says_so_and_what_would_supply_them() -> None:
    values = profile({"city": "东莞", "date": "2024-01-01"})
    (only,) = table([(None, values, [])]).notes
    assert only.startswith("无数据")
    assert all("无数据" not in note for note in table([(None, values, matcher().match(values))]).notes)
