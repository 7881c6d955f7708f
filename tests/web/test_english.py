"""Pages in English: what the program says is English; names and quotes stay Chinese, and are marked as Chinese."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import quote

import pytest
from starlette.types import ASGIApp

from benchmarks.views import VIEWS
from clusteratlas import Atlas, bundled
from clusteratlas.explorer import Explorer
from queries.library import library
from tests.web.asgi import get
from web.app import create_app
from web.geo import read_boundaries
from web.marking import marked

CHINESE = re.compile(r"[\u3400-\u9fff]+")

OF_NAMES = ("title", "code", "pre", "text", "option", "textarea")
"""Elements that hold no others: names, ids and statements stand in them as they are."""

SPOKEN = ("aria-label", "title", "placeholder", "alt", "value")

WORDS = "中文 未标星 未点名 无记录 无数据 序号 集群数 元 万元 亿元 年 个月 等 五个一 现行 申报 报送 验收 复核 清算 到期"
"""Chinese words that English sentences quote."""

FORMS = (
    "/firms?city=441900",
    "/firms?cluster=新能源&segment=光伏",
    "/firms?city=441900&cluster=新能源&elsewhere=1",
    "/company?name=华为&date=2022-06-20",
    "/five?cluster=智能机器人",
    "/link?from=441900&to=441300",
    "/gaps?city=441900&edition=2020",
    "/gaps?city=445200&cluster=新能源&stage=firms",
    "/chain?thing=碳化硅",
    "/city/441900?cluster=gd20/semiconductors",
    "/city/445200",
    "/policies?city=441900&about=新能源",
    "/tasks",
    "/monitor?city=441900",
    "/related?city=441900",
    "/related?cluster=新能源",
    "/compare?names=东莞、惠州",
    "/align?upper=粤工信电子〔2020〕138号&lower=东莞市发展新一代电子信息战略性支柱产业集群行动计划",
    "/compare",
    "/align",
    "/firms",
    "/company",
    "/five",
    "/link",
    "/gaps",
    "/chain",
    "/match",
    "/lineage",
    "/map",
    "/graph?q=东莞",
    "/search?q=没有这个词",
)
MISTAKES = (
    "/nothing",
    "/city/东管",
    "/city/999999",
    "/gaps?foo=1",
    "/gaps?status=x",
    "/graph?thing=没有",
    "/?edition=zzz",
    "/?category=x",
    "/map?view=x",
    "/match?equipment=1000",
    "/match?date=2021-02-30",
    "/lineage?policy=没有",
    "/company?name=没有",
    "/firms?city=441900&elsewhere=1",
    "/link?from=441900&to=441900",
    "/compare?names=东莞",
    "/tasks?policy=没有",
    "/policies?day=x",
    "/calendar?months=0",
    "/ask/nothing",
    "/ask/city-companies?city=东管",
    "/documents/nothing",
)


class Spoken(HTMLParser):
    """The texts of a page, each with whether it is marked as Chinese, and what its attributes say."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[tuple[bool, str]] = []
        self._open: list[tuple[str, bool]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        within = self._open[-1][1] if self._open else False
        own = str(known["lang"]).startswith("zh") if "lang" in known else within
        self.texts += [(True, text) for name in SPOKEN if (text := known.get(name)) and known.get("type") != "hidden"]
        if tag not in ("meta", "link", "input", "br"):
            self._open.append((tag, own or tag in OF_NAMES))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass  # lines and dots of a picture

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1][0] not in ("script", "style"):
            self.texts.append((self._open[-1][1], data))


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from strings(one)


@pytest.fixture(scope="module")
def app(bundled_atlas: Atlas) -> ASGIApp:
    return create_app(Explorer(bundled_atlas), boundaries=read_boundaries(bundled.boundaries()))


@pytest.fixture(scope="module")
def known(bundled_atlas: Atlas) -> str:
    """All that documents and vocabularies say, without blanks."""
    explorer, tables = Explorer(bundled_atlas), bundled_atlas.rows()
    said = [text for node in tables.nodes for value in node.properties.values() for text in strings(value)]
    ids = [node.id for node in tables.nodes]
    texts = [explorer.text(node.id) for node in tables.nodes if node.cls == "Document"]
    queries = [text for one in library().values() for text in (one.sparql, one.cypher)]
    return "".join("\n".join([*said, *ids, *texts, *queries, WORDS]).split())


def english(app: ASGIApp, address: str) -> tuple[int, list[tuple[bool, str]]]:
    path, _, query = address.partition("#")[0].partition("?")
    given = [part for part in quote(query, safe="=&%/+").split("&") if part and part != "lang=en"]
    reply = get(app, f"{quote(path)}?{'&'.join([*given, 'lang=en'])}")
    return reply.status, Spoken(reply.text).texts


def check(known: str, address: str, texts: list[tuple[bool, str]]) -> None:
    asked = known + address
    for named, text in texts:
        assert named or not CHINESE.search(text), (address, text)
        # An agency of every city (各地级以上市人民政府) is called by the city that is asked for.
        unknown = [run for run in CHINESE.findall(text) if run.removeprefix("东莞市") not in asked]
        assert unknown == [], (address, text)


@pytest.mark.parametrize("address", [*VIEWS.values(), *FORMS])
def test_a_view_says_nothing_in_chinese_but_names_and_quotes(app: ASGIApp, known: str, address: str) -> None:
    status, texts = english(app, address)
    assert status == 200
    check(known, address, texts)


@pytest.mark.parametrize("address", MISTAKES)
def test_a_mistake_is_told_in_english(app: ASGIApp, known: str, address: str) -> None:
    status, texts = english(app, address)
    assert status in (400, 404)
    check(known, address, texts)


def test_the_answers_of_all_questions_are_english_but_for_names_and_quotes(app: ASGIApp, known: str) -> None:
    for name in library():
        status, texts = english(app, f"/ask/{name}")
        assert status == 200, name
        check(known, f"/ask/{name}", texts)


def test_a_mistake_in_json_is_english_too(app: ASGIApp) -> None:
    text = get(app, f"/city/{quote('东管')}.json?lang=en").text
    assert "There is no city called “东管”. Near names: 东莞." in text
    assert "没有名为" in get(app, f"/city/{quote('东管')}.json").text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("<bdi>东莞</bdi>", '<bdi lang="zh-CN">东莞</bdi>'),
        ("<bdi>5G 智能手机</bdi>", '<bdi lang="zh-CN">5G 智能手机</bdi>'),
        ("<bdi>Dongguan</bdi>", "<bdi>Dongguan</bdi>"),
        (
            "<bdi>Documents name 华为, 《规划（2021）》 of Dongguan</bdi>",
            '<bdi>Documents name <span lang="zh-CN">华为</span>, <span lang="zh-CN">《规划（2021）》</span>'
            " of Dongguan</bdi>",
        ),
        ("<title>东莞</title>", "<title>东莞</title>"),
        ("<bdi>a &lt;b&gt; 东莞 of the</bdi>", '<bdi>a &lt;b&gt; <span lang="zh-CN">东莞</span> of the</bdi>'),
    ],
)
def test_names_and_quotes_are_marked_where_they_are(text: str, wanted: str) -> None:
    assert marked(text) == wanted
