import type { Locator, Page } from 'playwright-core';

/** The list of runs, by what a person sees and does there. */
export class RunsPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get table(): Locator {
    return this.page.getByRole('table', { name: 'Runs', exact: true });
  }

  /** The rows, without the head. */
  get rows(): Locator {
    return this.table.getByRole('row').filter({ has: this.page.getByRole('link') });
  }

  row(text: string | RegExp): Locator {
    return this.rows.filter({ hasText: text });
  }

  tab(name: string): Locator {
    return this.page.getByRole('navigation', { name: 'Status' }).getByRole('button', { name });
  }

  get live(): Locator {
    return this.page.getByText('Live', { exact: true });
  }

  get newRuns(): Locator {
    return this.page.getByRole('button', { name: /new runs?$/ });
  }

  /** The names of the components in the rows, from the top down. */
  async components(): Promise<string[]> {
    return this.rows.getByRole('link').allTextContents();
  }

  async scrollTo(pixels: number): Promise<void> {
    await this.table.evaluate((table, top) => table.scrollTo({ top }), pixels);
  }

  /** Scrolls on whenever a page is loaded, until the row with this number is there. */
  async scrollToRow(index: number): Promise<void> {
    await this.table.evaluate(
      (table, last) =>
        new Promise<void>((resolve) => {
          const timer = setInterval(() => {
            table.scrollTo({ top: table.scrollHeight });
            if (!table.querySelector(`[aria-rowindex="${last}"]`)) return;
            clearInterval(timer);
            resolve();
          }, 20);
        }),
      index,
    );
  }

  /** Resolves when the list is loaded and has this many runs. */
  async shows(count: number): Promise<void> {
    await this.page.getByText(`${count} run${count === 1 ? '' : 's'}`, { exact: true }).waitFor();
    await this.rows.nth(count - 1).waitFor();
  }

  /** Opens the menu of a value in a row and chooses an item. */
  async choose(row: Locator, value: string, item: string): Promise<void> {
    await row.getByRole('button', { name: value, exact: true }).click();
    await this.page.getByRole('menuitem', { name: item }).click();
  }
}
