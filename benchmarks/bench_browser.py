"""How long the explorer's pages take in a real Chromium: first picture, ready, and what a first visit transfers.

Run with `make bench`; prints a Markdown table. The budget: the overview within a second of the request, a picture of
500 nodes within two, no page above 1.5 MB uncompressed.
"""

import statistics

from playwright.sync_api import Browser, Page

from benchmarks.views import VIEWS
from clusteratlas import Atlas, bundled
from clusteratlas.atlas import build_bundled, location
from clusteratlas.explorer import Explorer
from graph.directory import GraphDirectory
from tests.web.browser import launched, opened, served
from web.app import create_app
from web.geo import read_boundaries

RUNS = 5

LONGEST = 70
"""Characters of an address in the table."""

MEASURED = (
    *("overview", "map", "map-borders", "city", "graph", "chain", "match", "gaps", "questions"),
    *("query-graph", "document", "evidence"),
)

PICTURES = {
    "500 nodes": "/graph?thing=city/440100&open=cluster/gd20/semiconductors",
    "picture": "/draw/东莞",
}
"""The largest neighbourhood that the graph draws, and the picture that is exported."""

PAINT = """() => new Promise(done => {
  new PerformanceObserver(list => {
    const paint = list.getEntriesByName("first-contentful-paint")[0];
    const page = performance.getEntriesByType("navigation")[0];
    if (paint) done([paint.startTime, page.domContentLoadedEventEnd, page.responseStart]);
  }).observe({ type: "paint", buffered: true });
})"""


def visit(page: Page, address: str, ready: str) -> tuple[float, float, float]:
    """Milliseconds from the request to the first byte, the first picture, and everything in place."""
    page.goto("about:blank")
    page.goto(address)
    page.wait_for_selector(ready)
    paint, done, answered = page.evaluate(PAINT)
    return float(answered), float(paint), float(done)


def measured(browser: Browser, base: str, path: str, ready: str = "body[data-ready]") -> tuple[list[float], int]:
    """First visit and median of `RUNS` further ones: first byte, first picture, all in place; and bytes of a visit."""
    with opened(browser, base) as watched:
        sizes: list[int] = []
        watched.page.on("response", lambda reply: sizes.append(len(reply.body())))
        first = visit(watched.page, base + path, ready)
        size = sum(sizes)
        further = [visit(watched.page, base + path, ready) for _ in range(RUNS)]
        assert not watched.off_host(base)
    medians = [statistics.median(column) for column in zip(*further, strict=True)]
    return [first[1], *medians], size


def main() -> None:
    directory = location()
    if GraphDirectory(directory).current() is None:
        build_bundled(directory)
    with Atlas(directory) as atlas, launched() as browser:
        explorer = Explorer(atlas)
        explorer.summary()  # as `serve` does before it announces its address
        app = create_app(explorer, boundaries=read_boundaries(bundled.boundaries()))
        with served(app) as address:
            base = address.rstrip("/")
            print("\n| page | first visit: first picture, ms | first byte | first picture | in place | KB of a visit |")
            print("| --- | ---: | ---: | ---: | ---: | ---: |")
            for name, path in [*((name, VIEWS[name]) for name in MEASURED), *PICTURES.items()]:
                times, size = measured(browser, base, path)
                shown = path if len(path) < LONGEST else path[:LONGEST] + "…"
                print(f"| {name} `{shown}` | {' | '.join(f'{one:.0f}' for one in times)} | {size / 1000:.0f} |")


if __name__ == "__main__":
    main()
