/**
 * Whether an error of pg, Prisma or the socket means that PostgreSQL is temporarily unreachable or unavailable, so
 * that the same call may succeed later. The outcome of a write with such an error is unknown.
 */
export function isOutage(error: unknown): boolean {
  for (const cause of causes(error)) {
    const code = 'code' in cause ? String(cause.code) : '';
    // The socket's file is missing: PostgreSQL does not run.
    if (code === 'ENOENT' && 'syscall' in cause && cause.syscall === 'connect') return true;
    if (SOCKET_CODES.has(code) || PRISMA_CODES.has(code) || SQL_STATES.test(code)) return true;
    // The driver adapter moves the SQLSTATE here; its connection errors have a kind instead.
    if ('originalCode' in cause && SQL_STATES.test(String(cause.originalCode))) return true;
    if ('kind' in cause && ADAPTER_KINDS.has(String(cause.kind))) return true;
    if (cause instanceof Error && MESSAGES.test(cause.message)) return true;
  }
  return false;
}

/**
 * Whether PostgreSQL rejected the values themselves (data exceptions, constraints): the same call would fail again.
 */
export function isRejectedValue(error: unknown): boolean {
  const state = (error as { code?: unknown } | null)?.code;
  return typeof state === 'string' && /^(22|23)...$/.test(state);
}

const SOCKET_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
const PRISMA_CODES = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'P2034', 'P2037']);
const ADAPTER_KINDS = new Set([
  'ConnectionClosed',
  'DatabaseNotReachable',
  'SocketTimeout',
  'TooManyConnections',
  'TransactionWriteConflict',
]);
/**
 * 08 connection exceptions · 25006 read-only server · 25P02 an aborted transaction · 25P03, 25P04 and 57014 the
 * service's own time limits · 40001, 40P01 and 55P03 another transaction won · 53 out of resources · 57P01 to 57P05
 * shutting down, crashed, starting up, cut off.
 */
const SQL_STATES = /^(08...|25006|25P0[234]|40001|40P01|53...|55P03|57014|57P0[1-5])$/;
/** Error messages of pg and its pool that have no code. */
const MESSAGES =
  /connection terminated|timeout exceeded when trying to connect|query read timeout|not queryable|pool after calling end|unable to start a transaction|server closed the connection/i;

/** An error with all errors that caused it, as pg, Prisma and its driver adapter nest them. */
export function* causes(error: unknown): Generator<object> {
  const seen = new Set<object>();
  const queue = [error];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    if (typeof next !== 'object' || next === null || seen.has(next)) continue;
    seen.add(next);
    yield next;
    if ('cause' in next) queue.push(next.cause);
    if (next instanceof AggregateError) queue.push(...next.errors);
    if ('meta' in next && typeof next.meta === 'object' && next.meta && 'driverAdapterError' in next.meta)
      queue.push(next.meta.driverAdapterError);
  }
}
