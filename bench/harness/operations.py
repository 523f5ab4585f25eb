"""What is asked: of the register by its documents, of the others by the statements in `bench/sql`."""

import base64
import functools
import json
import re
from dataclasses import dataclass, field
from pathlib import Path

from . import courses, machine, places
from .load import Requests

BENCH = Path(__file__).parent.parent
ORGANISATION, PERSON, RELATIONSHIP, REVIEW = 1, 3, 14, 18
# How many people ask by turns, so that no answer is always the same rows.
PEOPLE = 40
# pgbench takes at most 128 scripts.
SCRIPTS = 100
# How many requests are tried before anything is measured.
TRIALS = 12


def encoded(kind, uuid):
    """An id as clients know it: a type byte and the UUID."""
    return base64.urlsafe_b64encode(bytes([kind]) + bytes.fromhex(uuid.replace("-", ""))).rstrip(b"=").decode()


def decoded(text):
    """The UUID in an id."""
    raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))[1:].hex()
    return f"{raw[:8]}-{raw[8:12]}-{raw[12:16]}-{raw[16:20]}-{raw[20:]}"


def cursor(uuid):
    """Where a page begins in a list that is sorted by id."""
    raw = (1 << 31).to_bytes(4, "big") + bytes.fromhex(uuid.replace("-", ""))
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@dataclass
class Operation:
    """One question or act, and what each of the four is to be sent."""

    name: str
    title: str
    statement: str
    is_write: bool = False
    # The same answer with more in it, which the others are not asked for.
    is_extra: bool = False
    register: list = field(default_factory=list)
    poem: list = field(default_factory=list)
    graphql: list = field(default_factory=list)
    pgbench: list = field(default_factory=list)

    def trials(self, system):
        """What is asked before anything is measured. A review can be recorded but once, so its trials are its last."""
        lines = getattr(self, system)
        return lines[-TRIALS:] if self.is_once(system) else lines[:TRIALS]

    def measured(self, system):
        """What is asked when it is measured."""
        lines = getattr(self, system)
        return lines[:-TRIALS] if self.is_once(system) else lines

    def is_once(self, system):
        """Whether each request can be sent but once."""
        return self.name == "review" and system == "register"


BARE = {
    "caseload": "query ($a: UUID!) { caseload(person: $a) { id status caseCode firstMeetingOn supportPerson supportPersonStatus "
    "reviews { id plannedOn heldOn status } meetings { id metOn minutes activity } } }",
    "due": "query ($a: UUID!, $b: NaiveDate!) { due(organisation: $a, to: $b) { id plannedOn windowEndOn relationship status caseCode "
    "professional organisation organisationName } }",
    "node": "query ($a: UUID!) { node(id: $a) { id status caseCode firstMeetingOn } }",
    "page": "query ($a: UUID!, $b: UUID!) { page(organisation: $a, after: $b) { id status caseCode firstMeetingOn } }",
    "meeting": "mutation ($a: UUID!, $b: NaiveDate!, $c: UUID!) { meeting(entry: {relationship: $a, on: $b, by: $c}) { id } }",
    "review": "mutation ($a: UUID!, $b: NaiveDate!, $c: UUID!) { review(entry: {relationship: $a, on: $b, by: $c}) { id } }",
}


@functools.cache
def document(name):
    """What a client sends: the document without its line breaks."""
    return " ".join((BENCH / "graphql" / f"{name}.graphql").read_text().split())


class Operations:
    """The operations over one filled database: those that are wanted, or all."""

    def __init__(self, filled, token, depth, wanted):
        self.filled = filled
        self.sql = filled.sql
        self.today = filled.server.ask(token(self._coordinators(1)[0][0]), "{ today }")["data"]["today"]
        self.professionals = [(person, token(person)) for person in self._professionals()]
        self.coordinators = [(person, token(person), of) for person, of in self._coordinators(PEOPLE)]
        if not self.professionals or not self.coordinators:
            machine.fail("the seeded register has nobody to ask for: more relationships are needed")
        self.depth = depth
        made = {"caseload": self._caseload, "names": self._names, "due": self._due, "node": self._node, "page": self._page,
                "course": self._course, "month": self._month, "figures": self._figures, "meeting": self._meeting, "review": self._review}
        self.all = [make() for name, make in made.items() if not wanted or name in wanted]

    def _professionals(self):
        """Those with a full page of their own, who stand in for nobody."""
        return [row[0] for row in self.sql(
            "SELECT cp.person_id FROM case_professionals cp JOIN support_relationships r ON r.case_id = cp.case_id "
            "AND r.status <> 'CANCELLED' WHERE cp.to_on IS NULL AND NOT EXISTS (SELECT 1 FROM absences a "
            "WHERE cp.person_id IN (a.person_id, a.substitute_id)) GROUP BY 1 HAVING count(*) >= 20 "
            f"ORDER BY md5(cp.person_id::text) LIMIT {PEOPLE}")]

    def _coordinators(self, most):
        """One of each association."""
        return self.sql(
            "SELECT DISTINCT ON (organisation_id) person_id, organisation_id FROM role_grants WHERE role = 'COORDINATOR' "
            f"ORDER BY organisation_id, person_id LIMIT {most}")

    def _add(self, operation, token, variables, bare):
        """One thing to ask for: the register's variables, and the values of the bare statement."""
        body = json.dumps({"query": document(operation.name), "variables": variables}, separators=(",", ":"))
        operation.register.append(f"POST\t/graphql\t{token}\t{body}")
        if bare is None or operation.is_extra:
            return
        if operation.is_write:
            entry = dict(zip(("relationship", "on", "by"), bare))
            operation.poem.append(f"POST\t/poem/{operation.name}\t\t{json.dumps(entry)}")
        else:
            operation.poem.append(f"GET\t/poem/{operation.name}/{'/'.join(bare)}\t\t")
        body = {"query": BARE[operation.name], "variables": dict(zip("abc", bare))}
        operation.graphql.append(f"POST\t/graphql\t\t{json.dumps(body, separators=(',', ':'))}")
        text = (BENCH / "sql" / operation.statement).read_text()
        kinds = ["date" if re.fullmatch(r"\d{4}-\d\d-\d\d", value) else "uuid" for value in bare]
        for place, (value, kind) in enumerate(zip(bare, kinds), 1):
            text = text.replace(f"${place}", f"'{value}'::{kind}")
        operation.pgbench.append(text.strip() + ";\n")

    def _caseload(self):
        operation = Operation("caseload", "a professional's caseload", "caseload.sql")
        for person, token in self.professionals:
            self._add(operation, token, {}, [person])
        return operation

    def _names(self):
        operation = Operation("names", "the caseload with names", "caseload.sql", is_extra=True)
        for _, token in self.professionals:
            self._add(operation, token, {}, None)
        return operation

    def _due(self):
        operation = Operation("due", "reviews due in 30 days", "due.sql")
        [[to]] = self.sql(f"SELECT date '{self.today}' + 30")
        for _, token, organisation in self.coordinators:
            self._add(operation, token, {}, [organisation, to])
        return operation

    def _node(self):
        operation = Operation("node", "one relationship by its id", "node.sql")
        for person, token in self.professionals:
            for [id] in self._relationships(person, 10):
                self._add(operation, token, {"id": encoded(RELATIONSHIP, id)}, [id])
        return operation

    def _page(self):
        operation = Operation("page", f"a page after {self.depth:,} rows", "page.sql")
        for _, token, organisation in self.coordinators:
            found = self.sql(
                f"SELECT id FROM support_relationships WHERE organisation_id = '{organisation}' AND status <> 'CANCELLED' "
                f"ORDER BY id DESC OFFSET {self.depth - 1} LIMIT 1")
            for [after] in found:
                self._add(operation, token, {"after": cursor(after)}, [organisation, after])
        if not operation.register:
            machine.fail(f"no association has {self.depth} relationships: a smaller --depth is needed")
        return operation

    def _course(self):
        """A facilitator's page of a course: twelve participants, eight sessions, the attendance of all. The others know no
        courses, so it is the register's alone."""
        operation = Operation("course", "a course of 12 × 8", "", is_extra=True)
        for token, course in self._made(courses):
            self._add(operation, token, {"id": course}, None)
        return operation

    def _month(self):
        """A drop-in place's month with who is there when; the register's alone as well."""
        operation = Operation("month", "a place's month", "", is_extra=True)
        for token, variables in self._made(places):
            self._add(operation, token, variables, None)
        return operation

    def _figures(self):
        """A published table, of the year before; the register's alone too, since the others publish nothing."""
        operation = Operation("figures", "a table of figures", "", is_extra=True)
        self.filled.count_figures()
        period = str(int(self.today[:4]) - 1)
        for _, token, _ in self.coordinators:
            self._add(operation, token, {"period": period}, None)
        return operation

    def _made(self, of):
        """What is made before by the register's own acts."""
        kinds = {"organisation": ORGANISATION, "person": PERSON}
        return of.seed(self.filled.server, self.sql, self.coordinators, self.today, lambda kind, uuid: encoded(kinds[kind], uuid))

    def _meeting(self):
        operation = Operation("meeting", "record a meeting", "meeting.sql", is_write=True)
        [[yesterday]] = self.sql(f"SELECT date '{self.today}' - 1")
        for person, token in self.professionals:
            for [id] in self._relationships(person, 10, "AND r.status = 'ACTIVE' AND r.first_meeting_on < current_date - 1"):
                what = {"metOn": yesterday, "minutes": 60, "activity": "COFFEE", "channel": "IN_PERSON"}
                variables = {"input": {"idempotencyKey": "@KEY@", "supportRelationshipId": encoded(RELATIONSHIP, id), **what}}
                self._add(operation, token, variables, [id, yesterday, person])
        return operation

    def _review(self):
        """A review is recorded but once: the register's two thirds are used up, the others' third goes round."""
        operation = Operation("review", "record a review", "review.sql", is_write=True)
        tokens = {organisation: token for _, token, organisation in self.coordinators}
        by = {organisation: person for person, _, organisation in self.coordinators}
        rows = self.sql(
            "SELECT jr.id, jr.version, jr.organisation_id, jr.relationship_id FROM joint_reviews jr "
            "JOIN support_relationships r ON r.id = jr.relationship_id AND r.status = 'ACTIVE' "
            "WHERE jr.status = 'PLANNED' ORDER BY md5(jr.id::text)")
        rows = [row for row in rows if row[2] in tokens]
        others = rows[: max(len(rows) // 3, SCRIPTS)]
        held = {"heldOn": self.today, "professionalPresent": True, "supportedPresent": True, "supportPersonPresent": True,
                "channel": "IN_PERSON", "progress": "WELL", "outcome": "CONTINUE"}
        for id, version, organisation, _ in rows[len(others):]:
            review = {"idempotencyKey": "@KEY@", "jointReviewId": encoded(REVIEW, id), "version": int(version), "held": held}
            self._add(operation, tokens[organisation], {"input": review}, None)
        bare = Operation("review", "", "review.sql", is_write=True)
        for _, _, organisation, relationship in others:
            self._add(bare, "", {}, [relationship, self.today, by[organisation]])
        operation.poem, operation.graphql, operation.pgbench = bare.poem, bare.graphql, bare.pgbench
        return operation

    def _relationships(self, person, most, further=""):
        return self.sql(
            "SELECT r.id FROM case_professionals cp JOIN support_relationships r ON r.case_id = cp.case_id "
            f"WHERE cp.person_id = '{person}' AND cp.to_on IS NULL AND r.status <> 'CANCELLED' {further} "
            f"ORDER BY r.id DESC LIMIT {most}")


def write_requests(operation, folder):
    """The operation's files: requests for each server, a script for each statement."""
    files = {
        system: Requests(folder, f"{operation.name}.{system}", lines, operation.is_once(system))
        for system in ("register", "poem", "graphql")
        if (lines := operation.measured(system))
    }
    scripts = []
    for number, text in enumerate(operation.pgbench[:SCRIPTS]):
        script = Path(folder) / f"{operation.name}.{number}.sql"
        script.write_text(text)
        scripts.append(script)
    return files, scripts
