import { isDeepStrictEqual } from 'node:util';
import type { Attack } from '../attack.ts';
import type { GuardedSystem } from './guarded-system.ts';

const PIN = '48213';

/** Guesses, of which a mask or an error would show which one is right. */
export const oracles: Attack<GuardedSystem> = {
  name: 'oracles',
  tries:
    'all PINs as a list and as one sequence, in previews and runs; schemas of other components on a stored secret',
  async run({ ask, keys }) {
    const register = async (key: string, inputSchema: object = {}) => {
      const { data } = await ask(
        keys.ADMIN,
        `mutation ($input: RegisterComponentInput!) { registerComponent(input: $input) { component { id } userErrors { message } } }`,
        {
          input: {
            key,
            name: key,
            triggers: ['CHECKOUT'],
            script: { slug: 's', runtime: 'node' },
            inputSchema,
          },
        },
      );
      return data.registerComponent.component.id as string;
    };
    const componentId = await register('pins');
    const binding = { static: { inputKey: 'pin', value: PIN, secret: true } };
    const saved = await ask(
      keys.ADMIN,
      `mutation ($input: SaveProductInput!) { saveProduct(input: $input) { product { id journeyComponents { id } } userErrors { message } } }`,
      { input: { sku: 'PINS', journeyComponents: [{ componentId, bindings: [binding] }] } },
    );
    const { id: productId, journeyComponents } = saved.data.saveProduct.product;
    const attachmentId = journeyComponents[0].id;

    const list = Array.from({ length: 15_000 }, (_, n) => String(40_000 + n));
    for (const guesses of [list, deBruijn(), { [PIN]: PIN }]) {
      const sent = { guesses };
      const input = {
        componentId,
        productId,
        attachmentId,
        inputPayload: sent,
        metadata: sent,
        context: sent,
      };
      const small = guesses === list ? { ...input, metadata: {}, context: {} } : input;
      const preview = await ask(
        keys.ADMIN,
        'query ($i: EnqueueRunInput!) { previewRun(input: $i) { accepted request } }',
        {
          i: small,
        },
      );
      const { request } = preview.data.previewRun;
      for (const part of ['input', 'metadata', 'context'] as const)
        expectSent(
          request[part],
          part === 'input' ? sent : small[part === 'metadata' ? 'metadata' : 'context'],
          part,
        );
      const enqueued = await ask(
        keys.ADMIN,
        'mutation ($i: EnqueueRunInput!) { enqueueRun(input: $i) { run { id inputPayload metadata context } userErrors { message } } }',
        { i: small },
      );
      expectSent(enqueued.data.enqueueRun.run.inputPayload, sent, 'inputPayload');
    }

    // Of two schemas, the secret fits one. Another component must not learn which.
    const answers = await Promise.all(
      ['^4', '^5'].map(async (pattern, n) => {
        const other = await register(`oracle${n}`, { properties: { pin: { pattern } } });
        const { data, errors } = await ask(
          keys.ADMIN,
          'query ($i: EnqueueRunInput!) { previewRun(input: $i) { accepted inputErrors { path message } userErrors { code } } }',
          { i: { componentId: other, productId, attachmentId } },
        );
        return { data, codes: errors?.map(({ extensions }) => extensions?.code) };
      }),
    );
    if (!isDeepStrictEqual(answers[0], answers[1]))
      throw new Error(`the schema says ${JSON.stringify(answers)}`);
    return undefined;
  },
};

function expectSent(read: unknown, sent: unknown, where: string): void {
  if (!isDeepStrictEqual(read, sent)) throw new Error(`${where} shows which guess is right`);
}

/** The shortest text with each five-digit number. */
function deBruijn(): string {
  const digits: number[] = [];
  const word = Array(50).fill(0);
  const extend = (at: number, period: number): void => {
    if (at > 5) {
      if (5 % period === 0) digits.push(...word.slice(1, period + 1));
      return;
    }
    word[at] = word[at - period];
    extend(at + 1, period);
    for (let digit = word[at - period] + 1; digit < 10; digit += 1) {
      word[at] = digit;
      extend(at + 1, at);
    }
  };
  extend(1, 1);
  return `${digits.join('')}0000`;
}
