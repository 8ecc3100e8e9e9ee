import { test, expect } from './fixtures';

test('R52: pointing at Discover opens its menu', async ({ page }) => {
  await page.goto('/products');
  const link = page.getByRole('link', { name: 'Our shops' });
  await expect(link).toBeHidden();
  await page.getByRole('button', { name: 'Discover' }).hover();
  await link.click();
  await expect(page.getByRole('heading', { name: 'Our shops' })).toBeVisible();
});

test('R53: the key / leads to the search', async ({ page }) => {
  await page.goto('/products');
  const search = page.getByPlaceholder('Search products');
  await page.keyboard.press('/');
  await expect(search).toBeFocused();
  await expect(search).toHaveValue('');
  await page.keyboard.type('1/2');
  await expect(search).toHaveValue('1/2');
});
