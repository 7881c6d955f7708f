"""A piece of evidence: the quote among its neighbours, its citation, and everything that rests on it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from graph.tables import Node
from ontology.errors import AtlasError
from web.index import Proof, is_statement
from web.pages.cell import STANCES
from web.said import said, title
from web.site import Site
from web.speech import Speech
from web.stars import star_of
from web.view import Asked, Sheet, View

AROUND: Final = 260
"""Characters of the neighbouring text on each side, up to a line's end."""

SHOWN: Final = 100

VERDICTS: Final = 12
"""Cells of the star layout that the page shows; JSON has all of them."""

_BROKEN: Final = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef]) (?=[\u3000-\u9fff\uff00-\uffef])")

HEADINGS: Final = (("标识", "id"), ("类别", "class"), ("名称", "name"), ("引文", "quote"), ("依据", "citation"))


def page(site: Site, asked: Asked) -> View:
    """A piece of evidence, by the part of its id after `evidence/`."""
    index, say = site.index, asked.say
    proof = index.proof(f"evidence/{asked.thing}")
    resting = [(node, _name(site, node, asked)) for node in index.resting(proof.id)]
    held = verdicts(site, [node for node, _ in resting], asked.say)
    before, after = _around(site, proof)
    citation = cited(proof, asked)
    heading = say("依据", "Evidence")
    return View(
        "evidence.html",
        f"{heading} · {proof.text('cite') or proof.id}",
        {
            "id": proof.id,
            **dict(proof.node.properties),
            "before": before,
            "after": after,
            "citation": citation,
            "document": proof.document and proof.document.id,
            "loaders": list(site.atlas.loaders(proof.id)),
            "resting": [{"id": node.id, "class": node.cls, "name": name} for node, name in resting],
            "verdicts": [
                {"id": one.cell.id, "relation": one.relation, "name": one.name, "words": one.words} for one in held
            ],
        },
        Sheet(
            heading,
            [say(*one) for one in HEADINGS],
            [(node.id, say.cls(node.cls), name, proof.quote, proof.text("cite")) for node, name in resting],
        ),
        {
            "proof": proof,
            "before": before,
            "after": after,
            "citation": citation,
            "loaders": site.atlas.loaders(proof.id),
            "resting": resting,
            "verdicts": held,
            "shown_verdicts": VERDICTS,
            "shown": SHOWN,
        },
    )


@dataclass(frozen=True, slots=True)
class Verdict:
    """A cell of the star layout that a piece of evidence speaks for or against, with how sure it is in the end."""

    cell: Node
    relation: str
    stance: str
    name: str
    words: str


def verdicts(site: Site, resting: Sequence[Node], say: Speech) -> list[Verdict]:
    """The cells whose witnesses rest on a piece of evidence: those it supports first."""
    starred = {one.edition.id: one.starred for one in site.layouts}
    found: dict[tuple[str, str], Verdict] = {}
    for relation, stance in STANCES:
        for node in resting:
            for cell in site.index.sources(node.id, relation):
                ends = [other for _, other in site.index.participants(cell.id)]
                edition = next((one.id for one in site.index.targets(cell.id, "edition")), "")
                name = " × ".join(say.name(one) for one in ends) or cell.id
                words = star_of(cell).sentence(say, starred.get(edition, True))
                found.setdefault((relation, cell.id), Verdict(cell, relation, say(*stance), name, words))
    return list(found.values())


def cited(proof: Proof, asked: Asked) -> str:
    """The citation as it goes into a report: document and place, line, and the words."""
    return f"{asked.say.cited(proof.text('cite'), proof.number('line'))}：“{_on_one_line(proof.quote)}”"


def _on_one_line(quote: str) -> str:
    """A quote without its line breaks; Chinese needs no blank where a line was broken."""
    return _BROKEN.sub("", " ".join(quote.split()))


def _name(site: Site, node: Node, asked: Asked) -> str:
    return title(said(site.index, node), asked.say) if is_statement(node.cls) else asked.say.name(node)


def _around(site: Site, proof: Proof) -> tuple[str, str]:
    """The text before and after the quote; "" where the document cannot be read."""
    if proof.document is None:
        return "", ""
    try:
        text = site.atlas.text(proof.document.id)
    except AtlasError:
        return "", ""
    start, end = proof.number("start"), proof.number("end")
    first = max(0, start - AROUND)
    first = text.find("\n", first, start) + 1 or first if first else 0
    last = text.rfind("\n", end, end + AROUND)
    last = end + AROUND if last < 0 else last
    return text[first:start].lstrip("\n"), text[end:last].rstrip("\n")
