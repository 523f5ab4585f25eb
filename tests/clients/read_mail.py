"""Reads a whole mail from its input as a mail program does, and checks its calendar part by RFC 6047.

The answer is the calendar's file alone, for read_calendar.py.
"""

import sys
from email import message_from_bytes, policy

from icalendar import Calendar

mail = message_from_bytes(sys.stdin.buffer.read(), policy=policy.default)
assert not mail.defects, mail.defects
assert mail.get_content_type() == "multipart/alternative", mail.get_content_type()

# A program shows the last alternative that it knows: one without a calendar shows the page, one with a calendar asks.
parts = list(mail.iter_parts())
assert [part.get_content_type() for part in parts] == ["text/plain", "text/html", "text/calendar"]
assert not any(part.defects for part in parts)
calendar = parts[-1]
assert calendar.get_content_charset() == "utf-8", calendar["Content-Type"]
assert calendar.get_content_disposition() is None, "shown, and not kept as a file"
assert calendar["Content-Transfer-Encoding"].lower() in ("7bit", "quoted-printable", "base64")

raw = calendar.get_payload(decode=True)
lines = raw.split(b"\r\n")
assert lines.pop() == b"", "the last line ends as the others do"
assert not any(b"\n" in line or b"\r" in line for line in lines), "lines end in CRLF alone"
assert max(map(len, lines)) <= 75, "long lines are folded"

file = Calendar.from_ical(raw.decode("utf-8"))
assert not file.errors, file.errors
method = calendar["Content-Type"].params["method"]
assert method == str(file["METHOD"]) and method in ("REQUEST", "CANCEL", "PUBLISH"), method
[event] = file.walk("VEVENT")
assert not event.errors, event.errors
[sender], [reader] = mail["From"].addresses, mail["To"].addresses
organizer = event["ORGANIZER"]
assert organizer.lower() == f"mailto:{sender.addr_spec}".lower(), organizer
if method == "PUBLISH":
    # RFC 5546, 3.2.1: what is published asks nobody to anything. A whole day has no clock, and nobody is busy for it.
    assert "ATTENDEE" not in event, "nobody is asked"
    assert event["DTSTART"].params["VALUE"] == "DATE" and event["TRANSP"] == "TRANSPARENT"
else:
    attendee = event["ATTENDEE"]
    assert attendee.lower() == f"mailto:{reader.addr_spec}".lower(), "one reader, and nobody else's address"
assert '"' not in sender.display_name or organizer.params["CN"] == sender.display_name.replace('"', "'")
assert '"' in sender.display_name or organizer.params["CN"] == sender.display_name, organizer.params
for needed in ("UID", "DTSTAMP", "SEQUENCE", "DTSTART"):
    assert needed in event, needed
sys.stdout.buffer.write(raw)
