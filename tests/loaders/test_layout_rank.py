"""Of several roles the strongest counts, in the order of the contract: core, key, base, support, mention."""

import pytest

from loaders.document.document import parse
from loaders.document.source import Source
from loaders.layout.layout import layout
from loaders.layout.roles import RANK
from ontology.facts import LayoutFact
from tests.graphs import BOX

SAYS = {
    "core": "以东莞为核心，发展无人机产业。",
    "key": "以东莞为重点，发展无人机产业。",
    "base": "依托东莞，发展无人机配套产业。",
    "mention": "东莞重点发展无人机。",
}


def role(*sentences: str) -> str:
    text = BOX.partition("以深圳")[0] + "".join(sentences) + "\n"
    facts = layout(parse(Source("t.txt", "0" * 64, text))).facts
    (found,) = {f.role for f in facts if isinstance(f, LayoutFact) and f.city == "东莞"}
    return found


def test_the_order_of_the_contract() -> None:
    assert sorted(RANK, key=lambda name: -RANK[name]) == ["core", "key", "base", "support", "mention"]


@pytest.mark.parametrize(("strong", "weak"), [("core", "key"), ("key", "base"), ("base", "mention")])
def test_the_stronger_of_two_roles_wins_in_either_order(strong: str, weak: str) -> None:
    assert role(SAYS[strong]) == strong
    assert role(SAYS[strong], SAYS[weak]) == role(SAYS[weak], SAYS[strong]) == strong
