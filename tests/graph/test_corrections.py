"""Corrections of facts: what they change, that ids stay, and how mistakes in the file are told."""

import csv
import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from clusteratlas import Atlas, bundled
from clusteratlas.options import summarise
from graph import evidence
from graph.assembling import Assembled, assemble
from graph.check import shape_violations
from graph.corrections import COLUMNS, Corrections, read_corrections
from graph.mapping import Collector
from graph.rdf import to_rdflib
from graph.reading import Read, read_document
from graph.tables import Node
from graph.values import ValueMistake, decoded, hints, parsed
from loaders.registry import LOADERS
from ontology.errors import OverrideError
from ontology.facts import Fact, field_names, record
from ontology.facts_money import CriterionFact, Group, InstrumentFact
from ontology.model import model
from ontology.vocabulary import vocabulary
from tests.graphs import BOX, build_texts
from tests.registries import code, table

Row = tuple[str, ...]
WHO = ("核对记录第3页", "王某", "2026-11-20")


@pytest.fixture(scope="module")
def reads() -> list[Read]:
    """The bundled documents, read once."""
    manifest = bundled.knowledge()["manifest"]
    return [read_document(path.read_bytes(), path.name, manifest) for path in bundled.documents()]


@pytest.fixture
def box() -> Read:
    return read_document(BOX.encode(), "box.txt", {})


@pytest.fixture
def write(tmp_path: Path) -> Callable[[Sequence[Row]], Corrections]:
    """Corrections of rows that are written into a file and read back; a row without source, name, date has them."""

    def make(rows: Sequence[Row]) -> Corrections:
        out = io.StringIO()
        csv.writer(out).writerows([COLUMNS, *((*row, *WHO)[:7] if len(row) == 4 else row for row in rows)])
        path = tmp_path / "facts.csv"
        path.write_text(out.getvalue(), encoding="utf-8-sig", newline="")
        return read_corrections(path)

    return make


def facts_of(read: Read, kind: str) -> list[Fact]:
    return list(read.readings[kind].facts) if kind in read.readings else []


def name_of(fact: Fact) -> str:
    return str(record(fact)["id"])


def layout(read: Read, city: str) -> str:
    (found,) = (fact for fact in facts_of(read, "layout") if getattr(fact, "city", None) == city)
    return name_of(found)


def problems(done: Assembled) -> list[tuple[int, str]]:
    return [(one.line, one.reason) for _, one in done.rejected if one.kind == "corrections"]


def test_confirmed_corrected_and_rejected(box: Read, write: Callable[[Sequence[Row]], Corrections]) -> None:
    one, two, three = (layout(box, city) for city in ("深圳", "惠州", "东莞"))
    rows = [(one, "confirm", "", ""), (two, "correct", "role", "key"), (three, "reject", "", "")]
    done = assemble([box], vocabulary(), None, write([*rows, (two, "correct", "city", "佛山市")]))
    assert problems(done) == []
    (after,) = done.reads
    records = {str(r["id"]): r for r in map(record, facts_of(after, "layout"))}
    assert set(records) == {one, two}
    assert [(r["city"], r["role"], r["review"]) for r in records.values()] == [
        ("深圳", "core", "confirmed"),
        ("佛山", "key", "corrected"),
    ]
    nodes = done.tables.by_id
    assert (nodes[one].properties["review"], nodes[two].properties["review"]) == ("confirmed", "corrected")
    places = {e.source: e.target for e in done.tables.edges if e.type == "aboutPlace"}
    assert places[two] == vocabulary().city("佛山").id
    assert three not in nodes
    (ledger,) = (row for row in done.ledgers if row.kind == "layout")
    assert (ledger.read, ledger.kept, ledger.rejected) == (3, 2, 1)
    (refused,) = (r for _, r in done.rejected if r.kind == "layout")
    assert "人工核对" in refused.reason
    assert all(word in refused.reason for word in WHO)
    assert {(r.fact, r.action, r.field, r.before, r.after) for r in done.reviews} == {
        (one, "confirm", None, None, None),
        (two, "correct", "role", "core", "key"),
        (two, "correct", "city", "惠州", "佛山"),
        (three, "reject", None, None, None),
    }
    # Only what was looked at says so; nothing else of the graph is reviewed by it.
    assert {node.id for node in done.tables.nodes if "review" in node.properties} == {one, two}
    assert list(shape_violations(to_rdflib(done.tables))) == []
    # What a person put there is not held against the words.
    texts = {f"document/{box.document.source.sha256[:8]}": box.document.source.text}
    assert list(evidence.problems(done.tables, texts)) == []


def test_without_corrections_nothing_is_reviewed(box: Read) -> None:
    done = assemble([box], vocabulary(), None, Corrections())
    assert all(record(fact)["review"] is None for fact in done.reads[0].facts)
    assert not any("review" in node.properties for node in done.tables.nodes)
    assert done.reviews == ()


def test_every_kind_of_fact_can_be_confirmed_and_rejected(
    reads: list[Read], write: Callable[[Sequence[Row]], Corrections]
) -> None:
    registry = table([("甲公司", code(1)), ("乙公司", code(2))], ("name", "credit_code"))
    reads = [*reads, read_document(registry.encode(), "firms.csv", {})]
    kept: dict[str, str] = {}
    refused: dict[str, str] = {}
    before = {kind: [name_of(f) for read in reads for f in facts_of(read, kind)] for kind in LOADERS}
    for kind, names in before.items():
        kept[kind], refused[kind] = names[-1], names[0]
    rows = [(name, "confirm", "", "") for name in kept.values()]
    rows += [(name, "reject", "", "") for name in refused.values()]
    done = assemble(reads, vocabulary(), bundled.knowledge()["beliefs"], write(rows))
    assert problems(done) == []
    after = {kind: [name_of(f) for read in done.reads for f in facts_of(read, kind)] for kind in LOADERS}
    for kind, names in before.items():
        assert set(names) - set(after[kind]) == {refused[kind]}, kind
        assert set(after[kind]) <= set(names), kind  # ids stay
    for row in done.ledgers:
        assert row.read == row.kept + row.merged + row.rejected, row
    reviewed = [node for node in done.tables.nodes if "review" in node.properties]
    classes = {node.cls for node in reviewed}
    assert len(reviewed) >= len(LOADERS)
    assert {"LayoutStatement", "Witness", "Policy", "Mention", "SupplyLink", "Figure", "Task", "Citation"} <= classes
    assert {"Transfer", "Instrument", "Condition", "Deadline", "Registration"} <= classes
    for node in reviewed:  # the shapes know it
        assert model().properties(node.cls)["review"].codes == tuple(vocabulary().codes("review"))


def test_every_value_that_facts_print_can_be_put_back(reads: list[Read]) -> None:
    seen = set()
    for read in reads:
        for fact in read.facts[::3]:
            printed = json.loads(json.dumps(record(fact), ensure_ascii=False))
            for field, name in field_names(type(fact)).items():
                value = getattr(fact, name)
                assert decoded(printed[field], hints(type(fact))[name]) == value
                seen.add((fact.kind, field))
                if value == "":  # a cell that prints nothing; words that a person puts are never empty
                    continue
                text = printed[field] if isinstance(printed[field], str) else json.dumps(printed[field])
                assert parsed("" if value is None else text, hints(type(fact))[name], field) == value
    assert {("instruments", "benefits"), ("instruments", "requires"), ("supply", "from"), ("places", "kind")} <= seen


def test_nested_values_are_corrected_too(reads: list[Read], write: Callable[[Sequence[Row]], Corrections]) -> None:
    fact = next(f for r in reads for f in facts_of(r, "instruments") if isinstance(f, InstrumentFact) and f.cap)
    cap = {"value": 6, "unit": "万元", "yuan": 60000, "per": None}
    rows = [(name_of(fact), "correct", "cap", json.dumps(cap)), (name_of(fact), "correct", "clusters", '["汽车"]')]
    done = assemble(reads, vocabulary(), None, write(rows))
    assert problems(done) == []
    (node,) = (n for n in done.tables.nodes if n.properties.get("review"))
    assert (node.cls, node.properties["cap"]) == ("Instrument", 60000)
    assert ("targets", node.id, vocabulary().cluster("汽车").id) in {
        (e.type, e.source, e.target) for e in done.tables.edges
    }


@pytest.mark.parametrize(
    ("action", "field", "value", "said"),
    [
        ("correct", "rolle", "key", ("rolle", "role")),
        ("correct", "line", "7", ("line", "字段")),
        ("correct", "city", "东完", ("东完", "东莞")),
        ("correct", "city", "", ("不能入图",)),
        ("correct", "cluster", "机器", ("机器", "相近的有")),
        ("correct", "cluster", "", ("cluster", "不能为空")),
        ("correct", "role", "首位", ("首位", "core、key")),
        ("correct", "open_list", "maybe", ("open_list", "true 或 false")),
        ("correct", "products", "甲、乙", ("products", "JSON 列表")),
        ("correct", "products", '["甲", 3]', ("products", "JSON 列表")),
        ("correct", "products", "[1e999, NaN]", ("products", "JSON 列表")),
        ("correct", "products", "[" * 100_000, ("products", "JSON 列表")),
        ("correct", "products", '[""]', ("不能入图",)),
        ("correct", "", "甲", ("field",)),
        ("confirm", "city", "", ("confirm", "为空")),
        ("delete", "", "", ("delete", "confirm")),
    ],
)
def test_a_line_that_cannot_be_used_is_named_and_the_rest_is_used(
    box: Read, write: Callable[[Sequence[Row]], Corrections], action: str, field: str, value: str, said: tuple[str, ...]
) -> None:
    one, other = layout(box, "深圳"), layout(box, "惠州")
    done = assemble([box], vocabulary(), None, write([(other, "confirm", "", ""), (one, action, field, value)]))
    ((line, why),) = problems(done)
    assert line == 3
    assert [word for word in said if word not in why] == []
    nodes = done.tables.by_id
    assert nodes[other].properties["review"] == "confirmed"
    assert "review" not in nodes[one].properties
    assert nodes[one].properties["role"] == "core"


def test_dates_are_checked_before_the_store_is_written(
    reads: list[Read], write: Callable[[Sequence[Row]], Corrections]
) -> None:
    fact = facts_of(reads[-1], "policies")[0]
    done = assemble(reads[-1:], vocabulary(), None, write([(name_of(fact), "correct", "expires", "2025年底")]))
    ((line, why),) = problems(done)
    assert line == 2
    assert "2025-12-31" in why
    assert name_of(fact) in {name_of(one) for one in facts_of(done.reads[0], "policies")}


def test_an_unknown_id_is_told_with_near_ones(box: Read, write: Callable[[Sequence[Row]], Corrections]) -> None:
    one = layout(box, "深圳")
    typo = one[:-1] + ("0" if one[-1] != "0" else "1")
    rows = [(typo, "confirm", "", ""), ("layouts/1", "confirm", "", ""), ("layout/zzzzzzzzzzzzzzzz", "reject", "", "")]
    rows += [("stars/x/y/z", "confirm", "", "")]
    told = dict(problems(assemble([box], vocabulary(), None, write(rows))))
    assert one in told[2]
    assert "layout" in told[3]
    assert "facts layout" in told[4]
    assert "stars.csv" in told[5]


@pytest.mark.parametrize(
    "pair",
    [
        [("confirm", "", ""), ("reject", "", "")],
        [("confirm", "", ""), ("correct", "role", "key")],
        [("correct", "role", "key"), ("correct", "role", "base")],
    ],
)
def test_lines_that_contradict_each_other_are_all_left_out(
    box: Read, write: Callable[[Sequence[Row]], Corrections], pair: list[Row]
) -> None:
    one, other = layout(box, "深圳"), layout(box, "惠州")
    rows = [(other, "confirm", "", ""), *((one, *row) for row in pair)]
    done = assemble([box], vocabulary(), None, write(rows))
    assert [line for line, _ in problems(done)] == [3, 4]
    assert all("第 3、4 行" in why for _, why in problems(done))
    assert "review" not in done.tables.by_id[one].properties
    assert done.tables.by_id[other].properties["review"] == "confirmed"


def test_the_same_said_twice_is_no_contradiction(box: Read, write: Callable[[Sequence[Row]], Corrections]) -> None:
    one = layout(box, "深圳")
    done = assemble([box], vocabulary(), None, write([(one, "confirm", "", "")] * 2))
    assert problems(done) == []
    assert len(done.reviews) == 1


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("id,action\n", 1, "fact,action,field"),
        (",".join(COLUMNS) + '\nlayout/1,confirm,,,"x,y,z\n', 2, "CSV"),
        ("", 1, "fact,action,field"),
    ],
)
def test_a_file_of_another_form_is_an_error(tmp_path: Path, text: str, line: int, said: str) -> None:
    path = tmp_path / "facts.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(OverrideError, match=said) as caught:
        read_corrections(path)
    assert caught.value.line == line
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(OverrideError, match="UTF-8"):
        read_corrections(path)


def test_lines_are_counted_as_editors_count_them(tmp_path: Path) -> None:
    path = tmp_path / "facts.csv"
    rows = ['a,correct,x,"[""甲"",\n""乙""]",s,n,2026', "", "b,confirm", "c,sign,,,s,n,2026", "d,confirm,,,,,"]
    rows += ["e,confirm,,,s,n,2026-02-30"]
    path.write_text("\r\n".join([",".join(COLUMNS), *rows]), encoding="utf-8", newline="")
    found = read_corrections(path)
    assert [(row.fact, row.line) for row in found.rows] == [("a", 2)]
    assert [(one.line, one.quote) for one in found.problems] == [
        (5, "b,confirm"),
        (6, "c"),
        (7, "d,confirm,,,,,"),
        (8, rows[-1]),
    ]
    assert "date 应为日期" in found.problems[-1].message
    assert read_corrections(tmp_path / "none.csv") == Corrections()


def test_the_bundled_file_is_empty_and_has_the_header() -> None:
    text = (bundled.data() / "overrides" / "facts.csv").read_text(encoding="utf-8")
    assert text == ",".join(COLUMNS) + "\n"
    assert bundled.knowledge()["corrections"] == Corrections()


def test_facts_and_receipt_of_a_build_tell_what_is_reviewed(
    tmp_path: Path, box: Read, write: Callable[[Sequence[Row]], Corrections], capsys: pytest.CaptureFixture[str]
) -> None:
    one, two, three = (layout(box, city) for city in ("深圳", "惠州", "东莞"))
    rows = [(one, "confirm", "", ""), (two, "reject", "", ""), (three, "correct", "role", "boss")]
    directory, receipt = build_texts(tmp_path, {"box.txt": BOX}, corrections=write(rows))
    with Atlas(directory.path) as atlas:
        assert [(fact["id"], fact["review"]) for fact in atlas.facts("layout")] == [(one, "confirmed"), (three, None)]
    text = receipt.text()
    assert f"{one} 已核对" in text
    assert f"{two} 不采用" in text
    summarise(receipt)
    assert "facts.csv 第 4 行" in capsys.readouterr().err
    _, plain = build_texts(tmp_path / "plain", {"box.txt": BOX})
    assert plain.digest != receipt.digest


@pytest.mark.parametrize(
    ("text", "hint"),
    [("1.5", int), ("true", int), ("[]", int), ("{}", tuple[str, ...]), ("", str), ("x", float | None)],
)
def test_values_of_another_type_are_refused(text: str, hint: object) -> None:
    with pytest.raises(ValueMistake, match="甲"):
        parsed(text, hint, "甲")


def test_firms_that_no_rule_joins_are_joined_by_correcting_a_name(
    write: Callable[[Sequence[Row]], Corrections],
) -> None:
    text = BOX + "\n深圳充分发挥大族、OPPO等龙头企业作用。东莞支持大族激光等龙头企业发展。\n"
    read = read_document(text.encode(), "box.txt", {})
    names = {getattr(fact, "name", ""): name_of(fact) for fact in facts_of(read, "companies")}
    assert set(names) == {"大族", "OPPO", "大族激光"}
    done = assemble([read], vocabulary(), None, write([(names["大族"], "correct", "name", "大族激光")]))
    assert problems(done) == []
    firms = [node.properties["name"] for node in done.tables.nodes if node.cls == "Company"]
    assert sorted(map(str, firms)) == ["OPPO", "大族激光"]
    said = [e for e in done.tables.edges if (e.type, e.target) == ("aboutCompany", "company/大族激光")]
    assert len(said) == 2


def test_the_same_text_under_two_names_keeps_each_its_own_evidence(
    write: Callable[[Sequence[Row]], Corrections],
) -> None:
    one, other = (read_document(BOX.encode(), name, {}) for name in ("a.txt", "b.txt"))
    done = assemble([one, other], vocabulary(), None, write([(layout(one, "深圳"), "confirm", "", "")]))
    assert problems(done) == []
    assert [{str(record(f)["file"]) for f in facts_of(read, "layout")} for read in done.reads] == [{"a.txt"}, {"b.txt"}]
    assert [sum(f.review == "confirmed" for f in read.facts) for read in done.reads] == [1, 1]


def test_a_node_that_two_facts_are_about_says_the_stronger_review() -> None:
    for order in (1, -1):
        collector = Collector()
        collector.add([Node("site/1", "Site", {"review": r}) for r in ("confirmed", "corrected")][::order])
        assert collector.nodes["site/1"].properties == {"review": "corrected"}
        assert collector.merges == []


def test_the_first_criterion_of_a_scheme_does_not_review_the_others(
    reads: list[Read], write: Callable[[Sequence[Row]], Corrections]
) -> None:
    facts = [f for f in facts_of(reads[-1], "criteria") if isinstance(f, CriterionFact)]
    first = next(f for f in facts if isinstance(f.requires, Group) and len(f.requires.items_of) > 2)
    done = assemble(reads[-1:], vocabulary(), None, write([(name_of(first), "confirm", "", "")]))
    assert problems(done) == []
    (node,) = (node for node in done.tables.nodes if "review" in node.properties)
    assert node.cls == "Condition"
    assert node.properties["logic"] == "leaf"
