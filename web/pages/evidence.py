"""A piece of evidence: the quote among its neighbours, its citation, and everything that rests on it."""

from typing import Final

from graph.tables import Node
from ontology.errors import AtlasError
from web.index import Proof, is_statement
from web.said import said, title
from web.site import Site
from web.view import Asked, Sheet, View

AROUND: Final = 260
"""Characters of the neighbouring text on each side, up to a line's end."""

SHOWN: Final = 100

HEADINGS: Final = (("标识", "id"), ("类别", "class"), ("名称", "name"), ("引文", "quote"), ("依据", "citation"))


def page(site: Site, asked: Asked) -> View:
    """A piece of evidence, by the part of its id after `evidence/`."""
    index, say = site.index, asked.say
    proof = index.proof(f"evidence/{asked.thing}")
    resting = [(node, _name(site, node, asked)) for node in index.resting(proof.id)]
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
            "shown": SHOWN,
        },
    )


def cited(proof: Proof, asked: Asked) -> str:
    """The citation as it goes into a report: document and place, line, and the words."""
    line = proof.number("line")
    where = asked.say(f"，第{line}行", f", line {line}") if line else ""
    return f"{proof.text('cite')}{where}：“{' '.join(proof.quote.split())}”"


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
