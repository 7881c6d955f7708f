"""What a task is measured by: the clauses of its words that count something or set a rate, and the year for them."""

import re

from loaders.grammar import grammar
from loaders.targets.numbers import figures

_GRANT = re.compile("奖励|奖补|补助|补贴|资助|给予|贴息|资金|基金|安排")
_COUNTS = re.compile("(?:家次|家|户|个|项|件|种|套|座|人次|人|名|台|辆|艘|条|架次|架|场|处|公里|%|％|百分点)$")
_BY = re.compile("(?:力争)?到20\\d\\d年(?:底|末)?(?=[，,前])")
_MADE = re.compile(
    "建成|建设|新建|培育|引进|打造|新增|创建|形成|达到|超过|突破|提[升高]|累计|组织|举办|实施|开展|完成|推广|引育|认定|制定|发布|不少于|不低于|以上|不超过|不高于"
)


def counted(words: str) -> str | None:
    """The clauses that say how much of something a task is to reach, as printed; None where none does."""
    found = [words[start:end].strip() for start, end in grammar.clauses(words) if _counts(words[start:end])]
    return "，".join(found) or None


def _counts(clause: str) -> bool:
    if _GRANT.search(clause) or not _MADE.search(clause):
        return False
    return any(_COUNTS.search(figure.unit) and grammar.depth(clause, figure.first) <= 0 for figure in figures(clause))


def by_year(words: str) -> str | None:
    """The year by which what is counted is to be reached (到2027年，…), as printed; None where nothing is counted."""
    match = _BY.search(words)
    return match[0] if match and counted(words[match.end() :]) else None
