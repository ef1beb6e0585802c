import pytest

from mapapp.domain.errors import DayOutsideDataset, NotADay
from mapapp.domain.periods import days_between, each_day, is_valid_on, parse_day, shift_day

NOT_DAYS = ["", "2017-9-21", "21/09/2017", "2017-02-30", "2017-13-01", "0000-00-00", "20170921", "2017-09-21T00:00",
            "٢٠١٧-٠٩-٢١", "yesterday", "2017-09-21 ", "-2017-09-21", "NaN", "2017-09-21\n"]  # fmt: skip


@pytest.mark.parametrize("text", NOT_DAYS)
def test_what_is_not_a_day_is_refused_with_the_form_to_use(text):
    with pytest.raises(NotADay, match="YYYY-MM-DD") as refused:
        parse_day(text, "from")
    assert refused.value.parameter == "from"


def test_a_long_text_is_quoted_only_in_part():
    with pytest.raises(NotADay) as refused:
        parse_day("x" * 100_000)
    assert len(refused.value.message) < 200


def test_days_are_counted_across_months_and_leap_years():
    assert shift_day("2017-02-28", 1) == "2017-03-01"
    assert shift_day("2016-03-01", -1) == "2016-02-29"
    assert days_between("2017-05-06", "2017-12-31") == 239
    assert len(list(each_day("2017-05-06", "2017-12-31"))) == 240
    assert list(each_day("2017-05-07", "2017-05-06")) == []


@pytest.mark.parametrize(
    ("day", "shown"), [("2017-05-31", False), ("2017-06-01", True), ("2017-06-02", True), ("2017-06-03", False)]
)
def test_a_period_is_half_open(day, shown):
    assert is_valid_on(day, "2017-06-01", "2017-06-03") is shown


def test_a_period_without_end_goes_on():
    assert is_valid_on("2999-01-01", "2017-06-01", None)


def test_a_dataset_names_its_span_when_a_day_lies_outside(edition):
    with pytest.raises(DayOutsideDataset, match="2017-05-06 to 2017-12-31"):
        edition.dataset.check_day("2018-01-01")
    assert edition.dataset.check_day("2017-12-31") == "2017-12-31"
