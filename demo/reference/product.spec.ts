import { test, expect } from './fixtures';

test('R14 R15: a product page shows what is to know', async ({ page }) => {
  await page.goto('/products');
  await page.getByRole('link', { name: 'Darjeeling' }).click();
  await expect(page.getByRole('heading', { name: 'Darjeeling', level: 1 })).toBeVisible();
  await expect(page.getByText('€ 11.20')).toBeVisible();
  await expect(page.getByText('First flush, picked in March.')).toBeVisible();
  await expect(page.getByRole('definition')).toHaveText(['India', '100 g']);
  await expect(page.getByText('Only 3 left')).toBeVisible();
});

test('R16: a sold-out product cannot be added', async ({ page }) => {
  await page.goto('/products/jasmine-pearls');
  await expect(page.getByText('Out of stock')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Add to cart' })).toBeDisabled();
});

test('R17 R49: suggestions load after the page', async ({ page }) => {
  await page.goto('/products/sencha', { waitUntil: 'commit' });
  await expect(page.getByText('Loading…')).toBeVisible();
  const suggestions = page.locator('section').filter({ hasText: 'You may also like' });
  await expect(suggestions.getByRole('link')).toHaveText(['Assam', 'Darjeeling', 'Earl Grey']);
  await expect(page.getByText('Loading…')).toBeHidden();
});

test('R18 R48: several are added at once, and a notice says so for a while', async ({ page }) => {
  await page.goto('/products/green-tea');
  await page.getByLabel('Quantity').fill('4');
  await page.getByRole('button', { name: 'Add to cart' }).click();
  const notice = page.getByRole('status').getByText('Green Tea was added to the cart.');
  await expect(notice).toBeVisible();
  await expect(page.getByTitle('Cart')).toHaveText('4');
  await expect(notice).toBeHidden({ timeout: 8000 });
});
