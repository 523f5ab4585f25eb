"""The table: what was measured, and how it stands to the limits."""

import re
import statistics
from pathlib import Path

README = Path(__file__).parent.parent / "README.md"
SYSTEMS = {
    "register": "the register",
    "graphql": "bare async-graphql",
    "poem": "bare poem",
    "pgbench": "PostgreSQL alone",
}
# The goals, as shares of what the bare ones answer.
GOALS = {"poem": 0.35, "graphql": 0.7}
MEGABYTES = 64
GROWTH = 1.5
# In seconds, for a night's figures.
COUNTED = 120


class Rounds:
    """Everything that was measured."""

    def __init__(self):
        self.measured = {}
        self.statements = {}
        self.growth = {}

    def add(self, operation, connections, system, measured):
        """Notes a round."""
        self.measured.setdefault((operation, connections, system), []).append(measured)

    def failures(self):
        """Where requests failed, and how many."""
        return {key: failed for key, all in self.measured.items() if (failed := sum(one.failed for one in all))}

    def median(self, operation, connections, system, what):
        """The median of the rounds; none where it was not measured."""
        return median(self.measured.get((operation, connections, system)), what)

    def share(self, operation, connections, system):
        """How many of another's requests the register answers."""
        own, other = (self.measured.get((operation, connections, name)) for name in ("register", system))
        return ratio(own, other)


def median(rounds, what):
    """The median of one figure."""
    return statistics.median(getattr(one, what) for one in rounds) if rounds else None


def ratio(ones, others):
    """How many times as many requests a second: the median of the rounds, of which the two stand beside each other. The
    machine's speed changes from minute to minute."""
    pairs = zip(ones or [], others or [])
    each = [one.a_second / other.a_second for one, other in pairs]
    return statistics.median(each) if each else None


def number(value, digits=0):
    """A figure as it stands in the table."""
    return "–" if value is None else f"{value:,.{digits}f}"


def table(told, operations, rounds, machine, amount, filled):
    """Everything in Markdown."""
    lines = [
        f"Made on {machine}. {amount}, seeded in {filled.seeded_in:.0f} s. Medians of {told.rounds} rounds of {told.seconds} s, "
        "with row scoping and the access log on. CPU is milliseconds a request.",
        "",
    ]
    lines += summary(told, operations, rounds, filled)
    for operation in operations:
        lines += of_operation(told, operation, rounds)
    return "\n".join(lines)


def summary(told, operations, rounds, filled):
    """The goals, at the middle number of connections."""
    at = told.connections[len(told.connections) // 2]
    lines = [
        f"### The goals, at {at} connections",
        "",
        "| | requests a second | of bare poem (goal 0.35) | of bare async-graphql (goal 0.7) | statements a request |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for operation in operations:
        speed = rounds.median(operation.name, at, "register", "a_second")
        shares = [share(rounds.share(operation.name, at, system), goal) for system, goal in GOALS.items()]
        lines.append(f"| {operation.title} | {number(speed)} | {' | '.join(shares)} | {counted(operation, rounds)} |")
    memory = {
        connections: max((one.memory for key, all in rounds.measured.items() if key[1:] == (connections, "register") for one in all), default=0)
        for connections in told.connections
    }
    lines += ["", f"Memory of the register's API at its most: {memory[at]:.0f} MB (goal {MEGABYTES}: {met(memory[at] <= MEGABYTES)})"
              + "".join(f", and {held:.0f} MB at {connections} connections" for connections, held in memory.items() if connections > at) + "."]
    if filled.counted_in:
        lines += ["", f"A night's figures of all this were counted, what is not to be told was hidden, and the rest published in {filled.counted_in:.0f} s (goal {COUNTED}: {met(filled.counted_in <= COUNTED)})."]
    if rounds.growth:
        lines += ["", *grown(told, rounds)]
    return [*lines, ""]


def met(is_met):
    """In a word."""
    return "met" if is_met else "not met"


def share(part, goal):
    """A share, marked where the goal is not met."""
    return number(part, 2) + ("" if part is None or part >= goal else " (not met)")


def counted(operation, rounds):
    """The statements of one request."""
    own, frame = rounds.statements[operation.name]
    return f"{own:.0f}" + (f" and {frame:.0f} around them" if round(frame) else "")


def grown(told, rounds):
    """What more data costs."""
    factor = told.relationships / told.small
    lines = [f"Growth: {factor:.0f} × the data, 16 connections; requests a second at {told.small:,} and {told.relationships:,} relationships:", ""]
    for name in dict.fromkeys(name for name, *_ in rounds.growth):
        def of(system, name=name):
            return [rounds.growth.get((name, system, register)) for register in ("small", "large")]

        small, large = (median(all, "a_second") for all in of("register"))
        cost, bare = ratio(*of("register")), ratio(*of("graphql"))
        beside = f"; bare async-graphql {bare:.2f} ×" if bare else ""
        lines.append(f"- {name}: {number(small)} and {number(large)}, so {cost:.2f} × the cost (at most {GROWTH}: {met(cost <= GROWTH)}{beside})")
    return lines


def of_operation(told, operation, rounds):
    """One operation's table."""
    lines = [
        f"### {operation.title[0].upper()}{operation.title[1:]}",
        "",
        "| connections | | requests a second | p50 ms | p99 ms | CPU of the server | CPU of PostgreSQL | memory MB | the register's share |",
        "| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for connections in told.connections:
        for system, title in SYSTEMS.items():
            def of(what, system=system, connections=connections):
                return rounds.median(operation.name, connections, system, what)

            if (speed := of("a_second")) is None:
                continue
            is_server = system != "pgbench"
            cells = [
                str(connections), title, number(speed), number(of("p50"), 2), number(of("p99"), 2),
                number(of("server_cpu") if is_server else None, 3), number(of("database_cpu"), 3),
                number(of("memory") if is_server else None), number(rounds.share(operation.name, connections, system), 2),
            ]
            lines.append(f"| {' | '.join(cells)} |")
    return [*lines, ""]


def write(text):
    """Puts the table between the marks of the README."""
    page = README.read_text()
    marked = re.compile(r"(<!-- the table begins -->\n).*(<!-- the table ends -->)", re.S)
    README.write_text(marked.sub(lambda found: f"{found[1]}\n{text}\n{found[2]}", page))
