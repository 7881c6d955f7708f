"""The analyses that are a form and a table: the page says what the analysis says, on two graphs."""

import csv
import io
import json
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from urllib.parse import quote, unquote, urlencode, urlsplit

import openpyxl
import pytest
from starlette.types import ASGIApp

from clusteratlas import Atlas
from clusteratlas.explorer import Explorer
from clusteratlas.firms import passages
from graph.evidence import texts_of
from graph.tables import Tables
from queries.index import Basis
from queries.index import Index as Ground
from queries.industry import company as profiles
from queries.industry import company_table, firms_table, five_table, link_table
from queries.industry import compare as comparison
from queries.industry import five as ledger
from queries.industry import link as ties
from queries.industry import related as relatedness
from queries.industry.firms import firms
from queries.industry.five import Passage
from queries.industry.registry import Asked
from queries.plans.align import align
from queries.plans.find import policy_of
from queries.plans.monitor import monitor
from queries.plans.tasks import tasks
from queries.table import Table
from tests.queries import firms_graph as small
from tests.queries import industry_graph
from tests.web.analysis_graphs import Tabled
from tests.web.asgi import Reply, get
from tests.web.fake import HOSTILE, FakeAtlas
from tests.web.html import Page
from web.app import create_app
from web.pages.analyses import ANALYSES

TODAY = date(2023, 5, 4)
CITY, CAR = "city/440100", "cluster/gd20/automobiles"


class Held:
    """A graph with its application, the text of its documents, a firm and a subsector of 汽车 by name."""

    def __init__(self, app: ASGIApp, tables: Tables, said: Sequence[Passage], firm: str, stage: str) -> None:
        self.app, self.ground, self.said, self.firm, self.stage = app, Ground(tables), said, firm, stage


@pytest.fixture(scope="module")
def few() -> Held:
    """The small layout with firms, a transfer and a project."""
    index = small.mentioned(industry_graph.index(), "甲车厂", "广州", "汽车", "广州支持甲车厂发展整车")
    index = small.mentioned(index, "乙机械", "深圳", "汽车", "深圳支持乙机械", "骨干")
    index = small.moved(index, "广州", "东莞", "汽车", "广州的整车转移到东莞")
    tables = index.tables
    atlas = Tabled(tables)
    return Held(create_app(atlas, today=lambda: TODAY), tables, atlas.passages(), "甲车厂", "零部件")


@pytest.fixture(scope="module")
def large(bundled_atlas: Atlas) -> Held:
    """The bundled documents."""
    app = create_app(Explorer(bundled_atlas), today=lambda: TODAY)
    return Held(app, bundled_atlas.rows(), passages(bundled_atlas), "华为", "汽车零部件")


@pytest.fixture(params=["few", "large"])
def held(request: pytest.FixtureRequest) -> Held:
    """Each test that takes this runs on both graphs."""
    found: Held = request.getfixturevalue(request.param)
    return found


def ask(one: Held, path: str, **parameters: object) -> Reply:
    return get(one.app, quote(path) + (f"?{urlencode(parameters)}" if parameters else ""))


def data(one: Held, path: str, **parameters: object) -> Any:
    reply = ask(one, f"{path}.json", **parameters)
    assert reply.status == 200, reply.text
    return json.loads(reply.text)


def _company(one: Held, day: str = "2023-05-04") -> Table:
    firm = profiles.find(one.ground, one.firm)
    return company_table.table(one.ground, firm, day, profiles.company(one.ground, firm, day))


def _five(one: Held, city: str | None = None) -> Table:
    return five_table.table(one.ground, CAR, city, ledger.five(one.ground, CAR, city, one.said), one.said)


def _firms(one: Held, *asked: Any) -> Table:
    return firms_table.table(one.ground, Asked(*asked), firms(one.ground, Asked(*asked)))


def _link(one: Held, cluster: str | None = None) -> Table:
    cities = CITY, "city/441900"
    return link_table.table(one.ground, cities, ties.link(one.ground, cities, cluster))


Case = tuple[str, dict[str, str], Callable[[Held], Table]]
CASES: tuple[Case, ...] = (
    ("/firms", {"city": "440100"}, lambda one: _firms(one, CITY)),
    ("/firms", {"cluster": "汽车"}, lambda one: _firms(one, None, CAR)),
    (
        "/firms",
        {"city": "东莞", "cluster": "汽车", "elsewhere": "1"},
        lambda one: _firms(one, "city/441900", CAR, None, True),
    ),
    (
        "/firms",
        {"segment": "", "city": "441900"},
        lambda one: _firms(one, "city/441900", None, f"subsector/gd20/automobiles/{one.stage}"),
    ),
    ("/company", {}, _company),
    ("/company", {"date": "2022年3月1日"}, lambda one: _company(one, "2022-03-01")),
    ("/five", {"cluster": "gd20/automobiles"}, _five),
    ("/five", {"cluster": "汽车", "city": "广州"}, lambda one: _five(one, CITY)),
    ("/link", {"from": "440100", "to": "东莞"}, _link),
    ("/link", {"from": "Guangzhou", "to": "441900", "cluster": "汽车"}, lambda one: _link(one, CAR)),
)


def _compare(one: Held) -> Table:
    cities = ["city/440100", "city/440300"]
    return comparison.table(one.ground, cities, comparison.compare(one.ground, cities))


def _related(one: Held, *of: str | None) -> Table:
    return relatedness.table(one.ground, relatedness.related(one.ground, *of))


MORE: tuple[Case, ...] = (
    ("/related", {}, _related),
    ("/related", {"city": "440100", "cluster": "汽车"}, lambda one: _related(one, CITY, CAR)),
    ("/compare", {"names": "广州，Shenzhen"}, _compare),
    ("/monitor", {}, lambda one: monitor(one.ground)),
    ("/monitor", {"city": "440100", "cluster": "汽车"}, lambda one: monitor(one.ground, city=CITY, cluster=CAR)),
    ("/tasks", {}, lambda one: tasks(one.ground)),
    ("/tasks", {"city": "441900"}, lambda one: tasks(one.ground, city=one.ground.node("city/441900"))),
)


@pytest.mark.parametrize("case", [*CASES, *MORE], ids=lambda case: f"{case[0]}-{'-'.join(case[1])}")
def test_the_page_says_what_the_analysis_says(held: Held, case: Case) -> None:
    path, given, make = case
    wanted = make(held)
    own = {"name": held.firm} if path == "/company" else {"segment": held.stage} if "segment" in given else {}
    given = {**given, **own}
    assert data(held, path, **given)["rows"] == wanted.records()
    page = Page(ask(held, path, **given))
    assert str(wanted.title) in page.text
    by = next(one.by for one in ANALYSES if one.path == path) or wanted.columns[0].name
    parts = {row[by] if isinstance(row[by], str) else None for row in wanted.records()}
    shown = sum(1 for tag, _ in page.elements if tag == "tr")
    assert shown == len(wanted.rows) + len(parts), "a row of headings for each part"
    for note in wanted.notes:
        assert str(note) in page.text
    basis = [one for row in wanted.rows for value in row if isinstance(value, tuple) for one in value[:3]]
    proofs = {quote(f"/{one.id}", safe="/") for one in basis if isinstance(one, Basis)}
    assert proofs == {str(link) for link in page.links() if str(link).startswith("/evidence/")}
    sheet = list(csv.reader(io.StringIO(ask(held, f"{path}.csv", **given).text.removeprefix("\ufeff"))))
    assert len(sheet) == len(wanted.rows) + 1
    book = openpyxl.load_workbook(io.BytesIO(ask(held, f"{path}.xlsx", **given).body)).active
    assert book is not None
    assert book["A1"].value == str(wanted.title)
    english = Page(ask(held, path, **given, lang="en"))
    assert wanted.title_en in english.text


def test_two_plans_stand_side_by_side(large: Held, bundled_atlas: Atlas) -> None:
    given = {"upper": "粤工信电子〔2020〕138号", "lower": "东莞市发展新一代电子信息战略性支柱产业集群行动计划"}
    plans = [policy_of(large.ground, text) for text in given.values()]
    texts = texts_of(bundled_atlas.build.path, large.ground.tables)
    wanted = align(large.ground, plans[0], plans[1], texts)
    assert data(large, "/align", **given)["rows"] == wanted.records() != []
    page = Page(ask(large, "/align", **given))
    assert wanted.title in page.text
    assert [part["value"] for part in page.all("input") if part.get("name") in given] == list(given.values())
    assert ask(large, "/align", **{**given, "upper": given["lower"]}).status == 400


def test_what_is_not_there_is_said_in_words(few: Held) -> None:
    firms_of = Page(ask(few, "/firms", cluster="半导体与集成电路"))
    assert {"无数据", "未点名"} <= {word.strip() for word in firms_of.words}
    registered = small.registered(industry_graph.index(), "丙车厂", "广州", CAR)
    app = create_app(Tabled(registered.tables), today=lambda: TODAY)
    text = Page(get(app, f"/firms?cluster={quote('半导体与集成电路')}")).text
    assert "无记录" in text
    assert "丙车厂" not in text
    assert "丙车厂" in Page(get(app, f"/firms?cluster={quote('汽车')}")).text


@pytest.mark.parametrize("one", ANALYSES, ids=lambda one: one.path)
def test_before_anything_is_chosen_the_form_says_what_it_needs(held: Held, one: Any) -> None:
    reply = ask(held, one.path)
    page = Page(reply)
    assert reply.status == 200
    assert one.needs[0] in page.text
    assert one.lead[0] in page.text
    named = {part["name"] for tag in ("input", "select") for part in page.all(tag) if "name" in part}
    assert {field.name for field in one.fields} == named - {"q"}
    if one.needs[0]:
        assert not page.all("tr")
        assert data(held, one.path)["rows"] == []


@pytest.mark.parametrize(
    ("path", "given", "status", "words"),
    [
        ("/company", {"name": "甲车場"}, 404, "没有名为“甲车場”的企业；相近的有：甲车厂"),
        ("/company", {"name": "甲车厂", "date": "2023-02-30"}, 400, "存在的日期"),
        ("/firms", {"segment": "零部牛"}, 404, "相近的有：零部件"),
        ("/firms", {"city": "东莞", "elsewhere": "1"}, 400, "要找的集群或环节"),
        ("/firms", {"city": "东管"}, 404, "相近的有：东莞"),
        ("/five", {"cluster": "没有"}, 404, "没有名为“没有”的集群"),
        ("/link", {"from": "东莞", "to": "441900"}, 400, "两个不同的城市"),
        ("/compare", {"names": "东莞"}, 400, "2 至 10 个不同的城市或集群"),
        ("/compare", {"names": "东莞、汽车"}, 400, "城市与集群不能放在一张对照表里"),
        ("/tasks", {"policy": "规话"}, 404, "相近的有"),
    ],
)
def test_a_mistake_stands_above_the_form_and_what_was_typed_stays(
    few: Held, path: str, given: dict[str, str], status: int, words: str
) -> None:
    reply = ask(few, path, **given)
    page = Page(reply)
    assert reply.status == status
    assert words in page.text
    typed = [part.get("value") for part in page.all("input") if part.get("name") in given]
    assert all(value in (*given.values(), "1", "441900") for value in typed)
    assert not page.all("tr")
    mistake = ask(few, f"{path}.json", **given)
    assert mistake.status == status
    assert words in json.loads(mistake.text)["error"]


def test_profiles_and_firms_lead_to_them_and_they_lead_on(few: Held) -> None:
    def links(path: str, **given: str) -> set[tuple[str, str]]:
        found = [urlsplit(str(link)) for link in Page(ask(few, path, **given)).links()]
        return {(one.path, part) for one in found for part in unquote(one.query).split("&")}

    assert {("/firms", "city=440100"), ("/link", "from=440100")} <= links("/city/440100")
    assert {("/firms", "cluster=gd20/automobiles"), ("/five", "cluster=gd20/automobiles")} <= links(f"/{CAR}")
    firm = profiles.find(few.ground, "甲车厂")
    assert ("/company", f"name={firm}") in links(f"/thing/{firm}")
    assert f"/thing/{quote(firm)}" in Page(ask(few, "/firms", city="440100")).links()
    named = Page(ask(few, "/company", name=firm))
    assert "/city/440100" in named.links()
    assert [part["value"] for part in named.all("input") if part.get("name") == "date"] == ["2023-05-04"]
    # What is in question goes on to the pages beside it.
    assert ("/gaps", "city=440100") in links("/firms", city="440100")
    assert ("/gaps", "city=440100") in links("/link", **{"from": "440100", "to": "441900"})
    assert ("/five", "cluster=gd20/automobiles") in links(
        "/link", **{"from": "440100", "to": "441900", "cluster": "汽车"}
    )


def test_a_page_that_follows_the_current_layout_says_so_where_another_is_chosen(large: Held) -> None:
    words = "所选的 2020年 粤府函〔2020〕82号 只用于总览和地图"
    for path in ("/gaps?city=441900", "/chain?thing=汽车", "/city/441900", f"/{CAR}", "/firms?city=441900"):
        sign = "&" if "?" in path else "?"
        assert words in Page(get(large.app, quote(path, safe="/?=&") + f"{sign}edition=2020")).text, path
        for edition in ("", "2021"):
            assert (
                "只用于总览和地图"
                not in Page(get(large.app, quote(path, safe="/?=&") + f"{sign}edition={edition}")).text
            )
    assert words not in Page(get(large.app, "/?edition=2020")).text


def test_hostile_names_are_text() -> None:
    app = create_app(FakeAtlas(), today=lambda: TODAY)
    for number, label in enumerate(HOSTILE[:5]):
        page = Page(get(app, f"/company?name=company/{number}"))
        assert label in page.text
        assert {one.get("src") for one in page.all("script")} == {"/static/explorer.js"}
    page = Page(get(app, "/firms?city=441900"))
    assert all(label in page.text for label in HOSTILE[:5])
    assert not page.all("img")
