import microdiff from 'microdiff';
import type { Trigger } from '../api/generated/graphql.ts';
import { TRIGGER_TEXTS } from '../parts/trigger-texts.ts';

/** The parts of a version that are compared. */
export type Definition = {
  triggers: readonly Trigger[];
  timeoutSeconds: number;
  retryPolicy: { [key: string]: unknown };
  script: { [key: string]: unknown };
  providerDependencies: readonly { key: string; optional: boolean }[];
  inputSchema: { [key: string]: unknown };
};

/** The changes of a version in words: "attempts 3 → 5", "the input email is now required". */
export function changesOf(before: Definition, after: Definition): string[] {
  return [
    ...listChanges('runs', triggers(before), triggers(after)),
    ...valueChanges('', { 'time limit': before.timeoutSeconds }, { 'time limit': after.timeoutSeconds }),
    ...valueChanges('', named(before.retryPolicy), named(after.retryPolicy)),
    ...valueChanges('script: ', before.script, after.script),
    ...listChanges('needs', providers(before), providers(after)),
    ...schemaChanges(before.inputSchema, after.inputSchema),
  ];
}

const triggers = (definition: Definition) => definition.triggers.map((trigger) => TRIGGER_TEXTS[trigger]);

/** The retry policy by the names that its fields have on the page. */
const named = (retryPolicy: Values): Values =>
  Object.fromEntries(
    Object.entries(retryPolicy).map(([field, value]) => [RETRY_NAMES[field] ?? field, value]),
  );

const RETRY_NAMES: Record<string, string> = {
  maxAttempts: 'attempts at most',
  backoff: 'wait between attempts',
  initialDelaySeconds: 'first wait',
  maxDelaySeconds: 'longest wait',
};

const providers = ({ providerDependencies }: Definition) =>
  providerDependencies.map(({ key, optional }) => (optional ? `${key} (optional)` : key));

function listChanges(verb: string, before: readonly string[], after: readonly string[]): string[] {
  return [
    ...after.filter((item) => !before.includes(item)).map((item) => `${verb} ${item} now`),
    ...before.filter((item) => !after.includes(item)).map((item) => `${verb} ${item} no longer`),
  ];
}

type Values = { [key: string]: unknown };

function valueChanges(prefix: string, before: Values, after: Values): string[] {
  return microdiff(before, after).map(({ path, ...change }) => {
    const { oldValue, value } = change as { oldValue?: unknown; value?: unknown };
    return `${prefix}${path.join('.')} ${shown(oldValue)} → ${shown(value)}`;
  });
}

const shown = (value: unknown): string => {
  if (value === undefined || value === null) return 'none';
  return typeof value === 'string' ? value : JSON.stringify(value);
};

/** The changes of a schema: new, removed and newly required inputs by name, all others by path. */
function schemaChanges(before: Values, after: Values): string[] {
  const [was, is] = [inputsOf(before), inputsOf(after)];
  const came = [...is]
    .filter(([name]) => !was.has(name))
    .map(([name, isRequired]) => `the input ${name} is new${isRequired ? ', and required' : ''}`);
  const went = [...was.keys()].filter((name) => !is.has(name)).map((name) => `the input ${name} is gone`);
  const required = [...is]
    .filter(([name, isRequired]) => was.has(name) && was.get(name) !== isRequired)
    .map(([name, isRequired]) => `the input ${name} is ${isRequired ? 'now' : 'no longer'} required`);
  const told = new Set([...is.keys(), ...was.keys()].filter((name) => was.has(name) !== is.has(name)));
  const others = microdiff(before, after)
    .filter(({ path }) => path[0] !== 'required' && !(path[0] === 'properties' && told.has(String(path[1]))))
    .map(({ path, ...change }) => {
      const { oldValue, value } = change as { oldValue?: unknown; value?: unknown };
      return `schema: ${path.join('.')} ${shown(oldValue)} → ${shown(value)}`;
    });
  return [...came, ...went, ...required, ...others];
}

/** The inputs of a schema, and whether each is required. */
function inputsOf({ properties, required }: Values): Map<string, boolean> {
  const isRequired = (name: string) => Array.isArray(required) && required.includes(name);
  return new Map(Object.keys((properties as object) ?? {}).map((name) => [name, isRequired(name)]));
}
