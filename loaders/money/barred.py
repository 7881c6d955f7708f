"""What bars from a policy: lists of misdeeds (有下列行为之一的，不得推荐) and titles held (已列为…的，不再推荐)."""

import re
from collections.abc import Iterator

from loaders.document.document import Section
from loaders.money.conditions import LEADING, attribute
from loaders.money.passages import Passage, PolicyText, clause_of
from loaders.money.words import NUMBERED
from ontology.facts_money import Condition, Group, Leaf
from ontology.vocabulary import vocabulary

_REFUSES = (
    r"不(?:得|予|再|能|可)(?:以)?(?:被|给予|予以|进行)*"
    r"(?:推荐|申报|申请|参评|参加|参与|受理|支持|认定|评定|确认|纳入|列入|入库|享受|奖励|资助|补助|扶持)"
)
_LISTS = re.compile(
    rf"(?:(?:下列|以下|如下)[^，。；]{{0,6}})?(?:情形|情况|行为)之一[^，。；：]{{0,8}}，[^。；：]{{0,12}}?{_REFUSES}"
)
_HOLDS = re.compile(
    rf"(?:^|[，。；])\s*{NUMBERED}\s*(?:凡)?已(?:经)?(?:被)?(?:列为|认定为|评定为|评为|确认为|获评|获得|入选)(?:为)?(?:我[部厅局省市委])?"
    rf"(?P<title>[^，。；]{{4,24}}?)(?:称号)?的(?:企业|单位|项目|平台)?，(?:原则上)?{_REFUSES}"
)
_LATELY = re.compile(r"近\s*\d+\s*年")


def barred(policy: PolicyText) -> tuple[Condition, ...]:
    """The conditions that keep an applicant out of a policy, each as what must not be.

    Only what an attribute of the vocabulary decides; misdeeds with figures are left to the text.
    """
    found: list[Condition] = []
    lists: set[Section] = set()
    for passage in policy.passages:
        string, section = passage.text.string, passage.section
        if any(one in lists for one in (section.chain if section is not None else ())):
            found += _misdeeds(re.split(r"[；。]", string), passage)
        elif match := _LISTS.search(string):
            listed = re.split(r"[；。]", string[match.end() :].partition("：")[2])
            if section is not None and not any(listed):
                lists.add(section)
            found += _misdeeds(listed, passage)
        found += _titles(passage)
    return tuple(dict.fromkeys(found))


def _misdeeds(items: list[str], passage: Passage) -> Iterator[Condition]:
    for item in items:
        text = LEADING.sub("", item).strip("，：、 ")
        if len(text) < 4 or re.search(r"\d", _LATELY.sub("", text)):
            continue
        what = attribute(text)
        if vocabulary().codes("condition")[what].value_type != "boolean":
            continue
        flag = Leaf(what, "=", None, None, None, (), clause_of(passage), text)
        yield flag if what == "clean-record" else Group.negated(flag)


def _titles(passage: Passage) -> Iterator[Condition]:
    for match in _HOLDS.finditer(passage.text.string):
        title = re.sub(r"[“”‘’]", "", match["title"])
        text = re.sub(rf"^{NUMBERED}\s*", "", match[0].strip("，。； "))
        yield Group.negated(Leaf("prior-recognition", "=", title, None, None, (), clause_of(passage), text))
