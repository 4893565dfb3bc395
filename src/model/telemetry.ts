import type { Json } from '../json/json.ts';
import { redactedJson, redactedText } from './redaction.ts';

/** What one attempt at the runner took and gave, fit to be shown. */
export type RunTelemetry = {
  runner: string;
  latencyMs: number;
  bindingsCount: number;
  outputPreview?: string;
  errorPreview?: string;
};

/** In UTF-16 code units, as JavaScript counts. */
export const PREVIEW_LENGTH = 512;

/** The start of a result as JSON, secrets masked by key name and by value. */
export function outputPreview(result: Json, secrets: readonly string[]): string {
  return cut(redactedJson(result, secrets, PREVIEW_LENGTH));
}

/** The start of an error's text, which may be JSON, masked in the same way. */
export function errorPreview(text: string, secrets: readonly string[]): string {
  return cut(redacted(text, secrets));
}

function redacted(text: string, secrets: readonly string[]): string {
  try {
    return redactedJson(JSON.parse(text), secrets, PREVIEW_LENGTH);
  } catch {
    return redactedText(text, secrets);
  }
}

/** Whole characters only, and none that PostgreSQL cannot keep. */
function cut(text: string): string {
  const start = text.slice(0, PREVIEW_LENGTH);
  const whole = /[\uD800-\uDBFF]$/.test(start) ? start.slice(0, -1) : start;
  return whole.replaceAll('\0', '\uFFFD').toWellFormed();
}
