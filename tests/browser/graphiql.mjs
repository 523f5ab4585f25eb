// GraphiQL, as somebody uses it who writes a program: a token typed under Headers, a question asked, an answer read. Every
// request that leads elsewhere is a fault, and so is whatever the page's policy forbids.
//
// PAGES_URL: the running register. TOKEN: somebody's access token. PICTURE: a file for a screenshot, if one is wanted.

import { PATIENCE_MS, origin, told, withBrowser } from './register.mjs';

const faults = [];
let requests = 0;
let answer = '';

await withBrowser(async (browser) => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const isOurs = (url) => url.startsWith(`${origin}/`) || /^(data|blob):/.test(url);
  context.on('request', (request) => {
    requests += 1;
    if (!isOurs(request.url())) faults.push(`a foreign request: ${request.url()}`);
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  page.on('websocket', (socket) => {
    if (!socket.url().startsWith(origin.replace('http', 'ws'))) faults.push(`a foreign socket: ${socket.url()}`);
  });
  page.on('pageerror', (error) => faults.push(`the page failed: ${error.message}`));
  page.on('console', (line) => {
    if (line.type() === 'error') faults.push(`the page says: ${line.text()}`);
  });
  try {
    await page.goto(`${origin}/graphiql`);
    const write = async (editor, text) => {
      await page.locator(`${editor} .monaco-editor:visible`).first().click();
      await page.keyboard.press('Control+A');
      await page.keyboard.press('Delete');
    await page.keyboard.type(text);
    };
    await page.locator('.graphiql-query-editor .monaco-editor').first().waitFor();
    await page.getByRole('button', { name: 'Headers', exact: true }).click();
    await write('.graphiql-editor-tool', `{ "Authorization": "Bearer ${process.env.TOKEN}" }`);
    await write('.graphiql-query-editor', '{ me { person { name } } }');
    await page.getByRole('button', { name: /Execute query/ }).click();
    await page.locator('.result-window').getByText('person').first().waitFor();
    answer = await page.locator('.result-window').innerText();
    // The schema was read, too, and is shown beside the question.
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    await page.getByRole('link', { name: 'Mutation' }).or(page.getByText('Mutation', { exact: true })).first().waitFor();
    const kept = await page.evaluate(() => JSON.stringify([localStorage, sessionStorage, document.cookie]));
    if (kept.includes(process.env.TOKEN)) faults.push('the token is kept in the browser');
    if (kept !== '[{},{},""]') faults.push(`the browser keeps ${kept.length} characters`);
  } catch (fault) {
    faults.push(`stuck: ${fault.message}`, await page.locator('body').innerText());
  }
  if (process.env.PICTURE) await page.screenshot({ path: process.env.PICTURE });
});

told({ requests, answer }, faults);
