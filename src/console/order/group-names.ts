import type { RunGroupKind } from '../api/generated/graphql.ts';

export const GROUP_NAMES: Record<RunGroupKind, string> = {
  CHECKOUT: 'Checkout',
  AUTOMATION: 'Journey automation',
};
