"""Firms of one family, firms that do something together, and the short names that a text gives them."""

import re
from collections.abc import Iterator

from loaders.companies.found import LATIN, Found
from loaders.companies.words import GENERIC, firm_like, is_trade
from loaders.grammar.grammar import members, place_names

MASK = "\u3000"  # stands where another name of a firm is printed in brackets
ALIASED = re.compile("（[^（）]{0,30}(?:简称|英文名|又称)[^（）]{2,30}）")
_SHORT_NAME = re.compile("简称[：“]?(?P<short>[\u4e00-\u9fff]{2,10})”?[，）]")


def aliases(sentence: str) -> tuple[str, ...]:
    """The short names by which a text says that it goes on (以下简称某某)."""
    return tuple(
        match["short"]
        for bracket in ALIASED.finditer(sentence)
        if sentence[: bracket.start()].endswith(("公司", "集团", "股份"))
        for match in _SHORT_NAME.finditer(bracket[0])
        if not re.search("[区园城县市镇地]$", match["short"])
    )


# 支持甲与乙合资组建丙; 将其子公司甲、乙的…; 某某项目（甲、乙）
_JOINTLY = re.compile(
    "(?:支持|推动|鼓励|引导|由) ?(?P<one>[^，。；、与由]{2,12})与(?P<other>[^，。；、]{2,24}?)"
    "(?:合资|联合(?:攻关|研发)|合作(?:组建|研发))"
)
_KIN = re.compile("(?:子公司|旗下)(?P<list>[^，。；的等]{2,40}?)(?=等|的|，|。|$)")
_CARRIED_BY = re.compile("(?:项目|基地)（(?P<list>[\u4e00-\u9fff、]{3,30})）")
# 支持某某等龙头企业与<甲、乙>联合攻关
_WITH_FIRMS = re.compile("(?:企业|公司)与(?P<list>[^，。；等]{2,30}?)(?:联合|合作|共同|协同)(?:攻关|研发|开发)")


def kin(sentence: str, known: frozenset[str]) -> Iterator[Found]:
    """Firms of one family, and those that do something together."""
    for match in _JOINTLY.finditer(sentence):
        words = [match[part].strip() for part in ("one", "other")]
        if any(word in known or firm_like(word) or LATIN.fullmatch(word) for word in words):
            for part, word in zip(("one", "other"), words, strict=True):
                a = sentence.index(word, match.start(part))
                if not GENERIC.search(word):
                    yield Found(a, a + len(word), word, "", "")
    for pattern in (_KIN, _CARRIED_BY, _WITH_FIRMS):
        for match in pattern.finditer(sentence):
            a = match.start("list")
            spans = [(a + x, a + y) for x, y in members(match["list"])]
            if all(
                3 <= y - x <= 10 and not is_trade(sentence[x:y]) and not place_names(sentence[x:y]) for x, y in spans
            ):
                cue = "项目" if pattern is _CARRIED_BY else ""
                yield from (Found(x, y, sentence[x:y], cue, "") for x, y in spans)
