import { invalid, ok, type Result, type UserError } from '../../errors.ts';
import type { Scope } from '../../identity/principal.ts';
import { isUuid } from '../../postgres/uuid.ts';
import { readRunCounts } from '../../reads/run-counts.ts';
import { findListedRuns } from '../../reads/run-lookup.ts';
import { narrowed } from '../../runs/model/run-scope.ts';
import type { Context } from '../context.ts';
import { builder } from './builder.ts';
import { addUserErrors } from './user-error.ts';

const SECONDS_DEFAULT = 900;
const SECONDS_AT_LEAST = 10;
const SECONDS_AT_MOST = 3_600;

type RunToken = { token: string; expiresAt: Date };

const CreateRunTokenPayload = builder.objectRef<Result<RunToken>>('CreateRunTokenPayload');
CreateRunTokenPayload.implement({
  description: 'The result of createRunToken.',
  fields: (t) => ({
    token: t.string({
      nullable: true,
      description:
        'The token, which a page sends as "Authorization: Bearer <token>". null when there are userErrors.',
      resolve: (result) => (result.ok ? result.value.token : null),
    }),
    expiresAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'The time at which the token and its subscriptions end. null when there are userErrors.',
      resolve: (result) => (result.ok ? result.value.expiresAt : null),
    }),
  }),
});
addUserErrors(CreateRunTokenPayload);

const CreateRunTokenInput = builder.inputType('CreateRunTokenInput', {
  description: 'A token for a page of the shop. Set exactly one of runId and groupId.',
  fields: (t) => ({
    runId: t.id({ description: 'The only run that the token reads.' }),
    groupId: t.id({ description: 'The group whose runs the token reads, such as those of one checkout.' }),
    ttlSeconds: t.int({
      description: `The life of the token in seconds, from ${SECONDS_AT_LEAST} to ${SECONDS_AT_MOST}. Defaults to ${SECONDS_DEFAULT}.`,
    }),
  }),
});

builder.mutationField('createRunToken', (t) =>
  t.field({
    description:
      'Creates a short-lived token with which a page of the shop follows its own order: it reads the status and the events of one run, or of the runs of one group, and nothing else. Only a client that may read the run or the group can create it.',
    type: CreateRunTokenPayload,
    audits: 'nothing',
    args: {
      input: t.arg({
        type: CreateRunTokenInput,
        required: true,
        description: 'The run or the group, and the life of the token.',
      }),
    },
    resolve: (_, { input }, context) => createRunToken(context, input),
  }),
);

type Input = typeof CreateRunTokenInput.$inferInput;

async function createRunToken(
  context: Context,
  { runId, groupId, ttlSeconds }: Input,
): Promise<Result<RunToken>> {
  const seconds = ttlSeconds ?? SECONDS_DEFAULT;
  if (seconds < SECONDS_AT_LEAST || seconds > SECONDS_AT_MOST) return invalid(OUTSIDE);
  if ((runId == null) === (groupId == null)) return invalid(EXACTLY_ONE);
  const scope: Scope = runId != null ? { runId } : { groupId: groupId! };
  if (!(await mayRead(context, scope))) return invalid(unknown(runId != null ? 'runId' : 'groupId'));
  return ok(await context.identity.mintRunToken(scope, seconds));
}

async function mayRead({ db, runScope }: Context, scope: Scope): Promise<boolean> {
  if (!isUuid('runId' in scope ? scope.runId : scope.groupId)) return false;
  if ('runId' in scope) return (await findListedRuns(db.pool, runScope, [scope.runId])).size > 0;
  const counts = await readRunCounts(db.pool, narrowed(runScope, { groupId: [scope.groupId] }), 1);
  return Object.values(counts).some((count) => count > 0);
}

const OUTSIDE: UserError = {
  code: 'INVALID',
  message: `ttlSeconds must be from ${SECONDS_AT_LEAST} to ${SECONDS_AT_MOST}.`,
  path: ['ttlSeconds'],
};

const EXACTLY_ONE: UserError = {
  code: 'INVALID',
  message: 'Set exactly one of runId and groupId.',
  path: [],
};

const unknown = (name: string): UserError => ({
  code: 'NOT_FOUND',
  message: `There is no run with this ${name} that you may read. Correct the id.`,
  path: [name],
});
