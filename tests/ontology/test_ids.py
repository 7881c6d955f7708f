"""Identifiers: readable, valid, and the same after a round trip."""

from urllib.parse import urlsplit

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology import ids
from ontology.errors import IdentifierError

names = st.text(st.characters(exclude_categories=("Cs",)), min_size=1)


@given(names)
def test_part_round_trip(name: str) -> None:
    assert ids.unpart(ids.part(name)) == name


@given(names)
def test_part_holds_only_letters_digits_marks_and_escapes(name: str) -> None:
    assert all(c.isalnum() or c in "-._~%" for c in ids.part(name))
    assert "/" not in ids.part(name)


@given(names, names)
def test_different_names_have_different_parts(one: str, other: str) -> None:
    assert (ids.part(one) == ids.part(other)) == (one == other)


@given(st.lists(names, min_size=1, max_size=4))
def test_iri_round_trip_and_validity(pieces: list[str]) -> None:
    identifier = ids.join(*pieces)
    iri = ids.iri(identifier)
    assert ids.from_iri(iri) == identifier
    assert [ids.unpart(piece) for piece in identifier.split("/")] == pieces
    # Oxigraph parses IRIs strictly where it reads them, so this fails for an IRI that RFC 3987 does not allow.
    (triple,) = pyoxigraph.parse(f"<{iri}> <{iri}> <{iri}> .".encode(), format=pyoxigraph.RdfFormat.N_TRIPLES)
    assert isinstance(triple.subject, pyoxigraph.NamedNode)
    assert triple.subject.value == iri


@given(st.lists(names, min_size=1, max_size=4))
def test_a_resolver_leaves_the_path_alone(pieces: list[str]) -> None:
    assert urlsplit(ids.iri(ids.join(*pieces))).path == "/" + ids.join(*pieces)


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("粤府-2021-53", "粤府-2021-53"),
        ("新一代电子信息", "新一代电子信息"),
        ("二〇二一", "二〇二一"),
        ("粤府〔2021〕53号", "粤府%E3%80%942021%E3%80%9553号"),
        ("OLED/AMOLED", "OLED%2FAMOLED"),
        ("100%", "100%25"),
        ("a b", "a%20b"),
        ("..", "%2E%2E"),
        ("v1.0~rc_1-x", "v1.0~rc_1-x"),
    ],
)
def test_part(name: str, part: str) -> None:
    assert ids.part(name) == part


@pytest.mark.parametrize("call", [lambda: ids.part(""), lambda: ids.join(), lambda: ids.part("\ud800")])
def test_no_part(call: object) -> None:
    assert callable(call)
    with pytest.raises(IdentifierError):
        call()


@pytest.mark.parametrize(
    "identifier", ["", "/city", "city//1", "city/", "city/东 莞", "city/<b>", "%", "city/a%", "city/%4", "city/%zz"]
)
def test_no_id(identifier: str) -> None:
    with pytest.raises(IdentifierError):
        ids.iri(identifier)


@pytest.mark.parametrize("text", ["", "city/441900", ids.BASE, "https://example.org/city/441900"])
def test_no_iri(text: str) -> None:
    with pytest.raises(IdentifierError):
        ids.from_iri(text)
