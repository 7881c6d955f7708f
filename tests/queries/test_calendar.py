"""What expires, opens and is due, on the right days and within the terms of the policies."""

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from clusteratlas import Atlas
from clusteratlas.plans import calendar as command
from ontology.errors import ParameterError
from queries.plans.calendar import add_months, events, ics, table_of
from tests.queries.plans import Sketch, follow

RULES = "policy/rules"


def sketch(**known: str) -> Sketch:
    one = Sketch()
    one.policy(RULES, "某办法", **known)
    return one


def deadline(one: Sketch, **known: str) -> None:
    found = one.stated(f"deadlines/{len(one.nodes)}", "Deadline", scope="某办法", **known)
    one.edge("provides", RULES, found)


def days(one: Sketch, start: str, end: str, agency: str | None = None) -> list[tuple[str, str]]:
    found = events(one.index(), date.fromisoformat(start), date.fromisoformat(end), agency=agency)
    return [(event.day.isoformat(), event.what) for event in found]


def test_the_first_day_counts_and_the_day_after_the_last_does_not() -> None:
    one = sketch(effective="2021-01-01", expires="2021-12-31")
    assert days(one, "2021-01-01", "2022-01-01") == [("2021-01-01", "施行"), ("2021-12-31", "到期")]
    assert days(one, "2021-01-02", "2021-12-31") == []


def test_what_recurs_stands_on_its_day_of_each_year_within_the_term() -> None:
    one = sketch(effective="2021-03-01", expires="2024-01-31")
    deadline(one, what="报送", recurs="每年1月15日前", who="市级工业和信息化局")
    deadline(one, what="复核", recurs="每年2月底前")
    reports = [day for day, what in days(one, "2020-01-01", "2030-01-01") if what == "报送"]
    assert reports == ["2022-01-15", "2023-01-15", "2024-01-15"]
    reviews = [day for day, what in days(one, "2020-01-01", "2030-01-01") if what == "复核"]
    assert reviews == ["2022-02-28", "2023-02-28"]
    last = sketch(effective="2022-06-30", expires="2024-06-30")
    deadline(last, what="报送", recurs="每年6月30日前")
    reports = [day for day, what in days(last, "2020-01-01", "2030-01-01") if what == "报送"]
    assert reports == ["2022-06-30", "2023-06-30", "2024-06-30"]  # the first and the last day in force count
    leap = sketch(effective="2023-03-01")
    deadline(leap, what="复核", recurs="每年2月底前")
    assert days(leap, "2024-01-01", "2024-12-31") == [("2024-02-29", "复核")]


def test_what_has_no_day_of_the_year_is_said_and_not_put_on_a_day() -> None:
    one = sketch(effective="2021-03-01")
    deadline(one, what="到期", recurs="认定后3年")
    index, start, end = one.index(), date(2022, 1, 1), date(2023, 1, 1)
    found = table_of(index, events(index, start, end), start, end)
    assert not found.rows
    assert any("认定后3年" in note for note in found.notes)
    assert any("无记录" in note for note in found.notes)


def test_the_term_of_a_policy_stands_once_with_the_clause_that_says_it() -> None:
    one = sketch(expires="2021-12-31")
    deadline(one, what="到期", date="2021-12-31")
    (event,) = events(one.index(), date(2021, 1, 1), date(2022, 1, 1))
    assert (event.id, event.what) == (RULES, "到期")
    assert [basis.quote for basis in event.basis] == [str(one.nodes["evidence/6"].properties["quote"])]


def test_an_agency_has_what_it_does_and_what_it_receives() -> None:
    one = sketch()
    deadline(one, what="报送", date="2022-05-01", who="各地级以上市工业和信息化局", to="省工业和信息化厅")
    deadline(one, what="申报", date="2022-06-01", who="各地级以上市财政局")
    for agency in ("地级以上市工业和信息化局", "市级工业和信息化局", "省工业和信息化厅"):
        assert days(one, "2022-01-01", "2023-01-01", agency) == [("2022-05-01", "报送")]


def test_an_instrument_stands_only_where_its_days_are_its_own() -> None:
    one = sketch(effective="2021-01-01", expires="2025-12-31")
    found = one.stated(
        "instrument/1", "Instrument", name="奖励", valid_from="2021-01-01", valid_to="2023-06-30",
        spending_to="2022-12-31",
    )  # fmt: skip
    one.edge("provides", RULES, found)
    assert days(one, "2020-01-01", "2027-01-01") == [
        ("2021-01-01", "施行"), ("2022-12-31", "支出截止"), ("2023-06-30", "停止适用"), ("2025-12-31", "到期"),
    ]  # fmt: skip


def test_the_bundled_days(bundled_atlas: Atlas) -> None:
    index, start, end = bundled_atlas.index(), date(2026, 7, 1), date(2027, 1, 1)
    found = events(index, start, end)
    assert [(one.day.isoformat(), one.what) for one in found] == [
        ("2026-07-15", "报送"), ("2026-09-02", "到期"), ("2026-12-31", "到期"),
    ]  # fmt: skip
    whole = events(index, date(2019, 1, 1), date(2031, 1, 1))
    assert follow(index, table_of(index, whole, date(2019, 1, 1), date(2031, 1, 1))) == len(whole) > 30
    for one in whole:
        if one.what == "到期":
            assert any("有效" in basis.quote for basis in one.basis), one


def test_the_calendar_file_is_read_back(bundled_graph: Path, tmp_path: Path) -> None:
    out = tmp_path / "节点.ics"
    words = ["--from", "2026年7月1日", "--months", "6", "-o", str(out)]
    assert CliRunner().invoke(command, words, obj=bundled_graph).exit_code == 0
    first = out.read_bytes()
    book = Calendar.from_ical(first)
    entries = book.walk("VEVENT")
    assert [str(entry.decoded("DTSTART")) for entry in entries] == ["2026-07-15", "2026-09-02", "2026-12-31"]
    assert "有效期5年" not in str(entries[1]["SUMMARY"])
    assert str(entries[1]["SUMMARY"]).startswith(
        "到期：《广东省先进制造业发展专项资金（普惠性制造业投资奖励）管理实施细则》"
    )
    assert "第三十一条" in str(entries[1]["DESCRIPTION"])
    assert len({str(entry["UID"]) for entry in entries}) == 3
    assert all(len(line) <= 75 for line in first.split(b"\r\n"))
    assert CliRunner().invoke(command, words, obj=bundled_graph).exit_code == 0
    assert out.read_bytes() == first
    assert ics([]).startswith(b"BEGIN:VCALENDAR")


@pytest.mark.parametrize(
    ("day", "said"), [("2025-02-29", "2025-02-28"), ("2025-13-01", "2025-03-01"), ("明天", "日期")]
)
def test_a_day_that_does_not_exist_is_refused(day: str, said: str, bundled_graph: Path) -> None:
    done = CliRunner().invoke(command, ["--from", day], obj=bundled_graph)
    assert isinstance(done.exception, ParameterError)
    assert done.exception.exit_code == 2
    assert said in str(done.exception)
    assert day in str(done.exception)


def test_today_is_printed(bundled_graph: Path) -> None:
    done = CliRunner().invoke(command, ["--months", "1"], obj=bundled_graph)
    assert f"今天（{date.today()}）" in done.stderr


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 240))
def test_months_are_added_by_the_calendar(day: date, count: int) -> None:
    later = add_months(day, count)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == count
    assert later.day == day.day or (later.day < day.day and (later.toordinal() + 1) == add_months(later.replace(day=1), 1).toordinal())  # fmt: skip
