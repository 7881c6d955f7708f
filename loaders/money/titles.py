"""Titles that a policy grants for some years (有效期三年): instruments of the type recognition."""

import re
from dataclasses import dataclass

from loaders.document.document import Document
from loaders.grammar import dates
from loaders.money.passages import Passage, PolicyText, clause_of
from loaders.money.schemes import schemes
from loaders.money.scope import around
from ontology.facts_money import Benefit, InstrumentFact, Measure

_TITLE = (
    r"(?P<title>“[^”]{3,24}”(?:企业|平台|园区|基地|中心)?|[\u4e00-\u9fff“”]{3,20}?(?:企业|平台|园区|基地|中心|名单))"
)
_TERM = r"有效期(?:限)?(?:为)?(?P<n>[一二两三四五六七八九十\d]+)\s*年"
_GRANT = re.compile(rf"(?:确认|认定|评定|授予|确定|命名)(?:其)?为?{_TITLE}[^。；]{{0,20}}?，{_TERM}")
_HELD = re.compile(rf"{_TITLE}(?P<between>[^。；]{{0,24}}?){_TERM}")


@dataclass(frozen=True, slots=True)
class Granted:
    """A title with its term in years, and where the words stand; `said` where they are those of granting it."""

    title: str
    years: int
    start: int
    end: int
    said: bool


def granted(string: str) -> Granted | None:
    """The title that a text grants for some years (认定为“…”，有效期三年); None where it grants none."""
    grant = _GRANT.search(string)
    match = grant or _HELD.search(string)
    if match is None:
        return None
    said = grant is not None or match["between"] in ("", "称号")
    title = match["title"]
    whole = title.startswith("“") and title.endswith("”")
    title = re.sub("[“”]", "", title) if whole or title.count("“") != title.count("”") else title
    return Granted(title, dates.number(match["n"]), match.start(), match.end(), said)


def recognitions(document: Document, policy: PolicyText) -> list[InstrumentFact]:
    """The titles that a policy grants for a term of years."""
    found: list[InstrumentFact] = []
    for passage in policy.passages:
        term = granted(passage.text.string)
        if term is not None and term.said:
            found.append(_recognition(document, policy, passage, term))
    return found


def _recognition(document: Document, policy: PolicyText, passage: Passage, term: Granted) -> InstrumentFact:
    fact = policy.fact
    scoped = schemes(policy)
    common = around(policy)
    years = Measure(term.years, "年")
    benefit = Benefit(None, (), (), "service", None, None, None, None, None, (), (), (), (), years, None)
    piece = passage.text[term.start : term.end]
    requires = scoped[0].requires if len(scoped) == 1 else None
    return InstrumentFact(
        evidence=document.evidence(passage.block, piece if len(piece) <= 180 else piece[-180:]),
        policy=policy.title,
        clause=clause_of(passage),
        name=f"{term.title}认定",
        instrument_type="recognition",
        beneficiary=scoped[0].name if len(scoped) == 1 else None,
        strength="hard",
        valid_from=fact.effective if fact is not None else None,
        valid_to=fact.expires if fact is not None else None,
        window=common.window,
        spending_from=None,
        spending_to=None,
        clusters=common.clusters,
        authority=common.authority,
        reservation=(),
        requires=requires,
        scheme=scoped[0].name if requires is not None else None,
        benefits=(benefit,),
        shared_cap=None,
        fails_with=common.fails_with,
        ratio_max=None,
        amount=None,
        cap=None,
        thresholds=(),
        regions=(),
        excludes=(),
    )
