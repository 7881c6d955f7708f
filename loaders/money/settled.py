"""Awards granted before and settled now: what is paid follows from a sum, and no share is printed.

(已获支持的项目通过验收后，按实际投资额核算奖励金额.) What the project must have done stands before 后 or 的.
"""

import re
from collections.abc import Iterator

from loaders.money.award import Award, open_award
from loaders.money.conditions import LEADING, Read, attribute
from loaders.money.figures import NOUN
from loaders.money.passages import Passage, PolicyText
from loaders.money.words import NUMBERED
from ontology.facts_money import Leaf
from ontology.vocabulary import vocabulary

_SETTLED = re.compile(
    r"(?P<before>[^，。；]{6,60})(?:后|的)，(?:可|应|再|方可)*(?:按照?|根据|依据)(?P<base>[^，。；\d]{2,24}?)"
    rf"(?:核算|核定|计算|结算)(?:应得|可获|最终)?(?:的)?(?:{NOUN})(?:资?金)?(?:总)?(?:额度?|数额)?(?=[，。；]|$)"
)
_SUPPORTED = re.compile(r"已(?:经)?获(?:得|批)?(?:过)?[^，。；的]{0,8}?(?:支持|资助|扶持|补助|奖励|立项)的")
_FUNDED = "prior-provincial-funding"


def settled(passage: Passage, policy: PolicyText, clause: str | None, start: int, end: int) -> Award | None:
    """The award that a sentence without figures settles for projects supported before; None where it settles none.

    Args:
        passage: the passage; `policy` whose text it is, `clause` where it stands.
        start, end: the sentence in it.
    """
    string = passage.text.string[start:end]
    match = _SETTLED.search(string)
    if match is None or _SUPPORTED.search(match["before"]) is None:
        return None
    at = match.start() + (lead.end() if (lead := re.match(NUMBERED, match["before"])) else 0)
    award = open_award(passage, string, start, end, at, [], [])
    award.end, award.text = start + match.end(), string
    award.base, award.target = match["base"], _who(match["before"])
    award.conditions = list(_demands(match["before"], start + match.start(), clause, policy.territory is not None))
    award.settles = True
    return award


def _who(before: str) -> str | None:
    found = re.match(r".*?(?:项目|企业|平台|单位)(?=在|通过|按|已|完|经)", before)
    return found[0] if found is not None else None


def _demands(before: str, at: int, clause: str | None, provincial: bool) -> Iterator[Read]:
    """What the words before 后 demand: to have been supported, and each of what 并 and 且 join."""
    supported = _SUPPORTED.search(before)
    if supported is not None:
        text = before[: supported.end()]
        what, op = (_FUNDED, "=") if provincial else ("other", "judged")  # a city's support is not the province's
        leaf = Leaf(what, op, None, None, None, (), clause, LEADING.sub("", text).removesuffix("的"))
        yield Read(leaf, leaf.text, at, at + supported.end())
    last = supported.end() if supported is not None else 0
    for match in re.finditer(r"[^并且]+", before[last:]):
        text = LEADING.sub("", match[0])
        code = attribute(text)
        if vocabulary().codes("condition")[code].value_type == "boolean" and code != _FUNDED:
            leaf = Leaf(code, "=", None, None, None, (), clause, text)
        elif len(text) >= 4:
            leaf = Leaf("other", "judged", None, None, None, (), clause, text)
        else:
            continue
        yield Read(leaf, text, at + last + match.start(), at + last + match.end())
