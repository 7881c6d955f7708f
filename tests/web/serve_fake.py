"""The pages over the tests' graph, as a process of its own: `python -m tests.web.serve_fake [BYTES]`.

With BYTES every request leaves so many behind, as a program with a leak does.
"""

import sys

from starlette.types import ASGIApp, Receive, Scope, Send

from tests.web.fake import FakeAtlas
from web.app import create_app
from web.server import listen, serve


def leaking(app: ASGIApp, size: int) -> ASGIApp:
    """The application with a handler that keeps something of every request."""
    kept: list[bytes] = []

    async def call(scope: Scope, receive: Receive, send: Send) -> None:
        kept.append(b"\x01" * size)
        await app(scope, receive, send)

    return call


if __name__ == "__main__":
    app = leaking(create_app(FakeAtlas()), int(sys.argv[1])) if sys.argv[1:] else create_app(FakeAtlas())
    serve(app, listen(0), lambda address: print(address, flush=True))
