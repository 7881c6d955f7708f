import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from urllib.request import Request, urlopen

import pytest

from ontology.errors import UsageError
from tests.house.files import ROOT
from tests.web.browser import launched, opened
from web.server import listen, url

Server = tuple[subprocess.Popen[str], str]


@pytest.fixture
def server() -> Iterator[Server]:
    """A running server and its address."""
    command = [sys.executable, "-m", "tests.web.serve_fake"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process, process.stdout.readline().strip()
        finally:
            process.kill()


def test_it_says_its_address_serves_and_ends_on_sigterm(server: Server) -> None:
    process, address = server
    assert address.startswith("http://127.0.0.1:")
    with urlopen(Request(address + "ask/places.json"), timeout=5) as reply:
        assert reply.status == 200
    process.send_signal(signal.SIGTERM)
    process.wait(10)
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", int(address.rsplit(":", 1)[1].strip("/"))), 2)


def test_it_listens_on_this_machine_only() -> None:
    bound = listen()
    assert bound.getsockname()[0] == "127.0.0.1"
    bound.close()


def test_a_port_that_is_taken_is_said_in_words() -> None:
    with listen() as bound:
        port = bound.getsockname()[1]
        with pytest.raises(UsageError, match=f"端口 {port}.*--port"):
            listen(port)


def test_the_address_of_the_newer_protocol_has_brackets() -> None:
    class Bound(socket.socket):
        """Stands in for a machine with IPv6, which not every container is."""

        def getsockname(self) -> tuple[str, int, int, int]:
            return "::1", 8000, 0, 0

    with Bound() as bound:
        assert url(bound) == "http://[::1]:8000/"


def test_the_pages_in_a_browser(server: Server) -> None:
    """Every page loads without a complaint, a hostile cell runs nothing, and nothing is asked of anyone else."""
    _, address = server
    with launched() as browser, opened(browser, address) as watched:
        for path in ("", "ask/places", "ask/many", "draw/东莞"):
            watched.page.goto(address + path)
        watched.page.wait_for_selector("body[data-ready]")
        watched.page.goto(address)
        watched.page.click("text=places 的中文题目")
        watched.page.fill("input[name=city]", "广州")
        watched.page.click("form.ask button")
        assert "city=%E5%B9%BF%E5%B7%9E" in watched.page.url
        assert watched.page.get_attribute("body", "data-hacked") is None
        assert watched.problems == []
        assert watched.off_host(address) == []
