import { test, expect } from '@playwright/test';

test.beforeEach(async ({ page }) => {
  await page.goto('/sign-in');
});

test('R2 R3: a valid user signs in', async ({ page }) => {
  await page.getByLabel('User name').fill('anna');
  await page.getByLabel('Password').fill('secret-anna');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: 'Products' })).toBeVisible();
  await expect(page.getByText('Hello, Anna')).toBeVisible();
});

test('R5: a locked user is refused', async ({ page }) => {
  await page.getByLabel('User name').fill('leo');
  await page.getByLabel('Password').fill('secret-leo');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toContainText('This account is locked');
  await expect(page.getByText('Hello, Leo')).toBeHidden();
});

test('R4: an unknown user is refused', async ({ page }) => {
  await page.getByLabel('User name').fill('nobody');
  await page.getByLabel('Password').fill('secret-nobody');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toHaveText('User name or password is not right.');
  await expect(page.getByLabel('User name')).toHaveValue('nobody');
});
