"""A real browser for the tests: Debian's Chromium, cut off from everything but what a test names."""

import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import uvicorn
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Request, Route, sync_playwright
from starlette.types import ASGIApp

from tests.support import require
from web.server import listen, url

NAMES = ("chromium", "chromium-browser", "google-chrome")

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass
class Watched:
    """A page with what it asked for and what went wrong in it."""

    page: Page
    requests: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def off_host(self, allowed: str) -> list[str]:
        """Requests for anything but addresses that begin with `allowed`, and data inside the page."""
        return [url for url in self.requests if not url.startswith((allowed, "data:", "blob:", "about:"))]


def executable() -> str:
    """The browser; skips the test where there is none."""
    named = os.environ.get("CLUSTERATLAS_CHROMIUM")
    found = named or next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        require("browser", "no Chromium: apt install chromium fonts-noto-cjk, or set CLUSTERATLAS_CHROMIUM to one")
    return found


@contextmanager
def launched() -> Iterator[Browser]:
    """A browser; one at a time, because Playwright holds the thread's event loop."""
    path = executable()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def opened(browser: Browser, allowed: str, *, width: int = 1280, script: bool = True) -> Iterator[Watched]:
    """A page; every request is recorded, and refused unless its address begins with `allowed`.

    Args:
        browser: the browser.
        allowed: how the addresses begin that may be asked for.
        width: of the window, in pixels.
        script: whether pages may run any.
    """
    page = browser.new_page(
        viewport={"width": width, "height": 800}, locale="zh-CN", java_script_enabled=script, reduced_motion="reduce"
    )
    watched = Watched(page)

    def route(route: Route, request: Request) -> None:
        watched.requests.append(request.url)
        if request.url.startswith(allowed):
            route.continue_()
        else:
            route.abort()

    def console(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            watched.problems.append(message.text)

    def dialog(dialog: Dialog) -> None:
        watched.problems.append(f"dialog {dialog.message}")
        dialog.dismiss()

    page.route("**/*", route)
    page.on("console", console)
    page.on("dialog", dialog)
    page.on("pageerror", lambda error: watched.problems.append(str(error)))
    page.on("popup", lambda popup: watched.problems.append(f"popup {popup.url}"))
    try:
        yield watched
    finally:
        page.close()


def go(watched: Watched, address: str) -> Page:
    """The page at an address, once its scripts have run."""
    watched.page.set_default_timeout(20_000)
    watched.page.goto(address)
    watched.page.wait_for_selector("body[data-ready]")
    return watched.page


def ready(page: Page, pattern: str) -> None:
    """Wait for a page of such an address, and for its scripts."""
    page.wait_for_url(pattern)
    page.wait_for_selector("body[data-ready]")


def quiet(watched: Watched, base: str) -> None:
    """Nothing went wrong in the page, and nobody but `base` was asked."""
    assert watched.problems == []
    assert watched.off_host(base) == []


CONTROLS = """() => [...document.querySelectorAll(
  "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"
)].filter(one => one.checkVisibility() && one.tabIndex >= 0 && !one.closest("dialog"))"""


def missed(page: Page) -> list[str]:
    """The controls of a page that Tab does not reach."""
    wanted = int(page.evaluate(f"() => ({CONTROLS})().length"))
    page.evaluate("() => { window.met = new Set(); addEventListener('focusin', e => met.add(e.target)); }")
    for _ in range(wanted + 10):  # boxes that scroll take a step of their own
        page.keyboard.press("Tab")
    left = page.evaluate(f"() => ({CONTROLS})().filter(one => !met.has(one)).map(one => one.outerHTML.slice(0, 120))")
    return list(left)


AXE = Path(__file__).parent / "vendor" / "axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page) -> list[str]:
    """What axe-core finds against WCAG 2.2 AA and its own good practice."""
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("tags => axe.run(document, { runOnly: tags, resultTypes: ['violations'] })", WCAG)
    return [f"{v['id']}: {node['html'][:120]}" for v in found["violations"] for node in v["nodes"][:3]]


@contextmanager
def served(app: ASGIApp) -> Iterator[str]:
    """The address of an application that is served from a thread."""
    bound = listen()
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
    thread.start()
    try:
        yield url(bound)
    finally:
        server.should_exit = True
        thread.join(10)


def seconds_until_drawn(page: Page, address: str, tries: int = 3) -> float:
    """How long a picture takes from the request to its names on the canvas; the best of some tries.

    The best, because the question is what the page needs, not what else the machine does meanwhile.
    """
    taken = []
    for _ in range(tries):
        page.goto("about:blank")
        start = time.monotonic()
        page.goto(address)
        page.wait_for_selector("body[data-ready]")
        taken.append(time.monotonic() - start)
    return min(taken)
