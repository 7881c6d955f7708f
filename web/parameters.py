"""What an address may ask: the parameters of its page, and what goes along with the reader to every page.

A parameter that no page could mean is refused and never left aside in silence: who mistypes one would take the answer
for something else than it is.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from ontology.errors import ParameterError, UsageError
from ontology.vocabulary import near
from queries.phrase import Phrase, either, listed, phrase
from web.layouts import edition
from web.pages.sides import resolve
from web.picture import Lang
from web.site import Site

LANGS: Final[tuple[Lang, ...]] = ("zh", "en")

SHARED: Final = ("lang", "drawer")
"""Parameters of every page: its language, and the evidence that stands open beside it."""

CARRIED: Final = ("city", "cluster", "edition")
"""What is in question goes on from page to page; one that has no use for it hands it on."""


def single(query: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The parameters of a query string.

    Raises:
        ParameterError: one is given twice, or the language is none of ours.
    """
    found: dict[str, str] = {}
    for name, value in query:
        if name in found:
            raise ParameterError(name, Phrase("只给一次的值", "a value that is given once"), value)
        found[name] = value.strip().replace("\r\n", "\n")  # as forms send the lines of a field
    if found.get("lang") not in (None, "", *LANGS):
        raise ParameterError("lang", either(LANGS), found["lang"])
    return {name: value for name, value in found.items() if name not in SHARED}


def carried(site: Site, given: Mapping[str, str], takes: Sequence[str], *, further: bool = False) -> dict[str, str]:
    """What a page hands on without a use of its own; it is what it says it is.

    Args:
        site: the graph.
        given: the parameters of the address.
        takes: those of the page.
        further: whether the page knows more by itself, as the form of a question does.

    Raises:
        UsageError: the page has no such parameter.
        NotFound: no such city, cluster or edition.
        Ambiguous: several editions could be meant.
    """
    for name in given:
        if not further and name not in (*takes, *CARRIED):
            known = (*takes, "lang")
            close = near(name, {one: one for one in known})
            words = phrase("；相近的有：{}", "; near names: {}", listed(close)) if close else ""
            raise UsageError(
                phrase("这个页面没有参数 {}{}", "This page has no parameter {}{}.", name, words),
                remedy=phrase("可用的参数：{}", "Its parameters: {}.", listed(known)),
            )
    along = {name: value for name in CARRIED if name not in takes and (value := given.get(name))}
    if "city" in along:
        resolve(site.index, "city", along["city"])
    if "cluster" in along:
        resolve(site.index, "cluster", along["cluster"])
    if "edition" in along and site.layouts:
        edition(site.layouts, along["edition"])
    return along
