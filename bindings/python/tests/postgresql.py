"""A server of PostgreSQL of the tests' own: in a folder that goes with it, without a port, as no other can find it."""

from __future__ import annotations

import glob
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from databases import driver, lacking

# The user that makes the tables, and the one that may read them.
OWNER, READER = "owner", "reader"
DATABASE = "postgres"


class Server:
    """A server that runs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = folder / "log"

    def said(self) -> str:
        """What it has logged."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def words(self, user: str) -> str:
        """Where it is, in the words of its own drivers."""
        return f"host={self.folder} dbname={DATABASE} user={user}"

    def url(self, user: str, scheme: str = "postgresql") -> str:
        """Where it is, as an address."""
        return f"{scheme}://{user}@/{DATABASE}?host={self.folder}"

    def odbc(self, user: str) -> str:
        """Where it is, in the words of ODBC: rows are fetched as they are asked for."""
        where = f"Servername={self.folder};Database={DATABASE};Uid={user}"
        return f"Driver={{PostgreSQL Unicode}};{where};UseDeclareFetch=1"

    def connect(self, user: str = OWNER) -> Any:
        """A connection by psycopg."""
        return driver("psycopg").connect(self.words(user))


def programs() -> Path:
    """The folder of the server's programs."""
    found = shutil.which("initdb")
    # Debian keeps those of each version apart, and off the path.
    folders = [str(Path(found).resolve().parent)] if found else sorted(glob.glob("/usr/lib/postgresql/*/bin"))
    if not folders:
        lacking("PostgreSQL")
    return Path(folders[-1])


def user_of_server() -> dict[str, Any]:
    """The server refuses to be run by root, and is then run by the user that its package made."""
    if os.getuid() != 0:
        return {}
    try:
        pwd.getpwnam("postgres")
    except KeyError:
        lacking("the user `postgres`")
    return {"user": "postgres", "group": "postgres", "extra_groups": []}


@contextmanager
def server() -> Iterator[Server]:
    """Starts a server; it is stopped and removed whatever comes."""
    at, who = programs(), user_of_server()
    # Not in the folder of pytest: only its owner may look into that, and the path of a socket must be short.
    folder = Path(tempfile.mkdtemp(prefix="csc-pg-"))
    try:
        if who:
            shutil.chown(folder, "postgres", "postgres")
        data = str(folder / "data")
        made = [str(at / "initdb"), "-D", data, "-U", OWNER, "--auth=trust", "--no-sync", "--encoding=UTF8"]
        subprocess.run(made, check=True, stdout=subprocess.DEVNULL, cwd="/", **who)
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(folder),
            "fsync": "off",
            "full_page_writes": "off",
            "synchronous_commit": "off",
            "autovacuum": "off",
        }
        runs = [str(at / "postgres"), "-D", data, *(f"--{name}={value}" for name, value in settings.items())]
        started = Server(folder)
        with started.log.open("wb") as log:
            process = subprocess.Popen(runs, stdout=log, stderr=log, cwd="/", **who)
        try:
            wait(started, process)
            yield started
        finally:
            # At once, without waiting for those who are still connected.
            process.send_signal(signal.SIGINT)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
    finally:
        shutil.rmtree(folder)


def wait(started: Server, process: subprocess.Popen[bytes]) -> None:
    """Waits until it answers."""
    psycopg = driver("psycopg")
    for _ in range(300):
        if process.poll() is not None:
            break
        try:
            started.connect().close()
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"PostgreSQL does not start: {started.said()}")
