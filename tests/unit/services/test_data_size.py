"""What is told before is near what comes."""

import pytest

from mapapp.domain.edition import Edition
from mapapp.services.data_export import export_data, forget, size_made
from mapapp.services.data_order import FORMATS, read_order
from mapapp.services.data_size import estimate_bytes


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("asked", [{"date": "2017-09-21", "layers": "control,place"}, {"layers": "control"}])
def test_the_size_told_before_is_near_the_size_it_has(edition: Edition, kind: str, asked: dict[str, str]) -> None:
    order = read_order(edition, kind, asked)
    size = len(export_data(edition, order).content)
    assert size / 1.6 < estimate_bytes(edition, order) < size * 1.6


def test_the_size_is_known_once_the_file_is_made(edition: Edition) -> None:
    forget()
    order = read_order(edition, "csv", {"date": "2017-09-21"})
    assert size_made(edition, order) is None
    made = export_data(edition, order)
    assert size_made(edition, order) == len(made.content)
