"""No loader holds the answers: its words are those of the language, not of one of the bundled documents."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import loaders
from clusteratlas import bundled

LONGEST = 6
HOME = Path(loaders.__file__).parent
# Runs of plain characters; everything else in a pattern joins or chooses between them.
_RUN = re.compile(r"[\u4e00-\u9fffA-Za-z0-9“”《》〔〕（）、，]+")
_META = re.compile(r"\(\?P?<?[!=:]?(?:\w+>)?|\\[a-zA-Z]|\[[^\]]*\]|\{[\d,]*\}")


def constants(path: Path) -> Iterator[tuple[int, str]]:
    """The string constants of a module with their lines, pieces of f-strings too, without docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = [node for node in ast.walk(tree) if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)]
    said = {id(node.body[0].value) for node in documented if node.body and isinstance(node.body[0], ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.lineno, node.value


def phrases(constant: str) -> Iterator[str]:
    """The runs of Chinese characters, letters and digits in a constant, its regular expression taken apart."""
    for run in _RUN.findall(_META.sub("|", constant)):
        if len(re.sub(r"\W", "", run)) > LONGEST and re.search("[\u4e00-\u9fff]", run):
            yield run


def corpus() -> dict[str, str]:
    return {path.name: re.sub(r"\s", "", path.read_text(encoding="utf-8")) for path in bundled.documents()}


TEXTS = corpus()


@pytest.mark.parametrize("path", sorted(HOME.rglob("*.py")), ids=lambda path: str(path.relative_to(HOME)))
def test_no_long_phrase_occurs_in_only_one_document(path: Path) -> None:
    found = [
        (line, phrase, holding[0])
        for line, constant in constants(path)
        for phrase in phrases(constant)
        if len(holding := [name for name, text in TEXTS.items() if phrase in text]) == 1
    ]
    assert found == []


def test_no_number_of_a_document_stands_in_a_loader() -> None:
    """A document's number, an amount with its unit or a line number would be an answer, however short."""
    answer = re.compile(r"〔20\d\d〕\d+号|\d+(?:万|亿)元|第\d{3,}行")
    found = [
        (path.name, line, constant)
        for path in sorted(HOME.rglob("*.py"))
        for line, constant in constants(path)
        if answer.search(constant)
    ]
    assert found == []


def test_a_planted_phrase_is_found(tmp_path: Path) -> None:
    """The test itself notices an answer inside a pattern."""
    runs = (run[:9] for text in TEXTS.values() for run in re.findall("[\u4e00-\u9fff]{9,}", text))
    only = next(run for run in runs if sum(run in text for text in TEXTS.values()) == 1)
    planted = tmp_path / "planted.py"
    planted.write_text(f'import re\nX = re.compile(r"(?:甲|{only}|乙)\\s*")\n', encoding="utf-8")
    assert only in [phrase for _, constant in constants(planted) for phrase in phrases(constant)]
