import type { Page } from '@playwright/test';
import { test, expect, signIn, addToCart, row, valueOf } from './fixtures';

test.beforeEach(async ({ page }) => {
  await signIn(page, 'anna');
  await addToCart(page, 'darjeeling');
  await page.goto('/checkout');
});

async function fillIn(page: Page, changes: { name?: string; postcode?: string } = {}) {
  await page.getByLabel('Full name').fill(changes.name ?? 'Anna de Vries');
  await page.getByLabel('Address').fill('Kade 12, Utrecht');
  await page.getByLabel('Postcode').fill(changes.postcode ?? '3511 AB');
  await page.getByLabel('Country').selectOption('Netherlands');
  await page.getByLabel('I accept the terms').check();
}

const placeOrder = (page: Page) => page.getByRole('button', { name: 'Place order' }).click();

test('R30 R33: everything that is missing is named', async ({ page }) => {
  await placeOrder(page);
  for (const problem of ['Enter your full name.', 'Enter your address.', 'Choose a country.',
    'Accept the terms to order.']) {
    await expect(page.getByRole('main').getByText(problem)).toBeVisible();
  }
});

test('R31: an empty postcode is refused', async ({ page }) => {
  await fillIn(page, { postcode: '' });
  await placeOrder(page);
  await expect(page.getByText('Enter your postcode.')).toBeVisible();
});

test('R32: a postcode has the form of its country', async ({ page }) => {
  await fillIn(page, { postcode: '35' });
  await placeOrder(page);
  await expect(page.getByText('Enter a postcode like 1234 AB.')).toBeVisible();
  await page.getByLabel('Country').selectOption('Belgium');
  await placeOrder(page);
  await expect(page.getByText('Enter a postcode like 1000.')).toBeVisible();
});

test('R34: what was typed stays when a checkout is refused', async ({ page }) => {
  await fillIn(page, { name: '' });
  await page.getByLabel('Express').check();
  await placeOrder(page);
  await expect(page.getByLabel('Address')).toHaveValue('Kade 12, Utrecht');
  await expect(page.getByLabel('Postcode')).toHaveValue('3511 AB');
  await expect(page.getByLabel('Country')).toHaveValue('NL');
  await expect(page.getByLabel('Express')).toBeChecked();
  await expect(page.getByLabel('I accept the terms')).toBeChecked();
});

test('R35: the total follows the delivery', async ({ page }) => {
  await expect(page.getByLabel('Standard')).toBeChecked();
  await expect(valueOf(page, 'To pay')).toHaveText('€ 16.15');
  await page.getByLabel('Express').check();
  await expect(valueOf(page, 'Delivery cost')).toHaveText('€ 9.95');
  await expect(valueOf(page, 'To pay')).toHaveText('€ 21.15');
  await page.getByLabel('Pick up').check();
  await expect(valueOf(page, 'To pay')).toHaveText('€ 11.20');
});

test('R36 R38: an order is confirmed with its number, and the cart is empty', async ({ page }) => {
  await fillIn(page);
  await placeOrder(page);
  await expect(page.getByRole('heading', { name: 'Thank you, Anna!' })).toBeVisible();
  await expect(page.getByText('Your order number is 1004.')).toBeVisible();
  await page.goto('/cart');
  await expect(page.getByText('Your cart is empty.')).toBeVisible();
});

test('R37: ordering lowers the stock', async ({ page }) => {
  await fillIn(page);
  await placeOrder(page);
  await expect(page.getByRole('heading', { name: 'Thank you, Anna!' })).toBeVisible();
  await page.goto('/products/darjeeling');
  await expect(page.getByText('Only 2 left')).toBeVisible();
});

test('R42: a new order is paid', async ({ page }) => {
  await fillIn(page);
  await placeOrder(page);
  await page.getByRole('link', { name: 'See your orders' }).click();
  await expect(page.getByRole('row')).toHaveCount(4);
  await expect(row(page, '1004')).toContainText('Paid');
  await expect(row(page, '1004')).toContainText('1 × Darjeeling');
});
