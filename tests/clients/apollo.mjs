// Apollo Client over HTTP and graphql-transport-ws.
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache, gql } from '@apollo/client';
import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { OperationTypeNode } from 'graphql';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { pulled, socketUrl, token, url, walk } from './register.mjs';

const sockets = createClient({
  url: socketUrl,
  webSocketImpl: WebSocket,
  connectionParams: { authorization: `Bearer ${token}` },
});
const over = (signedInAs) =>
  new ApolloClient({
    cache: new InMemoryCache(),
    link: ApolloLink.split(
      ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
      new GraphQLWsLink(sockets),
      new HttpLink({ uri: url, headers: { authorization: `Bearer ${signedInAs}` } }),
    ),
  });
const client = over(token);

await walk('Apollo Client', {
  query: async (query, variables) =>
    (await client.query({ query: gql(query), variables, fetchPolicy: 'network-only' })).data,
  mutate: async (mutation, variables) => (await client.mutate({ mutation: gql(mutation), variables })).data,
  subscribe: (query) =>
    pulled((next, error) => {
      const of = client.subscribe({ query: gql(query) });
      const heard = of.subscribe({ next: (result) => (result.error ? error(result.error) : next(result.data)), error });
      return () => heard.unsubscribe();
    }),
  refused: async (query) => {
    try {
      await over('rnl_nobody').query({ query: gql(query) });
      return 'nothing was refused';
    } catch (error) {
      if (CombinedGraphQLErrors.is(error)) return error.errors[0].extensions.code;
      if (ServerError.is(error)) return JSON.parse(error.bodyText).errors[0].extensions.code;
      throw error;
    }
  },
});
await sockets.dispose();
