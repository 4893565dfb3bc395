import type { Page } from 'playwright-core';

/** The tables of a page that are wider than their place, by their labels. Those for screen readers alone are left out. */
export const cutTables = (page: Page): Promise<string[]> =>
  page
    .locator('table:not(.mantine-VisuallyHidden-root *)')
    .evaluateAll((tables) =>
      tables
        .filter((table) => table.scrollWidth > table.parentElement!.clientWidth)
        .map((table) => table.ariaLabel ?? table.textContent),
    );
