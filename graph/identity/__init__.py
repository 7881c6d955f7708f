"""Which node a name stands for: ids of what is read from documents."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from ontology import ids
from ontology.facts import Evidence, PolicyFact

_NUMBER = re.compile(r"^(.+?)〔(\d{4})〕第?(\d+)号$")
_BLANK = re.compile(r"\s+")


def plain(name: str) -> str:
    """A name for comparison: blanks, width and case do not count."""
    return _BLANK.sub("", unicodedata.normalize("NFKC", name)).casefold()


def product_id(name: str) -> str:
    return ids.join("product", _BLANK.sub("", name))


def company_id(name: str) -> str:
    return ids.join("company", _BLANK.sub("", name))


def subsector_id(cluster: str, name: str) -> str:
    """The id of a subsector; `cluster` is the cluster's id (`cluster/gd20/automobiles`)."""
    return f"subsector/{cluster.removeprefix('cluster/')}/{ids.part(_BLANK.sub('', name))}"


def evidence_id(evidence: Evidence, start: int, end: int) -> str:
    return f"evidence/{evidence.sha256[:8]}/{start}-{end}"


def document_id(sha256: str) -> str:
    return f"document/{sha256[:8]}"


def number_id(number: str) -> str:
    """`policy/粤府-2021-53` for 粤府〔2021〕53号; another form of number is encoded as it is."""
    match = _NUMBER.match(_BLANK.sub("", number))
    return ids.join("policy", "-".join(match.groups()) if match else number)


def policy_ids(policies: Iterable[PolicyFact]) -> Mapping[PolicyFact, str]:
    """The id of each policy: its number, with /1, /2 … where one number issues several; without number its title.

    The same policy printed in two documents (same number and title) is one.
    """
    by_number: dict[str, list[PolicyFact]] = {}
    result: dict[PolicyFact, str] = {}
    for fact in policies:
        if fact.doc_number is None:
            result[fact] = ids.join("policy", _BLANK.sub("", fact.title))
        else:
            by_number.setdefault(number_id(fact.doc_number), []).append(fact)
    for base, facts in by_number.items():
        titles = list(dict.fromkeys(plain(fact.title) for fact in facts))
        for fact in facts:
            result[fact] = base if len(titles) == 1 else f"{base}/{titles.index(plain(fact.title)) + 1}"
    return result
