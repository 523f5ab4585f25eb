// Prints every sheet in every language, as Chromium prints it to a file, and looks at what comes out: whole pages of A4,
// the words that must stand on them, nothing of the screen's bar, nothing beside the paper. On the screen axe looks at each.
//
// PAGES_URL, MAIL_FOLDER: the running register. SIGN_IN_AS: a professional's address, LEADER: a facilitator's, ANALYST: an
// analyst's, COORDINATOR: a coordinator's, GUIDE: a paid guide's. PRINTED: a folder for the files, if they are wanted.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PATIENCE_MS, awaited, examined, here, leads, mails, open, origin, told, withBrowser } from './register.mjs';

const folder = process.env.PRINTED;
if (folder) mkdirSync(folder, { recursive: true });

// What must stand on each sheet: in its own language, of the register and of the association's own words.
const WORDS = {
  agreement: {
    fi: ['Tukisuhteen sopimus', 'Tukihenkilö', 'Vaitiolo jatkuu', 'Allekirjoitus'],
    sv: ['Avtal om stödrelation', 'Stödperson', 'Tystnadsplikten fortsätter', 'Underskrift'],
    en: ['Support agreement', 'Support person', 'we tell nobody else', 'Signature'],
  },
  review: {
    fi: ['Väliarvion lomake', 'Mitä toivoisitte toisin?', 'Hävitä paperi'],
    sv: ['Mellanutvärderingens blankett', 'Vad skulle ni önska annorlunda?', 'Förstör papperet'],
    en: ['Review sheet', 'What would you wish to be different?', 'Destroy it'],
  },
  'hand-over': {
    fi: ['Saattaen siirtäminen', 'Tukihenkilön yhteystiedot', '@example.org', 'Olen itse mukana'],
    sv: ['Ledsagad överföring', 'Stödpersonens kontaktuppgifter', '@example.org', 'Jag är själv med'],
    en: ['Warm hand-over', 'contact details', '@example.org', 'I am there myself'],
  },
  certificate: {
    fi: ['Todistus', 'on suorittanut vertaisohjaajakoulutuksen', '8 kertaa, yhteensä 32 tuntia', 'kouluttaja'],
    sv: ['Intyg', 'har fullföljt utbildningen för kamratledare', '8 träffar, sammanlagt 32 timmar', 'utbildare'],
    en: ['Certificate', 'has completed the training for peer guides', '8 sessions, 32 hours in all', 'trainer'],
  },
  attendance: {
    fi: ['Läsnäololista', 'hävitä paperi'],
    sv: ['Närvarolista', 'förstör papperet'],
    en: ['Attendance list', 'destroy the paper'],
  },
  session: {
    fi: ['Läsnäololista', 'Osan aikaa'],
    sv: ['Närvarolista', 'En del av tiden'],
    en: ['Attendance list', 'For a part'],
  },
  door: {
    fi: ['Viikon ohjelma', 'Toiveet ja vastaukset', '12.00–16.00', 'Pöytä sai uuden kankaan.'],
    sv: ['Veckans program', 'Önskemål och svar', '12.00–16.00', 'Pöytä sai uuden kankaan.'],
    en: ['The week', 'Wishes and answers', '12:00–16:00', 'Pöytä sai uuden kankaan.'],
  },
};
WORDS['house-meeting'] = {
  fi: ['Talokokous', 'Asiat ja päätökset', 'Siivousvuorot ja avaimet', 'hävitä paperi'],
  sv: ['Husmöte', 'Ärenden och beslut', 'Siivousvuorot ja avaimet', 'förstör papperet'],
  en: ['House meeting', 'Matters and decisions', 'Siivousvuorot ja avaimet', 'destroy the paper'],
};
WORDS.quarter = {
  fi: ['Vertaistuki neljänneksittäin', 'Käynnissä olevat tukisuhteet', 'Mitä on laskettu', 'Lähde: vertaistuen rekisteri'],
  sv: ['Kamratstödet kvartal för kvartal', 'Pågående stödrelationer', 'Vad som har räknats', 'Källa: kamratstödets register'],
  en: ['Peer support by quarter', 'Support relationships under way', 'What is counted', 'Source: the register'],
};
WORDS.board = {
  fi: ['Toimintavuosi', 'Sisäinen: tarkat luvut', 'Luvut yhteensä', 'Jaottelut'],
  sv: ['Verksamhetsåret', 'Internt: exakta siffror', 'Siffrorna totalt', 'Indelningar'],
  en: ['The year’s activity', 'Internal: exact figures', 'Totals', 'Broken down'],
};
WORDS.grant = {
  fi: ['Avustuskohteen vuosi', 'Sisäinen: tarkat luvut', 'Vapaaehtoisten luokka', 'Käynnit kohtaamispaikoissa'],
  sv: ['Understödsobjektets år', 'Internt: exakta siffror', 'Klass för frivilliga', 'Besök på mötesplatser'],
  en: ['A grant target’s year', 'Internal: exact figures', 'Class of volunteers', 'Visits to drop-in places'],
};
WORDS['certificate-of-a-pseudonym'] = WORDS.certificate;
WORDS.blank = WORDS.agreement;
/// How many pages a sheet may have where that is more than one.
const PAGES = { quarter: 3, board: 2, grant: 2 };
/// How the demonstration calls whoever takes part under a pseudonym.
const PSEUDONYM = /-nimimerkki/;

/// A4 in points, and the pixels that it has between its edges on the screen.
const [WIDE, HIGH] = [595.3, 841.9];
const A4 = { width: 794, height: 1123 };

const faults = [];
let sheets = 0;
let pages = 0;

async function signIn(page, email) {
  await open(page, `${origin}/sign-in`);
  await page.fill('#email', email);
  await leads(page, () => page.click('main button.button'));
  const mail = await awaited('the mail with the link', () =>
    mails().find((it) => it.signIn && it.to === email),
  );
  await open(page, here(mail.signIn));
  await leads(page, () => page.click('main button.button'));
}

/// The address of the first link with such an end, on the first of some pages that has one.
async function linked(page, from, pattern) {
  for (const path of from) {
    await open(page, `${origin}${path}`);
    const hrefs = await page.locator('main a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    const found = hrefs.filter((href) => pattern.test(href ?? ''));
    if (found.length > 0) return found;
  }
  throw new Error(`no link like ${pattern} on ${from}`);
}

/// The certificates of one who took part under their name and of one under a pseudonym, and the lists of a course to come.
async function ofCourses(page) {
  const courses = await linked(page, ['/courses'], /^\/courses\/[\w-]{20,}$/);
  const found = {};
  for (const path of courses) {
    await open(page, `${origin}${path}`);
    const rows = await page.locator('main li').evaluateAll((items) =>
      items.map((item) => [item.textContent, item.querySelector('a[href$="/certificate"]')?.getAttribute('href')]),
    );
    for (const [text, href] of rows.filter(([, href]) => href)) {
      found[PSEUDONYM.test(text) ? 'certificate-of-a-pseudonym' : 'certificate'] ??= href;
    }
    const [session] = await page
      .locator('main a[href$="/sheet"]')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    if (session) Object.assign(found, { session, attendance: `${path}/attendance-sheet` });
  }
  return found;
}

/// The first agreement on which everything stands that was agreed.
async function filledIn(page, paths) {
  for (const path of paths) {
    await open(page, `${origin}${path}`);
    if ((await page.locator('h1').count()) === 1 && (await page.locator('.told').count()) === 6) return path;
  }
  throw new Error(`no agreement is recorded on ${paths}`);
}

async function print(page, examiner, kind, path, language) {
  const name = `${kind} in ${language}`;
  await open(page, `${origin}${path}${kind === 'blank' ? '' : `?in=${language}`}`);
  const violations = await examined(examiner, page.url(), await page.content());
  faults.push(...violations.map((violation) => `${name}: ${violation}`));
  await page.setViewportSize({ width: 320, height: 740 });
  const narrow = await page.evaluate(() => document.documentElement.scrollWidth);
  if (narrow > 320) faults.push(`${name}: ${narrow} pixels wide at 320`);

  await page.setViewportSize(A4);
  await page.emulateMedia({ media: 'print' });
  const text = await page.locator('body').innerText();
  for (const word of WORDS[kind][language]) {
    if (!text.includes(word)) faults.push(`${name}: „${word}“ is not printed`);
  }
  if (PSEUDONYM.test(text)) faults.push(`${name}: a pseudonym is printed`);
  if (/Ctrl \+ P/.test(text)) faults.push(`${name}: the bar is printed`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  if (wide > A4.width) faults.push(`${name}: ${wide} pixels wide on paper of ${A4.width}`);
  const printed = await page.pdf({ preferCSSPageSize: true });
  await page.emulateMedia({ media: 'screen' });

  const inside = printed.toString('latin1');
  const boxes = [...inside.matchAll(/\/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]/g)];
  const isA4 = ([, w, h]) => Math.abs(w - WIDE) < 1 && Math.abs(h - HIGH) < 1;
  const count = [...inside.matchAll(/\/Type\s*\/Page\b(?!s)/g)].length;
  if (boxes.length === 0 || !boxes.every(isA4)) faults.push(`${name}: pages of ${boxes.map((box) => box[0])}`);
  if (count < 1 || count > (PAGES[kind] ?? 1)) faults.push(`${name}: ${count} pages`);
  if (folder) writeFileSync(join(folder, `${kind}.${language}.pdf`), printed);
  sheets += 1;
  pages += count;
}

await withBrowser(async (browser) => {
  const context = await browser.newContext({ locale: 'fi', viewport: A4, javaScriptEnabled: false });
  const examining = await browser.newContext({ locale: 'fi', viewport: A4, bypassCSP: true });
  context.on('request', (request) => {
    if (!request.url().startsWith(`${origin}/`)) faults.push(`a foreign request: ${request.url()}`);
  });
  for (const it of [context, examining]) it.setDefaultTimeout(PATIENCE_MS);
  const [page, examiner] = [await context.newPage(), await examining.newPage()];
  await signIn(page, process.env.SIGN_IN_AS);
  const relationships = await linked(page, ['/relationships'], /^\/relationships\/[\w-]+$/);
  const reviews = await linked(page, ['/'], /^\/reviews\/[\w-]+$/);
  const agreement = await filledIn(page, relationships.map((path) => `${path}/agreement-sheet`));
  const [handOver] = await linked(page, relationships, /\/hand-over-sheet$/);
  const [review] = await linked(page, reviews, /\/sheet$/);
  const blanks = await linked(page, ['/paper'], /^\/paper\/agreement\//);
  await open(page, `${origin}/paper`);
  const violations = await examined(examiner, page.url(), await page.content());
  faults.push(...violations.map((violation) => `the printouts: ${violation}`));
  for (const language of ['fi', 'sv', 'en']) {
    await print(page, examiner, 'agreement', agreement, language);
    await print(page, examiner, 'review', review, language);
    await print(page, examiner, 'hand-over', handOver, language);
  }
  for (const path of blanks) {
    await open(page, `${origin}${path}`);
    await print(page, examiner, 'blank', path, await page.locator('main').getAttribute('lang'));
  }
  await open(page, `${origin}/`);
  await leads(page, () => page.click('.ways button'));
  await signIn(page, process.env.LEADER);
  const courses = await ofCourses(page);
  for (const kind of ['certificate', 'certificate-of-a-pseudonym', 'attendance', 'session']) {
    for (const language of ['fi', 'sv', 'en']) await print(page, examiner, kind, courses[kind], language);
  }
  await open(page, `${origin}/`);
  await leads(page, () => page.click('.ways button'));
  await signIn(page, process.env.ANALYST);
  const [quarter] = await linked(page, ['/figures'], /^\/figures\/quarters\//);
  for (const language of ['fi', 'sv', 'en']) await print(page, examiner, 'quarter', quarter, language);
  await open(page, `${origin}/`);
  await leads(page, () => page.click('.ways button'));
  await signIn(page, process.env.COORDINATOR);
  const [board] = await linked(page, ['/figures'], /^\/figures\/own\//);
  const own = board.split('?')[0];
  const [grant] = await linked(page, ['/figures'], /^\/figures\/grants\//);
  const sheet = grant.split('?')[0];
  for (const language of ['fi', 'sv', 'en']) {
    await print(page, examiner, 'board', own, language);
    await print(page, examiner, 'grant', sheet, language);
  }
  await open(page, `${origin}/`);
  await leads(page, () => page.click('.ways button'));
  await signIn(page, process.env.GUIDE);
  const [door] = await linked(page, ['/evenings'], /\/door$/);
  const [meetings] = await linked(page, ['/evenings'], /\/meetings$/);
  const held = (await linked(page, [meetings], /^\/house-meetings\//)).at(-1);
  for (const language of ['fi', 'sv', 'en']) {
    await print(page, examiner, 'door', door, language);
    await print(page, examiner, 'house-meeting', `${held}/sheet`, language);
  }
});

told({ sheets, pages }, faults);
