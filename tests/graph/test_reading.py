"""Documents read one after another, by threads and by processes: the same facts in the same order."""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path

import pytest

from graph.build import build
from graph.directory import GraphDirectory
from graph.reading import Candidate, attempts
from ontology.facts import record
from tests.graphs import BOX

FRESH = Path(__file__).parents[1] / "fresh"


class Backwards(Executor):
    """Runs nothing until a result is asked for, and then what was submitted last comes first."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Future[object], Callable[[], object]]] = []

    def submit(self, fn, /, *args, **kwargs):  # type: ignore[no-untyped-def]
        future: Future[object] = Future()
        self.waiting.append((future, lambda: fn(*args, **kwargs)))
        if len(self.waiting) == len(TEXTS):
            for one, run in reversed(self.waiting):
                one.set_result(run())
        return future


@contextmanager
def processes() -> Iterator[Executor]:
    # As on Windows: nothing of this process is there but what is sent.
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        yield pool


EXECUTORS: dict[str, Callable[[], object]] = {
    "threads": lambda: ThreadPoolExecutor(3),
    "processes": processes,
    "backwards": Backwards,
}
TEXTS = {
    **{path.name: path.read_bytes() for path in sorted(FRESH.glob("*.txt"))[:3]},
    "box.txt": BOX.encode(),
    "诗.txt": "床前明月光，疑是地上霜。\n".encode(),
}


@pytest.fixture
def candidates(tmp_path: Path) -> list[list[Candidate]]:
    found = []
    for name, data in TEXTS.items():
        (tmp_path / name).write_bytes(data)
        found.append([Candidate(name, tmp_path / name, "")])
    return found


@pytest.mark.parametrize("name", EXECUTORS)
def test_the_order_is_that_of_the_documents(candidates: list[list[Candidate]], name: str) -> None:
    serial = list(attempts(candidates, {}))
    with EXECUTORS[name]() as executor:  # type: ignore[attr-defined]
        other = list(attempts(candidates, {}, executor))
    assert [one.candidate for one in serial[:-1]] == [group[0] for group in candidates[:-1]]
    assert serial[-1].read is None
    assert [one.failures for one in other] == [one.failures for one in serial]
    assert len(serial[-1].failures) == 1
    for a, b in zip(serial[:-1], other[:-1], strict=True):
        assert a.read is not None
        assert b.read is not None
        assert a.candidate == b.candidate
        assert [record(fact) for fact in a.read.facts] == [record(fact) for fact in b.read.facts]
        assert a.read.facts == b.read.facts
        assert [r.rejected for r in a.read.readings.values()] == [r.rejected for r in b.read.readings.values()]


def test_the_graph_is_the_same(tmp_path: Path) -> None:
    paths = []
    for name, data in TEXTS.items():
        paths.append(tmp_path / name)
        paths[-1].write_bytes(data)
    serial = build(GraphDirectory(tmp_path / "serial"), paths, manifest={})
    with ThreadPoolExecutor(3) as pool:
        other = build(GraphDirectory(tmp_path / "threads"), paths, manifest={}, executor=pool)
    assert serial.digest == other.digest
    assert [failure.file for failure in other.failures] == ["诗.txt"]


def test_the_text_before_is_used_where_the_new_one_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "new").write_bytes(b"\xff\xff\x00\xd8")
    (tmp_path / "old").write_bytes(BOX.encode())
    both = [Candidate("a.txt", tmp_path / "new", "1"), Candidate("a.txt", tmp_path / "old", "2")]
    (one,) = attempts([both], {})
    assert one.candidate == both[1]
    assert [failure.file for failure in one.failures] == ["a.txt"]
