// Records a review by keyboard alone, as somebody does who uses no mouse or hears the page: every stop must be seen and named.

import { leads } from './register.mjs';

/// Far more stops than any page has.
const MOST_STOPS = 120;

/// Goes on by Tab to what `selector` finds, and notes every stop on the way that cannot be seen or has no name.
async function tabTo(page, selector, faults) {
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate((wanted) => {
      const it = document.activeElement;
      const { outlineStyle, outlineWidth } = getComputedStyle(it);
      const names = [it.getAttribute('aria-label'), it.textContent, ...[...(it.labels ?? [])].map((label) => label.textContent)];
      return {
        isThere: it.matches(wanted),
        isSeen: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2,
        isNamed: names.some((name) => name?.trim()),
        what: it.outerHTML.slice(0, 90),
      };
    }, selector);
    if (!at.isSeen) faults.push(`by keyboard: nothing shows where one is: ${at.what}`);
    if (!at.isNamed) faults.push(`by keyboard: this says nothing: ${at.what}`);
    if (at.isThere) return;
  }
  faults.push(`by keyboard: no way to ${selector}`);
}

/// Chooses one of several by the arrow keys.
async function choose(page, name, value, faults) {
  await tabTo(page, `input[name=${name}]`, faults);
  await page.keyboard.press('Space');
  for (let step = 0; step < 10; step += 1) {
    if (await page.isChecked(`input[name=${name}][value=${value}]`)) return;
    await page.keyboard.press('ArrowDown');
  }
  faults.push(`by keyboard: ${name} cannot be ${value}`);
}

/// From the review's page to the recorded review, with a day that is refused on the way.
export async function recordByKeyboard({ page, today, language }, faults) {
  await tabTo(page, 'a[href$="/held"]', faults);
  await leads(page, () => page.keyboard.press('Enter'));
  await tabTo(page, '#heldOn', faults);
  await page.keyboard.press('Control+A');
  await page.keyboard.type('31.2.2026');
  await choose(page, 'channel', 'IN_PERSON', faults);
  await choose(page, 'progress', 'WELL', faults);
  await choose(page, 'outcome', 'CONTINUE', faults);
  await tabTo(page, 'main form.sheet button', faults);
  await leads(page, () => page.keyboard.press('Enter'));

  // What was wrong is in the title, which is read out first, and leads to its field; the field says it again.
  const title = await page.title();
  const heading = await page.locator('h1').innerText();
  if (title.startsWith(heading)) faults.push(`the title in ${language} tells of no fault: ${title}`);
  await tabTo(page, '.faults a', faults);
  await page.keyboard.press('Enter');
  const told = await page.evaluate(() => {
    const it = document.querySelector('#heldOn');
    const ids = it.getAttribute('aria-describedby').split(' ');
    const texts = ids.map((id) => document.getElementById(id)?.textContent.trim());
    return { isInvalid: it.getAttribute('aria-invalid') === 'true', texts };
  });
  if (!told.isInvalid || !told.texts.every(Boolean)) faults.push(`the field does not tell its fault: ${JSON.stringify(told)}`);
  const isAt = await page.evaluate(() => document.activeElement.id);
  if (isAt !== 'heldOn') await tabTo(page, '#heldOn', faults);
  await page.keyboard.press('Control+A');
  await page.keyboard.type(today.split('-').reverse().map(Number).join('.'));
  await tabTo(page, 'main form.sheet button', faults);
  await leads(page, () => page.keyboard.press('Enter'));
}
