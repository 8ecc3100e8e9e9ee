import { test, expect, signIn, addToCart } from './fixtures';

test('R4: a wrong password gets the answer of an unknown user', async ({ page }) => {
  await page.goto('/sign-in');
  await page.getByLabel('User name').fill('anna');
  await page.getByLabel('Password').fill('secret-mia');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toHaveText('User name or password is not right.');
  await expect(page).toHaveURL('/sign-in');
});

test('R6: signing out ends the session', async ({ page }) => {
  await signIn(page, 'anna');
  await addToCart(page, 'assam');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByText('Hello, Anna')).toBeHidden();
  await page.goto('/cart');
  await expect(page.getByText('Your cart is empty.')).toBeVisible();
  await page.goto('/orders');
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
});

for (const [path, heading] of [['/orders', 'Your orders'], ['/account', 'Your account']]) {
  test(`R7: a guest who opens ${path} signs in first and then gets there`, async ({ page }) => {
    await page.goto(path);
    await expect(page.getByText('Please sign in first.')).toBeVisible();
    await page.getByLabel('User name').fill('anna');
    await page.getByLabel('Password').fill('secret-anna');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('heading', { name: heading })).toBeVisible();
  });
}

test('R7: a guest keeps the cart through the sign-in of the checkout', async ({ page }) => {
  await addToCart(page, 'assam');
  await page.goto('/checkout');
  await page.getByLabel('User name').fill('anna');
  await page.getByLabel('Password').fill('secret-anna');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: 'Checkout' })).toBeVisible();
  await expect(page.getByText('1 × Assam')).toBeVisible();
});
