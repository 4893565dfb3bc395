import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A peer in a process of its own, so that it has a thread as ours has. */
export type Peer<Ready> = {
  pid: number;
  /** What it told once it was ready. */
  ready: Ready;
  /** Sends it a message; resolves with its answer. */
  ask<Answer>(message: unknown): Promise<Answer>;
  stop(): Promise<void>;
};

/** Starts a file of peers/ with `settings`, and waits for the first message. */
export async function forkPeer<Ready = unknown>(file: string, settings: unknown): Promise<Peer<Ready>> {
  const path = fileURLToPath(new URL(`../peers/${file}`, import.meta.url));
  const child = fork(path, [JSON.stringify(settings)], {
    stdio: ['ignore', 'ignore', process.env.BENCH_PEERS_SPEAK ? 'inherit' : 'ignore', 'ipc'],
  });
  const answer = async <T>(): Promise<T> => {
    const answered = new AbortController();
    const { signal } = answered;
    const exited = once(child, 'exit', { signal }).then(([code]) =>
      Promise.reject(new Error(`${file} ended with ${code}`)),
    );
    exited.catch(() => {});
    const [message] = await Promise.race([once(child, 'message', { signal }), exited]);
    answered.abort();
    return message as T;
  };
  const ready = await answer<Ready>();
  return {
    pid: child.pid!,
    ready,
    ask(message) {
      const answered = answer<never>();
      child.send(message as object);
      return answered;
    },
    async stop() {
      if (child.exitCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}
