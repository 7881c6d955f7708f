"""The explorer's routes. Every page is rendered here and needs no script; every page is also JSON and CSV.

The form is the end of the path (`/city/441900.json`), the language a parameter (`?lang=en`); everything that a page
shows follows from its address alone.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.filters import do_mark_safe
from jinja2.runtime import Context
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from ontology.errors import AtlasError
from queries.phrase import english
from web.answers import explained, status_of
from web.atlas import AtlasLike
from web.geo import Boundaries
from web.guard import LOOPBACK, Guard
from web.layouts import edition
from web.links import address
from web.marking import marked, signed
from web.pages import (
    analysis,
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
from web.pages.analyses import ANALYSES
from web.pages.matrix import edition_name
from web.parameters import CARRIED, carried, single
from web.picture import Lang, policy, scene_html, visible
from web.problems import said
from web.site import Site
from web.speech import Speech
from web.stars import Stars
from web.view import Asked, View, as_json

FORMS: Final = ("json", "csv")

BESIDE: Final = defaultdict(
    tuple,
    {
        "/match": ("/policies", "/lineage", "/calendar", *(one.path for one in ANALYSES if one.plans)),
        "/gaps": tuple(one.path for one in ANALYSES if not one.plans),
    },
)
"""The pages that stand beside one of the main ones."""

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Page:
    """A page: what makes it, its parameters, whether it knows further ones by itself."""

    view: Callable[[Asked], View]
    takes: tuple[str, ...] = ()
    further: bool = False


@pass_context
def _shown(context: Context, value: object) -> object:
    """What a template shows: words of an analysis in the language of the page, and nothing that HTML cannot hold."""
    if context.get("lang") == "en":
        value = english(value)
    # What is markup already has been through here.
    return visible(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


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
    environment.filters["signed"] = lambda text: do_mark_safe(signed(visible(text)))
    return environment


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
            "name_of": self.site.name_of,
            "explained": lambda text: explained(self.site.atlas, text, asked.say, links),
            "chips": (),
            "carried": {},
            "context": {},
            "exports": {},
            "analyses": ANALYSES,
            "beside": BESIDE,
            "aside": (),
        }
        text = self.templates.get_template(template).render({**shared, **values})
        text = marked(text) if asked.lang == "en" else text
        return HTMLResponse(text.encode("utf-8", "replace"), status)

    def show(self, page: Page, request: Request, thing: str = "", path: str = "", form: str = "page") -> Response:
        """A page in the form that its address ends in."""
        given = single(request.query_params.multi_items())
        along = carried(self.site, given, page.takes, further=page.further)
        asked = Asked(
            path=path or request.url.path,
            thing=thing,
            parameters=given,
            lang=_lang(request),
            # A link that somebody follows is a stranger's too: what costs time then waits for a click.
            stranger=request.headers.get("sec-fetch-site") in ("cross-site", "same-site"),
            form=form,
        )
        view = page.view(asked)
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
                "carried": along,
                "context": {**along, **view.context},
                "aside": self._aside(along, asked),
                "exports": exports,
                **view.values,
            },
        )

    def _aside(self, along: Mapping[str, str], asked: Asked) -> tuple[str, ...]:
        """The current edition and the one that is chosen, where a page only hands on another than the current one."""
        known = self.site.layouts
        if "edition" not in along or not known or (chosen := edition(known, along["edition"])) == known[0]:
            return ()
        return edition_name(known[0], asked.say), edition_name(chosen, asked.say)

    def route(
        self, prefix: str, view: Callable[..., View], takes: str = "", *files: str, further: bool = False
    ) -> list[Route]:
        """The routes of a page: one for each form.

        Args:
            prefix: its address.
            view: makes it from the site and what is asked.
            takes: its parameters, with blanks between.
            files: its forms beside `FORMS`.
            further: whether it knows more parameters by itself.
        """
        page = Page(partial(view, self.site), tuple(takes.split()), further)

        def plain(form: str) -> Route:
            return Route(
                f"{'/index' if prefix == '/' else prefix}.{form}",
                lambda request: self.show(page, request, path=prefix, form=form),
            )

        return [Route(prefix, lambda request: self.show(page, request)), *(plain(form) for form in (*FORMS, *files))]

    def things(
        self, prefix: str, view: Callable[..., View], listed: str, takes: str = "", *, further: bool = False
    ) -> Route:
        """The route of a page for each thing, in every form; without a thing it leads to the page that lists them."""
        page = Page(partial(view, self.site), tuple(takes.split()), further)

        def endpoint(request: Request) -> Response:
            thing = str(request.path_params["thing"])
            path = str(request.scope["path"])
            if not thing:
                return RedirectResponse(address(listed, {}, _lang(request)))
            for form in FORMS:
                # An id may itself end like a form; then the address that is the id shows the page.
                if thing.endswith(f".{form}") and not self._exists(prefix, thing):
                    shorter = len(form) + 1
                    return self.show(page, request, thing[:-shorter], path[:-shorter], form)
            return self.show(page, request, thing, path)

        return Route(f"{prefix}/{{thing:path}}", endpoint)

    def _exists(self, prefix: str, thing: str) -> bool:
        special = {"/thing": "", "/documents": "document/", "/cell": "assignment/"}
        base = special.get(prefix, prefix.removeprefix("/") + "/")
        return base + thing in self.site.index.nodes

    def draw(self, request: Request) -> Response:
        """The picture of a thing, the same page that `draw` writes."""
        carried(self.site, single(request.query_params.multi_items()), ())
        if not request.path_params["thing"]:
            return RedirectResponse(address("/graph", {}, _lang(request)))
        scene = self.site.atlas.neighbourhood(request.path_params["thing"], _lang(request))
        headers = {"content-security-policy": policy() + "; frame-ancestors 'none'"}
        return HTMLResponse(scene_html(scene, _lang(request)), headers=headers)

    def problem(self, request: Request, error: Exception) -> Response:
        """A mistake in words, in the form that was asked for."""
        say = Speech(_lang(request))
        status, message = _explained(error, say)
        path = request.url.path
        if path.endswith(".json"):
            return JSONResponse({"error": message}, status)
        if path.endswith(".csv"):
            return PlainTextResponse(message + "\n", status)
        asked = Asked(path=str(request.scope["path"]), lang=_lang(request))
        title = asked.say("未能完成", "That did not work")
        return self._html("problem.html", asked, status, title=title, message=message)


def _explained(error: Exception, say: Speech) -> tuple[int, str]:
    if isinstance(error, AtlasError):
        return status_of(error), said(error, say)
    if isinstance(error, HTTPException):
        words = {
            404: say("没有这个页面", "There is no such page."),
            405: say("这里只能读取", "Here one can only read."),
        }
        return error.status_code, words.get(error.status_code, error.detail)
    return 500, say("程序出错，详情见运行 serve 的窗口", "A program error; the window that runs serve has the details.")


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
            *pages.route("/", matrix.page, "edition region category rows columns city cluster"),
            *pages.route("/map", maps.page, "cluster with city edition view"),
            *pages.route("/graph", graph.page, "q thing to open types chosen", "html"),
            *pages.route("/chain", chain.page, "thing cluster city steps", "xlsx"),
            *pages.route("/match", matcher.page, "city cluster", "xlsx", further=True),
            *pages.route("/policies", policies.page, "day about city code", "xlsx"),
            *pages.route("/lineage", policies.lineage, "policy", "xlsx"),
            *pages.route("/calendar", policies.calendar, "from months agency", "ics", "xlsx"),
            *pages.route("/gaps", gaps.page, "city cluster stage status", "xlsx"),
            *(
                route
                for one in ANALYSES
                for route in pages.route(one.path, partial(analysis.page, of=one), one.takes, "xlsx")
            ),
            *pages.route("/questions", home.page),
            *pages.route("/search", search.page, "q kind"),
            *pages.route("/query", partial(query.page, examples=pages.examples), "sparql cypher question view chosen"),
            *pages.route("/documents", documents.listing),
            pages.things("/documents", documents.page, "/documents", "part line at"),
            pages.things("/evidence", evidence.page, "/documents"),
            pages.things("/cell", cell.page, "/"),
            pages.things("/city", partial(profile.page, side="city"), "/", "cluster"),
            pages.things("/cluster", partial(profile.page, side="cluster"), "/", "city"),
            pages.things("/thing", thing.page, "/graph"),
            pages.things("/ask", ask.page, "/questions", " ".join(CARRIED), further=True),
            Route("/draw/{thing:path}", pages.draw),
            *([] if sparql is None else [Route("/sparql", sparql)]),
            Mount("/static", StaticFiles(directory=_HERE / "static")),
        ],
        exception_handlers={AtlasError: pages.problem, HTTPException: pages.problem, Exception: pages.problem},
    )
    # Around everything, and not as a middleware of Starlette's: those do not see the answer to a program error.
    return Guard(app, hosts)
