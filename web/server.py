"""The explorer's server: on this machine only, until a signal ends it."""

import socket
from collections.abc import Callable
from typing import Final

import uvicorn
from starlette.types import ASGIApp

from ontology.errors import UsageError

HOST: Final = "127.0.0.1"
"""Loopback: what is served here is for this machine."""


def listen(port: int = 0, host: str = HOST) -> socket.socket:
    """A socket that is bound and listens, so that the address is known before the server starts.

    Args:
        port: 0 takes a free one.
        host: an address of this machine.

    Raises:
        UsageError: the port is taken or not allowed.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
        bound.listen()
    except OSError as error:
        bound.close()
        raise UsageError(f"不能使用 {host} 的端口 {port}：{error.strerror}", remedy="请用 --port 换一个端口") from error
    return bound


def url(bound: socket.socket) -> str:
    """The address to open in a browser."""
    host, port = bound.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def serve(app: ASGIApp, bound: socket.socket, ready: Callable[[str], None] = lambda address: None) -> None:
    """Serve until SIGINT or SIGTERM.

    Args:
        app: the pages.
        bound: a socket from `listen`; closed at the end.
        ready: called with the address once requests are answered.
    """

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            ready(url(bound))

    # A page left open in a browser holds a connection: do not wait for it at the end.
    config = uvicorn.Config(app, log_level="warning", access_log=False, timeout_graceful_shutdown=2, lifespan="off")
    try:
        Server(config).run(sockets=[bound])
    finally:
        bound.close()
