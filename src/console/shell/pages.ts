import {
  Activity,
  Boxes,
  KeyRound,
  Layers,
  type LucideIcon,
  Package,
  ScrollText,
  Server,
  ShoppingCart,
} from 'lucide-react';

export type PageLink = { to: string; label: string; icon: LucideIcon; keywords: string };

/** The pages of the navigation and of the command palette, in order. A new page needs its line here and its route. */
export const PAGES: readonly PageLink[] = [
  { to: '/admin/runs', label: 'Runs', icon: Activity, keywords: 'executions history failed queue' },
  {
    to: '/admin/products',
    label: 'Products',
    icon: Package,
    keywords: 'sku journey steps bindings composer',
  },
  { to: '/admin/components', label: 'Components', icon: Boxes, keywords: 'scripts versions schema registry' },
  { to: '/admin/orders', label: 'Orders', icon: ShoppingCart, keywords: 'checkout journey automation' },
  { to: '/admin/bulk', label: 'Bulk operations', icon: Layers, keywords: 'retry replay cancel many' },
  { to: '/admin/system', label: 'System', icon: Server, keywords: 'workers queues version runner' },
  {
    to: '/admin/keys',
    label: 'API keys',
    icon: KeyRound,
    keywords: 'principals roles rights people rotate revoke',
  },
  { to: '/admin/audit', label: 'Audit log', icon: ScrollText, keywords: 'who changed rejected history' },
];
