import type { RunErrorCode, RunFilter, RunPriority } from '../api/generated/graphql.ts';

/** One kind of filter of the list of runs: its name in the address, and its condition of the API. */
export type FilterField = {
  name: string;
  label: string;
  /** The condition of the API for the values of the address. */
  where(values: string[]): Omit<RunFilter, 'not' | 'search'>;
  /** The values that exist, where they are few and fixed. */
  options?: readonly string[];
  /** Whether any other value can match nothing, such as a text where the API has a UUID. */
  isValid?(value: string): boolean;
  hint?: string;
};

const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

export const STATUSES = ['QUEUED', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELED'] as const;

const PRIORITIES = ['HIGH', 'NORMAL', 'LOW'] as const satisfies readonly RunPriority[];

const TRIGGERS = ['CHECKOUT', 'POST_CHECKOUT', 'AUTOMATION', 'OPERATOR', 'PRESET'] as const;

/** An object, so that the compiler finds a code that is missing. */
const ERROR_CODES = Object.keys({
  BINDING_UNRESOLVED: true,
  INPUT_INVALID: true,
  INPUT_UNCHECKED: true,
  RUNNER_FAILED: true,
  RUNNER_REJECTED: true,
  RUNNER_TIMEOUT: true,
  RUNNER_UNREACHABLE: true,
  RUNNER_INVALID_RESPONSE: true,
  RESULT_TOO_LARGE: true,
  WORKER_LOST: true,
  CANCELED: true,
  INTERNAL: true,
  SECRET_UNAVAILABLE: true,
} satisfies Record<RunErrorCode, true>) as RunErrorCode[];

/** A field whose values are one of the API's enums. */
const enumField = <Value extends string>(
  name: string,
  label: string,
  options: readonly Value[],
  where: (values: Value[]) => Omit<RunFilter, 'not' | 'search'>,
): FilterField => ({
  name,
  label,
  options,
  where: (values) => where(values as Value[]),
  isValid: (value) => (options as readonly string[]).includes(value),
});

/** All filters of the list with values from a list, in the order in which the page offers them. */
export const FILTER_FIELDS: readonly FilterField[] = [
  enumField('status', 'Status', STATUSES, (status) => ({ status })),
  {
    name: 'component',
    label: 'Component',
    where: (componentKey) => ({ componentKey }),
    hint: 'The key of a component',
  },
  enumField('error', 'Error', ERROR_CODES, (errorCode) => ({ errorCode })),
  { name: 'channel', label: 'Channel', where: (channel) => ({ channel }), hint: 'Such as storefront' },
  enumField('trigger', 'Trigger', TRIGGERS, (trigger) => ({ trigger })),
  enumField('priority', 'Priority', PRIORITIES, (priority) => ({ priority })),
  {
    name: 'order',
    label: 'Order number',
    where: (orderNumber) => ({ orderNumber }),
    hint: 'The number of an order',
  },
  {
    name: 'group',
    label: 'Group',
    where: (groupId) => ({ groupId }),
    isValid: (value) => UUID.test(value),
    hint: 'The id of a checkout or an automation',
  },
  {
    name: 'key',
    label: 'Idempotency key',
    where: (idempotencyKey) => ({ idempotencyKey }),
    hint: 'The key of the request',
  },
  {
    name: 'run',
    label: 'Run',
    where: (runId) => ({ runId }),
    isValid: (value) => UUID.test(value),
    hint: 'The id of a run',
  },
];

/** The names of all fields for people, also of the product, which is looked up by its SKU. */
export const FIELD_LABELS: Record<string, string> = {
  ...Object.fromEntries(FILTER_FIELDS.map(({ name, label }) => [name, label])),
  product: 'Product (SKU)',
};
