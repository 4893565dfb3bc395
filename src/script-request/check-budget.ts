import { ServiceError } from '../errors.ts';

/**
 * The steps that checks of inputs may take together. A step is about 30 ns of work. The bound does not depend on how
 * busy the machine is: the same inputs always take the same steps.
 */
export type CheckBudget = {
  left: number;
  /** The budget of the whole request that this budget is part of. */
  request?: CheckBudget;
};

/** The budget of one preview or attempt: up to 50 ms. */
export const STEPS_A_CHECK = 1_000_000;
/** The budget of one request with many previews, or with a page of lint. */
const STEPS_A_REQUEST = 10_000_000;

export const createCheckBudget = (request?: CheckBudget): CheckBudget => ({ left: STEPS_A_CHECK, request });
export const createRequestBudget = (): CheckBudget => ({ left: STEPS_A_REQUEST });

export const stepsLeft = ({ left, request }: CheckBudget): number =>
  Math.min(left, request?.left ?? Number.POSITIVE_INFINITY);

/**
 * Takes steps from the budget.
 * @throws ServiceError when the request has none left
 */
export function takeSteps(budget: CheckBudget, steps: number): void {
  budget.left -= steps;
  if (!budget.request) return;
  budget.request.left -= steps;
  if (budget.request.left <= 0) throw new ServiceError('RATE_LIMITED', TOO_MUCH);
}

const TOO_MUCH =
  'The previews or the lint of this request need too much work to check inputs. Send fewer of them in one request.';
