import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { RunnerOutcome } from '../script-runner.ts';
import { answered, call, newKey, statusOf, type TriedHost } from './tried-host.ts';

/** One rule of docs/script-runner.md, and how a script host is checked for it. */
export type Check = {
  rule: string;
  /** The section of docs/script-runner.md that has the rule. */
  section: string;
  /** Returns what the host does wrong; null when it follows the rule. */
  problem(host: TriedHost): Promise<string | null>;
  /** Why the check cannot be made with the configuration; null when it can. */
  skipped?(host: TriedHost): string | null;
};

const withoutSecret = ({ options }: TriedHost) =>
  options.signingSecrets?.length ? null : 'JOURNEY_RUNTIME_RUNNER_SIGNING_SECRET is not set';
const withoutKey = ({ options }: TriedHost) =>
  options.apiKey ? null : 'JOURNEY_RUNTIME_RUNNER_API_KEY is not set';

export const CHECKS: readonly Check[] = [
  {
    rule: 'A request is completed: 2xx with JSON.',
    section: 'Answers',
    problem: async (host) => unlessCompleted(await call(host, {})),
  },
  {
    rule: 'A repeat is answered as the first request was.',
    section: 'Repeats',
    async problem(host) {
      const key = newKey();
      const first = await call(host, { key });
      const repeat = await call(host, { key });
      return isSame(first, repeat) ? null : `The repeat got another answer: ${answered(repeat)}.`;
    },
  },
  {
    rule: 'A repeat during the first request is answered 409, or as the first request was.',
    section: 'Repeats',
    async problem(host) {
      const key = newKey();
      const outcomes = await Promise.all([call(host, { key }), call(host, { key })]);
      const completed = outcomes.find(({ kind }) => kind === 'result');
      if (!completed) return `Neither of two requests at once was completed: ${answered(outcomes[0])}`;
      const wrong = outcomes.find((outcome) => statusOf(outcome) !== 409 && !isSame(completed, outcome));
      return wrong ? `Two requests at once got different answers: ${answered(wrong)}` : null;
    },
  },
  {
    rule: 'Fields that the host does not know are ignored.',
    section: 'Body',
    problem: async (host) =>
      unlessCompleted(await call(host, { body: JSON.stringify({ ...host.request, addedLater: { n: 1 } }) })),
  },
  {
    rule: 'A body of 15 MiB is accepted.',
    section: 'Body',
    problem: async (host) =>
      unlessCompleted(
        await call(host, {
          body: JSON.stringify({ ...host.request, context: { filler: 'x'.repeat(15 << 20) } }),
        }),
      ),
  },
  {
    rule: 'A script that the host does not have is a final error: 4xx.',
    section: 'Answers',
    async problem(host) {
      const component = { ...(host.request.component as object), scriptSlug: 'check-runner/no-such-script' };
      return unlessRejected(await call(host, { body: JSON.stringify({ ...host.request, component }) }));
    },
  },
  {
    rule: 'A body that is not JSON is a final error: 4xx.',
    section: 'Answers',
    problem: async (host) => unlessRejected(await call(host, { body: '{"runId":' })),
  },
  {
    rule: 'A request without a signature is rejected.',
    section: 'Signature',
    skipped: withoutSecret,
    problem: async (host) => unlessRejected(await call(host, { options: { signingSecrets: [] } })),
  },
  {
    rule: "A request that is signed with another's secret is rejected.",
    section: 'Signature',
    skipped: withoutSecret,
    problem: async (host) =>
      unlessRejected(
        await call(host, { options: { signingSecrets: [`whsec_${randomBytes(32).toString('base64')}`] } }),
      ),
  },
  {
    rule: 'A request with another API key is rejected.',
    section: 'Headers',
    skipped: withoutKey,
    problem: async (host) => unlessRejected(await call(host, { options: { apiKey: newKey() } })),
  },
];

const isSame = (one: RunnerOutcome, other: RunnerOutcome): boolean =>
  one.kind === 'result' && other.kind === 'result'
    ? isDeepStrictEqual(one.result, other.result)
    : one.kind === other.kind && statusOf(one) === statusOf(other);

const unlessCompleted = (outcome: RunnerOutcome): string | null =>
  outcome.kind === 'result' ? null : answered(outcome);

function unlessRejected(outcome: RunnerOutcome): string | null {
  const isFinal = outcome.kind === 'failure' && outcome.error.code === 'RUNNER_REJECTED';
  return isFinal ? null : `It was not rejected: ${answered(outcome)}`;
}
