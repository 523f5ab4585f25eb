"""The machine: its programs, what a process used, and what to call it in the table."""

import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


def fail(text):
    """Ends the run with a sentence."""
    sys.exit(f"bench/run: {text}")


def programs_of_postgres():
    """The folder of `initdb`, `postgres` and `pgbench`: Debian's versioned ones first, then the PATH."""
    versions = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"),
        key=lambda folder: [int(part) for part in folder.parent.name.split(".") if part.isdigit()],
        reverse=True,
    )
    for folder in [*versions, *map(Path, os.environ.get("PATH", "").split(os.pathsep))]:
        if all((folder / name).exists() for name in ("initdb", "postgres", "pgbench", "psql")):
            return folder
    return None


def need_programs():
    """Says everything that is missing at once."""
    missing = []
    if sys.platform != "linux":
        missing.append("Linux: what a process used is read from /proc")
    if shutil.which("cargo") is None:
        missing.append("cargo: https://rustup.rs")
    if shutil.which("wrk") is None:
        missing.append("wrk: apt-get install wrk")
    if programs_of_postgres() is None:
        missing.append("initdb, postgres, pgbench and psql: apt-get install postgresql")
    if os.geteuid() == 0 and shutil.which("setpriv") is None:
        missing.append("setpriv, since PostgreSQL refuses root: apt-get install util-linux")
    if missing:
        fail("this is missing on the machine:\n  " + "\n  ".join(missing))


def _stat(pid):
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return text.rsplit(")", 1)[1].split()


def cpu_seconds(pid):
    """What a process has used so far."""
    fields = _stat(pid)
    return sum(map(int, fields[11:13])) / TICK if fields else 0.0


def cpu_seconds_with_children(pid):
    """The same with its children's, those that have ended included."""
    fields = _stat(pid)
    used = sum(map(int, fields[11:15])) / TICK if fields else 0.0
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (child := _stat(entry.name)) and child[1] == str(pid):
            used += sum(map(int, child[11:13])) / TICK
    return used


def forget_peak(pid):
    """Lets the peak of a process's memory be counted from now on."""
    Path(f"/proc/{pid}/clear_refs").write_text("5")


def peak_megabytes(pid):
    """The most memory that a process has held since then."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0


def forget_file(path):
    """Lets a file be read from the disk again. One that was written a moment ago lies in memory otherwise than one that was
    read, in larger pieces, and a program that is run from there holds 5 MB more of itself."""
    with Path(path).open("rb") as file:
        os.fsync(file.fileno())
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def milliseconds_a_sync(folder):
    """How long a small write takes to be safe on the disk that the database stands on: the median of 200."""
    times = []
    with tempfile.NamedTemporaryFile(dir=folder) as file:
        for _ in range(200):
            begun = time.perf_counter()
            file.seek(0)
            file.write(b"x" * 8192)
            file.flush()
            os.fdatasync(file.fileno())
            times.append(time.perf_counter() - begun)
    return statistics.median(times) * 1000


def described(folder, postgres):
    """The machine in a sentence, without a name or a path of it."""
    model = "unknown processor"
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            model = line.split(":", 1)[1].strip()
            break
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    version = subprocess.run([postgres / "postgres", "--version"], capture_output=True, text=True, check=True)
    rust = subprocess.run(["rustc", "--version"], capture_output=True, text=True, check=True)
    return (
        f"{len(os.sched_getaffinity(0))} cores of {model}, {memory:.0f} GB of memory, Linux {platform.release().split('-')[0]}; "
        f"PostgreSQL {version.stdout.split()[2]} on the same machine, a write to its disk is safe after "
        f"{milliseconds_a_sync(folder):.2f} ms; Rust {rust.stdout.split()[1]}; wrk and pgbench on the same cores too"
    )
