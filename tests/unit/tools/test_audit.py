"""The audit never calls good what it could not ask about."""

from pathlib import Path

import pytest

from tools.audit import GOOD, OLDEST, UNKNOWN, VULNERABLE, ask, inside, main, read_answer, told

ASKED = {"name": "alpha", "version": "1.0", "vulns": []}
SKIPPED = {"name": "beta", "version": "2.0", "skip_reason": "Dependency not found"}
WEAK = {"name": "gamma", "version": "3.0", "vulns": [{"id": "ADVISORY-1", "fix_versions": ["3.1"]}]}


@pytest.mark.parametrize(
    ("packages", "code"),
    [
        ([ASKED], GOOD),
        ([ASKED, SKIPPED], UNKNOWN),
        ([SKIPPED], UNKNOWN),
        ([], UNKNOWN),
        ([ASKED, WEAK], VULNERABLE),
        ([SKIPPED, WEAK], VULNERABLE),
    ],
    ids=["all asked", "one not asked", "none asked", "nothing there", "one weak", "weak and not asked"],
)
def test_code_says_what_is_known(packages: list[dict[str, object]], code: int) -> None:
    assert read_answer({"dependencies": packages}).code == code


def test_what_was_not_audited_is_counted_and_named() -> None:
    assert "NOT AUDITED: 1 of 3: beta" in told("r.txt", read_answer({"dependencies": [ASKED, SKIPPED, WEAK]}))


def test_a_weakness_is_named_with_its_mending() -> None:
    assert "gamma 3.0: ADVISORY-1, mended in 3.1" in told("r.txt", read_answer({"dependencies": [WEAK]}))


def test_no_answer_leaves_everything_unknown(tmp_path: Path) -> None:
    requirements = tmp_path / "requirements.txt"
    requirements.write_text("alpha==1.0\n")  # without a hash, which pip-audit refuses
    audit = ask(requirements)
    assert (audit.unknown, audit.code) == (("alpha",), UNKNOWN)


@pytest.mark.parametrize("name", OLDEST)
def test_native_library_is_new_enough(name: str) -> None:
    assert inside()[name] >= OLDEST[name]


def test_an_old_library_is_not_good(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setitem(OLDEST, "GDAL", (99, 0, 0))
    assert main([]) == VULNERABLE
    assert "(at least 99.0.0): TOO OLD" in capsys.readouterr().out
