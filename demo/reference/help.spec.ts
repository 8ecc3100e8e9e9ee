import type { Page } from '@playwright/test';
import { test, expect } from './fixtures';

test.beforeEach(async ({ page }) => {
  await page.goto('/help');
});

async function track(page: Page, order: string) {
  await page.getByPlaceholder('Order number').fill(order);
  await page.getByRole('button', { name: 'Track' }).click();
}

async function openChat(page: Page) {
  await page.getByRole('button', { name: 'Chat with us' }).click();
  await expect(page.getByPlaceholder('Type your question')).toBeFocused();
}

async function ask(page: Page, question: string) {
  await page.getByPlaceholder('Type your question').fill(question);
  await page.getByRole('button', { name: 'Send' }).click();
}

test('R90: a question opens its answer', async ({ page }) => {
  const answer = page.getByText('Two years in a closed tin.');
  await expect(answer).toBeHidden();
  await page.getByText('How long does tea keep?').click();
  await expect(answer).toBeVisible();
});

test('R91: questions are found by their words', async ({ page }) => {
  const questions = page.getByRole('group').filter({ visible: true });
  await expect(questions).toHaveCount(6);
  for (const [words, question] of [['SWITZERLAND', 'Do you deliver to Switzerland?'],
    ['postage', 'Can I send something back?']]) {
    await page.getByPlaceholder('What is your question?').fill(words);
    await expect(questions).toHaveCount(1);
    await expect(questions).toContainText(question);
  }
  await page.getByPlaceholder('What is your question?').fill('parrots');
  await expect(questions).toHaveCount(0);
  await expect(page.getByText('No answer has these words. Ask us in the chat.')).toBeVisible();
});

test('R92: an order number tells where the parcel is', async ({ page }) => {
  await track(page, '4711');
  await expect(page.getByText('Asking the carrier…')).toBeVisible();
  await expect(page.getByRole('alert')).toHaveText('We do not know this order.');
  await track(page, '1001');
  await expect(page.getByText('Delivered to the front door.')).toBeVisible();
});

test('R93: the carrier can be asked again', async ({ page }) => {
  await track(page, '1002');
  await expect(page.getByRole('alert')).toHaveText('The carrier does not answer.');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText('On its way: left the depot this morning.')).toBeVisible();
  await expect(page.getByRole('alert')).toBeHidden();
});

test('R94: the terms open in a new tab', async ({ page }) => {
  const opened = page.waitForEvent('popup');
  await page.getByRole('link', { name: 'Terms' }).click();
  await expect((await opened).getByRole('heading', { name: 'Terms' })).toBeVisible();
  await expect(page).toHaveTitle('Help - Leaf & Bean');
});

test('R95: the chat opens and closes', async ({ page }) => {
  const chat = page.getByRole('dialog', { name: 'Chat' });
  await expect(chat).toBeHidden();
  await openChat(page);
  await expect(chat).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(chat).toBeHidden();
  await openChat(page);
  await chat.getByTitle('Close').click();
  await expect(chat).toBeHidden();
});

test('R96: the chat answers what it knows', async ({ page }) => {
  await openChat(page);
  const log = page.getByRole('log').getByRole('listitem');
  await ask(page, 'How long does Delivery take?');
  await expect(log.last()).toHaveText('Leaf & Bean is typing…');
  await expect(log.last()).toHaveText('Leaf & Bean: Standard delivery takes two to four days.');
  await ask(page, 'Do you sell parrots?');
  await expect(log).toHaveText(['You: How long does Delivery take?',
    'Leaf & Bean: Standard delivery takes two to four days.', 'You: Do you sell parrots?',
    'Leaf & Bean: I will ask a colleague.']);
});

test('R97: what was said is kept', async ({ page }) => {
  await openChat(page);
  const log = page.getByRole('log').getByRole('listitem');
  await ask(page, 'Is there a coupon?');
  await expect(log).toHaveCount(2);
  await page.reload();
  await openChat(page);
  await expect(log.first()).toHaveText('You: Is there a coupon?');
});
