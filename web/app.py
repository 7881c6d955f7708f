"""The explorer's routes. Every page is rendered here and needs no script; every page is also JSON and CSV.

The form is the end of the path (`/city/441900.json`), the language a parameter (`?lang=en`); everything that a page
shows follows from its address alone.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from ontology.errors import AtlasError, ParameterError
from queries.phrase import english
from web.answers import explained, status_of
from web.atlas import AtlasLike
from web.geo import Boundaries
from web.guard import LOOPBACK, Guard
from web.links import address
from web.pages import (
    ask,
    cell,
    chain,
    documents,
    evidence,
    gaps,
    graph,
    home,
    matcher,
    matrix,
    policies,
    profile,
    query,
    search,
    thing,
)
from web.pages import map as maps
from web.picture import Lang, policy, scene_html, visible
from web.site import Site
from web.stars import Stars
from web.view import Asked, View, as_json

Page = Callable[[Asked], View]

FORMS: Final = ("json", "csv")

RESERVED: Final = ("lang", "drawer")
"""Parameters of every page: its language, and the evidence that stands open beside it."""

_HERE = Path(__file__).parent


@pass_context
def _shown(context: Context, value: object) -> object:
    """What a template shows: words of an analysis in the language of the page, and nothing that HTML cannot hold."""
    if context.get("lang") == "en":
        value = english(value)
    # What is markup already has been through here.
    return visible(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


def _chinese(text: object) -> bool:
    """Whether a text is in Chinese and has no English."""
    return any("\u4e00" <= sign <= "\u9fff" for sign in str(text)) and english(text) == str(text)


def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    environment.filters["visible"] = visible
    environment.tests["chinese"] = _chinese
    return environment


def _parameters(request: Request) -> dict[str, str]:
    """The query string without what every page takes.

    Raises:
        ParameterError: a parameter given twice.
    """
    found: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        if name in found:
            raise ParameterError(name, "只给一次的值", value)
        found[name] = value.strip().replace("\r\n", "\n")  # as forms send the lines of a field
    return {name: value for name, value in found.items() if name not in RESERVED}


def _lang(request: Request) -> Lang:
    return "en" if request.query_params.get("lang") == "en" else "zh"


class Pages:
    """The pages over one graph."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.templates = _templates()
        folder = _HERE / "samples"
        self.examples = {
            language: (folder / name).read_text("utf-8").strip() for language, name in query.EXAMPLES.items()
        }

    def _html(self, template: str, asked: Asked, status: int = 200, **values: object) -> HTMLResponse:
        links = asked.links
        other: Lang = "zh" if asked.lang == "en" else "en"
        shared: Mapping[str, object] = {
            "t": asked.say,
            "links": links,
            "lang": asked.lang,
            "asked": asked,
            "other_lang": address(quote(asked.path, safe="/"), asked.parameters, other),
            "name_of": partial(self.site.name_of, asked.say),
            "explained": lambda text: explained(self.site.atlas, text, asked.say, links),
            "chips": (),
            "context": {},
            "exports": {},
        }
        text = self.templates.get_template(template).render({**shared, **values})
        return HTMLResponse(text.encode("utf-8", "replace"), status)

    def show(self, page: Page, request: Request, thing: str = "", path: str = "", form: str = "page") -> Response:
        """A page in the form that its address ends in."""
        asked = Asked(
            path=path or request.url.path,
            thing=thing,
            parameters=_parameters(request),
            lang=_lang(request),
            # A link that somebody follows is a stranger's too: what costs time then waits for a click.
            stranger=request.headers.get("sec-fetch-site") in ("cross-site", "same-site"),
            form=form,
        )
        view = page(asked)
        if form == "json":
            return Response(as_json(view.data).encode(), view.status, media_type="application/json")
        if form == "csv" or form in view.files:
            if form == "csv":
                content, media = view.sheet.csv(asked.say).encode("utf-8", "replace"), "text/csv; charset=utf-8"
            else:
                content, media = view.files[form].make(), view.files[form].media
            name = quote(f"{visible(view.sheet.name)}.{form}", safe="")
            headers = {"content-disposition": f"attachment; filename*=UTF-8''{name}"}
            return Response(content, view.status, media_type=media, headers=headers)
        base = quote("/index" if asked.path == "/" else asked.path, safe="/")
        exports = {one: address(f"{base}.{one}", asked.parameters, asked.lang) for one in (*FORMS, *view.files)}
        return self._html(
            view.template,
            asked,
            view.status,
            **{
                "title": view.title,
                "chips": view.chips,
                "context": view.context,
                "exports": exports,
                **view.values,
            },
        )

    def route(self, prefix: str, page: Page, further: Sequence[str] = (), *, things: bool = False) -> list[Route]:
        """The routes of a page without a thing in its address, or of one for each thing; `further` are its files."""

        def endpoint(request: Request) -> Response:
            thing = str(request.path_params.get("thing", ""))
            path = str(request.scope["path"])
            for form in FORMS:
                # An id may itself end like a form; then the address that is the id shows the page.
                if thing.endswith(f".{form}") and not self._exists(prefix, thing):
                    shorter = len(form) + 1
                    return self.show(page, request, thing[:-shorter], path[:-shorter], form)
            return self.show(page, request, thing, path)

        def plain(form: str) -> Route:
            return Route(
                f"{'/index' if prefix == '/' else prefix}.{form}",
                lambda request: self.show(page, request, path=prefix, form=form),
            )

        if things:
            return [Route(f"{prefix}/{{thing:path}}", endpoint)]
        return [Route(prefix, endpoint), *(plain(form) for form in (*FORMS, *further))]

    def _exists(self, prefix: str, thing: str) -> bool:
        special = {"/thing": "", "/documents": "document/", "/cell": "assignment/"}
        base = special.get(prefix, prefix.removeprefix("/") + "/")
        return base + thing in self.site.index.nodes

    def draw(self, request: Request) -> Response:
        """The picture of a thing, the same page that `draw` writes."""
        scene = self.site.atlas.neighbourhood(request.path_params["thing"], _lang(request))
        headers = {"content-security-policy": policy() + "; frame-ancestors 'none'"}
        return HTMLResponse(scene_html(scene, _lang(request)), headers=headers)

    def problem(self, request: Request, error: Exception) -> Response:
        """A mistake in words, in the form that was asked for."""
        status, message = _explained(error)
        path = request.url.path
        if path.endswith(".json"):
            return JSONResponse({"error": message}, status)
        if path.endswith(".csv"):
            return PlainTextResponse(message + "\n", status)
        asked = Asked(path=str(request.scope["path"]), lang=_lang(request))
        title = asked.say("未能完成", "That did not work")
        return self._html("problem.html", asked, status, title=title, message=message)


def _explained(error: Exception) -> tuple[int, str]:
    if isinstance(error, AtlasError):
        return status_of(error), str(error)
    if isinstance(error, HTTPException):
        words = {404: "没有这个页面", 405: "这里只能读取"}
        return error.status_code, words.get(error.status_code, error.detail)
    return 500, "程序出错，详情见运行 serve 的窗口"


def create_app(
    atlas: AtlasLike,
    hosts: Collection[str] = LOOPBACK,
    stars: Stars | None = None,
    boundaries: Boundaries | None = None,
    sparql: ASGIApp | None = None,
    today: Callable[[], date] = date.today,
) -> ASGIApp:
    """The pages as an ASGI application.

    Args:
        atlas: the graph; called from several threads.
        hosts: names under which the server may be called; requests for any other are refused.
        stars: where the stars of a profile come from; by default from the graph's assignments.
        boundaries: of the cities, for the map; without them it has tiles only.
        sparql: the endpoint at `/sparql` (`web.sparql.endpoint`); by default there is none.
        today: the day that the pages about policies take where an address names none.
    """
    site = Site(atlas, stars, boundaries, today=today)
    pages = Pages(site)
    app = Starlette(
        routes=[
            *pages.route("/", lambda asked: matrix.page(site, asked)),
            *pages.route("/map", lambda asked: maps.page(site, asked)),
            *pages.route("/graph", lambda asked: graph.page(site, asked), ("html",)),
            *pages.route("/chain", lambda asked: chain.page(site, asked), ("xlsx",)),
            *pages.route("/match", lambda asked: matcher.page(site, asked), ("xlsx",)),
            *pages.route("/policies", lambda asked: policies.page(site, asked), ("xlsx",)),
            *pages.route("/lineage", lambda asked: policies.lineage(site, asked), ("xlsx",)),
            *pages.route("/calendar", lambda asked: policies.calendar(site, asked), ("ics", "xlsx")),
            *pages.route("/gaps", lambda asked: gaps.page(site, asked), ("xlsx",)),
            *pages.route("/cell", lambda asked: cell.page(site, asked), things=True),
            *pages.route("/questions", lambda asked: home.page(site, asked)),
            *pages.route("/search", lambda asked: search.page(site, asked)),
            *pages.route("/query", lambda asked: query.page(site, asked, pages.examples)),
            *pages.route("/documents", lambda asked: documents.listing(site, asked)),
            *pages.route("/documents", lambda asked: documents.page(site, asked), things=True),
            *pages.route("/evidence", lambda asked: evidence.page(site, asked), things=True),
            *pages.route("/city", lambda asked: profile.page(site, asked, "city"), things=True),
            *pages.route("/cluster", lambda asked: profile.page(site, asked, "cluster"), things=True),
            *pages.route("/thing", lambda asked: thing.page(site, asked), things=True),
            *pages.route("/ask", lambda asked: ask.page(site, asked), things=True),
            Route("/draw/{thing:path}", pages.draw),
            *([] if sparql is None else [Route("/sparql", sparql)]),
            Mount("/static", StaticFiles(directory=_HERE / "static")),
        ],
        exception_handlers={AtlasError: pages.problem, HTTPException: pages.problem, Exception: pages.problem},
    )
    # Around everything, and not as a middleware of Starlette's: those do not see the answer to a program error.
    return Guard(app, hosts)
