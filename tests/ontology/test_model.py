"""The typed view of the ontology, and that ontology, shapes and vocabularies agree."""

import csv
import re
import subprocess
import sys
import warnings
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib.namespace

from ontology import checks, ids
from ontology.errors import VocabularyError
from ontology.model import ATLAS, DATATYPES, SHAPES, Property, Relation, model, read, relationship_type
from ontology.vocabulary import DIRECTORY, vocabulary

M = model()
FOREIGN = ATLAS.with_name("foreign_terms.tsv")


def test_the_classes_of_the_tables() -> None:
    names = (
        "City Region Agency Scheme Cluster Subsector Product Company Site Platform Project Policy Instrument "
        "Recognition Benefit Condition Task Deadline Figure LayoutStatement Witness Assignment SupplyLink Transfer "
        "Mention Registration Citation Evidence Document"
    )
    assert set(M.concrete) == set(names.split())
    assert {name for name, cls in M.classes.items() if cls.abstract} == {"ChainNode", "Statement"}


@pytest.mark.parametrize(
    ("cls", "labels"),
    [
        ("City", ("City",)),
        ("LayoutStatement", ("LayoutStatement", "Statement")),
        ("Mention", ("Mention", "Statement")),
        ("Figure", ("Figure", "Statement")),
        ("Cluster", ("Cluster", "ChainNode")),
        ("Evidence", ("Evidence",)),
    ],
)
def test_labels(cls: str, labels: tuple[str, ...]) -> None:
    assert M.labels(cls) == labels


@pytest.mark.parametrize(
    ("relation", "relationship"),
    [
        ("inRegion", "IN_REGION"),
        ("aboutPlace", "ABOUT_PLACE"),
        ("hosts", "HOSTS"),
        ("sameIndustryAs", "SAME_INDUSTRY_AS"),
    ],
)
def test_relationship(relation: str, relationship: str) -> None:
    assert M.relationship(relation) == relationship


def test_properties() -> None:
    city = M.properties("City")
    assert city["code"] == Property("code", "string", False, True, "代码", "Code", (), True)
    assert (city["latitude"].datatype, city["latitude"].required) == ("double", False)
    assert (city["name"].datatype, city["name"].required, city["name"].many) == ("string", True, False)
    assert city["name_en"].required is False
    assert city["aliases"].many
    assert M.properties("Policy")["issued"].datatype == "date"
    assert M.properties("Policy")["draft"].datatype == "boolean"
    assert M.properties("Witness")["value"].datatype == "integer"
    assert M.properties("LayoutStatement")["role"].codes == tuple(vocabulary().codes("role"))
    assert "name_en" not in M.properties("Company")
    assert M.keys("City") == ("code",)


def test_relations() -> None:
    assert M.relations["inRegion"] == Relation("inRegion", ("City",), ("Region",), "属于区域", "in region")
    assert set(M.relations["evidencedBy"].domain) >= {"Statement", "Company", "Policy"}
    assert M.accepts("aboutPlace", "LayoutStatement", "Region")
    assert M.accepts("evidencedBy", "Mention", "Evidence")
    assert M.accepts("targets", "Instrument", "Product")
    assert not M.accepts("aboutPlace", "LayoutStatement", "Cluster")
    assert not M.accepts("nosuch", "City", "Region")


def test_shortcuts() -> None:
    rules = {(s.relation, s.statement_class, s.source, s.target) for s in M.shortcuts}
    between_policies = ("basedOn", "implements", "repeals", "replaces", "interprets", "cites")
    assert rules == {
        ("hosts", "Assignment", "aboutPlace", "aboutCluster"),
        ("develops", "LayoutStatement", "aboutPlace", "aboutSubsector"),
        ("feeds", "SupplyLink", "upstream", "downstream"),
        ("namedFor", "LayoutStatement", "aboutPlace", "aboutCluster"),
        ("namedFor", "Mention", "aboutCompany", "aboutPlace"),
        ("activeIn", "Mention", "aboutCompany", "aboutCluster"),
        ("locatedIn", "Registration", "aboutCompany", "aboutPlace"),
        *(
            ("activeIn", "Registration", "aboutCompany", f"about{stage}")
            for stage in ("Cluster", "Subsector", "Product")
        ),
        *((relation, "Citation", "citingPolicy", "citedPolicy") for relation in between_policies),
        ("partOf", "Citation", "citedPolicy", "citingPolicy"),
    }
    codes = {rule.condition["relation"] for rule in M.shortcuts if rule.statement_class == "Citation"}
    assert codes == set(vocabulary().codes("citation-relation"))
    (hosts,) = (s for s in M.shortcuts if s.relation == "hosts")
    assert dict(hosts.condition) == {"present": True, "current": True}
    assert hosts.holds({"present": True, "current": True, "level": 3})
    assert not hosts.holds({"present": True, "current": False})
    assert not hosts.holds({"present": True})


def test_every_relation_has_domain_and_range_of_known_classes() -> None:
    for relation in M.relations.values():
        assert relation.domain, relation.name
        assert relation.range, relation.name
        assert {*relation.domain, *relation.range} <= set(M.classes)
        assert relation.title
        assert relation.title_en


def test_no_two_names_are_one_in_an_engine() -> None:
    classes = {name.lower() for name in M.classes}
    types = {M.relationship(name).lower() for name in M.relations}
    assert len(classes) == len(M.classes)
    assert len(types) == len(M.relations)
    assert classes.isdisjoint(types)
    assert classes.isdisjoint(name.lower() for name in M.relations)
    properties = {name for cls in M.concrete for name in M.properties(cls)}
    assert properties.isdisjoint(M.relations)
    assert "id" not in properties


def test_names_follow_the_style_of_their_kind() -> None:
    assert all(re.fullmatch(r"([A-Z][a-z]+)+", name) for name in M.classes)
    assert all(re.fullmatch(r"[a-z]+([A-Z][a-z]+)*", name) for name in M.relations)
    for cls in M.concrete:
        for name, known in M.properties(cls).items():
            assert re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)*", name)
            assert known.datatype in DATATYPES
            assert known.title
            assert known.title_en


def test_every_class_has_titles_and_a_shape_of_its_own() -> None:
    for name, cls in M.classes.items():
        assert cls.title
        assert cls.title_en
        assert cls.abstract or M.properties(name)


@pytest.mark.parametrize(
    ("cls", "name", "scheme"),
    [
        ("LayoutStatement", "role", "role"),
        ("Cluster", "category", "cluster-category"),
        ("Policy", "kind", "policy-kind"),
        ("Policy", "grade", "grade"),
        ("Agency", "level", "level"),
        ("Witness", "source", "witness-source"),
        ("Mention", "relation", "company-relation"),
        ("SupplyLink", "relation", "supply-relation"),
        ("Citation", "relation", "citation-relation"),
        ("Assignment", "level", "star-level"),
        ("Benefit", "form", "benefit-form"),
        ("Figure", "comparator", "comparator"),
        ("Figure", "firmness", "firmness"),
    ],
)
def test_the_codes_of_shapes_are_those_of_the_vocabulary(cls: str, name: str, scheme: str) -> None:
    assert set(M.properties(cls)[name].codes) == set(vocabulary().codes(scheme))


def test_an_unknown_class_is_named() -> None:
    with pytest.raises(VocabularyError, match="Town"):
        M.labels("Town")
    with pytest.raises(VocabularyError, match="Town"):
        M.properties("Town")


def test_a_datatype_that_the_stores_do_not_share_is_refused(tmp_path: Path) -> None:
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text(SHAPES.read_text("utf-8").replace("xsd:double", "xsd:decimal", 1), "utf-8")
    with pytest.raises(VocabularyError, match="decimal"):
        read(shapes=shapes)


def _iris(paths: list[Path]) -> set[str]:
    terms = (t for path in paths for q in ox.parse(path=path) for t in (q.subject, q.predicate, q.object))
    return {term.value for term in terms if isinstance(term, ox.NamedNode)}


def test_every_term_of_our_own_is_defined() -> None:
    used = {iri.removeprefix(ids.ONTOLOGY) for iri in _iris([ATLAS, SHAPES]) if iri.startswith(ids.ONTOLOGY)}
    defined = {*M.classes, *M.relations} | {name for cls in M.concrete for name in M.properties(cls)}
    assert {name for name in used if name and "/" not in name} <= defined


def test_every_foreign_term_is_listed_with_its_source() -> None:
    with FOREIGN.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    listed = [row["term"] for row in rows]
    assert listed == sorted(set(listed))
    assert all(row["vocabulary"] and row["version"] and row["source"].startswith("http") for row in rows)
    used = {iri for iri in _iris([ATLAS, SHAPES, *DIRECTORY.glob("*.ttl")]) if not iri.startswith(ids.BASE)}
    assert used - set(listed) == {iri for iri in used if _core(iri)}
    assert set(listed) <= used, "a listed term that nothing uses"


CORE = (rdflib.RDF, rdflib.RDFS, rdflib.OWL, rdflib.XSD, rdflib.SH)
CARRIED = (
    *CORE,
    rdflib.namespace.SKOS,
    rdflib.namespace.DCTERMS,
    rdflib.namespace.PROV,
    rdflib.namespace.ORG,
    rdflib.namespace.DCAT,
    rdflib.namespace.SDO,
)


def _core(iri: str) -> bool:
    return any(iri.startswith(str(namespace)) for namespace in CORE)


def _defines(namespace: type[rdflib.namespace.DefinedNamespace], iri: str) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return iri.removeprefix(str(namespace)) in namespace


def test_foreign_terms_exist_in_the_vocabularies_that_rdflib_carries() -> None:
    unknown = {
        iri
        for iri in _iris([ATLAS, SHAPES, *DIRECTORY.glob("*.ttl")])
        for namespace in CARRIED
        if iri.startswith(str(namespace)) and not _defines(namespace, iri)
    }
    # Newer than the schema.org that rdflib carries.
    assert unknown <= {"https://schema.org/observationAbout"}


def test_checks_have_headers_and_two_columns() -> None:
    found = checks.checks()
    assert len(found) >= 20
    for check in found:
        assert any("一" <= c <= "鿿" for c in check.title)
        results = ox.Store().query(check.text)
        assert isinstance(results, ox.QuerySolutions)
        assert tuple(variable.value for variable in results.variables) == checks.COLUMNS


def test_a_check_without_a_title_is_named(tmp_path: Path) -> None:
    (tmp_path / "odd.rq").write_text("# title: 怪\n# why: none\nSELECT ?node ?detail {}\n", "utf-8")
    with pytest.raises(VocabularyError, match="title_en"):
        checks.read(tmp_path)


def test_the_check_of_keys_knows_the_keys_of_the_shapes() -> None:
    (check,) = (c for c in checks.checks() if c.name == "duplicate-key")
    pairs = set(re.findall(r"\(ca:(\w+) ca:(\w+)\)", check.text))
    assert pairs == {(cls, key) for cls in M.concrete for key in M.keys(cls)}


def test_relationship_type_of_digits() -> None:
    assert relationship_type("top10Of") == "TOP10_OF"


def test_loading_leaves_room_in_the_first_second() -> None:
    script = (
        "import time; start = time.perf_counter()\n"
        "from ontology.vocabulary import vocabulary; from ontology.model import model\n"
        "vocabulary(); model(); print(time.perf_counter() - start)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ATLAS.parent.parent
    )
    assert float(done.stdout) < 0.7


def test_importing_reads_no_file() -> None:
    script = (
        "import sys\n"
        "def hook(event, args):\n"
        "    if event == 'open' and str(args[0]).endswith(('.ttl', '.rq', '.tsv')): raise SystemExit('read ' + str(args[0]))\n"
        "sys.addaudithook(hook)\n"
        "import ontology.checks, ontology.errors, ontology.ids, ontology.model, ontology.vocabulary\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ATLAS.parent.parent)
    assert (done.returncode, done.stderr) == (0, "")
