"""The SPARQL 1.1 Protocol over a real server: each row of its negotiation and of its status codes."""

import csv
import io
import json
from urllib.parse import quote, urlencode

import pytest
from rdflib import Graph, Namespace

from graph.rdf import ONTOLOGY_GRAPH
from tests.web.endpoints import HOSTILE, NAMES, PREFIX, Client, Reply
from web.sparql.negotiation import GRAPHS, TABLES, chosen

ONTOLOGY = ONTOLOGY_GRAPH.value
CITIES = PREFIX + "CONSTRUCT { ?c ca:name ?name } WHERE { ?c a ca:City ; ca:name ?name }"
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")


FORM = "application/x-www-form-urlencoded"


def test_the_three_ways_to_ask_give_the_same(client: Client) -> None:
    expected = [f"城市{i:03}" for i in range(40)]
    form = urlencode({"query": NAMES}).encode()
    replies = (
        client.get(NAMES),
        client.post(form, FORM),
        client.post(form, FORM + "; charset=UTF-8"),
        client.post(NAMES.encode(), "application/sparql-query"),
        client.post(NAMES.encode(), "Application/SPARQL-Query; charset=utf-8", "/sparql?x=1"),
    )
    for reply in replies:
        assert (reply.status, reply.names) == (200, expected)
        assert reply.headers["content-type"] == "application/sparql-results+json"
        assert reply.headers["content-length"] == str(len(reply.body))


def test_head_has_the_headers_and_no_body(client: Client) -> None:
    reply = client.send("HEAD", "/sparql?" + urlencode({"query": NAMES}))
    assert (reply.status, reply.body) == (200, b"")
    assert reply.headers["content-length"] == str(len(client.get(NAMES).body))


ROWS = [
    (None, "json"),
    ("", "json"),
    ("*/*", "json"),
    ("application/sparql-results+json", "json"),
    ("application/json", "json"),
    ("application/sparql-results+xml", "xml"),
    ("application/xml", "xml"),
    ("text/csv", "csv"),
    ("text/tab-separated-values", "tsv"),
    ("text/*", "csv"),
    ("text/csv;q=0.5, application/sparql-results+xml;q=0.9", "xml"),
    ("text/csv, */*;q=0.1", "csv"),
    ("*/*;q=0.8, text/tab-separated-values", "tsv"),
    ("application/*;q=0.2, application/sparql-results+json;q=0", "xml"),
    ("image/png, text/csv", "csv"),
    ("TEXT/CSV", "csv"),
    ("text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8", "xml"),
]


@pytest.mark.parametrize(("accept", "form"), ROWS)
def test_rows_in_every_format(client: Client, accept: str | None, form: str) -> None:
    reply = client.get(NAMES, accept)
    assert reply.status == 200
    assert reply.headers["content-type"].partition(";")[0] == TABLES[form][0]
    assert "accept" in reply.headers["vary"].lower()
    expected = [f"城市{i:03}" for i in range(40)]
    if form == "json":
        assert reply.names == expected
    elif form == "csv":
        assert [row["name"] for row in csv.DictReader(io.StringIO(reply.text))] == expected
        assert reply.body.startswith(b"name\r\n")
    elif form == "tsv":
        assert reply.text.splitlines() == ["?name", *(f'"{name}"@zh' for name in expected)]
    else:
        assert reply.text.count("<result>") == 40
        assert '<literal xml:lang="zh">城市007</literal>' in reply.text


TRIPLES = [
    (None, "turtle"),
    ("*/*", "turtle"),
    ("text/turtle", "turtle"),
    ("application/n-triples", "ntriples"),
    ("application/ld+json", "jsonld"),
    ("application/rdf+xml", "rdfxml"),
    ("text/turtle;q=0.3, application/ld+json", "jsonld"),
]
PARSERS = {"turtle": "turtle", "ntriples": "nt", "jsonld": "json-ld", "rdfxml": "xml"}


@pytest.mark.parametrize(("accept", "form"), TRIPLES)
@pytest.mark.parametrize("query", [CITIES, PREFIX + "DESCRIBE ?c WHERE { ?c a ca:City }"])
def test_triples_in_every_format(client: Client, accept: str | None, form: str, query: str) -> None:
    reply = client.get(query, accept)
    assert reply.status == 200
    assert reply.headers["content-type"].partition(";")[0] == GRAPHS[form][0]
    graph = Graph().parse(data=reply.body, format=PARSERS[form])
    names = {str(o) for _, p, o in graph if str(p).endswith("/name")}
    assert names == {f"城市{i:03}" for i in range(40)}


@pytest.mark.parametrize(("accept", "expected"), [(None, True), ("application/sparql-results+xml", True)])
def test_ask(client: Client, accept: str | None, expected: bool) -> None:
    yes, no = client.get("ASK { ?s ?p ?o }", accept), client.get("ASK { ?s ?s ?s }", accept)
    assert (yes.status, no.status) == (200, 200)
    if accept is None:
        assert (json.loads(yes.body)["boolean"], json.loads(no.body)["boolean"]) == (True, False)
    else:
        assert "<boolean>true</boolean>" in yes.text
        assert "<boolean>false</boolean>" in no.text


@pytest.mark.parametrize(
    ("query", "accept"),
    [
        (NAMES, "text/turtle"),
        (NAMES, "image/png"),
        (NAMES, "text/csv;q=0"),
        (CITIES, "application/sparql-results+json"),
        (CITIES, "text/csv"),
        ("ASK {}", "text/csv"),
        ("ASK {}", "text/turtle"),
        (NAMES, "nonsense"),
    ],
)
def test_406_where_no_format_fits(client: Client, query: str, accept: str) -> None:
    assert client.get(query, accept).status == 406


def test_values_pass_unharmed_in_every_format(client: Client) -> None:
    query = PREFIX + "SELECT ?name WHERE { ?p a ca:Product ; ca:name ?name }"
    assert client.get(query).names == [HOSTILE]
    assert list(csv.reader(io.StringIO(client.get(query, "text/csv").text, newline=""))) == [["name"], [HOSTILE]]
    assert client.get(query, "text/tab-separated-values").text.count("\n") == 2


BAD = [
    ("GET", "/sparql?x=1", None, None, 400),
    ("GET", "/sparql?query=", None, None, 400),
    ("GET", "/sparql?query=ASK{}&query=ASK{}", None, None, 400),
    ("GET", "/sparql?query=SELEC", None, None, 400),
    ("GET", "/sparql?query=%FF%FE", None, None, 400),
    ("GET", "/sparql?query=" + quote("SELECT ?x WHERE { ?x a nosuch:Thing }"), None, None, 400),
    ("GET", "/sparql?query=" + quote("INSERT DATA { <a:a> <a:b> 1 }"), None, None, 400),
    ("GET", "/sparql?query=" + quote("ASK {} ; DROP ALL"), None, None, 403),
    ("GET", "/sparql?query=" + quote("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"), None, None, 403),
    ("GET", "/sparql?query=" + quote("SELECT * FROM <http://127.0.0.1:9/x> { ?s ?p ?o }"), None, None, 403),
    ("GET", "/sparql?update=DROP%20ALL", None, None, 403),
    ("GET", "/sparql?" + "&".join(["x=1"] * 2000), None, None, 400),
    ("POST", "/sparql", b"query=ASK{}", None, 415),
    ("POST", "/sparql", b"query=ASK{}", "multipart/form-data; boundary=x", 415),
    ("POST", "/sparql", b"ASK{}", "text/plain", 415),
    ("POST", "/sparql", b"ASK{}", "application/sparql-query; charset=latin-1", 415),
    ("POST", "/sparql", b"x=1", FORM, 400),
    ("POST", "/sparql", b"", FORM, 400),
    ("POST", "/sparql", b"", "application/sparql-query", 400),
    ("POST", "/sparql", b"\xff\xfe", "application/sparql-query", 400),
    ("POST", "/sparql", b"query=%FF", FORM, 400),
    ("POST", "/sparql", b"query=\xff", FORM, 400),
    ("POST", "/sparql", b"query=ASK%7B%7D&query=ASK%7B%7D", FORM, 400),
    ("POST", "/sparql?query=ASK%7B%7D", b"ASK{}", "application/sparql-query", 400),
    ("POST", "/sparql", b"update=DROP%20ALL", FORM, 403),
    ("POST", "/sparql", b"query=ASK%7B%7D&update=DROP%20ALL", FORM, 400),
    ("POST", "/sparql", b"DROP ALL", "application/sparql-update", 403),
    ("POST", "/sparql", b"#" * ((1 << 20) + 1), "application/sparql-query", 413),
    ("PUT", "/sparql", b"ASK{}", "application/sparql-query", 405),
    ("DELETE", "/sparql", None, None, 405),
    ("PATCH", "/sparql", None, None, 405),
]


@pytest.mark.parametrize("size", [(1 << 20) + 1, 8 << 20, 40 << 20])
def test_a_client_that_sends_before_it_listens_hears_that_its_query_is_too_long(client: Client, size: int) -> None:
    for _ in range(5):
        reply = client.post(b"#" * size, "application/sparql-query")
        assert (reply.status, reply.headers["connection"]) == (413, "close")
        assert "1024 KB" in reply.text


@pytest.mark.parametrize(("method", "target", "body", "media", "status"), BAD)
def test_status_codes(
    client: Client, method: str, target: str, body: bytes | None, media: str | None, status: int
) -> None:
    reply = client.send(method, target, body, {} if media is None else {"content-type": media})
    assert reply.status == status
    assert reply.headers["content-type"] == "text/plain; charset=utf-8"
    assert reply.text.strip()
    if status == 405:
        assert reply.headers["allow"] == "GET, HEAD, POST, OPTIONS"
    assert client.get(NAMES).status == 200


def test_a_packed_body_is_refused(client: Client) -> None:
    assert client.post(b"ASK{}", "application/sparql-query", content_encoding="gzip").status == 415


def test_a_mistake_is_told_with_its_place(client: Client) -> None:
    reply = client.get("SELECT ?x\nWHERE { ?x ?y }")
    assert (reply.status, "第 2 行" in reply.text) == (400, True)


def count(graph: str = "") -> str:
    return "SELECT (COUNT(*) AS ?name) WHERE { " + (f"GRAPH {graph} {{ ?s ?p ?o }}" if graph else "?s ?p ?o") + " }"


def test_the_dataset_of_the_protocol(client: Client) -> None:
    facts, ontology = int(client.get(count()).names[0]), int(client.get(count("?g")).names[0])
    assert (facts > 0, ontology > 0, facts != ontology) == (True, True, True)
    asked = [
        (count(), {"default_graph_uri": ONTOLOGY}, ontology),
        (count("?g"), {"default_graph_uri": ONTOLOGY}, 0),
        (count(), {"named_graph_uri": ONTOLOGY}, 0),
        (count("?g"), {"named_graph_uri": ONTOLOGY}, ontology),
        (count(f"<{ONTOLOGY}>"), {"default_graph_uri": ONTOLOGY, "named_graph_uri": ONTOLOGY}, ontology),
        # The protocol's dataset stands above the query's.
        (
            f"SELECT (COUNT(*) AS ?name) FROM NAMED <{ONTOLOGY}> {{ ?s ?p ?o }}",
            {"default_graph_uri": ONTOLOGY},
            ontology,
        ),
    ]
    for query, parameters, expected in asked:
        assert client.get(query, **parameters).names == [str(expected)], (query, parameters)
        form = urlencode({"query": query, **{k.replace("_", "-"): v for k, v in parameters.items()}})
        assert client.post(form.encode(), FORM).names == [str(expected)]
        target = "/sparql?" + urlencode({k.replace("_", "-"): v for k, v in parameters.items()})
        assert client.post(query.encode(), "application/sparql-query", target).names == [str(expected)]
    both = [("query", count()), ("default-graph-uri", ONTOLOGY), ("default-graph-uri", ONTOLOGY)]
    assert client.send("GET", "/sparql?" + urlencode(both)).names == [str(ontology)]
    twice = f"FROM <{ONTOLOGY}> FROM <{ONTOLOGY}> FROM NAMED <{ONTOLOGY}> FROM NAMED <{ONTOLOGY}>"
    for pattern in ("?s ?p ?o", "GRAPH ?g { ?s ?p ?o }"):
        assert client.get(f"SELECT (COUNT(*) AS ?name) {twice} WHERE {{ {pattern} }}").names == [str(ontology)]


@pytest.mark.parametrize(
    "graph",
    ["http://127.0.0.1:9/x", "file:///etc/passwd", f"{ONTOLOGY}> {{ ?s ?p ?o }} #", "", "x y", ONTOLOGY + "/x"],
)
@pytest.mark.parametrize("parameter", ["default_graph_uri", "named_graph_uri"])
def test_a_graph_that_is_not_held_is_refused(client: Client, parameter: str, graph: str) -> None:
    assert client.get(count(), **{parameter: graph}).status == 403


def test_the_dataset_of_the_protocol_stands_above_any_that_the_query_names(client: Client) -> None:
    query = count().replace("WHERE", "FROM <http://nowhere.example/graph> WHERE")
    assert client.get(query).status == 403
    assert client.get(query, default_graph_uri=ONTOLOGY).names == client.get(count(), default_graph_uri=ONTOLOGY).names


@pytest.mark.parametrize("name", ["query", "update", "default-graph-uri", "named-graph-uri"])
def test_a_form_is_posted_whole(client: Client, name: str) -> None:
    reply = client.post(urlencode({"query": NAMES}).encode(), FORM, "/sparql?" + urlencode({name: ONTOLOGY}))
    assert (reply.status, name in reply.text) == (400, True)


@pytest.mark.parametrize(
    ("query", "accept", "other"),
    [
        ('SELECT ("a\u0001b" AS ?name) {}', "application/sparql-results+xml", "application/sparql-results+json"),
        ('CONSTRUCT { <http://a/b> <http://x/y> "a\u0001b" } {}', "application/rdf+xml", "text/turtle"),
        ('CONSTRUCT { <http://a/b> <http://x/1> "a" } {}', "application/rdf+xml", "application/ld+json"),
    ],
)
def test_what_xml_cannot_hold_is_no_answer(client: Client, query: str, accept: str, other: str) -> None:
    reply = client.get(query, accept)
    assert (reply.status, "XML" in reply.text) == (406, True)
    assert client.get(query, other).status == 200
    assert client.get(query.replace("\u0001", "").replace("/1>", "/one>"), accept).status == 200


def test_a_relative_address_is_told_as_one(client: Client) -> None:
    reply = client.get("SELECT (<x> AS ?a) {}")
    assert (reply.status, "第 1 行第 9 列" in reply.text, "<x> 是相对地址" in reply.text) == (400, True, True)
    assert client.get("BASE <http://a/> SELECT (<x> AS ?name) {}").names == ["http://a/x"]
    assert client.get("SELECT ?a { BIND(1 AS ?a) BIND(9 AS ?b) FILTER(?a<5&&?b>3) }").status == 200


def test_the_service_description(client: Client) -> None:
    for accept, form in ((None, "turtle"), ("application/ld+json", "json-ld"), ("application/rdf+xml", "xml")):
        reply = client.send("GET", "/sparql", headers={} if accept is None else {"accept": accept})
        assert reply.status == 200
        graph = Graph().parse(data=reply.body, format=form)
        assert [str(one) for one in graph.objects(None, SD.endpoint)] == [client.address + "sparql"]
        assert [str(one) for one in graph.objects(None, SD.name)] == [ONTOLOGY]
        assert set(graph.objects(None, SD.supportedLanguage)) == {SD.SPARQL11Query}
    assert client.send("GET", "/sparql", headers={"accept": "text/csv"}).status == 406


def test_other_websites_may_not_ask_unless_they_are_allowed(client: Client) -> None:
    target = "/sparql?" + urlencode({"query": NAMES})

    def get(**headers: str) -> Reply:
        return client.send("GET", target, headers={name.replace("_", "-"): value for name, value in headers.items()})

    own = client.address.rstrip("/")
    assert get(origin=own).status == 200
    assert "access-control-allow-origin" not in get(origin=own).headers
    friend = get(origin="https://friend.example", sec_fetch_site="cross-site")
    assert (friend.status, friend.headers["access-control-allow-origin"]) == (200, "https://friend.example")
    assert friend.headers["cross-origin-resource-policy"] == "cross-origin"
    assert "origin" in friend.headers["vary"].lower()
    for headers in (
        {"origin": "https://stranger.example"},
        {"origin": "null"},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"origin": "https://friend.example.stranger.example"},
    ):
        refused = get(**headers)
        assert refused.status == 403
        assert "access-control-allow-origin" not in refused.headers
    assert get(sec_fetch_site="none").status == 200


def test_the_preflight(client: Client) -> None:
    headers = {"access-control-request-method": "POST", "access-control-request-headers": "content-type"}
    allowed = client.send("OPTIONS", "/sparql", headers={**headers, "origin": "https://friend.example"})
    assert allowed.status == 204
    assert allowed.headers["access-control-allow-origin"] == "https://friend.example"
    assert "POST" in allowed.headers["access-control-allow-methods"]
    assert "content-type" in allowed.headers["access-control-allow-headers"]
    refused = client.send("OPTIONS", "/sparql", headers={**headers, "origin": "https://stranger.example"})
    assert refused.status == 403
    plain = client.send("OPTIONS", "/sparql")
    assert (plain.status, plain.headers["allow"]) == (204, "GET, HEAD, POST, OPTIONS")


def test_a_foreign_host_is_refused(client: Client) -> None:
    assert client.send("GET", "/sparql?query=ASK%7B%7D", headers={"host": "stranger.example"}).status == 421


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("text/csv;q=2", "csv"),
        ("text/csv;q=x", None),
        ("*/csv", None),
        ("text/csv;charset=utf-8;q=0.1", "csv"),
        (",", None),
    ],
)
def test_odd_accept_headers(accept: str, form: str | None) -> None:
    assert chosen(accept, TABLES) == (form if accept != "text/csv;q=2" else None)
