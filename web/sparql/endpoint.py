"""The SPARQL 1.1 Protocol over one store: read-only, and an answer is either whole and right or an error.

Queries run in processes that can be killed (`web.sparql.pool`). Their answers are written to files and sent only when
they are whole, so that a status of 200 is never followed by half an answer.
"""

import asyncio
import os
import tempfile
from collections.abc import Collection, Mapping
from functools import partial
from pathlib import Path
from typing import Final

import pyoxigraph as ox
from starlette.datastructures import URL, Headers
from starlette.types import Message, Receive, Scope, Send

from graph.sparql.client import Sparql
from graph.sparql.document import GRAPHS as GRAPH_FORMATS
from graph.sparql.document import NotAcceptable, ResultTooLarge, Wanted
from ontology.errors import AtlasError, EngineError, QueryRefused, QuerySyntaxError, QueryTimeout
from web.sparql.negotiation import GRAPHS, TABLES, chosen, content_type
from web.sparql.pool import Busy, Limits, Pool
from web.sparql.protocol import METHODS, SIZE, Asked, Problem, read

_CHUNK: Final = 256 << 10
_SLOWEST: Final = 60.0
"""Seconds within which a client must take a piece of an answer, or send its request."""

_HEARD: Final = 64 << 20
"""Bytes of a request that are taken off the line though they are too many: a client that sends before it listens
would otherwise meet a broken connection instead of the answer."""

_UPDATES: Final = frozenset({"LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "INSERT", "DELETE", "WITH"})
_SERVICE: Final = Path(__file__).parent / "service.ttl"
_ANY: Final = "*"


class Endpoint:
    """The endpoint as an ASGI application; `close` ends its processes.

    Args:
        store: folder of the Oxigraph store.
        origins: web origins whose pages may ask (`https://x.example`, or `*` for all); none by default.
        limits: what a query may take.
        workers: how many query processes; as many as cores by default.
    """

    def __init__(
        self,
        store: Path,
        origins: Collection[str] = (),
        limits: Limits | None = None,
        workers: int | None = None,
    ) -> None:
        self.origins = frozenset(origins)
        self.limits = limits or Limits()
        self._pool = Pool(store, self.limits, workers)
        self._spooled = 0

    def close(self) -> None:
        """End the processes."""
        self._pool.close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        out = _Reply(send, scope["method"] == "HEAD", self._shared(headers))
        try:
            await self._answer(scope, headers, receive, out)
        except Problem as problem:
            await out.words(problem.status, problem.message, problem.headers)
        except Busy as busy:
            await out.words(503, f"{busy}，请稍后再试", {"retry-after": str(busy.seconds)})
        except AtlasError as error:
            await out.words(_status(error), _words(error))

    async def _answer(self, scope: Scope, headers: Headers, receive: Receive, out: "_Reply") -> None:
        method = scope["method"]
        if method not in METHODS:
            raise Problem(405, f"不支持 {method}", {"allow": ", ".join(METHODS)})
        if self._foreign(headers):
            raise Problem(403, "不接受其他网站的页面来查询；可用 serve --cors 允许一个来源")
        if method == "OPTIONS":
            await out.head(204, {"allow": ", ".join(METHODS), **self._preflight(headers)})
            return
        body = await _body(headers, receive) if method == "POST" else b""
        asked = read(
            method,
            scope["query_string"],
            headers.get("content-type", ""),
            headers.get("content-encoding", ""),
            body,
        )
        accept = ", ".join(headers.getlist("accept")) or None
        if asked is None:
            await self._describe(URL(scope=scope), accept, out)
            return
        await self._query(asked, accept, receive, out)

    async def _query(self, asked: Asked, accept: str | None, receive: Receive, out: "_Reply") -> None:
        wanted = Wanted(
            chosen(accept, TABLES),
            chosen(accept, GRAPHS),
            self.limits.rows,
            self.limits.size,
            asked.default,
            asked.named,
        )
        if wanted.table is None and wanted.graph is None:
            raise NotAcceptable(asked.text, "查询")
        if self._spooled > self.limits.spool:
            raise Busy(round(self.limits.patience))
        handle, name = tempfile.mkstemp(prefix="clusteratlas-sparql-")
        os.close(handle)
        path = Path(name)
        job = partial(_document, asked.text, wanted, path, self.limits.seconds)
        task = asyncio.ensure_future(self._pool.run(asked.text, job))
        gone = asyncio.ensure_future(_left(receive))
        size = 0
        try:
            await asyncio.wait([task, gone], return_when=asyncio.FIRST_COMPLETED)
            if not task.done():
                return  # nobody waits for the answer
            form = task.result()
            size = path.stat().st_size
            self._spooled += size
            await out.file(path, size, content_type(form))
        finally:
            self._spooled -= size
            gone.cancel()
            if not task.done():
                task.cancel()
                await asyncio.wait([task])
            path.unlink(missing_ok=True)

    async def _describe(self, url: URL, accept: str | None, out: "_Reply") -> None:
        form = chosen(accept, GRAPHS)
        if form is None:
            raise NotAcceptable("", "服务说明")
        triples = ox.parse(path=str(_SERVICE), format=ox.RdfFormat.TURTLE, base_iri=str(url.replace(query="")))
        prefixes = {"sd": "http://www.w3.org/ns/sparql-service-description#", "dct": "http://purl.org/dc/terms/"}
        data = ox.serialize((quad.triple for quad in triples), format=GRAPH_FORMATS[form], prefixes=prefixes)
        await out.bytes(200, data or b"", content_type(form))

    def _shared(self, headers: Headers) -> dict[str, str]:
        """Headers of every answer: it depends on what is acceptable, and allowed origins may read it."""
        shared = {"vary": "accept, origin"}
        origin = headers.get("origin")
        if origin is not None and self._allowed(origin):
            shared["access-control-allow-origin"] = _ANY if _ANY in self.origins else origin
            shared["access-control-expose-headers"] = "retry-after"
            shared["cross-origin-resource-policy"] = "cross-origin"
        return shared

    def _allowed(self, origin: str) -> bool:
        return _ANY in self.origins or origin in self.origins

    def _foreign(self, headers: Headers) -> bool:
        """Whether a page of another website asks, through the browser of somebody who may."""
        origin = headers.get("origin")
        if origin is not None:
            own = origin.partition("://")[2] == headers.get("host", "")
            return not own and not self._allowed(origin)
        return headers.get("sec-fetch-site") in ("cross-site", "same-site") and _ANY not in self.origins

    def _preflight(self, headers: Headers) -> Mapping[str, str]:
        if "origin" not in headers or not self._allowed(headers["origin"]):
            return {}
        return {
            "access-control-allow-methods": "GET, HEAD, POST",
            "access-control-allow-headers": "accept, content-type",
            "access-control-max-age": "600",
        }


def _document(text: str, wanted: Wanted, path: Path, seconds: float, worker: Sparql) -> str:
    return worker.document(text, wanted, path, timeout=seconds)


def _status(error: AtlasError) -> int:
    """The HTTP status of an error: 400 for what is no query, 403 for what is none of ours, 500 for what fails."""
    if isinstance(error, QuerySyntaxError):
        return 400
    if isinstance(error, QueryRefused):
        return 400 if error.why.split(" ")[0] in _UPDATES else 403
    if isinstance(error, NotAcceptable):
        return 406
    if isinstance(error, QueryTimeout | ResultTooLarge | EngineError):
        return 500
    return 500


def _words(error: AtlasError) -> str:
    """An error for a client, who cannot change the limit as the command line can."""
    return f"{error.message}。请缩小范围或加 LIMIT" if isinstance(error, QueryTimeout) else str(error)


async def _body(headers: Headers, receive: Receive) -> bytes:
    """The body of a request.

    Raises:
        Problem: it is too long, or does not come.
    """
    declared = headers.get("content-length", "0")
    expected = int(declared) if declared.isdigit() else 0
    body = bytearray()
    received = 0
    more = True
    try:
        async with asyncio.timeout(_SLOWEST):
            while more and max(expected, received) <= _HEARD:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise Problem(400, "请求没有发完")
                part = message.get("body", b"")
                received += len(part)
                if received <= SIZE:
                    body += part
                more = message.get("more_body", False)
    except TimeoutError as error:
        raise Problem(408, "请求没有在限时内发完") from error
    if max(expected, received) > SIZE:
        raise Problem(413, f"查询超过 {SIZE >> 10} KB", {"connection": "close"})
    return bytes(body)


async def _left(receive: Receive) -> None:
    """Return when the client has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass


class _Reply:
    """The one answer to a request."""

    def __init__(self, send: Send, bare: bool, shared: Mapping[str, str]) -> None:
        self._send, self._bare, self._shared = send, bare, shared

    async def head(self, status: int, headers: Mapping[str, str]) -> None:
        """An answer without a body."""
        await self._start(status, headers)
        await self._send({"type": "http.response.body", "body": b""})

    async def words(self, status: int, message: str, headers: Mapping[str, str] | None = None) -> None:
        """A sentence."""
        await self.bytes(status, f"{message}\n".encode("utf-8", "replace"), "text/plain; charset=utf-8", headers)

    async def bytes(self, status: int, data: bytes, media: str, headers: Mapping[str, str] | None = None) -> None:
        """A small document."""
        await self._start(status, {**(headers or {}), "content-type": media, "content-length": str(len(data))})
        await self._send({"type": "http.response.body", "body": b"" if self._bare else data})

    async def file(self, path: Path, size: int, media: str) -> None:
        """A document that is whole in a file. A client that takes nothing for a while is left."""
        await self._start(200, {"content-type": media, "content-length": str(size)})
        with path.open("rb") as file:
            left = 0 if self._bare else size
            while left > 0:
                data = file.read(_CHUNK)
                left -= len(data)
                message: Message = {"type": "http.response.body", "body": data, "more_body": left > 0}
                await asyncio.wait_for(self._send(message), _SLOWEST)
        if self._bare or size == 0:
            await self._send({"type": "http.response.body", "body": b""})

    async def _start(self, status: int, headers: Mapping[str, str]) -> None:
        raw = [
            (name.encode(), value.encode("latin-1", "replace")) for name, value in {**self._shared, **headers}.items()
        ]
        await self._send({"type": "http.response.start", "status": status, "headers": raw})
