"""Profiles in files: TOML (one table, or `[[profile]]` for several) and tables (a heading row, one profile a row)."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ontology.errors import AtlasError, FileProblem, NotFound, UsageError
from queries.match.attributes import NAME, Known, attribute_named, profile
from queries.sheets import SUFFIXES, Cell, rows

_NAMES = frozenset({"name", "名称", "企业", "企业名称", "项目", "项目名称", "单位", "单位名称", "申报单位"})
_IGNORED = frozenset({"序号", "备注", "no", "no."})
_HEAD_ROWS = 5


class ProfileError(FileProblem):
    """A file of profiles cannot be used: wrong column, value or form."""

    kind = "填报表"
    exit_code = 2


@dataclass(frozen=True)
class Filed:
    """A profile of a batch: its name, and its values by code."""

    name: str
    values: Mapping[str, Known]


def profiles(path: Path) -> list[Filed]:
    """The profiles of a TOML file, an Excel sheet or a CSV file.

    Raises:
        ProfileError: with the line or the cell, what was expected, and near names.
    """
    if path.suffix.lower() == ".toml":
        found = _from_toml(path)
    elif path.suffix.lower() in SUFFIXES:
        found = _from_sheet(path)
    else:
        raise ProfileError(path, "不认识的格式", remedy="请用 .toml、.xlsx 或 .csv")
    if not any(one.values for one in found):
        raise ProfileError(path, "没有填报项", remedy='请至少填一项，如 city = "东莞"；全部填报项见 match --attributes')
    return found


# ---- TOML


def _from_toml(path: Path) -> list[Filed]:
    try:
        text = path.read_text(encoding="utf-8-sig")
        content = tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise ProfileError(path, "不是 UTF-8 编码的文本", remedy="请另存为 UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        what = "日历上没有这一天" if "Invalid date" in str(error) else "不是有效的 TOML"
        raise ProfileError(path, what, line=int(line[1]) if line else None, remedy='每行写作 名称 = "值"') from error
    listed = content.pop("profile", None)
    tables = listed if isinstance(listed, list) else [listed] if isinstance(listed, dict) else None
    if tables is None:
        tables, starts = [content], [0]
    else:
        starts = [match.start() for match in re.finditer(r"^\s*\[\[?\s*profile\s*\]\]?", text, re.MULTILINE)]
        if content:
            key = next(iter(content))
            raise ProfileError(
                path, f"[[profile]] 之外有“{key}”", line=_line(text, key, 0), remedy="请移到某个 [[profile]] 之内"
            )
    if len(starts) != len(tables):
        starts = [0] * len(tables)
    return [_filed(path, text, table, starts[i], i + 1) for i, table in enumerate(tables)]


def _filed(path: Path, text: str, table: object, start: int, number: int) -> Filed:
    if not isinstance(table, dict):
        raise ProfileError(path, f"第 {number} 个 profile 不是一组 名称 = 值", line=_line(text, "profile", start))
    name = f"第{number}项"
    given: dict[str, object] = {}
    for key, value in table.items():
        if key.strip().lower() in _NAMES:
            name = str(value)
            continue
        try:
            profile({key: value})
        except AtlasError as error:
            raise ProfileError(path, str(error), line=_line(text, key, start)) from error
        given[key] = value
    try:
        return Filed(name, profile(given))
    except UsageError as error:
        raise ProfileError(path, f"{name}：{error}", line=_line(text, next(iter(given), ""), start)) from error


def _line(text: str, key: str, start: int) -> int | None:
    """The line on which a key is given a value, from a place in the text on."""
    match = re.compile(rf"^\s*[\"']?{re.escape(key)}[\"']?\s*=", re.MULTILINE).search(text, start)
    return text.count("\n", 0, match.end()) + 1 if match is not None else None


# ---- Sheets


def _from_sheet(path: Path) -> list[Filed]:
    lines = [cells for _, cells in rows(path, ProfileError)]
    head = _head(lines)
    if head is None:
        raise ProfileError(path, "前几行里没有认得的列名", remedy="列名用填报项的名称，如 设备购置额（万元）、city")
    return list(_filled(path, lines[head + 1 :], dict(_columns(path, lines[head]))))


def _head(lines: Sequence[Sequence[Cell]]) -> int | None:
    """The row with the most known headings among the first ones."""
    counts = [sum(1 for cell in row if _known(cell.text)) for row in lines[:_HEAD_ROWS]]
    best = max(counts, default=0)
    return counts.index(best) if best else None


def _known(heading: str) -> bool:
    try:
        return bool(heading) and bool(attribute_named(heading))
    except NotFound:
        return False


def _columns(path: Path, row: Sequence[Cell]) -> Iterator[tuple[int, str]]:
    seen: dict[str, str] = {}
    for number, cell in enumerate(row):
        heading = cell.text
        if not heading or heading.lower() in _IGNORED:
            continue
        if heading.lower() in _NAMES:
            yield number, NAME
            continue
        try:
            code = attribute_named(heading).code
        except NotFound as error:
            raise ProfileError(path, f"单元格 {cell.at}：{error}") from error
        if code in seen:
            raise ProfileError(path, f"单元格 {cell.at}：“{heading}”与 {seen[code]} 是同一填报项")
        seen[code] = cell.at
        yield number, heading


def _filled(path: Path, lines: Sequence[Sequence[Cell]], columns: Mapping[int, str]) -> Iterator[Filed]:
    for number, row in enumerate(lines, 1):
        filled = [(columns[i], cell) for i, cell in enumerate(row) if i in columns and cell.text]
        if not filled or _is_note(row):
            continue
        name, values = f"第{number}行", dict[str, Known]()
        for heading, cell in filled:
            if heading == NAME:
                name = cell.text
                continue
            try:
                values |= profile({heading: cell.text})
            except AtlasError as error:
                raise ProfileError(path, f"单元格 {cell.at}：{error}") from error
        yield Filed(name, values)


def _is_note(row: Sequence[Cell]) -> bool:
    texts = [cell.text for cell in row if cell.text]
    return len(texts) == 1 and texts[0].startswith(("注：", "注:", "单位：", "合计"))
