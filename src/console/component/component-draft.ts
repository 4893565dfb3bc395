import { isJsonObject, parseExactly } from '../api/exact-numbers.ts';
import type {
  Backoff,
  RegisterComponentInput,
  Trigger,
  UpdateComponentInput,
} from '../api/generated/graphql.ts';
import { requiredFirst } from '../parts/input-order.ts';

/** A component while it is edited. Numbers are texts where the field may be empty. */
export type ComponentDraft = {
  key: string;
  name: string;
  description: string;
  triggers: readonly Trigger[];
  scriptSlug: string;
  scriptRuntime: string;
  scriptVersion: string;
  scriptMetadata: { [key: string]: unknown };
  timeoutSeconds: number | string;
  maxAttempts: number | string;
  backoff: Backoff;
  initialDelaySeconds: number | string;
  maxDelaySeconds: number | string;
  /** Keys of providers; a question mark at the end: optional. */
  providers: readonly string[];
  /** JSON text. */
  inputSchema: string;
};

/** The component as the API returns it to the editor. */
export type StoredComponent = {
  key: string;
  name: string;
  description?: string | null;
  triggers: readonly Trigger[];
  script: {
    slug: string;
    runtime: string;
    version?: string | null;
    metadata: { [key: string]: unknown };
  };
  timeoutSeconds: number;
  retryPolicy: {
    maxAttempts: number;
    backoff: Backoff;
    initialDelaySeconds: number;
    maxDelaySeconds: number;
  };
  providerDependencies: readonly { key: string; optional: boolean }[];
  inputSchema: { [key: string]: unknown };
};

export const NEW_COMPONENT: ComponentDraft = {
  key: '',
  name: '',
  description: '',
  triggers: ['CHECKOUT'],
  scriptSlug: '',
  scriptRuntime: 'node-22',
  scriptVersion: '',
  scriptMetadata: {},
  timeoutSeconds: 30,
  maxAttempts: 3,
  backoff: 'EXPONENTIAL',
  initialDelaySeconds: 2,
  maxDelaySeconds: 60,
  providers: [],
  inputSchema: JSON.stringify(
    {
      type: 'object',
      required: ['text'],
      properties: { text: { type: 'string', maxLength: 200 } },
    },
    null,
    2,
  ),
};

/** The key that a name suggests, such as "gift-note" for "Gift note". */
export const keyFrom = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 128);

export function draftOf(component: StoredComponent): ComponentDraft {
  const { key, name, description, triggers, script, timeoutSeconds, retryPolicy } = component;
  return {
    ...{ key, name, triggers, timeoutSeconds },
    description: description ?? '',
    scriptSlug: script.slug,
    scriptRuntime: script.runtime,
    scriptVersion: script.version ?? '',
    scriptMetadata: script.metadata,
    maxAttempts: retryPolicy.maxAttempts,
    backoff: retryPolicy.backoff,
    initialDelaySeconds: retryPolicy.initialDelaySeconds,
    maxDelaySeconds: retryPolicy.maxDelaySeconds,
    providers: component.providerDependencies.map((provider) =>
      provider.optional ? `${provider.key}?` : provider.key,
    ),
    inputSchema: JSON.stringify(requiredFirst(component.inputSchema), null, 2),
  };
}

/** The definition that a draft stands for; null while its schema is not a JSON object. */
export function definitionOf(draft: ComponentDraft): UpdateComponentInput | null {
  const inputSchema = schemaIn(draft.inputSchema);
  if (!inputSchema) return null;
  const optional = (value: number | string) => (value === '' ? undefined : Number(value));
  return {
    name: draft.name,
    description: draft.description || null,
    triggers: [...draft.triggers],
    script: {
      slug: draft.scriptSlug,
      runtime: draft.scriptRuntime,
      version: draft.scriptVersion || null,
      metadata: draft.scriptMetadata,
    },
    timeoutSeconds: optional(draft.timeoutSeconds) ?? null,
    retryPolicy: {
      maxAttempts: Number(draft.maxAttempts || 1),
      backoff: draft.backoff,
      initialDelaySeconds: optional(draft.initialDelaySeconds),
      maxDelaySeconds: optional(draft.maxDelaySeconds),
    },
    providerDependencies: draft.providers.map((text) => ({
      key: text.replace(/\?$/, ''),
      optional: text.endsWith('?'),
    })),
    inputSchema,
  };
}

/**
 * The fields in which a draft differs from the one that it was begun with; null while its schema is not a JSON object. The
 * service keeps the others: it may store nothing where it shows a default.
 */
export function changesIn(initial: ComponentDraft, draft: ComponentDraft): UpdateComponentInput | null {
  const [before, after] = [definitionOf(initial), definitionOf(draft)];
  if (!after) return null;
  const text = (definition: UpdateComponentInput | null, field: string) =>
    JSON.stringify(definition?.[field as keyof UpdateComponentInput]);
  return Object.fromEntries(
    Object.entries(after).filter(([field]) => text(before, field) !== text(after, field)),
  );
}

export function registrationOf(draft: ComponentDraft, shop: string | null): RegisterComponentInput | null {
  const definition = definitionOf(draft);
  return definition && ({ ...definition, key: draft.key, shop } as RegisterComponentInput);
}

export function schemaIn(text: string): { [key: string]: unknown } | null {
  try {
    const value: unknown = parseExactly(text);
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** The field of the form that an error belongs to; `form` if it belongs to none. */
export function fieldOf(path: readonly string[]): keyof ComponentDraft | 'form' {
  const [first, second] = path[0] === 'input' ? path.slice(1) : path;
  if (first === 'script') return SCRIPT_FIELDS[second ?? ''] ?? 'scriptSlug';
  if (first === 'retryPolicy') return RETRY_FIELDS[second ?? ''] ?? 'maxAttempts';
  if (first === 'providerDependencies') return 'providers';
  return first && first in NEW_COMPONENT ? (first as keyof ComponentDraft) : 'form';
}

const SCRIPT_FIELDS: Record<string, keyof ComponentDraft> = {
  slug: 'scriptSlug',
  runtime: 'scriptRuntime',
  version: 'scriptVersion',
};

const RETRY_FIELDS: Record<string, keyof ComponentDraft> = {
  maxAttempts: 'maxAttempts',
  backoff: 'backoff',
  initialDelaySeconds: 'initialDelaySeconds',
  maxDelaySeconds: 'maxDelaySeconds',
};
