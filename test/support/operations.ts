import * as fc from 'fast-check';
import {
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  GraphQLNonNull,
  type GraphQLScalarType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql';

export type Operation = { query: string; variables: { [name: string]: unknown } };

/** What is put where a type alone would hardly ever find anything: values by the name of the argument. */
export type Hints = { [argument: string]: readonly string[] };

export type OperationOptions = {
  schema: GraphQLSchema;
  kinds: readonly ('query' | 'mutation')[];
  hints?: Hints;
  /** Fields that are left out: a root field by its name, another one as `Type.field`. */
  without?: readonly string[];
};

/**
 * Operations of a schema with everything that clients write: literals, variables with and without a value and a default,
 * @skip and @include, inline and named fragments, aliases, lists, enums, input objects, JSON and moments. Nearly all are valid.
 */
export const operations = (options: OperationOptions): fc.Arbitrary<Operation> =>
  fc.gen().map((gen) => new Writer(gen, options).operation());

class Writer {
  readonly #gen: fc.GeneratorValue;
  readonly #options: OperationOptions;
  readonly #definitions: string[] = [];
  readonly #variables: { [name: string]: unknown } = {};
  readonly #known: { name: string; type: string }[] = [];
  readonly #fragments: { name: string; on: string; text: string }[] = [];
  /** The arguments of a field without an alias: the same wherever it is selected, or the two could not be merged. */
  readonly #arguments = new Map<string, string>();
  #aliases = 0;
  #budget = 60;

  constructor(gen: fc.GeneratorValue, options: OperationOptions) {
    this.#gen = gen;
    this.#options = options;
  }

  operation(): Operation {
    const kind = this.#one(this.#options.kinds);
    const { schema } = this.#options;
    const root = kind === 'query' ? schema.getQueryType()! : schema.getMutationType()!;
    const selection = this.#selection(root, 5);
    const variables = this.#definitions.length > 0 ? `(${this.#definitions.join(', ')})` : '';
    const fragments = this.#fragments.map(({ name, on, text }) => `fragment ${name} on ${on} ${text}`);
    return {
      query: [`${kind} Generated${variables} ${selection}`, ...fragments].join('\n'),
      variables: this.#variables,
    };
  }

  #number(max: number): number {
    return this.#gen(fc.nat, { max });
  }

  /** Once in `n` times. */
  #rarely(n: number): boolean {
    return this.#number(n - 1) === n - 1;
  }

  #one<T>(items: readonly T[]): T {
    return items[this.#number(items.length - 1)]!;
  }

  #selection(type: GraphQLCompositeType, depth: number): string {
    const parts: string[] = [];
    const count = 1 + this.#number(3);
    for (let n = 0; n < count; n += 1) {
      this.#budget -= 1;
      const choice = this.#number(11);
      if (choice === 0) parts.push(`__typename${this.#directives()}`);
      else if (choice === 1 && parts.length > 0 && this.#budget > 0)
        parts.push(`... ${this.#directives()} { ${this.#one(parts)} }`);
      else if (choice === 2 && depth > 0) {
        const on = this.#narrower(type);
        parts.push(`... on ${on.name}${this.#directives()} ${this.#selection(on, depth - 1)}`);
      } else if (choice === 3 && depth > 0) parts.push(this.#spread(type, depth));
      else if (choice === 4 && parts.length > 0 && !isAbstractType(type))
        // The same once more, which may be left out where the other is not.
        parts.push(this.#one(parts));
      else parts.push(this.#field(type, depth));
    }
    return `{ ${parts.join(' ')} }`;
  }

  #narrower(type: GraphQLCompositeType): GraphQLCompositeType {
    const { schema } = this.#options;
    return isAbstractType(type) && !this.#rarely(4) ? this.#one(schema.getPossibleTypes(type)) : type;
  }

  #spread(type: GraphQLCompositeType, depth: number): string {
    const fitting = this.#fragments.filter(({ on, text }) => on === type.name && text !== '');
    if (fitting.length > 0 && !this.#rarely(3)) return `...${this.#one(fitting).name}${this.#directives()}`;
    const on = this.#narrower(type);
    const fragment = { name: `F${this.#fragments.length}`, on: on.name, text: '' };
    this.#fragments.push(fragment);
    fragment.text = this.#selection(on, depth - 1);
    return `...${fragment.name}${this.#directives()}`;
  }

  #field(type: GraphQLCompositeType, depth: number): string {
    if (!isObjectType(type) && !('getFields' in type)) return '__typename';
    const isRoot = [this.#options.schema.getQueryType(), this.#options.schema.getMutationType()].includes(
      type as never,
    );
    const fields = Object.values(type.getFields()).filter(
      ({ name, type: of }) =>
        (depth > 0 && this.#budget > 0 ? true : isLeafType(getNamedType(of))) &&
        !this.#options.without?.includes(isRoot ? name : `${type.name}.${name}`),
    );
    if (fields.length === 0) return '__typename';
    const field = this.#one(fields);
    const below = getNamedType(field.type);
    const selection = isCompositeType(below) ? ` ${this.#selection(below, depth - 1)}` : '';
    if (this.#rarely(3) || isRoot) {
      this.#aliases += 1;
      return `a${this.#aliases}: ${field.name}${this.#argumentsOf(field)}${this.#directives()}${selection}`;
    }
    const place = `${type.name}.${field.name}`;
    const args = this.#arguments.get(place) ?? this.#argumentsOf(field);
    this.#arguments.set(place, args);
    return `${field.name}${args}${this.#directives()}${selection}`;
  }

  #directives(): string {
    if (!this.#rarely(6)) return '';
    const condition = () =>
      this.#rarely(2) ? this.#variable('Boolean!', () => this.#rarely(2)) : String(this.#rarely(2));
    const one = `@${this.#one(['skip', 'include'])}(if: ${condition()})`;
    return ` ${this.#rarely(5) ? `@skip(if: ${condition()}) @include(if: ${condition()})` : one}`;
  }

  #argumentsOf(field: GraphQLField<unknown, unknown>): string {
    const args = field.args.filter((arg) => isRequiredArgument(arg) || this.#rarely(2));
    if (args.length === 0) return '';
    const order = this.#rarely(2) ? args : [...args].reverse();
    return `(${order.map((arg) => `${arg.name}: ${this.#value(arg.type, arg, 3)}`).join(', ')})`;
  }

  /** A literal, or a variable, for a place of this type. */
  #value(type: GraphQLInputType, place: GraphQLArgument | GraphQLInputField, depth: number): string {
    if (this.#rarely(3)) return this.#variableFor(type, place, depth);
    if (isNonNullType(type)) return this.#literal(type.ofType, place, depth);
    return this.#rarely(8) ? 'null' : this.#literal(type, place, depth);
  }

  #literal(type: GraphQLInputType, place: GraphQLArgument | GraphQLInputField, depth: number): string {
    if (isNonNullType(type)) return this.#literal(type.ofType, place, depth);
    if (isListType(type)) {
      if (this.#rarely(5)) return this.#literal(type.ofType, place, depth);
      const items = Array.from({ length: this.#number(3) }, () => this.#value(type.ofType, place, depth - 1));
      return `[${items.join(', ')}]`;
    }
    if (isInputObjectType(type)) {
      const fields = this.#fieldsOf(type, depth);
      return `{${fields.map((field) => `${field.name}: ${this.#value(type.isOneOf ? new GraphQLNonNull(field.type as GraphQLScalarType) : field.type, field, depth - 1)}`).join(', ')}}`;
    }
    const name = getNamedType(type).name;
    if (name === 'JSON' || name === 'JSONObject') return this.#json(name === 'JSONObject', 3);
    const value = this.#leaf(type, place);
    return isEnumType(type) ? String(value) : JSON.stringify(value);
  }

  #fieldsOf(type: GraphQLInputType, depth: number): GraphQLInputField[] {
    if (!isInputObjectType(type)) return [];
    const fields = Object.values(type.getFields());
    if (type.isOneOf) return [this.#one(fields)];
    return fields.filter((field) => isRequiredInputField(field) || (depth > 0 && this.#rarely(3)));
  }

  #json(isObject: boolean, depth: number): string {
    const choice = isObject ? 7 : this.#number(8);
    if (choice === 7 && depth >= 0) {
      const keys = ['a', 'sku', 'b', '_c', 'true', 'on'].filter(() => this.#rarely(2));
      return `{${keys.map((key) => `${key}: ${this.#json(false, depth - 1)}`).join(', ')}}`;
    }
    if (choice === 6 && depth >= 0)
      return `[${Array.from({ length: this.#number(3) }, () => this.#json(false, depth - 1)).join(' ')}]`;
    if (choice === 5) return this.#anyVariable();
    return this.#one(['null', 'true', '-1.5', '0', '1e3', '"x"', '"""block"""', '"\\u00e9\\n\\"$"', '""']);
  }

  /** Within JSON a variable may be of any input type. */
  #anyVariable(): string {
    const types = [
      'String',
      'String!',
      'Int',
      'Float',
      'Boolean',
      'ID',
      'DateTime',
      'Trigger',
      'JSON',
      '[Int]',
      '[DateTime!]',
    ];
    const type = this.#one(types);
    const named = this.#options.schema.getType(type.replace(/[[\]!]/g, '')) as GraphQLInputType;
    const one = () => this.#input(named, undefined, 1);
    return this.#variable(type, () => (type.startsWith('[') ? [one(), one()] : one()));
  }

  #variableFor(type: GraphQLInputType, place: GraphQLArgument | GraphQLInputField, depth: number): string {
    const nullable = isNonNullType(type) ? type.ofType : type;
    const text = String(nullable);
    const required = isNonNullType(type);
    const known = this.#known.filter((one) => one.type === `${text}${required ? '!' : ''}`);
    if (known.length > 0 && this.#rarely(2)) return `$${this.#one(known).name}`;
    const value = () => this.#input(nullable, place, depth);
    if (required && this.#rarely(4)) return this.#variable(text, value, this.#constant(nullable, place));
    if (required || this.#rarely(4)) return this.#variable(`${text}!`, value);
    return this.#variable(text, value, this.#rarely(3) ? this.#constant(nullable, place) : undefined);
  }

  /** A literal without variables, as a default must be. */
  #constant(type: GraphQLInputType, place: GraphQLArgument | GraphQLInputField): string | undefined {
    const named = getNamedType(type);
    if (isInputObjectType(named)) return undefined;
    if (named.name === 'JSON' || named.name === 'JSONObject') return '{ d: [1, "x", null] }';
    const value = this.#leaf(named, place);
    const literal = isEnumType(named) ? String(value) : JSON.stringify(value);
    return isListType(type) && !this.#rarely(4) ? `[${literal}]` : literal;
  }

  #variable(type: string, value: () => unknown, fallback?: string): string {
    const name = `v${this.#known.length}`;
    this.#definitions.push(`$${name}: ${type}${fallback === undefined ? '' : ` = ${fallback}`}`);
    this.#known.push({ name, type });
    const isRequired = type.endsWith('!') && fallback === undefined;
    if (isRequired || !this.#rarely(3)) {
      const isNull = !type.endsWith('!') && this.#rarely(5);
      this.#variables[name] = isNull ? null : this.#rarely(60) ? { not: ['that'] } : value();
    }
    return `$${name}`;
  }

  /** A value as a client sends it in variables. */
  #input(
    type: GraphQLInputType,
    place: GraphQLArgument | GraphQLInputField | undefined,
    depth: number,
  ): unknown {
    if (isNonNullType(type)) return this.#input(type.ofType, place, depth);
    if (isListType(type)) {
      if (this.#rarely(6)) return this.#input(type.ofType, place, depth);
      return Array.from({ length: this.#number(3) }, () => this.#input(type.ofType, place, depth - 1));
    }
    if (isInputObjectType(type))
      return Object.fromEntries(
        this.#fieldsOf(type, depth).map((field) => [
          field.name,
          !isNonNullType(field.type) && !type.isOneOf && this.#rarely(6)
            ? null
            : this.#input(field.type, field, depth - 1),
        ]),
      );
    const { name } = getNamedType(type);
    if (name === 'JSON' || name === 'JSONObject') {
      const value = this.#jsonValue();
      return name === 'JSONObject' ? { value } : value;
    }
    return this.#leaf(type, place);
  }

  /** Integers that no double holds are left to the tests of numbers. */
  #jsonValue(): unknown {
    const text = JSON.stringify(this.#gen(fc.jsonValue, { maxDepth: 2 }));
    return JSON.parse(text, (_, value) =>
      Number.isInteger(value) && !Number.isSafeInteger(value) ? 0 : value,
    );
  }

  #leaf(type: GraphQLInputType, place?: GraphQLArgument | GraphQLInputField): unknown {
    const named = getNamedType(type);
    if (isEnumType(named)) return this.#one(named.getValues()).name;
    const hints = place && this.#options.hints?.[place.name];
    if (hints && !this.#rarely(5)) return this.#one(hints);
    switch (named.name) {
      case 'Int':
        return this.#one([1, 2, 0, 3, 20, -1]);
      case 'Float':
        return this.#one([0, 1, 0.5, 300, -2.25]);
      case 'Boolean':
        return this.#rarely(2);
      case 'DateTime':
        return this.#one(['2026-03-09T16:05:00Z', '2026-03-09T16:05:00.123+02:00', '0001-01-01T00:00:00Z']);
      default:
        return this.#one([
          '',
          'x',
          'storefront',
          '__MAGIC_DATE__33a9e76d_02e0_4128_8e92_3530ad3da74d"x"',
          '$v',
          'é\n"',
        ]);
    }
  }
}
