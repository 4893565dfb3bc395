import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { type Address, parseAddress, writeAddress } from './address.ts';
import { firstAddress } from './runs/default-view.ts';
import { Frame } from './shell/Frame.tsx';
import { NotFound } from './shell/NotFound.tsx';
import { PageError } from './shell/PageError.tsx';
import { ShortLink } from './shell/ShortLink.tsx';

const root = createRootRoute({
  component: Frame,
  notFoundComponent: NotFound,
  errorComponent: PageError,
});

/**
 * A page, loaded when it is opened first. It reads its state from the parameters of the address, and begins anew for
 * another object, so that nothing of the previous one stays.
 */
const page = <Path extends string>(path: Path, load: () => Promise<Record<string, unknown>>, name: string) =>
  createRoute({
    getParentRoute: () => root,
    path,
    validateSearch: (search): Address => search as Address,
    remountDeps: ({ params }) => params,
    // biome-ignore lint/suspicious/noExplicitAny: the module of a page has its component under the name.
    component: lazyRouteComponent((() => load().catch(failToLoad)) as any, name),
  });

/** The router would load the whole console anew for the browser's own error, also where the service does not answer. */
function failToLoad(cause: unknown): never {
  throw new Error('The code of the page could not be loaded. The service may be restarting.', { cause });
}

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/admin/runs', search: firstAddress() });
  },
});

const shortLink = createRoute({ getParentRoute: () => root, path: '/r/$id', component: ShortLink });

const routeTree = root.addChildren([
  home,
  shortLink,
  page('/admin/runs', () => import('./runs/RunsPage.tsx'), 'RunsPage'),
  page('/admin/runs/$id', () => import('./run/RunPage.tsx'), 'RunPage'),
  page('/admin/orders', () => import('./orders/OrdersPage.tsx'), 'OrdersPage'),
  page('/admin/orders/$number', () => import('./order/OrderPage.tsx'), 'OrderPage'),
  page('/admin/groups/$id', () => import('./order/GroupPage.tsx'), 'GroupPage'),
  page('/admin/bulk', () => import('./bulk/BulkPage.tsx'), 'BulkPage'),
  page('/admin/bulk/$id', () => import('./bulk/BulkOperationPage.tsx'), 'BulkOperationPage'),
  page('/admin/system', () => import('./system/SystemPage.tsx'), 'SystemPage'),
  page('/admin/keys', () => import('./keys/KeysPage.tsx'), 'KeysPage'),
  page('/admin/audit', () => import('./audit/AuditPage.tsx'), 'AuditPage'),
  page('/admin/products', () => import('./products/ProductsPage.tsx'), 'ProductsPage'),
  page('/admin/products/$sku', () => import('./product/ProductPage.tsx'), 'ProductPage'),
  page('/admin/components', () => import('./components/ComponentsPage.tsx'), 'ComponentsPage'),
  page('/admin/components/new', () => import('./component/NewComponentPage.tsx'), 'NewComponentPage'),
  page('/admin/components/$key', () => import('./component/ComponentPage.tsx'), 'ComponentPage'),
]);

export const router = createRouter({
  routeTree,
  parseSearch: parseAddress,
  stringifySearch: writeAddress,
  defaultErrorComponent: PageError,
  defaultPreload: 'intent',
  // A new page begins at its top; going back restores the place.
  scrollRestoration: true,
  scrollToTopSelectors: ['[data-scroll-restoration-id=page]'],
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
