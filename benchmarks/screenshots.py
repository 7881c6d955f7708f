"""Pictures of every page at 1280 and 390 pixels: `python -m benchmarks.screenshots [NAME…]`, into docs/screenshots/.

Run by hand; the bundled graph is built first where there is none.
"""

import io
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

from benchmarks.views import VIEWS
from clusteratlas import Atlas, bundled
from clusteratlas.atlas import build_bundled, location
from clusteratlas.explorer import Explorer
from graph.directory import GraphDirectory
from tests.web.browser import launched, opened, served
from web.app import create_app
from web.geo import read_boundaries

WIDTHS = (1280, 390)
FOLDER = Path(__file__).parent.parent / "docs" / "screenshots"
LOWEST = 1250
"""Longer pages are cut here."""
COLOURS = 96
"""So many of them keep a page legible, and its picture small enough for the repository."""


def take(page: Page, address: str, path: Path, width: int) -> None:
    """One picture, as high as the page but not higher than `LOWEST`."""
    page.goto(address)
    page.wait_for_selector("body[data-ready]")
    if "drawer=" in address:
        page.wait_for_selector("body[data-drawer]")
    tall = int(page.evaluate("() => document.documentElement.scrollHeight"))
    page.set_viewport_size({"width": width, "height": min(max(tall, 700), LOWEST)})
    small(page.screenshot(), path)
    page.set_viewport_size({"width": width, "height": 800})


def small(picture: bytes, path: Path) -> None:
    """Write a picture with few colours."""
    with Image.open(io.BytesIO(picture)) as whole:
        few = whole.convert("RGB").quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        few.save(path, optimize=True)


def main(names: list[str]) -> int:
    """Take the pictures of these pages, of all where none are named; exit status 2 where a name is unknown."""
    if unknown := [name for name in names if name not in VIEWS]:
        print(f"没有这些页面：{'、'.join(unknown)}；有：{'、'.join(VIEWS)}", file=sys.stderr)
        return 2
    directory = location()
    if GraphDirectory(directory).current() is None:
        build_bundled(directory)
    FOLDER.mkdir(parents=True, exist_ok=True)
    app = create_app(Explorer(atlas := Atlas(directory)), boundaries=read_boundaries(bundled.boundaries()))
    with atlas, served(app) as address, launched() as browser:
        for width in WIDTHS:
            with opened(browser, address, width=width) as watched:
                for name in names or VIEWS:
                    take(watched.page, address.rstrip("/") + VIEWS[name], FOLDER / f"{name}-{width}.png", width)
                for problem in watched.problems:
                    print(problem, file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
