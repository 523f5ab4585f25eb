"""A private PostgreSQL in a throw-away folder."""

import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

from . import machine

# Everything that keeps an answered change safe is on, as it is by default. What is set is what any installation sets
# for its size, and what lets statements be counted.
SETTINGS = {
    "shared_buffers": "1GB",
    "max_wal_size": "4GB",
    "max_connections": "120",
    "listen_addresses": "127.0.0.1",
    "shared_preload_libraries": "pg_stat_statements",
    "pg_stat_statements.track": "none",
    "autovacuum_naptime": "10s",
}


def free_port():
    """A port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Cluster:
    """The server, and its databases."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.programs = machine.programs_of_postgres()
        self.port = free_port()
        self.data = self.folder / "data"
        self.folder.mkdir(mode=0o755, exist_ok=True)
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
        self._run("initdb", "-D", self.data, "-U", "postgres", "--auth=trust", "-E", "UTF8", "--locale=C")
        # In the file, since what stands on the command line cannot be changed while the server runs.
        with (self.data / "postgresql.conf").open("a") as file:
            for name, value in {**SETTINGS, "port": self.port, "unix_socket_directories": self.folder}.items():
                file.write(f"{name} = '{value}'\n")
        self._run("pg_ctl", "-D", self.data, "-l", self.folder / "server.log", "-w", "start")
        self.pid = int((self.data / "postmaster.pid").read_text().split()[0])

    def _run(self, program, *arguments):
        command = [str(self.programs / program), *map(str, arguments)]
        if os.geteuid() == 0:
            command = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *command]
        # The server keeps what it was started with open: a pipe here would never end.
        log = self.folder / "commands.log"
        with log.open("a") as out:
            done = subprocess.run(command, stdout=out, stderr=out, stdin=subprocess.DEVNULL, cwd="/")
        if done.returncode != 0:
            machine.fail(f"{program} failed:\n{log.read_text()[-2000:]}")

    def url(self, database):
        """Where a database is."""
        return f"postgres://postgres@127.0.0.1:{self.port}/{database}"

    def sql(self, statement, database="postgres"):
        """Runs a statement; its rows as lists of text."""
        command = [self.programs / "psql", "-XqAt", "-F", "\t", "-v", "ON_ERROR_STOP=1", "-d", self.url(database)]
        done = subprocess.run([*command, "-c", statement], capture_output=True, text=True)
        if done.returncode != 0:
            machine.fail(f"a statement failed: {done.stderr}\n{statement}")
        return [line.split("\t") for line in done.stdout.splitlines()]

    def settle(self, database):
        """Brings a filled database to where an installation of some age is: vacuumed, with nothing left to write."""
        self.sql("VACUUM ANALYZE", database)
        self.sql("CHECKPOINT", database)

    def wait_until_gone(self, program):
        """Waits until no connection of a program is left."""
        for _ in range(200):
            if self.sql(f"SELECT count(*) FROM pg_stat_activity WHERE application_name = '{program}'") == [["0"]]:
                return
            time.sleep(0.05)
        machine.fail(f"{program} is still connected")

    def count_statements(self, wanted):
        """Begins to count statements, or leaves off. The counting itself would cost the measurements something."""
        self.sql(f"ALTER SYSTEM SET pg_stat_statements.track = '{'top' if wanted else 'none'}'")
        self.sql("SELECT pg_reload_conf()")

    def stop(self):
        """Ends the server; its folder goes with the run's."""
        self._run("pg_ctl", "-D", self.data, "-m", "immediate", "stop")
