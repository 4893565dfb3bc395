import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { commandLine } from '../command-line.ts';
import { StartupError } from '../errors.ts';
import { KEY_OPTIONS, KEY_USAGE } from './key-arguments.ts';

type Accepted = {
  /** The arguments as the usage shows them. */
  synopsis: string;
  about: string;
  options?: ParseArgsOptionsConfig;
  required?: string[];
  /** How many words that are not options it takes, at least and at most. */
  words?: [number, number];
  /** The text that `--help` of the command prints after its line. Defaults to `about`. */
  details?: string;
};

const text = { type: 'string' } as const;

/** The arguments of each command. */
const ACCEPTED: Record<string, Accepted> = {
  serve: {
    synopsis: '',
    about: 'the API and a worker, on an embedded PostgreSQL where DATABASE_URL is unset (default)',
  },
  worker: { synopsis: '', about: 'a worker alone' },
  migrate: {
    synopsis: '[--grant-to <role>]',
    about: "brings the database to this version's state, and lets another role run the service",
    options: { 'grant-to': text },
  },
  archive: {
    synopsis: '--before <time> --to <folder or S3 URL>',
    about: 'writes the runs that ended before the time, with their events, to files',
    options: { before: text, to: text },
    required: ['before', 'to'],
  },
  execute: {
    synopsis: '<runId>',
    about: 'processes one queued run in the foreground',
    words: [1, 1],
  },
  secrets: {
    synopsis: 'rotate',
    about: 'wraps all stored secrets with the first of JOURNEY_RUNTIME_SECRET_KEYS',
    words: [1, 1],
  },
  'check-runner': {
    synopsis: '[url] [request.json]',
    about: 'checks a script host for the protocol of docs/script-runner.md',
    words: [0, 2],
  },
  key: {
    synopsis: '<command> …',
    about: 'creates, rotates, revokes and lists API keys; `key --help` shows how',
    options: KEY_OPTIONS,
    words: [0, 2],
    details: KEY_USAGE,
  },
  'move-shop': {
    synopsis: '--shop <name> --from <database URL> --to <database URL> [--cancel]',
    about: 'moves a shop to another cell while both serve',
    options: { shop: text, from: text, to: text, cancel: { type: 'boolean', default: false } },
    required: ['shop', 'from', 'to'],
    details: `Started again, it goes on. --cancel opens the shop in its old cell again, before it has moved. docs/scaling.md
describes it.`,
  },
  backup: {
    synopsis: '--to <folder>',
    about: 'writes the data of the embedded PostgreSQL to a new folder, also while the service runs',
    options: { to: text },
    required: ['to'],
  },
  restore: {
    synopsis: '--from <folder>',
    about: 'loads such a backup into an empty database, embedded or of DATABASE_URL',
    options: { from: text },
    required: ['from'],
  },
  seed: { synopsis: '', about: 'stores the demo catalogue, as far as it is missing' },
};

const named = (name: string) => `${name} ${ACCEPTED[name]!.synopsis}`.trim();

/** The usage of all commands. */
export const USAGE = `Usage: ${commandLine('<command> <arguments>')}

${Object.entries(ACCEPTED)
  .map(([name, { about }]) => {
    const line = named(name);
    return `  ${line.length < 16 ? line.padEnd(16) : `${line}\n${' '.repeat(18)}`} ${about}`;
  })
  .join('\n')}

<command> --help explains a command, --version prints the version. The environment configures the service;
docs/operations/configure.md has the variables.`;

/** The usage of one command. */
export function usageOf(name: string): string {
  const { about, details } = ACCEPTED[name]!;
  return `Usage: ${commandLine(named(name))}\n\n${details ?? about}`;
}

export type Arguments = {
  /** The values of the options. */
  // biome-ignore lint/suspicious/noExplicitAny: the type of each value is that of ACCEPTED.
  options: Record<string, any>;
  words: string[];
};

/** Returns the arguments of a command. @throws StartupError when the command does not take them */
export function argumentsOf(name: string, args: string[]): Arguments {
  const { options = {}, required = [], words: [least, most] = [0, 0] } = ACCEPTED[name]!;
  const fail = (problem: string) => new StartupError(`${problem}\n\n${usageOf(name)}`);
  let parsed: { values: Arguments['options']; positionals: string[] };
  try {
    parsed = parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw fail((error as Error).message);
  }
  const { values, positionals } = parsed;
  const missing = required.filter((option) => !values[option]).map((option) => `--${option}`);
  if (missing.length > 0) throw fail(`${name} needs ${missing.join(' and ')}.`);
  const empty = Object.keys(values).find((option) => values[option] === '');
  if (empty) throw fail(`--${empty} is empty.`);
  if (positionals.length < least) throw fail(`${name} needs ${ACCEPTED[name]!.synopsis}.`);
  if (positionals.length > most) throw fail(`${name} does not know the argument ${positionals[most]}.`);
  return { options: values, words: positionals };
}
