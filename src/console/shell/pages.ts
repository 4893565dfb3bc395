import { Activity, type LucideIcon } from 'lucide-react';

export type PageLink = { to: string; label: string; icon: LucideIcon; keywords: string };

/** The pages of the navigation and of the command palette, in order. A new page needs its line here and its route. */
export const PAGES: readonly PageLink[] = [
  { to: '/admin/runs', label: 'Runs', icon: Activity, keywords: 'executions history failed queue' },
];
