"""A SPARQL 1.1 server over HTTP: queries and updates, without following anybody elsewhere with the account."""

import base64
import http.client
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit, urlunsplit

from graph.push.resume import Lost
from ontology.errors import EngineError, UsageError

_QUERY: Final = "application/sparql-query; charset=utf-8"
_UPDATE: Final = "application/sparql-update; charset=utf-8"
_ENGINE: Final = "SPARQL 服务"
_AWAY: Final = (502, 503, 504)
_LATEST: Final = 600.0
"""Seconds that one request may take."""


@dataclass(frozen=True)
class Account:
    """Who asks: a name and a password, kept out of every representation."""

    name: str
    password: str

    def __repr__(self) -> str:
        return f"Account({self.name!r})"

    @property
    def header(self) -> str:
        return "Basic " + base64.b64encode(f"{self.name}:{self.password}".encode()).decode("ascii")


class AccountRefused(EngineError):
    """The server does not take the account; `anonymous` where none was given, `forbidden` where it says so (403)."""

    def __init__(self, anonymous: bool, forbidden: bool = False) -> None:
        if anonymous:
            why = "不允许写入（403）：它是只读的，或需要账号" if forbidden else "需要账号"
        else:
            why = "不接受这个账号或密码，或它无权写入"
        super().__init__(_ENGINE, why, remedy="请在环境变量 SPARQL_USERNAME、SPARQL_PASSWORD 中给出")
        self.anonymous = anonymous


class Refused(EngineError):
    """The server answers, and not with what was asked for.

    Args:
        status: the HTTP status.
        words: the beginning of its answer.
    """

    def __init__(self, url: str, status: int, words: str) -> None:
        super().__init__(_ENGINE, f"{url} 答复 {status}：{words}")
        self.status = status


def request(
    method: str, url: str, body: bytes, headers: Mapping[str, str], account: Account | None, timeout: float = _LATEST
) -> tuple[int, str, bytes]:
    """One request: status, content type, body.

    Raises:
        Lost: nobody answers, or the server is not ready.
        UsageError: the address is none.
    """
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    try:
        if not parts.hostname or "@" in parts.netloc:
            raise ValueError("账号不写在地址里" if "@" in parts.netloc else "没有主机名")
        connection = kind(parts.hostname, parts.port, timeout=timeout)
    except ValueError as error:
        raise UsageError(f"地址不可用：{error}", remedy="例如 http://127.0.0.1:7878/") from error
    more = {} if account is None else {"authorization": account.header}
    target = urlunsplit(("", "", parts.path or "/", parts.query, ""))
    try:
        connection.request(method, target, body, {**headers, **more, "user-agent": "clusteratlas"})
        reply = connection.getresponse()
        content = reply.read()
    except (OSError, http.client.HTTPException) as error:
        raise Lost(str(error)) from error
    finally:
        connection.close()
    if reply.status in _AWAY:
        raise Lost(f"HTTP {reply.status}")
    return reply.status, reply.getheader("content-type", ""), content


@dataclass(frozen=True)
class Server:
    """Where to ask and where to write."""

    query_url: str
    update_url: str
    account: Account | None = None

    def select(self, text: str) -> list[dict[str, str]]:
        """The rows of a SELECT, with the values of bound variables."""
        found = self._asked(text)
        return [{name: term["value"] for name, term in row.items()} for row in found["results"]["bindings"]]

    def ask(self, text: str) -> bool:
        return bool(self._asked(text)["boolean"])

    def triples(self, text: str) -> bytes:
        """The N-Triples of a CONSTRUCT."""
        return self._sent(self.query_url, text, _QUERY, "application/n-triples")

    def update(self, text: str) -> None:
        self._sent(self.update_url, text, _UPDATE, "*/*")

    def _asked(self, text: str) -> dict[str, Any]:
        body = self._sent(self.query_url, text, _QUERY, "application/sparql-results+json")
        try:
            found: dict[str, Any] = json.loads(body)
        except ValueError as error:
            raise Refused(self.query_url, 200, "不是 SPARQL 结果") from error
        return found

    def _sent(self, url: str, text: str, content: str, accept: str) -> bytes:
        headers = {"content-type": content, "accept": accept}
        status, _, body = request("POST", url, text.encode(), headers, self.account)
        if status in (401, 403):
            raise AccountRefused(self.account is None, status == 403)
        if not 200 <= status < 300:
            raise Refused(url, status, body[:200].decode("utf-8", "replace").strip())
        return body


def discovered(uri: str, account: Account | None = None, update: str | None = None) -> Server:
    """Where a server takes queries and updates, found by asking: at the address itself or at the usual paths beside it.

    Args:
        uri: the server's address, or that of its queries.
        account: who asks.
        update: the address for updates, where the user knows it.

    Raises:
        AccountRefused: the account is not taken.
        UsageError: no SPARQL is spoken there.
        Lost: nobody answers.
    """
    base = uri.rstrip("/")
    asked = [uri, f"{base}/query", f"{base}/sparql"]
    query = next((url for url in asked if _speaks(Server(url, url, account), "ASK {}")), None)
    if query is None:
        raise UsageError(f"{uri} 不答复 SPARQL 查询", remedy="请给出查询服务的地址，例如 http://127.0.0.1:7878/query")
    above = query.rstrip("/").rpartition("/")[0]
    written = [update] if update else [f"{above}/update", f"{query.rstrip('/')}/statements", f"{base}/update", query]
    target = next((url for url in written if _speaks(Server(url, url, account), "INSERT DATA {}")), None)
    if target is None:
        raise UsageError(f"{uri} 不接受 SPARQL 更新", remedy="请用 --update-uri 给出更新服务的地址")
    return Server(query, target, account)


def _speaks(server: Server, text: str) -> bool:
    try:
        if text.startswith("ASK"):
            return server.ask(text)
        server.update(text)
    except (Refused, KeyError):
        return False
    return True
