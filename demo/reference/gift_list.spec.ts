import type { Page } from '@playwright/test';
import { test, expect, signIn } from './fixtures';

const gifts = (page: Page) => page.getByRole('main').getByRole('listitem');
const gift = (page: Page, name: string) => gifts(page).filter({ hasText: name });
const names = (page: Page) => gifts(page).getByRole('link');

async function wish(page: Page, id: string) {
  await page.goto(`/products/${id}`);
  await page.getByTitle('Put on my gift list').click();
}

test('R82: a wish goes to the end of the list, once', async ({ page }) => {
  await signIn(page, 'anna');
  await wish(page, 'sencha');
  await expect(page.getByText('Sencha is on your gift list.')).toBeVisible();
  await wish(page, 'teapot');
  await expect(page.getByText('Teapot is on your gift list already.')).toBeVisible();
  await page.goto('/gift-list');
  await expect(names(page)).toHaveText(['Teapot', 'Matcha Powder', 'Oolong', 'Sencha']);
});

test('R82: a guest who wishes is asked to sign in', async ({ page }) => {
  await wish(page, 'sencha');
  await expect(page.getByText('Please sign in first.')).toBeVisible();
});

test('R83: dragging puts a gift in its place, for guests as well', async ({ page }) => {
  await signIn(page, 'anna');
  await page.goto('/gift-list');
  await gift(page, 'Oolong').dragTo(gift(page, 'Teapot'));
  await expect(page.getByText('The new order is kept.')).toBeVisible();
  await expect(names(page)).toHaveText(['Oolong', 'Teapot', 'Matcha Powder']);
  await page.goto('/gift-list/anna');
  await expect(names(page)).toHaveText(['Oolong', 'Teapot', 'Matcha Powder']);
  await page.goto('/gift-list');
  await gift(page, 'Oolong').dragTo(gift(page, 'Matcha Powder'));
  await expect(page.getByText('The new order is kept.')).toBeVisible();
  await page.reload();
  await expect(names(page)).toHaveText(['Teapot', 'Matcha Powder', 'Oolong']);
});

test('R84: what is taken off is off', async ({ page }) => {
  await signIn(page, 'anna');
  await page.goto('/gift-list');
  await gift(page, 'Matcha Powder').getByTitle('Take off').click();
  await expect(names(page)).toHaveText(['Teapot', 'Oolong']);
  await gift(page, 'Teapot').getByTitle('Take off').click();
  await expect(names(page)).toHaveText(['Oolong']);
  await gift(page, 'Oolong').getByTitle('Take off').click();
  await expect(page.getByText('Your gift list is empty.')).toBeVisible();
});

test('R85: the list as guests see it opens in a new tab', async ({ page }) => {
  await signIn(page, 'anna');
  await page.goto('/gift-list');
  const opened = page.waitForEvent('popup');
  await page.getByRole('link', { name: 'See what your guests see' }).click();
  await expect((await opened).getByRole('heading', { name: "Anna's gift list" })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Your gift list' })).toBeVisible();
});

test('R86: a list is found by the first name', async ({ page }) => {
  await page.goto('/gift-list');
  for (const [name, answer] of [['Tom', 'We know no gift list of “Tom”.'],
    ['ANNA', "Anna's gift list"]]) {
    await page.getByPlaceholder('Whose gift list?').fill(name);
    await page.getByRole('button', { name: 'Find' }).click();
    await expect(page.getByText(answer)).toBeVisible();
  }
});

test('R87 R88: one guest gives, the others are told', async ({ page, browser, baseURL }) => {
  await signIn(page, 'sam');
  await page.goto('/gift-list/anna');
  const other = await browser.newPage({ baseURL });
  await signIn(other, 'mia');
  await other.goto('/gift-list/anna');
  await gift(page, 'Teapot').getByRole('button', { name: 'I will give this' }).click();
  await expect(gift(page, 'Teapot')).toContainText('You give this.');
  await other.reload();
  await expect(gift(other, 'Teapot')).toContainText('Somebody gives this.');
  await expect(gift(other, 'Teapot').getByRole('button')).toBeHidden();
  await expect(gift(other, 'Oolong').getByRole('button')).toHaveText('I will give this');
  await gift(page, 'Teapot').getByRole('button', { name: 'Take it back' }).click();
  await expect(gift(page, 'Teapot').getByRole('button')).toHaveText('I will give this');
  await other.close();
});

test('R89: the owner is not told', async ({ page }) => {
  await signIn(page, 'sam');
  await page.goto('/gift-list/anna');
  await gift(page, 'Teapot').getByRole('button', { name: 'I will give this' }).click();
  await expect(gift(page, 'Teapot')).toContainText('You give this.');
  await signIn(page, 'anna');
  for (const path of ['/gift-list/anna', '/gift-list']) {
    await page.goto(path);
    await expect(gift(page, 'Teapot')).toBeVisible();
    await expect(page.getByText('gives this')).toBeHidden();
    await expect(page.getByRole('button', { name: 'I will give this' })).toBeHidden();
  }
  await page.goto('/gift-list/anna');
  await expect(page.getByText('What is given to you is a secret.')).toBeVisible();
});
