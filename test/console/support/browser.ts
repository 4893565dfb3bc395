import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const EXECUTABLE = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
].find((path) => existsSync(path));

/** Whether a browser is installed. Without one the stories are skipped, and say how to run them. */
export const hasBrowser = EXECUTABLE !== undefined;
if (!hasBrowser)
  console.warn(
    'The stories of the console are skipped: install a browser, such as `apt-get install chromium`.',
  );

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: EXECUTABLE,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-dev-shm-usage'],
  });
}
