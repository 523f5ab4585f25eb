// Every audit of npm's graphql-http, against a register that runs. Prints `N of M audits pass`; those that do not, above.
import { serverAudits } from 'graphql-http';
import { token, url } from './register.mjs';

const audits = serverAudits({
  url,
  fetchFn: (to, init = {}) =>
    fetch(to, { ...init, headers: { ...init.headers, authorization: `Bearer ${token}` } }),
});
let passed = 0;
for (const audit of audits) {
  const result = await audit.fn();
  if (result.status === 'ok') {
    passed += 1;
  } else {
    console.log(`${result.status} ${audit.id} ${audit.name}: ${result.reason}`);
  }
}
console.log(`${passed} of ${audits.length} audits pass`);
