import type { Page } from '@playwright/test';
import { test, expect, signIn } from './fixtures';

const PHOTO = `${__dirname}/../features/files/teapot.png`;

const reviews = (page: Page) => page.getByRole('article');
const review = (page: Page, title: string) => reviews(page).filter({ hasText: title });

async function post(page: Page, stars: number, title: string, text: string, photo?: Parameters<
  ReturnType<Page['locator']>['setInputFiles']>[0]) {
  if (stars > 0) await page.getByRole('radio', { name: `${stars} star` }).click();
  await page.getByPlaceholder('Headline').fill(title);
  await page.getByPlaceholder('What did you think of it?').fill(text);
  if (photo) await page.getByLabel('Add a photo').setInputFiles(photo);
  await page.getByRole('button', { name: 'Post review' }).click();
}

test('R63: a product leads to its reviews and their average', async ({ page }) => {
  await page.goto('/products/assam');
  await page.getByRole('link', { name: '14 reviews' }).click();
  await expect(page.getByText('4.1 out of 5, 14 reviews')).toBeVisible();
  await page.goto('/products/oolong');
  await expect(page.getByRole('link', { name: 'No reviews yet' })).toBeVisible();
});

test('R63: the average is rounded', async ({ page }) => {
  await signIn(page, 'sam');
  await page.goto('/products/green-tea/reviews');
  await post(page, 2, 'Not mine', 'It tastes of grass.');
  await expect(page.getByText('3.8 out of 5, 4 reviews')).toBeVisible();
});

test('R64 R49: reviews load five at a time, the newest first', async ({ page }) => {
  await page.goto('/products/assam/reviews');
  const titles = reviews(page).getByRole('heading');
  await expect(titles).toHaveText(['Malty', 'My morning tea', 'Good, but dusty',
    'Better than what I had', 'For guests']);
  await expect(page.getByText('Loading…')).toBeAttached();
  for (const count of [10, 14]) {
    await page.getByText('Loading…').scrollIntoViewIfNeeded();
    await expect(titles).toHaveCount(count);
  }
  await expect(titles.last()).toHaveText('Nice colour');
  await expect(page.getByText('That was the last review.')).toBeVisible();
});

test('R65: the best or the worst come first', async ({ page }) => {
  await page.goto('/products/assam/reviews');
  for (const [order, first] of [['Worst first', ['Too strong for me', 'Good, but dusty']],
    ['Best first', ['My morning tea', 'Better than what I had']]] as const) {
    await page.getByRole('button', { name: 'Sort by' }).click();
    await page.getByRole('option', { name: order }).click();
    await expect(page.getByRole('button', { name: order })).toBeVisible();
    await expect(reviews(page).getByRole('heading').nth(0)).toHaveText(first[0]);
    await expect(reviews(page).getByRole('heading').nth(1)).toHaveText(first[1]);
  }
});

test('R66: a guest signs in to write, and a customer writes once', async ({ page }) => {
  await page.goto('/products/teapot/reviews');
  await expect(page.getByRole('button', { name: 'Post review' })).toBeHidden();
  await page.getByRole('link', { name: 'Sign in to write a review.' }).click();
  await page.getByLabel('User name').fill('mia');
  await page.getByLabel('Password').fill('secret-mia');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText('You have reviewed this product.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Post review' })).toBeHidden();
});

for (const [stars, title, text, problem] of [
  [0, 'Autumn', 'Round.', 'Choose from one to five stars.'],
  [3, '', 'Round.', 'Enter a headline.'],
  [3, 'Autumn', '', 'Tell us what you thought of it.'],
] as const) {
  test(`R67: a review is refused with "${problem}"`, async ({ page }) => {
    await signIn(page, 'sam');
    await page.goto('/products/rooibos/reviews');
    await post(page, stars, title, text);
    await expect(page.getByRole('alert')).toHaveText(problem);
    await expect(page.getByPlaceholder('Headline')).toHaveValue(title);
    const chosen = page.getByRole('radio', { checked: true });
    await expect(chosen).toHaveCount(stars > 0 ? 1 : 0);
  });
}

test('R68 R69: a new review is the newest for everybody', async ({ page, browser, baseURL }) => {
  await signIn(page, 'anna');
  await page.goto('/products/assam/reviews');
  await post(page, 5, 'Back for more', 'The third bag.', PHOTO);
  await expect(page.getByText('Thank you for your review.')).toBeVisible();
  const other = await browser.newPage({ baseURL });
  await signIn(other, 'mia');
  await other.goto('/products/assam/reviews');
  const first = reviews(other).first();
  await expect(first.getByRole('heading')).toHaveText('Back for more');
  await expect(first).toContainText('Anna, ');
  await expect(first.getByRole('img', { name: '5 out of 5 stars' })).toBeVisible();
  const photo = first.getByRole('img', { name: 'Photo by Anna' });
  await expect(photo).toBeVisible();
  await expect(photo).toHaveJSProperty('naturalWidth', 96);
  await other.close();
});

for (const [what, photo, problem] of [
  ['a text', { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('blue') },
    'The photo has to be a JPEG or a PNG.'],
  ['600 KB', { name: 'big.png', mimeType: 'image/png', buffer: Buffer.alloc(600 * 1024) },
    'The photo is larger than 500 KB.'],
] as const) {
  test(`R70: a photo of ${what} is refused`, async ({ page }) => {
    await signIn(page, 'sam');
    await page.goto('/products/rooibos/reviews');
    await post(page, 3, 'Autumn', 'Round.', photo);
    await expect(page.getByRole('alert')).toHaveText(problem);
  });
}

test('R71: each customer counts once as helped', async ({ page, browser, baseURL }) => {
  await signIn(page, 'sam');
  await page.goto('/products/green-tea/reviews');
  await review(page, 'Fresh').getByRole('button', { name: 'Helpful' }).click();
  await expect(review(page, 'Fresh')).toContainText('1 person found this helpful');
  await expect(review(page, 'Fresh').getByRole('button')).toBeHidden();
  const other = await browser.newPage({ baseURL });
  await signIn(other, 'mia');
  await other.goto('/products/green-tea/reviews');
  await review(other, 'Fresh').getByRole('button', { name: 'Helpful' }).click();
  await expect(review(other, 'Fresh')).toContainText('2 people found this helpful');
  await other.close();
});

test('R72: only who wrote a review can delete it, and is asked first', async ({ page }) => {
  await signIn(page, 'anna');
  await page.goto('/products/teapot/reviews');
  await expect(review(page, 'Pours well')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Delete' })).toBeHidden();
  await signIn(page, 'mia');
  await page.goto('/products/teapot/reviews');
  page.once('dialog', (dialog) => dialog.dismiss());
  await page.getByRole('button', { name: 'Delete' }).click();
  await expect(review(page, 'Pours well')).toBeVisible();
  page.once('dialog', (dialog) => dialog.accept());
  await page.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('No reviews yet')).toBeVisible();
  await expect(reviews(page)).toHaveCount(0);
});
