import re
from pathlib import Path

import click
import pytest

from clusteratlas.cli import cli
from queries.library import question
from queries.match.attributes import attributes
from tests.house.files import ROOT

README = (ROOT / "README.md").read_text("utf-8")
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")


def blocks() -> list[list[str]]:
    """The commands of each code block, without their comments."""
    found = re.findall(r"^```sh\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
    return [[line.split("  #")[0].strip() for line in block.splitlines()] for block in found]


def test_it_begins_with_two_commands() -> None:
    first = README.index("```sh")
    assert README[:first].strip().count("\n") == 0  # only the title stands before them
    assert [line.split("   ")[0].split(" #")[0].strip() for line in blocks()[0]] == ["make run", "make test"]


def test_every_target_it_names_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))
    named = set(re.findall(r"\bmake ([a-z]+)", re.sub(r"(?m)^## .*", "", README)))
    assert {"run", "test", "check", "bench", "soak", "setup"} <= named
    assert named <= targets


def test_every_command_it_shows_exists() -> None:
    shown = [line.split() for block in blocks() for line in block if line.startswith("clusteratlas ")]
    assert shown
    for words in shown:
        command = cli.get_command(click.Context(cli), words[1])
        assert command is not None, words[1]
        options = {option for parameter in command.params for option in parameter.opts}
        if words[1] == "ask" and len(words) > 2:
            options |= {f"--{parameter.name}" for parameter in question(words[2]).parameters}
        if words[1] == "match":  # takes every attribute that a profile may state
            options |= {f"--{code}" for code in attributes()} | {"--city", "--cluster", "--date"}
        assert {word for word in words[2:] if word.startswith("-")} <= options, words


@pytest.mark.parametrize("page", ["README.md", "docs/index.md", "benchmarks/README.md"])
def test_its_links_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
    assert [link for link in links if not (ROOT / Path(page).parent / link).exists()] == []
