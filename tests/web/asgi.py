"""A caller for ASGI applications, so that the tests of the pages need neither a server nor a client library."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from starlette.types import ASGIApp, Message


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


def get(
    app: ASGIApp,
    address: str,
    *,
    host: str | None = "localhost:8000",
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
) -> Reply:
    """Call the application with one request.

    Args:
        app: the application.
        address: path and query string, percent-encoded.
        host: the Host header; None sends none.
        method: the HTTP method.
        headers: further headers.
    """
    path, _, query = address.partition("?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote(path),
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": [
            *([] if host is None else [(b"host", host.encode())]),
            *((name.encode(), value.encode()) for name, value in (headers or {}).items()),
        ],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 8000),
    }
    sent: list[Message] = []

    asked = False

    async def receive() -> Message:
        nonlocal asked
        if asked:
            await asyncio.Event().wait()  # nobody hangs up
        asked = True
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    async def call() -> None:
        await app(scope, receive, send)

    try:
        asyncio.run(call())
    except Exception:
        # A program error is answered first and then raised again for the server's log.
        if not sent:
            raise
    got = {name.decode(): value.decode("latin-1") for name, value in sent[0]["headers"]}
    return Reply(sent[0]["status"], got, b"".join(message.get("body", b"") for message in sent[1:]))
