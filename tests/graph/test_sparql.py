"""SPARQL over a store on disk: limits, parameters, and that nothing leaves the store."""

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
import rdflib.plugins.sparql

from graph.rows import Iri, Rows
from graph.sparql.client import Sparql, open_store, rows, triples, trusted_rows
from graph.sparql.guard import checked
from ontology import ids
from ontology.errors import EngineError, QueryError, QueryRefused, QuerySyntaxError, QueryTimeout

XSD = "http://www.w3.org/2001/XMLSchema#"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?p ?x . ?b ?q ?y . ?c ?r ?z . ?d ?t ?v FILTER(?x + ?y + ?z + ?v < 0) }"
VALUES = [
    ("string", "东莞", "东莞"),
    ("string", "1", "1"),
    ("integer", "7", 7),
    ("long", "-7", -7),
    ("decimal", "1.50", 1.5),
    ("double", "1.0E3", 1000.0),
    ("boolean", "true", True),
    ("boolean", "0", False),
    ("date", "2021-07-30", date(2021, 7, 30)),
    ("integer", "seven", "seven"),
    ("gYear", "2021", "2021"),
]


@pytest.fixture(scope="module")
def triple_lines() -> str:
    def thing(number: int) -> str:
        return f"<{ids.BASE}n/{number}>"

    lines = [f'{thing(i)} <urn:number> "{i}"^^<{XSD}integer> .' for i in range(400)]
    lines += [f'{thing(i)} <urn:value> "{text}"^^<{XSD}{name}> .' for i, (name, text, _) in enumerate(VALUES)]
    lines += [
        f'{thing(1)} <urn:name> "东莞"@zh .',
        f'{thing(1)} <urn:name> "Dongguan"@en .',
        f"{thing(1)} <urn:next> {thing(2)} .",
    ]
    return "\n".join(lines)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, triple_lines: str) -> Path:
    path = tmp_path_factory.mktemp("store") / "oxigraph"
    writable = ox.Store(str(path))
    writable.load(triple_lines.encode(), format=ox.RdfFormat.N_TRIPLES)
    writable.flush()
    return path


@pytest.fixture(scope="module")
def graph(triple_lines: str) -> rdflib.Graph:
    return rdflib.Graph().parse(data=triple_lines, format="nt")


@pytest.fixture(scope="module")
def free(store: Path) -> Iterator[Sparql]:
    with Sparql(store) as sparql:
        yield sparql


Ask = Callable[..., Rows]


@pytest.fixture(params=["child", "oxigraph", "rdflib"])
def ask(request: pytest.FixtureRequest, free: Sparql, store: Path, graph: rdflib.Graph) -> Ask:
    """The same questions to the child process, to a store and to an rdflib graph in this process."""
    if request.param == "child":
        return free.rows
    source = open_store(store) if request.param == "oxigraph" else graph
    return lambda text, parameters=None, **options: trusted_rows(source, text, parameters, **options)


def test_values_become_scalars(ask: Ask) -> None:
    found = ask("SELECT ?s ?v { ?s <urn:value> ?v }")
    assert found.columns == ("s", "v")
    expected = {(f"{ids.BASE}n/{i}", type(value), value) for i, (_, _, value) in enumerate(VALUES)}
    assert {(s, type(v), v) for s, v in found.rows} == expected


def test_names_lose_their_tags_and_unbound_is_none(ask: Ask) -> None:
    found = ask("SELECT ?s ?n ?o { ?s <urn:next> ?o OPTIONAL { ?s <urn:name> ?n FILTER(LANG(?n) = 'zh') } }")
    assert found.rows == ((f"{ids.BASE}n/1", "东莞", f"{ids.BASE}n/2"),)
    assert ask("SELECT ?s ?n { ?s <urn:next> ?o OPTIONAL { ?s <urn:none> ?n } }").rows == ((f"{ids.BASE}n/1", None),)


def test_everything_comes_in_the_order_in_which_the_text_names_it(ask: Ask) -> None:
    found = ask("SELECT * { ?z <urn:next> ?a OPTIONAL { $z <urn:none> ?m } }")
    assert found == Rows(("z", "a", "m"), ((f"{ids.BASE}n/1", f"{ids.BASE}n/2", None),))


def test_ask_is_one_row(ask: Ask) -> None:
    assert ask("ASK { ?s <urn:next> ?o }") == Rows(("answer",), ((True,),))
    assert ask("ASK { ?s <urn:none> ?o }") == Rows(("answer",), ((False,),))


@pytest.mark.parametrize(
    ("pattern", "value"),
    [
        ("?s <urn:next> ?o . FILTER(?s = $x)", Iri(f"{ids.BASE}n/1")),
        ("$x <urn:next> ?o . ?s <urn:next> ?o", Iri(f"{ids.BASE}n/1")),
        ("?s <urn:name> ?n . FILTER(STR(?n) = $x)", "东莞"),
        ("?s <urn:name> ?n . FILTER(CONTAINS(STR(?n), $x))", "莞"),
        ("?s <urn:number> ?n . FILTER(?n >= $x && ?n < 2 && ?s = <https://clusteratlas.example/n/1>)", 1),
        (f"?s <urn:value> ?n . FILTER(DATATYPE(?n) = <{XSD}date> && ?n <= $x)", date(2021, 7, 30)),
        ("?s <urn:next> ?o . FILTER NOT EXISTS { ?s <urn:name> ?n FILTER(STR(?n) = $x) }", "' } DROP ALL # \\"),
    ],
)
def test_parameters_are_bound(ask: Ask, pattern: str, value: object) -> None:
    found = ask(f"SELECT ?s $x {{ {pattern} }}", {"x": value})
    subjects = {row[0] for row in found.rows}
    assert len(subjects) == 1
    assert subjects <= {f"{ids.BASE}n/1", f"{ids.BASE}n/8"}


def test_a_parameter_of_none_leaves_the_variable_free(ask: Ask) -> None:
    assert len(ask("SELECT $x ?o { $x <urn:number> ?o }", {"x": None}).rows) == 400


def test_the_row_limit_is_reported(ask: Ask) -> None:
    text = "SELECT ?s { ?s <urn:number> ?o }"
    cut, whole = ask(text, limit=399), ask(text, limit=400)
    assert (len(cut.rows), cut.truncated) == (399, True)
    assert (len(whole.rows), whole.truncated) == (400, False)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("DROP ALL", QueryRefused),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", QueryRefused),
        ("SELECT * {", QuerySyntaxError),
        ("CONSTRUCT WHERE { ?s ?p ?o }", QueryError),
    ],
)
def test_refusals_and_mistakes_are_the_same_everywhere(ask: Ask, text: str, error: type[QueryError]) -> None:
    with pytest.raises(error) as caught:
        ask(text)
    assert type(caught.value) is error
    assert caught.value.statement == text


def test_the_child_reports_the_place_of_a_mistake(free: Sparql) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        free.rows("SELECT *\n{ ?s ?p ?o FILTR(1) }")
    with pytest.raises(QuerySyntaxError) as here:
        checked("SELECT *\n{ ?s ?p ?o FILTR(1) }")
    assert (caught.value.line, caught.value.column, str(caught.value)) == (2, 12, str(here.value))


def test_a_parameter_that_select_does_not_name_is_an_error(free: Sparql) -> None:
    with pytest.raises(QueryError, match="参数 x 须出现在 SELECT 里"):
        free.rows("SELECT ?s { ?s ?p $x }", {"x": 1})


def test_an_endless_query_ends_and_the_next_one_answers(free: Sparql) -> None:
    started = time.monotonic()
    with pytest.raises(QueryTimeout) as caught:
        free.rows(ENDLESS, timeout=1)
    assert time.monotonic() - started < 5
    assert caught.value.seconds == 1
    assert free.rows(COUNT).rows[0][0] == 400 + len(VALUES) + 3


def test_a_query_that_outlives_its_parent_ends_itself(store: Path, tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    text = (
        f"import sys; sys.path.insert(0, {str(root)!r})\n"
        "from pathlib import Path\nfrom graph.sparql.client import Sparql\n"
        f"sparql = Sparql(Path({str(store)!r})); sparql.rows('ASK {{}}'); print(sparql._child.pid, flush=True)\n"
        f"sparql.rows({ENDLESS!r}, timeout=1)\n"
    )
    if not hasattr(__import__("signal"), "setitimer"):
        pytest.skip("这个系统没有进程定时器")
    parent = subprocess.Popen([sys.executable, "-c", text], stdout=subprocess.PIPE, text=True, cwd=tmp_path)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    time.sleep(0.3)
    parent.kill()
    parent.communicate()
    deadline = time.monotonic() + 10
    while _alive(child) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not _alive(child)


def _alive(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    if not status.parent.parent.joinpath("self").exists():
        return subprocess.run(["ps", "-p", str(pid)], capture_output=True, check=False).returncode == 0
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.mark.skipif(sys.platform != "linux", reason="只有 Linux 限制进程的内存")
def test_a_query_that_eats_memory_ends_and_the_next_one_answers(store: Path) -> None:
    greedy = "SELECT DISTINCT ?a ?b ?c { ?a ?p ?x . ?b ?q ?y . ?c ?r ?z } ORDER BY ?a ?b ?c"
    # Room enough for a child to start: its threads reserve address space that they never use.
    with Sparql(store, memory=1500 << 20) as sparql:
        with pytest.raises(QueryError, match="内存"):
            sparql.rows(greedy, timeout=60)
        assert len(sparql.rows(COUNT).rows) == 1


def test_triples(free: Sparql) -> None:
    text, cut = free.triples("CONSTRUCT { ?s <urn:x> ?o } WHERE { ?s <urn:next> ?o }")
    assert (text, cut) == (f"<{ids.BASE}n/1> <urn:x> <{ids.BASE}n/2> .\n", False)
    lines, cut = free.triples("CONSTRUCT WHERE { ?s <urn:number> ?o }", limit=7)
    assert (len(lines.splitlines()), cut) == (7, True)
    assert rdflib.Graph().parse(data=lines, format="nt")
    described, _ = free.triples(f"DESCRIBE <{ids.BASE}n/1>")
    assert '"东莞"@zh' in described
    with pytest.raises(QueryError, match="CONSTRUCT"):
        free.triples(COUNT)


def test_one_shot_functions(store: Path) -> None:
    assert rows(store, "SELECT ?o { ?s <urn:next> ?o }").rows == ((f"{ids.BASE}n/2",),)
    assert triples(store, "CONSTRUCT WHERE { ?s <urn:next> ?o }")[0].count("\n") == 1


def test_two_readers_at_once(store: Path) -> None:
    with Sparql(store) as one, Sparql(store) as other:
        assert one.rows(COUNT) == other.rows(COUNT) == trusted_rows(open_store(store), COUNT)


def test_answers_do_not_mix_between_threads(free: Sparql) -> None:
    wrong = []

    def ask_often(number: int) -> None:
        for _ in range(5):
            found = free.rows(f"SELECT ?n {{ <{ids.BASE}n/{number}> <urn:number> ?n }}").rows
            if found != ((number,),):
                wrong.append((number, found))

    threads = [threading.Thread(target=ask_often, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_no_store(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="build"):
        open_store(tmp_path / "none")
    with pytest.raises(QueryError):
        rows(tmp_path / "none", COUNT)
    assert not (tmp_path / "none").exists()


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """A server on loopback that notes who connects."""
    met: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        done = threading.Event()

        def accept() -> None:
            while not done.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                with connection:
                    met.append("met")
                    connection.sendall(b"HTTP/1.0 404 Not Found\r\n\r\n")

        thread = threading.Thread(target=accept)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/x", met
        done.set()
        thread.join()


def test_nothing_leaves_the_store(ask: Ask, store: Path, listener: tuple[str, list[str]]) -> None:
    address, met = listener
    before = sorted(str(quad) for quad in open_store(store))
    texts = [
        f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}",
        f"SELECT * {{ SERVICE SILENT <{address}> {{ ?s ?p ?o }} }}",
        f"SELECT * FROM <{address}> {{ ?s ?p ?o }}",
        f"SELECT * FROM NAMED <{address}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
        f"LOAD <{address}>",
        f"SELECT * {{ ?s <urn:next> ?o # \r SERVICE <{address}> {{ ?s ?p ?o }}\n }}",
        f'SELECT * {{ ?s <urn:next> "\\u0022 . # " . SERVICE <{address}> {{ ?s ?p ?o }}\n }}',
        f"SELECT * {{ ?s <urn:next> ?o\\u000A SERVICE <{address}> {{ ?s ?p ?o }}\n }}",
    ]
    for text in texts:
        try:
            ask(text)
        except QueryError:
            continue
    assert met == []
    assert sorted(str(quad) for quad in open_store(store)) == before
    # The listener would have noticed: the engine itself follows SERVICE.
    with pytest.raises(OSError, match="404"):
        list(ox.Store().query(texts[0]))
    assert met == ["met"]


def test_rdflib_loads_no_graphs() -> None:
    assert rdflib.plugins.sparql.SPARQL_LOAD_GRAPHS is False
