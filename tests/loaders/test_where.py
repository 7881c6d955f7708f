"""Which names are places depends on the province that speaks."""

from collections.abc import Callable

import pytest

from loaders.document.document import Document, parse
from loaders.document.source import Source
from loaders.grammar import where
from loaders.grammar.grammar import place_lists, place_names
from loaders.places.pairs import pair
from loaders.policy.home import at_home, home_city, home_province
from loaders.reading import Reading
from ontology.vocabulary import vocabulary


def listed(sentence: str, province: str | None = None, *, outside: bool = False) -> list[str]:
    with where.speaking_in(province):
        return [place.name for group in place_lists(sentence, outside=outside) for place in group.places]


def document(*titles: str) -> Document:
    text = "".join(f"# {title}\n\n为了促进发展，制定本办法。\n\n" for title in titles)
    return parse(Source("t.txt", "0" * 64, text))


@pytest.mark.parametrize(
    "sentence",
    [
        "推进白银深加工。",
        "开拓海南荔枝产业。",
        "打造大理石基地。",
        "发展东方美食。",
        "保护文山会海以外的山南水北。",
        "建设朝阳产业。",
    ],
)
def test_a_word_is_no_city_of_another_province(sentence: str) -> None:
    assert listed(sentence) == []


@pytest.mark.parametrize(
    ("province", "sentence", "names"),
    [
        ("51", "支持成都、绵阳、阿坝州重点发展新型显示。", ["成都", "绵阳", "阿坝州"]),
        ("62", "支持白银、金昌重点发展新材料。", ["白银", "金昌"]),
        ("22", "支持吉林市、长春重点发展汽车。", ["吉林", "长春"]),
        (None, "支持成都、绵阳重点发展新型显示。", []),
    ],
)
def test_bare_names_are_cities_in_their_own_province(province: str | None, sentence: str, names: list[str]) -> None:
    assert listed(sentence, province) == names


def test_full_names_are_places_everywhere_but_in_lists_only_on_request() -> None:
    sentence = "与成都市、四川省对口合作。"
    assert [sentence[a:b] for a, b in place_names(sentence)] == ["成都市", "四川省"]
    assert listed(sentence) == []
    assert listed(sentence, outside=True) == ["成都", "四川"]


def test_in_a_list_of_places_a_bare_name_is_a_city() -> None:
    assert listed("承接上海、苏州、白银等地产业转移。", outside=True) == ["上海", "苏州", "白银"]
    assert listed("承接上海、苏州园林产业转移。", outside=True) == ["上海"]
    assert listed("承接上海、苏州等地产业转移。") == []


def test_a_market_is_no_city() -> None:
    assert [
        w for a, b in place_names("繁荣大同市场和成都市民生活。") if (w := "繁荣大同市场和成都市民生活。"[a:b])
    ] == []


@pytest.mark.parametrize(
    ("titles", "province", "city"),
    [
        (["四川省培育新型显示产业集群行动计划"], "51", None),
        (["长沙市工业和信息化局关于印发办法的通知", "长沙市专项资金管理办法"], "43", "长沙"),
        (["博罗县扶持先进制造业发展办法"], "44", "惠州"),
        (["阿坝藏族羌族自治州产业发展办法"], "51", "阿坝州"),
        (["长沙市专项资金管理办法", "株洲市专项资金管理办法"], "43", None),
        (["关于加快发展的实施办法"], None, None),
        (["中共四川省委办公厅关于加快发展的实施意见"], "51", None),
        (["关于印发《成都市产业发展办法》的通知"], "51", "成都"),
    ],
)
def test_whose_document_it_is(titles: list[str], province: str | None, city: str | None) -> None:
    found = home_city(document(*titles))
    assert (home_province(document(*titles)), found.name if found else None) == (province, city)


def test_a_loader_reads_at_home_and_leaves_nothing_behind() -> None:
    seen: list[str | None] = []

    def loader(_: Document) -> Reading:
        seen.append(where.province())
        return Reading(())

    reads: Callable[[Document], Reading] = at_home(loader)
    reads(document("四川省产业发展办法"))
    assert (seen, where.province()) == (["51"], None)


@pytest.mark.parametrize(
    ("name", "sentence", "platform", "cities"),
    [
        ("成绵协同创新园", "支持成都市、绵阳市共建成绵协同创新园", False, ("成都", "绵阳")),
        ("川渝合作区", "", False, ("四川", "重庆")),
        ("深河产业共建区", "", True, ("深圳", "河源")),
        ("深河产业共建区", "", False, ()),
        ("梅江高新区", "", False, ()),
        ("粤港澳大湾区某某园", "", True, ()),
        ("成都高新区", "成都市、都江堰", False, ()),
    ],
)
def test_two_places_by_one_character_each(name: str, sentence: str, platform: bool, cities: tuple[str, ...]) -> None:
    assert tuple(place.name for place in pair(name, sentence, platform=platform)) == cities


def test_the_country_is_whole_and_its_codes_agree() -> None:
    known = vocabulary()
    assert len(known.provinces) == 34
    assert {place.province for place in known.elsewhere if place.cls == "City"} <= {p.province for p in known.provinces}
    assert {c.code for c in known.cities}.isdisjoint({p.code for p in known.elsewhere})
    assert 340 < len(known.elsewhere) < 380
    for place in known.elsewhere:
        assert place.code is not None
        assert place.code.startswith(place.province or "-")
        assert known.place(place.labels[0] if place.labels else place.name).code == place.code
    assert known.city("成都").id == "city/510100"
    assert known.city("510100").name == "成都"
    assert known.region("安徽").id == "region/cn/安徽"
    assert known.city("吉林市").code == "220200"
    assert known.city("仙桃").code == "429004"  # of no prefecture


@pytest.mark.parametrize(
    ("province", "name", "district", "city"),
    [
        ("34", "金寨现代产业园", "金寨", "六安"),  # the short name in its own province
        (None, "金寨现代产业园", None, None),
        (None, "金寨县现代产业园", "金寨县", "六安"),
        ("50", "渝北区某某站", "渝北区", "重庆"),  # of a municipality
        ("45", "隆林县某某园", "隆林县", "百色"),  # the usual name of an autonomous county
        ("44", "新兴产业园", None, None),  # words that are counties too
        ("42", "公安县某某园", "公安县", "荆州"),
        (None, "老城区改造", None, None),
        ("44", "番禺某某园", "番禺", "广州"),
    ],
)
def test_districts_of_the_whole_country(
    province: str | None, name: str, district: str | None, city: str | None
) -> None:
    with where.speaking_in(province):
        found = where.district_at_start(name)
        assert (found, where.district_city(found) if found else None) == (district, city)


def test_of_several_districts_of_one_name_the_text_tells() -> None:
    with where.speaking_in("32"):
        assert where.district_city("鼓楼区") is None
        assert where.district_city("鼓楼区", ("徐州",)) == "徐州"


@pytest.mark.parametrize("line", ["中共盐城市委办公室 盐城市人民政府办公室", "盐城市人民政府办公室文件"])
def test_a_letterhead_tells_whose_plan_it_is_where_no_title_does(line: str) -> None:
    text = f"{line}\n\n# 关于推动海上风电产业发展的实施意见\n\n为促进发展，制定本意见。\n"
    home = home_city(parse(Source("t.txt", "0" * 64, text)))
    assert home is not None
    assert home.name == "盐城"
