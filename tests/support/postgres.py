"""A PostgreSQL server with PostGIS from Debian, for as long as a test session needs it."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from support.machine import free_port

USER = "mapapp"
SPARING = "-c fsync=off -c full_page_writes=off -c shared_buffers=32MB -c max_connections=60"
"""What a server of tests may do without: it never has to outlive a loss of power."""


@dataclass(frozen=True)
class Postgres:
    """A running server."""

    programs: Path
    port: int

    def url(self, database: str) -> str:
        """Return the address of a database."""
        return f"postgresql://{USER}@127.0.0.1:{self.port}/{database}"

    def run(self, sql: str) -> None:
        """Run a statement in the server's own database."""
        command = [str(self.programs / "psql"), "-q", "-v", "ON_ERROR_STOP=1", self.url("postgres"), "-c", sql]
        subprocess.run(command, check=True, capture_output=True)


def programs() -> Path | None:
    """Return the folder of the newest server that has PostGIS; None when there is none."""
    with_postgis = Path("/usr/share/postgresql").glob("*/extension/postgis.control")
    versions = sorted((int(path.parts[4]) for path in with_postgis if path.parts[4].isdigit()), reverse=True)
    folders = [Path(f"/usr/lib/postgresql/{version}/bin") for version in versions]
    return next((folder for folder in folders if (folder / "initdb").is_file()), None)


@contextmanager
def postgres(folder: Path) -> Iterator[Postgres]:
    """Start a server on a free port until the block ends; `folder` is one of programs."""
    home = Path(tempfile.mkdtemp(prefix="mapapp-test-postgres-"))
    data, port = home / "data", free_port()
    _give(home)
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={home} {SPARING}"
    try:
        _as_user([folder / "initdb", "-D", data, "-U", USER, "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"])
        _as_user([folder / "pg_ctl", "-D", data, "-o", options, "-l", home / "log.txt", "-w", "start"])
        try:
            yield Postgres(folder, port)
        finally:
            _as_user([folder / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"])
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _give(folder: Path) -> None:
    """Let the user who runs the server have its folder: PostgreSQL refuses to run as root."""
    if os.getuid() == 0:
        account = pwd.getpwnam("nobody")
        os.chown(folder, account.pw_uid, account.pw_gid)


def _as_user(command: list[object]) -> None:
    words = [str(word) for word in command]
    if os.getuid() == 0:
        account = pwd.getpwnam("nobody")
        words = [
            *("setpriv", f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups"),
            *words,
        ]
    done = subprocess.run(
        words, check=False, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd="/"
    )
    if done.returncode:
        raise RuntimeError(f"{words[-1]}: {done.stdout.decode(errors='replace')[-2000:]}")
