"""What `ask` says of two editions, and what it says where nothing is found."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from clusteratlas import Atlas
from clusteratlas.cli import cli
from clusteratlas.layout import CHANGES
from ontology.errors import ParameterError, UsageError
from ontology.vocabulary import vocabulary
from queries.library import library


@pytest.fixture
def ask(bundled_graph: Path) -> "Ask":
    return Ask(bundled_graph)


class Ask:
    """Runs `ask` on the bundled documents."""

    def __init__(self, graph: Path) -> None:
        self._graph = graph

    def __call__(self, *words: str) -> Result:
        return CliRunner().invoke(cli, ["--graph", str(self._graph), "ask", *words], catch_exceptions=False)


@pytest.mark.parametrize("cluster", ["先进材料", "绿色石化", "汽车", "区块链与量子信息"])
def test_two_editions_are_compared_as_by_diff(cluster: str, bundled_atlas: Atlas) -> None:
    (changes,) = [one for one in bundled_atlas.stars()["changes"] if one["old"] != one["new"]]
    told = {(one["city"], one["change"]) for one in changes["changes"] if one["cluster"] == cluster}
    asked = bundled_atlas.ask("layout-changes", {"cluster": cluster, "earlier": "2020", "later": "2021"})
    names = {city.id: city.name for city in vocabulary().cities}
    assert {(names[str(one["city"])], one["change"]) for one in asked.records()} == told
    assert told


def test_the_words_are_those_of_diff() -> None:
    (column,) = [one for one in library()["layout-changes"].columns if one.name == "change"]
    assert {code: (chinese, english) for code, chinese, english in column.labels}.items() <= CHANGES.items()


@pytest.mark.parametrize("missing", ["earlier", "later"])
def test_an_edition_that_is_not_there_changes_nothing(missing: str, bundled_atlas: Atlas) -> None:
    assert bundled_atlas.ask("layout-changes", {missing: "没有这份文件"}).rows == ()


def test_sites_for_one_cluster_are_those_of_the_city_with_it(bundled_atlas: Atlas) -> None:
    every = bundled_atlas.ask("city-sites", {"city": "东莞"}).records()
    for cluster in {one["cluster"] for one in every if one["cluster"] is not None}:
        of_it = bundled_atlas.ask("city-sites", {"city": "东莞", "cluster": cluster}).records()
        assert of_it == [one for one in every if one["cluster"] == cluster]
    assert any(one["cluster"] is None for one in every)


def test_no_row_is_said_with_what_is_like_it(ask: Ask) -> None:
    done = ask("product-cities", "--words", "碳化圭", "--format", "json")
    assert (done.exit_code, json.loads(done.stdout)) == (0, [])
    assert done.stderr == "没有符合的行；--words 相近的有：碳化硅\n"


def test_no_row_is_said_where_nothing_is_like_it(ask: Ask) -> None:
    assert ask("company-mentions", "--words", "qqqqqqqq").stderr == "没有符合的行\n"
    assert ask("city-companies", "--city", "云浮").stderr == "没有符合的行\n"


def test_rows_need_no_word(ask: Ask) -> None:
    assert ask("city-clusters", "--city", "东莞").stderr == ""


def test_a_thing_that_is_not_there_is_told(ask: Ask) -> None:
    assert ask("evidence-of", "--thing", "assignment/none").stderr == "没有符合的行；图谱里没有 assignment/none\n"


@pytest.mark.parametrize("engine", ["sparql", "cypher"])
def test_what_is_no_id_is_refused(ask: Ask, engine: str) -> None:
    with pytest.raises(ParameterError, match="参数 thing 值“city/%”不可用"):
        ask("evidence-of", "--thing", "city/%", "--engine", engine)


@pytest.mark.parametrize("engine", ["sparql", "cypher"])
@pytest.mark.parametrize("year", ["99999999999999999999", str(1 << 63), "-9223372036854775809"])
def test_a_number_that_no_engine_has_room_for_is_refused(ask: Ask, engine: str, year: str) -> None:
    with pytest.raises(ParameterError, match=f"参数 year 值“{year}”不可用"):
        ask("cluster-targets", "--year", year, "--engine", engine)


def test_a_parameter_is_given_once(ask: Ask) -> None:
    with pytest.raises(UsageError, match="--city 给了两次"):
        ask("city-clusters", "--city", "东莞", "--city", "佛山")
