import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
// @ts-expect-error It has no types.
import s3rver from '@20minutes/s3rver';

/** The part of s3rver that is used. */
type S3rver = new (options: {
  directory: string;
  silent: boolean;
  allowMismatchedSignatures: boolean;
  configureBuckets: { name: string }[];
}) => {
  configureBuckets(): Promise<unknown>;
  callback(): RequestListener;
  logger: { exceptions: { unhandle(): void }; close(): void };
};

export type S3Server = {
  /** The environment of programs that use it. */
  env: Record<string, string>;
  /** Gives the URL of each request to a function. If that returns true, the request gets no answer. */
  intercept(take: (url: string) => boolean): void;
  stop(): Promise<void>;
};

/** Starts an S3 server with an empty bucket. */
export async function startS3Server(bucket: string): Promise<S3Server> {
  const directory = mkdtempSync(join(tmpdir(), 'journey-runtime-s3-'));
  const s3 = new (s3rver as S3rver)({
    directory,
    silent: true,
    // It signs the path of a bucket without the slash at its end, unlike S3.
    allowMismatchedSignatures: true,
    configureBuckets: [{ name: bucket }],
  });
  await s3.configureBuckets();
  const answer = s3.callback();
  let take = (_url: string) => false;
  const server = createServer((req, res) => {
    if (!take(req.url!)) answer(req, res);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    env: {
      AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: 'S3RVER',
      AWS_SECRET_ACCESS_KEY: 'S3RVER',
    },
    intercept(given) {
      take = given;
    },
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
      s3.logger.exceptions.unhandle();
      s3.logger.close();
      rmSync(directory, { recursive: true });
    },
  };
}
