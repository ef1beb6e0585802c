"""Whatever a reader types, normalising it twice is normalising it once, and a place answers to its own name."""

from hypothesis import given
from hypothesis import strategies as st

from mapapp.domain.search import Entry, build_index, distance
from mapapp.domain.spelling import normalise

LETTERS = "aeiouyhlsdtznr'`-– ʿêāÉßAL()/ الأإآةىيءـَّهكی эеёяюыьъйшсдлнЭЬ"
texts = st.text(st.sampled_from(LETTERS), max_size=30) | st.text(max_size=150)
words = st.text(st.sampled_from("abcd"), max_size=7)


@given(texts)
def test_normalise_is_idempotent(text):
    assert normalise(normalise(text)) == normalise(text)


@given(texts)
def test_case_and_outer_space_do_not_matter(text):
    short = text[:40]
    assert normalise(f" {short}\n") == normalise(short)


@given(st.lists(texts, min_size=1, max_size=6))
def test_a_place_answers_to_its_own_name_exactly(names):
    index = build_index(Entry(str(number), number, (name,)) for number, name in enumerate(names))
    for number, name in enumerate(names):
        hits = {hit.id: hit.match for hit in index.search(name, len(names))}
        assert hits.get(str(number), "exact") == "exact"
        assert (str(number) in hits) == bool(normalise(name))


@given(words, words)
def test_distance_is_symmetric_and_none_only_for_equals(one, other):
    assert distance(one, other, 9) == distance(other, one, 9)
    assert (distance(one, other, 9) == 0) == (one == other)
