import microdiff from 'microdiff';

/** One difference between two JSON values, in words. */
export type Change = { path: string; kind: 'added' | 'removed' | 'changed'; before: unknown; after: unknown };

/** The paths that are different in every request. */
const ALWAYS_NEW = new Set(['runId', 'attempt', 'trigger.runId', 'trigger.attempt']);

/** The differences between two requests of the script host, by path, without those that every request has. */
export function changesOf(before: unknown, after: unknown): Change[] {
  return microdiff({ request: before }, { request: after })
    .map(({ type, path, ...values }): Change => {
      const { oldValue, value } = values as { oldValue?: unknown; value?: unknown };
      return { path: pathText(path.slice(1)), kind: KINDS[type], before: oldValue, after: value };
    })
    .filter(({ path }) => !ALWAYS_NEW.has(path));
}

const KINDS = { CREATE: 'added', REMOVE: 'removed', CHANGE: 'changed' } as const;

function pathText(path: readonly (string | number)[]): string {
  return path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`),
    '',
  );
}
