import { DBOS } from '@dbos-inc/dbos-sdk';
import { onQuestion, settings, tell } from '../harness/in-peer.ts';
import { middleOf } from './middle.ts';

const { url, callers } = settings<{ url: string; callers: number }>();
DBOS.setConfig({ name: 'bench', systemDatabaseUrl: url, runAdminServer: false, logLevel: 'error' });
const workflow = DBOS.registerWorkflow(async (n: number) => DBOS.runStep(async () => n, { name: 'step' }), {
  name: 'one-step',
});
await DBOS.launch();

onQuestion(async (count: number) => {
  const { rate, jobDone } = middleOf(count);
  let left = count;
  const call = async () => {
    for (; left > 0; ) {
      left -= 1;
      await workflow(left);
      jobDone();
    }
  };
  await Promise.all(Array.from({ length: callers }, call));
  return rate;
});
tell('ready');
