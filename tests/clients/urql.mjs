// urql over HTTP and graphql-transport-ws.
import { Client, fetchExchange, subscriptionExchange } from '@urql/core';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { pulled, socketUrl, token, url, walk } from './register.mjs';

const sockets = createClient({
  url: socketUrl,
  webSocketImpl: WebSocket,
  connectionParams: { authorization: `Bearer ${token}` },
});
const over = (signedInAs) =>
  new Client({
    url,
    preferGetMethod: false,
    fetchOptions: { headers: { authorization: `Bearer ${signedInAs}` } },
    exchanges: [
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: ({ query, variables }) => ({
          subscribe: (sink) => ({ unsubscribe: sockets.subscribe({ query, variables }, sink) }),
        }),
      }),
    ],
  });
const client = over(token);
const data = (result) => {
  if (result.error) throw result.error;
  return result.data;
};

await walk('urql', {
  query: async (query, variables) => data(await client.query(query, variables).toPromise()),
  mutate: async (mutation, variables) => data(await client.mutation(mutation, variables).toPromise()),
  subscribe: (query) =>
    pulled((next, error) => {
      const heard = client.subscription(query, {}).subscribe((result) =>
        result.error ? error(result.error) : next(result.data),
      );
      return () => heard.unsubscribe();
    }),
  refused: async (query) => {
    const { error } = await over('rnl_nobody').query(query, {}).toPromise();
    return error?.graphQLErrors[0]?.extensions.code ?? `${error}`;
  },
});
await sockets.dispose();
