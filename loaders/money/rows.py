"""Tables of what is given (补贴标准表): every row as the sentence that it stands for, quoted as the row.

A head says which column names the case, which the conditions, the sum or share and the ceiling, and in which unit.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from loaders.document.document import Block
from loaders.document.text import Text
from loaders.grammar.quantities import quantities

_GIVEN = re.compile(
    r"(?P<noun>补贴|补助|奖励|资助|奖补|扶持|支持|贴息|激励)(?:资金|经费)?(?:标准|金额|额度|比例|数额|额|方式|$)"
)
_CEILING = re.compile(r"上限|限额|封顶|最高")
_NUMBER = re.compile(r"^(?:序号|编号|号)$")
_CASE = re.compile(
    r"等级|档次|级别|类别|类型|名称|对象|项目|主体|称号|层次|平台|机构|区域|地区|奖项|人才|种类|事项|^档$"
)
_TERM = re.compile(r"期限|年限|时间")
_UNIT = re.compile(r"[（(](?:单位[：:])?(?P<unit>[\u4e00-\u9fff%％/]{1,8})[）)]")
_NOTED_UNIT = re.compile(r"单位[：:]\s*(?P<unit>[\u4e00-\u9fff%/]{1,8})")
_BARE = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?%?")
_EACH = re.compile(
    r"(?:单[个家户项](?:企业|项目|平台)?|每[个家户人项](?:企业|项目|平台)?|同一企业)(?:每年|年度)?|每年|年度"
)
_LEVEL = re.compile(r"[\u4e00-\u9fff]{1,3}级")
_LONGEST_HEAD = 20


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its head: its role (number, case, condition, given, ceiling, term), its words and its unit."""

    role: str
    head: str
    unit: str


def row_texts(blocks: Sequence[Block]) -> Iterator[tuple[Block, Text]]:
    """The rows of tables that give money, each with the sentence that it stands for.

    Every character of the sentence points to the whole row, so whatever is cut from it is quoted as the row.
    """
    columns: tuple[Column, ...] = ()
    unit, above = "", dict[int, str]()
    for block in blocks:
        if block.kind == "furniture":
            continue
        if block.kind != "row":
            columns, above = (), {}
            match = _NOTED_UNIT.search(block.text.string)
            unit = match["unit"] if match else ""
            continue
        if found := _columns(block, unit):
            columns, above = found, {}
            continue
        cells = [cell.string.strip() for cell in block.cells]
        if not columns or len(cells) != len(columns):
            continue
        # An empty cell stands for the one above it, but no sum does.
        filled = [cell or (above.get(i, "") if columns[i].role == "case" else "") for i, cell in enumerate(cells)]
        above = dict(enumerate(filled))
        if (sentence := _sentence(columns, filled)) is not None:
            start, end = block.text.source()
            yield block, Text(sentence, (start,) * len(sentence), (end,) * len(sentence))


def _columns(block: Block, unit: str) -> tuple[Column, ...]:
    """The columns of a row that is a head of such a table, else none."""
    heads = [re.sub(r"\s", "", cell.string) for cell in block.cells]
    if len(heads) < 2 or any(len(head) > _LONGEST_HEAD or re.search(r"\d", head) for head in heads):
        return ()
    columns = tuple(_column(head, unit) for head in heads)
    return columns if any(column.role in ("given", "ceiling") for column in columns) else ()


def _column(head: str, unit: str) -> Column:
    own = _UNIT.search(head)
    words = re.sub(r"[（(][^（）()]*[）)]", "", head)
    measured = own["unit"] if own and quantities(f"1{own['unit']}") else ""
    if _NUMBER.search(words):
        role = "number"
    elif _CEILING.search(words):
        role = "ceiling"
    elif _GIVEN.search(words) and not re.search(r"条件|对象|项目$|类别|要求", words):
        role = "given"
    elif _TERM.search(words):
        role = "term"
    else:
        role = "case" if _CASE.search(words) and not measured else "condition"
    return Column(role, words, measured or (unit if role in ("given", "ceiling") else ""))


def _sentence(columns: Sequence[Column], cells: Sequence[str]) -> str | None:
    """A row as a sentence (对一档，年营业收入10亿元以上的，给予50万元补贴); None where it gives nothing."""
    cases = [cell for column, cell in zip(columns, cells, strict=True) if column.role == "case" and cell]
    asked = [_asked(column, cell) for column, cell in zip(columns, cells, strict=True) if column.role == "condition"]
    given = [(column, cell) for column, cell in zip(columns, cells, strict=True) if column.role == "given" and cell]
    limits = [
        (column, _sized(cell, column)) for column, cell in zip(columns, cells, strict=True) if column.role == "ceiling"
    ]
    terms = [cell for column, cell in zip(columns, cells, strict=True) if column.role == "term" and cell]
    named = [(column, _sized(cell, column)) for column, cell in given]
    if not any(_is_money(words) for _, words in named) and not any(_is_money(words) for _, words in limits):
        return None
    noun = next((match["noun"] for column, _ in given if (match := _GIVEN.search(column.head))), "补助")
    # A level stands before what is of it (国家级单项冠军), whatever the order of the columns.
    who = "".join(sorted(cases, key=lambda cell: _LEVEL.fullmatch(cell) is None)) or "符合条件的企业"
    wanted = "，且".join(words for words in asked if words)
    said = f"对{who}" + (f"，{wanted}的" if wanted else "")
    for _, words in named:
        said += f"，{_giving(words, noun)}"
    for column, words in limits:
        each = _EACH.search(column.head)
        bare = re.sub("^(?:最高)?(?:不超过)?", "", words)
        said += f"，{each[0] if each else ''}最高不超过{bare}" if _is_money(words) else ""
    for words in terms:
        said += f"，{noun}期限{words}" if quantities(words) else ""
    return said.replace("。", "；").rstrip("；，") + "。"


def _asked(column: Column, cell: str) -> str:
    """A condition cell with what it measures: its head where it is a figure only."""
    if not cell or cell in "—-/－无":
        return ""
    words = _sized(cell, column)
    found = quantities(words)
    bare = found and found[0].start <= 1
    return f"{column.head}{words}" if bare else words.rstrip("；。")


def _sized(cell: str, column: Column) -> str:
    """A cell with the unit of its column behind a number that has none."""
    words = re.sub(r"\s", "", cell)
    if not column.unit or quantities(words):
        return words
    return _BARE.sub(lambda match: f"{match[0]}{column.unit}", words, count=2)


def _is_money(words: str) -> bool:
    return any(one.kind in ("money", "ratio", "money-density") for one in quantities(words))


def _giving(words: str, noun: str) -> str:
    """The words of a cell as a clause of giving."""
    if re.search(r"给予|予以|奖励|补助|补贴|资助", words):
        return words.rstrip("。；")
    found = quantities(words)
    if found and found[0].kind == "ratio":
        return f"{'' if words.startswith('按') else '按'}{words.rstrip('。；')}给予{noun}"
    return f"给予{words.rstrip('。；')}{noun}"
