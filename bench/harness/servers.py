"""The programs that are measured: building them, starting them, asking them once."""

import http.client
import json
import os
import subprocess
import time
from pathlib import Path

from . import machine
from .postgres import free_port

ROOT = Path(__file__).parent.parent.parent


def build(profile):
    """Builds both programs; the folder that they are in."""
    command = ["cargo", "build", "--locked", "--profile", profile, "-p", "rinnalla", "-p", "rinnalla-bench", "--bins"]
    if subprocess.run(command, cwd=ROOT).returncode != 0:
        machine.fail("the programs do not build")
    told = subprocess.run(["cargo", "metadata", "--format-version=1", "--no-deps"], cwd=ROOT, capture_output=True, check=True)
    target = Path(json.loads(told.stdout)["target_directory"])
    programs = target / ("debug" if profile == "dev" else profile)
    for name in ("rinnalla", "bench-limit"):
        machine.forget_file(programs / name)
    return programs


class Server:
    """A program that listens."""

    def __init__(self, command, environment, ready, log):
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        environment = {**os.environ, **environment, "LISTEN": f"127.0.0.1:{self.port}"}
        with Path(log).open("w") as out:
            self.process = subprocess.Popen(command, env=environment, stdout=out, stderr=out)
        self.pid = self.process.pid
        for _ in range(200):
            if self.process.poll() is None and self._answers(ready):
                return
            time.sleep(0.05)
        machine.fail(f"{Path(command[0]).name} did not start:\n{Path(log).read_text()[-2000:]}")

    def _answers(self, path):
        try:
            self.send(f"GET\t{path}\t\t")
            return True
        except OSError:
            return False

    def send(self, line):
        """Sends one line of a file of requests; the answer's text."""
        method, path, token, body = line.split("\t", 3)
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        if body:
            headers["Content-Type"] = "application/json"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request(method, path, body or None, headers)
        answer = connection.getresponse().read().decode()
        connection.close()
        return answer

    def ask(self, token, query):
        """Asks the register without variables."""
        return json.loads(self.send(f"POST\t/graphql\t{token}\t{json.dumps({'query': query})}"))

    def stop(self):
        """Ends it."""
        self.process.terminate()
        self.process.wait(20)


class Register:
    """A database filled by `rinnalla seed`, and the register's API over it."""

    def __init__(self, programs, cluster, folder, name, relationships):
        self.programs, self.cluster, self.name, self.relationships = programs, cluster, name, relationships
        self.environment = {"DATABASE_URL": cluster.url(name), "KEY_FILE": str(folder / f"{name}.key"), "LOG_LEVEL": "warn"}
        cluster.sql(f"CREATE DATABASE {name}")
        cluster.sql("CREATE EXTENSION pg_stat_statements", name)
        begun = time.monotonic()
        self._run("seed", "--relationships", str(relationships))
        self.seeded_in = time.monotonic() - begun
        cluster.settle(name)
        command = [str(programs / "rinnalla"), "api"]
        self.server = Server(command, self.environment, "/livez", folder / f"{name}.log")
        self._tokens = {}
        self.counted_in = None

    def _run(self, *arguments):
        environment = {**os.environ, **self.environment}
        done = subprocess.run([self.programs / "rinnalla", *arguments], env=environment, capture_output=True, text=True)
        if done.returncode != 0:
            machine.fail(f"rinnalla {arguments[0]} failed: {done.stdout}{done.stderr}")
        return done.stdout.strip()

    def sql(self, statement):
        """Asks its database."""
        return self.cluster.sql(statement, self.name)

    def token(self, person):
        """An access token of a person, as clients know persons."""
        if person not in self._tokens:
            self._tokens[person] = self._run("token", "issue", "--person", person)
        return self._tokens[person]

    def count_figures(self):
        """Counts what is published each night, once; how long that took is kept."""
        if self.counted_in is None:
            begun = time.monotonic()
            self._run("job", "participation_figures")
            self.counted_in = time.monotonic() - begun

    def amount(self):
        """What stands in it, in words."""
        counts = [
            int(self.sql(f"SELECT count(*) FROM {table}")[0][0])
            for table in ("support_relationships", "meetings", "joint_reviews")
        ]
        return "{:,} relationships, {:,} meetings, {:,} reviews".format(*counts)

    def stop(self):
        """Ends its server."""
        self.server.stop()
