import { PgBoss } from 'pg-boss';
import { onQuestion, settings, tell } from '../harness/in-peer.ts';

const { url, callers } = settings<{ url: string; callers: number }>();
const boss = new PgBoss(url);
boss.on('error', console.error);
await boss.start();
await boss.createQueue('noop');

let left = 0;
let onLast = () => {};
await boss.work('noop', { batchSize: 50, pollingIntervalSeconds: 0.5 }, async (jobs) => {
  left -= jobs.length;
  if (left === 0) onLast();
});

onQuestion(async (count: number) => {
  left = count;
  let unsent = count;
  const send = async () => {
    for (; unsent > 0; ) {
      unsent -= 1;
      await boss.send('noop', { unsent });
    }
  };
  const done = new Promise<void>((resolve) => {
    onLast = resolve;
  });
  await Promise.all([done, ...Array.from({ length: callers }, send)]);
  // The last batch is completed after its handler.
  await new Promise((resolve) => setTimeout(resolve, 300));
  return null;
});
tell('ready');
