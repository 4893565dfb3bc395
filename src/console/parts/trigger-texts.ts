import type { Trigger } from '../api/generated/graphql.ts';

/** The triggers of a component, in words that follow "runs". */
export const TRIGGER_TEXTS: Record<Trigger, string> = {
  CHECKOUT: 'at checkout',
  POST_CHECKOUT: 'after checkout',
  OPERATOR: 'by operators',
  AUTOMATION: 'by automations',
  PRESET: 'by presets',
};
