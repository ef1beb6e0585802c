"""Run a function in a child process that cannot take more than its share of memory and time, nor use the network.

Arguments and result pass as JSON, never as pickles: what comes back from a process that a hostile file took over is
data. The child is killed with all its descendants when its time is over.
"""

import contextlib
import ctypes
import importlib
import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from mapapp.domain.errors import MapappError
from mapapp.ingest.limits import Limits

NOWHERE = "http://127.0.0.1:1"
PASSED_ON = ("PATH", "PYTHONPATH", "LANG", "LC_ALL", "TMPDIR", "VIRTUAL_ENV", "SYSTEMROOT", "GDAL_DATA", "PROJ_DATA")
NEW_USER, NEW_NETWORK = 0x10000000, 0x40000000
LONGEST_ANSWER = 1_500_000_000
"""Bytes of an answer that are read."""


class ReaderStopped(MapappError):
    """The child process took too much memory or time, or broke."""

    sentence = "The file could not be read safely: {reason}."


def run_limited(function: Callable[..., Any], *arguments: Any, limits: Limits, gdal_skip: str = "") -> Any:
    """Return what a module's public function answers to JSON arguments, worked out in a child process.

    `gdal_skip` names the drivers that GDAL is to do without; it reads them when it is loaded. Raises ReaderStopped:
    `reason` is `time`, `memory`, or the last line of what the child said. Cost: about half a
    second for the interpreter and its libraries.
    """
    called = {"module": function.__module__, "name": function.__qualname__, "arguments": arguments}
    order = {**called, "bytes": limits.child_bytes, "seconds": limits.child_seconds}
    child = subprocess.Popen(
        [sys.executable, "-P", "-m", "mapapp.ingest.limited"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=_environment(gdal_skip), start_new_session=True, close_fds=True,
    )  # fmt: skip
    try:
        answer, said = child.communicate(json.dumps(order).encode(), timeout=limits.child_seconds)
    except subprocess.TimeoutExpired as late:
        raise ReaderStopped(reason="time") from late
    finally:
        _end(child)
    if child.returncode != 0 or len(answer) > LONGEST_ANSWER:
        raise ReaderStopped(reason=_reason(child.returncode, said.decode(errors="replace")))
    return json.loads(answer)


def _end(child: "subprocess.Popen[bytes]") -> None:
    """Kill the child's whole session, if any of it is left, and take up what remains."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.communicate()


def _reason(code: int, said: str) -> str:
    if code in (-signal.SIGXCPU, -signal.SIGKILL):
        return "time"
    if "MemoryError" in said or "bad_alloc" in said:
        return "memory"
    lines = said.strip().splitlines()
    return lines[-1][:200] if lines else f"signal {-code}" if code < 0 else f"exit code {code}"


def _environment(gdal_skip: str) -> dict[str, str]:
    """Return the environment of the child: no secrets of ours, no way out for libraries that look for one."""
    kept = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "GDAL_HTTP_PROXY"), NOWHERE)
    gdal = {"GDAL_SKIP": gdal_skip} if gdal_skip else {}
    return {
        **kept,
        **proxies,
        **gdal,
        "PYTHONDONTWRITEBYTECODE": "1",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }


def _confine(most_bytes: int, seconds: int) -> None:
    """Lower this process's limits, and leave the network where the system lets us."""
    resource.setrlimit(resource.RLIMIT_AS, (most_bytes, most_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    libc = ctypes.CDLL(None, use_errno=True)
    unshare = getattr(libc, "unshare", None)
    if unshare is not None and unshare(NEW_NETWORK) != 0:
        unshare(NEW_USER | NEW_NETWORK)


def _obey() -> None:
    """Read one order, confine this process, and answer."""
    order = json.load(sys.stdin.buffer)
    _confine(order["bytes"], order["seconds"])
    called = cast("Callable[..., Any]", getattr(importlib.import_module(order["module"]), order["name"]))
    with Path(os.devnull).open("w") as nowhere, contextlib.redirect_stdout(nowhere):
        answer = called(*order["arguments"])
    sys.stdout.write(json.dumps(answer, ensure_ascii=True))


if __name__ == "__main__":
    _obey()
