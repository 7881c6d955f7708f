"""A request of the SPARQL 1.1 Protocol, read: GET, a form that is posted, or a query that is posted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

FORM: Final = "application/x-www-form-urlencoded"
QUERY: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"
METHODS: Final = ("GET", "HEAD", "POST", "OPTIONS")
SIZE: Final = 1 << 20
"""Most bytes of a posted query."""

_FIELDS: Final = 1_000
_INSIDE: Final = ("query", "update", "default-graph-uri", "named-graph-uri")
"""What a form holds, and the address then does not."""


class Problem(Exception):
    """A request that is answered with an error.

    Args:
        status: the HTTP status.
        message: what is wrong, in Chinese.
        headers: further headers of the answer.
    """

    def __init__(self, status: int, message: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.headers = headers or {}


@dataclass(frozen=True, slots=True)
class Asked:
    """A query with the dataset that the protocol names; None where it names none."""

    text: str
    default: tuple[str, ...] | None = None
    named: tuple[str, ...] | None = None


def read(method: str, query_string: bytes, content_type: str, encoding: str, body: bytes) -> Asked | None:
    """What a request asks; None for the service description.

    Args:
        method: GET, HEAD or POST.
        query_string: of the address, as sent.
        content_type: the header of a POST, "" where there is none.
        encoding: the header Content-Encoding, "" where there is none.
        body: of a POST.

    Raises:
        Problem: the request is not one of the protocol's.
    """
    if method in ("GET", "HEAD"):
        return _asked(_fields(query_string)) if query_string else None
    if encoding.strip().lower() not in ("", "identity"):
        raise Problem(415, f"不支持压缩的请求（{encoding}）")
    media, _, parameters = content_type.partition(";")
    media = media.strip().lower()
    if media not in (FORM, QUERY, UPDATE):
        raise Problem(415, f"Content-Type 应为 {FORM} 或 {QUERY}", {"accept-post": f"{FORM}, {QUERY}"})
    if media == UPDATE:
        raise Problem(403, "只读，拒绝更新")
    if _charset(parameters) not in ("", "utf-8", "utf8"):
        raise Problem(415, "请求的字符编码应为 UTF-8")
    fields = _fields(query_string)
    if stray := [name for name, _ in fields if name in (_INSIDE if media == FORM else ("query", "update"))]:
        raise Problem(400, f"查询在正文里，地址里不应再有 {stray[0]}")
    if media == FORM:
        return _asked(_fields(body))
    return _asked([*fields, ("query", _decoded(body))])


def _charset(parameters: str) -> str:
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip('"').lower()
    return ""


def _decoded(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise Problem(400, "请求不是 UTF-8 编码") from error


def _fields(data: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(_decoded(data), keep_blank_values=True, errors="strict", max_num_fields=_FIELDS)
    except UnicodeDecodeError as error:
        raise Problem(400, "请求不是 UTF-8 编码") from error
    except ValueError as error:
        raise Problem(400, "请求的参数太多") from error


def _asked(fields: Sequence[tuple[str, str]]) -> Asked:
    def every(name: str) -> tuple[str, ...]:
        return tuple(value for key, value in fields if key == name)

    texts = every("query")
    if every("update"):
        raise Problem(400, "查询和更新不能在一个请求里") if texts else Problem(403, "只读，拒绝更新")
    if len(texts) != 1:
        raise Problem(400, "缺少参数 query" if not texts else "参数 query 只能给一次")
    if not texts[0].strip():
        raise Problem(400, "参数 query 是空的")
    return Asked(texts[0], every("default-graph-uri") or None, every("named-graph-uri") or None)
