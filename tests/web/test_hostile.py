"""Labels that look like markup, script, queries or formulas stay text on every page, in JSON and in CSV."""

import csv
import io
import json
from urllib.parse import quote

import pytest

from tests.web.asgi import get
from tests.web.fake import CLUSTER, HOSTILE, TEXT, FakeAtlas
from tests.web.html import Page
from web.app import create_app
from web.picture import visible
from web.view import FORMULA

EVIDENCE = next(n.id for n in FakeAtlas().tables().nodes if n.properties.get("quote") == HOSTILE[1])

# Each page with the labels that it must show: all, or some.
PAGES = {
    "/city/441900": HOSTILE,
    f"/city/441900?cluster={quote(CLUSTER.removeprefix('cluster/'))}": HOSTILE[:2],
    f"/{CLUSTER}": HOSTILE,
    f"/{EVIDENCE}": HOSTILE[1:2],
    "/documents": HOSTILE[3:4],
    "/documents/d1": [label for label in HOSTILE if "\n" not in label],
    "/search?q=5": HOSTILE[:1],
    "/search?q=%E5%89%8D": HOSTILE,
    "/thing/city/441900": HOSTILE,
    "/thing/layout/1": HOSTILE[1:2],
    "/thing/product/1": HOSTILE[1:2],
    "/query?sparql=SELECT": HOSTILE,
    "/ask/places": [HOSTILE[0], HOSTILE[4]],
    "/questions": [HOSTILE[0], HOSTILE[3]],
    "/thing/policy/1": [HOSTILE[2], HOSTILE[4]],
}
APP = create_app(FakeAtlas())
OURS = {"/static/explorer.js", "/static/matrix.js", "/static/code.js"}
HARMLESS = {"href", "src"}


@pytest.mark.parametrize("lang", ["", "en"])
@pytest.mark.parametrize("address", PAGES)
def test_a_page_shows_them_as_text(address: str, lang: str) -> None:
    full = address + (("&" if "?" in address else "?") + "lang=en" if lang else "")
    reply = get(APP, full)
    assert reply.status == 200
    page = Page(reply)
    assert {one.get("src") for one in page.all("script")} <= OURS
    assert not {tag for tag, _ in page.elements} & {"img", "iframe", "object", "base", "style", "svg", "embed"}
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]
    for _, attributes in page.elements:
        for name in HARMLESS & set(attributes):
            assert str(attributes[name]).startswith(("/", "#", "data:,")), attributes
            assert not str(attributes[name]).startswith("//"), attributes
    for label in PAGES[address]:
        assert visible(label) in page.text, label


@pytest.mark.parametrize("address", PAGES)
def test_json_and_csv_hold_them(address: str) -> None:
    path, _, query = address.partition("?")
    path = "/index" if path == "/" else path
    as_json = get(APP, f"{path}.json?{query}")
    assert as_json.status == 200
    assert as_json.headers["content-type"] == "application/json"
    assert json.loads(as_json.text)
    as_csv = get(APP, f"{path}.csv?{query}")
    assert as_csv.status == 200
    rows = list(csv.reader(io.StringIO(as_csv.text.removeprefix("\ufeff"))))
    assert len({len(row) for row in rows}) == 1
    assert not [cell for row in rows[1:] for cell in row if cell.startswith(FORMULA)]


def test_a_hostile_search_stays_text() -> None:
    for label in HOSTILE:
        if "\x00" in label:
            continue  # what no address can hold
        for where in ("/search?q=", "/query?sparql=", "/query?cypher=", "/ask/places?note="):
            reply = get(APP, where + quote(label.strip()))
            page = Page(reply)
            assert {one.get("src") for one in page.all("script")} <= OURS
            assert not page.all("img")


def test_a_hostile_address_stays_text() -> None:
    for label in HOSTILE:
        text = label.replace("\x00", "").encode("utf-8", "replace").decode()
        for where in ("/city/", "/cluster/", "/thing/", "/evidence/", "/documents/", "/ask/", "/draw/", "/"):
            reply = get(APP, where + quote(text, safe=""))
            assert reply.status in ((200,) if where == "/thing/" else ()) + (400, 404), (where, label)
            assert not [one for one in Page(reply).all("script") if one.get("src") not in OURS]


def test_the_text_of_a_document_is_whole() -> None:
    """Marks cut the text and lose nothing of it."""
    data = json.loads(get(APP, "/documents/d1.json").text)
    lines = [line["text"] for section in data["sections"] for line in section["lines"]]
    assert lines == [line.encode("utf-8", "replace").decode() for line in TEXT.split("\n") if line.strip()]
