import { test, expect } from '@playwright/test';

// Executed once per version of Node and Playwright, so that Node keeps the compiled code of what
// every run needs, and of what a failing one needs.

const PAGE = '<h1>Sign in</h1><label>Name <input></label><button>Go</button><ul><li>One</li></ul>';

test.use({ actionTimeout: 500 });

test('passes', async ({ page }) => {
  await test.step('When I fill and click', async () => {
    await page.setContent(PAGE);
    await page.getByLabel('Name').fill('anna');
    await page.getByRole('button', { name: 'Go' }).click();
  });
  await test.step('Then I see it', async () => {
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    await expect(page.getByRole('listitem')).toHaveText(['One']);
  });
});

test('fails', async ({ page }) => {
  test.fail();
  await page.setContent(PAGE);
  await expect(page.getByText('Nothing of the kind')).toBeVisible({ timeout: 100 });
});
