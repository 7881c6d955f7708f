"""The one tree of errors: each carries attributes for programs and a Chinese sentence for people.

A mistake of the user never ends in a traceback: the command line prints `str(error)`, which names the file and
line where there is one, what was expected, what to do, and near names.
"""

from __future__ import annotations

from pathlib import Path


def _near(names: tuple[str, ...]) -> str:
    return f"；相近的有：{'、'.join(names)}" if names else ""


class AtlasError(Exception):
    """Root of all errors of Cluster Atlas.

    Args:
        message: the Chinese sentence for people.
        remedy: what to do about it, in Chinese; empty where nothing can be done.
        exit_code: exit status of the command line (1 a problem, 2 a wrong use).
    """

    exit_code: int = 1

    def __init__(self, message: str, *, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message}。{self.remedy}" if self.remedy else self.message


class UsageError(AtlasError):
    """The command or call was put wrongly: unknown option, missing parameter, value that cannot be read."""

    exit_code = 2


class NotFound(UsageError):
    """Nothing has that name.

    Args:
        what: the kind of thing in Chinese (城市, 集群, 问题 …).
        name: what was asked for.
        near: near names, best first.
    """

    def __init__(self, what: str, name: str, near: tuple[str, ...] = (), *, remedy: str = "") -> None:
        super().__init__(f"没有名为“{name}”的{what}{_near(near)}", remedy=remedy)
        self.what = what
        self.name = name
        self.near = near


class Ambiguous(UsageError):
    """A name means several things and one was asked for.

    Args:
        what: the kind of thing in Chinese.
        name: what was asked for.
        choices: the things that it means.
    """

    def __init__(self, what: str, name: str, choices: tuple[str, ...]) -> None:
        super().__init__(f"“{name}”可以指多个{what}：{'、'.join(choices)}", remedy="请写其中一个的全名")
        self.what = what
        self.name = name
        self.choices = choices


class ParameterError(UsageError):
    """A parameter is missing, unknown or unreadable.

    Args:
        name: the parameter.
        expected: what was expected, in Chinese.
        value: what was given; None where it is missing.
    """

    def __init__(self, name: str, expected: str, value: object = None, *, remedy: str = "") -> None:
        given = "缺少" if value is None else f"值“{value}”不可用"
        super().__init__(f"参数 {name} {given}，应为{expected}", remedy=remedy)
        self.name = name
        self.expected = expected
        self.value = value


class FileProblem(AtlasError):
    """A file cannot be used as it is.

    Args:
        path: the file.
        expected: what was expected, in Chinese.
        line: 1-based line, None where no line is meant.
        remedy: what to do, in Chinese.
    """

    kind = "文件"

    def __init__(self, path: Path | str, expected: str, *, line: int | None = None, remedy: str = "") -> None:
        where = f"{path}" if line is None else f"{path} 第 {line} 行"
        super().__init__(f"{self.kind} {where}：{expected}", remedy=remedy)
        self.path = path
        self.line = line
        self.expected = expected


class DocumentError(FileProblem):
    """A source document cannot be read."""

    kind = "文档"


class RegistryError(FileProblem):
    """A company registry or another table cannot be read."""

    kind = "登记表"


class OverrideError(FileProblem):
    """An override does not apply."""

    kind = "人工修正"


class VocabularyError(FileProblem):
    """A vocabulary or the ontology is not what the code needs."""

    kind = "词表"


class QuestionError(FileProblem):
    """A question of the library has a wrong header or text."""

    kind = "问题"


class IdentifierError(AtlasError):
    """A text is not an identifier under the base IRI.

    Args:
        value: the text.
    """

    def __init__(self, value: str, expected: str) -> None:
        super().__init__(f"“{value}”不是可用的标识：{expected}")
        self.value = value
        self.expected = expected


class GraphError(AtlasError):
    """The graph directory or a build in it cannot be used."""


class GraphMissing(GraphError):
    """There is no built graph.

    Args:
        directory: the graph directory.
    """

    def __init__(self, directory: Path | str) -> None:
        super().__init__(f"{directory} 里还没有建成的图谱", remedy="请先运行 clusteratlas build")
        self.directory = directory


class GraphOutdated(GraphError):
    """Another edition of the program built the graph.

    Args:
        directory: the graph directory.
    """

    def __init__(self, directory: Path | str) -> None:
        super().__init__(
            f"{directory} 里的图谱由另一版程序建成", remedy="请运行 clusteratlas build 重建，原有文档都会保留"
        )
        self.directory = directory


class GraphDamaged(GraphError):
    """A build is incomplete or does not match its digest.

    Args:
        path: the file or directory.
        why: what is wrong, in Chinese.
    """

    def __init__(self, path: Path | str, why: str) -> None:
        super().__init__(f"图谱 {path} 不完整：{why}", remedy="请重新运行 clusteratlas build")
        self.path = path
        self.why = why


class GraphLocked(GraphError):
    """Another process is building.

    Args:
        directory: the graph directory.
        holder: the process that holds the lock, None where unknown.
    """

    def __init__(self, directory: Path | str, holder: int | None = None) -> None:
        who = "另一个进程" if holder is None else f"进程 {holder}"
        super().__init__(f"{who}正在 {directory} 建图", remedy="请等它结束后再试")
        self.directory = directory
        self.holder = holder


class MappingError(GraphError):
    """A fact or row does not fit the ontology.

    Args:
        subject: the id of the node or fact.
        why: what does not fit, in Chinese.
    """

    def __init__(self, subject: str, why: str) -> None:
        super().__init__(f"{subject} 不合本体：{why}")
        self.subject = subject
        self.why = why


class QueryError(AtlasError):
    """A query failed.

    Args:
        statement: the query's text.
        why: the reason, in Chinese, with the engine's own words where it gave some.
    """

    def __init__(self, statement: str, why: str, *, remedy: str = "") -> None:
        super().__init__(f"查询失败：{why}", remedy=remedy)
        self.statement = statement
        self.why = why


class QuerySyntaxError(QueryError):
    """A query cannot be parsed.

    Args:
        statement: the query's text.
        why: the parser's words.
        line: 1-based line in the text, None where unknown.
        column: 1-based column, None where unknown.
    """

    exit_code = 2

    def __init__(self, statement: str, why: str, *, line: int | None = None, column: int | None = None) -> None:
        where = "" if line is None else f"第 {line} 行" + ("" if column is None else f"第 {column} 列") + "，"
        super().__init__(statement, f"语句有误，{where}{why}")
        self.line = line
        self.column = column


class QueryRefused(QueryError):
    """A query writes, or reaches outside the store, and is refused before it runs.

    Args:
        statement: the query's text.
        why: the clause that is refused.
    """

    exit_code = 2

    def __init__(self, statement: str, why: str) -> None:
        super().__init__(statement, f"只读，拒绝执行：{why}")
        self.why = why


class QueryTimeout(QueryError):
    """A query ran longer than allowed and was stopped.

    Args:
        seconds: the limit, in seconds.
        statement: the query's text.
    """

    def __init__(self, seconds: float, statement: str = "") -> None:
        super().__init__(statement, f"超过 {seconds:g} 秒，已停止", remedy="请缩小范围、加 LIMIT，或放宽 --timeout")
        self.seconds = seconds


class EngineError(AtlasError):
    """A query engine does not work as it should.

    Args:
        name: the engine.
        why: what happened, in Chinese.
    """

    def __init__(self, name: str, why: str, *, remedy: str = "") -> None:
        super().__init__(f"{name} 出错：{why}", remedy=remedy)
        self.name = name
        self.why = why


class EngineMissing(EngineError):
    """A query engine is not installed or cannot start here.

    Args:
        name: the engine.
        remedies: what helps, each a Chinese clause.
    """

    def __init__(self, name: str, remedies: tuple[str, ...] = (), *, why: str = "这里没有安装") -> None:
        super().__init__(name, why, remedy="可以：" + "；或 ".join(remedies) if remedies else "")
        self.remedies = remedies


class EngineUnreachable(EngineError):
    """A server does not answer.

    Args:
        name: the engine.
        uri: its address (without credentials).
        why: what happened, in Chinese.
    """

    def __init__(self, name: str, uri: str, why: str = "没有应答") -> None:
        super().__init__(name, f"{uri} {why}", remedy="请检查地址、端口和账号")
        self.uri = uri


class CheckFailed(AtlasError):
    """The graph breaks a shape or an integrity query.

    Args:
        violations: how many.
    """

    def __init__(self, violations: int) -> None:
        super().__init__(f"检查发现 {violations} 处问题")
        self.violations = violations


class ShadowedPackage(AtlasError):
    """Another package of the same name is imported instead of ours.

    Args:
        package: the name.
        path: the file that shadows it.
    """

    def __init__(self, package: str, path: Path | str) -> None:
        super().__init__(f"导入的 {package} 不是本项目的包，而是 {path}", remedy="请改名或移走该文件")
        self.package = package
        self.path = path
