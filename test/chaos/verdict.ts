import { INVARIANTS } from './invariants/all.ts';
import type { Figure, Outcome, Scenario, Size } from './scenario.ts';

/** A scenario that was played, with what was found in its records. */
export type Judged = {
  scenario: string;
  fault: string;
  load: string;
  seconds: number;
  /** By the name of each invariant. */
  violations: Map<string, string[]>;
  figures: Figure[];
  /** Why it broke off, if it did. */
  brokeOff: string | null;
  isPassed: boolean;
};

export function judge(scenario: Scenario, size: Size, outcome: Outcome | Error, ms: number): Judged {
  const { name, fault } = scenario;
  const base = { scenario: name, fault, load: scenario.load(size), seconds: ms / 1_000 };
  if (outcome instanceof Error) {
    return { ...base, violations: new Map(), figures: [], brokeOff: outcome.message, isPassed: false };
  }
  const violations = new Map(
    INVARIANTS.map((invariant) => [invariant.name, invariant.violations(outcome.records)]),
  );
  // The smoke runs beside whatever else its machine does: there a figure that is missed tells of the machine.
  const mustReach = size === 'full';
  const isPassed =
    [...violations.values()].every((found) => found.length === 0) &&
    outcome.figures.every(({ isReached }) => isReached || !mustReach);
  return { ...base, violations, figures: outcome.figures, brokeOff: null, isPassed };
}
