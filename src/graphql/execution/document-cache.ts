import {
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Client } from '../../limits/client.ts';
import { checkShape, checkTokens, TOKENS_AT_MOST } from './document-limits.ts';
import { checkSize } from './document-size.ts';

type Known = { document: DocumentNode; bytes: number; errors?: readonly GraphQLError[] };

/**
 * The most recently used documents, parsed and validated, by their text. Clients send the same few documents again
 * and again.
 */
export class DocumentCache {
  readonly #schema: GraphQLSchema;
  readonly #introspection: boolean;
  readonly #byText: LRUCache<string, Known>;
  readonly #byDocument = new WeakMap<DocumentNode, Known>();

  /** Without `introspection`, documents with `__schema` or `__type` are not valid, and errors suggest no names of the schema. */
  constructor(schema: GraphQLSchema, { introspection = true, maxBytes = BYTES_AT_MOST } = {}) {
    this.#schema = schema;
    this.#introspection = introspection;
    this.#byText = new LRUCache({ maxSize: maxBytes, sizeCalculation: ({ bytes }) => bytes });
  }

  /**
   * @throws GraphQLError on malformed text and on documents that exceed a limit
   * @throws LimitedError when the client has sent too many new documents
   */
  get(text: string, client: Client): Known {
    const known = this.#byText.get(text);
    if (known) return known;
    const parsed = this.#parsed(text, client);
    this.#byText.set(text, parsed);
    return parsed;
  }

  errorsOf(document: DocumentNode): readonly GraphQLError[] {
    const known = this.#byDocument.get(document);
    if (known?.errors) return known.errors;
    const rules = this.#introspection ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule];
    const errors = validate(this.#schema, document, rules, {
      maxErrors: 20,
      hideSuggestions: !this.#introspection,
    });
    if (known) known.errors = errors;
    return errors;
  }

  /** The estimated size of all cached documents, in bytes. */
  get bytes(): number {
    return this.#byText.calculatedSize;
  }

  #parsed(text: string, client: Client): Known {
    const tokens = checkTokens(text);
    client.payForDocument(tokens);
    const document = parse(text, { maxTokens: TOKENS_AT_MOST, allowEmptySelectionSets: false });
    checkShape(document);
    checkSize(document);
    const known = { document, bytes: tokens * TOKEN_BYTES + text.length * CHARACTER_BYTES };
    this.#byDocument.set(document, known);
    return known;
  }
}

const BYTES_AT_MOST = 64 * 1024 * 1024;
/** The estimated memory of a token and its share of the document's nodes. */
const TOKEN_BYTES = 400;
const CHARACTER_BYTES = 2;
