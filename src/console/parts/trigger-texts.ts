import type { Trigger } from '../api/generated/graphql.ts';

/** The triggers of a component, in words that follow "runs". */
export const TRIGGER_TEXTS: Record<Trigger, string> = {
  CHECKOUT: 'at checkout',
  POST_CHECKOUT: 'after checkout',
  OPERATOR: 'by operators',
  AUTOMATION: 'by automations',
  PRESET: 'by presets',
};

/** The causes of such runs, in a few words. */
export const TRIGGER_HINTS: Record<Trigger, string> = {
  CHECKOUT: 'while a customer checks out',
  POST_CHECKOUT: 'once the order is placed, or later by its journey automation',
  OPERATOR: 'by a person, with the journey automation of an order',
  AUTOMATION: 'by the journey automation of an order',
  PRESET: 'by other programs of the shop, before there is an order',
};
