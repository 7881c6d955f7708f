"""Lines of people's corrections that a build cannot use: `stars` names them and ends as with any other bad input."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from clusteratlas import bundled
from clusteratlas.building import build as build_command
from clusteratlas.layout import edition_of, stars
from graph.assembling import Beliefs
from graph.build import build
from graph.corrections import Corrections
from graph.directory import GraphDirectory
from graph.stars.overrides import COLUMNS, read_overrides
from graph.stars.record import records
from ontology.errors import Ambiguous, NotFound
from tests.graph.stars.measure import trust
from tests.graph.stars.samples import page, solved

HEAD = "# 广东省某某产业布局规划\n\n粤府〔2023〕7号\n\n现将《广东省某某产业布局规划》印发给你们。\n\n广东省人民政府\n\n2023年3月1日\n\n"
GOOD = "粤府〔2023〕7号,数字创意,深圳,1,复函,2023-05-06,张三"


def shown(folder: Path, *lines: str, text: str = HEAD + page()) -> Result:
    """What `stars` says of a graph of one page that was built with these corrections."""
    (folder / "page.txt").write_text(text, encoding="utf-8")
    (folder / "stars.csv").write_text("\n".join([",".join(COLUMNS), *lines, ""]), encoding="utf-8")
    beliefs = Beliefs(trust(), *read_overrides(folder / "stars.csv"))
    build(GraphDirectory(folder / "graph"), [folder / "page.txt"], manifest={}, beliefs=beliefs)
    return CliRunner().invoke(stars, ["--format", "json"], obj=folder / "graph")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("粤府〔2023〕7号,新能源,广州,3,x,2026-13-40,张三", "date 应为日期"),
        ("粤府〔2023〕7号,新能源,广洲,3,x,2026-11-20,张三", "没有名为“广洲”的城市；相近的有：广州"),
        ("粤府〔2023〕7号,数字创意,深圳,2,x,2026-11-20,李四", "“数字创意·深圳”有互相矛盾的核对"),
    ],
)
def test_a_line_that_was_refused_is_named_with_its_place_and_ends_with_1(tmp_path: Path, line: str, words: str) -> None:
    done = shown(tmp_path, GOOD, line)
    assert done.exit_code == 1
    (told,) = (one for one in done.stderr.split("\n") if "stars.csv 第 3 行" in one)
    assert words in told
    rows = {(row["cluster"], row["city"]): row for row in json.loads(done.stdout)}
    assert len(rows) == 24  # the layout is printed all the same
    assert rows["新能源", "广州"]["override"] is False
    assert rows["数字创意", "深圳"]["override"] is ("矛盾" not in words)


@pytest.mark.parametrize(
    ("edition", "code"),
    [("粤府〔2023〕7号", 0), ("2023", 0), ("2022", 1), ("另一规划", 1)],
    ids=["number", "year", "other-year", "other-name"],
)
def test_build_ends_with_1_where_a_correction_was_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, edition: str, code: int
) -> None:
    (tmp_path / "page.txt").write_text(HEAD + page(), encoding="utf-8")
    line = ",".join([edition, *GOOD.split(",")[1:]])
    (tmp_path / "stars.csv").write_text(f"{','.join(COLUMNS)}\n{line}\n", encoding="utf-8")
    beliefs = Beliefs(trust(), *read_overrides(tmp_path / "stars.csv"))
    knowledge = bundled.Knowledge(manifest={}, beliefs=beliefs, corrections=Corrections())
    monkeypatch.setattr(bundled, "knowledge", lambda: knowledge)
    done = CliRunner().invoke(build_command, [str(tmp_path / "page.txt")], obj=tmp_path / "graph")
    assert done.exit_code == code, done.stderr
    assert done.stderr.count("stars.csv 第 2 行") == code
    rows = json.loads(CliRunner().invoke(stars, ["--format", "json"], obj=tmp_path / "graph").stdout)
    assert sum(row["override"] for row in rows) == 1 - code


def test_what_is_wrong_with_a_document_is_no_refused_correction(tmp_path: Path) -> None:
    text = HEAD + page(rows={"新能源": (5, 2, 0, 1, 0, 1), "数字创意": (2, 0, 1, 0, 3)})
    done = shown(tmp_path, GOOD, text=text)
    assert (done.exit_code, done.stderr) == (0, "")


def test_a_graph_without_any_layout_says_that_there_is_no_data(tmp_path: Path) -> None:
    (tmp_path / "plain.txt").write_text("# 某县工作要点\n\n加强服务。\n", encoding="utf-8")
    build(GraphDirectory(tmp_path / "graph"), [tmp_path / "plain.txt"], manifest={}, beliefs=Beliefs(trust()))
    done = CliRunner().invoke(stars, [], obj=tmp_path / "graph")
    assert (done.exit_code, done.stderr) == (0, "")
    assert "无数据：载入的文件里没有星表" in done.stdout
    english = CliRunner().invoke(stars, ["--lang", "en"], obj=tmp_path / "graph").stdout
    assert "No data: the loaded documents have no star table" in " ".join(english.split())
    assert json.loads(CliRunner().invoke(stars, ["--format", "json"], obj=tmp_path / "graph").stdout) == []
    missing = CliRunner().invoke(stars, ["--edition", "2021"], obj=tmp_path / "graph").exception
    assert isinstance(missing, NotFound)
    assert "没有星表" in str(missing)


def test_a_region_without_cities_of_its_own_names_its_parts(bundled_graph: Path) -> None:
    def asked(region: str, edition: str = "2021") -> Result:
        return CliRunner().invoke(stars, ["--region", region, "--edition", edition], obj=bundled_graph)

    told = asked("沿海经济带").exception
    assert isinstance(told, NotFound)
    assert told.near == ("沿海经济带东翼", "沿海经济带西翼")
    assert all(asked(wing).exit_code == 0 for wing in told.near)
    other = asked("粤东").exception
    assert isinstance(other, NotFound)
    assert other.near == ()
    assert "写明城市的区域：珠三角、" in str(other)
    older = asked("珠三角", "2020").exception
    assert isinstance(older, NotFound)
    assert "写明城市的区域：无" in str(older)


def test_an_edition_is_asked_for_by_year_number_or_name_and_never_guessed() -> None:
    layout = solved(page())
    names = {"policy/某府-2021-53": "某省制造业规划", "policy/某府函-2020-82": "某省培育集群的意见"}
    content = records([replace(layout, edition=edition) for edition in names], names, names)
    for wanted in ("2021", "某府〔2021〕53号", "某府-2021-53", "policy/某府-2021-53", "制造业规划"):
        assert edition_of(content, wanted)["edition"] == "policy/某府-2021-53", wanted
    assert edition_of(content, None)["edition"] == "policy/某府函-2020-82"
    with pytest.raises(Ambiguous, match=r"某省制造业规划.*某省培育集群的意见"):
        edition_of(content, "某省")
    for unknown in ("2019", "？", ""):
        with pytest.raises(NotFound, match="某府-2021-53"):
            edition_of(content, unknown)
