"""The source documents: the list, and each one's text with every fact marked in its place."""

import re
from typing import Final

from graph.tables import Node
from ontology.errors import NotFound, ParameterError
from queries.phrase import Phrase, phrase
from queries.plans.find import held
from web.index import Index, Proof
from web.reader import Section, outline, part_of, parts, sections
from web.site import Site
from web.view import Asked, Chip, Sheet, View

_SPAN: Final = re.compile(r"(\d{1,9})-(\d{1,9})", re.ASCII)

KINDS: Final = ("LayoutStatement", "Mention", "Policy", "Witness")
"""Classes with a colour of their own among the marks, the first that fits; the others share one."""


def listing(site: Site, asked: Asked) -> View:
    """All documents, with how much evidence stands in each."""
    index, say = site.index, asked.say
    found = [(node, len(index.into(node.id))) for node in sorted(index.of_class("Document"), key=lambda n: n.id)]
    title = say("源文件", "Documents")
    headings = ("name", "file", "doc_number", "grade", "level", "origin")
    return View(
        "documents.html",
        title,
        [{"id": node.id, **dict(node.properties), "evidence": count} for node, count in found],
        Sheet(
            title,
            ["id", *(say.property("Document", one) for one in headings), say("证据", "evidence")],
            [
                (
                    node.id,
                    *(say.said("Document", h, node.properties[h]) if h in node.properties else None for h in headings),
                    count,
                )
                for node, count in found
            ],
        ),
        {"documents": found, "policies": _policies(index)},
    )


def _policies(index: Index) -> dict[str, list[Node]]:
    """The policies whose texts stand in each document, by its id; where a document is one, nothing more is said."""
    found: dict[str, list[Node]] = {}
    own = {node.properties.get("name") for node in index.of_class("Document")}
    for node in index.of_class("Policy"):
        first = next(iter(index.proofs(node.id)), None)
        known = node.properties.get("name") in own
        if held(node) and not known and first is not None and first.document is not None:
            found.setdefault(first.document.id, []).append(node)
    return found


def page(site: Site, asked: Asked) -> View:
    """A part of a document: `?part=` by number, `?line=` or `?at=START-END` by place."""
    index, say = site.index, asked.say
    node = _document(site, asked.thing)
    text, blocks = site.atlas.text(node.id), site.atlas.blocks(node.id)
    proofs = [index.proof(one.id) for one in index.sources(node.id, "inDocument")]
    pieces = parts(text, blocks)
    hit = _hit(asked, text)
    chosen = part_of(pieces, hit[0]) if hit else asked.number("part", 1, most=len(pieces))
    shown = sections(text, pieces[chosen - 1], blocks, proofs, hit)
    name = say.name(node)
    kinds = {proof.id: kind(index, proof) for proof in proofs}
    contents = [(path, block, part_of(pieces, block.start)) for path, block in outline(blocks)]
    listed = sorted(proofs, key=lambda proof: (proof.number("start"), proof.id))
    return View(
        "document.html",
        name,
        {
            "id": node.id,
            "name": name,
            "properties": dict(node.properties),
            "part": chosen,
            "parts": len(pieces),
            "sections": [_record(section) for section in shown],
            "evidence": [
                {"id": p.id, "start": p.number("start"), "end": p.number("end"), "line": p.number("line")}
                for p in listed
            ],
        },
        Sheet(
            name,
            [
                say(*heading)
                for heading in (
                    ("标识", "id"),
                    ("行", "line"),
                    ("位置", "section"),
                    ("引文", "quote"),
                    ("依据", "citation"),
                    ("事实数", "facts"),
                )
            ],
            [
                (p.id, p.number("line"), p.text("section"), p.quote, p.text("cite"), len(index.resting(p.id)))
                for p in listed
            ],
        ),
        {
            "node": node,
            "sections": shown,
            "part": chosen,
            "parts": len(pieces),
            "contents": contents,
            "kinds": kinds,
            "present": [one for one in (*KINDS, "") if one in set(kinds.values())],
            "count": len(proofs),
            "line": hit and text.count("\n", 0, hit[0]) + 1,
            "hit": hit,
        },
        (Chip(say.cls("Document"), name, asked.links.thing(node.id)),),
    )


def kind(index: Index, proof: Proof) -> str:
    """The class that colours a mark; "" for the common colour."""
    classes = {node.cls for node in index.resting(proof.id)}
    return next((cls for cls in KINDS if cls in classes), "")


def _document(site: Site, name: str) -> Node:
    """A document by the part of its id after `document/`, or by its file's name.

    Raises:
        NotFound: there is none.
    """
    identifier = f"document/{name}"
    if identifier in site.index.nodes:
        return site.index.nodes[identifier]
    if name in site.document_ids:
        return site.index.nodes[site.document_ids[name]]
    raise NotFound("文档", name, remedy=Phrase("“源文件”页列有全部文档", "The page of documents lists all of them."))


def _hit(asked: Asked, text: str) -> tuple[int, int] | None:
    """The offsets that the address asks for.

    Raises:
        ParameterError: they are not in the document.
    """
    if at := asked.get("at"):
        found = _SPAN.fullmatch(at)
        span = (int(found[1]), int(found[2])) if found else (0, 0)
        if not 0 <= span[0] < span[1] <= len(text):
            raise ParameterError(
                "at", phrase("文档内的起止位置，如 0-{}", "a stretch of the document, such as 0-{}", len(text)), at
            )
        return span
    if asked.get("line"):
        lines = text.split("\n")
        number = asked.number("line", 1, most=len(lines))
        start = sum(len(line) + 1 for line in lines[: number - 1])
        return start, start + len(lines[number - 1])
    return None


def _record(section: Section) -> dict[str, object]:
    return {
        "path": list(section.path),
        "lines": [
            {"line": line.number, "start": line.start, "text": "".join(s.text for s in line.stretches)}
            for line in section.lines
        ],
    }
