"""The bundled graph in a real browser, without a network."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from clusteratlas import Atlas
from clusteratlas.explorer import Explorer, scene
from tests.web.browser import opened, seconds_until_drawn, served
from tests.web.test_picture_browser import INK
from web.app import create_app
from web.picture import Lang, scene_html


@pytest.fixture(scope="module")
def address(bundled_atlas: Atlas) -> Iterator[str]:
    """The explorer over the bundled graph."""
    with served(create_app(Explorer(bundled_atlas))) as found:
        yield found


def test_draw_dongguan_opens_offline_within_two_seconds(browser: Browser, bundled_atlas: Atlas, tmp_path: Path) -> None:
    path = tmp_path / "dongguan.html"
    path.write_bytes(scene_html(scene(bundled_atlas.rows(), "东莞")).encode())
    with opened(browser, path.as_uri()) as watched:
        assert seconds_until_drawn(watched.page, path.as_uri()) < 2
        assert watched.page.evaluate(INK) > 2_000
        names = [element.text_content() for element in watched.page.query_selector_all("button[data-node]")]
        assert "东莞" in names
        assert len(names) > 10
        assert watched.problems == []
        assert set(watched.requests) == {path.as_uri()}


def test_a_picture_in_english_has_english_words(bundled_atlas: Atlas) -> None:
    tables = bundled_atlas.rows()
    found = scene(tables, "东莞", "en")
    assert found.title == "Dongguan"
    assert found.classes["City"] == "City"
    assert {one.label for one in found.edges} & {"hosts", "in region"}
    centre = next(one for one in found.nodes if one.id == found.centre)
    assert [one for one in centre.lines if "：" in one] == []
    assert scene(tables, "东莞").title == "东莞"


def test_lines_of_a_picture_say_in_words_what_qualifies_them(bundled_atlas: Atlas) -> None:
    tables = bundled_atlas.rows()
    wordings: tuple[tuple[Lang, set[str]], ...] = (
        ("zh", {"点名（龙头）", "供给（区域供给）"}),
        ("en", {"named for (leading firm)"}),
    )
    for lang, wanted in wordings:
        labels = {one.label for name in ("东莞", "汽车") for one in scene(tables, name, lang).edges}
        assert wanted <= labels
        assert not [one for one in labels if "_" in one]


def test_a_newcomer_finds_an_answer_and_its_picture(browser: Browser, address: str) -> None:
    with opened(browser, address) as watched:
        page = watched.page
        page.goto(address + "questions")
        assert page.locator("table").count() == 3
        page.locator("main h3 a").first.click()
        page.wait_for_load_state()
        assert "/ask/" in page.url
        assert page.locator("tbody tr").count() > 0
        page.locator("tbody a[href^='/cluster/']").first.click()
        page.wait_for_load_state()
        assert "/cluster/" in page.url
        page.get_by_role("link", name="单页关系图").click()
        page.wait_for_selector("button[data-node]")
        assert "/draw/" in page.url
        assert watched.problems == []
        assert watched.off_host(address) == []


def test_every_question_has_a_page(browser: Browser, address: str) -> None:
    with opened(browser, address) as watched:
        watched.page.goto(address + "questions")
        links = watched.page.eval_on_selector_all("main ul a", "all => all.map(a => a.href)")
        questions = [link for link in links if "/ask/" in link]
        assert len(questions) >= 10
        for link in questions:
            reply = watched.page.goto(link)
            assert reply is not None
            assert reply.status == 200, link
        assert watched.problems == []
