import { type DocumentNode, type GraphQLError, type GraphQLSchema, parse, validate } from 'graphql';
import { LRUCache } from 'lru-cache';
import { checkShape, checkTokens, TOKENS_AT_MOST } from './document-limits.ts';
import { checkSize } from './document-size.ts';

type Known = { document: DocumentNode; bytes: number; errors?: readonly GraphQLError[] };

/** Parsed and validated documents by their text, the most recently used ones: clients send the same few again and again. */
export class DocumentCache {
  readonly #schema: GraphQLSchema;
  readonly #byText: LRUCache<string, Known>;
  readonly #byDocument = new WeakMap<DocumentNode, Known>();

  constructor(schema: GraphQLSchema, maxBytes = BYTES_AT_MOST) {
    this.#schema = schema;
    this.#byText = new LRUCache({ maxSize: maxBytes, sizeCalculation: ({ bytes }) => bytes });
  }

  /** @throws GraphQLError on malformed text and on documents out of bounds */
  get(text: string): Known {
    const known = this.#byText.get(text);
    if (known) return known;
    const parsed = this.#parsed(text);
    this.#byText.set(text, parsed);
    return parsed;
  }

  errorsOf(document: DocumentNode): readonly GraphQLError[] {
    const known = this.#byDocument.get(document);
    if (known?.errors) return known.errors;
    const errors = validate(this.#schema, document, undefined, { maxErrors: 20 });
    if (known) known.errors = errors;
    return errors;
  }

  /** How much is held, by estimate. */
  get bytes(): number {
    return this.#byText.calculatedSize;
  }

  #parsed(text: string): Known {
    const tokens = checkTokens(text);
    const document = parse(text, { maxTokens: TOKENS_AT_MOST, allowEmptySelectionSets: false });
    checkShape(document);
    checkSize(document);
    const known = { document, bytes: tokens * TOKEN_BYTES + text.length * CHARACTER_BYTES };
    this.#byDocument.set(document, known);
    return known;
  }
}

const BYTES_AT_MOST = 64 * 1024 * 1024;
/** A token stays in memory with the nodes that it is part of. */
const TOKEN_BYTES = 400;
const CHARACTER_BYTES = 2;
