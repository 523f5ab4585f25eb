// GraphiQL for the register: its address, and a question to begin with. Nothing else is ours.

import './workers.js';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import 'graphiql/style.css';
import { createClient } from 'graphql-ws';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';

const QUESTION = `# Put a token below, under Headers, and press the play button.
{
  today
  me { person { name } }
  waitingForMe { items { kind caseCode dueOn daysLate } }
}
`;
const HEADERS = '{ "Authorization": "Bearer " }';

const sockets = new URL('/graphql/ws', location.href);
sockets.protocol = sockets.protocol.replace('http', 'ws');

// Without a token one is nobody, who may read the schema; an empty one would be refused. A socket is told in its first
// message, a request in its header.
const fetcher = (asked, options) => {
  const headers = Object.entries(options?.headers ?? {}).filter(([, value]) => !/^Bearer\s*$/i.test(value));
  const told = { ...options, headers: Object.fromEntries(headers) };
  const wsClient = createClient({ url: sockets.href, connectionParams: told.headers });
  return createGraphiQLFetcher({ url: '/graphql', wsClient })(asked, told);
};

// What was typed is forgotten with the page: questions name cases, and the history of questions holds the headers, too.
const kept = new Map();
const storage = {
  getItem: (name) => kept.get(name) ?? null,
  setItem: (name, value) => kept.set(name, value),
  removeItem: (name) => kept.delete(name),
  clear: () => kept.clear(),
  get length() {
    return kept.size;
  },
};

createRoot(document.getElementById('graphiql')).render(
  createElement(GraphiQL, { fetcher, storage, defaultQuery: QUESTION, defaultHeaders: HEADERS, shouldPersistHeaders: false }),
);
