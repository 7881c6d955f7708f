import base64
import hashlib
import json
import re
from html.parser import HTMLParser

import pytest

from ontology.model import model
from tests.web.fake import HOSTILE, hostile_scene
from web.picture import LIMIT, PictureEdge, PictureNode, look, picture, policy, scene_html, short, visible


class Parsed(HTMLParser):
    """Elements, scripts and text of a picture."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[tuple[str | None, str]] = []
        self.words: list[str] = []
        self._in: tuple[str | None, list[str]] | None = None
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag == "script":
            self._in = (dict(attrs).get("type"), [])

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._in:
            self.scripts.append((self._in[0], "".join(self._in[1])))
            self._in = None

    def handle_data(self, data: str) -> None:
        if self._in:
            self._in[1].append(data)
        else:
            self.words.append(data)

    @property
    def data(self) -> dict[str, list[dict[str, str]]]:
        (block,) = (content for kind, content in self.scripts if kind == "application/json")
        parsed: dict[str, list[dict[str, str]]] = json.loads(block)
        return parsed


def star(count: int) -> tuple[list[PictureNode], list[PictureEdge]]:
    nodes = [PictureNode(f"city/{i}", f"城市{i}", "City") for i in range(count)]
    return nodes, [PictureEdge("city/0", node.id, "相邻") for node in nodes[1:]]


@pytest.fixture(scope="module")
def hostile() -> Parsed:
    return Parsed(scene_html(hostile_scene()))


def test_hostile_text_adds_no_element(hostile: Parsed) -> None:
    harmless = {
        "html", "head", "meta", "title", "link", "style", "body", "header", "h1", "p", "bdi", "main", "aside",
        "section", "h2", "h3", "div", "button", "ul", "li", "svg", "circle", "path", "small", "script",
    }  # fmt: skip
    assert {tag for tag, _ in hostile.elements} <= harmless
    assert len([kind for kind, _ in hostile.scripts if kind is None]) == 2
    assert not [name for _, attributes in hostile.elements for name in attributes if name.startswith("on")]


@pytest.mark.parametrize("label", HOSTILE)
def test_hostile_text_stays_text(hostile: Parsed, label: str) -> None:
    assert visible(label) in hostile.words
    titles = [node["title"] for node in hostile.data["nodes"]]
    assert any(visible(label) in title for title in titles)


def test_nothing_is_loaded_from_anywhere(hostile: Parsed) -> None:
    for tag, attributes in hostile.elements:
        assert attributes.get("src") is None
        assert attributes.get("href") in (None, "data:,"), tag
    (style,) = re.findall(r"<style>(.*?)</style>", scene_html(hostile_scene()), re.DOTALL)
    assert "url(" not in style
    assert "@import" not in style


def test_the_policy_names_exactly_the_scripts_of_the_page(hostile: Parsed) -> None:
    hashes = {
        base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        for kind, content in hostile.scripts
        if kind is None
    }
    assert set(re.findall(r"'sha256-([^']+)'", policy())) == hashes
    metas = [a["content"] for t, a in hostile.elements if t == "meta" and "http-equiv" in a]
    assert metas == [policy()]
    assert "http" not in policy()
    assert "unsafe-inline" not in policy().split("style-src")[0]


def test_ids_are_opaque(hostile: Parsed) -> None:
    assert all(re.fullmatch(r"n\d+", node["id"]) for node in hostile.data["nodes"])
    assert all(re.fullmatch(r"n\d+", edge[end]) for edge in hostile.data["edges"] for end in ("from", "to"))


def test_the_page_says_its_language_and_title() -> None:
    nodes, edges = star(3)
    page = picture(nodes, edges, "东莞 & 深圳")
    assert page.startswith("<!doctype html>")
    assert '<html lang="zh-CN">' in page
    assert "<title>东莞 &amp; 深圳</title>" in page
    assert '<html lang="en">' in picture(nodes, edges, "Dongguan", "en")


def test_the_list_says_what_the_picture_shows() -> None:
    nodes, edges = star(4)
    words = Parsed(picture(nodes, edges, "图", classes={"City": "城市"})).words
    # Each once in the list, and once more as the other end of its relation.
    assert [words.count(f"城市{i}") for i in range(4)] == [1, 2, 2, 2]
    assert words.count("城市") == 2  # legend and list
    assert words.count("相邻") == 3


def test_the_same_input_gives_the_same_bytes_whatever_its_order() -> None:
    nodes, edges = star(30)
    assert picture(nodes, edges, "图", centre="city/0") == picture(nodes[::-1], edges[::-1], "图", centre="city/0")


def test_beyond_the_limit_the_farthest_are_left_out_and_said_so() -> None:
    nodes, edges = star(LIMIT)
    far = [PictureNode("city/far", "甲很远", "City")]
    page = picture([*far, *nodes], [*edges, PictureEdge("city/7", "city/far", "相邻")], "图", centre="city/0")
    assert "甲很远" not in page
    assert "另有 1 个未画" in page
    assert len(Parsed(page).data["nodes"]) == LIMIT


def test_edge_labels_stay_off_crowded_pictures() -> None:
    assert '"label": "相邻"' in json.dumps(Parsed(picture(*star(20), "图")).data["edges"], ensure_ascii=False)
    crowded = Parsed(picture(*star(200), "图")).data["edges"]
    assert not any("label" in edge for edge in crowded)
    assert all(edge["title"] == "相邻" for edge in crowded)


def test_without_a_centre_the_best_connected_stands_in_the_middle() -> None:
    nodes, edges = star(5)
    assert Parsed(picture(nodes[::-1], edges, "图")).data["centre"] == "n0"  # type: ignore[comparison-overlap]


@pytest.mark.parametrize(
    ("nodes", "edges", "centre"),
    [
        ([], [], None),
        ([PictureNode("a", "a", "City")] * 2, [], None),
        ([PictureNode("a", "a", "City")], [PictureEdge("a", "b", "")], None),
        ([PictureNode("a", "a", "City")], [], "b"),
    ],
)
def test_what_is_no_picture_is_refused(nodes: list[PictureNode], edges: list[PictureEdge], centre: str | None) -> None:
    with pytest.raises(ValueError, match="node"):
        picture(nodes, edges, "图", centre=centre)


def test_a_thing_without_a_label_shows_its_id() -> None:
    assert "city/1" in Parsed(picture([PictureNode("city/1", " ", "City")], [], "图")).words


def test_short_counts_chinese_twice() -> None:
    assert short("集成电路", 8) == "集成电路"
    assert short("集成电路设计", 8) == "集成电路…"
    assert short("a b\n c", 9) == "a b c"


def test_every_class_has_a_look_of_its_own() -> None:
    assert look("City") != look("Cluster")
    assert look("SomethingNew") == look("SomethingNew")


@pytest.mark.parametrize(
    "cls", ["City", "Cluster", "Subsector", "Product", "Company", "Policy", "Document", "Evidence"]
)
def test_what_is_met_most_shares_its_look_with_no_other_class(cls: str) -> None:
    assert [one for one in model().classes if look(one) == look(cls)] == [cls]
