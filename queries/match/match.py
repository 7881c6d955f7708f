"""Matching: a profile against every offer of a graph, each with a verdict, what decides it, and how much at most.

A matcher compiles every offer once for each city and answers any number of profiles. No clock runs here: the date of a
question is part of the profile.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from loaders.grammar.dates import DATE, date_of
from ontology.errors import UsageError
from ontology.facts_money import Leaf, leaves
from ontology.vocabulary import vocabulary
from queries.index import Index
from queries.match.amounts import payment
from queries.match.applicants import paid
from queries.match.attributes import Known, attributes
from queries.match.ceiling import NOTHING, Amount, Pay
from queries.match.conditions import Findings, Node, Test, compiled, decided
from queries.match.offers import Due, Offer, offers
from queries.match.places import home_city, home_elsewhere, possible, within
from queries.match.senses import Demand, demand, directions
from queries.phrase import Phrase, listed, phrase

Profile = Mapping[str, Known]
VERDICTS = ("符合", "可放宽", "待核实", "不符合", "已过期", "不适用")
ELIGIBLE = {"符合": "yes", "可放宽": "unknown", "待核实": "unknown", "不符合": "no", "已过期": "no", "不适用": "no"}


@dataclass(frozen=True, slots=True)
class Reason:
    """Something outside the clause's conditions that decides: place, payee, direction, cluster, date; in words."""

    code: str
    words: Phrase
    clause: str | None


@dataclass(slots=True)
class Answer:
    """One offer for one profile."""

    offer: Offer
    verdict: str
    findings: Findings
    amount: Amount
    unmet: list[Reason] = field(default_factory=list)
    unknown: list[Reason] = field(default_factory=list)
    for_payee: str | None = None
    """Where the offer pays somebody else and nothing more stands against it: the verdict for whom it pays."""

    @property
    def eligible(self) -> str:
        """yes, no or unknown."""
        return ELIGIBLE[self.verdict]


@dataclass(frozen=True)
class _Plan:
    """An offer ready for the profiles of one city."""

    offer: Offer
    nodes: tuple[Node, ...]
    pay: Pay
    place: bool | None
    payee: str
    clusters: frozenset[str]
    opens: tuple[tuple[str, tuple[str, str]], ...]
    closes: str | None
    narrow: str | None


class Matcher:
    """All offers of a graph, ready to be matched.

    Args:
        index: the graph.
    """

    def __init__(self, index: Index) -> None:
        self.offers = offers(index)
        asked = directions(self.offers)
        self._demands: dict[str, Demand] = {
            one.id: demand(one, asked.get(one.id), list(asked.values()) if one.id in asked else ())
            for one in self.offers
        }
        self._plans: dict[str | None, tuple[_Plan, ...]] = {}

    def codes(self) -> tuple[str, ...]:
        """The attributes that conditions, directions or bases of what was read ask for, in the vocabulary's order."""
        used = {"city", "cluster", "date", "kind", "direction"}
        for one in self._demands.values():
            for node in compiled(one.conditions, one.relief, (), None):
                used |= _codes(node)
            if one.relief is not None and one.relief.needs:
                used.add(one.relief.needs)
        for offer in self.offers:
            used |= set(payment(offer, None)({}).lacks)
        return tuple(code for code in attributes() if code in used)

    def match(self, profile: Profile) -> list[Answer]:
        """Every offer for a profile, in the order of the offers.

        Raises:
            UsageError: the profile has no date.
        """
        date = profile.get("date")
        if not isinstance(date, str):
            raise UsageError("缺少日期", remedy="请给出 date，如 2024-06-30")
        city = profile.get("city")
        return [_answer(plan, profile, date) for plan in self._planned(city if isinstance(city, str) else None)]

    def _planned(self, city: str | None) -> tuple[_Plan, ...]:
        if city not in self._plans:
            self._plans[city] = tuple(_plan(one, self._demands[one.id], city) for one in self.offers)
        return self._plans[city]


def _codes(node: Node) -> set[str]:
    if isinstance(node, Test):
        return {node.leaf.what}
    return {code for one in node.branches for code in _codes(one)}


def _plan(offer: Offer, wanted: Demand, city: str | None) -> _Plan:
    return _Plan(
        offer=offer,
        nodes=compiled(wanted.conditions, wanted.relief, possible(city, offer.regions), offer.doc_number),
        pay=payment(offer, city),
        place=_placed(offer, city),
        payee=paid(offer.beneficiary),
        clusters=_clusters(offer),
        opens=opening(offer),
        closes=closing(offer),
        narrow=_narrow(offer),
    )


_ANYBODY = re.compile(
    r"(?:符合(?:上述|以下|本)?(?:条件|规定|要求)的|上述|以上|全[省市县区]|[省市县区]内|本[省市县区]|我[省市县区]|各类|各)*"
    r"(?:企业|项目|单位|(?:申报|项目|承担)(?:单位|企业|主体))(?:和(?:企业|项目|单位))?"
)


def _narrow(offer: Offer) -> str | None:
    """Whom an offer is for, where that says more than its conditions: 新引进的总部经济项目, 在主板上市企业.

    A scheme's conditions define its applicants; a clause that stands alone defines them by the words of its own
    sentence, and whether an applicant is one of these only a review can tell.
    """
    if offer.scheme is not None or offer.recognition or offer.strength != "hard":
        return None
    whom = offer.beneficiary or offer.name
    return None if _ANYBODY.fullmatch(whom) or _says_its_conditions(offer, whom) else whom


_AWARD = re.compile(r"(?:奖励|奖补|补助|补贴|资助|贴息|扶持|支持|资金)+$")
_FIRST = re.compile(r"首[次家批个]")
_BETWEEN = re.compile(r"^[的、，及和或]+|[的、，及和或]+$")


def _says_its_conditions(offer: Offer, whom: str) -> bool:
    """Whether the words for whom an offer is only repeat its conditions (上年度研发投入1000万元以上的企业).

    What was so for the first time no figure of a profile tells.
    """
    if _FIRST.search(whom):
        return False
    rest = whom if offer.beneficiary else _AWARD.sub("", whom)
    for leaf in sorted(leaves(offer.requires), key=lambda one: -len(one.text)):
        if isinstance(leaf.value, int | float):
            rest = rest.replace(leaf.text, "")
    rest = _BETWEEN.sub("", rest)
    return rest != whom and (not rest or _ANYBODY.fullmatch(rest) is not None)


def _placed(offer: Offer, city: str | None) -> bool | None:
    """Whether an offer is for a city; None where neither the profile nor the documents decide it."""
    if city is None and home_city(offer.jurisdiction):
        return None
    if city is not None and home_elsewhere(city, offer.jurisdiction):
        return False
    if not offer.regions and not offer.excludes:
        homes = _homes(offer.name)
        return True if not homes else city in homes if city is not None else None
    if city is None:
        return None
    if offer.excludes and within(city, offer.excludes, offer.doc_number):
        return False
    return within(city, offer.regions, offer.doc_number)


@cache
def _homes(name: str) -> frozenset[str]:
    """The cities of the policies that a name cites: what 《天河区…意见》 gives is for 广州."""
    cited = " ".join(re.findall(r"《[^》]*》", name))
    names = {place.id: place.name for place in vocabulary().cities}
    found = {place.name for place in vocabulary().cities if f"{place.name}市" in cited}
    for label, district in vocabulary().district_names().items():
        if len(label) > _SHORT and label in cited and district.city in names:
            found.add(names[district.city])
    return frozenset(found)


_SHORT = 2


def _clusters(offer: Offer) -> frozenset[str]:
    """The clusters that an offer is only for; 重点支持 of a whole category is a preference and no condition."""
    named = set(offer.clusters)
    for category in ("pillar", "emerging"):
        whole = {one.name for one in vocabulary().clusters_of() if one.category == category}
        if whole and whole <= named:
            return frozenset()
    return frozenset(named)


_IN_FORCE = ("{}起施行，{}尚未施行", "in force from {}, not yet on {}")
_ISSUED = ("{}印发，{}尚未发布", "issued on {}, not yet on {}")
_BEGINS = re.compile(rf"{DATE.pattern}\s*(?:起|[至到—–~～-])")
_WINDOW = ("{}起申报，{}尚未开始", "open for applications from {}, not yet on {}")


def opening(offer: Offer) -> tuple[tuple[str, tuple[str, str]], ...]:
    """The days before which an offer is not open, each with the words that say so: in force, issued, its call open.

    A rule that says from when it is in force may reach back behind the day on which it was issued.
    """
    window = _BEGINS.search(offer.window or "")
    days = (
        (offer.valid_from or offer.issued, _IN_FORCE if offer.valid_from else _ISSUED),
        (date_of(window) if window is not None else None, _WINDOW),
    )
    return tuple((day, words) for day, words in days if day is not None)


_OFFICE = re.compile(r"主管部门|各地(?:级以上)?市|各市|工业和信息化局|财政局|正式行文")


def closing(offer: Offer) -> str | None:
    """The last day of an offer: of its policy, or of the call; None where nothing is said.

    A call is closed for applicants on the last day up to which they may file (of two batches the second); where only
    offices have a date, on the last of these.
    """
    dated = [one for one in offer.deadlines if one.what in ("申报", "报送") and one.date is not None]
    own = [one.date for one in dated if one.what == "申报" and not _of_office(one) and one.date]
    last = max(own or (one.date for one in dated if one.date), default=None)
    days = [day for day in (offer.valid_to, last) if day is not None]
    return min(days) if days else None


def _of_office(due: Due) -> bool:
    return bool(due.who or _OFFICE.search(due.words))


# ---- One offer


def _answer(plan: _Plan, profile: Profile, date: str) -> Answer:
    offer = plan.offer
    outside: list[Reason] = []
    open_: list[Reason] = []
    _judge_place(plan, profile, outside, open_)
    elsewhere = bool(outside)
    _judge_payee(plan, profile, outside)
    _judge_cluster(plan, profile, outside)
    found = decided(plan.nodes, profile)
    foreign = [leaf for leaf in found.unmet if leaf.what == "direction"]
    for day, words in plan.opens:
        if date < day:
            outside.append(Reason("date", phrase(*words, day, date), offer.clause))
            break
    late = plan.closes is not None and date > plan.closes
    over = ("至{}止，{}已过期", "until {}, over on {}")
    late_reason = [Reason("date", phrase(*over, plan.closes, date), offer.clause)] if late else []
    broken = [leaf for leaf in found.unmet if leaf not in foreign]
    hard = len(broken) > found.relaxed
    amount = NOTHING if elsewhere or foreign or hard else plan.pay(profile)
    for_payee = None
    if outside or foreign:
        verdict = "不适用"
        if [one.code for one in outside] == ["kind"] and not (foreign or late or hard):
            for_payee = _open_verdict(found, _open(plan, amount, found), amount)
    elif late:
        verdict = "已过期"
    elif hard:
        verdict = "不符合"
    else:
        open_ += _open(plan, amount, found)
        verdict = _open_verdict(found, open_, amount)
    if elsewhere:
        found = Findings()
    return Answer(offer, verdict, found, amount, [*outside, *late_reason], open_, for_payee)


def _open(plan: _Plan, amount: Amount, found: Findings) -> list[Reason]:
    """What is open beside the conditions: figures that only the amount needs, and whom the clause is for."""
    asked = {leaf.what for leaf in found.unknown}
    reasons = [Reason(code, _TO_COMPUTE, None) for code in amount.lacks if code not in asked]
    if plan.narrow is not None:
        words = ("须认定属于：{}", "a review must find that it is: {}")
        reasons.append(Reason("other", phrase(*words, plan.narrow), plan.offer.clause))
    return reasons


_TO_COMPUTE = Phrase("测算所需", "needed to compute the sum")
_NO_CONDITION = Phrase("条款没有写明可以判断的条件", "the clause states no condition that could be decided")


def _open_verdict(found: Findings, open_: list[Reason], amount: Amount) -> str:
    """The verdict where nothing is broken beyond relief."""
    if found.unknown or open_ or found.undecided:
        return "待核实"
    if found.relaxed:
        return "可放宽"
    if not found.met:  # nothing that a profile says has met anything: only a review can tell
        if not found.judged:
            open_.append(Reason("other", _NO_CONDITION, None))
        return "待核实"
    return "符合"


def _judge_place(plan: _Plan, profile: Profile, outside: list[Reason], open_: list[Reason]) -> None:
    if plan.place is True:
        return
    offer, city = plan.offer, profile.get("city")
    away = home_city(offer.jurisdiction) if city is None else home_elsewhere(str(city), offer.jurisdiction)
    where = listed((away,) if away else offer.regions or sorted(_homes(offer.name)))
    where = where or phrase("除{}外", "all but {}", listed(offer.excludes))
    if plan.place is False:
        words = ("{}不在所列地区：{}", "{} is not among the places listed: {}")
        outside.append(Reason("city", phrase(*words, city, where), offer.clause))
    else:
        open_.append(Reason("city", phrase("适用地区：{}", "only for: {}", where), offer.clause))


_PAYEES = {
    "government": Phrase("市政府", "city governments"),
    "platform": Phrase("平台", "platforms"),
    "park": Phrase("园区", "parks"),
    "person": Phrase("个人", "persons"),
    "body": Phrase("机构", "institutions"),
}


def _judge_payee(plan: _Plan, profile: Profile, outside: list[Reason]) -> None:
    given = paid(str(profile["kind"])) if "kind" in profile else "firm"
    if plan.payee == given or (plan.payee == "firm" and given != "government"):
        return
    who = plan.offer.beneficiary or _PAYEES.get(plan.payee, Phrase("企业", "firms"))
    outside.append(Reason("kind", phrase("支持对象为{}", "paid to {}", who), plan.offer.clause))


def _judge_cluster(plan: _Plan, profile: Profile, outside: list[Reason]) -> None:
    cluster = profile.get("cluster")
    if plan.clusters and cluster is not None and cluster not in plan.clusters:
        words = ("支持集群为{}", "for the clusters {}")
        outside.append(Reason("cluster", phrase(*words, listed(sorted(plan.clusters))), plan.offer.clause))


def best_first(answers: Sequence[Answer]) -> list[Answer]:
    """Answers with what pays first: by verdict, then by the amount, then as they stood."""
    return sorted(
        answers,
        key=lambda one: (VERDICTS.index(one.verdict), one.offer.strength != "hard", -(one.amount.yuan or 0)),
    )


__all__ = ["ELIGIBLE", "VERDICTS", "Answer", "Leaf", "Matcher", "Reason", "best_first", "closing", "opening"]
