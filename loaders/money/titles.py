"""Titles that a policy grants for some years (有效期三年): instruments of the type recognition."""

import re

from loaders.document.document import Document
from loaders.grammar import dates
from loaders.money.passages import Passage, PolicyText, clause_of
from loaders.money.schemes import schemes
from loaders.money.scope import around
from ontology.facts_money import Benefit, InstrumentFact, Measure

_GRANT = re.compile(
    r"(?:确认|认定|评定|授予|确定)(?:其)?为?(?P<title>“[^”]{4,24}”|[\u4e00-\u9fff“”]{4,20}?(?:企业"
    r"|平台|园区|基地|中心))[^。；]{0,20}?，有效期(?:为)?(?P<n>[一二两三四五六七八九十\d]+)\s*年"
    r"|(?P<title2>[\u4e00-\u9fff“”]{4,20}?(?:企业|平台|园区|基地|中心))(?:称号)?有效期(?:为)?(?P<n2>[一二两三四五六七八九十\d]+)\s*年"
)


def recognitions(document: Document, policy: PolicyText) -> list[InstrumentFact]:
    """The titles that a policy grants for a term of years."""
    found: list[InstrumentFact] = []
    for passage in policy.passages:
        if match := _GRANT.search(passage.text.string):
            title = (match["title"] or match["title2"]).strip("“”") if match["title"] else match["title2"]
            found.append(_recognition(document, policy, passage, match, title))
    return found


def _recognition(
    document: Document, policy: PolicyText, passage: Passage, match: re.Match[str], title: str
) -> InstrumentFact:
    fact = policy.fact
    scoped = schemes(policy)
    common = around(policy)
    years = Measure(dates.number(match["n"] or match["n2"]), "年")
    benefit = Benefit(None, (), (), "service", None, None, None, None, None, (), (), (), (), years, None)
    piece = passage.text[match.start() : match.end()]
    requires = scoped[0].requires if len(scoped) == 1 else None
    return InstrumentFact(
        evidence=document.evidence(passage.block, piece if len(piece) <= 180 else piece[-180:]),
        policy=policy.title,
        clause=clause_of(passage),
        name=f"{title}认定",
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
