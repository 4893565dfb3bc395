import { execFileSync } from 'node:child_process';
import type { Browser } from 'playwright-core';
import { BUILD_SCRIPT, isConsoleCurrent } from '../../src/app/console-files.ts';
import { launchBrowser } from '../../test/console/support/browser.ts';
import { enqueueBacklog } from '../harness/backlog.ts';
import { layCatalogue } from '../harness/catalogue.ts';
import { consoleWeights } from '../harness/console-weights.ts';
import { serveMantinePage } from '../harness/mantine-page.ts';
import { atMost, type Bench, type Figure, type Row } from '../harness/row.ts';
import { startService } from '../harness/service.ts';
import { ms } from '../harness/table.ts';
import { takeTurns } from '../harness/turns.ts';

/** The most that each part may weigh, in kilobytes of gzipped JavaScript and CSS. */
const LIMITS = { first: 350, editor: 140, forms: 130 };

export const consolePage: Row = {
  name: 'console-page',
  limit:
    "React, Mantine's components and its styles, which are two thirds of the first page and all of the empty one; then the router and the icons. The frame is painted from the document itself. The viewer's rights and the first runs are requested while this code is loaded; the table then waits for the code to be compiled and evaluated, and for one render of the frame and its rows.",
  measure: async (bench) => {
    if (!(await isConsoleCurrent())) execFileSync(process.execPath, [BUILD_SCRIPT], { stdio: 'inherit' });
    return [...weights(), ...(await firstView(bench))];
  },
};

function weights(): Figure[] {
  const { first, editor, forms } = consoleWeights();
  const line = (name: string, bytes: number, limit: number): Figure => ({
    figure: `the console's ${name}, gzipped JavaScript and CSS`,
    against: `${limit} kB`,
    ratio: bytes / 1_000 / limit,
    goal: atMost(1),
    ours: `${Math.round(bytes / 1_000)} kB`,
    theirs: `${limit} kB`,
  });
  return [
    line('first page', first, LIMITS.first),
    line('editor, loaded when it is needed', editor, LIMITS.editor),
    line('forms, loaded when they are needed', forms, LIMITS.forms),
  ];
}

function firstView(bench: Bench): Promise<Figure[]> {
  return bench.cluster.withDatabase(async (url) => {
    await enqueueBacklog(url, await layCatalogue(url), 1_000);
    await using opened = new AsyncDisposableStack();
    const service = await startService(url, { JOURNEY_RUNTIME_CONSOLE_ENABLED: 'true' });
    opened.defer(service.stop);
    const empty = await serveMantinePage('empty-mantine', service.url);
    opened.defer(empty.stop);
    const table = await serveMantinePage('mantine-table', service.url);
    opened.defer(table.stop);
    const browser = await launchBrowser();
    opened.defer(() => browser.close());
    const compared = await takeTurns(bench, {
      ours: () => view(browser, new URL('/admin/runs', service.url).href, 'a[href^="/admin/runs/"]'),
      empty: () => view(browser, empty.url, '#shown'),
      table: () => view(browser, table.url, 'tbody tr'),
    });
    const line = (figure: string, measure: string, side: string, against: string): Figure => ({
      figure,
      against: `${against}, served the same way`,
      ratio: compared.ratio(measure, side),
      goal: atMost(1.5),
      ours: ms(compared.of('ours', measure)),
      theirs: ms(compared.of(side, measure)),
    });
    const emptyPage = 'an empty Mantine page';
    const plainTable = 'a Mantine page with one query and its 25 rows in a plain table';
    return [
      line('console: first contentful paint', 'painted', 'empty', emptyPage),
      line('console: from the address to a table of runs', 'shown', 'empty', emptyPage),
      line('console: from the address to a table of runs', 'shown', 'table', plainTable),
    ];
  });
}

/** Opens a page in a context of its own, so that nothing is cached, until it shows an element. */
async function view(browser: Browser, url: string, selector: string) {
  // Playwright evaluates a text to wait for it, which both pages' Content-Security-Policy forbids.
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, bypassCSP: true });
  const page = await context.newPage();
  await page.goto(url, { waitUntil: 'commit' });
  const shown = await page.waitForFunction(`(() => {
    const [paint] = performance.getEntriesByName('first-contentful-paint');
    const isShown = document.querySelector(${JSON.stringify(selector)});
    return paint && isShown ? { painted: paint.startTime, shown: performance.now() } : null;
  })()`);
  const sample = (await shown.jsonValue()) as { painted: number; shown: number };
  await context.close();
  return sample;
}
