import fs from 'node:fs';
import type { Page } from '@playwright/test';
import { test, expect, addToCart, row } from './fixtures';

test.beforeEach(async ({ page }) => {
  await page.goto('/office');
});

const pieces = (page: Page, product: string) => row(page, product).getByRole('spinbutton');
const cell = (page: Page, line: string, number: number) =>
  row(page, line).locator('td, th').nth(number);

async function readList(page: Page, text: string) {
  await page.getByTitle('Order list').setInputFiles(
    { name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await page.getByRole('button', { name: 'Read list' }).click();
}

const putIntoCart = (page: Page) =>
  page.getByRole('button', { name: 'Put all into the cart' }).click();

test('R98: the sums follow what is entered', async ({ page }) => {
  await expect(page.getByRole('row')).toHaveCount(18);
  await pieces(page, 'Assam').fill('10');
  await pieces(page, 'Teapot').fill('4');
  await expect(cell(page, 'Assam', 3)).toHaveText('€ 68.00');
  await expect(cell(page, 'Teapot', 3)).toHaveText('€ 96.00');
  await expect(cell(page, 'Total', 2)).toHaveText('14');
  await expect(cell(page, 'Total', 3)).toHaveText('€ 164.00');
  await pieces(page, 'Assam').fill('');
  await expect(cell(page, 'Assam', 3)).toHaveText('');
  await expect(cell(page, 'Total', 3)).toHaveText('€ 96.00');
});

test('R99: the price list is downloaded', async ({ page }) => {
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download price list' }).click();
  expect((await download).suggestedFilename()).toBe('price-list.csv');
  const lines = fs.readFileSync(await (await download).path(), 'utf8').trim().split('\n');
  expect(lines).toHaveLength(17);
  expect(lines.slice(0, 3)).toEqual(['Product;Price', 'Assam;6.80', 'Chamomile;5.40']);
});

test('R100: a list enters its pieces, and leaves the others', async ({ page }) => {
  await page.getByRole('button', { name: 'Read list' }).click();
  await expect(page.getByRole('alert')).toHaveText('Choose a file first.');
  await pieces(page, 'Oolong').fill('1');
  await readList(page, 'Assam;10\nEarl Grey;5\n');
  await expect(pieces(page, 'Assam')).toHaveValue('10');
  await expect(pieces(page, 'Earl Grey')).toHaveValue('5');
  await expect(pieces(page, 'Oolong')).toHaveValue('1');
  await expect(cell(page, 'Total', 3)).toHaveText('€ 116.50');
});

for (const [list, problem] of [
  ['Assam;10\nCocoa;3\n', 'Line 2: we do not have “Cocoa”.'],
  ['Assam;many\n', 'Line 1: “many” is no number of pieces.'],
  ['Assam\n', 'Line 1: “” is no number of pieces.'],
]) {
  test(`R101: a list is refused with "${problem}"`, async ({ page }) => {
    await readList(page, list);
    await expect(page.getByRole('alert')).toHaveText(problem);
    await expect(pieces(page, 'Assam')).toHaveValue('');
  });
}

test('R102: all goes into the cart', async ({ page }) => {
  await addToCart(page, 'assam');
  await page.goto('/office');
  await pieces(page, 'Assam').fill('2');
  await pieces(page, 'Oolong').fill('1');
  await putIntoCart(page);
  await expect(page.getByRole('heading', { name: 'Your cart' })).toBeVisible();
  await expect(pieces(page, 'Assam')).toHaveValue('3');
  await expect(pieces(page, 'Oolong')).toHaveValue('1');
});

test('R102: where one product is short, nothing goes into the cart', async ({ page }) => {
  await putIntoCart(page);
  await expect(page.getByRole('alert')).toHaveText('Enter how many pieces you need.');
  await pieces(page, 'Assam').fill('5');
  await pieces(page, 'Darjeeling').fill('4');
  await putIntoCart(page);
  await expect(page.getByRole('alert')).toHaveText('Only 3 of Darjeeling are left.');
  await expect(pieces(page, 'Assam')).toHaveValue('5');
  await page.goto('/cart');
  await expect(page.getByText('Your cart is empty.')).toBeVisible();
});
