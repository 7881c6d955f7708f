"""The explorer's pages: the first answers, the questions, the pictures. Every table is also JSON and CSV.

Pages run no script, and what a picture runs is named by its hash; nothing is loaded from elsewhere.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from graph.rows import Rows
from ontology.errors import AtlasError, NotFound, ParameterError
from queries.library import Column, Question
from web.atlas import AtlasLike, First
from web.cells import Cell, as_csv, as_json, cells, draw_path, shown
from web.guard import LOOPBACK, Guard
from web.picture import Lang, policy, scene_html

SHOWN: Final = 500
"""Rows of a page; JSON and CSV carry all of them."""

SHOWN_FIRST: Final = 8
"""Rows of each first answer."""

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Answer:
    """A question with its arguments and what came of it: rows, or a message."""

    question: Question
    arguments: Mapping[str, str]
    rows: Rows | None
    problem: str = ""

    @property
    def address(self) -> str:
        return address(self.question.name, self.arguments)

    @property
    def columns(self) -> list[Column]:
        """The columns that the rows have, as the question declares them."""
        known = {column.name: column for column in self.question.columns}
        names = self.rows.columns if self.rows else ()
        return [known.get(name) or Column(name, "string", name, name) for name in names]

    @property
    def headings(self) -> list[Column]:
        return [column for column, _, _ in shown(self.columns)]

    def cells(self, limit: int) -> list[list[Cell]]:
        """The first rows as the page shows them."""
        view = shown(self.columns)
        return [cells(row, view) for row in self.rows.rows[:limit]] if self.rows else []


def address(name: str, arguments: Mapping[str, str], form: str = "") -> str:
    """The address of a question's page, or with form ".json" or ".csv" of its rows."""
    return f"/ask/{quote(name)}{form}" + (f"?{urlencode(arguments)}" if arguments else "")


def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.globals.update(draw_path=draw_path, address=address)
    return environment


def _arguments(request: Request) -> dict[str, str]:
    """The query string as arguments; what is left empty in the form stays so, the library knows what it means.

    Raises:
        ParameterError: a parameter given twice.
    """
    arguments: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        if name in arguments:
            raise ParameterError(name, "只给一次的值", value)
        arguments[name] = value.strip()
    return arguments


class Pages:
    """The pages over one graph."""

    def __init__(self, atlas: AtlasLike) -> None:
        self.atlas = atlas
        self.templates = _templates()

    def _html(self, template: str, status: int = 200, **values: object) -> HTMLResponse:
        return HTMLResponse(self.templates.get_template(template).render(**values), status)

    def _question(self, name: str) -> Question:
        questions = {question.name: question for question in self.atlas.questions()}
        if name not in questions:
            raise NotFound("问题", name, remedy="首页列有全部问题")
        return questions[name]

    def home(self, request: Request) -> Response:
        """Counts, first answers and all questions."""
        summary = self.atlas.summary()
        answers = [self._first(first) for first in summary.first]
        return self._html(
            "home.html", summary=summary, answers=answers, questions=self.atlas.questions(), shown=SHOWN_FIRST
        )

    def _first(self, first: First) -> Answer:
        question = self._question(first.question)
        try:
            return Answer(question, first.arguments, self.atlas.ask(first.question, first.arguments))
        except AtlasError as error:
            # One engine that does not answer must not take the first page with it.
            return Answer(question, first.arguments, None, str(error))

    def ask(self, request: Request) -> Response:
        """A question: its form, and the rows."""
        question = self._question(request.path_params["name"])
        arguments = _arguments(request)
        try:
            answer, status = Answer(question, arguments, self.atlas.ask(question.name, arguments)), 200
        except AtlasError as error:
            # The form stays, so that what was typed can be mended.
            answer, status = Answer(question, arguments, None, str(error)), _status(error)
        return self._html("ask.html", status, answer=answer, shown=SHOWN)

    def ask_json(self, request: Request) -> Response:
        """The rows of a question as a list of objects."""
        question = self._question(request.path_params["name"])
        return Response(as_json(self.atlas.ask(question.name, _arguments(request))), media_type="application/json")

    def ask_csv(self, request: Request) -> Response:
        """The rows of a question for a spreadsheet, with Chinese headings."""
        question = self._question(request.path_params["name"])
        answer = Answer(question, {}, rows := self.atlas.ask(question.name, _arguments(request)))
        name = quote(f"{question.title}.csv")
        return Response(
            as_csv(rows, answer.columns),
            media_type="text/csv; charset=utf-8",
            headers={"content-disposition": f"attachment; filename*=UTF-8''{name}"},
        )

    def draw(self, request: Request) -> Response:
        """The picture of a thing, the same page that `draw` writes."""
        scene = self.atlas.neighbourhood(request.path_params["thing"])
        lang: Lang = "en" if request.query_params.get("lang") == "en" else "zh"
        headers = {"content-security-policy": policy() + "; frame-ancestors 'none'"}
        return HTMLResponse(scene_html(scene, lang), headers=headers)

    def problem(self, request: Request, error: Exception) -> Response:
        """A mistake in words, in the form that was asked for."""
        status, message = _explained(error)
        path = request.url.path
        if path.endswith(".json"):
            return JSONResponse({"error": message}, status)
        if path.endswith(".csv"):
            return PlainTextResponse(message + "\n", status)
        return self._html("problem.html", status, message=message)


def _status(error: AtlasError) -> int:
    if isinstance(error, NotFound):
        return 404
    # Exit code 2 is a mistake of the user, 1 is ours or an engine's.
    return 400 if error.exit_code == 2 else 503


def _explained(error: Exception) -> tuple[int, str]:
    if isinstance(error, AtlasError):
        return _status(error), str(error)
    if isinstance(error, HTTPException):
        words = {404: "没有这个页面", 405: "这里只能读取"}
        return error.status_code, words.get(error.status_code, error.detail)
    return 500, "程序出错，详情见运行 serve 的窗口"


def create_app(atlas: AtlasLike, hosts: Collection[str] = LOOPBACK) -> ASGIApp:
    """The pages as an ASGI application.

    Args:
        atlas: the graph; called from several threads.
        hosts: names under which the server may be called; requests for any other are refused.
    """
    pages = Pages(atlas)
    app = Starlette(
        routes=[
            Route("/", pages.home),
            Route("/ask/{name}.json", pages.ask_json),
            Route("/ask/{name}.csv", pages.ask_csv),
            Route("/ask/{name}", pages.ask),
            Route("/draw/{thing:path}", pages.draw),
            Mount("/static", StaticFiles(directory=_HERE / "static")),
        ],
        exception_handlers={AtlasError: pages.problem, HTTPException: pages.problem, Exception: pages.problem},
    )
    # Around everything, and not as a middleware of Starlette's: those do not see the answer to a program error.
    return Guard(app, hosts)
