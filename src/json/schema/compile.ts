import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { type Check, type CheckRun, Seen, StepLimitError } from './check-run.ts';
import { isJsonNumber } from './decimal.ts';
import { createPattern, type Pattern, PatternError } from './ecma-pattern.ts';
import type { Keyword, KeywordPlace } from './keyword.ts';
import { KEYWORDS_OF_ARRAYS } from './keywords-of-arrays.ts';
import { KEYWORDS_OF_OBJECTS } from './keywords-of-objects.ts';
import { KEYWORDS_OF_REFERENCES } from './keywords-of-references.ts';
import { KEYWORDS_OF_SCHEMAS } from './keywords-of-schemas.ts';
import { KEYWORDS_OF_VALUES } from './keywords-of-values.ts';
import { findResources, type Resource, type Resources, type Target } from './resources.ts';
import { escapePointer, SchemaMistake } from './schema-mistake.ts';

export type CompiledSchema = {
  check: Check;
  /** The approximate memory in KiB of its subschemas and of the states that its patterns may cache. */
  size: number;
};

const MAX_SUBSCHEMAS = 5_000;
const MAX_PATTERNS = 200;
/** The most instructions of all patterns together. */
const MAX_PATTERNS_SIZE = 20_000;
const PATTERN_SIZE = 64;

/**
 * Compiles a JSON Schema (2020-12) to a check. No code is generated: a check is composed of functions that read the
 * schema's values. The work grows with the size of the schema, and is bounded.
 * @throws SchemaMistake; StepLimitError when the size exceeds `mostSize`
 */
export function compile(schema: JsonObject, mostSize = Number.POSITIVE_INFINITY): CompiledSchema {
  const compiler = new Compiler(findResources(schema), mostSize);
  const root = compiler.compileAll(schema);
  return { check: (value, run, seen) => root.check(value, run, seen), size: compiler.size };
}

/**
 * A schema during compilation. `check` is set once all schemas are compiled, so that schemas may refer to each other
 * in circles.
 */
type Node = { check: Check; pointer: string; inPlace: Node[] };

class Compiler {
  size = 0;
  private patternsSize = 0;
  private readonly resources: Resources;
  private readonly mostSize: number;
  private readonly nodes = new Map<JsonObject, Node>();
  private readonly waiting: (() => void)[] = [];
  private readonly patterns = new Map<string, Pattern>();

  constructor(resources: Resources, mostSize: number) {
    this.resources = resources;
    this.mostSize = mostSize;
  }

  private grow(size: number): void {
    this.size += size;
    if (this.size > this.mostSize) throw new StepLimitError();
  }

  compileAll(schema: JsonObject): Node {
    const root = this.node({ schema, resource: this.resources.root, pointer: '' });
    for (let compileNext = this.waiting.pop(); compileNext; compileNext = this.waiting.pop()) compileNext();
    rejectCircles(this.nodes.values());
    return root;
  }

  /**
   * Returns the schema's node, which is compiled later, so that circles and long chains of references do not use up
   * the stack.
   */
  private node({ schema, resource, pointer }: Target): Node {
    if (schema === true) return ANYTHING;
    if (schema === false) return NOTHING;
    if (!isJsonObject(schema) || isJsonNumber(schema)) {
      throw new SchemaMistake(pointer, 'must be a schema: an object, true or false');
    }
    const known = this.nodes.get(schema);
    if (known) return known;
    if (this.nodes.size >= MAX_SUBSCHEMAS) {
      throw new SchemaMistake('', `has more than ${MAX_SUBSCHEMAS} schemas within it; make it smaller`);
    }
    this.grow(1);
    const node: Node = { check: fitsAlways, pointer, inPlace: [] };
    this.nodes.set(schema, node);
    this.waiting.push(() => {
      node.check = this.checkOf(schema, this.resources.of(schema) ?? resource, node);
    });
    return node;
  }

  private checkOf(schema: JsonObject, resource: Resource, node: Node): Check {
    const checks: Check[] = [];
    const last: Check[] = [];
    for (const [name, value] of Object.entries(schema)) {
      const check = KEYWORDS.get(name)?.(this.place(name, value, schema, resource, node));
      if (check) (name.startsWith('unevaluated') ? last : checks).push(check);
    }
    const check = last.length > 0 ? withUnevaluated(all(checks), all(last)) : all(checks);
    return resource.root === schema ? this.entering(resource, check) : check;
  }

  private place(name: string, value: Json, schema: JsonObject, resource: Resource, node: Node): KeywordPlace {
    const pointer = `${node.pointer}/${escapePointer(name)}`;
    const within = (steps: (string | number)[]) =>
      pointer + steps.map((step) => `/${escapePointer(String(step))}`).join('');
    const inPlace = (target: Node) => {
      node.inPlace.push(target);
      return checkOnce(target);
    };
    const child = (one: Json, at: string) => this.node({ schema: one, resource, pointer: at });
    return {
      name,
      value,
      schema,
      pointer,
      subschema: (one, ...steps) => checkOnce(child(one, within(steps))),
      inPlace: (one, ...steps) => inPlace(child(one, within(steps))),
      sibling: (other) =>
        Object.hasOwn(schema, other) ? inPlace(child(schema[other]!, `${node.pointer}/${other}`)) : null,
      refer: (reference) => {
        const target = this.resources.resolve(reference, resource, pointer);
        const { dynamicAnchor: anchor } = target;
        const enter = (one: Target) => this.entering(one.resource, inPlace(this.node(one)));
        const dynamic = anchor === undefined ? [] : this.resources.withDynamicAnchor(anchor);
        return {
          check: enter(target),
          dynamic: anchor === undefined ? null : new Map(dynamic.map((one) => [one.resource, enter(one)])),
        };
      },
      pattern: (source, ...steps) => this.pattern(source, within(steps)),
    };
  }

  /** Records the resource as entered while the check runs, because dynamic references search the resources entered. */
  private entering(resource: Resource, check: Check): Check {
    if (!this.resources.hasDynamicAnchors) return check;
    return (value, run, seen) => {
      run.scope.push(resource);
      const fits = check(value, run, seen);
      run.scope.pop();
      return fits;
    };
  }

  private pattern(source: string, pointer: string): Pattern {
    const known = this.patterns.get(source);
    if (known) return known;
    try {
      if (this.patterns.size >= MAX_PATTERNS) {
        throw new PatternError(`is one too many: a schema may have ${MAX_PATTERNS} different patterns`);
      }
      const pattern = createPattern(source, MAX_PATTERNS_SIZE - this.patternsSize);
      this.patternsSize += pattern.size;
      this.grow(PATTERN_SIZE + pattern.size / 10);
      this.patterns.set(source, pattern);
      return pattern;
    } catch (error) {
      if (error instanceof PatternError) throw new SchemaMistake(pointer, error.message);
      throw error;
    }
  }
}

const KEYWORDS: ReadonlyMap<string, Keyword> = new Map(
  Object.entries({
    ...KEYWORDS_OF_REFERENCES,
    ...KEYWORDS_OF_SCHEMAS,
    ...KEYWORDS_OF_VALUES,
    ...KEYWORDS_OF_OBJECTS,
    ...KEYWORDS_OF_ARRAYS,
  }),
);

const fitsAlways: Check = () => true;
const ANYTHING: Node = { check: fitsAlways, pointer: '', inPlace: [] };
/** The message of an error at a value that the schema allows nowhere. */
export const NOT_ALLOWED = 'is not allowed';
const NOTHING: Node = { check: (_, run) => run.fail(NOT_ALLOWED), pointer: '', inPlace: [] };

/** A check that looks up the node's check when it runs, because the node may not be compiled yet. */
const checkOnce = (node: Node): Check =>
  node === ANYTHING || node === NOTHING
    ? node.check
    : (value: Json, run: CheckRun, seen: Seen | null) => node.check(value, run, seen);

function all(checks: Check[]): Check {
  if (checks.length === 0) return fitsAlways;
  return (value, run, seen) => {
    run.spend(1);
    let fits = true;
    for (const check of checks) {
      if (check(value, run, seen)) continue;
      fits = false;
      if (run.isDone) return false;
    }
    return fits;
  };
}

/** Runs the unevaluated keywords last, when it is known what the other keywords have evaluated. */
function withUnevaluated(others: Check, last: Check): Check {
  return (value, run, seen) => {
    const own = new Seen();
    if (!others(value, run, own) || !last(value, run, own)) return false;
    seen?.add(own);
    return true;
  };
}

/** Rejects a schema that refers to itself for the same value: such a check would never end. */
function rejectCircles(nodes: Iterable<Node>): void {
  const states = new Map<Node, 'open' | 'done'>();
  for (const start of nodes) {
    const stack = [{ node: start, next: 0 }];
    while (stack.length > 0) {
      const top = stack.at(-1)!;
      if (top.next === 0) {
        if (states.has(top.node)) {
          stack.pop();
          continue;
        }
        states.set(top.node, 'open');
      }
      const target = top.node.inPlace[top.next];
      top.next += 1;
      if (!target) {
        states.set(top.node, 'done');
        stack.pop();
      } else if (states.get(target) === 'open') {
        throw new SchemaMistake(
          target.pointer,
          'refers to itself for the same value, which never ends; break the circle',
        );
      } else if (!states.has(target)) stack.push({ node: target, next: 0 });
    }
  }
}
