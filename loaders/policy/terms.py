"""When a policy comes into force and how long it holds, read from its own clause about itself.

Clauses about something else — a certificate's validity, a title granted for three years, a rule that is replaced —
use the same words; only a sentence whose subject is the policy itself, or that has none, is read.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from loaders.document.document import Block
from loaders.document.text import Text, sentences
from loaders.grammar import dates

_OWN = "(?:细则|办法|规定|意见|措施|方案|条例|政策|通知|规划|计划|指南|公告|通告|决定|规则|制度|标准|目录|纲要|章程|法)"
_SELF = re.compile(rf"(?:本|该|此|以上|上述)[\u4e00-\u9fff]{{0,12}}?{_OWN}|现(?:予|将)|^《[^《》]+》")
_START = re.compile(
    rf"自(?P<when>(?:发布|公布|印发|发文|下发|签发|颁布|通过|发文印发)之?日|{dates.DATE.pattern})"
    rf"(?:起|开始)?(?:(?P<after>{dates.NUMBER})(?P<unit>日|天|个月)后)?(?:开始)?(?P<verb>(?:正式)?(?:施行|实施|执行|生效|有效))?"
)
_TERMS = (
    re.compile(
        rf"(?:有效期限?|实施期限?|实施期|执行期限?|施行期限?|试行期限?|暂行期限?|期限|试行|暂定|实行)(?:暂定|暂|定)?(?:为|是)?[:：]?"
        rf"(?P<n>{dates.NUMBER})(?P<unit>周?年|个月)"
    ),
    re.compile(rf"(?P<n>{dates.NUMBER})(?P<unit>周?年|个月)(?:之?内)?(?:内有效|有效)"),
)
_UNTIL = re.compile(
    rf"(?:有效期|实施期限?|执行期限?|期限|有效|执行|实施|施行|截止|截至|延续)[^，。；]{{0,6}}?(?:至|到|为|截止)[^，。；\d〇一二]{{0,4}}"
    rf"{dates.DATE.pattern}|至{dates.DATE.pattern.replace('?P<', '?P<b_')}(?:止|有效|失效|废止)"
)
_YEARS = re.compile(r"(?:年限|期限|有效期|实施期|执行期)为?(?P<first>20\d\d)年?(?:至|到|[-—–~～])(?P<last>20\d\d)年")
_UNTIL_YEAR = re.compile(
    r"(?:有效期|实施期限?|执行|期限|实施|施行|有效)[^，。；]{0,4}(?:至|到)(?P<year>20\d\d)年(?:底|末|年底)"
)


@dataclass(frozen=True, slots=True)
class Term:
    """What a policy says about its force: first and last day (ISO 8601), and the words that say so."""

    effective: str | None = None
    expires: str | None = None
    marks: tuple[tuple[Block, Text], ...] = ()


def term(blocks: Sequence[Block], issued: str | None) -> Term:
    """The term that the blocks of a policy state; the last clause that is about the policy itself counts.

    Args:
        blocks: the policy's own text, its notice included.
        issued: the day on which it was issued, from which 自发布之日起 counts.
    """
    found = Term()
    for block, sentence in _clauses(blocks):
        found = _read(found, block, sentence, issued)
    return found


def _clauses(blocks: Sequence[Block]) -> Iterator[tuple[Block, Text]]:
    for block in blocks:
        if block.kind not in ("paragraph", "list"):
            continue
        for sentence in sentences(block.text):
            string = re.sub(r"^第.{1,6}?条", "", sentence.string)
            if _about_itself(string):
                yield block, sentence


def _about_itself(sentence: str) -> bool:
    """Whether a sentence states the force of the policy that holds it."""
    if not re.search(r"施行|实施|执行|生效|有效|期限|年限|试行", sentence):
        return False
    if _SELF.search(sentence[:40]):
        return True
    # 自发布之日起施行，有效期三年 — without a subject it can only be the policy.
    return bool(re.match(r"自.{4,16}(?:起|后)", sentence) or re.match(r"有效期(?:为|至|\d|[一二三五])", sentence))


def _read(found: Term, block: Block, sentence: Text, issued: str | None) -> Term:
    string = sentence.string
    effective, expires = None, None
    if match := _START.search(string):
        effective = _started(match, issued)
    if match := _UNTIL.search(string):
        expires = _until(match)
    elif match := _UNTIL_YEAR.search(string):
        expires = f"{match['year']}-12-31"
    elif match := _YEARS.search(string):
        effective = effective or f"{match['first']}-01-01"
        expires = f"{match['last']}-12-31"
    elif length := _length(string):
        start = effective or found.effective or issued
        expires = dates.last_day(start, years=length[0], months=length[1]) if start else None
        if _START.search(string) is None and found.effective is None and start is None:
            return found
    if effective is None and expires is None:
        return found
    return replace(
        found,
        effective=effective or found.effective,
        expires=expires or found.expires,
        marks=(*found.marks, (block, sentence.strip())),
    )


def _started(match: re.Match[str], issued: str | None) -> str | None:
    start = dates.date_of(match) if match["year"] else issued
    if start is None or match["after"] is None:
        return start
    count = dates.number(match["after"])
    return dates.shifted(start, months=count) if match["unit"] == "个月" else dates.shifted(start, days=count)


def _until(match: re.Match[str]) -> str | None:
    if match["year"]:
        return dates.date_of(match)
    parts = (match["b_year"], match["b_month"], match["b_day"])
    again = dates.DATE.search("{}年{}月{}日".format(*parts))
    return dates.date_of(again) if again else None


def _length(string: str) -> tuple[int, int] | None:
    """Years and months of a term (有效期5年, 暂定三年有效期, 三年内有效, 有效期18个月)."""
    for pattern in _TERMS:
        if match := pattern.search(string):
            count = dates.number(match["n"])
            return (0, count) if match["unit"] == "个月" else (count, 0)
    return None
