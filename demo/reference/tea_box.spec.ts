import type { Page } from '@playwright/test';
import { test, expect, signIn, row } from './fixtures';

test.beforeEach(async ({ page }) => {
  await signIn(page, 'anna');
  await page.goto('/tea-box');
  await page.getByRole('link', { name: 'Put together your tea box' }).click();
});

const next = (page: Page) => page.getByRole('button', { name: 'Next' }).click();
const heading = (page: Page) => page.getByRole('heading', { level: 2 });

async function chooseTaste(page: Page, taste: string) {
  await page.getByLabel(taste).check();
  await next(page);
}

async function chooseRhythm(page: Page, rhythm: string, more = 0) {
  await page.locator('.picker-value').click();
  await page.getByText(rhythm, { exact: true }).click();
  for (let i = 0; i < more; i += 1) await page.getByText('+', { exact: true }).click();
  await next(page);
}

async function chooseDay(page: Page, day: string) {
  await page.getByLabel('First delivery').fill(day);
  await next(page);
}

test('R73 R80: a tea box is ordered in four steps', async ({ page }) => {
  await expect(heading(page)).toHaveText('Step 1 of 4: Taste');
  await chooseTaste(page, 'Green tea');
  await expect(heading(page)).toHaveText('Step 2 of 4: Rhythm');
  await chooseRhythm(page, 'Every two weeks', 1);
  await expect(heading(page)).toHaveText('Step 3 of 4: Day');
  await chooseDay(page, '2030-05-17');
  await expect(heading(page)).toHaveText('Step 4 of 4: Check');
  await page.getByRole('button', { name: 'Start the tea box' }).click();
  await expect(page.getByText('Your tea box is ordered.')).toBeVisible();
  await expect(page.getByText('3 bags of Green tea')).toBeVisible();
  await expect(page.getByRole('main').getByRole('listitem')).toHaveText(
    ['Friday 17 May 2030', 'Friday 31 May 2030', 'Friday 14 June 2030']);
});

test('R74: a step that is not done is not left', async ({ page }) => {
  await next(page);
  await expect(page.getByRole('alert')).toHaveText('Choose what you drink.');
  await chooseTaste(page, 'Coffee');
  await expect(heading(page)).toHaveText('Step 2 of 4: Rhythm');
  await next(page);
  await expect(page.getByRole('alert')).toHaveText('Choose how often.');
  await page.goto('/tea-box/4');
  await expect(heading(page)).toHaveText('Step 2 of 4: Rhythm');
});

test('R75: going back keeps what was chosen', async ({ page }) => {
  await chooseTaste(page, 'Black tea');
  await page.locator('.picker-value').click();
  await page.getByText('Every four weeks').click();
  await page.getByRole('button', { name: 'Back' }).click();
  await expect(page.getByLabel('Black tea')).toBeChecked();
  await next(page);
  await expect(page.locator('.picker-value')).toHaveText('Every four weeks');
});

test('R76: a box holds from one to six bags', async ({ page }) => {
  await chooseTaste(page, 'Black tea');
  const bags = page.locator('input[name=bags]');
  await expect(bags).toHaveValue('2');
  for (const expected of ['1', '1']) {
    await page.getByText('−', { exact: true }).click();
    await expect(bags).toHaveValue(expected);
  }
  for (const expected of ['2', '3', '4', '5', '6', '6']) {
    await page.getByText('+', { exact: true }).click();
    await expect(bags).toHaveValue(expected);
  }
});

for (const [day, problem] of [
  ['2030-05-19', 'We do not deliver on Sundays.'],
  ['2020-05-15', 'Choose a day from tomorrow on.'],
  [new Date().toISOString().slice(0, 10), 'Choose a day from tomorrow on.'],
  ['', 'Choose a day from tomorrow on.'],
]) {
  test(`R77: "${day}" is no day for a first delivery`, async ({ page }) => {
    await chooseTaste(page, 'Black tea');
    await chooseRhythm(page, 'Every week');
    await chooseDay(page, day);
    await expect(page.getByRole('alert')).toHaveText(problem);
  });
}

test('R78: a gift goes with a few words', async ({ page }) => {
  await chooseTaste(page, 'Herbal tea');
  await chooseRhythm(page, 'Every week');
  const words = page.getByPlaceholder('A few words to go with it');
  await expect(words).toBeHidden();
  await page.getByLabel('It is a gift').check();
  await words.fill('Get well soon!');
  await chooseDay(page, '2030-05-17');
  await expect(page.getByRole('definition').last()).toHaveText('Get well soon!');
});

for (const [taste, more, shipping, total] of [
  ['Herbal tea', 0, '€ 4.95', '€ 14.95'],
  ['Herbal tea', 3, 'free', '€ 25.00'],
  ['Coffee', 1, 'free', '€ 27.00'],
] as const) {
  test(`R79: ${2 + more} bags of ${taste} cost ${total}`, async ({ page }) => {
    await chooseTaste(page, taste);
    await chooseRhythm(page, 'Every week', more);
    await chooseDay(page, '2030-05-17');
    await expect(row(page, 'Shipping')).toContainText(shipping);
    await expect(row(page, 'Total')).toContainText(total);
  });
}

test('R81: a tea box can be paused and resumed', async ({ page }) => {
  await chooseTaste(page, 'Black tea');
  await chooseRhythm(page, 'Every week');
  await chooseDay(page, '2030-05-17');
  await page.getByRole('button', { name: 'Start the tea box' }).click();
  page.once('dialog', (dialog) => dialog.dismiss());
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByText('Active', { exact: true })).toBeVisible();
  page.once('dialog', (dialog) => dialog.accept());
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByText('Paused', { exact: true })).toBeVisible();
  await expect(page.getByText('Nothing is delivered while it is paused.')).toBeVisible();
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(page.getByText('Friday 17 May 2030')).toBeVisible();
});
