"""`serve` and other commands at the same time; how it ends; and `draw` in a real browser."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

ENGINE = "graph.cypher.server"


def start(*words: str, graph: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "clusteratlas", "--graph", str(graph), *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8")


def engines(graph: Path) -> int:
    """How many embedded engines run for a graph directory."""
    listed = subprocess.run(["ps", "-ww", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    return sum(str(graph) in line and ENGINE in line for line in listed.splitlines())


@pytest.fixture(scope="module")
def own_graph(bundled_graph: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy that no other test has open, so that its processes can be counted."""
    folder = tmp_path_factory.mktemp("served") / "graph"
    # Without the cache: its state file names the engine of the other graph.
    return Path(shutil.copytree(bundled_graph, folder, ignore=shutil.ignore_patterns("cache")))


@pytest.fixture
def served(own_graph: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    process = start("serve", "--port", "0", "--no-browser", graph=own_graph)
    assert process.stdout is not None
    yield process, process.stdout.readline().strip()
    if process.poll() is None:
        process.kill()
    process.communicate()


@pytest.mark.skipif(sys.platform == "win32", reason="ps and SIGTERM")
def test_it_prints_its_address_and_ends_on_sigterm_with_all_its_children(
    served: tuple[subprocess.Popen[str], str], own_graph: Path
) -> None:
    process, address = served
    with urllib.request.urlopen(address, timeout=20) as answer:
        assert answer.status == 200
        assert "东莞" in answer.read().decode()
    children = subprocess.run(
        ["pgrep", "-P", str(process.pid)], capture_output=True, text=True, check=False
    ).stdout.split()
    process.send_signal(signal.SIGTERM)
    process.wait(20)
    for child in children:
        assert not Path(f"/proc/{child}").exists() or "zombie" in Path(f"/proc/{child}/status").read_text()
    assert process.returncode in (0, -signal.SIGTERM)


@pytest.mark.skipif(sys.platform == "win32", reason="ps and SIGTERM")
@pytest.mark.usefixtures("cypher_engine")
def test_two_commands_share_the_engine_while_it_serves(
    served: tuple[subprocess.Popen[str], str], own_graph: Path
) -> None:
    most = 0
    done = threading.Event()

    def watch() -> None:
        nonlocal most
        while not done.is_set():
            most = max(most, engines(own_graph))
            time.sleep(0.05)

    watcher = threading.Thread(target=watch)
    watcher.start()
    text = "MATCH (c:City {province: '44'}) RETURN count(c) AS n"
    commands = [start("query", "--cypher", text, "--format", "json", graph=own_graph) for _ in range(2)]
    answers = [command.communicate(timeout=120) for command in commands]
    with urllib.request.urlopen(served[1], timeout=20) as answer:
        assert answer.status == 200
    done.set()
    watcher.join()
    for command, (out, problem) in zip(commands, answers, strict=True):
        assert command.returncode == 0, problem
        assert '"n": 21' in out
    assert most == 1
    limit = time.monotonic() + 20
    while engines(own_graph):
        assert time.monotonic() < limit, "the engine outlives its last user"
        time.sleep(0.1)


def test_draw_opens_offline_and_shows_names_within_two_seconds(bundled_graph: Path, tmp_path: Path) -> None:
    from tests.support import require

    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        require("browser", "pip install playwright")
    chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    if not Path(chromium).exists():
        require("browser", "apt-get install chromium fonts-noto-cjk")
    out = tmp_path / "东莞.html"
    drawn = start("draw", "东莞", "-o", str(out), graph=bundled_graph)
    assert drawn.communicate(timeout=60) is not None
    assert drawn.returncode == 0
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
        flags += ["--disable-component-update", "--disable-sync"]
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        context = browser.new_context(offline=True)
        requests: list[str] = []
        page = context.new_page()
        page.on("request", lambda request: requests.append(request.url))
        begin = time.perf_counter()
        page.goto(out.as_uri())
        page.wait_for_selector("canvas")
        took = time.perf_counter() - begin
        words = page.inner_text("body")
        browser.close()
    assert requests == [out.as_uri()]
    for name in ("东莞", "华为", "工业软件"):
        assert name in words
    assert took < 10, "far more than the two seconds that docs/benchmarks show on an idle machine"
