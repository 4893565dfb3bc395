import { ownTurn } from '../async/own-turn.ts';
import { takesChannel } from '../catalogue/products/eligibility.ts';
import type { UserError } from '../errors.ts';
import type { Json } from '../json/json.ts';
import { inJsonbOrder } from '../json/jsonb-order.ts';
import type { Database } from '../postgres/database.ts';
import { NO_ID } from '../postgres/uuid.ts';
import { readVersion } from '../runs/attempt/version-cache.ts';
import { type EnqueueRequest, type Validated, validateRequest } from '../runs/enqueue/enqueue-batch.ts';
import type { EnqueueRunInput } from '../runs/enqueue/enqueue-input.ts';
import { enqueueMistake } from '../runs/enqueue/enqueue-outcome.ts';
import { validateInput } from '../runs/enqueue/enqueue-run.ts';
import { keyTaken } from '../runs/enqueue/idempotency.ts';
import { type Binding, secretNames } from '../script-request/bindings/binding-model.ts';
import type { AttachmentSnapshot, ProductSnapshot, ScriptSources } from '../script-request/build.ts';
import type { CheckBudget } from '../script-request/check-budget.ts';
import { currentSecrets } from '../secrets/read-secrets.ts';
import { shopOf } from '../shop.ts';
import { type DraftAttachment, type Drafts, draftAttachment, draftMistakes, draftProduct } from './draft.ts';
import { emptyPreview, previewOf, type RunPreview } from './preview.ts';

/** Previews enqueueRun with this input, without changing anything; `drafts` replace saved values. */
export async function previewRun(
  db: Database,
  input: EnqueueRunInput,
  drafts: Drafts,
  caller: string,
  requestBudget: CheckBudget,
): Promise<RunPreview> {
  const request = await validateInput(db.pool, input, caller);
  const mistakes = [...(request.ok ? [] : request.userErrors), ...draftMistakes(drafts)];
  if (!request.ok || mistakes.length > 0) return emptyPreview(mistakes);
  return previewRequest(db, request.value, requestBudget, { drafts, isSent: true });
}

/** Like previewRun, for a request whose JSON is already validated. `isSent`: the payloads come from this caller. */
export async function previewRequest(
  db: Database,
  request: EnqueueRequest,
  requestBudget: CheckBudget,
  { drafts = {}, isSent = false }: { drafts?: Drafts; isSent?: boolean } = {},
): Promise<RunPreview> {
  const product = drafts.product ? await draftProduct(db, drafts.product) : null;
  const drafted = drafts.attachment
    ? await draftAttachment(db, drafts.attachment, shopOf(request.shop))
    : null;
  if (drafted && !drafted.ok) return emptyPreview(drafted.userErrors);
  const attachment = drafted?.value ?? null;
  const validated = await validateRequest(db.pool, {
    ...request,
    // A draft of a product or an attachment that is not saved yet has no id to validate.
    ...(product ? { productId: product.id === NO_ID ? null : product.id } : {}),
    ...(attachment ? { attachmentId: null, channel: null } : {}),
  });
  const userErrors = [
    ...storedMistakes(validated, request),
    ...(attachment ? draftedMistakes(attachment, request) : []),
    ...(drafts.product && shopOf(drafts.product.shop) !== shopOf(request.shop) ? [OTHER_SHOP] : []),
  ];
  // An attachment's secrets are not checked against another component's inputSchema, which could find them out.
  const isForeign = userErrors.some(({ code }) => code === 'COMPONENT_MISMATCH');
  if (!validated.versionId || isForeign) return emptyPreview(userErrors);
  const bindings = attachment && !request.bindings ? attachment.bindings : validated.bindingSnapshot;
  const secrets = await currentSecrets(db.pool, secretNames(bindings));
  const sources: ScriptSources = {
    run: await runOf(request, bindings),
    componentVersion: await readVersion(db.pool, validated.versionId),
    product: product ?? (await storedProduct(db, validated.productId)),
    attachment: attachment ?? (await storedAttachment(db, validated.attachmentId)),
    secrets: new Set(secrets.map(({ name }) => name)),
  };
  const areBindingsSent = isSent && (request.bindings != null || drafts.attachment?.bindings != null);
  await ownTurn();
  return previewOf(sources, userErrors, { payloads: isSent, bindings: areBindingsSent }, requestBudget);
}

const OTHER_SHOP: UserError = {
  code: 'INVALID',
  message: 'The product has another shop than the run. Set the same shop in both.',
  path: ['product', 'shop'],
};

function storedMistakes({ knownId, sameRequest, mistakes }: Validated, request: EnqueueRequest): UserError[] {
  if (knownId === null) return mistakes.map((mistake) => enqueueMistake(mistake, request));
  return sameRequest ? [] : [keyTaken(request.idempotencyKey!)];
}

function draftedMistakes(attachment: DraftAttachment, request: EnqueueRequest): UserError[] {
  const mistakes: UserError[] = [];
  if (attachment.componentId !== request.componentId.toLowerCase())
    mistakes.push({ ...enqueueMistake('COMPONENT_MISMATCH', request), path: ['attachment', 'componentId'] });
  if (!takesChannel(attachment.channelEligibility, request.channel))
    mistakes.push(enqueueMistake('CHANNEL_NOT_ELIGIBLE', request));
  return mistakes;
}

/** The run as it would be read at its first claim, except for its id. */
const runOf = async (request: EnqueueRequest, bindings: Binding[]): Promise<ScriptSources['run']> => ({
  id: NO_ID,
  attempt: 1,
  channel: request.channel ?? null,
  trigger: request.trigger ?? null,
  orderId: request.orderId?.toLowerCase() ?? null,
  bindingSnapshot: (await ordered(bindings as Json)) as Binding[],
  inputPayload: await ordered(request.inputPayload ?? {}),
  metadata: await ordered(request.metadata ?? {}),
  context: await ordered(request.context ?? {}),
});

/** Ordering the largest values together would delay all clients. */
async function ordered<T extends Json>(value: T): Promise<T> {
  await ownTurn();
  return inJsonbOrder(value);
}

async function storedProduct({ prisma }: Database, id: string | null): Promise<ProductSnapshot | null> {
  if (id === null) return null;
  const select = { id: true, sku: true, slug: true, title: true, attributes: true };
  return (await prisma.product.findUnique({ where: { id }, select })) as ProductSnapshot | null;
}

async function storedAttachment({ prisma }: Database, id: string | null): Promise<AttachmentSnapshot | null> {
  if (id === null) return null;
  const select = { id: true, displayOrder: true, isRequired: true, channelEligibility: true, metadata: true };
  return (await prisma.attachment.findUnique({ where: { id }, select })) as AttachmentSnapshot | null;
}
