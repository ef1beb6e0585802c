"""Places are found by the spellings people use, and their history is told as the layer has it."""

import time

import pytest

from mapapp.domain.edition import Edition
from mapapp.domain.errors import BadOption, UnknownPlace
from mapapp.domain.periods import is_valid_on
from mapapp.services.place import find_place, history, search

SPELLINGS = {
    "deir-ez-zor": [
        "Deir Ezzor",
        "Dayr az-Zawr",
        "Dair Alzour",
        "Deir al Zor",
        "ديرالزور",
        "دير الزّور",
        "Дейр эз Зор",
        "Дейр-аз-Зор",
    ],
    "mayadin": ["al-Mayādīn", "Meyadeen", "ميادين", "المياديـن", "Маядин", "Аль-Маядин"],
    "abu-kamal": ["Albukamal", "Al Bu Kamal", "Boukamal", "ابو كمال", "البو كمال", "Абу Камаль", "Абу-Кемал"],
    "raqqa": ["Ar-Raqqah", "Rakka", "el-Raqqa", "رقه", "Эр-Ракка"],
    "al-thawrah-tabqa": ["at-Tabqah", "Al Tabqa", "الطبقه", "Эт-Табка"],
    "hasakah": ["El Hasaka", "Al-Hassakeh", "حسكة", "Хасака"],
    "palmyra": ["Tadmor", "تدمر", "Пальмира"],
    "al-quriyah": ["Quria", "El-Qouriyeh", "القوريه", "Курия"],
    "al-sukhnah": ["as-Sukhna", "Sukhneh", "السخنه", "Ас-Сухна"],
    "al-shulah": ["Esh-Shola", "Shoula", "الشوله"],
    "al-asharah": ["Ashara", "عشارة", "Ашара"],
    "al-muhasan": ["Mohassan", "Muhassen", "موحسن"],
    "al-busayrah": ["Busayra", "Al Busaira", "بصيره", "Бусейра"],
    "al-shaddadi": ["Shadadi", "Ash Shaddadi", "شدادي", "Шаддади"],
    "aleppo-centre": ["Aleppo", "حلب", "Алеппо"],
    "idlib": ["Edleb", "ادلب", "أدلب", "Идлиб"],
    "hajin": ["Hajeen", "هجين", "Хаджин"],
    "al-qaryatayn": ["Qaryatain", "القريتين", "Карьятейн"],
    "resafa": ["ar-Rusafah", "Rasafa", "رصافة", "Русафа"],
    "conoco-tabieh-gas-plant": ["Conoco", "كونيكو"],
    "uqayribat": ["Uqairbat", "Oqeirbat", "عقيربات", "Укайрибат"],
    "khan-shaykhun": ["Khan Sheikhoun", "خان شيخون", "Хан Шейхун"],
    "bosra": ["Busra al-Sham", "بصرى الشام", "بصري الشام"],
    "deir-ez-zor-airport": ["Deir Ezzor Airbase", "مطار دير الزور", "Авиабаза Дейр эз-Зор"],
    "al-humaymah": ["Humayma", "Hmeimah", "حميمه", "Хумейма"],
    "baghuz-fawqani": ["Baghouz", "Baghuz Foqani", "باغوز فوقاني"],
}
ROWS = [(spelling, place) for place, spellings in SPELLINGS.items() for spelling in spellings]
BUDGET_MS = 30


def test_the_first_hit_is_right_in_95_percent(edition: Edition) -> None:
    assert len(ROWS) >= 60
    assert len(SPELLINGS) >= 25
    firsts = [(spelling, place, search(edition, spelling, 5)) for spelling, place in ROWS]
    wrong = [
        (s, place, [hit.place.id for hit in hits]) for s, place, hits in firsts if not hits or hits[0].place.id != place
    ]
    assert len(wrong) <= 0.05 * len(ROWS), wrong


@pytest.mark.parametrize("place", SPELLINGS)
def test_every_name_and_variant_of_the_sources_finds_its_place(edition: Edition, place: str) -> None:
    row = edition.layers["place"].set_index("id").loc[place]
    for spelling in [row["name"], row["name_ar"], row["name_ru"], *row["variants"]]:
        assert place in [hit.place.id for hit in search(edition, spelling, 5)], spelling


def test_a_query_is_quick(edition: Edition) -> None:
    search(edition, "warm", 1)
    start = time.perf_counter()
    for spelling, _place in ROWS:
        search(edition, f"{spelling}x", 10)
    assert (time.perf_counter() - start) / len(ROWS) * 1000 < BUDGET_MS


@pytest.mark.parametrize("text", ["", "xvxvxvxv", "<>", "{{}}", "😀", "' OR 1=1 --", "\u202e"])
def test_what_is_no_name_finds_nothing(edition: Edition, text: str) -> None:
    assert search(edition, text, 5) == []


@pytest.mark.parametrize(("text", "limit", "parameter"), [("x" * 81, 5, "q"), ("x", 0, "limit"), ("x", 51, "limit")])
def test_too_much_is_refused(edition: Edition, text: str, limit: int, parameter: str) -> None:
    with pytest.raises(BadOption) as caught:
        search(edition, text, limit)
    assert caught.value.parameter == parameter


def test_the_history_of_mayadin(edition: Edition) -> None:
    before, after = (history(edition, "mayadin", day) for day in ("2017-09-21", "2017-11-20"))
    assert [(tenure.start, tenure.holder.key) for tenure in before.tenures] == [
        ("2017-05-06", "isis"),
        ("2017-10-14", "gov"),
    ]
    assert (before.now, before.known_on) == (0, "2017-07-12")
    assert (after.now, after.known_on) == (1, "2017-10-14")
    assert find_place(edition, "mayadin").named("ar") == "الميادين"
    assert find_place(edition, "mayadin").named("xx") == "Mayadin"


def test_evidence_is_never_of_a_later_day(edition: Edition) -> None:
    for place_id in edition.layers["place"]["id"]:
        told = history(edition, place_id, "2017-10-01")
        assert told.known_on is None or told.known_on <= "2017-10-01"
        assert is_valid_on("2017-10-01", told.current.start, told.current.end)


def test_an_unknown_place(edition: Edition) -> None:
    with pytest.raises(UnknownPlace):
        history(edition, "nowhere", "2017-09-21")


def test_the_last_evidence_before_a_day_is_found_among_all_of_a_period(edition: Edition) -> None:
    told = history(edition, "deir-ez-zor", "2017-09-21")
    assert told.known_on == "2017-07-12"
    assert told.newest is not None
    assert told.newest.source.startswith("Wikipedia settlement map")
    assert [piece.day for piece in told.current.evidence] == ["2017-07-12", "2017-11-03"]
    assert history(edition, "deir-ez-zor", "2017-12-31").known_on == "2017-11-03"
    assert history(edition, "deir-ez-zor", "2017-06-01").known_on is None


def test_no_evidence_of_any_period_is_newer_than_its_newest(edition: Edition) -> None:
    periods = [period for periods in edition.layers["place"]["periods"] for period in periods]
    assert all(max(piece["day"] for piece in period["evidence"]) == period["last_evidence"] for period in periods)
    assert sum(len(period["evidence"]) > 1 for period in periods) > 500
