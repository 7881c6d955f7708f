"""The overview over two graphs: the bundled one against the layout that the build wrote, a small one by hand."""

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from html import unescape
from typing import Any
from urllib.parse import quote

import pytest

from clusteratlas import Atlas
from clusteratlas.explorer import Explorer
from tests.web.asgi import Reply, get
from tests.web.fake import HOSTILE
from tests.web.html import Page
from tests.web.star_graph import CELLS, CITIES, CLUSTERS, NAMED, NEW, OLD, StarAtlas
from web.app import create_app
from web.layouts import layouts, rank
from web.picture import visible
from web.site import Site
from web.speech import Speech
from web.stars import Star

APP = create_app(StarAtlas())
Data = Mapping[str, Any]


def fetch(address: str) -> Reply:
    return get(APP, quote(address, safe="/?=&%"))


def data(address: str) -> Data:
    reply = fetch(address)
    assert reply.status == 200, reply.text
    content: Data = json.loads(reply.text)
    return content


def cells(content: Data) -> dict[tuple[str, str], Data]:
    return {
        (one["cluster"].removeprefix("cluster/"), one["city"].removeprefix("city/")): one for one in content["cells"]
    }


def order(content: Data, axis: str) -> list[str]:
    return [one["name"] for one in content[axis]]


def test_every_cell_of_the_bundled_layout_is_the_one_that_the_build_wrote(bundled_atlas: Atlas) -> None:
    app = create_app(Explorer(bundled_atlas))
    for edition in bundled_atlas.stars()["editions"]:
        key = edition["edition"].removeprefix("policy/")
        page = json.loads(get(app, f"/index.json?edition={quote(key)}").text)
        names = {one["id"]: one["name"] for one in (*page["clusters"], *page["cities"])}
        shown = {(names[one["cluster"]], names[one["city"]]): one for one in page["cells"]}
        assert len(shown) == 420
        held = {(one["cluster"], one["city"]): one for one in edition["cells"]}
        assert {pair for pair, one in shown.items() if one["assignment"]} == set(held)
        for pair, one in held.items():
            fields = ("present", "level", "confidence", "level_confidence", "override")
            assert [shown[pair][name] for name in fields] == [one[name] for name in fields], pair


def test_the_small_layout_has_its_own_cells() -> None:
    content = data("/index.json")
    shown = cells(content)
    assert len(shown) == 9
    for pair, held in CELLS.items():
        for name in ("present", "level", "confidence"):
            assert shown[pair][name] == held.get(name), pair
    assert shown["x/three", "990300"]["words"] == "丙城 × 陶瓷：无数据"
    assert content["scale"] == "stars"
    assert content["current"] is True


@pytest.mark.parametrize(
    ("pair", "words", "guess"),
    [
        (("x/one", "990100"), "核心 ★★★，列入把握 0.99，星级把握 0.95", False),
        (("x/one", "990300"), "未标星，把握 >0.99", False),
        (("x/two", "990100"), "重点 ★★（推断），列入把握 0.95，星级把握 0.81", True),
        (("x/two", "990200"), "列入，星级不明，把握 0.96", False),
        (("x/two", "990300"), "未标星（推断），把握 0.60", True),
        (("x/three", "990100"), "未定是否列入，把握 0.50", False),
        (("x/three", "990200"), "重点 ★★（人工修正），列入把握 0.60，星级把握 0.60", False),
    ],
)
def test_a_cell_says_what_is_known_and_what_is_guessed(pair: tuple[str, str], words: str, guess: bool) -> None:
    one = cells(data("/index.json"))[pair]
    assert one["words"].endswith(f"：{words}")
    assert one["guess"] is guess


def looks(address: str) -> dict[str, tuple[str, str, str]]:
    """For the words of each cell: its style, its sign, its link."""
    found = re.findall(
        r'<td class="([^"]*)"><a href="([^"]*)"[^>]*aria-label="([^"]*)">([^<]*)</a>', fetch(address).text
    )
    return {unescape(words): (style, sign, unescape(link)) for style, link, words, sign in found}


def test_a_guess_never_looks_like_what_is_known() -> None:
    by_style: dict[str, set[bool]] = {}
    shown = {one["words"]: one for one in data("/index.json")["cells"]}
    for words, (style, sign, _) in looks("/").items():
        guess = shown[words]["guess"]
        by_style.setdefault(style, set()).add(guess)
        assert ("?" in sign) == (guess or "未定" in words), words
        assert ("guess" in style.split()) == ("?" in sign), words
        assert ("fixed" in style.split()) == ("#" in sign) == ("人工修正" in words)
    assert all(len(guesses) == 1 for guesses in by_style.values())
    assert {style.split()[0] for style in by_style} == {"s3", "s2", "s1", "s0", "off", "open", "none"}


def test_an_edition_without_stars_names_cities_and_is_silent_of_the_others() -> None:
    content = data(f"/index.json?edition={OLD}")
    assert (content["scale"], content["current"]) == ("names", False)
    for pair, one in cells(content).items():
        assert one["words"].split("：")[1].split("，")[0] == ("点名" if pair in NAMED else "未点名"), pair
    styles = {style for style, _, _ in looks(f"/?edition={OLD}").values()}
    assert styles == {"named", "none edge", "named edge", "none"}
    assert "未标星" not in Page(fetch(f"/?edition={OLD}")).text
    assert cells(data("/index.json?edition=2025")) == cells(content)


def test_a_cell_leads_to_its_witnesses_or_to_what_is_said() -> None:
    links = {words.split("：")[0]: link for words, (_, _, link) in looks("/").items()}
    assert links["甲城 × 稻米"] == f"/cell/{NEW}/x/one/990100"
    assert links["丙城 × 陶瓷"] == "/city/990300?cluster=x%2Fthree"


def test_rows_and_columns_are_sorted() -> None:
    plain = data("/index.json")
    assert order(plain, "clusters") == ["稻米", "茶叶", "陶瓷"]
    assert order(plain, "cities") == ["乙城", "丙城", "甲城"]  # the regions of the edition, by name
    assert order(data("/index.json?rows=990200"), "clusters") == ["陶瓷", "稻米", "茶叶"]  # ★★, ★, level unknown
    assert order(data("/index.json?rows=990100"), "clusters") == ["稻米", "茶叶", "陶瓷"]  # ★★★, ★★, undecided
    assert order(data("/index.json?rows=count"), "clusters") == ["稻米", "茶叶", "陶瓷"]
    assert order(data("/index.json?columns=x/two"), "cities") == ["甲城", "乙城", "丙城"]
    assert order(data("/index.json?columns=x/three"), "cities") == ["乙城", "甲城", "丙城"]
    assert order(data("/index.json?columns=count"), "cities") == ["乙城", "甲城", "丙城"]
    assert order(data("/index.json?rows=count&category=emerging"), "clusters") == ["陶瓷"]


def test_each_city_stands_under_one_region() -> None:
    headings = re.findall(r'<th scope="colgroup" colspan="(\d)"><bdi>([^<]*)', fetch("/").text)
    assert headings == [("2", "东片"), ("1", "西片")]
    assert order(data(f"/index.json?region={NEW}/whole"), "cities") == ["甲城", "乙城", "丙城"]


def test_the_strength_of_cells_has_an_order() -> None:
    stars = [Star(True, 3), Star(True, 2), Star(True, 1), Star(True), Star(None), Star(False), None]
    ranks = [rank(star) for star in stars]
    assert ranks == sorted(set(ranks), reverse=True)


def test_filters_keep_to_a_region_and_a_category() -> None:
    east = data(f"/index.json?region={NEW}/east")
    assert order(east, "cities") == ["乙城", "丙城"]
    assert len(east["cells"]) == 6
    assert data("/index.json?region=东片") == east
    assert order(data("/index.json?category=pillar"), "clusters") == ["稻米", "茶叶"]
    both = data("/index.json?category=emerging&region=西片")
    assert [one["words"] for one in both["cells"]] == ["甲城 × 陶瓷：未定是否列入，把握 0.50"]


def sums(address: str) -> list[str]:
    text = fetch(address).text
    return [part.split("</td>")[0] for part in text.split('<td class="sum')[1:]]


def test_sums_count_what_is_listed_and_shown() -> None:
    numbers = [int(one.rpartition(">")[2]) for one in sums("/")]
    assert numbers == [2, 2, 1, 3, 0, 2, 5]  # clusters by cities, then cities in their order, then all
    assert [int(one.rpartition(">")[2]) for one in sums("/?region=西片")] == [1, 1, 0, 2, 2]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/?edition=1999", 404),
        ("/?region=南片", 404),
        ("/?city=东", 404),
        ("/?cluster=云", 404),
        ("/?rows=云", 404),
        ("/?columns=云", 404),
        ("/?category=big", 400),
        ("/?city=990100&city=990200", 400),
        (f"/cell/{NEW}/x/three/990300", 404),
    ],
)
def test_a_state_that_is_none_is_refused(address: str, status: int) -> None:
    assert fetch(address).status == status


def test_csv_holds_every_cell() -> None:
    reply = fetch("/index.csv")
    rows = list(csv.reader(io.StringIO(reply.text.removeprefix("\ufeff"))))
    assert rows[0][:6] == ["集群", "城市", "列入", "星级", "把握", "星级把握"]
    assert ["稻米", "甲城", "是", "3", "0.99", "0.95"] in [row[:6] for row in rows]
    assert len(rows) == 10
    english = fetch("/index.csv?lang=en").text
    assert english.startswith("\ufeffcluster,city,listed")


def test_what_is_in_question_goes_on_and_can_be_taken_off() -> None:
    page = Page(fetch(f"/?city=990100&cluster=x/one&edition={OLD}&rows=count"))
    links = page.links()
    assert f"/map?city=990100&cluster=x%2Fone&edition={OLD}" in links
    assert f"/?cluster=x%2Fone&edition={OLD}&rows=count" in links
    assert f"/?city=990100&edition={OLD}&rows=count" in links
    assert "/?city=990100&cluster=x%2Fone&rows=count" in links
    here = [attributes.get("class") for tag, attributes in page.elements if "here" in str(attributes.get("class"))]
    assert len(here) == 1 + 3 + 1  # the heading and the cells of the city, the row of the cluster
    profile = Page(fetch("/city/990100?cluster=x/one"))
    assert "/map?city=990100&cluster=x%2Fone" in profile.links()


def test_a_second_click_takes_an_order_back() -> None:
    def sorting(address: str) -> list[object]:
        links = [one for one in Page(fetch(address)).all("a") if one.get("class") == "sort"]
        return [one["href"] for one in links if one["aria-label"] == "按甲城排各集群"]

    assert sorting("/") == ["/?rows=990100"]
    assert sorting("/?rows=990100") == ["/"]
    page = Page(fetch("/?rows=990100"))
    assert len([one for _, one in page.elements if one.get("aria-sort")]) == 1


def test_the_cell_page_sets_witnesses_for_and_against_apart() -> None:
    content = data(f"/cell/{NEW}/x/one/990100.json")
    assert [one["id"] for one in content["supportedBy"]] == ["witnesses/a"]
    assert [one["id"] for one in content["opposedBy"]] == ["witnesses/b"]
    text = Page(fetch(f"/cell/{NEW}/x/one/990100")).text
    assert text.index("支持") < text.index("印作“★★★★”") < text.index("反对") < text.index("行合计，印作“9”")
    rows = list(csv.reader(io.StringIO(fetch(f"/cell/{NEW}/x/one/990100.csv").text.removeprefix("\ufeff"))))
    assert [row[0] for row in rows[1:]] == ["支持", "反对"]
    assert "点名，把握 0.96" in Page(fetch(f"/cell/{OLD}/x/one/990300")).text
    assert "没有见证" in Page(fetch(f"/cell/{NEW}/x/two/990200")).text


def test_every_edition_is_found_with_the_current_one_first() -> None:
    known = layouts(Site(StarAtlas()).index)
    assert [(one.key, one.current, one.starred) for one in known] == [(NEW, True, True), (OLD, False, False)]


@pytest.mark.parametrize("label", HOSTILE)
def test_hostile_names_stay_text(label: str) -> None:
    words = ("甲城", "稻米", "新规划", "东片", "见于表", "★★★★")
    app = create_app(StarAtlas(dict.fromkeys(words, label)))
    for path in ("/", "/?lang=en", "/map", "/map?cluster=x/one&with=x/two&lang=en", f"/cell/{NEW}/x/one/990100"):
        page = Page(get(app, path))
        assert {one["src"] for one in page.all("script")} <= {"/static/explorer.js", "/static/matrix.js"}
        assert not {tag for tag, _ in page.elements} & {"img", "iframe", "object", "base", "style", "embed"}
        assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]
        assert visible(label) in page.text, path


def test_words_are_in_the_language_of_the_page() -> None:
    star = Star(True, 2, 0.95, "", 0.81)
    assert star.sentence(Speech("en")) == "key ★★ (a guess), confidence of being listed 0.95, of the level 0.81"
    assert Star(True, None, 0.96).sentence(Speech(), starred=False) == "点名，把握 0.96"


def test_the_graph_of_the_test_says_so_itself() -> None:
    names: Sequence[str] = [name for name, *_ in (*CITIES.values(), *CLUSTERS.values())]
    text = Page(fetch("/")).text
    assert all(name in text for name in names)


def test_a_level_that_is_only_likely_is_a_guess_beside_a_profile_too() -> None:
    text = Page(fetch("/city/990100")).text
    assert "★★（推断）" in text
    assert "列入把握 0.95，星级把握 0.81" in text
    assert "★★★（推断）" not in text
