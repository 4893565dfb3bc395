import type { JsonObject } from '../../json/json.ts';
import { NOT_ALLOWED } from '../../json/schema/compile.ts';
import { unescapePointer } from '../../json/schema/schema-mistake.ts';
import { NO_ID } from '../../postgres/uuid.ts';
import type { Trigger } from '../../runs/model/run-row.ts';
import type { Binding } from '../../script-request/bindings/binding-model.ts';
import type { BindingResolution } from '../../script-request/bindings/resolve.ts';
import {
  type AttachmentSnapshot,
  buildScriptRequest,
  type ProductSnapshot,
  type ScriptSources,
} from '../../script-request/build.ts';
import { type CheckBudget, createCheckBudget } from '../../script-request/check-budget.ts';
import { checkInputs, UncheckedInputsError, whyAllInputsFail } from '../../script-request/input-schema.ts';
import { checkSecretInputs } from '../../script-request/masking/secret-input-errors.ts';

/** An attachment with everything that its runs would read now. */
export type LintSubject = {
  product: ProductSnapshot;
  attachment: AttachmentSnapshot;
  bindings: Binding[];
  version: ScriptSources['componentVersion'] & { id: string };
  triggers: Trigger[];
  isArchived: boolean;
  /** The names of the stored secrets to which the bindings refer. */
  secrets: ReadonlySet<string>;
};

/** ERROR: runs will fail, or cannot be enqueued. WARNING: some may. */
export type LintSeverity = 'ERROR' | 'WARNING';
export type LintCode =
  | 'COMPONENT_ARCHIVED'
  | 'SCHEMA_UNUSABLE'
  | 'PATH_NOT_FOUND'
  | 'SECRET_NOT_FOUND'
  | 'INPUT_REFUSED'
  | 'INPUT_MISSING';
/** `path` leads into the attachment as saveProduct takes it; its numbers are indexes of lists, from 0. */
export type LintFinding = { code: LintCode; severity: LintSeverity; message: string; path: string[] };

/** Finds problems of an attachment's future runs, with the worker's own resolver and schema check. */
export async function lintAttachment(
  subject: LintSubject,
  requestBudget?: CheckBudget,
): Promise<LintFinding[]> {
  const { version, isArchived, bindings } = subject;
  if (isArchived) {
    const message = `The component ${version.component.key} is archived, so it is not run. Restore it, or attach another component.`;
    return [{ code: 'COMPONENT_ARCHIVED', severity: 'ERROR', message, path: ['componentId'] }];
  }
  const { resolutions, unchecked } = await buildScriptRequest(
    { ...subject, run: emptyRun(bindings), componentVersion: version },
    requestBudget,
  );
  const budget = createCheckBudget(requestBudget);
  return [
    ...(await unusable(subject, unchecked)),
    ...unresolved(subject, resolutions),
    ...missingSecrets(subject),
    ...(await rejectedValues(subject, resolutions, budget)),
    ...missingInputs(subject),
    ...(await disallowedInputs(subject, budget)),
  ];
}

const emptyRun = (bindingSnapshot: Binding[]): ScriptSources['run'] => ({
  id: NO_ID,
  attempt: 1,
  channel: null,
  trigger: null,
  orderId: null,
  bindingSnapshot,
  inputPayload: {},
  context: {},
  metadata: {},
});

/** Reports an inputSchema that no inputs satisfy, or that cannot be used. */
async function unusable({ version }: LintSubject, unchecked: string | null): Promise<LintFinding[]> {
  const reason = unchecked === null ? await whyAllInputsFail(version.inputSchema) : null;
  if (unchecked === null && reason === null) return [];
  const message =
    unchecked ??
    `The inputSchema accepts no inputs at all, for ${reason}: every run fails. Correct the component's inputSchema.`;
  return [{ code: 'SCHEMA_UNUSABLE', severity: 'ERROR', message, path: ['componentId'] }];
}

function unresolved({ version }: LintSubject, resolutions: readonly BindingResolution[]): LintFinding[] {
  const needed = requiredInputs(version.inputSchema);
  return resolutions.flatMap(({ binding, resolved, reason }, index): LintFinding[] => {
    if (binding.kind !== 'product_field' || resolved) return [];
    const fails = binding.required || needed.includes(binding.inputKey);
    const message = `${binding.path} finds nothing for the input ${binding.inputKey}: ${reason}. Correct the path or the product, or make the binding optional.`;
    return [
      {
        code: 'PATH_NOT_FOUND',
        severity: fails ? 'ERROR' : 'WARNING',
        message,
        path: ['bindings', String(index), 'path'],
      },
    ];
  });
}

function missingSecrets({ bindings, secrets }: LintSubject): LintFinding[] {
  return bindings.flatMap((binding, index): LintFinding[] => {
    if (binding.kind !== 'secret' || secrets.has(binding.name)) return [];
    const message = `The binding of the input ${binding.inputKey} refers to the secret ${binding.name}, which is not stored. Save the secret, or change the binding.`;
    const severity = binding.required ? 'ERROR' : 'WARNING';
    return [{ code: 'SECRET_NOT_FOUND', severity, message, path: ['bindings', String(index), 'name'] }];
  });
}

const KNOWN: readonly Binding['kind'][] = ['static', 'product_field'];

/** Reports known values that the schema rejects: those of static bindings and of the product. */
async function rejectedValues(
  { version, bindings }: LintSubject,
  resolutions: readonly BindingResolution[],
  budget: CheckBudget,
): Promise<LintFinding[]> {
  const known = resolutions.filter(({ binding, resolved }) => resolved && KNOWN.includes(binding.kind));
  const inputs = Object.fromEntries(known.map(({ binding, value }) => [binding.inputKey, value]));
  const mistakes = await checkSingleInputs(version, inputs, budget, bindings);
  return mistakes.flatMap(({ key, path, message }): LintFinding[] => {
    const index = resolutions.findIndex(({ binding }) => binding.inputKey === key);
    const binding = resolutions[index]?.binding;
    if (!binding) return [];
    const [source, field] =
      binding.kind === 'product_field'
        ? [`the product's ${binding.path}`, 'path']
        : ['the static value', 'value'];
    return [
      {
        code: 'INPUT_REFUSED',
        severity: 'ERROR',
        message: `The component does not accept ${source} for the input ${key}: ${path} ${message}.`,
        path: ['bindings', String(index), field],
      },
    ];
  });
}

/** The only inputs that checkouts and automations send by themselves. */
const SURFACE_INPUTS = { order: {}, orderItem: {}, orderItems: [] };
const SURFACE_TRIGGERS: readonly Trigger[] = ['CHECKOUT', 'POST_CHECKOUT', 'AUTOMATION'];

function missingInputs({ version, bindings, triggers }: LintSubject): LintFinding[] {
  const bound = new Set([...Object.keys(SURFACE_INPUTS), ...bindings.map(({ inputKey }) => inputKey)]);
  return requiredInputs(version.inputSchema)
    .filter((key) => !bound.has(key))
    .map((key) => ({
      code: 'INPUT_MISSING',
      severity: runsOnSurfaces(triggers) ? 'ERROR' : 'WARNING',
      message: `The component requires the input ${key}, and no binding fills it: a run succeeds only if its input payload has it. Add a binding.`,
      path: ['bindings'],
    }));
}

/** Reports inputs that checkouts and automations send and the schema does not allow. */
async function disallowedInputs(
  { version, triggers }: LintSubject,
  budget: CheckBudget,
): Promise<LintFinding[]> {
  if (!runsOnSurfaces(triggers)) return [];
  const mistakes = await checkSingleInputs(version, SURFACE_INPUTS, budget);
  const keys = mistakes.flatMap(({ key, message }) => (message === NOT_ALLOWED ? [key] : []));
  if (keys.length === 0) return [];
  const message = `The component does not allow ${keys.join(', ')}, which checkouts and automations send. Allow them in its input schema.`;
  return [{ code: 'INPUT_REFUSED', severity: 'ERROR', message, path: ['componentId'] }];
}

const runsOnSurfaces = (triggers: readonly Trigger[]) =>
  triggers.some((one) => SURFACE_TRIGGERS.includes(one));

function requiredInputs({ required }: JsonObject): string[] {
  return Array.isArray(required) ? required.filter((key) => typeof key === 'string') : [];
}

/** Keywords about single inputs. The others need all inputs, some of which only a run has. */
const OF_SINGLE_INPUTS = [
  '$schema',
  '$id',
  '$defs',
  'definitions',
  'properties',
  'patternProperties',
  'additionalProperties',
];

async function checkSingleInputs(
  { id, inputSchema }: LintSubject['version'],
  inputs: JsonObject,
  budget: CheckBudget,
  bindings: readonly Binding[] = [],
) {
  const schema = Object.fromEntries(
    Object.entries(inputSchema).filter(([key]) => OF_SINGLE_INPUTS.includes(key)),
  );
  const check = (values: JsonObject) => checkInputs(`${id} single inputs`, schema, values, budget);
  try {
    return (await checkSecretInputs(check, inputs, bindings)).flatMap(({ path, message }) => {
      const step = path.split('/')[1];
      return step === undefined ? [] : [{ key: unescapePointer(step), path, message }];
    });
  } catch (error) {
    // A reference may lead to a keyword left out above; the whole schema was checked before.
    if (error instanceof UncheckedInputsError) return [];
    throw error;
  }
}
