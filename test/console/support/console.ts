import { execFileSync } from 'node:child_process';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { BUILD_SCRIPT, isConsoleCurrent } from '../../../src/app/console-files.ts';
import { launchBrowser } from './browser.ts';

/** A browser for one file of stories, in front of a console that is built from the sources. */
export type ConsoleBrowser = {
  /** Opens a page in a context of its own, as another person would. */
  open(url: string, options?: BrowserContextOptions): Promise<Page>;
  /** The errors of all pages so far: those of the console, of scripts, and violations of the policy. */
  problems: string[];
  close(): Promise<void>;
};

export async function openConsoleBrowser(): Promise<ConsoleBrowser> {
  if (!(await isConsoleCurrent())) execFileSync(process.execPath, [BUILD_SCRIPT], { stdio: 'inherit' });
  const browser: Browser = await launchBrowser();
  const problems: string[] = [];
  return {
    async open(url, options) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
      // A busy machine is no failure.
      context.setDefaultTimeout(60_000);
      const page = await context.newPage();
      page.on('pageerror', (error) => problems.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') problems.push(message.text());
      });
      await page.goto(url);
      return page;
    },
    problems,
    close: () => browser.close(),
  };
}
