"""Ids of what documents name."""

from dataclasses import replace

from graph.identity import number_id, policy_ids
from ontology.facts import Evidence, PolicyFact, Span


def policy(title: str, number: str | None, at: int = 0) -> PolicyFact:
    span = Span(at, at + len(title), 1, title)
    return PolicyFact(
        title=title,
        title_as_printed=title,
        doc_number=number,
        issuers=(),
        issued=None,
        effective=None,
        expires=None,
        policy_kind="measures",
        level=None,
        draft=False,
        evidence=Evidence("t.txt", "0" * 64, span, (), (), title, None),
    )


def test_a_number_is_an_id_and_several_under_one_number_are_counted_from_one() -> None:
    first, second = policy("甲办法", "粤府〔2021〕53号"), policy("乙办法", "粤府〔2021〕53号", 9)
    alone, bare = policy("丙办法", "粤府〔2021〕5号"), policy("丁 规划", None)
    again = replace(first, evidence=replace(first.evidence, sha256="1" * 64))
    found = policy_ids([first, alone, second, bare, again])
    assert found[first] == found[again] == "policy/粤府-2021-53/1"
    assert found[second] == "policy/粤府-2021-53/2"
    assert found[alone] == number_id("粤府 〔2021〕 5 号") == "policy/粤府-2021-5"
    assert found[bare] == "policy/丁规划"
