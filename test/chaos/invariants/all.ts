import {
  attemptsAreBounded,
  completedHasAnswer,
  fencesGrow,
  repeatsAreTheSame,
  retriesWait,
} from './attempts.ts';
import { subscribersSawTheTable } from './feed.ts';
import {
  acknowledgedRunsAreThere,
  canceledStaysCanceled,
  everyRunStandsOnce,
  keysHaveOneRun,
  oneTerminalEvent,
  refusedLeavesNothing,
  sequencesAreWhole,
  transitionsAreAllowed,
} from './history.ts';
import { oneHolder, processesStay, theLivingKeepTheirRuns } from './holding.ts';
import type { Invariant } from './invariant.ts';

export const INVARIANTS: readonly Invariant[] = [
  acknowledgedRunsAreThere,
  keysHaveOneRun,
  everyRunStandsOnce,
  oneTerminalEvent,
  sequencesAreWhole,
  transitionsAreAllowed,
  fencesGrow,
  completedHasAnswer,
  attemptsAreBounded,
  retriesWait,
  subscribersSawTheTable,
  repeatsAreTheSame,
  refusedLeavesNothing,
  oneHolder,
  canceledStaysCanceled,
  theLivingKeepTheirRuns,
  processesStay,
];
