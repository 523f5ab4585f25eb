"""Drop-in places for the measurement, made by the register's own acts: each with two paid guides and a month of afternoons."""

import datetime

from .acts import Acts

# How many associations have one, and on which weekdays it is open.
PLACES, WEEKDAYS = 10, ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY")


def seed(server, sql, coordinators, today, encode):
    """One place for each of the first associations: token of its coordinator, its id as clients know it, and the month's first
    and last day.

    `encode` makes ids of associations and of people as clients know them."""
    today = datetime.date.fromisoformat(today)
    first = today.replace(day=1)
    last = (first + datetime.timedelta(days=31)).replace(day=1) - datetime.timedelta(days=1)
    made = []
    for number, (_, token, association) in enumerate(coordinators[:PLACES]):
        acts = Acts(server, token, "places")
        guides = [encode("person", row[0]) for row in sql(
            f"SELECT DISTINCT person_id FROM role_grants WHERE organisation_id = '{association}' AND cancelled_at IS NULL "
            "AND valid_to IS NULL AND role IN ('COORDINATOR', 'SUPPORT_PERSON') ORDER BY person_id LIMIT 2")]
        details = {"name": "Mitattava paikka", "slug": f"mitattava-{number}", "address": "Esimerkkikatu 1", "countyCode": "20",
                   "isPublic": True}
        place = acts.do("dropInPlaceCreate", "dropInPlace { id }", {
            "organisationId": encode("organisation", association), "details": details})["dropInPlace"]["id"]
        for guide in guides:
            acts.do("roleGrantAdd", "roleGrant { id }", {
                "personId": guide, "organisationId": encode("organisation", association), "role": "PAID_GUIDE",
                "validFrom": first.isoformat()})
            acts.do("placeRoleTermAdd", "placeRoleTerm { id }", {
                "dropInPlaceId": place, "personId": guide, "role": "PAID_GUIDE", "from": first.isoformat()})
        rule = acts.do("openingRuleAdd", "openingRule { id }", {
            "dropInPlaceId": place, "weekdays": WEEKDAYS, "startsAt": "12:00", "endsAt": "16:00",
            "from": first.isoformat()})["openingRule"]["id"]
        for day in range(last.day):
            on = first + datetime.timedelta(days=day)
            if on.weekday() >= len(WEEKDAYS):
                continue
            opening = acts.do("openingTakeUp", "opening { id }", {"openingRuleId": rule, "on": on.isoformat()})["opening"]["id"]
            for version, guide in enumerate(guides, 1):
                acts.do("openingShiftAdd", "openingShift { id }", {
                    "openingId": opening, "version": version, "personId": guide})
        made.append((token, {"id": place, "from": first.isoformat(), "to": last.isoformat()}))
    return made
