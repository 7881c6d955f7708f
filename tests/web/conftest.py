"""What the tests of the pages and of the endpoint share: a browser, a store of a small graph, an endpoint over it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from graph.rdf import write_store
from tests.web.browser import launched
from tests.web.endpoints import Client, running, tables


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("endpoint") / "store"
    write_store(tables(), folder)
    return folder


@pytest.fixture(scope="module")
def client(store: Path) -> Iterator[Client]:
    with running(store, 2, "https://friend.example", seconds=6, rows=5000, share=1.0) as found:
        yield found
