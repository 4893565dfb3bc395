import { Queue, QueueEvents, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { onQuestion, settings, tell } from '../harness/in-peer.ts';
import { middleOf } from './middle.ts';

const { redis, jobs, watched } = settings<{ redis: number; jobs: number; watched: boolean }>();
const connection = new Redis(redis, '127.0.0.1', { maxRetriesPerRequest: null });
const name = `bench-${process.pid}`;

// As it comes it keeps the jobs that are done.
const queue = new Queue(name, { connection });
const batch = Array.from({ length: 1_000 }, (_, id) => ({ name: 'noop', data: { id } }));
for (let added = 0; added < jobs; added += batch.length) await queue.addBulk(batch);

onQuestion(async () => {
  const { rate, jobDone } = middleOf(jobs);
  const worker = new Worker(name, async () => null, { connection, concurrency: 200 });
  // A caller that waits for the end of a job receives it from QueueEvents.
  const events = watched ? new QueueEvents(name, { connection: connection.duplicate() }) : null;
  if (events) events.on('completed', jobDone);
  else worker.on('completed', jobDone);
  const measured = await rate;
  await events?.close();
  await worker.close();
  return measured;
});
tell('ready');
