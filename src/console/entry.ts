import '@fontsource-variable/inter';
import './first-frame.css';
import { parseAddress } from './address.ts';
import { queryClient } from './api/query.ts';
import { firstAddress } from './runs/default-view.ts';
import { runListOf } from './runs/run-source.ts';
import { dividedAddress } from './runs/view-address.ts';
import { viewerOptions } from './shell/viewer-query.ts';

// A new version of the console has replaced the files that this page was going to load.
addEventListener('vite:preloadError', () => location.reload());

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
