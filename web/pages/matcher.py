"""政策匹配: a profile as a form, and what every rule that was read says to it, as cards.

The address holds the profile: a parameter for each attribute by its code, its value as people write it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ontology.errors import AtlasError
from queries.index import Basis
from queries.match.attributes import Attribute, Known, attribute_named, attributes, read_value
from queries.match.match import VERDICTS, Answer, best_first
from queries.match.senses import directions, kinds
from queries.match.table import CEILING, ceiling_of, record_of, records, table
from queries.phrase import Phrase
from web.parameters import CARRIED
from web.problems import said
from web.site import Site
from web.speech import Speech
from web.tables import sheet, workbook
from web.view import Asked, Chip, View

OPEN: Final = VERDICTS[:4]
"""Verdicts whose cards stand open; the others are counted and folded."""

GROUPS: Final = (
    (("city", "cluster", "string", "date"), ("申报方与项目", "Applicant and project")),
    (("money", "money-density", "area"), ("金额", "Amounts")),
    (("ratio", "years", "integer"), ("比例、年限与数量", "Shares, years and counts")),
    (("boolean",), ("是与否", "Yes or no")),
)
"""The attributes by type of value, each group with its heading."""

_EXAMPLES: Final = {
    "money": "1000万元",
    "money-density": "30万元/亩",
    "area": "100亩",
    "ratio": "55%",
    "years": "3年",
    "integer": "12",
    "date": "2024-06-30",
}
_UNITS: Final = {
    "money": ("金额写单位：元、万元、亿元", "amounts with their unit: 元 (yuan), 万元 (10,000), 亿元 (100 million)"),
    "ratio": ("比例写百分号，年限写年或个月", "shares with a percent sign, terms in 年 (years) or 个月 (months)"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A field of the form: the attribute, its title, what was typed, what is wrong with it, proposals, an example."""

    code: str
    type: str
    title: str
    text: str
    problem: str
    choices: Sequence[tuple[str, str]]
    example: str
    unit: str


@dataclass(frozen=True, slots=True)
class Card:
    """An answer with its record and evidence; `unmet` and the like are records of conditions.

    `ceiling` is the amount in words with what the rule reserves; "" where none can be computed.
    """

    answer: Answer
    record: Mapping[str, object]
    ceiling: Phrase
    basis: Sequence[Basis]
    vague: bool


def page(site: Site, asked: Asked) -> View:
    """The form with what was typed, and a card for each rule; nothing is matched while something cannot be read."""
    say, matcher = asked.say, site.matcher
    today = site.today().isoformat()
    values, problems = _read(site, asked)
    general = problems.pop("", "")
    bad = bool(problems or general)
    profile: dict[str, Known] = {"date": today, **values}
    answers = [] if bad else best_first(matcher.match(profile))
    if bad and asked.form != "page":
        raise next(iter(_errors(site, asked)))
    cards = [_card(one, profile) for one in answers]
    counts = {verdict: sum(1 for one in answers if one.verdict == verdict) for verdict in VERDICTS}
    people, programs = table([(None, profile, answers)]), records([(None, profile, answers)])
    title = say("政策匹配", "Policy matcher")
    return View(
        "matcher.html",
        title,
        {
            "profile": {code: str(value) for code, value in profile.items()},
            "date": profile["date"],
            "counts": counts,
            "matches": programs.records(),
        },
        sheet(people, say),
        {
            "groups": _groups(site, asked, problems),
            "cards": {
                verdict: [one for one in cards if one.answer.verdict == verdict and not one.vague]
                for verdict in VERDICTS
            },
            "vague": {
                verdict: [one for one in cards if one.answer.verdict == verdict and one.vague] for verdict in VERDICTS
            },
            "verdicts": VERDICTS,
            "open": OPEN,
            "counts": counts,
            "given": bool(values),
            "idle": [
                say(attributes()[code].title, attributes()[code].title_en)
                for code in values
                if code not in matcher.codes()
            ],
            "date": profile["date"],
            "assumed": "date" not in values,
            "general": general,
            "bad": bad,
            "ceiling": CEILING,
            "offers": len(matcher.offers),
            "wording": _wording(people, say),
        },
        tuple(_chips(site, asked, values)),
        400 if bad else 200,
        context=_context(site, values),
        files={} if bad else {"xlsx": workbook(people, say)},
    )


def _wording(people: object, say: Speech) -> dict[str, str]:
    """Each verdict in the language of the page."""
    columns = getattr(people, "columns", ())
    verdict = next(one for one in columns if one.name == "verdict")
    return {one: str(verdict.shown(one, say.lang)) for one in VERDICTS}


def _errors(site: Site, asked: Asked) -> Sequence[AtlasError]:
    found = []
    for name, text in _given(asked):
        try:
            _value(site, name, text)
        except AtlasError as error:
            found.append(error)
    return found


def _given(asked: Asked) -> list[tuple[str, str]]:
    """What the address says of the applicant: all but what only goes along with the reader."""
    return [(name, text) for name, text in asked.parameters.items() if name in attributes() or name not in CARRIED]


def _value(site: Site, name: str, text: str) -> tuple[str, Known | None]:
    attribute = attribute_named(name)
    if attribute.type == "cluster" and (node := site.index.nodes.get(f"cluster/{text}")) is not None:
        text = str(node.properties["name"])  # as the other pages write it in their addresses
    return attribute.code, read_value(attribute, text) if text else None


def _read(site: Site, asked: Asked) -> tuple[dict[str, Known], dict[str, str]]:
    """The profile, and what cannot be read: messages by code; under "" what belongs to no field."""
    values: dict[str, Known] = {}
    problems: dict[str, str] = {}
    for name, text in _given(asked):
        try:
            code, value = _value(site, name, text)
        except AtlasError as error:
            problems[name if name in site.matcher.codes() else ""] = said(error, asked.say)
            continue
        if value is not None:
            values[code] = value
    return values, problems


def _groups(site: Site, asked: Asked, problems: Mapping[str, str]) -> list[tuple[str, list[Entry]]]:
    codes = site.matcher.codes()
    found = []
    for types, heading in GROUPS:
        entries = [
            _entry(site, asked, attributes()[code], problems) for code in codes if attributes()[code].type in types
        ]
        if entries:
            found.append((asked.say(*heading), entries))
    return found


def _entry(site: Site, asked: Asked, attribute: Attribute, problems: Mapping[str, str]) -> Entry:
    say, code = asked.say, attribute.code
    text = asked.get(code)
    if attribute.type in ("city", "cluster"):
        cls = "City" if attribute.type == "city" else "Cluster"
        nodes = list(site.index.named(cls))
        choices = [(str(one.properties["name"]), say.name(one)) for one in nodes]
        try:
            text = str(_value(site, code, text)[1] or "")  # 441900 chooses 东莞
        except AtlasError:
            choices.append((text, text))
    elif attribute.type == "boolean":
        choices = [("是", say("是", "yes")), ("否", say("否", "no"))]
        text = _yes_or_no(attribute, text)
    elif code == "kind":
        choices = [(one, one) for one in kinds()]
    elif code == "direction":
        choices = [(str(leaf.value), str(leaf.value)) for leaf in directions(site.matcher.offers).values()]
    else:
        choices = []
    return Entry(
        code,
        attribute.type,
        say(attribute.title, attribute.title_en),
        text,
        problems.get(code, ""),
        choices,
        _EXAMPLES.get(attribute.type, ""),
        say(*_UNITS[attribute.type]) if attribute.type in _UNITS else "",
    )


def _yes_or_no(attribute: Attribute, text: str) -> str:
    try:
        return ("是" if read_value(attribute, text) else "否") if text else ""
    except AtlasError:
        return text


def _card(answer: Answer, profile: Mapping[str, Known]) -> Card:
    offer, amount, found = answer.offer, answer.amount, answer.findings
    names = [one.name for one in records([]).columns]
    record = dict(zip(names, record_of(answer, profile), strict=True))
    said = found.met or found.unmet or found.unknown
    return Card(
        answer, record, ceiling_of(answer), offer.evidence, vague=not said and amount.yuan is None and not answer.unmet
    )


def _chips(site: Site, asked: Asked, values: Mapping[str, Known]) -> list[Chip]:
    chips = []
    for code, cls in (("city", "City"), ("cluster", "Cluster")):
        node = next((one for one in site.index.of_class(cls) if one.properties.get("name") == values.get(code)), None)
        if node is not None and code in asked.parameters:
            without = asked.links.page("/match", **{k: v for k, v in asked.parameters.items() if k != code})
            chips.append(Chip(asked.say.cls(cls), asked.say.name(node), asked.links.thing(node.id), without))
    return chips


def _context(site: Site, values: Mapping[str, Known]) -> dict[str, str]:
    found = {}
    for code, cls in (("city", "City"), ("cluster", "Cluster")):
        for node in site.index.of_class(cls):
            if code in values and node.properties.get("name") == values[code]:
                found[code] = node.id.partition("/")[2]
    return found
