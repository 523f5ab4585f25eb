// The register that is tried, and what every client does with it: asks who it is, adds people, reads them page by page
// to the end, hears over a socket of one that is added, and is told what is wrong with its input.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';

const need = (name) => process.env[name] ?? assert.fail(`${name} is not set`);

export const url = need('REGISTER_URL');
export const socketUrl = `${url.replace(/^http/, 'ws')}/ws`;
export const token = need('REGISTER_TOKEN');
const organisationId = need('REGISTER_ORGANISATION');

const ME = 'query Me { me { person { name } } }';
const PEOPLE = `query People($first: Int!, $after: String) {
  people(first: $first, after: $after) { nodes { id name } totalCount pageInfo { hasNextPage endCursor } }
}`;
const ADD = `mutation Add($input: PersonAddInput!) {
  personAdd(input: $input) { person { id name } userErrors { field code } }
}`;
const CHANGES = 'subscription Changes { changes { kind id } }';

/**
 * @param client what it can do: `query(text, variables)` and `mutate(text, variables)` answer with the data,
 *   `subscribe(text)` with an async iterable of data, `refused(text)` with the code of the error that a stranger gets.
 */
export async function walk(name, client) {
  const me = await client.query(ME, {});
  assert.equal(me.me.person.name, 'Aino Mallinen');

  const input = (name) => ({ idempotencyKey: randomUUID(), organisationId, role: 'COORDINATOR', name, language: 'FI' });
  const added = new Set();
  for (const first of ['Anna', 'Björn', 'Elle', 'Juhani', 'Päivi']) {
    const { personAdd } = await client.mutate(ADD, { input: input(`${first} Esimerkki`) });
    assert.deepEqual(personAdd.userErrors, []);
    added.add(personAdd.person.id);
  }
  const { personAdd: refused } = await client.mutate(ADD, { input: input('') });
  assert.equal(refused.person, null);
  assert.equal(refused.userErrors[0].field, 'name');

  const seen = new Map();
  let pages = 0;
  for (let after = null; ; pages += 1) {
    const { people } = await client.query(PEOPLE, { first: 2, after });
    for (const person of people.nodes) {
      assert.ok(!seen.has(person.id), 'nobody stands on two pages');
      seen.set(person.id, person.name);
    }
    if (!people.pageInfo.hasNextPage) {
      assert.equal(seen.size, people.totalCount);
      break;
    }
    after = people.pageInfo.endCursor;
  }
  for (const id of added) assert.ok(seen.has(id), 'whoever was added stands on a page');

  const heard = await hear(client, async () => {
    const { personAdd } = await client.mutate(ADD, { input: input('Kuultu Esimerkki') });
    return personAdd.person.id;
  });
  assert.equal(heard.kind, 'PERSON');
  assert.equal(await client.refused(ME), 'UNAUTHENTICATED');
  console.log(`${name}: asked, ${added.size} added, ${seen.size} on ${pages + 1} pages, heard ${heard.kind}`);
}

/** Acts until the news of one of its acts comes: the protocol does not say when a subscription has begun. */
async function hear(client, act) {
  const acted = new Set();
  let isHeard = false;
  const acting = (async () => {
    for (let tries = 0; tries < 40 && !isHeard; tries += 1) {
      acted.add(await act());
      await new Promise((go) => setTimeout(go, 500));
    }
  })();
  for await (const { changes } of client.subscribe(CHANGES)) {
    if (acted.has(changes.id)) {
      isHeard = true;
      await acting;
      return changes;
    }
  }
  return assert.fail('the subscription ended');
}

/** A source of values that are pushed, as what is awaited one after the other. */
export async function* pulled(subscribe) {
  const values = [];
  let wake = () => {};
  const push = (value) => {
    values.push(value);
    wake();
  };
  const stop = subscribe((value) => push({ value }), (error) => push({ error }));
  try {
    for (;;) {
      while (values.length === 0) await new Promise((go) => { wake = go; });
      const { value, error } = values.shift();
      if (error) throw error;
      yield value;
    }
  } finally {
    stop();
  }
}
