import { registerComponent } from '../catalogue/components/register.ts';
import { saveProduct } from '../catalogue/products/save-product.ts';
import type { SaveResult } from '../errors.ts';
import type { JsonObject } from '../json/json.ts';
import { enqueueCheckoutRuns } from '../orders/checkout.ts';
import type { Database } from '../postgres/database.ts';
import type { Enqueue } from '../runs/enqueue/enqueue-batch.ts';
import { inShop } from '../shop.ts';
import { DEMO_CHECKOUT, DEMO_COMPONENTS, DEMO_PRODUCTS, type DemoAttachment } from './demo-catalogue.ts';

export type Seeded = { components: number; products: number; runs: number };

/** Whether no component or product was ever registered, so that a demo catalogue disturbs no one. */
export async function isEmpty(db: Database): Promise<boolean> {
  return (await db.prisma.component.count({ take: 1 })) + (await db.prisma.product.count({ take: 1 })) === 0;
}

/**
 * Stores the demo catalogue, and enqueues the runs of a checkout and a few others in the task queue. A repeat only adds what
 * is missing: components are identified by their key, products by their sku, the checkout by its order number, runs by an
 * idempotency key.
 */
export async function seedDemo(db: Database, queue: string, enqueue: Enqueue): Promise<Seeded> {
  for (const component of DEMO_COMPONENTS) expectSaved(await registerComponent(db, component, ''));
  for (const product of DEMO_PRODUCTS) {
    if (await db.prisma.product.findUnique({ where: inShop('sku', product.sku, '') })) continue;
    expectSaved(
      await saveProduct(
        db,
        { ...product, journeyComponents: await withIds(db, product.journeyComponents) },
        '',
      ),
    );
  }
  const checkout = await enqueueCheckoutRuns({ pool: db.pool, queue }, DEMO_CHECKOUT, 'seed');
  if (!checkout.ok) throw new Error(`the demo checkout was rejected: ${checkout.userErrors[0]!.message}`);
  const runs = await enqueueDemoRuns(db, enqueue);
  return { components: DEMO_COMPONENTS.length, products: DEMO_PRODUCTS.length, runs };
}

async function withIds(db: Database, attachments: readonly DemoAttachment[]) {
  const components = await db.prisma.component.findMany({
    where: { key: { in: attachments.map(({ componentKey }) => componentKey) }, shop: '' },
    select: { id: true, key: true },
  });
  const idOf = new Map(components.map(({ id, key }) => [key, id]));
  return attachments.map(({ componentKey, ...attachment }) => ({
    ...attachment,
    componentId: idOf.get(componentKey)!,
  }));
}

/** Enqueues runs that complete, and one whose inputs the schema rejects. */
async function enqueueDemoRuns(db: Database, enqueue: Enqueue): Promise<number> {
  const attachments = await db.prisma.attachment.findMany({
    where: { product: { sku: 'FLASK-750-STEEL', shop: '' }, hiddenAt: null },
    include: { component: true },
  });
  const attachmentOf = (key: string) => attachments.find(({ component }) => component.key === key)!;
  const engraving = attachmentOf('engraving-preview');
  const points = attachmentOf('loyalty-points');
  const runs: { attachment: (typeof attachments)[number]; channel: string; inputPayload: JsonObject }[] = [
    {
      attachment: engraving,
      channel: 'storefront',
      inputPayload: { orderItem: { engraving: { text: 'Ada was here' } } },
    },
    {
      attachment: points,
      channel: 'storefront',
      inputPayload: { order: { customer: { email: 'ada@example.com' } } },
    },
    {
      attachment: points,
      channel: 'admin_preview',
      inputPayload: { order: { customer: { email: 'grace@example.com' } } },
    },
    {
      attachment: engraving,
      channel: 'app',
      inputPayload: { orderItem: { engraving: { text: 'An engraving that is far too long for the flask' } } },
    },
  ];
  for (const [index, { attachment, ...run }] of runs.entries()) {
    const request = { ...run, componentId: attachment.componentId, attachmentId: attachment.id };
    const result = await enqueue({
      ...request,
      trigger: 'OPERATOR',
      metadata: { initiator: 'seed' },
      caller: 'seed',
      idempotencyKey: `demo-${index + 1}`,
      requestHash: Buffer.from(`demo-${index + 1}`),
    });
    if (!result.ok)
      throw new Error(`the demo run ${index + 1} was rejected: ${result.userErrors[0]!.message}`);
  }
  return runs.length;
}

/** Throws on mistakes in the demo itself; a component that exists already is no mistake. */
function expectSaved({ userErrors }: SaveResult): void {
  const mistake = userErrors.find(({ code }) => code !== 'ALREADY_EXISTS');
  if (mistake)
    throw new Error(`the demo catalogue was rejected: ${mistake.path.join('.')} ${mistake.message}`);
}
