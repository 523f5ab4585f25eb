"""Whether the answers are the same, and how many statements they took."""

import json
import re

from . import machine
from .operations import decoded

UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
DAY = re.compile(r"\d{4}-\d\d-\d\d")


def facts(text):
    """The ids and days in an answer, in order and whatever they are called: what two answers must share."""
    found = []

    def walk(value):
        if isinstance(value, dict):
            for child in value.values():
                walk(child)
        elif isinstance(value, list):
            for child in value:
                walk(child)
        elif isinstance(value, str):
            if UUID.fullmatch(value) or DAY.fullmatch(value):
                found.append(value)
            elif re.fullmatch(r"[\w-]{23}", value):
                found.append(decoded(value))

    walk(json.loads(text))
    return found


def compare(operation, servers):
    """Fails where the register and the two bare servers are asked the same and do not answer the same."""
    for place in range(min(2, len(operation.trials("register")))):
        answers = {}
        for system, server in servers.items():
            lines = operation.trials(system)
            if place < len(lines):
                answers[system] = server.send(lines[place].replace("@KEY@", f"trial-{operation.name}-{place}"))
        told = {system: facts(answer) for system, answer in answers.items()}
        wrong = any('"errors"' in answer or '"code"' in answer for answer in answers.values())
        empty = any(not of for of in told.values())
        different = not operation.is_write and len({tuple(of) for of in told.values()}) > 1
        if wrong or empty or different:
            shown = "\n".join(f"{system}: {answer[:1500]}" for system, answer in answers.items())
            machine.fail(f"{operation.title}: the answers are not the same\n{shown}")


def statements(operation, register):
    """How many SQL statements a request takes, those that begin and end a transaction told apart."""
    cluster = register.cluster
    lines = operation.trials("register")[-10:]
    cluster.count_statements(True)
    # The setting reaches a connection with its next statement; and whoever asks has asked before, as nearly everybody has.
    for token in [line.split("\t")[2] for line in lines] * 2:
        register.server.send(f"POST\t/graphql\t{token}\t" + json.dumps({"query": "{ today }"}))
    cluster.sql("SELECT pg_stat_statements_reset()", register.name)
    for number, line in enumerate(lines):
        register.server.send(line.replace("@KEY@", f"counted-{operation.name}-{number}"))
    rows = register.sql(
        "SELECT s.query ~* '^(begin|commit|rollback|start)', sum(s.calls) FROM pg_stat_statements s "
        "JOIN pg_database d ON d.oid = s.dbid WHERE d.datname = current_database() AND s.query !~ 'pg_stat_statements' GROUP BY 1")
    cluster.count_statements(False)
    counted = {is_frame == "t": int(calls) / len(lines) for is_frame, calls in rows}
    return counted.get(False, 0.0), counted.get(True, 0.0)


def kept(register, act, requests):
    """Fails where the register has not kept every act that it answered."""
    [[count]] = register.sql(f"SELECT count(*) FROM idempotency_keys WHERE act = '{act}'")
    if int(count) < requests.in_all:
        machine.fail(f"{act}: {requests.in_all} were answered, and {count} are kept")
