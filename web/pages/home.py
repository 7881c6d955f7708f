"""问题: the first answers, the questions of the library, what was read and what there is."""

from ontology.errors import AtlasError
from web.answers import Answer, question
from web.atlas import First
from web.problems import said
from web.site import Site
from web.speech import Speech
from web.view import Asked, Sheet, View

SHOWN = 6
"""Rows of each first answer."""


def page(site: Site, asked: Asked) -> View:
    """First answers, questions, documents and counts."""
    say, index, summary = asked.say, site.index, site.summary
    title = say("问题与答案", "Questions and answers")
    clusters = [one for one in index.named("Cluster") if index.into(one.id)]
    return View(
        "home.html",
        title,
        {
            "build": summary.digest,
            "counts": {one.cls or one.title_en: one.number for one in summary.counts},
            "documents": list(summary.documents),
            "cities": [{"id": one.id, "name": say.name(one)} for one in site.cities],
            "clusters": [{"id": one.id, "name": say.name(one)} for one in clusters],
            "questions": [one.name for one in site.atlas.questions()],
        },
        Sheet(
            title,
            [say("类别", "class"), say("数量", "number")],
            [(say(one.title, one.title_en), one.number) for one in summary.counts],
        ),
        {
            "summary": summary,
            "answers": [_first(site, first, say) for first in summary.first],
            "questions": site.atlas.questions(),
            "documents": sorted(index.of_class("Document"), key=lambda node: node.id),
            "shown": SHOWN,
        },
    )


def _first(site: Site, first: First, say: Speech) -> Answer:
    """A first answer, asked once for each build: the graph does not change."""
    key = (first.question, tuple(first.arguments.items()))
    if key not in site.answers:
        found = question(site.atlas, first.question)
        try:
            site.answers[key] = Answer(found, first.arguments, site.atlas.ask(found.name, first.arguments))
        except AtlasError as error:
            # One engine that does not answer must not take the first page with it, nor be remembered.
            return Answer(found, first.arguments, None, said(error, say))
    return site.answers[key]
