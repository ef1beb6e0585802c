"""Functions that the tests run in a child process."""

import os


def double(numbers: list[int]) -> list[int]:
    return [2 * number for number in numbers]


def forever() -> None:
    while True:
        pass


def swallow() -> int:
    return len(bytearray(2_000_000_000))


def fail() -> None:
    raise ValueError("no good")


def environment() -> dict[str, str]:
    return dict(os.environ)
