"""The library's headers, and how what people write becomes typed parameters."""

from datetime import date, datetime
from pathlib import Path

import pytest

from graph.rows import Iri
from ontology import ids
from ontology.errors import NotFound, ParameterError, QuestionError
from queries.library import Question, library, load, question
from queries.parameters import Parameter, for_cypher, for_sparql, read

HEADER = """
title = "问"
title_en = "Ask"
explanation = "说明"
explanation_en = "Explanation"
order = ["city"]

[[parameters]]
name = "city"
type = "city"
title = "城市"
title_en = "City"
default = "东莞"

[[columns]]
name = "city"
type = "id"
title = "城市"
title_en = "City"

[[samples]]
arguments = {}
"""


@pytest.mark.parametrize("asked", library().values(), ids=list(library()))
def test_a_question_is_complete(asked: Question) -> None:
    assert asked.title
    assert asked.title_en
    assert asked.explanation.strip()
    assert asked.explanation_en.strip()
    assert asked.order
    assert all(column.title and column.title_en for column in asked.columns)
    assert all(parameter.title and parameter.title_en for parameter in asked.parameters)
    assert "cite" in {column.name for column in asked.columns}, "every answer says where it comes from"
    assert any(column.type == "id" for column in asked.columns)
    filled = len([one for one in asked.samples if not one.empty])
    assert filled >= 2 or "ca:Registration" in asked.sparql, "no registry is bundled"
    for one in asked.samples:
        asked.bind(one.arguments)
    for column in asked.columns:
        if column.codes is not None:
            assert column.shown("no such code") == "no such code"


def test_there_are_enough_questions() -> None:
    assert len(library()) >= 10


def test_names_codes_and_english_mean_the_same() -> None:
    asked = library()["city-layout-statements"]
    bound = [
        asked.bind({"city": city})["city"] for city in ("东莞", "东莞市", "Dongguan", "441900", " 东莞 ", "city/441900")
    ]
    assert bound == ["city/441900"] * 6
    clusters = [asked.bind({"cluster": name})["cluster"] for name in ("半导体及集成电路", "半导体与集成电路", "11")]
    assert len(set(clusters)) == 1


def test_defaults_stand_in() -> None:
    assert library()["city-layout-statements"].bind() == {"city": "city/441200", "cluster": None}
    assert library()["policies-on-date"].bind({"policy": ""})["policy"] == ""


def test_values_for_each_language() -> None:
    asked = library()["city-layout-statements"]
    bound = asked.bind({"city": "东莞"})
    assert for_sparql(asked.parameters, bound) == {"city": Iri(f"{ids.BASE}city/441900")}
    assert for_cypher(asked.parameters, bound) == {"city": "city/441900", "cluster": None}


@pytest.mark.parametrize(
    ("arguments", "error", "says"),
    [
        ({"city": "东完"}, NotFound, "东莞"),
        ({"cluster": "半导体及集成"}, NotFound, "半导体与集成电路"),
        ({"citty": "东莞"}, NotFound, "city"),
        ({"city": None}, ParameterError, "缺少"),
    ],
)
def test_mistakes_name_what_was_meant(arguments: dict[str, object], error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        library()["city-layout-statements"].bind(arguments)


@pytest.mark.parametrize(
    ("name", "arguments", "says"),
    [
        ("unstarred-in-region", {"region": "沿海经济带"}, "相近的有：沿海经济带东翼、沿海经济带西翼"),
        ("unstarred-in-region", {"region": "不存在"}, "北部生态发展区"),
        ("unstarred-in-region", {"region": ""}, "珠三角"),
        ("deadlines", {"what": "验受"}, "相近的有：验收"),
        ("deadlines", {"what": "上缴"}, "申报、报送、验收、复核、清算、到期"),
    ],
)
def test_a_value_that_is_not_there_is_refused_with_those_that_are(
    name: str, arguments: dict[str, object], says: str
) -> None:
    with pytest.raises(NotFound) as caught:
        library()[name].bind(arguments)
    assert says in str(caught.value)
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("typed", ["申报", "申请", "application", " 申报 "])
def test_a_code_is_known_by_all_its_names(typed: str) -> None:
    assert library()["deadlines"].bind({"what": typed})["what"] == "申报"


def test_blank_is_every_code() -> None:
    assert library()["deadlines"].bind({"what": " "})["what"] == ""


def test_a_question_that_is_not_there() -> None:
    with pytest.raises(NotFound, match="city-products"):
        question("city-product")
    with pytest.raises(NotFound, match="policies-on-date"):
        question("某日各文件的效力状态")


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("date", "2025-03-01", date(2025, 3, 1)),
        ("date", date(2025, 3, 1), date(2025, 3, 1)),
        ("date", datetime(2025, 3, 1, 12), date(2025, 3, 1)),
        ("integer", "7", 7),
        ("integer", 7, 7),
        ("number", "1.5", 1.5),
        ("boolean", "是", True),
        ("boolean", False, False),
        ("string", " as it is ", " as it is "),
        ("policy", "粤府[2021]53号", "粤府〔2021〕53号"),
        ("region", "珠三角", "珠三角"),
        ("region", "沿海经济带—西翼", "沿海经济带西翼"),
        ("region", "Pearl River Delta", "珠三角"),
        ("agency", "广东省工业和信息化厅", "agency/省工业和信息化厅"),
        ("id", "https://clusteratlas.example/city/441900", "city/441900"),
        ("id", "city/441900", "city/441900"),
    ],
)
def test_values_are_read(kind: str, text: object, value: object) -> None:
    found = read(Parameter("x", kind, "参数", "Parameter", default="-"), text)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("date", "2025年3月1日"),
        ("date", "2025-02-30"),
        ("integer", "7.5"),
        ("integer", "seven"),
        ("number", "nan"),
        ("number", "inf"),
        ("boolean", "perhaps"),
        ("id", "not an id"),
        ("id", ""),
    ],
)
def test_values_that_cannot_be_read(kind: str, text: str) -> None:
    with pytest.raises(ParameterError):
        read(Parameter("x", kind, "参数", "Parameter", default="-"), text)


def _written(folder: Path, header: str) -> Path:
    path = folder / "ask.toml"
    path.write_text(header, encoding="utf-8")
    path.with_suffix(".rq").write_text("SELECT $city {}", encoding="utf-8")
    path.with_suffix(".cypher").write_text("RETURN $city AS city", encoding="utf-8")
    return path


def test_a_header_is_read(tmp_path: Path) -> None:
    found = load(_written(tmp_path, HEADER))
    assert (found.name, found.title, found.order) == ("ask", "问", (("city", False),))
    assert load(_written(tmp_path, HEADER.replace('["city"]', '["-city"]'))).order == (("city", True),)


@pytest.mark.parametrize(
    ("there", "instead", "says"),
    [
        ('title = "问"\n', "", "title"),
        ("[[samples]]", "[[samples", "TOML"),
        ('type = "city"', 'type = "town"', "town"),
        ('type = "id"', 'type = "iri"', "iri"),
        ('default = "东莞"', "", "没有默认值"),
        ('order = ["city"]', 'order = ["name"]', "name"),
        ('title_en = "City"\ndefault', 'title_en = "City"\ncolour = "red"\ndefault', "colour"),
        ('default = "东莞"', 'default = "东莞"\ncolumn = "town"', "town"),
        ("[[samples]]", '[[columns]]\nname = "city"\ntype = "id"\ntitle = ""\ntitle_en = ""\n[[samples]]', "重复"),
    ],
)
def test_a_wrong_header_names_file_and_reason(tmp_path: Path, there: str, instead: str, says: str) -> None:
    assert there in HEADER
    with pytest.raises(QuestionError, match=r"ask\.toml") as caught:
        load(_written(tmp_path, HEADER.replace(there, instead, 1)))
    assert says in str(caught.value)


def test_a_missing_text_is_named(tmp_path: Path) -> None:
    path = _written(tmp_path, HEADER)
    path.with_suffix(".cypher").unlink()
    with pytest.raises(QuestionError, match=r"ask\.cypher"):
        load(path)


def test_codes_in_words() -> None:
    columns = {column.name: column for column in library()["city-products"].columns}
    assert columns["role"].shown("key") == "重点"
    assert columns["role"].shown("key", "en") != "重点"
    assert columns["product_name"].shown("key") == "key"
    status = next(c for c in library()["policies-on-date"].columns if c.name == "status")
    assert (status.shown("in_force"), status.shown("in_force", "en"), status.shown(None)) == ("有效", "In force", None)
