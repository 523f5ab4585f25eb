"""Expands recurrence rules as python-dateutil does: rules with their first and last days on standard input, days as JSON out."""

import datetime
import json
import sys

from dateutil.rrule import rrulestr

asked = json.load(sys.stdin)
day = datetime.date.fromisoformat
first, last = day(asked["from"]), day(asked["to"])
midnight = datetime.time()
days = []
for rule in asked["rules"]:
    start = datetime.datetime.combine(day(rule["from"]), midnight)
    until = min(last, day(rule["to"])) if rule["to"] else last
    expanded = rrulestr(rule["recurrence"], dtstart=start)
    found = expanded.between(
        datetime.datetime.combine(first, midnight), datetime.datetime.combine(until, midnight), inc=True
    )
    # A first day that is none of the rule's weekdays is no occurrence: dateutil adds none, other libraries do.
    days.append([it.date().isoformat() for it in found])
json.dump(days, sys.stdout)
