"""What SPARQL is refused, what is not, and what a mistake is told; decided from the parsed query."""

import contextlib
from itertools import product

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.rdf import ONTOLOGY_GRAPH
from graph.sparql.errors import _expected
from graph.sparql.guard import HELD as HELD_GRAPHS
from graph.sparql.guard import checked
from graph.sparql.tokens import plain, tokens
from ontology import ids
from ontology.errors import AtlasError, QueryError, QueryRefused, QuerySyntaxError

HELD = ids.BASE + "graph/ontology"
OUT = "http://example.com/sparql"

REFUSED = [
    "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
    "DELETE DATA { <urn:a> <urn:b> <urn:c> }",
    "DELETE WHERE { ?s ?p ?o }",
    "PREFIX ca: <http://x/> DELETE { ?s ?p ?o } INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }",
    "WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    f"LOAD <{OUT}>",
    f"LOAD SILENT <{OUT}> INTO GRAPH <urn:g>",
    "CLEAR ALL",
    "DROP DEFAULT",
    "drop graph <urn:g>",
    "CREATE GRAPH <urn:g>",
    "COPY DEFAULT TO <urn:g>",
    "MOVE <urn:g> TO DEFAULT",
    "ADD <urn:g> TO <urn:h>",
    "BASE <urn:x> # SELECT\nINSERT DATA { <a> <b> <c> }",
    "INSERT DATA { this does not parse",
    "SELECT * { ?s ?p ?o } ; DROP ALL",
    "CLEAR ALL ; SELECT * { ?s ?p ?o }",
    f"SELECT * {{ SERVICE <{OUT}> {{ ?s ?p ?o }} }}",
    f"SELECT * {{ ?s ?p ?o OPTIONAL {{ SERVICE SILENT <{OUT}> {{ ?s ?p ?o }} }} }}",
    "SELECT * { ?s ?p ?g . service ?g { ?s ?p ?o } }",
    f"ASK {{ {{ SELECT * {{ SERVICE <{OUT}> {{ ?s ?p ?o }} }} }} }}",
    f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ SERVICE <{OUT}> {{ ?s ?p ?o }} }}",
    f"DESCRIBE ?s {{ SERVICE <{OUT}> {{ ?s ?p ?o }} }}",
    f"SELECT * {{ ?s ?p ?o FILTER NOT EXISTS {{ SERVICE <{OUT}> {{ ?s ?p ?o }} }} }}",
    f"PREFIX : <{OUT}/> SELECT * {{ SERVICE:x {{ ?s ?p ?o }} }}",
    f"SELECT * {{ SERVICESILENT<{OUT}> {{ ?s ?p ?o }} }}",
    f"SELECT * FROM <{OUT}> {{ ?s ?p ?o }}",
    f"SELECT * FROM <{HELD}> FROM NAMED <{OUT}> {{ ?s ?p ?o }}",
    "BASE <http://example.com/> ASK FROM <g> { ?s ?p ?o }",
    "PREFIX g: <http://example.com/> CONSTRUCT { ?s ?p ?o } FROM g:x WHERE { ?s ?p ?o }",
    "DESCRIBE <urn:x> FROM <file:///etc/passwd>",
    # Oxigraph ends a comment at a carriage return, rdflib does not.
    f"SELECT * {{ ?s ?p ?o # \r SERVICE <{OUT}> {{ ?s ?p ?o }}\n }}",
    # Escapes that are decoded before, or after, the ends of words and strings are looked for.
    f"SELECT * {{ SERV\\u0049CE <{OUT}> {{ ?s ?p ?o }} }}",
    f"SELECT * {{ ?s ?p ?o \\u0023 \r SERVICE <{OUT}> {{ ?s ?p ?o }}\n }}",
]


@pytest.mark.parametrize("text", REFUSED)
def test_refused(text: str) -> None:
    with pytest.raises((QueryRefused, QuerySyntaxError)) as caught:
        checked(text)
    if "\\u" not in text:
        assert isinstance(caught.value, QueryRefused)


HARMLESS = [
    f"SELECT * {{ ?s ?p \"INSERT DATA {{}} ; DROP ALL\", 'SERVICE <{OUT}>' }}",
    'SELECT * { ?s ?p """LOAD <urn:x>\n"CLEAR" ALL""" , \'\'\'it\'s DELETE; \'\'\' }',
    "SELECT ?insert ?service $load { ?insert <urn:delete> ?service ; <http://x/LOAD;DROP> $load }",
    "PREFIX drop: <urn:x> PREFIX service: <urn:y> SELECT * { ?s drop:all service:x , drop:SERVICE }",
    "# DROP ALL; SERVICE <urn:x> {}\nSELECT * { ?s ?p ?o } # LOAD <urn:x>",
    "SELECT * { ?s ?p 'x'@en ; ?q 'service'@fr . }",
    "SELECT * { ?s ?p [ ?q 1 ; ?r ( 1 2 ) ] ; a <urn:c> . _:service ?p ?o }",
    "SELECT (COUNT(*) AS ?create) { ?s ?p ?o FILTER(?o<5&&?p>3) } GROUP BY ?s HAVING(COUNT(*) > 1) LIMIT 1 OFFSET 2",
    f"SELECT * FROM <{HELD}> FROM NAMED <{HELD}> {{ GRAPH <{HELD}> {{ ?s ?p ?o }} }}",
    f"PREFIX g: <{ids.BASE}graph/> ASK FROM g:ontology {{ ?s ?p ?o }}",
    "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "DESCRIBE <urn:service>",
    "SELECT * { ?s ?p ?o MINUS { ?s <urn:p>+/^<urn:q>* ?o } VALUES ?x { UNDEF 'DROP ALL;' } }",
]


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless(text: str) -> None:
    assert checked(text).text == text


@given(st.text(max_size=30))
def test_words_in_a_string_are_never_refused(words: str) -> None:
    quoted = words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    assert checked(f'ASK {{ ?s ?p "{quoted}" }}').form == "ASK"


def test_form_and_columns() -> None:
    found = checked("SELECT ?a (COUNT(?b) AS ?n) { ?a ?p ?b } GROUP BY ?a")
    assert (found.form, found.columns) == ("SELECT", ("a", "n"))
    assert checked("select * {}").columns == ()


@pytest.mark.parametrize(
    ("text", "line", "column", "says"),
    [
        ("SELECT *\n{ ?s ?p ?o\n  FILTR(?o > 1) }", 3, 3, "FILTER"),
        ("SELCT * { }", 1, 1, "SELECT"),
        ("SELECT ?x {\n ?x a City }", 2, 7, "ca:City"),
        ("SELECT * {\n ?s ?p ?o", 1, 10, "缺少“}”"),
        ("SELECT * { FILTER(?o > 1} }", 1, 25, "此处应为“)”"),
        ("SELECT * { ?s ?p ?o } }", 1, 23, "多出一个“}”"),
        ("SELECT * {\n ?s ca:name ?o }", 2, 5, "前缀 ca: 没有声明"),
        ("SELECT ?x WHERE { ?x ?y }", 1, 26, "应为"),
        ("", None, None, "没有语句"),
        ("# nothing", None, None, "没有语句"),
        ("SELECT * { ?s ?p '\\uD800' }", 1, None, "不是字符"),
        ("SELECT * { ?s ?p '\ud800' }", None, None, "代理码位"),
        ("SELECT * { ?s ?p '\\u005Cu0041' }", None, None, "嵌套"),
    ],
)
def test_syntax_errors_name_the_place(text: str, line: int | None, column: int | None, says: str) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        checked(text)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert says in str(caught.value)


def test_deep_nesting_is_an_error_and_no_crash() -> None:
    with pytest.raises(QueryError):
        checked("SELECT * " + "{" * 5000 + "}" * 5000)


def test_what_is_checked_is_what_runs() -> None:
    assert checked("ASK { ?s ?p '\\u4E1C\\U0000839E' }\r\n").text == "ASK { ?s ?p '东莞' }\n"
    # Oxigraph would read one string here and a SERVICE behind it; what runs has a comment in that place.
    hidden = f'SELECT * {{ ?s ?p "\\u0022 . # " . SERVICE <{OUT}> {{ ?s ?p ?o }}\n }}'
    assert checked(hidden).text == hidden.replace("\\u0022", '"')
    assert plain("'\\\\u0041'") == "'\\\\u0041'", "an escaped backslash starts no escape"


def test_tokens_tell_words_from_everything_else() -> None:
    text = "SELECT ?s {?s a:b.c 'x'@en ; <http://x#y> 1.5 # z\n}"
    assert [(token.kind, token.text) for token in tokens(text)] == [
        ("word", "SELECT"),
        ("variable", "?s"),
        ("sign", "{"),
        ("variable", "?s"),
        ("name", "a:b.c"),
        ("string", "'x'"),
        ("language", "@en"),
        ("sign", ";"),
        ("iri", "<http://x#y>"),
        ("number", "1"),
        ("sign", "."),
        ("number", "5"),
        ("sign", "}"),
    ]


def test_the_held_graph_is_the_one_that_stores_hold() -> None:
    assert {ONTOLOGY_GRAPH.value} == HELD_GRAPHS


# An address that Oxigraph refuses to call with an error of its own, before anything leaves.
_CALL = "SERVICE <http://127.0.0.1:9/> { ?s ?p ?o }"
_FRAMES = [
    "SELECT * {{ ?s ?p ?o . {0} CALL }}",
    "SELECT * {{ ?s ?p ?o {0} CALL\n }}",
    "SELECT * {{ BIND('{0} AS ?v) CALL #' AS ?v)\n }}",
    'SELECT * {{ BIND("{0} AS ?v) CALL #" AS ?v)\n }}',
    'SELECT * {{ BIND("""{0} AS ?v) CALL #""" AS ?v)\n }}',
    "SELECT * {{ BIND(<urn:{0} AS ?v) CALL #> AS ?v)\n }}",
    "{0} SELECT * {{ CALL }}",
]
_BEFORE = ("", "#", "# x ", "'", '"', '"""', "<", "}")
_SIGNS = (
    *("", "\n", "\r", "\r\n", "\u2028", "\x85", "\x0b", "\x0c", "\ufeff", "\xa0", "\\", "\\\\", "\\'", '\\"', "\\#"),
    *(f"\\u{code}" for code in ("0022", "0027", "0023", "000A", "000D", "005C", "003E")),
    *("\\U00000022", "%23", ">"),
)
_BEHIND = ("", "'", '"', "#")


def test_oxigraph_would_call() -> None:
    with pytest.raises(OSError, match="port 9"):
        list(ox.Store().query("SELECT * { CALL }".replace("CALL", _CALL)))


def test_no_text_smuggles_a_call_past_the_guard() -> None:
    """Every way that is known to make one parser see a comment, a string or an IRI where another sees a call."""
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), ox.Literal("c")))
    passed = 0
    for frame, before, sign, behind in product(_FRAMES, _BEFORE, _SIGNS, _BEHIND):
        try:
            found = checked(frame.format(before + sign + behind).replace("CALL", _CALL))
        except AtlasError:
            continue
        passed += 1
        with contextlib.suppress(SyntaxError, RuntimeError, ValueError):  # an OSError is the call
            list(store.query(found.text))
    assert passed > 100


@pytest.mark.parametrize(("count", "says"), [(1, "此处应为 W1"), (12, "、W12"), (13, "、W12 等")])
def test_a_long_list_of_what_was_expected_is_cut_and_says_so(count: int, says: str) -> None:
    said = _expected("expected one of " + ", ".join(f"W{number}" for number in range(1, count + 1)))
    assert said.endswith(says)
    assert said.count("、") == min(count, 12) - 1
