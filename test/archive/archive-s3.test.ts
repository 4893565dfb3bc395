import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { gunzipSync } from 'node:zlib';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { beforeEach, expect, test, vi } from 'vitest';
import { Archive } from '../../src/archive/archive-files.ts';
import { runCommand, spawnCommand } from '../support/command.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { insertRunWithEvent } from '../support/events.ts';
import { insertComponent } from '../support/runs.ts';
import { type S3Server, startS3Server } from '../support/s3-server.ts';

const TO = 's3://journeys/live/archive';
const BEFORE = '2026-11-01';
const MIB = 1024 * 1024;

let db: TestDatabase;
let s3: S3Server;
let client: S3Client;
beforeEach(async () => {
  db = await createTestDatabase();
  s3 = await startS3Server('journeys');
  for (const [name, value] of Object.entries(s3.env)) vi.stubEnv(name, value);
  client = new S3Client({ forcePathStyle: true });
  return async () => {
    client.destroy();
    vi.unstubAllEnvs();
    await Promise.all([s3.stop(), db.drop()]);
  };
});

const args = (to = TO) => ['archive', '--before', BEFORE, '--to', to];
const archive = (env = {}, to = TO) => runCommand(args(to), { DATABASE_URL: db.url, ...s3.env, ...env });

async function objects(): Promise<string[]> {
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: 'journeys' }));
  return Contents.map(({ Key }) => Key!).sort();
}

async function idsIn(file: string): Promise<string[]> {
  const { Body } = await client.send(
    new GetObjectCommand({ Bucket: 'journeys', Key: `live/archive/${file}` }),
  );
  const lines = gunzipSync(await Body!.transformToByteArray())
    .toString()
    .trim()
    .split('\n');
  return lines.map((line) => JSON.parse(line).id);
}

/** Stores a run that ended on that day of October. Its payload does not become smaller than a MiB. */
async function ended(componentId: string, day: number): Promise<string> {
  const at = new Date(Date.UTC(2026, 9, day));
  return insertRunWithEvent(db.pool, {
    componentId,
    status: 'COMPLETED',
    queuedAt: at,
    completedAt: at,
    inputPayload: { random: randomBytes(MIB).toString('hex') },
  });
}

test('an archive in a bucket that was killed is continued: no run twice, and none missing', async () => {
  const component = await insertComponent(db.pool);
  const ids: string[] = [];
  for (let day = 1; day <= 12; day += 1) ids.push(await ended(component.id, day));
  const child = spawnCommand(args(), { DATABASE_URL: db.url, ...s3.env });
  const exited = once(child, 'exit');
  s3.intercept((url) => url.includes('partNumber=2') && child.kill('SIGKILL'));
  expect(await exited).toEqual([null, 'SIGKILL']);
  expect(await objects()).toEqual(['live/archive/archive.json']);

  s3.intercept(() => false);
  expect(await archive()).toMatchObject({
    code: 0,
    stdout: `Archived 12 runs with 12 events, in 1 new files, to ${TO}.\n`,
  });
  expect(await idsIn('runs-000001.ndjson.gz')).toEqual(ids);

  const late = await ended(component.id, 20);
  expect((await archive()).stdout).toMatch(/^Archived 1 runs with 1 events, in 1 new files/);
  expect((await archive({}, `${TO}/`)).stdout).toMatch(/^Archived 0 runs/);
  expect(await idsIn('runs-000002.ndjson.gz')).toEqual([late]);
  expect(await objects()).toHaveLength(3);
});

test('a file is not stored before its numbers were compared with the database', async () => {
  const opened = await Archive.open(TO, 'a database');
  const texts = async function* () {
    for (let n = 0; n < 12; n += 1) yield randomBytes(MIB).toString('hex');
  };
  const adding = opened.add(texts(), async () => {
    throw new Error('the numbers differ');
  });
  await expect(adding).rejects.toThrow(/^the numbers differ$/);
  expect(await objects()).toEqual(['live/archive/archive.json']);
});

test('mistakes are named with their fix', async () => {
  const errors = [];
  for (const [to, env] of [
    ['s3:journeys', {}],
    ['s3://', {}],
    ['s3://unknown/archive', {}],
    [TO, { AWS_ACCESS_KEY_ID: 'unknown' }],
    [TO, { AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:1' }],
  ] as const) {
    const { code, stderr } = await archive(env, to);
    errors.push([code, stderr]);
  }
  const unusable = (reason: string) => [
    2,
    expect.stringMatching(new RegExp(`^s3://[a-z/]+ cannot be used: ${reason}[^\\n]*\\n$`)),
  ];
  const noUrl = [2, expect.stringMatching(/^s3:\S* is not s3:\/\/<bucket>\/<prefix>, such as [^\n]+\n$/)];
  expect(errors).toEqual([
    noUrl,
    noUrl,
    unusable('NoSuchBucket: '),
    unusable('InvalidAccessKeyId: '),
    unusable('.*ECONNREFUSED'),
  ]);

  await client.send(new PutObjectCommand({ Bucket: 'journeys', Key: 'live/other', Body: 'x' }));
  await expect(Archive.open('s3://journeys/live', 'a')).rejects.toThrow(/has files but no archive.json/);
  await Archive.open(TO, 'a');
  await expect(Archive.open(TO, 'b')).rejects.toThrow(/of another database/);
});
