import { test as base, expect, type Page } from '@playwright/test';

/** Every test starts from the shop's initial state. */
export const test = base.extend<{ initialState: void }>({
  initialState: [async ({ request }, use) => {
    expect((await request.post('/reset')).ok()).toBe(true);
    await use();
  }, { auto: true }],
});

export { expect };

export async function signIn(page: Page, userName: string) {
  await page.goto('/sign-in');
  await page.getByLabel('User name').fill(userName);
  await page.getByLabel('Password').fill(`secret-${userName}`);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: 'Products' })).toBeVisible();
}

/** Adds from the product's own page, and waits until the shop has said so. */
export async function addToCart(page: Page, id: string, quantity = 1) {
  await page.goto(`/products/${id}`);
  await page.getByLabel('Quantity').fill(String(quantity));
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await expect(page.getByText('was added to the cart.')).toBeVisible();
}

/** The value beside a term of a description list, such as "Total". */
export function valueOf(page: Page, term: string) {
  return page.getByRole('term').filter({ hasText: new RegExp(`^${term}$`) })
    .locator('xpath=following-sibling::dd[1]');
}

export function row(page: Page, text: string) {
  return page.getByRole('row').filter({ hasText: text });
}
