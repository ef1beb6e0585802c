import pytest

from geodata.build.__main__ import main
from geodata.build.sources import SOURCES
from mapapp.domain.errors import BadTable
from mapapp.domain.spelling import slug
from mapapp.ingest.theatre.features import unique_ids
from mapapp.ingest.theatre.tables import read_places, read_theatre


def test_the_layers_are_what_the_facts_give(capsys):
    assert main(["--check"]) == 0
    assert "are what the facts give" in capsys.readouterr().out


@pytest.fixture
def tables(tmp_path):
    for path in SOURCES.iterdir():
        if path.is_file():
            (tmp_path / path.name).write_bytes(path.read_bytes())
    return tmp_path


def test_every_fault_of_a_table_is_told_at_once(tables):
    path = tables / "changes.csv"
    head, *rows = path.read_text().splitlines()
    rows[0] = "A,33.7,37.6,2017-02-30,opposition,gov,control,,confirmed,x,,"
    rows[1] = "B,33.7,37.6,2017-05-08,opposition,martians,control,,certain,x,,"
    path.write_text("\n".join([head, *rows]) + "\n")
    with pytest.raises(BadTable) as refused:
        read_places(read_theatre(tables), tables)
    for word in ("line 2, A", "2017-02-30", "line 3, B", "martians", "certain", "changes.csv"):
        assert word in refused.value.message


def test_a_change_of_its_own_does_not_join_the_settlement_beside_it():
    places = {place.name: place for place in read_places(read_theatre(SOURCES), SOURCES)}
    assert [claim.day for claim in places["Tabiyeh gas field"].claims] == ["2017-09-21"]
    assert "2017-09-23" in [claim.day for claim in places["Conoco Tabieh Gas Plant"].claims]


def test_ids_are_plain_and_unique():
    assert slug("Deir ez-Zor / دير الزور (city)") == "deir-ez-zor-city"
    assert unique_ids(["Al Tib", "al-Tib", "دير"]) == ["al-tib", "al-tib-2", "x"]
