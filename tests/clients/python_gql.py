"""Python gql over HTTP (aiohttp) and graphql-transport-ws (websockets): what register.mjs does, in its own way."""

import asyncio
import os
import uuid

from gql import Client, gql
from gql.transport.aiohttp import AIOHTTPTransport
from gql.transport.exceptions import TransportError
from gql.transport.websockets import WebsocketsTransport

URL = os.environ["REGISTER_URL"]
TOKEN = os.environ["REGISTER_TOKEN"]
ORGANISATION = os.environ["REGISTER_ORGANISATION"]
NAMES = ["Anna", "Björn", "Elle", "Juhani", "Päivi"]

ME = gql("query Me { me { person { name } } }")
PEOPLE = gql(
    """query People($first: Int!, $after: String) {
      people(first: $first, after: $after) { nodes { id } totalCount pageInfo { hasNextPage endCursor } }
    }"""
)
ADD = gql(
    """mutation Add($input: PersonAddInput!) {
      personAdd(input: $input) { person { id } userErrors { field code } }
    }"""
)
CHANGES = gql("subscription Changes { changes { kind id } }")


def over(token):
    return Client(transport=AIOHTTPTransport(url=URL, headers={"Authorization": f"Bearer {token}"}))


async def ask(session, document, **variables):
    document.variable_values = variables
    return await session.execute(document)


async def add(session, name):
    person = {
        "idempotencyKey": str(uuid.uuid4()),
        "organisationId": ORGANISATION,
        "role": "COORDINATOR",
        "name": name,
        "language": "FI",
    }
    return (await ask(session, ADD, input=person))["personAdd"]


async def page_through(session):
    seen, pages, after = [], 0, None
    while True:
        people = (await ask(session, PEOPLE, first=2, after=after))["people"]
        seen += [person["id"] for person in people["nodes"]]
        pages += 1
        if not people["pageInfo"]["hasNextPage"]:
            assert len(seen) == len(set(seen)) == people["totalCount"], "everybody once"
            return seen, pages
        after = people["pageInfo"]["endCursor"]


async def hear(session):
    """Acts until the news of one of the acts comes: the protocol does not say when a subscription has begun."""
    sockets = WebsocketsTransport(
        url=URL.replace("http", "ws", 1) + "/ws",
        init_payload={"Authorization": f"Bearer {TOKEN}"},
        subprotocols=[WebsocketsTransport.GRAPHQLWS_SUBPROTOCOL],
    )
    acted = set()

    async def act():
        for _ in range(40):
            acted.add((await add(session, "Kuultu Esimerkki"))["person"]["id"])
            await asyncio.sleep(0.5)

    async with Client(transport=sockets) as listening:
        acting = asyncio.create_task(act())
        try:
            async for news in listening.subscribe(CHANGES):
                if news["changes"]["id"] in acted:
                    return news["changes"]["kind"]
        finally:
            acting.cancel()
    raise AssertionError("the subscription ended")


async def refused():
    async with over("rnl_nobody") as stranger:
        try:
            await stranger.execute(ME)
        except TransportError as error:
            return f"{type(error).__name__}: {error}"
    return "nothing was refused"


async def main():
    async with over(TOKEN) as session:
        assert (await ask(session, ME))["me"]["person"]["name"] == "Aino Mallinen"
        added = [(await add(session, f"{name} Esimerkki"))["person"]["id"] for name in NAMES]
        nameless = await add(session, "")
        assert nameless["person"] is None and nameless["userErrors"][0]["field"] == "name"
        seen, pages = await page_through(session)
        assert set(added) <= set(seen), "whoever was added stands on a page"
        heard = await hear(session)
        assert heard == "PERSON", heard
    told = await refused()
    assert "401" in told or "UNAUTHENTICATED" in told, told
    print(f"Python gql: asked, {len(added)} added, {len(seen)} on {pages} pages, heard {heard}")


asyncio.run(main())
