import type { Records } from '../records.ts';

/** What must hold of whatever was recorded. Each violation is a sentence that names what broke it. */
export type Invariant = { name: string; violations: (records: Records) => string[] };

/** The records of each run, in the order in which they were given. */
export function byRun<T extends { runId: string }>(records: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const record of records) {
    const group = groups.get(record.runId);
    if (group) group.push(record);
    else groups.set(record.runId, [record]);
  }
  return groups;
}
