import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { sendJson } from '../../http/answer.ts';
import { parseJson } from '../../json/parse.ts';
import type { Execution } from '../execution/execution.ts';
import { badRequest } from '../graphql-errors.ts';
import { csvOf, type ExportedRun, type ExportFormat, NDJSON } from './export-format.ts';
import { executeFor, sendRejection } from './own-operation.ts';

/** The exports of one process at a time. Each reads one page after the other, as fast as its client reads them. */
const AT_ONCE = 4;
const PAGE = 100;
/** Payloads of one page must fit into memory, and into the limit of one read. */
const PAGE_WITH_PAYLOADS = 20;

const FIELDS = `id status component { key } componentVersion { version } product { sku } order { number } shop channel
  trigger priority attempt maxAttempts queuedAt runAt startedAt completedAt error { code message }
  telemetry { latencyMs } idempotencyKey groupId queue`;
const PAYLOADS = 'inputPayload metadata context resultPayload';
const COLUMNS = FIELDS.replaceAll(/(\w+) \{ ([^}]+) \}/g, (_, field: string, inner: string) =>
  inner
    .trim()
    .split(/\s+/)
    .map((name) => `${field}.${name}`)
    .join(' '),
).split(/\s+/);

const documentOf = (fields: string) => `query ExportRuns($where: RunFilter, $first: Int, $after: String) {
  runs(where: $where, first: $first, after: $after) { nodes { ${fields} } pageInfo { hasNextPage endCursor } }
}`;

type Page = { nodes: ExportedRun[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };

/**
 * Creates the handler of `/export/runs.ndjson` and `/export/runs.csv`: all runs that the filter `where` matches, newest
 * first. Each page is an operation of the API, so that rights, masking and limits are the same.
 */
export function createExport(execution: Execution) {
  let running = 0;

  return async function exportRuns(req: IncomingMessage, res: ServerResponse): Promise<void> {
    if (running === AT_ONCE) return sendJson(res, 429, { error: TOO_MANY }, { 'retry-after': '5' });
    running += 1;
    try {
      await send(req, res);
    } finally {
      running -= 1;
    }
  };

  async function send(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(req.url!, 'http://localhost');
    const withPayloads = searchParams.get('payloads') === 'true';
    const query = documentOf(withPayloads ? `${FIELDS} ${PAYLOADS}` : FIELDS);
    const columns = withPayloads ? [...COLUMNS, ...PAYLOADS.split(' ')] : COLUMNS;
    const format = pathname.endsWith('.csv') ? csvOf(columns) : NDJSON;
    const first = withPayloads ? PAGE_WITH_PAYLOADS : PAGE;

    // The credential may end while a long export is sent, so each page is authenticated.
    const readSome = async (first: number, after: string | null): Promise<Page> => {
      const variables = { where: whereOf(searchParams), first, after };
      return ((await executeFor(execution, req, res, query, variables)) as { runs: Page }).runs;
    };
    // The payloads of a page may be more than one operation returns.
    const read = (after: string | null): Promise<Page> =>
      readSome(first, after).catch((error) => {
        if (!withPayloads || error.extensions?.code !== 'BAD_REQUEST') throw error;
        return readSome(1, after);
      });

    let page: Page;
    try {
      page = await read(null);
    } catch (error) {
      return sendRejection(res, error);
    }
    res.writeHead(200, { 'content-type': format.type, 'content-disposition': 'attachment' });
    res.flushHeaders();
    await pipeline(Readable.from(chunks(format, page, read), { highWaterMark: 1 }), res).catch((error) => {
      // The client left.
      if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
    });
  }
}

/** The text of each page. The next page is read when the client has taken the one before. */
async function* chunks(
  { head, line }: ExportFormat,
  first: Page,
  read: (after: string | null) => Promise<Page>,
): AsyncGenerator<string, void, void> {
  let page = first;
  yield head + page.nodes.map(line).join('');
  while (page.pageInfo.hasNextPage) {
    page = await read(page.pageInfo.endCursor);
    yield page.nodes.map(line).join('');
  }
}

/** The filter of the request. @throws GraphQLError BAD_REQUEST */
function whereOf(params: URLSearchParams): unknown {
  const text = params.get('where');
  if (text === null) return null;
  try {
    return parseJson(text);
  } catch (error) {
    throw badRequest(`where must be a RunFilter as JSON: ${(error as Error).message}`);
  }
}

const TOO_MANY = `This process sends ${AT_ONCE} exports already. Try again when one of them has ended.`;
