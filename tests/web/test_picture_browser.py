from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.web.browser import Watched, opened, seconds_until_drawn
from tests.web.fake import HOSTILE, hostile_scene
from web.picture import PictureEdge, PictureNode, picture, scene_html, visible

# Ink that is not background on the canvas: the picture is drawn, and not only loaded.
INK = """() => {
  const canvas = document.querySelector("#canvas canvas");
  const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
  let count = 0;
  for (let i = 3; i < pixels.length; i += 4) if (pixels[i] > 0) count += 1;
  return count;
}"""


@pytest.fixture(scope="module")
def hostile(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    """The picture with the hostile labels, opened from a file."""
    path = tmp_path_factory.mktemp("picture") / "hostile.html"
    path.write_bytes(scene_html(hostile_scene()).encode())
    with opened(browser, path.as_uri()) as watched:
        watched.page.goto(path.as_uri())
        watched.page.wait_for_selector("body[data-ready]")
        yield watched


def test_it_is_drawn(hostile: Watched) -> None:
    assert hostile.page.get_attribute("body", "data-ready") == str(len(HOSTILE) + 1)
    assert hostile.page.evaluate(INK) > 2_000


def test_no_script_of_a_label_runs_and_no_request_leaves(hostile: Watched) -> None:
    for button in hostile.page.query_selector_all("button"):
        button.click()
    canvas = hostile.page.locator("#canvas")
    for x in range(40, 900, 60):
        canvas.hover(position={"x": x, "y": 300})
    hostile.page.wait_for_timeout(300)
    assert hostile.page.get_attribute("body", "data-hacked") is None
    assert hostile.problems == []
    assert hostile.off_host("file:") == []
    assert len(hostile.requests) == 1


@pytest.mark.parametrize("label", HOSTILE)
def test_a_hostile_label_is_read_as_text(hostile: Watched, label: str) -> None:
    names = [element.text_content() for element in hostile.page.query_selector_all("button[data-node]")]
    assert visible(label) in names
    hostile.page.query_selector_all("button[data-node]")[names.index(visible(label))].click()
    said = hostile.page.text_content("#chosen div") or ""
    assert visible(label) in said
    assert hostile.page.get_attribute("button[aria-pressed=true]", "data-node") == hostile.page.evaluate(
        "i => document.querySelectorAll('button[data-node]')[i].dataset.node", names.index(visible(label))
    )


def test_the_tooltip_is_text(hostile: Watched) -> None:
    hostile.page.click("#centre")
    box = hostile.page.locator("#canvas").bounding_box()
    assert box is not None
    hostile.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    tooltip = hostile.page.wait_for_selector("div.vis-tooltip", state="visible")
    assert tooltip is not None
    assert tooltip.inner_text().startswith("东莞")
    assert {element.evaluate("e => e.tagName") for element in tooltip.query_selector_all("*")} <= {"BR"}


def test_a_script_that_is_not_ours_would_be_refused(hostile: Watched) -> None:
    """The policy is in force, not only written down."""
    hostile.page.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'document.body.dataset.injected = 1';"
        " document.body.append(s); }"
    )
    assert hostile.page.get_attribute("body", "data-injected") is None
    assert any("Content Security Policy" in problem for problem in hostile.problems)
    hostile.problems.clear()


@pytest.mark.parametrize("count", [60, 500])
def test_named_things_are_shown_within_two_seconds(browser: Browser, tmp_path: Path, count: int) -> None:
    nodes = [PictureNode(f"city/{i}", f"名称{i}", ("City", "Cluster", "Product")[i % 3]) for i in range(count)]
    edges = [PictureEdge(nodes[i // 7].id, node.id, "相关") for i, node in enumerate(nodes) if i]
    path = tmp_path / "图.html"
    path.write_bytes(picture(nodes, edges, "图", centre="city/0").encode())
    with opened(browser, path.as_uri()) as watched:
        assert seconds_until_drawn(watched.page, path.as_uri()) < 2
        assert watched.page.evaluate(INK) > 2_000
        assert watched.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
        assert watched.problems == []
