import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createHttpRunner } from '../../src/runner/http-runner.ts';

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

/** A key and a certificate for localhost that no authority has signed. */
function selfSigned(): { key: Buffer; cert: Buffer } {
  const folder = mkdtempSync(join(tmpdir(), 'journey-runtime-certificate-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-days', '1'];
  const options = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert];
  execFileSync('openssl', [...options, ...subject], { stdio: 'ignore' });
  const made = { key: readFileSync(key), cert: readFileSync(cert) };
  rmSync(folder, { recursive: true });
  return made;
}

test.skipIf(!hasOpenssl)('a host whose certificate no authority has signed gets no request', async () => {
  let requests = 0;
  const server = createServer(selfSigned(), (_, response) => {
    requests += 1;
    response.end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const runner = createHttpRunner({ url: `https://localhost:${port}/run`, apiKey: 'canary' });
  const answer = await runner.run({
    runId: 'run-1',
    attempt: 1,
    idempotencyKey: 'run-1:1',
    body: '{}',
    timeoutSeconds: 5,
    signal: new AbortController().signal,
    mask: (text) => text,
  });
  expect(answer).toMatchObject({
    kind: 'failure',
    definite: false,
    error: { code: 'RUNNER_UNREACHABLE', message: expect.stringContaining('SELF_SIGNED_CERT') },
  });
  expect(requests).toBe(0);
  await runner.close();
  server.close();
});
