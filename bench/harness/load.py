"""Asks many times at once: wrk over HTTP, pgbench of PostgreSQL itself. Both tell how fast and how late."""

import statistics
import subprocess
from dataclasses import dataclass
from pathlib import Path

from . import machine

ASK = Path(__file__).with_name("ask.lua")


@dataclass
class Measured:
    """What one round came to. Times in milliseconds."""

    a_second: float
    p50: float
    p99: float
    server_cpu: float
    database_cpu: float
    memory: float
    failed: int


class Load:
    """Everything that asks, and the processes that are watched meanwhile."""

    def __init__(self, folder, cluster):
        self.folder = Path(folder)
        self.cluster = cluster

    def _watched(self, pid, ask):
        server, database = machine.cpu_seconds, machine.cpu_seconds_with_children
        if pid:
            machine.forget_peak(pid)
        before = (server(pid) if pid else 0.0, database(self.cluster.pid))
        done, seconds, p50, p99, failed = ask()
        after = (server(pid) if pid else 0.0, database(self.cluster.pid))
        each = [(late - early) * 1000 / max(done, 1) for early, late in zip(before, after)]
        memory = machine.peak_megabytes(pid) if pid else 0.0
        return Measured(done / seconds, p50, p99, *each, memory, failed)

    def wrk(self, server, requests, connections, seconds):
        """Asks a server. `requests` is a `Requests`."""

        def ask():
            command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s", "-s", ASK, server.address]
            arguments = ["--", requests.file, str(requests.start), requests.mark()]
            done = subprocess.run([*command, *arguments], capture_output=True, text=True)
            told = [line for line in done.stdout.splitlines() if line.startswith("RESULT ")]
            if done.returncode != 0 or not told:
                machine.fail(f"wrk failed: {done.stdout}{done.stderr}")
            count, duration, p50, p99, failed = map(int, told[0].split()[1:])
            requests.asked(count)
            return count, duration / 1e6, p50 / 1000, p99 / 1000, failed

        return self._watched(server.pid, ask)

    def pgbench(self, database, scripts, connections, seconds):
        """Asks PostgreSQL by prepared statements, one script for each thing that is asked for."""
        prefix = self.folder / "pgbench_log"

        def ask():
            command = [self.cluster.programs / "pgbench", "-n", "-M", "prepared", "-c", str(connections)]
            command += ["-j", str(min(connections, 2)), "-T", str(seconds), "-l", f"--log-prefix={prefix}"]
            for script in scripts:
                command += ["-f", script]
            done = subprocess.run([*command, self.cluster.url(database)], capture_output=True, text=True)
            if done.returncode != 0:
                machine.fail(f"pgbench failed: {done.stderr[-2000:]}")
            # They take a while to end, which whoever is measured next would pay for.
            self.cluster.wait_until_gone("pgbench")
            times = []
            for log in self.folder.glob("pgbench_log*"):
                times += [int(line.split()[2]) for line in log.read_text().splitlines()]
                log.unlink()
            cuts = statistics.quantiles(times, n=100)
            lines = (line for line in done.stdout.splitlines() if line.startswith("tps = "))
            a_second = float(next(lines).split()[2])
            return len(times), len(times) / a_second, cuts[49] / 1000, cuts[98] / 1000, 0

        return self._watched(None, ask)


class Requests:
    """A file of requests for `ask.lua`. Each run goes on where the one before left off: in a circle, or only until the end,
    where each can be done but once."""

    def __init__(self, folder, name, lines, is_once=False):
        self.file = str(Path(folder) / f"{name}.requests")
        Path(self.file).write_text("".join(f"{line}\n" for line in lines))
        self.count = len(lines)
        self.is_once = is_once
        self.start = 0
        self.runs = 0
        self.in_all = 0

    def mark(self):
        """What tells this run's idempotency keys from another's."""
        self.runs += 1
        return f"{self.runs:06}"

    def asked(self, count):
        """Notes that so many answers came. Some more may be under way when wrk stops."""
        self.in_all += count
        self.start += count + 100
        if self.is_once and self.start > self.count:
            machine.fail(f"{self.file} ran out: fewer rounds or seconds, or more relationships")
