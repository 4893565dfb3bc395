import type { JsonObject } from '../../json/json.ts';
import { SHARED_KEYS } from './shared-payload.ts';

/** JSON that a run's payloads must contain, in the form that the API shows (jsonb's @>). */
export type JsonConditions = {
  inputPayload?: JsonObject | null;
  metadata?: JsonObject | null;
  context?: JsonObject | null;
};

/**
 * One way in which a run `r` can meet all conditions. `own` are SQL conditions on the run. `shared` are those on
 * its group `g`; empty where the run's own payload meets every condition.
 */
export type JsonAlternative = { own: string[]; shared: string[] };

export const JSON_COLUMNS = {
  inputPayload: { own: 'r.input_payload', shared: 'g.shared_input', sharedKeys: SHARED_KEYS.input },
  metadata: { own: 'r.metadata', shared: null, sharedKeys: [] },
  context: { own: 'r.context', shared: 'g.shared_context', sharedKeys: SHARED_KEYS.context },
} as const;
export type JsonField = keyof typeof JSON_COLUMNS;
export const JSON_FIELDS = Object.keys(JSON_COLUMNS) as JsonField[];

/**
 * Splits the conditions into alternatives; a run meets at most one of them. An object contains another exactly if
 * it contains each of its keys, and a shown payload takes each key from one place: SHARED_KEYS from the group if
 * the run has one, all others from the run. So a condition on both kinds of keys becomes one condition for each
 * place.
 */
export function jsonAlternatives(filter: JsonConditions, bind: (value: string) => string): JsonAlternative[] {
  let alternatives: JsonAlternative[] = [{ own: [], shared: [] }];
  for (const field of JSON_FIELDS) {
    const part = filter[field];
    if (!part) continue;
    const ways = waysToContain(field, part, bind);
    alternatives = alternatives.flatMap(({ own, shared }) =>
      ways.map((way) => ({ own: [...own, ...way.own], shared: [...shared, ...way.shared] })),
    );
  }
  return alternatives;
}

/** The same as one condition on a run `r`. */
export function jsonConditionSql(filter: JsonConditions, bind: (value: string) => string): string {
  const ways = jsonAlternatives(filter, bind).map(({ own, shared }) => [
    ...own,
    ...(shared.length > 0 ? [ofGroup(shared)] : []),
  ]);
  return `(${ways.map((all) => all.join(' and ') || 'true').join(' or ')})`;
}

const ofGroup = (shared: string[]): string =>
  `exists (select from journey_run_groups g where g.id = r.group_id and ${shared.join(' and ')})`;

function waysToContain(
  field: JsonField,
  part: JsonObject,
  bind: (value: string) => string,
): JsonAlternative[] {
  const { own, shared, sharedKeys } = JSON_COLUMNS[field];
  const contains = (column: string, entries: [string, unknown][]) =>
    `${column} @> ${bind(JSON.stringify(Object.fromEntries(entries)))}::jsonb`;
  const entries = Object.entries(part);
  const whole = contains(own, entries);
  const isShared = ([key]: [string, unknown]) => (sharedKeys as readonly string[]).includes(key);
  const ofGroup = entries.filter(isShared);
  if (shared === null || ofGroup.length === 0) return [{ own: [whole], shared: [] }];
  const ofRun = entries.filter((entry) => !isShared(entry));
  return [
    { own: [whole], shared: [] },
    {
      own: [`not ${whole}`, ...(ofRun.length > 0 ? [contains(own, ofRun)] : [])],
      shared: [contains(shared, ofGroup)],
    },
  ];
}
