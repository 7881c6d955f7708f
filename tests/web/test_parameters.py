"""What an address may say: nothing is left aside in silence, and what is in question goes from page to page."""

import json
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from starlette.types import ASGIApp

from clusteratlas import Atlas
from clusteratlas.explorer import Explorer, scene
from ontology.errors import NotFound
from tests.web.asgi import Reply, get
from tests.web.html import Page
from web.app import create_app

EDITION = "粤府函-2020-82"

PLACES = ("/", "/map", "/graph", "/chain", "/match", "/policies", "/lineage", "/calendar", "/gaps", "/questions")
THINGS = ("/city/441900", "/thing/product/碳化硅", "/draw/东莞")
FORMS = ("/search", "/query", "/documents")


@pytest.fixture(scope="module")
def app(bundled_atlas: Atlas) -> ASGIApp:
    return create_app(Explorer(bundled_atlas))


def fetch(app: ASGIApp, address: str) -> Reply:
    return get(app, quote(address, safe="/?=&%"))


@pytest.mark.parametrize("place", [*PLACES, *THINGS, *FORMS])
def test_no_page_leaves_a_parameter_aside_that_it_does_not_know(app: ASGIApp, place: str) -> None:
    reply = fetch(app, f"{place}?foo=1")
    assert reply.status == 400
    assert "foo" in Page(reply).text


def test_a_parameter_that_is_not_known_is_told_with_those_that_are(app: ASGIApp) -> None:
    reply = fetch(app, "/gaps.json?clust=1")
    assert reply.status == 400
    message = json.loads(reply.text)["error"]
    assert "相近的有：cluster" in message
    assert "city、cluster、stage、status" in message


@pytest.mark.parametrize("place", ["/gaps", "/match", "/questions", "/search"])
@pytest.mark.parametrize(("name", "status"), [(EDITION, 200), ("1999", 404)])
def test_an_edition_is_taken_everywhere_and_must_be_one(app: ASGIApp, place: str, name: str, status: int) -> None:
    assert fetch(app, f"{place}?edition={name}").status == status


@pytest.mark.parametrize("place", ["/calendar", "/documents"])
@pytest.mark.parametrize("given", ["city=东管", "cluster=没有这个"])
def test_what_only_goes_along_must_exist_too(app: ASGIApp, place: str, given: str) -> None:
    assert fetch(app, f"{place}?{given}").status == 404


@pytest.mark.parametrize(("lang", "status"), [("en", 200), ("zh", 200), ("", 200), ("fr", 400)])
def test_a_page_speaks_one_of_two_languages(app: ASGIApp, lang: str, status: int) -> None:
    assert fetch(app, f"/questions?lang={lang}").status == status


@pytest.mark.parametrize("place", ["/", "/gaps", "/match", "/chain", "/calendar"])
def test_another_edition_stays_chosen_and_every_link_of_the_header_opens(app: ASGIApp, place: str) -> None:
    page = Page(fetch(app, f"{place}?edition={EDITION}&city=441900"))
    kept = [link for link in page.links() if link and "edition=" in link and urlsplit(link).path != place]
    assert {"/map", "/match", "/gaps", "/chain"} - {place} <= {urlsplit(link).path for link in kept}
    for link in kept:
        assert parse_qs(urlsplit(link).query)["edition"] == [EDITION]
        assert get(app, link).status == 200, link


def test_a_form_keeps_the_edition_that_its_page_only_hands_on(app: ASGIApp) -> None:
    hidden = [one for one in Page(fetch(app, f"/gaps?edition={EDITION}")).all("input") if one.get("type") == "hidden"]
    assert {one["value"] for one in hidden if one["name"] == "edition"} == {EDITION}
    assert not [one for one in Page(fetch(app, "/gaps")).all("input") if one.get("name") == "edition"]


def test_the_edition_is_no_statement_about_an_applicant(app: ASGIApp) -> None:
    plain, carried = (
        json.loads(fetch(app, f"/match.json?it-share=65%25{more}").text) for more in ("", f"&edition={EDITION}")
    )
    assert carried == plain


@pytest.mark.parametrize(
    ("prefix", "listed"),
    [
        ("/thing", "/graph"),
        ("/cell", "/"),
        ("/city", "/"),
        ("/evidence", "/documents"),
        ("/ask", "/questions"),
        ("/draw", "/graph"),
    ],
)
def test_an_address_without_its_thing_leads_to_the_list(app: ASGIApp, prefix: str, listed: str) -> None:
    assert get(app, prefix).headers["location"].endswith(f"{prefix}/")
    reply = get(app, f"{prefix}/?lang=en")
    assert reply.headers["location"] == f"{listed}?lang=en"
    assert get(app, reply.headers["location"]).status == 200


@pytest.mark.parametrize("number", ["粤府〔2021〕53号", "粤府(2021)53号", "粤府 [2021] 53号"])
def test_a_policy_is_drawn_by_its_number(bundled_atlas: Atlas, number: str) -> None:
    picture = scene(bundled_atlas.rows(), number)
    assert picture.centre == "policy/粤府-2021-53"
    assert len(picture.nodes) > 1


def test_what_nothing_is_called_keeps_the_near_names_of_things(bundled_atlas: Atlas) -> None:
    with pytest.raises(NotFound, match="没有名为“智能机器”的事物；相近的有：智能机器人"):
        scene(bundled_atlas.rows(), "智能机器")
