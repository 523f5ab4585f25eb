"""Reads a calendar file from its input and tells what a calendar makes of it, as JSON.

Times are worked out twice: by the zone's name, as most calendars do, and by the rules that the file itself gives for the
zone, as those do that know no names. They must agree.
"""

import json
import re
import sys
from datetime import timezone
from io import StringIO

from dateutil.tz import tzical
from icalendar import Calendar

text = sys.stdin.buffer.read().decode("utf-8")
calendar = Calendar.from_ical(text)
assert not calendar.errors, calendar.errors
rules = re.search(r"BEGIN:VTIMEZONE.*END:VTIMEZONE", text, re.DOTALL)[0]
zone = tzical(StringIO(rules)).get()


def instant(value):
    assert value.params["TZID"] == "Europe/Helsinki", value.params
    by_name = value.dt.astimezone(timezone.utc)
    by_rules = value.dt.replace(tzinfo=zone).astimezone(timezone.utc)
    assert by_name == by_rules, (by_name, by_rules)
    return by_name.strftime("%Y-%m-%dT%H:%MZ")


def told(event):
    assert not event.errors, event.errors
    people = [event.get("ORGANIZER"), event.get("ATTENDEE")]
    return {
        "uid": str(event["UID"]),
        "summary": str(event["SUMMARY"]),
        "begins": instant(event["DTSTART"]),
        "ends": instant(event["DTEND"]),
        "sequence": int(event["SEQUENCE"]),
        "status": str(event["STATUS"]),
        "stamp": event["DTSTAMP"].dt.strftime("%Y-%m-%dT%H:%MZ"),
        "people": [str(person) for person in people if person],
        "properties": sorted(event.keys()),
    }


answer = {
    "name": str(calendar.get("X-WR-CALNAME", "")),
    "maker": str(calendar["PRODID"]),
    "method": str(calendar.get("METHOD", "")),
    "zones": [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")],
    "events": [told(event) for event in calendar.walk("VEVENT")],
}
json.dump(answer, sys.stdout)
