import type { ServerResponse } from 'node:http';
import { sendJson } from '../http/answer.ts';
import type { Readiness } from './readiness.ts';

/** Answers /readyz: 200 if the process is ready, 503 if it is not or is stopping, with the result of each check. */
export function sendReadiness(res: ServerResponse, readiness: Readiness | 'stopping'): void {
  if (readiness === 'stopping') sendJson(res, 503, { status: 'stopping' });
  else if (readiness.ready) sendJson(res, 200, { status: 'ready', checks: readiness.checks });
  else sendJson(res, 503, { status: 'not ready', checks: readiness.checks });
}
