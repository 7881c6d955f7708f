"""Graphs for tests: the bundled documents built once for each run, and small graphs of written texts."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from clusteratlas import Atlas, bundled
from graph.build import build
from graph.directory import GraphDirectory
from graph.locks import held
from graph.receipt import Receipt

BOX = """# 某省制造业发展“十四五”规划

## 第一章 发展重点

### 1. 智能机器人

#### 专栏 1 智能机器人重点细分领域发展空间布局

**1. 无人机。**以深圳、惠州为核心，打造无人机产业集群。东莞重点发展飞控系统、动力系统等产品。
"""


def build_texts(folder: Path, texts: dict[str, str], **options: object) -> tuple[GraphDirectory, Receipt]:
    """A graph of texts, by file name, built in `folder`."""
    documents = folder / "documents"
    documents.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, text in texts.items():
        path = documents / name
        path.write_bytes(text.encode())
        paths.append(path)
    directory = GraphDirectory(folder / "graph")
    return directory, build(directory, paths, manifest={}, **options)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def bundled_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph directory of the five bundled documents: built by the first worker of a run that needs it."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "bundled"
    directory = GraphDirectory(folder / "graph")
    with held(folder / "lock", wait=True):
        if directory.current() is None:
            build(directory, bundled.documents(), **bundled.knowledge())
    return directory.path


@pytest.fixture(scope="session")
def bundled_atlas(bundled_graph: Path) -> Iterator[Atlas]:
    """The bundled documents, opened."""
    with Atlas(bundled_graph) as atlas:
        yield atlas


@pytest.fixture
def box_graph(tmp_path: Path) -> Callable[..., GraphDirectory]:
    """Builds a graph of one box, or of the texts given."""

    def make(**texts: str) -> GraphDirectory:
        files = {f"{name}.txt": text for name, text in texts.items()} or {"box.txt": BOX}
        return build_texts(tmp_path, files)[0]

    return make
