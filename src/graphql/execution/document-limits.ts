import { type DocumentNode, Kind, Lexer, type SelectionSetNode, Source, TokenKind } from 'graphql';
import { badRequest } from '../graphql-errors.ts';

/** The limits of one document. GraphiQL's introspection query has 300 tokens and a depth of 15. */
export const TOKENS_AT_MOST = 6_000;
/** Comments and strings are one token however long they are, and reading them takes time. */
const CHARACTERS_AT_MOST = 250_000;
const BRACKETS_AT_MOST = 64;
export const DEPTH_AT_MOST = 20;

/**
 * Rejects a text that is too long, with too many tokens or too deeply nested brackets; returns the number of tokens. It must be called
 * before the parser, whose recursion deep brackets would overflow. The parser reports malformed tokens.
 * @throws GraphQLError BAD_REQUEST
 */
export function checkTokens(text: string): number {
  if (text.length > CHARACTERS_AT_MOST)
    throw badRequest(
      `The document has more than ${CHARACTERS_AT_MOST} characters; pass values as variables.`,
    );
  const lexer = new Lexer(new Source(text));
  let brackets = 0;
  for (let count = 1; ; count += 1) {
    const { kind } = lexer.advance();
    if (kind === TokenKind.EOF) return count;
    if (OPENING.has(kind)) brackets += 1;
    if (CLOSING.has(kind)) brackets -= 1;
    if (brackets > BRACKETS_AT_MOST)
      throw badRequest(
        `The document nests brackets deeper than ${BRACKETS_AT_MOST}; pass values as variables.`,
      );
    if (count > TOKENS_AT_MOST)
      throw badRequest(`The document has more than ${TOKENS_AT_MOST} tokens; pass values as variables.`);
  }
}

const OPENING = new Set<string>([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const CLOSING = new Set<string>([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

/**
 * Limits the document as written, each fragment counted once. checkSize (document-size.ts) limits it with its
 * fragments expanded.
 * @throws GraphQLError BAD_REQUEST
 */
export function checkShape(document: DocumentNode): void {
  const counts = { operations: 0, aliases: 0, directives: 0, fragments: 0, repeats: 0 };
  const open: { selections: SelectionSetNode; depth: number }[] = [];
  for (const definition of document.definitions) {
    if ('selectionSet' in definition) open.push({ selections: definition.selectionSet, depth: 1 });
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    counts.operations += 1;
    // The executor would use the property that every object inherits as the variable's value.
    for (const { variable } of definition.variableDefinitions ?? [])
      if (variable.name.value in Object.prototype)
        throw badRequest(`No variable can be named ${variable.name.value}; choose another name.`);
  }
  for (let at = open.pop(); at; at = open.pop()) {
    if (at.depth > DEPTH_AT_MOST)
      throw badRequest(`Fields are nested deeper than ${DEPTH_AT_MOST}; send several operations.`);
    const keys = new Set<string>();
    for (const selection of at.selections.selections) {
      counts.directives += selection.directives?.length ?? 0;
      const isField = selection.kind === Kind.FIELD;
      if (!isField) counts.fragments += 1;
      else {
        const key = (selection.alias ?? selection.name).value;
        if (key === '__proto__')
          throw badRequest('A response cannot have a field with the name __proto__; choose another alias.');
        if (selection.alias) counts.aliases += 1;
        if (keys.has(key)) counts.repeats += 1;
        keys.add(key);
      }
      if ('selectionSet' in selection && selection.selectionSet)
        open.push({ selections: selection.selectionSet, depth: isField ? at.depth + 1 : at.depth });
    }
  }
  for (const [what, atMost] of Object.entries(COUNTS_AT_MOST)) {
    const count = counts[what as keyof typeof counts];
    if (count > atMost) throw badRequest(`The document has ${count} ${what}; at most ${atMost} are allowed.`);
  }
}

/** `repeats` counts fields that occur more than once in one selection set. */
const COUNTS_AT_MOST = { operations: 50, aliases: 100, directives: 50, fragments: 150, repeats: 50 };
