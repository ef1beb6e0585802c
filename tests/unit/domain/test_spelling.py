"""Spellings that people use for one name are one form."""

import pytest

from mapapp.domain.search import Entry, allowed_slips, build_index, distance
from mapapp.domain.spelling import LONGEST, normalise


@pytest.mark.parametrize(
    "spellings",
    [
        ["Deir ez-Zor", "DEIR EZ ZOR", "Dayr az-Zor", "Deir Ezzor", "Deir al-Zour", "deir–ez–zor"],
        ["Ash-Shaddadi", "al-Shaddadi", "Al Shadadi", "esh-Shaddadi", "Shaddādī", "Alshaddadi"],
        ["Raqqa", "ar-Raqqah", "Rakka", "el-Raqqa"],
        ["Mayadin", "al-Mayadeen", "Meyadin", "Al‑Mayādīn"],
        ["Qur'iyah", "Quriya", "Qurʿiyyah", "Kuria"],
        ["الرقة", "الرّقة", "رقه", "الرقـــة"],
        ["إدلب", "أدلب", "ادلب"],
        ["القرى", "القري"],
        ["Эль-Маядин", "Маядин", "аль Маядин", "ЭЛЬ-МАЯДИН"],
        ["Ёж-эд-Дин", "Еж эд Дин", "Еж-Дин"],
    ],
    ids=lambda spellings: spellings[0],
)
def test_spellings_of_one_name_are_one(spellings: list[str]) -> None:
    assert len({normalise(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize("text", ["", " ", "'", "()", "-–—", "ـ", "\u064b"])
def test_nothing_to_read_is_nothing(text: str) -> None:
    assert normalise(text) == ""
    assert build_index([Entry("a", 1, ("Aleppo", text))]).search(text, 5) == []


@pytest.mark.parametrize("name", ["al", "Ash", "ال", "Эль"])
def test_an_article_alone_is_kept(name: str) -> None:
    assert normalise(name)


def test_long_texts_are_cut() -> None:
    assert len(normalise("bd" * 10_000)) == LONGEST


def test_exact_before_prefix_before_word_before_slip_and_large_before_small() -> None:
    index = build_index(
        [
            Entry("word", 9, ("Old Hajin",)),
            Entry("prefix", 9, ("Hajin Bridge",)),
            Entry("small", 3, ("Hajin",)),
            Entry("large", 8, ("Hajeen",)),
            Entry("slip", 30, ("Hajun",)),
            Entry("other", 30, ("Tabqa",)),
        ]
    )
    found = index.search("hajin", 10)
    assert [hit.id for hit in found] == ["large", "small", "prefix", "word", "slip"]
    assert [hit.match for hit in found] == ["exact", "exact", "prefix", "token", "near"]
    assert [hit.id for hit in index.search("hajin", 2)] == ["large", "small"]


def test_short_words_have_no_slips() -> None:
    assert [allowed_slips("x" * length) for length in (1, 3, 4, 7, 10, 40)] == [0, 0, 1, 2, 3, 3]
    assert distance("abcdef", "abdcef", 1) == 1
    assert distance("abcdef", "abc", 2) is None
