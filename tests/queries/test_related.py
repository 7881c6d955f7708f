"""Relatedness: against the package of the method's authors, on paper, and on the bundled layout."""

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusteratlas import Atlas
from queries.industry import naming, related
from queries.industry.layout import Matrix, layout
from queries.industry.proximity import density, proximity
from tests.queries import industry_graph as small


def oracle(presence: Matrix) -> tuple[Matrix, Matrix]:
    """Proximity and density as the package `ecomplexity` has them; every row and column must hold something."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the package uses what pandas has deprecated
        import pandas
        from ecomplexity import ecomplexity
        from ecomplexity import proximity as of_package

        rows, columns = presence.shape
        data = pandas.DataFrame(
            [(1, f"{i:03}", f"{j:03}", presence[i, j]) for i in range(rows) for j in range(columns)],
            columns=["year", "loc", "prod", "val"],
        )
        names = {"time": "year", "loc": "loc", "prod": "prod", "val": "val"}
        near = of_package(data, names, presence_test="manual")
        all_of = ecomplexity(data, names, presence_test="manual").sort_values(["loc", "prod"])
    return (
        near.sort_values(["prod_1", "prod_2"])["proximity"].to_numpy(dtype=float).reshape(columns, columns),
        all_of["density"].to_numpy(dtype=float).reshape(rows, columns),
    )


def filled(matrix: Matrix) -> bool:
    return bool(matrix.sum(axis=0).all() and matrix.sum(axis=1).all())


matrices = st.integers(2, 6).flatmap(
    lambda columns: st.lists(
        st.lists(st.sampled_from([0.0, 1.0]), min_size=columns, max_size=columns), min_size=3, max_size=8
    )
)


def test_the_bundled_layout_has_the_proximities_and_densities_of_the_package(
    bundled_atlas: Atlas, capsys: pytest.CaptureFixture[str]
) -> None:
    presence = layout(bundled_atlas.index()).matrix()
    assert presence.shape == (21, 20)
    near, around = oracle(presence)
    found = proximity(presence)
    np.testing.assert_allclose(found, near, atol=1e-9, rtol=0)
    np.testing.assert_allclose(density(presence, found), around, atol=1e-9, rtol=0)
    capsys.readouterr()


@settings(max_examples=15, deadline=None)
@given(matrices.map(np.array).filter(filled))
def test_any_layout_has_the_proximities_and_densities_of_the_package(presence: Matrix) -> None:
    near, around = oracle(presence)
    found = proximity(presence)
    np.testing.assert_allclose(found, near, atol=1e-9, rtol=0)
    np.testing.assert_allclose(density(presence, found), around, atol=1e-9, rtol=0)


@given(matrices.map(np.array))
def test_proximity_is_symmetric_and_a_share_also_where_nobody_has_a_cluster(presence: Matrix) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        near = proximity(presence)
        around = density(presence, near)
    np.testing.assert_array_equal(near, near.T)
    assert ((near >= 0) & (near <= 1)).all()
    assert ((around >= 0) & (around <= 1 + 1e-12)).all()
    np.testing.assert_array_equal(np.diag(near), (presence.sum(axis=0) > 0).astype(float))


def test_a_city_has_its_clusters_without_star_first_with_the_density_worked_out_on_paper() -> None:
    index = small.index()
    rows = related.related(index, city=small.city("东莞"))
    # φ(汽车, 半导体) = 2 cities with both / 3 with 汽车; density = φ / (φ + 1).
    assert [(r.kind, index.name(r.other), pytest.approx(r.value), r.held) for r in rows[:2]] == [
        ("next", "半导体与集成电路", 0.4, "未标星"),
        ("density", "汽车", 0.6, "★"),
    ]
    # 东莞 carries one cluster, 广州 and 深圳 two; 汕头 none.
    assert [(index.name(r.other), r.value) for r in rows[2:]] == [("广州", 0.5), ("深圳", 0.5), ("汕头", 0.0)]


def test_a_cluster_lists_cities_in_the_order_of_their_codes_and_is_never_a_ranking(bundled_atlas: Atlas) -> None:
    index = bundled_atlas.index()
    rows = related.related(index, cluster=small.cluster("汽车"))
    assert [r.kind for r in rows[:19]] == ["proximity"] * 19
    cities = [r.subject for r in rows[19:]]
    assert cities == sorted(cities)
    assert len(cities) == 21
    made = related.table(index, rows)
    assert made.title == "布局关联度（据省规划标星，非产业实绩）"
    assert any("不是城市排名" in note for note in made.notes)


def test_a_city_within_a_cluster_has_the_proximities_of_its_own_clusters() -> None:
    index = small.index()
    rows = related.related(index, small.city("东莞"), small.cluster("半导体与集成电路"))
    assert [(r.kind, index.name(r.other)) for r in rows] == [("next", "半导体与集成电路"), ("proximity", "汽车")]


def test_without_a_layout_the_table_says_what_would_supply_it() -> None:
    index = small.index(stars=False)
    rows = related.related(index)
    assert rows == []
    assert any(note.startswith("无数据") and "星表" in note for note in related.table(index, rows).notes)
    assert related.related(index, city=small.city("东莞")) == []


def test_the_evidence_of_two_clusters_names_them_in_its_quotes(bundled_atlas: Atlas) -> None:
    index = bundled_atlas.index()
    for one in related.related(index):
        assert any(naming.names_one(index, (one.subject, one.other), basis.id) for basis in one.evidence)
