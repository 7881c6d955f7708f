"""Ten people clicking and querying at random for an hour: the explorer's memory in the last minute and in the second.

Each follows links, fills in forms, exports and asks in both languages, over HTTP on loopback. Ends with an error where
the memory of the last minute is more than a tenth above that of the second, or where an answer was a program error.
`CLUSTERATLAS_SOAK_MINUTES` sets other minutes.
"""

import http.client
import os
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from html.parser import HTMLParser
from statistics import mean
from typing import Final
from urllib.parse import quote, urlencode, urlsplit

from benchmarks.views import VIEWS
from clusteratlas.atlas import build_bundled, location
from graph.directory import GraphDirectory
from tests.web.processes import below, resident

CLIENTS: Final = 10
ALLOWED: Final = 0.10
"""By so much of the second minute may the last one be larger."""
FEWEST: Final = 3
"""A run of fewer minutes is cut into so many parts all the same."""

WORDS: Final = (
    *(
        "东莞",
        "dongguan",
        "441900",
        "半导体与集成电路",
        "智能机器人",
        "碳化硅",
        "企业",
        "2023-01-01",
        "1000万元",
        "65%",
        "12",
    ),
    *("是", "", "%", "<b>", "=1+1", "东管", "省工业和信息化厅"),
)
PREFIX: Final = "PREFIX ca: <https://clusteratlas.example/ontology/> "
STATEMENTS: Final = {
    "sparql": (
        PREFIX + "SELECT ?c ?k { ?c ca:hosts ?k } LIMIT 300",
        PREFIX + "CONSTRUCT { ?c ca:hosts ?k } WHERE { ?c ca:hosts ?k } LIMIT 50",
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
        "SELECT ?s {",
        "DROP ALL",
    ),
    "cypher": (
        "MATCH (c:City)-[r:HOSTS]->(k:Cluster) RETURN c.id AS city, k.id AS cluster LIMIT 200",
        "MATCH (n) RETURN count(n) AS n",
        "MATCH (n) DETACH DELETE n",
    ),
}


class Page(HTMLParser):
    """What can be clicked and filled in on a page: addresses, and forms with their fields and what these propose."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[tuple[str, dict[str, list[str]]]] = []
        self._select = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and given.get("href", "").startswith("/"):
            self.links.append(given["href"])
        elif tag == "form":
            self.forms.append((given.get("action", ""), {}))
        elif tag in ("input", "textarea", "select") and self.forms and (name := given.get("name")):
            self._select = name if tag == "select" else ""
            self.forms[-1][1][name] = [given["value"]] if given.get("type") == "hidden" else []
        elif tag == "option" and self.forms and self._select:
            self.forms[-1][1][self._select].append(given.get("value", ""))


class Visitor:
    """One person with a browser; the same seed and the same pages give the same walk.

    Args:
        address: of the explorer.
        seed: of the choices.
    """

    def __init__(self, address: str, seed: int) -> None:
        parts = urlsplit(address)
        self._host, self._port = str(parts.hostname), parts.port
        self._chance = random.Random(seed)
        self._page = Page("")

    def step(self) -> tuple[str, int]:
        """One click: its address, and the status of the answer."""
        target = self._target()
        connection = http.client.HTTPConnection(self._host, self._port, timeout=120)
        try:
            connection.request("GET", quote(target, safe="/?=&%#+,;:@!$'()*~").partition("#")[0])
            reply = connection.getresponse()
            body, media = reply.read(), reply.headers.get_content_type()
        finally:
            connection.close()
        # A picture of one page has no links; a file is saved and the page stays.
        if media == "text/html" and not target.startswith("/draw/"):
            self._page = Page(body.decode())
        return target, reply.status

    def _target(self) -> str:
        what = self._chance.random()
        if what < 0.55 and self._page.links:
            return self._chance.choice(self._page.links)
        if what < 0.75 and self._page.forms:
            # The last form is the page's own, the first one is the search of all pages.
            action, fields = self._page.forms[-1 if self._chance.random() < 0.7 else 0]
            return f"{action}?{urlencode({name: self._filled(known) for name, known in fields.items()})}"
        if what < 0.82:
            language = self._chance.choice(list(STATEMENTS))
            more = {
                language: self._chance.choice(STATEMENTS[language]),
                "view": self._chance.choice(("table", "graph")),
            }
            return f"/query?{urlencode(more)}"
        if what < 0.85:
            return f"/sparql?{urlencode({'query': self._chance.choice(STATEMENTS['sparql'])})}"
        return self._chance.choice(list(VIEWS.values()))

    def _filled(self, known: Sequence[str]) -> str:
        return self._chance.choice(known) if known else self._chance.choice(WORDS)


def growth(samples: Sequence[int], parts: int) -> float:
    """By which share the last of so many equal parts is above the second, in the mean; a rest is not counted.

    Raises:
        ValueError: fewer than three parts, or no sample in each.
    """
    size = len(samples) // parts
    if parts < FEWEST or not size:
        raise ValueError(f"{len(samples)} samples in {parts} parts say nothing")
    return mean(samples[(parts - 1) * size : parts * size]) / mean(samples[size : 2 * size]) - 1


@dataclass
class Seen:
    """What the visitors saw, and the memory of the server and of its processes each second, in bytes."""

    statuses: Counter[int] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    server: list[int] = field(default_factory=list)
    workers: list[int] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, target: str, status: int) -> None:
        with self.lock:
            self.statuses[status] += 1
            self.kinds[target.partition("?")[0].split("/")[1] or "overview"] += 1
            if status in (0, 500):
                self.wrong.append(f"{status} {target}")


def visit(address: str, seed: int, until: float, seen: Seen) -> None:
    """Click until the time is over."""
    visitor = Visitor(address, seed)
    while time.monotonic() < until:
        target, status = "?", 0
        with suppress(OSError, http.client.HTTPException):
            target, status = visitor.step()
        seen.note(target, status)


def main() -> None:
    minutes = float(os.environ.get("CLUSTERATLAS_SOAK_MINUTES", "60"))
    if GraphDirectory(location()).current() is None:
        build_bundled(location())
    command = [sys.executable, "-m", "clusteratlas", "serve", "--port", "0", "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        try:
            seen = _soak(address, process.pid, minutes * 60)
        finally:
            process.terminate()
    if problem := _told(seen, minutes):
        sys.exit(problem)


def _soak(address: str, server: int, seconds: float) -> Seen:
    seen, until = Seen(), time.monotonic() + seconds
    threads = [threading.Thread(target=visit, args=(address, seed, until, seen)) for seed in range(CLIENTS)]
    for thread in threads:
        thread.start()
    while time.monotonic() < until:
        seen.server.append(resident(server))
        seen.workers.append(sum(map(resident, below(server))))
        time.sleep(1)
    for thread in threads:
        thread.join()
    return seen


def _told(seen: Seen, minutes: float) -> str | None:
    """Print what was seen; the message of failure, None where all is well."""
    parts = max(FEWEST, round(minutes))
    together = [a + b for a, b in zip(seen.server, seen.workers, strict=True)]
    print(f"\n{CLIENTS} clients, {minutes:g} minutes, {sum(seen.statuses.values()):,} answers\n")
    print("| memory, MB | first part | second | middle | last | last against second |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    rows = (("server", seen.server), ("its processes", seen.workers), ("together", together))
    for name, samples in rows:
        size = len(samples) // parts
        shown = [mean(samples[at * size : (at + 1) * size]) / 1e6 for at in (0, 1, parts // 2, parts - 1)]
        print(f"| {name} | {' | '.join(f'{one:.0f}' for one in shown)} | {growth(samples, parts):+.1%} |")
    print(f"\nparts of {len(together) // parts} s; statuses {dict(sorted(seen.statuses.items()))}")
    print(f"pages {', '.join(f'{name} {count}' for name, count in seen.kinds.most_common())}")
    if seen.wrong:
        return f"program errors: {seen.wrong[:5]}"
    over = [name for name, samples in rows if name != "its processes" and growth(samples, parts) > ALLOWED]
    return f"memory grew by more than {ALLOWED:.0%}: {', '.join(over)}" if over else None


if __name__ == "__main__":
    main()
