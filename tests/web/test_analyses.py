"""The pages of the analyses without a browser: they say what the analyses say, and nothing else, on several graphs."""

import csv
import io
import json
import re
from collections import Counter
from datetime import date
from itertools import accumulate
from typing import Any
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import icalendar
import openpyxl
import pytest
from starlette.types import ASGIApp

from graph.tables import Tables
from queries.index import Index as Ground
from queries.industry.gaps import NO_DATA, NO_RECORD, NOT_NAMED, NOT_STARRED, gaps
from queries.match.match import VERDICTS, Matcher
from tests.queries import industry_graph
from tests.web.analysis_graphs import Tabled, family, industry, rules
from tests.web.asgi import Reply, get
from tests.web.fake import CLUSTER, HOSTILE, FakeAtlas
from tests.web.html import Page
from tests.web.star_graph import StarAtlas
from web.app import create_app

TODAY = date(2023, 5, 4)


def app_of(tables: Tables) -> ASGIApp:
    return create_app(Tabled(tables), today=lambda: TODAY)


@pytest.fixture(scope="module")
def layout() -> ASGIApp:
    return app_of(industry())


@pytest.fixture(scope="module")
def rule() -> ASGIApp:
    return app_of(rules())


def ask(app: ASGIApp, path: str, **parameters: object) -> Reply:
    return get(app, quote(path, safe="/%") + (f"?{urlencode(parameters)}" if parameters else ""))


def data(app: ASGIApp, path: str, **parameters: object) -> Any:
    reply = ask(app, path, **parameters)
    assert reply.status == 200, reply.text
    return json.loads(reply.text)


def cards(page: Page) -> list[tuple[str | None, str | None]]:
    return [(one["data-verdict"], one["data-offer"]) for one in page.all("li") if "data-verdict" in one]


# ---- The matcher


def test_the_form_asks_what_the_rules_ask_and_nothing_else(rule: ASGIApp) -> None:
    page = Page(ask(rule, "/match"))
    names = [one["name"] for tag in ("input", "select") for one in page.all(tag) if "id" in one]
    fields = {name for name in names if name != "q"}
    assert fields == set(Matcher(Ground(rules())).codes())
    assert {"equipment", "revenue", "city", "cluster", "date", "kind"} <= fields
    assert "2023-05-04 判断（今天" in page.text


def test_a_card_says_verdict_conditions_arithmetic_clause_and_ceiling(rule: ASGIApp) -> None:
    page = Page(ask(rule, "/match", equipment="1000万元", kind="工业企业"))
    assert [verdict for verdict, _ in cards(page)] == ["待核实", "待核实"]
    for words in (
        "1000万元 × 10% = 100万元，不超过上限200万元",
        "100万元（最高）",
        "第二章 奖励 第二条",
        "设备购置额 ≥ 500万元",
        "填报 1000万元",
        "有效期 2022-03-01 至 2025-02-28",
        "测算上限按条款算出，不是承诺",
        "设备购置额不低于500万元的工业企业",
    ):
        assert words in " ".join(page.text.split()), words
    evidence = [str(one) for one in page.links() if str(one).startswith("/evidence/")]
    assert len(set(evidence)) >= 3


def test_the_verdicts_of_the_page_are_those_of_the_matcher(rule: ASGIApp) -> None:
    for given in ({"equipment": "400万元"}, {"revenue": "2亿元"}, {"date": "2021-01-01"}, {"date": "2026-01-01"}, {}):
        found = data(rule, "/match.json", **given)
        page = Page(ask(rule, "/match", **given))
        counts = Counter(one["verdict"] for one in found["matches"])
        assert {key: value for key, value in found["counts"].items() if value} == counts
        assert Counter(verdict for verdict, _ in cards(page)) == counts
        assert found["date"] == given.get("date", TODAY.isoformat())
        shown = {one["data-count"] for one in page.all("b") if "data-count" in one}
        assert shown == set(counts)
    assert data(rule, "/match.json", date="2026-01-01")["counts"]["已过期"] == 2
    assert data(rule, "/match.json", equipment="400万元")["counts"]["不符合"] == 1
    assert set(found["counts"]) == set(VERDICTS)


def test_what_cannot_be_read_is_said_at_its_field_and_nothing_is_matched(rule: ASGIApp) -> None:
    reply = ask(rule, "/match", equipment="1000", revenue="2亿元")
    page = Page(reply)
    assert reply.status == 400
    assert "1000万元、1000亿元，还是 1000元" in page.text
    assert [one["name"] for one in page.all("input") if "aria-invalid" in one] == ["equipment"]
    assert [one["value"] for one in page.all("input") if one.get("name") == "revenue"] == ["2亿元"]
    assert cards(page) == []
    assert ask(rule, "/match.json", equipment="1000").status == 400
    assert ask(rule, "/match", equipmnt="1000万元").status == 400
    assert ask(rule, "/match", city="东管").status == 400


def test_a_city_and_a_cluster_come_in_as_other_pages_write_them(rule: ASGIApp) -> None:
    found = data(rule, "/match.json", city="441900", cluster="gd20/automobiles")
    assert found["profile"] == {"date": "2023-05-04", "city": "东莞", "cluster": "汽车"}
    page = Page(ask(rule, "/match", city="441900"))
    assert [one["value"] for one in page.all("option") if "selected" in one] == ["东莞"]


# ---- Gaps


@pytest.mark.parametrize("side", [{"city": "东莞"}, {"cluster": "汽车"}, {"city": "东莞", "cluster": "汽车"}])
def test_the_board_has_every_gap_in_the_order_of_the_analysis(layout: ASGIApp, side: dict[str, str]) -> None:
    city = industry_graph.city(side["city"]) if "city" in side else None
    cluster = industry_graph.cluster(side["cluster"]) if "cluster" in side else None
    wanted = gaps(Ground(industry()), city, cluster)
    found = data(layout, "/gaps.json", **side)
    assert [one["id"] for one in found["gaps"]] == [one.thing for one in wanted]
    assert found["silence"] == {code: sum(one.status == code for one in wanted) for code in (*_SILENCES, "lower_level")}
    reply = ask(layout, "/gaps", **side)
    page = Page(reply)
    counted = dict(re.findall(r'data-silence="([^"]+)">(\d+)<', reply.text))
    assert counted == {code: str(found["silence"][code]) for code in _SILENCES}
    shown = [(one["data-thing"], one["data-status"]) for one in page.all("li") if "data-thing" in one]
    assert shown == [(one.thing, one.status) for one in wanted][: len(shown)]
    assert len(shown) == len(wanted)  # few enough to stand on one page
    for one in wanted:
        assert one.detail in page.text
        assert one.score.formula in page.text
        assert one.score.words() in page.text


_SILENCES = (NOT_STARRED, NOT_NAMED, NO_RECORD, NO_DATA)


def test_the_four_silences_stay_apart() -> None:
    firms = (("9144", "东莞", "半导体与集成电路"),)
    loaded = app_of(industry_graph.index(registry=firms).tables)
    without = data(app_of(industry()), "/gaps.json", city="东莞")["silence"]
    registered = data(loaded, "/gaps.json", city="东莞")["silence"]
    assert without[NO_RECORD] == 0 < without[NO_DATA]
    assert registered[NO_DATA] == 0 < registered[NO_RECORD]
    page = Page(ask(loaded, "/gaps", city="东莞"))
    shown = {one["data-silence"] for one in page.all("b") if "data-silence" in one}
    assert shown == set(_SILENCES)


def test_filters_keep_what_they_name_and_every_form_follows(layout: ASGIApp) -> None:
    whole = data(layout, "/gaps.json", city="东莞")["gaps"]
    part = data(layout, "/gaps.json", city="东莞", stage="supply")["gaps"]
    assert part == [one for one in whole if one["stage"] == "supply"]
    assert 0 < len(part) < len(whole)
    named = data(layout, "/gaps.json", city="东莞", status=NOT_STARRED)["gaps"]
    assert {one["status"] for one in named} == {NOT_STARRED}
    assert ask(layout, "/gaps", city="东莞", stage="nothing").status == 400
    rows = list(csv.reader(io.StringIO(ask(layout, "/gaps.csv", city="东莞", stage="supply").text.lstrip("\ufeff"))))
    assert len(rows) == 1 + len(part)
    reply = ask(layout, "/gaps.xlsx", city="东莞", stage="supply")
    assert "spreadsheetml" in reply.headers["content-type"]
    sheet = openpyxl.load_workbook(io.BytesIO(reply.body)).active
    assert sheet is not None
    cells = [str(cell.value) for line in sheet.iter_rows() for cell in line]
    assert "东莞：缺口与机会" in cells
    assert {str(one["thing"]) for one in part} <= set(cells)


def chosen(page: Page, name: str) -> list[str]:
    """The values of a parameter in the switches that stand as the present state; "" where it is open."""
    links = [str(one["href"]) for one in page.all("a") if one.get("aria-current") == "true"]
    return [parse_qs(urlsplit(link).query).get(name, [""])[0] for link in links]


def test_a_switch_says_how_many_it_shows_and_which_is_chosen(layout: ASGIApp) -> None:
    silence = data(layout, "/gaps.json", city="东莞")["silence"]
    reply = ask(layout, "/gaps", city="东莞", status=NOT_STARRED)
    for code, count in silence.items():
        label = re.search(rf'status={quote(code)}"[^>]*><bdi>[^<]* (\d+)</bdi>', reply.text)
        assert (int(label[1]) if label else 0) == count
    assert chosen(Page(reply), "status").count(NOT_STARRED) == 2, "the status, and every reason within it"
    assert set(chosen(Page(reply), "stage")) == {""}


def test_without_a_choice_the_board_asks_for_one(layout: ASGIApp) -> None:
    page = Page(ask(layout, "/gaps"))
    assert "/gaps?city=441900" in page.links()
    assert "这个图谱里没有城市" in Page(ask(app_of(Tables.of((), ())), "/gaps")).text


# ---- Chains


def test_a_chain_shows_who_is_named_for_each_stage(layout: ASGIApp) -> None:
    thing = industry_graph.subsector("汽车", "整车")
    found = data(layout, "/chain.json", thing=thing, city="深圳")
    state = {one["id"]: one["state"] for one in found["boxes"]}
    assert state[thing] == "here"
    assert state[industry_graph.subsector("汽车", "零部件")] == "elsewhere"
    assert state["product/电机"] == "nowhere"
    other = {one["id"]: one["state"] for one in data(layout, "/chain.json", thing=thing, city="东莞")["boxes"]}
    assert other[thing] == "elsewhere"
    assert other[industry_graph.subsector("汽车", "零部件")] == "here"
    none = {one["id"]: one["state"] for one in data(layout, "/chain.json", thing=thing)["boxes"]}
    assert none[thing] == "named"
    page = Page(ask(layout, "/chain", thing=thing, city="深圳"))
    boxes = {one["data-box"]: one["class"] for one in page.all("a") if "data-box" in one}
    assert {key: str(value).split()[0] for key, value in boxes.items()} == {k: f"flow-{v}" for k, v in state.items()}
    legend = Counter(state.values())
    assert {one["data-state"] for one in page.all("b") if "data-state" in one} == set(legend)


def test_what_is_to_be_done_stands_with_its_printed_rule(layout: ASGIApp) -> None:
    page = Page(ask(layout, "/chain", thing="汽车"))
    kinds = {one["data-measure"] for one in page.all("li") if "data-measure" in one}
    rows = data(layout, "/chain.json", thing="汽车")["rows"]
    assert kinds == {row["part"] for row in rows} & {"fill", "strengthen", "extend", "steady", "control"}
    assert len(kinds) >= 3
    for row in rows:
        if row["part"] in kinds:
            assert row["rule"] in page.text
            assert row["detail"] in page.text


def test_steps_and_mistakes(layout: ASGIApp) -> None:
    one = data(layout, "/chain.json", thing="product/轮毂", steps=1)["boxes"]
    two = data(layout, "/chain.json", thing=industry_graph.subsector("汽车", "零部件"), steps=2)["boxes"]
    assert {box["layer"] for box in one} == {0, 1}
    assert min(box["layer"] for box in two) == -2
    assert ask(layout, "/chain", thing="汽车", steps=9).status == 400
    assert ask(layout, "/chain", thing="没有这个").status == 404
    alone = Page(ask(app_of(rules()), "/chain", thing="汽车"))
    assert "没有写出它的配套、环节或应用" in alone.text


# ---- Policies, lineage, calendar


def test_the_state_of_a_policy_is_that_of_the_day(rule: ASGIApp) -> None:
    def states(**given: str) -> list[str]:
        return [one["code"] for one in data(rule, "/policies.json", **given)["policies"]]

    assert states() == ["in_force"]
    assert states(day="2025年2月28日") == ["in_force"]
    assert states(day="2025-03-01") == ["expired"]
    assert states(day="2022-02-28") == ["not_yet"]
    assert states(code="expired") == []
    text = Page(ask(rule, "/policies")).text
    assert "按 2023-05-04 判断（今天）" in " ".join(text.split())
    assert "按文本推算有效至 2025-02-28；是否被后续文件修订或废止：未知" in text
    assert chosen(Page(ask(rule, "/policies")), "code") == [""]
    assert chosen(Page(ask(rule, "/policies", code="in_force")), "code") == ["in_force"]
    assert ask(rule, "/policies", day="2025-02-30").status == 400
    assert ask(rule, "/policies", code="x").status == 400


def test_the_tree_of_a_policy_goes_both_ways() -> None:
    app = app_of(family())
    page = Page(ask(app, "/lineage", policy="乙"))
    shown = [one["data-policy"] for one in page.all("li") if "data-policy" in one]
    rows = data(app, "/lineage.json", policy="乙")["lineage"]
    assert shown == [row["id"] for row in rows if row["depth"]]
    assert "见上" in page.text
    tokens = re.findall(r'<ul class="tree">|</ul>|data-policy', ask(app, "/lineage", policy="乙").text)
    inside = accumulate({"data-policy": 0, "</ul>": -1}.get(one, 1) for one in tokens)
    base = tokens[: tokens.index('<ul class="tree">')].count("</ul>")  # lists before the tree
    depths = [depth + base for one, depth in zip(tokens, inside, strict=True) if one == "data-policy"]
    assert depths == [row["depth"] for row in rows if row["depth"]]
    assert max(depths) >= 3
    assert "贯彻落实它" in page.text
    assert "依据" in page.text
    assert "没有写" in Page(ask(app_of(rules()), "/lineage", policy="某工信规字〔2022〕9号")).text
    unknown = ask(app, "/lineage", policy="没有的文件")
    assert unknown.status == 404
    assert [one["value"] for one in Page(unknown).all("input") if one.get("name") == "policy"] == ["没有的文件"]


def test_the_calendar_has_the_days_of_its_span_and_goes_into_a_calendar(rule: ASGIApp) -> None:
    def days(app: ASGIApp, **given: str) -> list[tuple[str, str]]:
        return [(one["date"], one["what"]) for one in data(app, "/calendar.json", **given)["events"]]

    assert days(rule) == []
    assert "没有落在这段时间的节点" in Page(ask(rule, "/calendar")).text
    assert days(rule, **{"from": "2022-03-01", "months": "1"}) == [("2022-03-01", "施行")]
    assert days(rule, **{"from": "2025-01-01"}) == [("2025-02-28", "到期")]
    whole = Page(ask(rule, "/calendar", **{"from": "2022-01-01", "months": "60"}))
    shown = [one["data-day"] for one in whole.all("li") if "data-day" in one]
    assert shown == ["2022-03-01", "2025-02-28"]
    years = [str(one) for one in Page(ask(rule, "/calendar")).links() if "from=20" in str(one)]
    assert [one.partition("from=")[2][:4] for one in years] == ["2022", "2025"]
    reply = ask(rule, "/calendar.ics", **{"from": "2025-01-01"})
    assert reply.headers["content-type"].startswith("text/calendar")
    entries = list(icalendar.Calendar.from_ical(reply.text).walk("VEVENT"))
    assert [str(one.decoded("dtstart")) for one in entries] == ["2025-02-28"]
    assert ask(rule, "/calendar", months="0").status == 400
    assert ask(rule, "/calendar", agency="没有这个").status == 404


# ---- The graph and the profiles


def test_the_graph_is_searched_first_and_a_name_leads_to_its_neighbours(layout: ASGIApp) -> None:
    assert "/graph?thing=city%2F441900" in Page(ask(layout, "/graph", q="dongguan")).links()
    assert "没有名称相符" in Page(ask(layout, "/graph", q="没有这个")).text
    page = Page(ask(layout, "/graph", thing="东莞"))
    spots = [one["data-node"] for one in page.all("g") if "data-node" in one]
    entries = [one["data-entry"] for one in page.all("li") if "data-entry" in one]
    assert spots == entries
    assert spots[0] == "city/441900"
    assert len(spots) == len(data(layout, "/graph.json", thing="东莞")["nodes"])
    # What is open already is not offered to be opened.
    opened = Page(ask(layout, "/graph", thing="东莞", open="cluster/gd20/automobiles"))
    for one, count in ((page, 1), (opened, 2)):
        entries = [each for each in one.all("li") if "data-entry" in each]
        assert len([each for each in one.all("a") if "data-expand" in each]) == len(entries) - count
    assert ask(layout, "/graph", thing="没有这个").status == 404
    path = data(layout, "/graph.json", thing="东莞", to="product/轮毂")["spine"]
    assert (path[0], path[-1]) == ("city/441900", "product/轮毂")
    assert len(path) == 3


def test_what_is_shown_is_exported_as_one_file_in_the_language_of_the_page(layout: ASGIApp) -> None:
    shown = data(layout, "/graph.json", thing="东莞", to="product/轮毂", lang="en")
    reply = ask(layout, "/graph.html", thing="东莞", to="product/轮毂", lang="en")
    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    assert ".html" in reply.headers["content-disposition"]
    page = Page(reply)
    assert page.all("html")[0]["lang"] == "en"
    assert len([one for one in page.all("button") if "data-node" in one]) == len(shown["nodes"]) == 3
    assert "Dongguan" in page.words
    assert "City" in page.words
    assert not [one for one in page.all("script") if one.get("src")]
    link = next(
        str(one) for one in Page(ask(layout, "/graph", thing="东莞", to="product/轮毂")).links() if ".html" in str(one)
    )
    assert get(layout, link).status == 200


def test_the_list_says_which_way_a_relation_leads(layout: ASGIApp) -> None:
    part = industry_graph.subsector("汽车", "整车")
    own = " ".join(Page(ask(layout, "/graph", thing=part, to="cluster/gd20/automobiles")).text.split())
    assert "→ 属于 汽车" in own
    assert "← 属于 整车" in own
    back = " ".join(Page(ask(layout, "/graph", thing="cluster/gd20/automobiles", to=part)).text.split())
    assert "汽车 集群← 属于 整车 细分领域" in back


def test_a_profile_has_sentences_peers_places_targets_and_gaps(layout: ASGIApp) -> None:
    page = Page(ask(layout, "/city/441900"))
    text = " ".join(page.text.split())
    assert "文件为东莞点名 1 个集群的 1 个细分领域，共 1 条表述" in text
    peers = [one for one in page.all("td") if str(one.get("class", "")).startswith("peer")]
    # Two peers of 珠三角 beside it in each line of the overview.
    lines = data(layout, "/city/441900.json")["overview"]
    assert len(peers) == 2 * len(lines)
    assert "缺口与机会" in text
    first = gaps(Ground(industry()), "city/441900", None, ("documents",))[0]
    assert first.detail in text
    assert "星级布局列入" in Page(ask(layout, "/cluster/gd20/automobiles")).text


# ---- Anybody's words


@pytest.mark.parametrize("path", ["/match", "/gaps", "/graph", "/chain", "/policies", "/lineage", "/calendar"])
def test_a_poisoned_graph_is_shown_as_text(path: str) -> None:
    app = create_app(FakeAtlas(), today=lambda: TODAY)
    key = CLUSTER.removeprefix("cluster/")
    for query in ({}, {"city": "441900"}, {"cluster": key}, {"thing": "city/441900"}, {"policy": "policy/1"}):
        reply = ask(app, path, **query)
        assert reply.status in (200, 400, 404), (path, query)
        page = Page(reply)
        scripts = page.all("script")
        assert all(str(one.get("src", "")).startswith("/static/") for one in scripts)
        assert not page.all("img")
        assert not [name for _, one in page.elements for name in one if name.startswith("on")]
        assert all(str(link).startswith(("/", "#")) for link in page.links())
        assert "49" not in [words.strip() for words in page.words]  # {{ 7 * 7 }}
    assert len(HOSTILE) > 10


def test_files_of_a_poisoned_graph_hold_text_and_no_formula() -> None:
    app = create_app(FakeAtlas(), today=lambda: TODAY)
    for path, given in (
        ("/gaps.xlsx", {"city": "441900"}),
        ("/match.xlsx", {}),
        ("/chain.xlsx", {"thing": "product/1"}),
    ):
        sheet = openpyxl.load_workbook(io.BytesIO(ask(app, path, **given).body)).active
        assert sheet is not None
        assert "f" not in {cell.data_type for line in sheet.iter_rows() for cell in line}, path
        assert any(isinstance(cell.value, str) for line in sheet.iter_rows() for cell in line), path


def test_an_empty_graph_and_an_undecided_cell_break_nothing() -> None:
    empty = app_of(Tables.of((), ()))
    for path in ("/match", "/gaps", "/graph", "/chain", "/policies", "/lineage", "/calendar"):
        for form in ("", ".json", ".csv"):
            assert ask(empty, path + form).status == 200, path
    open_ = create_app(StarAtlas(), today=lambda: TODAY)
    assert ask(open_, "/city/990100").status == 200
    assert ask(open_, "/gaps", city="990100").status == 200
    # The peers are those of its region; that all cities stand in one region of the whole makes no peers.
    heads = [one for one in Page(ask(open_, "/city/990200")).all("th") if one.get("class") == "peer"]
    assert len(heads) == 1


def test_english_pages_are_english_and_lead_to_english_pages(layout: ASGIApp) -> None:
    for path, given in (
        ("/match", {}),
        ("/gaps", {"city": "441900"}),
        ("/graph", {"thing": "city/441900"}),
        ("/chain", {"thing": "汽车"}),
        ("/policies", {}),
        ("/lineage", {}),
        ("/calendar", {}),
    ):
        page = Page(ask(layout, path, lang="en", **given))
        assert page.all("html")[0]["lang"] == "en"
        inner = [str(one) for one in page.links() if str(one).startswith("/") and "English" not in str(one)]
        assert sum("lang=en" not in one for one in inner) <= 1, path  # only the link to Chinese


def test_a_policy_is_listed_with_its_number_and_its_days(rule: ASGIApp) -> None:
    text = " ".join(Page(ask(rule, "/policies")).text.split())
    assert "某工信规字〔2022〕9号 · 实施细则 · " in text
    assert "施行 2022-03-01 · 到期 2025-02-28" in text


@pytest.mark.parametrize("form", ["json", "csv"])
def test_data_of_a_profile_that_cannot_be_read_is_a_message_and_no_result(rule: ASGIApp, form: str) -> None:
    reply = ask(rule, f"/match.{form}", equipment="1000")
    assert reply.status == 400
    assert "缺少单位" in reply.text
    assert "2023-05-04" not in reply.text  # nothing of a result, which would begin with its day


def test_the_field_of_a_chain_proposes_what_has_one(layout: ASGIApp) -> None:
    reply = ask(layout, "/chain")
    listed = re.search(r'<datalist id="things">(.*?)</datalist>', reply.text, re.S)
    assert listed is not None
    names = re.findall(r'value="([^"]*)"', listed[1])
    assert {"汽车", "整车", "零部件", "轮毂", "电机"} <= set(names)  # clusters, then what stands in supply links
    for name in names:
        assert data(layout, "/chain.json", thing=name)["boxes"], name
