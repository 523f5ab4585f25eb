"""Courses for the measurement, made by the register's own acts: each with twelve participants and eight recorded sessions."""

import datetime

from .acts import Acts

# How many associations have one, how many take part, and how many sessions are recorded.
COURSES, PARTICIPANTS, SESSIONS = 10, 12, 8
MARKS = ("PRESENT", "PRESENT", "PARTLY", "PRESENT", "EXCUSED", "PRESENT", "PRESENT", "ABSENT")


def seed(server, sql, coordinators, today, encode):
    """One course for each of the first associations: token of its coordinator, and its id as clients know it.

    `encode` makes ids of associations and of people as clients know them."""
    begun = datetime.date.fromisoformat(today) - datetime.timedelta(days=140)
    made = []
    for person, token, association in coordinators[:COURSES]:
        acts = Acts(server, token, "courses")
        leaders = [row[0] for row in sql(
            f"SELECT DISTINCT person_id FROM role_grants WHERE organisation_id = '{association}' AND cancelled_at IS NULL "
            "AND valid_to IS NULL AND role IN ('COORDINATOR', 'SUPPORT_PERSON') ORDER BY person_id LIMIT 2")]
        for leader in leaders:
            acts.do("roleGrantAdd", "roleGrant { id }", {
                "personId": encode("person", leader), "organisationId": encode("organisation", association),
                "role": "FACILITATOR", "validFrom": begun.isoformat()})
        details = {"name": "Mitattava kurssi", "lunchMinutes": 45}
        course = acts.do("courseCreate", "course { id }", {
            "organisationId": encode("organisation", association), "startsOn": begun.isoformat(), "startsAt": "12:00",
            "details": details})["course"]["id"]
        for version, leader in enumerate(leaders, 1):
            acts.do("courseFacilitatorAssign", "course { id }", {
                "courseId": course, "version": version, "personId": encode("person", leader), "kind": "PROFESSIONAL"})
        sessions = acts.do("courseOpen", "course { sessions { id version } }", {
            "courseId": course, "version": len(leaders) + 1})["course"]["sessions"]
        parts = [
            acts.do("enrolmentAdd", "enrolment { id }", {
                "courseId": course, "name": f"Osallistuja {number}", "isPseudonym": True})["enrolment"]["id"]
            for number in range(PARTICIPANTS)
        ]
        for at, session in enumerate(sessions[:SESSIONS]):
            marks = [{"enrolmentId": part, "status": MARKS[(at + n) % len(MARKS)]} for n, part in enumerate(parts)]
            acts.do("courseSessionRecordAttendance", "courseSession { id }", {
                "courseSessionId": session["id"], "version": session["version"], "marks": marks})
        made.append((token, course))
    return made
