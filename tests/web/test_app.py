import csv
import io
import json
from urllib.parse import quote

import pytest

from tests.web.asgi import Reply, get
from tests.web.fake import HOSTILE, FakeAtlas
from tests.web.html import Page
from web.app import create_app
from web.guard import host_name
from web.links import thing_path
from web.picture import policy

PAGES = (
    "/",
    "/map",
    "/questions",
    "/cell/nothing",
    "/city/441900",
    "/search?q=东",
    "/query",
    "/documents",
    "/thing/product/0",
    "/ask/places",
    "/ask/broken-engine",
    "/ask/broken-program",
    "/nowhere",
    "/draw/nothing",
    "/draw/东莞",
)


def fetch(address: str, **options: str | None) -> Reply:
    return get(create_app(FakeAtlas()), quote(address, safe="/?=&%"), **options)  # type: ignore[arg-type]


def test_home_shows_counts_questions_and_first_answers() -> None:
    page = Page(fetch("/questions"))
    text = "".join(page.words)
    assert "1,234" in text
    assert "places 的中文题目" in text
    assert "places in English" not in text
    assert "places in English" in "".join(Page(fetch("/questions?lang=en")).words)
    assert HOSTILE[0] in page.words
    assert "/ask/many" in page.links()
    assert "/draw/%E4%B8%9C%E8%8E%9E" in page.links()


def test_an_engine_that_is_missing_does_not_take_the_page_with_it() -> None:
    reply = fetch("/questions")
    assert reply.status == 200
    assert "安装 clusteratlas[cypher]" in reply.text


def test_ask_passes_what_the_form_says() -> None:
    atlas = FakeAtlas()
    reply = get(create_app(atlas), "/ask/places?city=%E5%B9%BF%E5%B7%9E&note=")
    assert reply.status == 200
    assert atlas.asked == [("places", {"city": "广州", "note": ""})]
    inputs = {attributes["name"]: attributes for tag, attributes in Page(reply).elements if tag == "input"}
    assert inputs["city"]["value"] == "广州"
    assert "required" in inputs["city"]
    assert "required" not in inputs["note"]


def test_ask_shows_the_default_that_it_answers_with() -> None:
    page = Page(fetch("/ask/places"))
    inputs = {attributes["name"]: attributes for tag, attributes in page.elements if tag == "input"}
    assert inputs["city"]["value"] == "东莞"


def test_cells_are_text_and_ids_link_to_their_things() -> None:
    page = Page(fetch("/ask/places"))
    assert HOSTILE[0] in page.words
    assert {one.get("src") for one in page.all("script")} == {"/static/explorer.js", "/static/code.js"}
    assert not [tag for tag, _ in page.elements if tag in ("img", "iframe")]
    assert "/thing/product/5G%2520%E6%89%8B%E6%9C%BA" in page.links()
    assert "/city/441900" in page.links()
    assert "打开" not in page.words  # the name carries the link
    assert "核心" in "".join(page.words)  # the code "core" in words
    assert "是" in page.words
    assert "—" in page.words


def test_the_link_of_an_id_leads_back_to_the_id() -> None:
    reply = get(create_app(FakeAtlas()), thing_path("product/5G%20手机"))
    assert reply.status == 200
    assert "5G 手机" in reply.text


def test_long_answers_are_cut_on_the_page_and_nowhere_else() -> None:
    page = fetch("/ask/many")
    assert page.text.count("<tr>") == 501
    assert "打开" in page.text  # an id without a name
    assert "共 700 行" in page.text
    assert "结果达到上限" in page.text
    assert len(json.loads(fetch("/ask/many.json").text)) == 700


def test_json_has_the_columns_as_keys() -> None:
    reply = fetch("/ask/places.json")
    assert reply.headers["content-type"] == "application/json"
    assert json.loads(reply.text)[0] == {
        "place": "city/441900",
        "place_name": HOSTILE[0],
        "role": "core",
        "count": 3,
        "share": 0.25,
        "open": True,
        "day": "2025-03-01",
    }


def test_csv_opens_in_a_spreadsheet() -> None:
    reply = fetch("/ask/places.csv")
    assert reply.body.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(reply.text.removeprefix("\ufeff"))))
    assert rows[0] == ["标识", "名称", "角色", "数量", "比例", "开放", "日期"]
    assert rows[2] == ["product/5G%20手机", HOSTILE[4], "", "", "0.333333333333", "否", ""]
    assert "places%20%E7%9A%84" in reply.headers["content-disposition"]


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/ask/nothing", 404, "没有名为“nothing”的问题"),
        ("/ask/places?city=东管", 404, "相近的有：东莞"),
        ("/ask/places?city=", 400, "参数 city"),
        ("/ask/places?city=a&city=b", 400, "参数 city"),
        ("/ask/broken-engine", 503, "clusteratlas[cypher]"),
        ("/ask/broken-program", 500, "程序出错"),
        ("/draw/nothing", 404, "相近的有：东莞"),
        ("/nowhere", 404, "没有这个页面"),
    ],
)
def test_mistakes_are_said_in_words(address: str, status: int, words: str) -> None:
    reply = fetch(address)
    assert reply.status == status
    assert words in "".join(Page(reply).words)
    assert "secret detail" not in reply.text


def test_a_mistake_keeps_the_form() -> None:
    page = Page(fetch("/ask/places?city=东管"))
    inputs = {attributes["name"]: attributes for tag, attributes in page.elements if tag == "input"}
    assert inputs["city"]["value"] == "东管"


def test_mistakes_in_json_and_csv_keep_their_form() -> None:
    reply = fetch("/ask/places.json?city=东管")
    assert reply.status == 404
    assert "东莞" in json.loads(reply.text)["error"]
    reply = fetch("/ask/broken-engine.csv")
    assert reply.status == 503
    assert reply.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_can_be_written(method: str) -> None:
    assert fetch("/ask/places", method=method).status == 405


@pytest.mark.parametrize("address", PAGES)
def test_every_answer_has_the_security_headers(address: str) -> None:
    headers = fetch(address).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def test_a_form_sends_the_lines_of_a_field_and_they_come_back_as_they_were() -> None:
    page = fetch("/query?sparql=SELECT%20?s%0D%0A{%20?s%20?p%20?o%20}").text
    assert ">SELECT ?s\n{ ?s ?p ?o }</textarea>" in page
    assert "\ufffd" not in page.partition("<textarea")[2].partition("</textarea>")[0]


def test_pages_run_our_files_only_and_a_picture_only_its_own() -> None:
    assert "script-src 'self';" in fetch("/").headers["content-security-policy"]
    assert "unsafe" not in fetch("/").headers["content-security-policy"]
    assert fetch("/draw/东莞").headers["content-security-policy"].startswith(policy())


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:1", "[::1]:8000", "LOCALHOST"])
def test_our_own_names_are_served(host: str) -> None:
    assert fetch("/", host=host).status == 200


@pytest.mark.parametrize(
    "host",
    [
        "stranger.example",
        "stranger.example:8000",
        "localhost.stranger.example",
        "localhost:x",
        "[::1",
        "[::1]x",
        "",
        None,
    ],
)
@pytest.mark.parametrize("address", ["/", "/static/atlas.css", "/draw/东莞", "/ask/places.json"])
def test_a_foreign_host_is_refused(host: str | None, address: str) -> None:
    reply = fetch(address, host=host)
    assert reply.status == 421
    assert "content-security-policy" in reply.headers
    assert "东莞" not in reply.text


def test_host_name_leaves_the_port_off() -> None:
    assert host_name("[::1]:8000") == "[::1]"
    assert host_name(" Localhost:80 ") == "localhost"


@pytest.mark.parametrize("name", ["atlas.css", "picture.js", "explorer.js", "code.js"])
def test_static_files_are_served(name: str) -> None:
    assert fetch(f"/static/{name}").status == 200


@pytest.mark.parametrize("path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/"])
def test_nothing_beside_the_static_files_is_served(path: str) -> None:
    assert fetch(path).status == 404
