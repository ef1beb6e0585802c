import pytest

from mapapp.domain.actors import Holder, holder_of


def test_the_order_of_the_parties_does_not_matter():
    assert holder_of("joint", None, ["opposition", "hts"]) == Holder("joint", None, ("hts", "opposition"))
    assert holder_of("joint", None, ["opposition", "hts"]).key == "joint-hts-opposition"


def test_an_actor_is_its_own_key_and_only_member():
    gov = holder_of("control", "gov", ())
    assert gov.key == "gov"
    assert gov.members == ("gov",)


@pytest.mark.parametrize(
    "wrong", [("control", None, ()), ("contested", "gov", ("gov", "isis")), ("joint", None, ("gov",))]
)
def test_status_and_names_must_fit(wrong):
    with pytest.raises(ValueError, match=r"actor|parties"):
        holder_of(*wrong)
