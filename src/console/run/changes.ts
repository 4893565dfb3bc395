import microdiff from 'microdiff';
import { ExactNumber } from '../api/exact-numbers.ts';

/** One difference between two JSON values, in words. */
export type Change = { path: string; kind: 'added' | 'removed' | 'changed'; before: unknown; after: unknown };

/** The paths that are different in every request. */
const ALWAYS_NEW = new Set(['runId', 'attempt', 'trigger.runId', 'trigger.attempt']);

/** The differences between two requests of the script host, by path, without those that every request has. */
export function changesOf(before: unknown, after: unknown): Change[] {
  const [old, now] = [{ request: before }, { request: after }];
  return microdiff(old, now)
    .map(({ type, path: found, ...values }): Change => {
      const { oldValue, value } = values as { oldValue?: unknown; value?: unknown };
      const path = found.slice(1);
      // Two exact numbers are compared by their texts, like objects.
      const holder = found.slice(0, -1);
      if (valueAt(old, holder) instanceof ExactNumber)
        return {
          path: pathText(path.slice(0, -1)),
          kind: 'changed',
          before: valueAt(old, holder),
          after: valueAt(now, holder),
        };
      return { path: pathText(path), kind: KINDS[type], before: oldValue, after: value };
    })
    .filter(({ path }) => !ALWAYS_NEW.has(path));
}

const KINDS = { CREATE: 'added', REMOVE: 'removed', CHANGE: 'changed' } as const;

const valueAt = (value: unknown, path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>((inner, step) => (inner as Record<string | number, unknown>)[step], value);

function pathText(path: readonly (string | number)[]): string {
  return path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`),
    '',
  );
}
