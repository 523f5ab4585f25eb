// What every walk in the browser needs: the mails that a running register wrote into its folder, a browser, and axe.
//
// PAGES_URL, MAIL_FOLDER: the running register.

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import axe from 'axe-core';
import { chromium } from 'playwright-core';

export const origin = process.env.PAGES_URL.replace(/\/$/, '');

/// How long anything may take: a busy machine is slow, and only what never comes is a fault.
export const PATIENCE_MS = 120_000;

function unquoted(text) {
  const bytes = text
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

export function mails() {
  const folder = process.env.MAIL_FOLDER;
  return readdirSync(folder)
    .filter((name) => name.endsWith('.eml'))
    .map((name) => {
      const text = unquoted(readFileSync(join(folder, name), 'latin1'));
      return {
        name,
        to: text.match(/^To: <?([^\s>]+)/m)?.[1],
        link: text.match(/https?:\/\/\S+\/r\/[\w-]+/)?.[0],
        signIn: text.match(/https?:\/\/\S+\/sign-in\/[\w-]+/)?.[0],
      };
    });
}

export async function awaited(what, find) {
  const until = Date.now() + PATIENCE_MS;
  while (Date.now() < until) {
    const found = find();
    if (found) return found;
    await sleep(100);
  }
  throw new Error(`${what} did not come`);
}

/// A mail's link, where the register is reached here.
export const here = (link) => link.replace(/^https?:\/\/[^/]+/, origin);

/// Opens a page that must be there.
export async function open(page, url) {
  const answer = await page.goto(url);
  if (!answer.ok()) throw new Error(`${url} answered ${answer.status()}`);
}

/// Does what leads to another page, and waits until that is shown. The ear is there before the act.
export async function leads(page, act) {
  await Promise.all([page.waitForEvent('load'), act()]);
}

/// Chromium, for as long as something is done with it.
export async function withBrowser(does) {
  const profile = mkdtempSync(join(tmpdir(), 'rinnalla-chromium-'));
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    args: [
      '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update',
      '--disable-sync', `--disk-cache-dir=${profile}`,
    ],
  });
  try {
    await does(browser);
  } finally {
    await browser.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

/// What axe finds on a page as it is shown. The site's own pages run no scripts; the same page is shown once more where
/// axe may.
export async function examined(examiner, url, html) {
  await examiner.route(url, (route) => route.fulfill({ body: html, contentType: 'text/html; charset=utf-8' }));
  await examiner.goto(url);
  await examiner.unroute(url);
  await examiner.evaluate(axe.source);
  const { violations } = await examiner.evaluate(() =>
    window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }),
  );
  return violations.map(({ id, help, nodes }) => {
    const where = nodes.map((node) => `${node.target}: ${node.failureSummary}`).join('\n    ');
    return `${id}: ${help}\n    ${where}`;
  });
}

/// Tells the faults and how much was looked at, and ends.
export function told(seen, faults) {
  for (const fault of faults) console.error(fault);
  console.log(JSON.stringify({ ...seen, faults: faults.length }));
  process.exit(faults.length === 0 ? 0 : 1);
}
