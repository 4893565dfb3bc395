import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Machine } from './network.ts';
import type { ProcessRecord } from './records.ts';
import { until } from './until.ts';

export type ProcessOptions = {
  name: string;
  args: string[];
  env: Record<string, string>;
  /** What it prints once it has taken up its work. */
  readyLine: string;
  logFile: string;
  /** Whether a new one takes its place, as an orchestrator would do it, until it is stopped. */
  restarts: boolean;
  /** Whether a fault was laid into each of its lives that ends it. */
  mayEnd?: boolean;
  machine?: Machine;
};

export type ManagedProcess = {
  name: string;
  /** Of the current life. */
  pid(): number;
  /** All lives, the current one last. */
  lives: ProcessRecord[];
  isReady(): boolean;
  /** Resolves when the current life, or the one that follows it, has taken up its work. */
  ready(): Promise<void>;
  /** Sends the current life a signal that ends it; resolves when it is gone, with how it ended. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<string>;
  /** Says that the current life will end by a fault that was laid in it. */
  expectEnd(): void;
  /** Whether the current life ended by itself within that time. */
  ended(withinMs: number): Promise<boolean>;
  /** Stops its clock, as a machine that sleeps does; returns what wakes it. */
  freeze(): () => void;
  /** Notes that it cannot reach the database, for a reason of its own; returns what notes the end of that. */
  partitioned(): () => void;
  /** Ends it for good, in good order where it can. */
  stop(): Promise<string>;
};

const RESTART_MS = 250;
const STOP_WITHIN_MS = 12_000;
const READY_WITHIN_MS = 60_000;

/** None outlives the harness, were it broken off. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

export function startProcess(options: ProcessOptions): ManagedProcess {
  const { name, args, env, readyLine, logFile, restarts, mayEnd = false, machine } = options;
  const lives: ProcessRecord[] = [];
  const log = createWriteStream(logFile, { flags: 'a' });
  let child: ChildProcess;
  let exited: Promise<string>;
  let stopping = false;
  const current = () => lives.at(-1)!;
  const isReady = () => current().readyAt !== null && current().endedAt === null;

  function begin(): void {
    const [program, all] = machine?.command(process.execPath, args) ?? [process.execPath, args];
    const begun = spawn(program, all, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    child = begun;
    const life: ProcessRecord = {
      name,
      pid: child.pid ?? 0,
      startedAt: Date.now(),
      readyAt: null,
      endedAt: null,
      exit: null,
      endedByUs: mayEnd,
      away: [],
    };
    lives.push(life);
    running.add(child);
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.on('data', (chunk: Buffer) => {
        log.write(chunk);
        if (life.readyAt === null && chunk.includes(readyLine)) life.readyAt = Date.now();
      });
    }
    exited = new Promise((resolve) => {
      begun.once('exit', (code, signal) => {
        running.delete(begun);
        life.endedAt = Date.now();
        life.exit = signal ?? `exit code ${code}`;
        log.write(`--- ${name} ${life.pid} ended: ${life.exit}\n`);
        resolve(life.exit);
        if (restarts && !stopping) void pause(RESTART_MS).then(() => !stopping && begin());
      });
    });
  }
  begin();
  const end = (signal: 'SIGKILL' | 'SIGTERM') => {
    current().endedByUs = true;
    child.kill(signal);
    return exited;
  };
  const away = () => {
    const absence = { from: Date.now(), to: Number.POSITIVE_INFINITY };
    current().away.push(absence);
    return absence;
  };
  return {
    name,
    pid: () => current().pid,
    lives,
    end,
    expectEnd: () => {
      current().endedByUs = true;
    },
    isReady,
    ended: (withinMs) => Promise.race([exited.then(() => true), pause(withinMs, false, { ref: false })]),
    async ready() {
      await until(isReady, `${name} to take up its work`, READY_WITHIN_MS).catch((error) => {
        throw new Error(`${error.message}; its last words: ${lastWords(logFile)}`);
      });
    },
    freeze() {
      const absence = away();
      const frozen = child;
      frozen.kill('SIGSTOP');
      return () => {
        absence.to = Date.now();
        frozen.kill('SIGCONT');
      };
    },
    partitioned() {
      const absence = away();
      return () => {
        absence.to = Date.now();
      };
    },
    async stop() {
      const isStopped = stopping && current().endedAt !== null;
      stopping = true;
      if (isStopped) return current().exit ?? '';
      if (current().endedAt === null) {
        const force = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
        await end('SIGTERM');
        clearTimeout(force);
      }
      log.end();
      return current().exit ?? '';
    },
  };
}

const lastWords = (logFile: string): string => readFileSync(logFile, 'utf8').slice(-1_000);
