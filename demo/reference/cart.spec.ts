import { test, expect, addToCart, row, valueOf } from './fixtures';

const badge = '.badge';

test('R20: the badge counts pieces as they are added', async ({ page }) => {
  await page.goto('/products');
  await expect(page.locator(badge)).toBeHidden();
  await page.getByRole('listitem').filter({ hasText: 'Assam' }).getByRole('button').click();
  await expect(page.locator(badge)).toHaveText('1');
  await page.getByRole('listitem').filter({ hasText: 'Earl Grey' }).getByRole('button').click();
  await expect(page.locator(badge)).toHaveText('2');
});

test('R19: a product added twice is one line', async ({ page }) => {
  await addToCart(page, 'assam');
  await addToCart(page, 'assam');
  await page.getByTitle('Cart').click();
  await expect(page.getByRole('row')).toHaveCount(2);
  await expect(row(page, 'Assam').getByRole('spinbutton')).toHaveValue('2');
});

test('R21: a line is price times quantity', async ({ page }) => {
  await addToCart(page, 'green-tea', 3);
  await page.goto('/cart');
  await expect(row(page, 'Green Tea').getByRole('cell').nth(3)).toHaveText('€ 25.50');
});

test('R22: the total is the sum of the lines', async ({ page }) => {
  await addToCart(page, 'green-tea', 3);
  await addToCart(page, 'assam');
  await page.goto('/cart');
  await expect(valueOf(page, 'Total')).toHaveText('€ 32.30');
});

test('R23: quantities change with the button, and 0 removes', async ({ page }) => {
  await addToCart(page, 'green-tea');
  await addToCart(page, 'assam');
  await page.goto('/cart');
  await row(page, 'Green Tea').getByRole('spinbutton').fill('2');
  await page.getByRole('button', { name: 'Update cart' }).click();
  await expect(row(page, 'Green Tea')).toContainText('€ 17.00');
  await row(page, 'Assam').getByRole('spinbutton').fill('0');
  await page.getByRole('button', { name: 'Update cart' }).click();
  await expect(row(page, 'Assam')).toHaveCount(0);
  await expect(row(page, 'Green Tea')).toBeVisible();
});

test('R24: removing takes out that line', async ({ page }) => {
  for (const id of ['assam', 'chamomile', 'earl-grey']) await addToCart(page, id);
  await page.goto('/cart');
  await row(page, 'Chamomile').getByRole('button', { name: 'Remove' }).click();
  await expect(row(page, 'Chamomile')).toHaveCount(0);
  await expect(row(page, 'Assam')).toBeVisible();
  await expect(row(page, 'Earl Grey')).toBeVisible();
});

test('R25: a coupon counts once', async ({ page }) => {
  await addToCart(page, 'green-tea');
  await page.goto('/cart');
  const apply = async () => {
    await page.getByPlaceholder('Coupon code').fill('SPRING10');
    await page.getByRole('button', { name: 'Apply' }).click();
  };
  await apply();
  await expect(valueOf(page, 'Discount')).toHaveText('- € 0.85');
  await apply();
  await expect(page.getByRole('alert')).toHaveText('This coupon is already used.');
  await expect(valueOf(page, 'Total')).toHaveText('€ 7.65');
});

test('R26: an unknown coupon is refused', async ({ page }) => {
  await addToCart(page, 'green-tea');
  await page.goto('/cart');
  await page.getByPlaceholder('Coupon code').fill('WINTER');
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByRole('alert')).toHaveText('This coupon is not valid.');
});

test('R27: no more than the stock fits', async ({ page }) => {
  await addToCart(page, 'darjeeling', 3);
  await page.getByLabel('Quantity').fill('1');
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await expect(page.getByText('Only 3 of Darjeeling are left.')).toBeVisible();
  await expect(page.locator(badge)).toHaveText('3');
});

test('R28: an empty cart offers no checkout', async ({ page }) => {
  await page.goto('/cart');
  await expect(page.getByText('Your cart is empty.')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Go to checkout' })).toBeHidden();
});

test('R29: emptying the cart asks first', async ({ page }) => {
  await addToCart(page, 'assam');
  await page.goto('/cart');
  page.once('dialog', (dialog) => dialog.dismiss());
  await page.getByRole('button', { name: 'Empty cart' }).click();
  await expect(row(page, 'Assam')).toBeVisible();
  page.once('dialog', (dialog) => dialog.accept());
  await page.getByRole('button', { name: 'Empty cart' }).click();
  await expect(page.getByText('Your cart is empty.')).toBeVisible();
});
