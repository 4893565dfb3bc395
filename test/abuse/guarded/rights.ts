import * as fc from 'fast-check';
import { fieldRule } from '../../../src/graphql/rights/rights-table.ts';
import { schema } from '../../../src/graphql/schema/schema.ts';
import { ROLES } from '../../../src/identity/role.ts';
import { operations } from '../../support/operations.ts';
import { documentsOf, isAllowed } from '../../support/root-fields.ts';
import { type Attack, times } from '../attack.ts';
import type { Answer, GuardedSystem } from './guarded-system.ts';

/** Every root field, and generated operations, as those who may do little. */
export const rights: Attack<GuardedSystem & { size: 'smoke' | 'full'; seed: number }> = {
  name: 'rights',
  tries:
    'every root field as a viewer, a checkout and a page of a shop; generated operations that look for foreign runs',
  async run(system) {
    const { ask, keys, database, principals } = system;
    const { marks, ids, token } = await twoShops(system);
    const weak = [
      { name: 'viewer', credential: keys.VIEWER, permissions: ROLES.VIEWER, writes: false },
      { name: 'page of a shop', credential: token, permissions: ['READ_RUNS'], writes: false },
      { name: 'checkout', credential: keys.CHECKOUT, permissions: ROLES.CHECKOUT, writes: true },
    ];
    let tried = 0;
    for (const { name, credential, permissions, writes } of weak) {
      const before = await counts(system);
      for (const root of ['Query', 'Mutation', 'Subscription'])
        for (const [field, document] of documentsOf(root)) {
          const isExpected = isAllowed(permissions, fieldRule(field));
          // One that may be started answers with its first event.
          if (root === 'Subscription' && isExpected) continue;
          const isForbidden =
            codeOf(await ask(credential, document, {}, root === 'Subscription')) === 'FORBIDDEN';
          if (isForbidden === isExpected)
            throw new Error(`${document} as a ${name}: ${isForbidden ? 'FORBIDDEN' : 'not FORBIDDEN'}`);
          tried += 1;
        }
      if (!writes && (await counts(system)) !== before) throw new Error(`a ${name} has changed something`);
    }
    const { rows } = await database.query<{ action: string }>(
      'select action from journey_audit_log where not rejected and principal = $1',
      [principals.VIEWER],
    );
    const done = rows.find(({ action }) => !isAllowed(ROLES.VIEWER, fieldRule(`Mutation.${action}`)));
    if (done) throw new Error(`a viewer did ${done.action}`);

    const attackers = [
      { name: 'VIEWER', credential: keys.VIEWER, marks: marks.payloads },
      { name: 'CHECKOUT', credential: keys.CHECKOUT, marks: [...marks.payloads, ...marks.ids] },
      { name: 'page', credential: token, marks: [...marks.payloads, ...marks.ids] },
    ];
    const numRuns = times(system, 40, 600);
    for (const attacker of attackers)
      await fc.assert(
        fc.asyncProperty(
          operations({ schema, kinds: ['query'], hints: ids, without: ECHOING }),
          async ({ query, variables }) => {
            const text = JSON.stringify((await ask(attacker.credential, query, variables)).data ?? null);
            const found = attacker.marks.find((mark) => text.replaceAll(UNKNOWN_ID, '').includes(mark));
            if (found)
              throw new Error(`${attacker.name} read ${found} by ${query} ${JSON.stringify(variables)}`);
          },
        ),
        { numRuns, seed: system.seed, endOnFailure: true },
      );
    return `${tried} root fields, ${numRuns * attackers.length} generated operations`;
  },
};

/** Fields that read no run, and answer with what they were sent. */
const ECHOING = ['previewRun', 'journeyPlan', 'orderAutomationPlan'];
/** The error for an id that the client sent, whether another client has the run or nobody. */
const UNKNOWN_ID = /There is no (run|component) [-\w]+/g;

const codeOf = ({ errors }: Answer) => errors?.[0]?.extensions?.code;

const counts = async ({ database }: GuardedSystem): Promise<string> =>
  (
    await database.query(
      `select concat_ws(' ', (select count(*) from journey_components), (select count(*) from products),
        (select count(*) from orders), (select count(*) from journey_runs), (select count(*) from journey_api_keys)) as counts`,
    )
  ).rows[0].counts;

/** A run of the checkout's own, and one of another client's with marks that only that one may read. */
async function twoShops({ ask, keys }: GuardedSystem) {
  const made = await ask(
    keys.ADMIN,
    `mutation { registerComponent(input: {key: "rights", name: "rights", triggers: [CHECKOUT], script: {slug: "s", runtime: "node"}}) { component { id } userErrors { message } } }`,
  );
  const componentId = made.data.registerComponent.component.id;
  await ask(
    keys.ADMIN,
    `mutation ($c: ID!) { saveProduct(input: {sku: "RIGHTS", journeyComponents: [{componentId: $c}]}) { product { id } } }`,
    {
      c: componentId,
    },
  );
  const checkOut = async (key: string, name: string) => {
    const order = {
      number: `N-${name}`,
      payload: { a: `${name}-order` },
      lines: [{ sku: 'RIGHTS', quantity: 1, payload: { a: `${name}-line` } }],
    };
    const { data } = await ask(
      key,
      `mutation ($input: EnqueueCheckoutRunsInput!) { enqueueCheckoutRuns(input: $input) { groupId order { id } runs { id } userErrors { message } } }`,
      { input: { order, metadata: { a: `${name}-metadata` }, checkout: { a: `${name}-context` } } },
    );
    const { groupId, order: stored, runs } = data.enqueueCheckoutRuns;
    return { groupId, orderId: stored.id, runId: runs[0].id } as {
      groupId: string;
      orderId: string;
      runId: string;
    };
  };
  const own = await checkOut(keys.CHECKOUT, 'own');
  const foreign = await checkOut(keys.ADMIN, 'foreign');
  const minted = await ask(
    keys.CHECKOUT,
    'mutation ($id: ID!) { createRunToken(input: {groupId: $id}) { token userErrors { message } } }',
    {
      id: own.groupId,
    },
  );
  const both = (name: 'groupId' | 'orderId' | 'runId') => [own[name], foreign[name]];
  const all = [...both('groupId'), ...both('orderId'), ...both('runId'), componentId];
  return {
    token: minted.data.createRunToken.token as string,
    marks: {
      payloads: ['order', 'line', 'metadata', 'context'].map((part) => `foreign-${part}`),
      ids: [foreign.runId, foreign.groupId],
    },
    ids: {
      id: all,
      ids: all,
      runId: both('runId'),
      groupId: both('groupId'),
      orderId: both('orderId'),
      number: ['N-own', 'N-foreign'],
      orderNumber: ['N-own', 'N-foreign'],
      componentId: [componentId],
      sku: ['RIGHTS'],
      key: ['rights'],
    },
  };
}
