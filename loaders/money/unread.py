"""Sentences that look like an award, a criterion or a deadline and gave none: what the receipt should name."""

import re
from collections.abc import Iterator, Sequence

from loaders.document.document import Document
from loaders.document.text import Text, sentences
from loaders.money.conditions import figures
from loaders.money.figures import GIVES
from loaders.money.passages import PolicyText
from loaders.reading import Rejected
from ontology.facts import Fact

_SUM = re.compile(r"\d\s*[多余]?\s*(?:[百千万亿]+)?元|\d\s*[%％]")
_GIVES = re.compile(GIVES)
_BOUND = re.compile(
    r"(?:不(?:低于|少于|超过|高于|小于|多于)|达到|超过|至少|最[高低少])\s*\d|\d[^，。；、\d]{0,6}(?:以上|以下|以内)"
)
# Terms of working days are the office's own procedure.
_PROCEDURE = re.compile(r"(?:不(?:得|应)?(?:超过|少于)|超过)?\s*\d+\s*个?工作日(?:以?内|以上)?")
_DUE = re.compile(r"(?:\d\s*[日月]|月?底|季度)(?:之?前|以前)|截止(?:时间|日期|到|至)")
_ACT = re.compile("报送|申报|上报|提交|递交|验收|复核|清算|报告|备案")
# What plans and explanations bound are targets and figures; their promises are read all the same.
_PROSE = ("plan", "action_plan")
_NO_RULES = (*_PROSE, "scheme", "opinion", "interpretation", "regulation")
_LONGEST = 200


def unread_awards(document: Document, policy: PolicyText, facts: Sequence[Fact]) -> Iterator[Rejected]:
    """Sentences with a sum or a percentage and a word of giving that no award and no condition explains."""
    for sentence in _unclaimed(policy, facts):
        string = sentence.string
        if _SUM.search(string) and _GIVES.search(string) and not any(True for _ in figures(string, policy, None)):
            yield _rejected("instruments", document, sentence, "有金额或比例，也有给予的字样，但读不出给谁、给多少")


def unread_criteria(
    document: Document, policy: PolicyText, facts: Sequence[Fact], awards: Sequence[Text] = ()
) -> Iterator[Rejected]:
    """Sentences of rules with a bound in figures that are no award and gave no criterion."""
    for sentence in _unclaimed(policy, facts, awards) if policy.kind not in _NO_RULES else ():
        if _BOUND.search(_PROCEDURE.sub("", sentence.string)) and not (
            _SUM.search(sentence.string) and _GIVES.search(sentence.string)
        ):
            yield _rejected("criteria", document, sentence, "有数值界限，但读不出是哪个对象的哪项条件")


def unread_deadlines(document: Document, policy: PolicyText, facts: Sequence[Fact]) -> Iterator[Rejected]:
    """Sentences that say until when something is handed in or accepted and gave no deadline."""
    for sentence in _unclaimed(policy, facts):
        if _DUE.search(sentence.string) and _ACT.search(sentence.string):
            yield _rejected("deadlines", document, sentence, "有期限，但读不出谁在什么时候办什么")


def _unclaimed(policy: PolicyText, facts: Sequence[Fact], more: Sequence[Text] = ()) -> Iterator[Text]:
    """The sentences of rules (a plan's figures are targets) of which no fact quotes anything."""
    if policy.kind in _PROSE:
        return
    spans = [(span.start, span.end) for fact in facts for span in fact.evidence.spans]
    spans += [text.source() for text in more if len(text)]
    for passage in policy.passages:
        for sentence in sentences(passage.text):
            start, end = sentence.source()
            if not any(a < end and start < b for a, b in spans):
                yield sentence


def _rejected(kind: str, document: Document, sentence: Text, reason: str) -> Rejected:
    return Rejected(kind, document.source.line(sentence.source()[0]), sentence.string.strip()[:_LONGEST], reason)
