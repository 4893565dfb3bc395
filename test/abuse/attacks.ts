import type { Attack } from './attack.ts';
import { heldBodies, messageFlood, pipelining, resets, unread } from './attacks/connections.ts';
import { bombs, distinctDocuments, fragmentChains } from './attacks/documents.ts';
import { javaClient } from './attacks/java-client.ts';
import { largeInputs, numbers } from './attacks/large-inputs.ts';
import { manySecrets, widePages } from './attacks/large-pages.ts';
import { malformed, strangers } from './attacks/malformed.ts';
import { concurrency, distinctFilters } from './attacks/operations.ts';
import { canaries } from './guarded/canaries.ts';
import { oracles } from './guarded/oracles.ts';
import { rights } from './guarded/rights.ts';

/** On an API without identity, from an address that is not its own machine's. */
export const OPEN_ATTACKS: readonly Attack[] = [
  resets,
  fragmentChains,
  distinctDocuments,
  bombs,
  numbers,
  largeInputs,
  widePages,
  manySecrets,
  pipelining,
  concurrency,
  distinctFilters,
  unread,
  messageFlood,
  heldBodies,
  malformed,
  strangers,
  javaClient,
];

/** On the service with identity, a worker and a script host. */
export const GUARDED_ATTACKS = [canaries, rights, oracles] as const;
