import { test, expect, signIn } from './fixtures';

test.beforeEach(async ({ page }) => {
  await signIn(page, 'mia');
  await page.getByRole('link', { name: 'Account' }).click();
});

test('R45: the account shows who one is', async ({ page }) => {
  await expect(page.getByLabel('Name')).toHaveValue('Mia Okafor');
  await expect(page.getByLabel('Name')).toBeDisabled();
  await expect(page.getByLabel('Email')).toHaveValue('mia@example.com');
  await expect(page.getByLabel('Delivery note')).toHaveValue('Ring twice.');
  await expect(page.getByLabel('Send me the newsletter')).toBeChecked();
});

test('R46: saved details are there again', async ({ page }) => {
  const note = 'Leave it with the neighbours.\nAfter five.';
  await page.getByLabel('Delivery note').fill(note);
  await page.getByLabel('Send me the newsletter').uncheck();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Your details are saved.')).toBeVisible();
  await page.goto('/account');
  await expect(page.getByText('Your details are saved.')).toBeHidden();
  await expect(page.getByLabel('Delivery note')).toHaveValue(note);
  await expect(page.getByLabel('Send me the newsletter')).not.toBeChecked();
});

test('R47: an email needs an @', async ({ page }) => {
  await page.getByLabel('Email').fill('mia.example.com');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('alert')).toHaveText('Enter an email address with an @.');
});
