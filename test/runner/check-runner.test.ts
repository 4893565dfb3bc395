import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/config.ts';
import { checkRunner } from '../../src/runner/conformance/check-runner.ts';
import { CHECKS } from '../../src/runner/conformance/checks.ts';
import { type HostCall, startScriptHost } from '../support/script-host.ts';

const SECRET = `whsec_${Buffer.alloc(32, 's').toString('base64')}`;
const API_KEY = 'key-of-the-host';

type Answer = { status: number; result: unknown };
/** How a host differs from one that follows the protocol. */
type Fault = Partial<{
  isSigned(call: HostCall): boolean;
  hasKey(call: HostCall): boolean;
  parse(body: string): { component: { scriptSlug: string }; addedLater?: unknown };
  unknownScript: number;
  malformed: number;
  maxBytes: number;
  remember: boolean;
}>;

const isSigned = ({ request: { headers }, body }: HostCall) => {
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  const key = Buffer.alloc(32, 's');
  return headers['webhook-signature'] === `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
};
const hasKey = ({ request }: HostCall) => request.headers.authorization === `Bearer ${API_KEY}`;

let stop = async () => {};
afterEach(() => stop());

async function startHost(fault: Fault) {
  const answers = new Map<string, Answer>();
  let executions = 0;
  const answerTo = (call: HostCall): Answer => {
    const key = String(call.request.headers['idempotency-key']);
    const earlier = answers.get(key);
    if (earlier && fault.remember !== false) return earlier;
    if (!(fault.isSigned ?? isSigned)(call) || !(fault.hasKey ?? hasKey)(call))
      return { status: 401, result: null };
    if (call.body.length > (fault.maxBytes ?? Infinity)) return { status: 413, result: null };
    let request: ReturnType<NonNullable<Fault['parse']>>;
    try {
      request = (fault.parse ?? JSON.parse)(call.body);
    } catch {
      return { status: fault.malformed ?? 400, result: null };
    }
    if (request.component.scriptSlug !== 'gift/note')
      return { status: fault.unknownScript ?? 404, result: null };
    executions += 1;
    const answer = { status: 200, result: { executions } };
    answers.set(key, answer);
    return answer;
  };
  const host = await startScriptHost((response, call) => {
    const { status, result } = answerTo(call);
    response.writeHead(status).end(JSON.stringify(result));
  });
  stop = host.stop;
  return host.url;
}

async function broken(url: string): Promise<string[]> {
  const lines: string[] = [];
  const config = loadConfig({
    JOURNEY_RUNTIME_RUNNER_SIGNING_SECRET: SECRET,
    JOURNEY_RUNTIME_RUNNER_API_KEY: API_KEY,
  });
  const follows = await checkRunner(config, url, undefined, (line) => lines.push(line));
  const rules = lines.filter((line) => line.startsWith('✗')).map((line) => line.slice(2));
  expect(follows).toBe(rules.length === 0);
  return rules;
}

const rule = (start: string) => {
  const found = CHECKS.filter((check) => check.rule.startsWith(start)).map((check) => check.rule);
  if (found.length !== 1) throw new Error(`${found.length} rules start with ${start}`);
  return found[0]!;
};

test('a host that follows the protocol breaks no rule', async () => {
  expect(await broken(await startHost({}))).toEqual([]);
});

describe('a host with one fault breaks the rules about it alone', () => {
  const rejectsUnknownFields = (body: string) => {
    const request = JSON.parse(body);
    if (request.addedLater) throw new Error('unknown field');
    return request;
  };
  const cases: { fault: string; host: Fault; rules: string[] }[] = [
    {
      fault: 'executes repeats again',
      host: { remember: false },
      rules: [rule('A repeat is answered'), rule('A repeat during')],
    },
    {
      fault: 'verifies no signature',
      host: { isSigned: () => true },
      rules: [rule('A request without a sig'), rule('A request that is signed')],
    },
    {
      fault: 'verifies a signature only where there is one',
      host: { isSigned: (call) => !call.request.headers['webhook-id'] || isSigned(call) },
      rules: [rule('A request without a sig')],
    },
    {
      fault: 'takes any API key',
      host: { hasKey: () => true },
      rules: [rule('A request with another API key')],
    },
    {
      fault: 'fails on an unknown script',
      host: { unknownScript: 500 },
      rules: [rule('A script that the host')],
    },
    {
      fault: 'asks to retry an unknown script',
      host: { unknownScript: 429 },
      rules: [rule('A script that the host')],
    },
    {
      fault: 'fails on a body that is not JSON',
      host: { malformed: 500 },
      rules: [rule('A body that is not JSON')],
    },
    { fault: 'takes small bodies only', host: { maxBytes: 1 << 20 }, rules: [rule('A body of 15 MiB')] },
    { fault: 'rejects unknown fields', host: { parse: rejectsUnknownFields }, rules: [rule('Fields that')] },
  ];
  test.for(cases)('$fault', async ({ host, rules }) => {
    expect(await broken(await startHost(host))).toEqual(rules);
  });
});

test('a host that completes nothing is not checked further', async () => {
  expect(
    await broken(await startHost({ unknownScript: 404, parse: () => ({ component: { scriptSlug: 'x' } }) })),
  ).toEqual([CHECKS[0]!.rule]);
});
