import { readFileSync } from 'node:fs';
import { GraphQLError } from 'graphql';
import { StartupError } from '../../errors.ts';
import { isJsonObject } from '../../json/json.ts';
import { badHttp } from '../graphql-errors.ts';

/** The parts of a request that name its document: its text, or its id, as two conventions have it. */
type DocumentRequest = { query?: unknown; documentId?: unknown; extensions?: unknown };

/** Returns the text of a request's document. @throws GraphQLError when there is none that may be executed */
export type DocumentText = (request: DocumentRequest) => string;

/** Clients may send any document, and no ids. */
export const anyDocument: DocumentText = (request) => {
  const id = idIn(request);
  if (id !== null && !request.query)
    throw persisted('PERSISTED_QUERY_NOT_SUPPORTED', 'PersistedQueryNotSupported');
  return queryIn(request);
};

/**
 * Clients may send only the documents in a file: a JSON object of texts by their hashes, such as the
 * persisted-documents.json that the client preset of GraphQL Code Generator writes.
 * @throws StartupError when the file cannot be used
 */
export function trustedDocuments(path: string): DocumentText {
  const byId = read(path);
  const texts = new Set(byId.values());
  return (request) => {
    const id = idIn(request);
    const known = id === null ? undefined : byId.get(id.replace(/^sha256:/, ''));
    if (known !== undefined) return known;
    if (id !== null && !request.query)
      throw persisted('PERSISTED_QUERY_NOT_FOUND', 'No trusted document has this id.');
    const text = queryIn(request);
    if (texts.has(text)) return text;
    throw persisted('PERSISTED_QUERY_ONLY', 'Only trusted documents are executed. Send one, or its id.');
  };
}

/** The id of a document: `documentId`, or the hash where Automatic Persisted Queries have it. */
function idIn({ documentId, extensions }: DocumentRequest): string | null {
  const apq = isJsonObject(extensions) ? extensions.persistedQuery : null;
  const id = documentId ?? (isJsonObject(apq) ? apq.sha256Hash : null) ?? null;
  if (id !== null && typeof id !== 'string') throw badHttp('"documentId" must be a string, or left out.');
  return id;
}

function queryIn({ query }: DocumentRequest): string {
  if (typeof query !== 'string') throw badHttp('"query" must be a string that holds the GraphQL document.');
  return query;
}

function read(path: string): Map<string, string> {
  try {
    const entries = Object.entries(JSON.parse(readFileSync(path, 'utf8')));
    if (entries.every((entry): entry is [string, string] => typeof entry[1] === 'string'))
      return new Map(entries);
  } catch (cause) {
    const { message } = cause as Error;
    throw new StartupError(`JOURNEY_RUNTIME_TRUSTED_DOCUMENTS cannot be read (${message}).`, { cause });
  }
  throw new StartupError(
    'JOURNEY_RUNTIME_TRUSTED_DOCUMENTS must name a JSON file with the texts of documents by their hashes.',
  );
}

const persisted = (code: string, message: string) => new GraphQLError(message, { extensions: { code } });
