import type { Invariant } from './invariant.ts';

export const subscribersSawTheTable: Invariant = {
  name: "a subscriber's list that differs from the table (gap, double, order)",
  violations({ subscribers, events }) {
    const table = events.map(({ position }) => position);
    const places = new Map(table.map((position, index) => [position, index]));
    return subscribers.flatMap(({ name, positions, after, error }) => {
      if (error) return [`${name} ended with ${error}`];
      const start = after === 0 ? 0 : (places.get(after) ?? -1) + 1;
      const expected = table.slice(start);
      const index = expected.findIndex((position, at) => position !== positions[at]);
      if (index === -1 && positions.length === expected.length) return [];
      if (index === -1) return [`${name} has ${positions.length - expected.length} events too many`];
      const kind = kindOf(expected[index]!, positions[index], positions.slice(0, index));
      return [
        `${name} has ${kind} at ${index + 1} of ${expected.length} (it has ${positions.length} in all)`,
      ];
    });
  },
};

function kindOf(expected: number, got: number | undefined, before: number[]): string {
  if (got === undefined) return 'no more events';
  if (before.includes(got)) return `event ${got} twice`;
  return `event ${got} where ${expected} stands`;
}
