// Walks through the pages as somebody does who got a mail: from its link through sign-in to the recorded review, in
// Chromium with scripts off, at 320 pixels, in three languages, in light and dark. Every page that is shown is looked
// at by axe and measured; every request that leads elsewhere is a fault.
//
// PAGES_URL, MAIL_FOLDER: the running register. PICTURES: a folder for screenshots, if they are wanted.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { recordByKeyboard } from './keyboard.mjs';
import { PATIENCE_MS, awaited, examined, here, leads, mails, open, origin, told, withBrowser } from './register.mjs';

const pictures = process.env.PICTURES;
if (pictures) mkdirSync(pictures, { recursive: true });

const LANGUAGES = ['fi', 'sv', 'en'];
const DONE = {
  fi: 'Väliarvio on kirjattu',
  sv: 'Mellanutvärderingen är antecknad',
  en: 'The review has been recorded',
};
const NARROW = { width: 320, height: 740 };
/// The first byte of the opaque id of an organisation, of a review, and of a course's session.
const ORGANISATION = 1;
const REVIEW = 18;
const COURSE_SESSION = 37;

const faults = [];
let pagesSeen = 0;
/// The page that is walked on, for telling where the walk got stuck.
let walkedOn;

/// Not every mail is about a review: the weekly digest leads to the list.
function isOf(kind, link) {
  return Buffer.from(link.split('/r/')[1], 'base64url')[0] === kind;
}

/// Looks at what is shown now: in light and dark, by axe and by its width.
async function look(visitor, name) {
  pagesSeen += 1;
  const { page, language, examiner } = visitor;
  const html = await page.content();
  const url = page.url();
  for (const scheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme: scheme });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    const size = page.viewportSize();
    if (wide > size.width) faults.push(`${name} in ${language}: ${wide} pixels wide at ${size.width}`);
    if (pictures) {
      const file = join(pictures, `${name}.${language}.${scheme}.${size.width}.png`);
      await page.screenshot({ path: file, fullPage: true });
    }
    await examiner.emulateMedia({ colorScheme: scheme });
    await examiner.setViewportSize(size);
    const violations = await examined(examiner, url, html);
    faults.push(...violations.map((violation) => `${name} in ${language}, ${scheme}: ${violation}`));
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

/// Looks at the page of everything that waits, one of each kind.
async function lookAtAll(visitor) {
  const { page } = visitor;
  await open(page, `${origin}/`);
  const links = page.locator('.card a.button');
  const ways = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href')));
  const seen = new Set(['reviews']);
  for (const way of ways) {
    const named = (path) => path.split('/').filter((part) => part && part.length !== 23).join('-');
    if (seen.has(named(way))) continue;
    seen.add(named(way));
    await open(page, `${origin}${way}`);
    await look(visitor, named(new URL(page.url()).pathname));
  }
  return seen.size;
}

/// Somebody with a browser of their own, in which nobody is signed in yet.
async function somebody(browser, language, viewport) {
  const settings = { locale: language, viewport, reducedMotion: 'reduce' };
  const context = await browser.newContext({ ...settings, javaScriptEnabled: false });
  const examining = await browser.newContext({ ...settings, bypassCSP: true });
  context.on('request', (request) => {
    if (!request.url().startsWith(`${origin}/`)) faults.push(`a foreign request: ${request.url()}`);
  });
  for (const it of [context, examining]) it.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  walkedOn = page;
  const visitor = { page, context, examining, language, examiner: await examining.newPage() };
  visitor.press = async (name) => {
    await leads(page, () => page.locator('main button.button').first().click());
    await look(visitor, name);
  };
  return visitor;
}

/// From a mail's link through the sign-in to what it leads to, which is called `first`.
async function visit(browser, language, mail, viewport, first) {
  const visitor = await somebody(browser, language, viewport);
  const { page, context } = visitor;

  // The mail's link: nobody is signed in yet, so a page of ours goes on to the sign-in by itself.
  await open(page, here(mail.link));
  await page.waitForURL(/\/sign-in\?to=/);
  await open(page, `${origin}/language/${language}?to=/sign-in`);
  await open(page, `${origin}/sign-in?to=${new URL(mail.link).pathname}`);
  await look(visitor, 'sign-in');

  await page.keyboard.press('Tab');
  const skip = await page.evaluate(() => document.activeElement.className);
  if (skip !== 'skip') faults.push(`sign-in in ${language}: the first stop is ${skip}, not the way to the content`);

  await page.fill('#email', 'kaisa');
  await visitor.press('sign-in-wrong');
  if ((await page.inputValue('#email')) !== 'kaisa') faults.push('what was typed is lost');

  const before = new Set(mails().map((it) => it.name));
  await page.fill('#email', mail.to);
  await visitor.press('link-sent');
  const sent = await awaited('the mail with the link', () =>
    mails().find((it) => it.signIn && it.to === mail.to && !before.has(it.name)),
  );
  const cookies = await context.cookies();
  const strict = cookies.every((it) => it.secure && it.httpOnly && it.sameSite === 'Strict');
  if (cookies.length === 0 || !strict) faults.push(`cookies: ${JSON.stringify(cookies)}`);

  await open(page, here(sent.signIn));
  await look(visitor, 'door');
  await visitor.press(first);
  return visitor;
}

async function record(visitor) {
  const { page, language } = visitor;
  if (!page.url().includes('/reviews/')) faults.push(`sign-in led to ${page.url()}`);
  await leads(page, () => page.click('a[href$="/held"]'));
  await look(visitor, 'held');
  await page.fill('#heldOn', '31.2.2026');
  await page.check('input[name=progress][value=WELL]');
  await visitor.press('held-wrong');
  if ((await page.inputValue('#heldOn')) !== '31.2.2026') faults.push('the day that was typed is lost');
  if (!(await page.isChecked('input[name=progress][value=WELL]'))) faults.push('what was chosen is lost');

  await page.fill('#heldOn', new Date(visitor.today).toISOString().slice(0, 10));
  await page.check('input[name=channel][value=IN_PERSON]');
  await page.check('input[name=outcome][value=CONTINUE]');
  await visitor.press('waiting');
  const done = await page.locator('.done').textContent();
  if (!done.includes(DONE[language])) faults.push(`after the act in ${language}: ${done}`);
  await lookAtAll(visitor);
  await open(page, `${origin}/sessions`);
  await look(visitor, 'sessions');
  await leads(page, () => page.click('a[href^="/people/"]'));
  await look(visitor, 'details');
  await leads(page, () => page.click('a[href="/own-notices"]'));
  await look(visitor, 'own-notices');
  await page.uncheck('input[name=kinds][value=REVIEW_NUDGE]');
  await visitor.press('own-notices-saved');
  await open(page, `${origin}/own-notices`);
  if (await page.isChecked('input[name=kinds][value=REVIEW_NUDGE]')) faults.push('the choice of reminders is lost');
  await open(page, `${origin}/`);
  await leads(page, () => page.click('a[href="/referrals/new"]'));
  await look(visitor, 'referrals-new');
  await page.check('input[name=background][value=NEXT_OF_KIN]');
  await page.selectOption('#countyCode', '');
  await visitor.press('referrals-new-wrong');
  if (!(await page.isChecked('input[name=background][value=NEXT_OF_KIN]'))) faults.push('what was chosen is lost');
  await page.goto(`${origin}/nowhere`);
  await look(visitor, 'not-found');

  // From another site, as a web mail is: the strict cookie does not come along, and the page goes on by itself.
  await page.route('https://webmail.example.org/', (route) =>
    route.fulfill({ body: `<a href="${visitor.link}">link</a>`, contentType: 'text/html' }),
  );
  visitor.context.removeAllListeners('request');
  await page.goto('https://webmail.example.org/');
  await page.click('a');
  await page.waitForURL(/\/reviews\//);
  await leads(page, () => page.click('.ways button'));
  await open(page, `${origin}/`);
  if (!page.url().endsWith('/sign-in')) faults.push(`after signing out: ${page.url()}`);
}

/// What anybody finds who is not signed in: the directory, a drop-in place, and its wish box.
async function lookAround(visitor) {
  const { page, language } = visitor;
  await open(page, `${origin}/language/${language}?to=/sign-in`);
  await leads(page, () => page.click('a[href="/directory"]'));
  await look(visitor, 'directory');
  await page.selectOption('#county', '05');
  await visitor.press('directory-listed');
  if ((await page.locator('.card').count()) === 0) faults.push(`nobody is listed in the directory, in ${language}`);
  await open(page, `${origin}/places/kulma`);
  await look(visitor, 'place');
  await leads(page, () => page.click('a[href="/wishes/kulma"]'));
  await look(visitor, 'wishes');
  await page.check('input[name=area][value="3"]');
  await visitor.press('wishes-wrong');
  if (!(await page.isChecked('input[name=area][value="3"]'))) faults.push('the area of the wish is lost');
  await page.fill('#text', 'Lautapelejä');
  await visitor.press('wishes-sent');
  if (!(await page.locator('.done').isVisible())) faults.push(`nothing says that the wish was taken, in ${language}`);
}

/// A survey by its code: a wrong code, nothing answered, and an answer.
async function survey(visitor, code) {
  const { page, language } = visitor;
  await open(page, `${origin}/language/${language}?to=/surveys`);
  await look(visitor, 'survey-code');
  await page.fill('#code', '2222-2222');
  await visitor.press('survey-code-wrong');
  if ((await page.inputValue('#code')) !== '2222-2222') faults.push('the code that was typed is lost');
  await page.fill('#code', code);
  await visitor.press('survey');
  await visitor.press('survey-wrong');
  await page.check('input[name=s1][value="4"]');
  await page.check('input[name=s10][value="2"]');
  await visitor.press('survey-sent');
  if (!(await page.locator('.done').isVisible())) faults.push(`nothing says that the answer was taken, in ${language}`);
}

/// An evening of a drop-in place on a phone, a wish that is answered, and the sheet for the door.
async function evening(visitor) {
  const { page, language } = visitor;
  const follow = async (selector, name) => {
    await leads(page, () => page.locator(`main ${selector}`).first().click());
    await look(visitor, name);
  };
  await open(page, `${origin}/`);
  await follow('a[href="/evenings"]', 'evenings');
  await follow('.card a', 'evening');
  if (await page.locator('button[value=open]').isVisible()) await follow('button[value=open]', 'evening-opened');
  const before = await page.locator('.facts dd').first().innerText();
  await follow('button[value=visit]', 'evening-tapped');
  const after = await page.locator('.facts dd').first().innerText();
  if (Number(after) !== Number(before) + 1) faults.push(`a visit more makes ${after} of ${before}, in ${language}`);
  const tonight = page.url();
  await follow('a[href$="/door"]', 'door-sheet');
  await open(page, tonight);
  await follow('a[href$="/meetings"]', 'house-meetings');
  await talkOver(visitor, follow);
  await open(page, tonight);
  await follow('a[href$="/wishes"]', 'evening-wishes');
  // There is one wish that waits: it is answered in the last language.
  await follow('.card a', 'wish-answer');
  await page.locator('input[name=status][value=NOT_POSSIBLE]').check();
  await visitor.press('wish-answer-wrong');
  if (!(await page.isChecked('input[name=status][value=NOT_POSSIBLE]'))) faults.push('the state of the wish is lost');
  if (language !== LANGUAGES.at(-1)) return;
  await page.fill('#answer', 'Kahvia on jo niin paljon kuin pannuun mahtuu.');
  await visitor.press('wish-answered');
}

/// A house meeting: planned with a wish that waits, called off nearly, printed, and what was decided recorded.
async function talkOver(visitor, follow) {
  const { page, language } = visitor;
  await follow('a[href$="/meetings/new"]', 'house-meeting-plan');
  await page.fill('#on', '31.2.2026');
  await visitor.press('house-meeting-plan-wrong');
  if ((await page.inputValue('#on')) !== '31.2.2026') faults.push('the day of the meeting is lost');
  await page.fill('#on', process.env.TODAY);
  await page.locator('input[name=wishIds]').first().check();
  await page.fill('#topics', 'Siivousvuorot\nJoulun ajan aukiolo');
  await visitor.press('house-meeting');
  const meeting = page.url().split('?')[0];
  for (const way of ['edit', 'cancel', 'sheet']) {
    await follow(`a[href$="/${way}"]`, `house-meeting-${way}`);
    await open(page, meeting);
  }
  await follow('a[href$="/record"]', 'house-meeting-record');
  await page.fill('#heads', 'monta');
  await page.fill('#decision2', 'Vuorot ovat ovessa, kuka tahansa saa ottaa yhden.');
  await page.check('#answers1');
  await visitor.press('house-meeting-record-wrong');
  if ((await page.inputValue('#heads')) !== 'monta') faults.push('how many came is lost');
  if (!(await page.isChecked('#answers1'))) faults.push('what was ticked is lost');
  await page.fill('#heads', '12');
  await page.uncheck('#answers1');
  await visitor.press('house-meeting-recorded');
  if (!(await page.locator('.done').isVisible())) faults.push(`nothing says that the decisions were taken, in ${language}`);
  await follow('a[href$="/edit"]', 'house-meeting-edit-held');
}

/// What a supervisor sees: who asks to be contacted, the own sessions, and who was there at one.
async function supervise(visitor) {
  const { page } = visitor;
  await look(visitor, 'supervisor-front');
  await leads(page, () => page.locator('main a[href="/supervision/contact-requests"]').click());
  await look(visitor, 'contact-requests');
  await leads(page, () => page.locator('main .card a').first().click());
  await look(visitor, 'contact-request-take');
  await visitor.press('contact-request-taken');
  await leads(page, () => page.locator('main .card a[href$="/wait"]').first().click());
  await look(visitor, 'contact-request-wait');
  await visitor.press('contact-request-waits');
  await open(page, `${origin}/supervision`);
  await look(visitor, 'supervision');
  const record = page.locator('main .card a').first();
  await leads(page, () => record.click());
  await look(visitor, 'supervision-record');
  await page.fill('#minutes', '0');
  await visitor.press('supervision-record-wrong');
}

/// The way to be contacted, the own invitations to supervision, and the answer to one.
async function beSupervised(visitor) {
  const { page, language } = visitor;
  await leads(page, () => page.click('main a[href="/contact-requests"]'));
  await look(visitor, 'contact-me');
  await leads(page, () => page.click('main a[href="/contact-requests/new"]'));
  await look(visitor, 'contact-request-new');
  await visitor.press('contact-request-sent');
  await leads(page, () => page.locator('main .card a').first().click());
  await look(visitor, 'contact-request-back');
  // The one of the last language waits: a supervisor finds it.
  if (language !== LANGUAGES.at(-1)) await visitor.press('contact-request-taken-back');
  await open(page, `${origin}/invitations`);
  await look(visitor, 'invitations');
  await leads(page, () => page.locator('main .card a').first().click());
  await look(visitor, 'invitation');
  await page.check('input[name=answer][value=COMING]');
  await visitor.press('invitation-answered');
  if (!(await page.locator('.done').isVisible())) faults.push('nothing says that the answer was taken');
}

/// What a peer sees: the own invitations, and tonight's meeting of the group that one leads, which stands first.
async function lead(visitor) {
  const { page } = visitor;
  await beSupervised(visitor);
  await open(page, `${origin}/groups`);
  await look(visitor, 'groups-led');
  await leads(page, () => page.locator('main a.button').first().click());
  await look(visitor, 'group-meeting-led');
  await page.fill('#heads', '7');
  await visitor.press('group-led');
  if (!(await page.locator('.done').isVisible())) faults.push('nothing says that the meeting was recorded');
}

/// Tonight's session of a course: whoever leads it taps who is here.
async function tap(visitor) {
  const { page } = visitor;
  const groups = await page.locator('fieldset').all();
  if (groups.length === 0) faults.push('nobody takes part in the session');
  for (const group of groups) await group.locator('input[value=PRESENT]').check();
  await visitor.press('attendance-saved');
  const done = await page.locator('.done').textContent();
  if (!done.includes('Läsnäolot on tallennettu')) faults.push(`after tapping: ${done}`);
}

/// What a coordinator keeps beside relationships: each list, each form, one form sent with a fault and one sent whole.
async function keep(visitor) {
  const { page, language } = visitor;
  const to = async (path, name) => {
    await open(page, `${origin}${path}`);
    await look(visitor, name);
  };
  const follow = async (selector, name) => {
    await leads(page, () => page.locator(`main ${selector}`).first().click());
    await look(visitor, name);
  };
  await to('/courses', 'courses');
  await follow('a[href="/curricula"]', 'curricula');
  await follow('a[href="/curricula/new"]', 'curriculum-new');
  await page.fill('#name', 'Vertaisohjaajakurssi');
  await page.fill('#theme1', 'Kuka olen');
  await visitor.press('curriculum-new-wrong');
  if ((await page.inputValue('#theme1')) !== 'Kuka olen') faults.push('the theme is lost');
  for (let no = 2; no <= 8; no += 1) await page.fill(`#theme${no}`, `Aihe ${no}`);
  await visitor.press('curriculum');
  await follow('a[href$="/edit"]', 'curriculum-edit');
  await page.fill('#methods1', 'Keskustelu');
  await visitor.press('curriculum-edited');
  await follow('a[href$="/workshop"]', 'workshop-add');
  await page.fill('#professionals', '0');
  await page.fill('#developers', '0');
  await page.fill('#changed', 'Lisättiin retki');
  await visitor.press('workshop-add-wrong');
  if ((await page.inputValue('#changed')) !== 'Lisättiin retki') faults.push('what was changed is lost');
  await page.fill('#professionals', '2');
  await page.fill('#developers', '5');
  await visitor.press('workshop-added');
  await follow('a[href$="/workshop-cancel"]', 'workshop-cancel');
  await to('/courses', 'courses-again');
  await follow('a[href="/courses/new"]', 'course-plan');
  await page.fill('#name', 'Kevään kurssi');
  await page.fill('#startsOn', '31.2.2027');
  await visitor.press('course-plan-wrong');
  if ((await page.inputValue('#name')) !== 'Kevään kurssi') faults.push('the course’s name is lost');
  await page.fill('#startsOn', '29.4.2027');
  await visitor.press('course-plan-looked-at');
  const days = await page.locator('.facts').innerText();
  if (!/6(\.5\.| May )2027/.test(days)) faults.push(`Ascension Day 2027 is not told of: ${days}`);
  await visitor.press('course-planned');
  await follow('a[href$="/curriculum"]', 'course-curriculum');
  await page.selectOption('#curriculumId', { index: 1 });
  await visitor.press('course-follows');
  await follow('a[href$="/leader"]', 'course-leader');
  await visitor.press('course-leader-wrong');
  await page.selectOption('#personId', { index: 1 });
  // Whoever may lead at all may assist.
  await page.check('input[name=kind][value=ASSISTANT]');
  await visitor.press('course-led');
  await follow('a[href$="/open"]', 'course-open');
  await visitor.press('course-opened');
  await follow('a[href$="/enrol"]', 'course-enrol');
  await visitor.press('course-enrol-wrong');
  await page.fill('#name', 'Kuutamo');
  await visitor.press('course-enrolled');
  await follow('a[href$="/move"]', 'session-move');
  await page.fill('#on', '30.4.2027');
  await visitor.press('session-moved');
  await follow('a[href$="/cancel"]', 'session-cancel');
  await visitor.press('session-cancelled');
  await follow('a[href$="/move"]', 'session-make-up');

  await to('/trainings', 'trainings');
  await follow('a[href="/trainings/attest"]', 'training-attest');
  await to('/trainings/new', 'training-plan');
  await to('/trainings', 'trainings-again');
  await follow('.card a', 'training');
  await follow('a[href$="/add"]', 'training-add');
  await page.selectOption('#supportPersonId', { index: 1 });
  await visitor.press('training-added');
  await follow('a[href$="/first"]', 'training-first');
  await page.locator('input[name=marks]').last().check();
  await visitor.press('training-recorded');

  await to('/experts', 'experts');
  await follow('a[href$="/assign"]', 'expert-assign');
  await page.fill('#workingTimePct', '101');
  await page.fill('#place', 'Palvelutori');
  await visitor.press('expert-assign-wrong');
  if ((await page.inputValue('#place')) !== 'Palvelutori') faults.push('the place is lost');
  await page.selectOption('#task', 'CLIENT_WORK');
  for (const name of ['hostId', 'compensation', 'employment']) await page.locator(`input[name=${name}]`).first().check();
  await page.fill('#workingTimePct', '20');
  await visitor.press('expert-assigned');
  await to('/experts', 'experts-again');
  await follow('.card li:last-child a', 'expert-consent');

  await to('/experts', 'experts-with-work');
  await follow('a[href^="/assignments/"]', 'assignment-edit');
  await page.fill('#toOn', '1.1.1999');
  await visitor.press('assignment-edit-wrong');
  await page.fill('#toOn', '31.12.2026');
  await visitor.press('assignment-ended');
  await follow('a[href^="/assignments/"]', 'assignment-edit-again');
  await follow('a[href$="/cancel"]', 'assignment-cancel');
  await to('/experts/cohorts', 'cohorts');
  await follow('a[href="/experts/cohorts/new"]', 'cohort-new');
  await page.fill('#name', 'Syksyn ryhmä');
  await page.fill('#startsOn', '1.9.2026');
  await page.fill('#endsOn', '31.8.2026');
  await page.locator('input[name=trainerId]').first().check();
  await visitor.press('cohort-new-wrong');
  if ((await page.inputValue('#name')) !== 'Syksyn ryhmä') faults.push('the cohort’s name is lost');
  await page.fill('#endsOn', '31.5.2027');
  await visitor.press('cohort-added');
  await follow('.card a', 'cohort-edit');
  await to('/experts/new', 'expert-new');
  await visitor.press('expert-new-wrong');
  await to('/expenses/limits', 'expense-limits');

  await to('/expenses', 'expenses');
  await follow('a[href="/expenses/new"]', 'expense');
  await page.selectOption('#personId', { index: 1 });
  await page.check('input[name=kind][value=LODGING]');
  await page.fill('#cents', 'paljon');
  await visitor.press('expense-wrong');
  if ((await page.inputValue('#cents')) !== 'paljon') faults.push('the sum is lost');
  await page.fill('#cents', '89,00');
  await visitor.press('expense-recorded');
  if (!(await page.locator('.done').isVisible())) faults.push(`nothing says that it was recorded, in ${language}`);
}

/// Peer groups: tonight's meeting recorded and taken back, a group changed, added and removed; and a talk that is counted.
async function meet(visitor) {
  const { page, language } = visitor;
  const follow = async (selector, name) => {
    await leads(page, () => page.locator(`main ${selector}`).first().click());
    await look(visitor, name);
  };
  await open(page, `${origin}/`);
  await follow('a[href="/groups"]', 'groups');
  await follow('.card a[href$="/meeting"]', 'group-meeting');
  await page.fill('#heads', '3');
  await page.fill('#firstTimers', '4');
  await visitor.press('group-meeting-wrong');
  if ((await page.inputValue('#heads')) !== '3') faults.push('how many came is lost');
  await page.fill('#firstTimers', '1');
  await visitor.press('group');
  if (!(await page.locator('.done').isVisible())) faults.push(`nothing says that the meeting was recorded, in ${language}`);
  await follow('.card a[href$="/cancel"]', 'group-meeting-cancel');
  await visitor.press('group-meeting-cancelled');
  await follow('a[href$="/edit"]', 'group-edit');
  await visitor.press('group-edited');
  await open(page, `${origin}/groups`);
  await follow('a[href="/groups/new"]', 'group-new');
  await page.fill('#name', 'Sisarusten ryhmä');
  await visitor.press('group-new-wrong');
  if ((await page.inputValue('#name')) !== 'Sisarusten ryhmä') faults.push('the group’s name is lost');
  await page.check('input[name=kind][value=SELF_HELP]');
  await page.check('input[name=audiences][value=SIBLINGS]');
  await page.fill('#from', '1.12.2026');
  await visitor.press('group-added');
  await follow('a[href$="/cancel"]', 'group-cancel');
  await visitor.press('group-cancelled');
  await follow('a[href="/encounters/new"]', 'encounter-new');
  await page.check('input[name=kind][value=MOTIVATION_TALK]');
  await visitor.press('encounter-new-wrong');
  if (!(await page.isChecked('input[name=kind][value=MOTIVATION_TALK]'))) faults.push('the kind of talk is lost');
  await page.check('input[name=phase][value=BEFORE_REHAB]');
  await visitor.press('encounters');
  await follow('.card a[href$="/cancel"]', 'encounter-cancel');
  await visitor.press('encounter-cancelled');
}

/// Work for influence: recorded, its outcome told, taken back; and a grant target with what belongs to it.
async function influence(visitor) {
  const { page, language } = visitor;
  const follow = async (selector, name) => {
    await leads(page, () => page.locator(`main ${selector}`).first().click());
    await look(visitor, name);
  };
  await open(page, `${origin}/`);
  await follow('a[href="/influence"]', 'influence');
  await follow('a[href="/influence/new"]', 'influence-new');
  await page.check('input[name=kind][value=HEARING]');
  await page.fill('#title', 'Päihdepalvelujen kilpailutus');
  await page.fill('#on', '31.2.2026');
  await visitor.press('influence-new-wrong');
  if ((await page.inputValue('#title')) !== 'Päihdepalvelujen kilpailutus') faults.push('the matter is lost');
  await page.fill('#body', 'Hyvinvointialueen lautakunta');
  await page.fill('#on', '20.11.2026');
  await visitor.press('influence-recorded');
  await follow('.card a[href$="/news"]', 'influence-news');
  await visitor.press('influence-news-wrong');
  await page.check('input[name=outcome][value=PARTLY_ACCEPTED]');
  await page.fill('#outcomeTold', 'Vertaistuki otettiin hankintaan.');
  await visitor.press('influence-told');
  if (!(await page.locator('.done').isVisible())) faults.push(`nothing says that the outcome was taken, in ${language}`);
  await follow('.card li:nth-child(1) a', 'influence-edit');
  await page.goBack();
  await follow('.card a[href$="/cancel"]', 'influence-cancel');
  await visitor.press('influence-cancelled');
  await follow('a[href*="only="]', 'influence-pending');

  await open(page, `${origin}/figures`);
  await follow('a[href="/grant-targets"]', 'grant-targets');
  await follow('a[href$="/activities"]', 'grant-target-tie');
  await visitor.press('grant-target-tied');
  await follow('.card li:nth-child(3) a', 'grant-target-edit');
  await page.goBack();
  await follow('.card a[href$="/cancel"]', 'grant-target-cancel');
  await visitor.press('grant-target-cancel-refused');
  await open(page, `${origin}/grant-targets`);
  await follow('a[href="/grant-targets/new"]', 'grant-target-new');
  await page.fill('#code', 'C2002');
  await visitor.press('grant-target-new-wrong');
  if ((await page.inputValue('#code')) !== 'C2002') faults.push('the funder’s code is lost');
  await page.fill('#name', 'Hanke');
  await page.selectOption('#funder', 'STEA');
  await page.check('input[name=kind][value=PROJECT]');
  await page.fill('#from', '1.1.2027');
  await visitor.press('grant-target-added');
  await follow('.card a[href$="/cancel"]', 'grant-target-cancel-again');
  await visitor.press('grant-target-cancelled');
}

/// What is counted, a table of it, a question that has none, the table's files, and the summary of the last quarter.
async function readFigures(visitor) {
  const { page, language } = visitor;
  await open(page, `${origin}/`);
  await leads(page, () => page.click('main a[href="/figures"]'));
  await look(visitor, 'figures');
  const quarter = await page.locator('main a[href^="/figures/quarters/"]').first().getAttribute('href');
  await leads(page, () => page.click('main a[href="/figures/referrals"]'));
  await page.selectOption('#by', 'STAGE');
  await visitor.press('figures-table');
  if ((await page.locator('.figures tbody tr').count()) === 0) faults.push(`the table of referrals is empty, in ${language}`);
  for (const [kind, name] of [['csv', 'referrals-2025-stage.csv'], ['xlsx', 'referrals-2025-stage.xlsx']]) {
    const [file] = await Promise.all([page.waitForEvent('download'), page.click(`main a[href*="/${kind}?"]`)]);
    if (file.suggestedFilename() !== name) faults.push(`${file.suggestedFilename()} is not ${name}`);
  }
  await page.selectOption('#period', '2026Q1');
  await visitor.press('figures-table-wrong');
  if ((await page.inputValue('#by')) !== 'STAGE') faults.push('the breakdown is lost');
  await open(page, `${origin}${quarter}`);
  await look(visitor, 'quarter');
  await open(page, `${origin}/figures`);
  await leads(page, () => page.locator('main a[href^="/figures/own/"]').first().click());
  await look(visitor, 'board');
  await open(page, `${origin}/figures`);
  await leads(page, () => page.locator('main a[href^="/figures/grants/"]').first().click());
  await look(visitor, 'grant');
  await page.goBack();
  await leads(page, () => page.locator('main a[href^="/figures/own/"]').first().click());
  const [book] = await Promise.all([page.waitForEvent('download'), page.click('main a[download]')]);
  if (book.suggestedFilename() !== 'internal-2026.xlsx') faults.push(`${book.suggestedFilename()} is not the year's workbook`);
}

async function leave(visitor) {
  await visitor.context.close();
  await visitor.examining.close();
}

await withBrowser(async (browser) => {
  try {
    // Some reminders go to the coordinator, as the digest does: those of professionals are walked from.
    const digest = await awaited('the weekly digest', () => mails().find((it) => it.link && isOf(ORGANISATION, it.link)));
    const waiting = await awaited('a reminder for each language', () => {
      const ofReviews = mails().filter((it) => it.link && isOf(REVIEW, it.link) && it.to !== digest.to);
      return new Set(ofReviews.map((it) => it.link)).size > LANGUAGES.length ? ofReviews : undefined;
    });
    const viewport = process.env.WIDTH ? { width: Number(process.env.WIDTH), height: 800 } : NARROW;
    const used = new Set();
    // The same review may be written about to two people: it can be recorded once.
    const another = () => {
      const mail = waiting.find((it) => !used.has(it.link));
      used.add(mail.link);
      return mail;
    };
    for (const language of LANGUAGES) {
      const mail = another();
      const visitor = await visit(browser, language, mail, viewport, 'review');
      visitor.link = here(mail.link);
      visitor.today = process.env.TODAY;
      await record(visitor);
      await leave(visitor);
    }
    const typist = await visit(browser, 'sv', another(), viewport, 'review');
    typist.today = process.env.TODAY;
    await recordByKeyboard(typist, faults);
    const done = (await typist.page.locator('.done').allTextContents()).join();
    if (!done.includes(DONE.sv)) faults.push(`by keyboard: the review was not recorded: ${done}`);
    await leave(typist);
    for (const language of LANGUAGES) {
      const anybody = await somebody(browser, language, viewport);
      await lookAround(anybody);
      await leave(anybody);
    }
    // Monday's digest leads a coordinator to the list, and from there to whom to ask, whom to call, what to give.
    const coordinator = await visit(browser, 'fi', digest, viewport, 'coordinator');
    if (new URL(coordinator.page.url()).pathname !== '/') faults.push(`the digest led to ${coordinator.page.url()}`);
    if ((await lookAtAll(coordinator)) < 3) faults.push('too little waits for the coordinator to be looked at');
    await open(coordinator.page, `${origin}/paper`);
    await look(coordinator, 'paper');
    await leads(coordinator.page, () => coordinator.page.locator('a[href^="/paper/own/"]').first().click());
    await look(coordinator, 'paper-own');
    for (const language of LANGUAGES) {
      await open(coordinator.page, `${origin}/language/${language}?to=/courses`);
      coordinator.language = language;
      await keep(coordinator);
      await meet(coordinator);
      await influence(coordinator);
      await readFigures(coordinator);
      await evening(coordinator);
    }
    await leave(coordinator);
    // Nobody writes to these two on the demonstration's day: they come by the digest's way, which leads to the list.
    for (const [to, walk] of [
      [process.env.PEER_GUIDE, lead],
      [process.env.SUPERVISOR, supervise],
    ]) {
      const visitor = await visit(browser, 'fi', { to, link: digest.link }, viewport, 'first-page');
      for (const language of LANGUAGES) {
        await open(visitor.page, `${origin}/language/${language}?to=/`);
        visitor.language = language;
        await walk(visitor);
      }
      await leave(visitor);
    }
    for (const language of LANGUAGES) {
      const anybody = await somebody(browser, language, viewport);
      await survey(anybody, process.env.SURVEY);
      await leave(anybody);
    }
    const tonight = await awaited('the reminder of a session', () =>
      mails().find((it) => it.link && isOf(COURSE_SESSION, it.link)),
    );
    const leader = await visit(browser, 'fi', tonight, viewport, 'attendance');
    await tap(leader);
    await leave(leader);
    for (const link of new Set(mails().flatMap((it) => it.link ?? []))) {
      const answer = await fetch(here(link), { redirect: 'manual' });
      if (answer.status === 404) faults.push(`a mail's link leads nowhere: ${link}`);
    }
  } catch (fault) {
    if (walkedOn && !walkedOn.isClosed()) {
      console.error(`stuck at ${walkedOn.url()} (${await walkedOn.title()}):`);
      console.error(await walkedOn.locator('body').innerText());
    }
    throw fault;
  }
});

told({ pages: pagesSeen }, faults);
