"""A server in a process of its own, for as long as a test needs it."""

import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from support.machine import free_port

START_SECONDS = 90
STOP_SECONDS = 10


@dataclass(frozen=True)
class Served:
    """A running server: where it answers, and where its words go."""

    url: str
    log: Path

    def last_words(self, lines: int = 60) -> str:
        """Return the end of the server's log."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])


@contextmanager
def serving(
    command: Callable[[int], list[str]], log: Path, cwd: Path | None = None, env: dict[str, str] | None = None
) -> Iterator[Served]:
    """Run the command for a free port until the block ends; it is up when /healthz answers."""
    port = free_port()
    with log.open("wb") as words:
        process = subprocess.Popen(
            command(port), cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=words, stderr=subprocess.STDOUT
        )
    served = Served(f"http://127.0.0.1:{port}", log)
    try:
        wait_until_up(served, process)
        yield served
    finally:
        stop(process)


def wait_until_up(served: Served, process: subprocess.Popen[bytes]) -> None:
    """Poll /healthz; raise with the log when the process ends first or the time is over."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"The server ended with {process.returncode}:\n{served.last_words()}")
        if answers(served.url + "/healthz"):
            return
        time.sleep(0.1)
    raise RuntimeError(f"No answer from {served.url} in {START_SECONDS} s:\n{served.last_words()}")


def answers(url: str) -> bool:
    """Tell whether the address answers 200 now."""
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return bool(answer.status == 200)
    except urllib.error.HTTPError as error:
        error.close()
        return False
    except OSError:
        return False


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ask the process to end, and end it when it does not listen."""
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
