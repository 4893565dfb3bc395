import { isPromise } from '@graphql-tools/utils';
import {
  defaultFieldResolver,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isObjectType,
} from 'graphql';
import type { Context } from '../context.ts';
import type { Steps } from '../steps.ts';

/**
 * Divides the work of operations into steps: each field that returns objects, each object that was waited for, and each
 * item of a list. A page with all fields of its objects would delay other clients for a tenth of a second, and one with
 * many aliases for seconds.
 */
export function inSteps(schema: GraphQLSchema): GraphQLSchema {
  const fields = Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .flatMap((type) => Object.values(type.getFields()))
    .filter(({ type }) => isCompositeType(getNamedType(type)));
  for (const field of fields) {
    const resolve = field.resolve ?? defaultFieldResolver;
    field.resolve = (parent, args, context: Context, info) => {
      const { steps } = context;
      const value = inStep(steps, () => resolve(parent, args, context, info));
      return isPromise(value)
        ? value.then((found) => (hasPromises(found) ? itemByItem(steps, found) : afterWait(steps, found)))
        : itemByItem(steps, value);
    };
  }
  return schema;
}

/** Does the work when its step may begin: mostly at once. */
function inStep<T>(steps: Steps, work: () => T): T | Promise<Awaited<T>> {
  const turn = steps.turnIfLong();
  return turn ? (turn.then(work) as Promise<Awaited<T>>) : work();
}

/** Many values may be there at once, and the executor completes each only after its promise is resolved. */
const afterWait = (steps: Steps, found: unknown): Promise<unknown> =>
  steps.turn().then(() => itemByItem(steps, found));

/** Makes each item of a list a step. The executor completes an item before it takes the next one. */
const itemByItem = (steps: Steps, value: unknown): unknown =>
  Array.isArray(value) ? stepByStep(steps, value) : value;

function* stepByStep(steps: Steps, items: readonly unknown[]): Generator {
  for (const item of items)
    yield isPromise(item) ? item.then((found) => afterWait(steps, found)) : inStep(steps, () => item);
}

/** A promise that nobody waits for yet would end the process if it were rejected meanwhile. */
const hasPromises = (value: unknown): boolean => Array.isArray(value) && value.some(isPromise);
