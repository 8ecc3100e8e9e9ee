import fs from 'node:fs';
import { test, expect, signIn, addToCart, row } from './fixtures';

test.beforeEach(async ({ page }) => {
  await signIn(page, 'anna');
  await page.goto('/orders');
});

test('R39: only own orders, the newest first', async ({ page }) => {
  await expect(page.getByRole('row').getByRole('link')).toHaveText(['1003', '1001']);
  await page.goto('/orders/1002');
  await expect(page.getByRole('heading', { name: 'Page not found' })).toBeVisible();
});

test('R40: an order shows its number, date, items and status', async ({ page }) => {
  const cells = row(page, '1003').getByRole('cell');
  await expect(cells.nth(0)).toHaveText('1003');
  await expect(cells.nth(1)).toHaveText('9 February 2026');
  await expect(cells.nth(2)).toHaveText('1 × Earl Grey, 2 × Rooibos');
  await expect(cells.nth(4)).toHaveText('Paid');
});

test('R41: an order shows its total', async ({ page }) => {
  await expect(row(page, '1003').getByRole('cell').nth(3)).toHaveText('€ 26.35');
  await expect(row(page, '1001').getByRole('cell').nth(3)).toHaveText('€ 42.55');
});

test('R43: a paid order can be cancelled, others cannot', async ({ page }) => {
  await expect(row(page, '1001').getByRole('button', { name: 'Cancel' })).toBeHidden();
  await row(page, '1003').getByRole('button', { name: 'Cancel' }).click();
  await expect(row(page, '1003')).toContainText('Cancelled');
  await expect(row(page, '1003').getByRole('button', { name: 'Cancel' })).toBeHidden();
});

test('R43: cancelling puts the products back', async ({ page }) => {
  await addToCart(page, 'darjeeling', 3);
  await page.goto('/checkout');
  await page.getByLabel('Full name').fill('Anna de Vries');
  await page.getByLabel('Address').fill('Kade 12, Utrecht');
  await page.getByLabel('Postcode').fill('3511 AB');
  await page.getByLabel('Country').selectOption('Netherlands');
  await page.getByLabel('I accept the terms').check();
  await page.getByRole('button', { name: 'Place order' }).click();
  await page.getByRole('link', { name: 'See your orders' }).click();
  await row(page, '1004').getByRole('button', { name: 'Cancel' }).click();
  await expect(row(page, '1004')).toContainText('Cancelled');
  await page.goto('/products/darjeeling');
  await expect(page.getByText('Only 3 left')).toBeVisible();
});

test('R44 R49: where the parcel is loads after the page', async ({ page }) => {
  await page.getByRole('link', { name: '1001' }).click();
  await expect(page.getByText('Loading…')).toBeVisible();
  await expect(page.getByText('Delivered to the front door.')).toBeVisible();
});

test('R103: the invoice adds up', async ({ page }) => {
  await page.getByRole('link', { name: '1001' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download invoice' }).click();
  expect((await download).suggestedFilename()).toBe('invoice-1001.csv');
  expect(fs.readFileSync(await (await download).path(), 'utf8')).toBe(`Item;Quantity;Price;Sum
Assam;2;6.80;13.60
Teapot;1;24.00;24.00
Delivery;;;4.95
Total;;;42.55
`);
});
