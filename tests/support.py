"""What tests share: parts that may be missing."""

import os
import shutil
from collections.abc import Iterable
from typing import NoReturn

import pytest

REQUIRE = "CLUSTERATLAS_REQUIRE"


def required(name: str) -> bool:
    """Whether the environment says that a part must be there: neo4j, browser, cypher, oxigraph."""
    return name in {part.strip() for part in os.environ.get(REQUIRE, "").split(",")}


def require(name: str, reason: str) -> NoReturn:
    """Skip a test whose part is missing, or fail it where the environment requires the part.

    Args:
        name: the part: neo4j, browser, cypher or oxigraph.
        reason: what is missing and what to install.
    """
    if required(name):
        pytest.fail(f"{REQUIRE} names {name}: {reason}")
    pytest.skip(reason)


def programs(names: Iterable[str]) -> tuple[str, ...]:
    """Those of the programs that are not on the path."""
    return tuple(name for name in names if shutil.which(name) is None)
