import { test, expect } from './fixtures';

test.beforeEach(async ({ page }) => {
  await page.goto('/products');
});

test('R8: products are listed by name, nine to a page', async ({ page }) => {
  const names = page.getByRole('main').getByRole('heading', { level: 2 });
  await expect(names).toHaveText(['Assam', 'Chamomile', 'Colombia Roast', 'Darjeeling', 'Earl Grey',
    'Ethiopia Roast', 'Genmaicha', 'Green Tea', 'Jasmine Pearls']);
  const assam = page.getByRole('listitem').filter({ hasText: 'Assam' });
  await expect(assam).toContainText('€ 6.80');
  await expect(assam).toContainText('In stock');
  await expect(assam.getByRole('button', { name: 'Add to cart' })).toBeEnabled();
});

test('R9 R10: a search finds words in names, in capitals or not', async ({ page }) => {
  for (const words of ['tea', 'TEA', 'Tea']) {
    await page.getByPlaceholder('Search products').fill(words);
    await page.getByPlaceholder('Search products').press('Enter');
    await expect(page).toHaveTitle(`Search: ${words} - Leaf & Bean`);
    await expect(page.getByTestId('result-count')).toHaveText('3 products');
    await expect(page.getByRole('main').getByRole('heading', { level: 2 }))
      .toHaveText(['Green Tea', 'Tea Strainer', 'Teapot']);
  }
});

test('R10: a search without results says so', async ({ page }) => {
  await page.getByPlaceholder('Search products').fill('cocoa');
  await page.locator('.search-button').click();
  await expect(page.getByText('No products match “cocoa”')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Add to cart' })).toHaveCount(0);
});

test('R11: prices sort by amount', async ({ page }) => {
  const prices = page.getByRole('listitem').getByText('€');
  await page.getByLabel('Sort by').selectOption('Price: low to high');
  await expect(prices).toHaveText(['€ 3.90', '€ 4.60', '€ 5.40', '€ 5.90', '€ 6.80', '€ 7.20',
    '€ 8.50', '€ 8.90', '€ 9.20']);
  await page.getByLabel('Sort by').selectOption('Price: high to low');
  await expect(prices).toHaveText(['€ 24.00', '€ 19.50', '€ 14.80', '€ 12.50', '€ 11.20', '€ 10.40',
    '€ 9.50', '€ 9.20', '€ 8.90']);
});

test('R12: the next page keeps search and order', async ({ page }) => {
  await page.goto('/products?q=e&sort=price-desc');
  await expect(page.getByLabel('Sort by')).toHaveValue('price-desc');
  await page.getByRole('link', { name: 'Next' }).click();
  await expect(page.getByText('Page 2 of 2')).toBeVisible();
  await expect(page.getByPlaceholder('Search products')).toHaveValue('e');
  await expect(page.getByRole('main').getByRole('heading', { level: 2 }))
    .toHaveText(['Tea Strainer', 'Chamomile', 'Paper Filters']);
});

test('R13: sold-out products can be left out', async ({ page }) => {
  await page.getByLabel('In stock only').check();
  await expect(page.getByTestId('result-count')).toHaveText('15 products');
  await expect(page.getByText('Jasmine Pearls')).toBeHidden();
});

test('R50: pages have titles of their own', async ({ page }) => {
  const titles = { '/products': 'Products', '/products?page=2': 'Products, page 2',
    '/products/assam': 'Assam', '/cart': 'Your cart', '/sign-in': 'Sign in' };
  for (const [path, title] of Object.entries(titles)) {
    await page.goto(path);
    await expect(page).toHaveTitle(`${title} - Leaf & Bean`);
  }
});
