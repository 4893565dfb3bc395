import type { TestApp } from './app.ts';
import { register, save } from './catalogue.ts';

export const CHECK_OUT = `mutation ($input: EnqueueCheckoutRunsInput!) {
  enqueueCheckoutRuns(input: $input) {
    groupId deduplicated order { id number }
    runs {
      id trigger priority groupId channel status inputPayload context metadata order { number } orderLine { position sku }
      attachment { id } component { key }
    }
    skipped { groupId decision reason line { position sku } attachment { id } }
    userErrors { code message path }
  }
}`;

export const AUTOMATE = CHECK_OUT.replace('EnqueueCheckoutRunsInput', 'RunOrderAutomationInput').replace(
  'enqueueCheckoutRuns',
  'runOrderAutomation',
);

export const checkOut = async (app: TestApp, input: object) =>
  (await app.query(CHECK_OUT, { input })).enqueueCheckoutRuns;

export const automate = async (app: TestApp, input: object) =>
  (await app.query(AUTOMATE, { input })).runOrderAutomation;

export async function recordOrder(app: TestApp, input: object) {
  const { recordOrder } = await app.query(
    `mutation ($input: RecordOrderInput!) {
      recordOrder(input: $input) {
        order { id number placedAt payload lines { position sku quantity payload product { id sku } } }
        userErrors { code message path }
      }
    }`,
    { input },
  );
  return recordOrder;
}

/** A product with these attachments, in their order; answers with the attachments' ids. */
export async function product(app: TestApp, sku: string, attachments: object[]): Promise<string[]> {
  const saved = await save(app, { sku, journeyComponents: attachments });
  if (saved.userErrors.length > 0) throw new Error(JSON.stringify(saved.userErrors));
  return saved.product.journeyComponents.map(({ id }: { id: string }) => id);
}

/** Components by the triggers that they have: { gift: ['CHECKOUT'] } → { gift: id }. */
export async function components<K extends string>(
  app: TestApp,
  triggers: { [key in K]: string[] },
): Promise<{ [key in K]: string }> {
  const ids: [string, string][] = [];
  for (const [key, list] of Object.entries(triggers))
    ids.push([key, await register(app, { key, triggers: list } as never)]);
  return Object.fromEntries(ids) as { [key in K]: string };
}
