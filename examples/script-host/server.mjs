// A script host in Node, without dependencies: docs/script-runner.md is the protocol.
//   SIGNING_SECRET=whsec_… PORT=5000 node server.mjs
// Answers are in memory. Use a database where several processes serve one URL, or where answers must outlive a restart.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

/** The scripts by slug. A script gets the inputs of the run and returns the result. */
const SCRIPTS = {
  'gift/note': async ({ text }) => ({ printed: String(text).toUpperCase() }),
};

const MAX_BODY_BYTES = 16 * 1024 * 1024;
const signingKey = Buffer.from((process.env.SIGNING_SECRET ?? '').replace('whsec_', ''), 'base64');
if (signingKey.length === 0) throw new Error('Set SIGNING_SECRET to the signing secret of the service.');

/** The answers by Idempotency-Key; 'running' while the first request of a call is executed. */
const answers = new Map();

/** Whether the service signed the request within the last five minutes (Standard Webhooks). */
function isGenuine(headers, body) {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures = '' } = headers;
  if (!(Math.abs(Date.now() / 1000 - Number(timestamp)) < 300)) return false;
  const expected = createHmac('sha256', signingKey).update(`${id}.${timestamp}.`).update(body).digest();
  return signatures.split(' ').some((signature) => {
    const given = Buffer.from(signature.replace(/^v1,/, ''), 'base64');
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}

async function answer(headers, body) {
  if (!isGenuine(headers, body)) return { status: 401, result: 'The signature does not fit.' };
  const call = headers['idempotency-key'];
  const earlier = answers.get(call);
  if (earlier) return earlier === 'running' ? { status: 409, result: 'The call is still running.' } : earlier;
  const request = parse(body);
  const script = SCRIPTS[request?.component?.scriptSlug];
  if (!script) return { status: 404, result: 'There is no such script.' };
  answers.set(call, 'running');
  try {
    answers.set(call, { status: 200, result: await script(request.inputs) });
  } catch (error) {
    answers.set(call, { status: 422, result: String(error) });
  }
  return answers.get(call);
}

function parse(body) {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

/** Resolves with the body, or null when it is over the limit. */
async function bodyOf(request) {
  const chunks = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const server = createServer(async (request, response) => {
  try {
    const body = await bodyOf(request);
    const { status, result } = body ? await answer(request.headers, body) : { status: 413 };
    // A repeat that came too early comes again after this time.
    const headers = { 'content-type': 'application/json', ...(status === 409 && { 'retry-after': '1' }) };
    response.writeHead(status, headers).end(JSON.stringify(result ?? null));
  } catch {
    // The connection broke: the service repeats the call.
    response.destroy();
  }
});
server.listen(Number(process.env.PORT ?? 5000), process.env.HOST ?? '127.0.0.1', () => {
  console.log(`script host on port ${server.address().port}`);
});
