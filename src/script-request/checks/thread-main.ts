import { parentPort } from 'node:worker_threads';
import { type CheckTask, resultOf } from './check-task.ts';

// The main file of the thread of checks (check-thread.ts).
parentPort?.on('message', (task: CheckTask) => parentPort?.postMessage(resultOf(task)));
