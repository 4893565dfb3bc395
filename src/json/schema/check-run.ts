import type { Json, JsonObject } from '../json.ts';
import type { Resource } from './resources.ts';
import { escapePointer } from './schema-mistake.ts';

/** A place where a value does not fit its schema. `path` is a JSON pointer into the value; '' is the value itself. */
export type SchemaError = { path: string; message: string };

/** A compiled schema or keyword. Returns whether a value fits, and reports errors and annotations as it runs. */
export type Check = (value: Json, run: CheckRun, seen: Seen | null) => boolean;

/** Thrown when a check needs more steps than its limit. */
export class StepLimitError extends Error {}

/**
 * The properties and items of one value that its schema has evaluated, for unevaluatedProperties and
 * unevaluatedItems.
 */
export class Seen {
  readonly properties = new Set<string>();
  readonly items = new Set<number>();
  /** Items before this index are evaluated. */
  itemsBefore = 0;

  add(other: Seen): void {
    for (const key of other.properties) this.properties.add(key);
    for (const index of other.items) this.items.add(index);
    this.itemsBefore = Math.max(this.itemsBefore, other.itemsBefore);
  }
}

/** The state of one check of one value: the steps left, the current path, and the errors found. */
export class CheckRun {
  errors: SchemaError[] = [];
  /** The resources entered, outermost first. $dynamicRef searches them. */
  readonly scope: Resource[] = [];
  steps: number;
  readonly mostErrors: number;
  private quiet = 0;
  private references = 0;
  private readonly path: (string | number)[] = [];

  constructor(steps: number, mostErrors: number) {
    this.steps = steps;
    this.mostErrors = mostErrors;
  }

  /** Counts work. @throws StepLimitError */
  readonly spend = (steps: number): void => {
    this.steps -= steps;
    if (this.steps < 0) throw new StepLimitError();
  };

  /** True when no further error would be reported, so that a check can stop at the first part that does not fit. */
  get isDone(): boolean {
    return this.quiet > 0 || this.errors.length >= this.mostErrors;
  }

  /** Reports that the current value, or one of its properties, does not fit. */
  fail(message: string | (() => string), key?: string): false {
    if (!this.isDone) {
      const text = typeof message === 'string' ? message : message();
      this.errors.push({ path: this.pointer(key), message: text });
    }
    return false;
  }

  /** Checks the value at a key or index of the current value. */
  within(key: string | number, check: Check, value: Json): boolean {
    this.path.push(key);
    const fits = check(value, this, null);
    this.path.pop();
    return fits;
  }

  /** Whether a value fits, without reporting errors. */
  silently(check: Check, value: Json, seen: Seen | null): boolean {
    this.quiet += 1;
    const fits = check(value, this, seen);
    this.quiet -= 1;
    return fits;
  }

  /** Runs a check and returns its errors instead of reporting them. */
  apart<T>(work: () => T): { result: T; errors: SchemaError[] } {
    const before = this.errors;
    this.errors = [];
    const result = work();
    const { errors } = this;
    this.errors = before;
    return { result, errors };
  }

  report(errors: readonly SchemaError[]): void {
    if (this.quiet === 0) this.errors.push(...errors.slice(0, this.mostErrors - this.errors.length));
  }

  /** Follows a reference. The depth is bounded, because each reference uses stack space. */
  reference(check: Check, value: Json, seen: Seen | null): boolean {
    this.references += 1;
    if (this.references > MAX_REFERENCES) throw new StepLimitError();
    const fits = check(value, this, seen);
    this.references -= 1;
    return fits;
  }

  private pointer(key?: string): string {
    const steps = key === undefined ? this.path : [...this.path, key];
    return steps.map((step) => `/${escapePointer(String(step))}`).join('');
  }
}

/** The most references within references. */
const MAX_REFERENCES = 400;

export const ownValue = (object: JsonObject, key: string): Json | undefined =>
  Object.hasOwn(object, key) ? object[key] : undefined;
