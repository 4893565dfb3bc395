import { type DocumentNode, Kind, Lexer, type SelectionSetNode, Source, TokenKind } from 'graphql';
import { badRequest } from './errors.ts';

/** What one document may hold. GraphiQL's introspection needs 300 tokens and a depth of 15. */
export const TOKENS_AT_MOST = 6_000;
export const BRACKETS_AT_MOST = 64;
export const DEPTH_AT_MOST = 20;
export const ALIASES_AT_MOST = 100;
export const DIRECTIVES_AT_MOST = 50;

/** Guards the parser, which recurses: called before it. Looks at the tokens only, and leaves malformed ones to it. */
export function checkTokens(text: string): void {
  const lexer = new Lexer(new Source(text));
  let brackets = 0;
  for (let count = 1; ; count += 1) {
    const { kind } = lexer.advance();
    if (kind === TokenKind.EOF) return;
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

/** Guards validation, whose work may grow with the square of repeated fields. */
export function checkShape(document: DocumentNode): void {
  let aliases = 0;
  let directives = 0;
  const open: { selections: SelectionSetNode; depth: number }[] = [];
  for (const definition of document.definitions)
    if ('selectionSet' in definition) open.push({ selections: definition.selectionSet, depth: 1 });
  for (let at = open.pop(); at; at = open.pop()) {
    if (at.depth > DEPTH_AT_MOST)
      throw badRequest(`Fields are nested deeper than ${DEPTH_AT_MOST}; ask in several operations.`);
    for (const selection of at.selections.selections) {
      directives += selection.directives?.length ?? 0;
      if (selection.kind === Kind.FIELD && selection.alias) aliases += 1;
      const deeper = selection.kind === Kind.FIELD ? at.depth + 1 : at.depth;
      if ('selectionSet' in selection && selection.selectionSet)
        open.push({ selections: selection.selectionSet, depth: deeper });
    }
  }
  if (aliases > ALIASES_AT_MOST)
    throw badRequest(`The document has ${aliases} aliases; at most ${ALIASES_AT_MOST} are taken.`);
  if (directives > DIRECTIVES_AT_MOST)
    throw badRequest(`The document has ${directives} directives; at most ${DIRECTIVES_AT_MOST} are taken.`);
}
