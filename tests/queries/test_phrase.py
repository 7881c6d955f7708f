"""Words in both languages: what an analysis says itself is English where English is asked for."""

import json
import pickle
import re
from collections.abc import Iterator
from datetime import date

import pytest

from clusteratlas import Atlas
from clusteratlas.output import write
from graph.evidence import texts_of
from queries.index import Basis, Index
from queries.industry import chain_table, compare, gap_table, related, things
from queries.industry.chain import chain
from queries.industry.gaps import gaps
from queries.industry.measures import measures
from queries.library import Column
from queries.match import table as matched
from queries.match.attributes import profile
from queries.match.match import Matcher
from queries.phrase import Phrase, coded, joined, listed, phrase
from queries.plans import align, calendar, lineage, monitor, policies, tasks
from queries.plans.find import policy_of
from queries.table import EVIDENCE, Table, column

CHINESE = re.compile(r"[\u4e00-\u9fff]+")
CITY = Phrase("东莞", "Dongguan")
PRINTED = ("等", "保持……以上", "以下……均含……", "卡脖子", "自主可控", "年", "万亿元", "亿元", "万元", "亿", "万")
"""Words of the documents that English sentences quote, and units."""


def test_a_phrase_is_its_chinese_text_and_knows_the_english() -> None:
    one = phrase("{}未点名，共 {:d} 市", "{} is not named, {:d} cities in all", CITY, 3)
    assert one == "东莞未点名，共 3 市"
    assert one.en == "Dongguan is not named, 3 cities in all"
    assert json.dumps([one], ensure_ascii=False) == '["东莞未点名，共 3 市"]'
    assert hash(one) == hash("东莞未点名，共 3 市")
    again = pickle.loads(pickle.dumps(one))
    assert (again, again.en) == (one, one.en)


def test_what_has_no_english_stays_and_braces_are_text() -> None:
    assert Phrase("刻蚀设备").en == "刻蚀设备"
    assert phrase("{}", "{}", "{x}").en == "{x}"
    assert Phrase("集合 {}", "set {}").en == "set {}"
    assert phrase("{1}在{0}", "{0} in {1}", "a", CITY).en == "a in Dongguan"


def test_phrases_are_joined_in_the_manner_of_each_language() -> None:
    assert listed([CITY, "", "刻蚀设备"]) == "东莞、刻蚀设备"
    assert listed([CITY, "", "刻蚀设备"]).en == "Dongguan, 刻蚀设备"
    assert joined([CITY, CITY]).en == "Dongguan; Dongguan"
    assert joined([]).en == joined([]) == ""


def test_a_code_is_said_in_the_words_of_its_list() -> None:
    assert (coded("role", "core"), coded("role", "core").en) == ("核心", "core")
    assert coded("role", "没有").en == "没有"


TABLE = Table(
    "表",
    (column("city", "城市"), Column("status", "string", "状态", "Status", "silence"), column("who", "谁"), EVIDENCE),
    [(CITY, Phrase("未点名", "another word"), (CITY, "刻蚀设备"), (Basis("e", "《规划》", "原文", "a.txt", 1),))],
    (Phrase("注解", "remark"),),
    Phrase("元", "yuan"),
    "Title",
)


def test_a_table_speaks_the_language_that_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert TABLE.spoken() is TABLE
    spoken = TABLE.spoken("en")
    assert (spoken.title, spoken.notes, spoken.unit) == ("Title", ("remark",), "yuan")
    assert list(spoken.rows[0][:3]) == ["Dongguan", "未点名", "Dongguan, 刻蚀设备"]
    assert spoken.rows[0][3] == TABLE.rows[0][3]
    write(TABLE, "table", lang="en")
    said = capsys.readouterr().out
    for words in ("Title", "Unit: yuan", "Note: remark", "not named", "1 rows in all", "No."):
        assert words in said
    write(TABLE, "json", lang="en")
    assert json.loads(capsys.readouterr().out)[0]["city"] == "东莞"


@pytest.fixture(scope="module")
def index(bundled_atlas: Atlas) -> Index:
    return bundled_atlas.index()


def tables(index: Index, atlas: Atlas) -> Iterator[tuple[str, Table, tuple[str, ...]]]:
    """Each analysis with the columns that hold its own words."""
    city, cluster = things.city(index, "东莞"), things.cluster(index, "半导体与集成电路")
    found = chain(index, cluster)
    two = [city, things.city(index, "惠州")]
    span = date(2026, 7, 1), date(2028, 1, 1)
    plans = policy_of(index, "粤工信电子〔2020〕138号"), policy_of(index, "东莞市发展新一代电子信息")
    given = profile({"city": "东莞", "equipment": "3亿元", "date": "2025-03-01"})
    answers = [(None, given, Matcher(index).match(given))]
    made = gap_table.table(index, gaps(index, city), "东莞：缺口", "Dongguan: gaps")
    yield "gaps", made, ("held", "terms", "detail", "candidates")
    yield "chain", chain_table.table(found, measures(found, city), city), ("relation", "cities", "detail", "rule")
    yield "related", related.table(index, related.related(index, city)), ("subject", "other", "held", "terms")
    yield "compare", compare.table(index, two, compare.compare(index, two)), ("item",)
    yield "monitor", monitor.monitor(index), ("place", "cluster", "note", "gap")
    texts = texts_of(atlas.build.path, index.tables)
    yield "align", align.align(index, *plans, texts), ("kind", "result", "note")
    yield "tasks", tasks.tasks(index, city=index.node(city)), ()
    events = calendar.events(index, *span)
    yield "calendar", calendar.table_of(index, events, *span), ("what",)
    yield "policies", policies.policies(index, day=date(2025, 3, 1)), ("status",)
    yield "lineage", lineage.lineage(index, plans[0]), ()
    yield "match", matched.table(answers), ("missing",)
    yield "sums", matched.sums(answers), ("city", "beneficiary")


def test_notes_and_words_of_every_analysis_are_english(index: Index, bundled_atlas: Atlas) -> None:
    """What is left of Chinese in them is the name of something, or a word that a document prints."""
    names: set[str] = set(PRINTED)
    for node in index.tables.nodes:
        for key in (
            "name",
            "aliases",
            "doc_number",
            "indicator",
            "beneficiary",
            "clause",
            "text",
            "recurs",
            "unit",
            "scope",
        ):
            said = node.properties.get(key, ())
            names |= {str(one) for one in (said if isinstance(said, tuple) else (said,))}
    printed = "\n".join("".join(one.split()) for one in names)
    assert "未点名" not in printed, "the analyses' own words are not found there"
    for name, table, own in tables(index, bundled_atlas):
        spoken = table.spoken("en")
        assert not CHINESE.search(spoken.title.partition("《")[0]) or name == "lineage", spoken.title
        words = list(spoken.notes)
        for column_, *values in zip(spoken.columns, *spoken.rows, strict=True):
            words += [str(value) for value in values if column_.name in own and value is not None]
        assert not own or len(words) > len(spoken.notes), name
        for said in words:
            left = [one for one in CHINESE.findall(said) if one not in printed]
            assert not left, (name, said, left)
