"""A real Neo4j for the tests, from Maven Central: ``python tests/neo4j/run.py [PORT]`` serves one until Ctrl-C.

The jars are fetched once with ``mvn`` into a cache (``$CLUSTERATLAS_CACHE`` or ``~/.cache/clusteratlas``), in a folder
named after the hash of `pom.xml`. The server is one Java file started from source; it listens on a loopback port
without a password, keeps its data in a temporary folder, and ends when its standard input does, that is with us.
"""

import hashlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import neo4j
from neo4j.exceptions import DriverError, Neo4jError

HERE = Path(__file__).parent
NEEDS = ("java", "javac", "mvn")
_START_LIMIT, _FETCH_LIMIT = 120.0, 900.0
_OPENS = ("java.nio", "sun.nio.ch", "java.io", "java.util.concurrent")
#: Options of the JVM for a server that starts soon and needs little memory, and megabytes of page cache.
SMALL, SMALL_CACHE = ("-Xms256m", "-Xmx768m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"), 64


class Neo4jUnavailable(Exception):
    """The server cannot be fetched or started; the text says what is missing."""


def cache() -> Path:
    """Where fetched parts are kept between runs."""
    named = os.environ.get("CLUSTERATLAS_CACHE")
    return Path(named) if named else Path.home() / ".cache" / "clusteratlas"


def jars() -> Path:
    """The folder of Neo4j's jars, fetched where it is missing.

    Raises:
        Neo4jUnavailable: a program is missing or the jars cannot be fetched.
    """
    if missing := [name for name in NEEDS if shutil.which(name) is None]:
        raise Neo4jUnavailable(f"install {', '.join(missing)} (a JDK of at least 17, and Maven)")
    pom = HERE / "pom.xml"
    folder = cache() / "neo4j" / hashlib.sha256(pom.read_bytes()).hexdigest()[:16]
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent) as beside:
            command = ["mvn", "-B", "-q", "-f", str(pom), "dependency:copy-dependencies"]
            options = ["-DincludeScope=runtime", f"-DoutputDirectory={beside}/jars"]
            try:
                done = subprocess.run(
                    [*command, *options], capture_output=True, text=True, timeout=_FETCH_LIMIT, check=False
                )
            except subprocess.TimeoutExpired as error:
                raise Neo4jUnavailable("mvn did not finish; is the package index reachable?") from error
            if done.returncode:
                raise Neo4jUnavailable(f"mvn cannot fetch the jars: {(done.stdout + done.stderr).strip()[-500:]}")
            with suppress(OSError):  # another run was faster
                os.rename(Path(beside) / "jars", folder)
    return folder


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def classes(*opened: str) -> list[str]:
    """Options for `java`: Neo4j's jars and what they need opened, with packages of `java.base` that need it as well."""
    opens = [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in (*_OPENS, *opened)]
    return [*opens, "-cp", f"{jars()}/*"]


@contextmanager
def server(port: int | None = None) -> Iterator[str]:
    """Run a Neo4j for the length of a block; yields its Bolt URI once it answers.

    Args:
        port: the loopback port; any free one where it is None.

    Raises:
        Neo4jUnavailable: it cannot be fetched or does not start.
    """
    with tempfile.TemporaryDirectory(prefix="clusteratlas-neo4j-") as data, running(Path(data), port) as uri:
        yield uri


@contextmanager
def running(
    data: Path, port: int | None = None, *, options: Sequence[str] = SMALL, page_cache: int = SMALL_CACHE
) -> Iterator[str]:
    """As `server`, with the data in a folder that stays: a second server there goes on with what the first committed.

    Args:
        data: the folder; the server's own is `home` in it.
        port: the loopback port; any free one where it is None.
        options: of the JVM.
        page_cache: megabytes.
    """
    chosen, log = port or free_port(), data / "output"
    server_file, home = str(HERE / "TestServer.java"), f"{data}/home"
    command = ["java", *options, *classes(), server_file, home, str(chosen), str(page_cache)]
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=output, stderr=output, start_new_session=True)
    try:
        uri = f"bolt://127.0.0.1:{chosen}"
        _wait(uri, process, log)
        yield uri
    finally:
        assert process.stdin is not None
        process.stdin.close()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(uri: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Return when ``RETURN 1`` answers."""
    port, until = int(uri.rpartition(":")[2]), time.monotonic() + _START_LIMIT
    while time.monotonic() < until and process.poll() is None:
        with suppress(OSError, Neo4jError, DriverError):
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            with neo4j.GraphDatabase.driver(uri) as driver, driver.session() as session:
                session.run("RETURN 1").consume()
                return
        time.sleep(0.1)
    raise Neo4jUnavailable(f"Neo4j does not start: {log.read_text(errors='replace')[-800:]}")


def main(arguments: list[str]) -> None:
    """Serve until standard input ends or Ctrl-C: ``run.py [PORT]``; ``run.py --fetch`` only fetches the jars."""
    if arguments == ["--fetch"]:
        print(jars())
        return
    with server(int(arguments[0]) if arguments else None) as address, suppress(KeyboardInterrupt):
        print(address, flush=True)
        while sys.stdin.readline():
            pass


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except Neo4jUnavailable as error:
        sys.exit(str(error))
