import '@fontsource-variable/inter';
import './first-frame.css';
import { parseAddress } from './address.ts';
import { queryClient } from './api/query.ts';
import { firstAddress } from './runs/default-view.ts';
import { runListOf } from './runs/run-source.ts';
import { dividedAddress } from './runs/view-address.ts';
import { viewerOptions } from './shell/viewer-query.ts';

addEventListener('vite:preloadError', () => void beginAnew().catch(() => {}));

const BEGAN = 'began anew at';

// The viewer and the runs are requested while the code that shows them is loaded.
const viewer = queryClient.fetchQuery(viewerOptions);
viewer.then(
  ({ viewer }) => requestRuns(viewer?.permissions.includes('READ_ORDERS') ?? true),
  () => {},
);
void import('./app.tsx').then(({ showFirstPage }) => showFirstPage(viewer));

/** Begins the list of runs if the address is its own. Its page finds it there. */
function requestRuns(orders: boolean): void {
  const { pathname, search } = location;
  if (pathname !== '/' && pathname !== '/admin/runs') return;
  const { filter } = dividedAddress(pathname === '/' ? firstAddress() : parseAddress(search));
  runListOf(filter, orders);
}

/**
 * A new version of the console may have replaced a file that the page was going to load. The page begins anew, where the
 * service answers, and at most once a minute: a file that is missing for another reason would reload it without end.
 */
async function beginAnew(): Promise<void> {
  if (Date.now() - Number(sessionStorage.getItem(BEGAN)) < 60_000) return;
  await fetch('/', { cache: 'no-store' });
  sessionStorage.setItem(BEGAN, String(Date.now()));
  location.reload();
}
