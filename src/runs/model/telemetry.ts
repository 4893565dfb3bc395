import type { Json } from '../../json/json.ts';
import type { AnswerMask } from '../../script-request/masking/answer-mask.ts';
import { maskText } from '../../script-request/masking/mask-json.ts';
import { redactedJson, redactedText } from '../../script-request/masking/redaction.ts';

/** Measurements and previews of one attempt at the runner. They are masked and can be shown. */
export type RunTelemetry = {
  runner: string;
  latencyMs: number;
  bindingsCount: number;
  outputPreview?: string;
  errorPreview?: string;
};

/** Length of a preview in UTF-16 code units, as JavaScript counts. */
export const PREVIEW_LENGTH = 512;

/**
 * The start of a result as JSON. The caller has masked the values of secrets; this function masks the fields with a
 * secret's name.
 */
export function outputPreview(masked: Json): string {
  return cut(redactedJson(masked, PREVIEW_LENGTH));
}

/** The start of an error's text, which may be JSON, masked in the same way. `isCut`: the text was already cut. */
export function errorPreview(text: string, mask: AnswerMask, isCut = false): string {
  const masked = maskText(text, mask.rules);
  return cut(redactedText(isCut ? mask.text(masked, true) : masked));
}

/** Cuts at whole characters and replaces those that PostgreSQL cannot store by U+FFFD. */
function cut(text: string): string {
  const start = text.slice(0, PREVIEW_LENGTH);
  const whole = /[\uD800-\uDBFF]$/.test(start) ? start.slice(0, -1) : start;
  return whole.replaceAll('\0', '\uFFFD').toWellFormed();
}
