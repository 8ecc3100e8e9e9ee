import type { Page } from '@playwright/test';
import { test, expect } from './fixtures';

test.beforeEach(async ({ page }) => {
  await page.goto('/shops');
});

async function bookTasting(page: Page, day: string, people: string, time = '11:00', end = 'Book') {
  await page.getByRole('button', { name: 'Book a tasting' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Day').fill(day);
  await dialog.getByLabel('Time').selectOption(time);
  await dialog.getByPlaceholder('How many people?').fill(people);
  await dialog.getByRole('button', { name: end, exact: true }).click();
}

test('R54 R55: one shop is shown at a time, with its address, phone and hours', async ({ page }) => {
  const panel = page.getByRole('tabpanel');
  await expect(panel).toContainText('Herengracht 90');
  await page.getByRole('tab', { name: 'Utrecht' }).click();
  await expect(panel).toHaveCount(1);
  await expect(panel).toContainText('Oudegracht 212');
  await expect(panel).toContainText('030 555 02 12');
  await expect(panel.getByRole('row')).toHaveCount(7);
  await expect(panel.getByRole('row', { name: 'Monday' })).toContainText('closed');
  await page.getByRole('tab', { name: 'Utrecht' }).press('ArrowRight');
  await expect(page.getByRole('tab', { name: 'Ghent' })).toBeFocused();
  await expect(panel).toContainText('Kraanlei 17');
});

test('R56: the map can be zoomed, within bounds', async ({ page }) => {
  const map = page.frameLocator('iframe[title="Map of Amsterdam"]');
  const level = map.getByText('Zoom level');
  await expect(level).toContainText('Zoom level 3');
  for (const expected of [4, 5, 5]) {
    await map.getByTitle('Zoom in').click();
    await expect(level).toContainText(`Zoom level ${expected}`);
  }
  await map.getByTitle('Zoom out').click();
  await expect(level).toContainText('Zoom level 4');
});

test('R57: the pin tells the nearest stop', async ({ page }) => {
  const map = page.frameLocator('iframe[title="Map of Amsterdam"]');
  await expect(map.getByText('Nearest stop')).toBeHidden();
  await map.getByRole('button', { name: 'Leaf & Bean' }).click();
  await expect(map.getByText('Nearest stop: Tram 2, Koningsplein')).toBeVisible();
});

test('R58: the route opens in a new tab', async ({ page }) => {
  const opened = page.waitForEvent('popup');
  await page.getByRole('link', { name: 'Plan your route' }).click();
  await expect(await opened).toHaveTitle('Route to Amsterdam - Leaf & Bean');
  await expect(page).toHaveTitle('Our shops - Leaf & Bean');
});

test('R59: Cancel and Escape close the dialog, and nothing is booked', async ({ page }) => {
  await bookTasting(page, '2030-05-15', '2', '11:00', 'Cancel');
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.getByRole('button', { name: 'Book a tasting' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.reload();
  await expect(page.getByText('Your tastings')).toBeHidden();
});

for (const [day, people, problem] of [
  ['2030-05-12', '2', 'Amsterdam is closed on Sundays.'],
  ['2020-01-02', '2', 'Choose a day from today on.'],
  ['', '2', 'Choose a day from today on.'],
  ['2030-05-15', '9', 'Tell us how many people come, from 1 to 8.'],
]) {
  test(`R60: a tasting on "${day}" for ${people} is refused`, async ({ page }) => {
    await bookTasting(page, day, people);
    await expect(page.getByRole('dialog').getByRole('alert')).toHaveText(problem);
    await expect(page.getByRole('dialog').getByLabel('Day')).toHaveValue(day);
  });
}

test('R61: a booked tasting is listed', async ({ page }) => {
  await page.getByRole('tab', { name: 'Utrecht' }).click();
  await bookTasting(page, '2030-05-15', '4', '14:00');
  await expect(page.getByRole('status')).toHaveText('Your table is booked.');
  const booked = page.locator('section').filter({ hasText: 'Your tastings' }).getByRole('listitem');
  await expect(booked).toHaveText(['Utrecht, Wednesday 15 May 2030 at 14:00, 4 people']);
});

test('R62: eight seats are shared by all visitors', async ({ page, browser, baseURL }) => {
  await bookTasting(page, '2030-05-15', '6');
  await expect(page.getByText('Your tastings')).toBeVisible();
  const other = await browser.newPage({ baseURL });
  await other.goto('/shops');
  await bookTasting(other, '2030-05-15', '3');
  await expect(other.getByRole('alert')).toHaveText('Only 2 seats are left at 11:00.');
  await other.getByRole('dialog').getByPlaceholder('How many people?').fill('2');
  await other.getByRole('button', { name: 'Book', exact: true }).click();
  await expect(other.getByText('Your tastings')).toBeVisible();
  await other.close();
});
