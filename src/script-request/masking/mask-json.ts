import { isJsonObject, type Json, type JsonObject } from '../../json/json.ts';
import { type Edit, type JsonNode, parseNodes, withEdits } from './json-text.ts';
import { leafText, withMaskedKeys } from './secrets.ts';
import { MASK } from './text-mask.ts';

/** The rules by which parts of JSON are masked. */
export type JsonRules = {
  /** Whether a list or an object is masked as a whole. */
  isSecret(value: Json[] | JsonObject): boolean;
  /** Whether the value of an object's key is masked as a whole. */
  isSecretMember(object: JsonObject, key: string, value: Json): boolean;
  key(key: string): string;
  text(text: string): string;
  isSecretNumber(text: string): boolean;
  /** The text of a whole JSON value, whose parts are masked. */
  jsonText(text: string): string;
};

/** A copy of the value with secrets masked, in its keys as well. */
export function maskJson(value: Json, rules: JsonRules): Json {
  if (Array.isArray(value)) return rules.isSecret(value) ? MASK : value.map((item) => maskJson(item, rules));
  if (isJsonObject(value)) {
    if (rules.isSecret(value)) return MASK;
    const mask = (key: string, child: Json) =>
      rules.isSecretMember(value, key, child) ? MASK : maskJson(child, rules);
    return Object.fromEntries(
      withMaskedKeys(value, rules.key).map(([key, masked]) => [masked, mask(key, value[key]!)]),
    );
  }
  if (typeof value === 'string') return maskText(value, rules);
  const number = leafText(value);
  return number !== null && rules.isSecretNumber(number) ? MASK : value;
}

/**
 * Masks a text; JSON within it is masked as JSON. All other characters stay as they are, including spaces and digits.
 */
export function maskText(text: string, rules: JsonRules): string {
  const node = /^\s*[[{"]/.test(text) ? parseNodes(text) : null;
  return node ? rules.jsonText(withEdits(text, editsOf(node, text, rules))) : rules.text(text);
}

function editsOf(node: JsonNode, text: string, rules: JsonRules): Edit[] {
  const { value, start, end } = node;
  const whole: Edit[] = [{ start, end, text: JSON.stringify(MASK) }];
  if (typeof value === 'string') {
    const masked = maskText(value, rules);
    return masked === value ? [] : [{ start, end, text: JSON.stringify(masked) }];
  }
  if (typeof value !== 'object' || value === null) {
    return typeof value === 'number' && rules.isSecretNumber(text.slice(start, end)) ? whole : [];
  }
  if (rules.isSecret(value as Json[] | JsonObject)) return whole;
  const members = node.members.flatMap((member) => {
    const key = rules.key(member.key);
    const edits = rules.isSecretMember(value as JsonObject, member.key, member.node.value)
      ? [{ start: member.node.start, end: member.node.end, text: JSON.stringify(MASK) }]
      : editsOf(member.node, text, rules);
    return key === member.key
      ? edits
      : [{ start: member.start, end: member.end, text: JSON.stringify(key) }, ...edits];
  });
  return [...members, ...node.items.flatMap((item) => editsOf(item, text, rules))];
}
