import { type AST, RegExpParser, RegExpSyntaxError } from '@eslint-community/regexpp';
import { RE2Set } from 're2js';

/** A compiled pattern. Matching takes time linear in the text, for every pattern. */
export type Pattern = {
  /** Whether the pattern occurs in the text. */
  test: (text: string) => boolean;
  /** The instructions of its program. The work of a match is at most this times the text's characters. */
  size: number;
};

/** A pattern that cannot be used. The message gives the reason and, where there is one, the fix. */
export class PatternError extends Error {}

const MAX_PATTERN_LENGTH = 2_000;
const MAX_PATTERN_SIZE = 5_000;

/**
 * Compiles a pattern of JSON Schema: ECMA-262 with the flag u. The pattern is parsed by the ECMA-262 grammar and
 * rewritten for re2js, an engine without backtracking.
 * @throws PatternError when the syntax is wrong, or when such an engine cannot match it
 */
export function createPattern(source: string, maxSize = MAX_PATTERN_SIZE): Pattern {
  if (source.length > MAX_PATTERN_LENGTH) {
    throw new PatternError(`is longer than ${MAX_PATTERN_LENGTH} characters; shorten it`);
  }
  const { text, size } = writeAlternatives(parse(source).alternatives);
  if (size > maxSize) {
    throw new PatternError('is too large, alone or with the other patterns of the schema; simplify them');
  }
  try {
    const set = new RE2Set(RE2Set.UNANCHORED, 0, MEMORY_BYTES);
    set.add(text);
    set.compile();
    return { test: (subject) => set.match(subject).length > 0, size };
  } catch {
    throw new PatternError('uses syntax that is not supported here; write it in another way');
  }
}

/** The limit of the engine's cache of states. Beyond it, the engine continues without a cache. */
const MEMORY_BYTES = 64 * 1024;
const MAX_REPEAT = 1_000;
/** Sets such as \p{L} have hundreds of ranges. */
const PROPERTY_SIZE = 25;
const isProperty = (element: AST.CharacterClassElement) =>
  element.type === 'CharacterSet' && element.kind === 'property';

function parse(source: string): AST.Pattern {
  try {
    return new RegExpParser({ ecmaVersion: 2025 }).parsePattern(source, 0, source.length, { unicode: true });
  } catch (error) {
    if (error instanceof RangeError) throw new PatternError('is nested too deeply; simplify it');
    if (!(error instanceof RegExpSyntaxError)) throw error;
    const reason = error.message.slice(error.message.lastIndexOf('/u: ') + 4);
    throw new PatternError(`is not a regular expression of ECMA-262 with the flag u: ${reason}`);
  }
}

type Written = { text: string; size: number };

function writeAlternatives(alternatives: AST.Alternative[]): Written {
  const parts = alternatives.map(({ elements }) => join(elements.map(write)));
  return { text: `(?:${parts.map(({ text }) => text).join('|')})`, size: sum(parts) + parts.length };
}

function write(node: AST.Element): Written {
  switch (node.type) {
    case 'Character':
      return { text: character(node.value), size: 1 };
    case 'CharacterSet':
      return { text: `[${set(node)}]`, size: node.kind === 'property' ? PROPERTY_SIZE : 1 };
    case 'CharacterClass':
      return {
        text: characterClass(node),
        size: 1 + node.elements.filter(isProperty).length * PROPERTY_SIZE,
      };
    case 'Group':
      if (node.modifiers) throw new PatternError('has modifiers in a group, which are not supported');
      return writeAlternatives(node.alternatives);
    case 'CapturingGroup':
      return writeAlternatives(node.alternatives);
    case 'Quantifier':
      return quantified(node);
    case 'Assertion':
      return { text: assertion(node), size: 1 };
    case 'Backreference':
      throw new PatternError(`has the backreference ${node.raw}, which cannot be matched in linear time`);
    default:
      throw new PatternError(`uses ${node.raw}, which is not supported here`);
  }
}

function assertion(node: AST.Assertion): string {
  switch (node.kind) {
    case 'start':
      return '\\A';
    case 'end':
      return '\\z';
    case 'word':
      return node.negate ? '\\B' : '\\b';
    default:
      throw new PatternError(
        `has the ${node.kind} ${node.raw.slice(0, 50)}, which cannot be matched in linear time; state the condition by a second pattern in allOf, or by not`,
      );
  }
}

/** The engine accepts up to 1,000 repeats, so more are written as a sequence of repeats. */
function quantified({ element, min, max }: AST.Quantifier): Written {
  const { text, size } = write(element as AST.Element);
  const copies = Number.isFinite(max) ? max : min + 1;
  const grown = copies * (size + 1);
  if (grown > MAX_PATTERN_SIZE) {
    throw new PatternError('repeats too much; bound the length by minLength and maxLength instead');
  }
  const parts: string[] = [];
  let [needed, optional] = [min, max - min];
  for (; needed > MAX_REPEAT; needed -= MAX_REPEAT) parts.push(`(?:${text}){${MAX_REPEAT}}`);
  if (needed > 0) parts.push(`(?:${text}){${needed}}`);
  if (optional === Number.POSITIVE_INFINITY) parts.push(`(?:${text})*`);
  else {
    for (; optional > MAX_REPEAT; optional -= MAX_REPEAT) parts.push(`(?:${text}){0,${MAX_REPEAT}}`);
    if (optional > 0) parts.push(`(?:${text}){0,${optional}}`);
  }
  return { text: parts.join(''), size: grown };
}

function characterClass({ elements, negate }: AST.CharacterClass): string {
  if (elements.length === 0) return negate ? `[${ANY}]` : `[^${ANY}]`;
  const parts = elements.map((element) => {
    if (element.type === 'Character') return character(element.value);
    if (element.type === 'CharacterClassRange')
      return `${character(element.min.value)}-${character(element.max.value)}`;
    if (element.type === 'CharacterSet') return set(element);
    throw new PatternError(`uses ${element.raw}, which is not supported here`);
  });
  return `[${negate ? '^' : ''}${parts.join('')}]`;
}

const character = (value: number) => `\\x{${value.toString(16)}}`;

const ANY = '\\x{0}-\\x{10ffff}';
const SPACES =
  '\\t-\\r \\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}';
const NO_SPACES =
  '\\x{0}-\\x{8}\\x{e}-\\x{1f}\\x{21}-\\x{9f}\\x{a1}-\\x{167f}\\x{1681}-\\x{1fff}\\x{200b}-\\x{2027}\\x{202a}-\\x{202e}\\x{2030}-\\x{205e}\\x{2060}-\\x{2fff}\\x{3001}-\\x{fefe}\\x{ff00}-\\x{10ffff}';
const NO_LINE_ENDS = '\\x{0}-\\x{9}\\x{b}\\x{c}\\x{e}-\\x{2027}\\x{202a}-\\x{10ffff}';

/** The content of the brackets for a set such as \d or \p{L}. */
function set(node: AST.CharacterSet): string {
  switch (node.kind) {
    case 'any':
      return NO_LINE_ENDS;
    case 'digit':
      return node.negate ? '\\D' : '0-9';
    case 'word':
      return node.negate ? '\\W' : '0-9A-Za-z_';
    case 'space':
      return node.negate ? NO_SPACES : SPACES;
    case 'property':
      return property(node);
    default:
      throw new PatternError('uses a set that is not supported here');
  }
}

function property({ key, value, negate, raw }: AST.UnicodePropertyCharacterSet): string {
  if (key === 'Script_Extensions' || key === 'scx') {
    throw new PatternError(`uses ${raw}, which is not supported; write \\p{Script=…}`);
  }
  const name = value ?? key;
  if (name === 'ASCII') return negate ? '\\x{80}-\\x{10ffff}' : '\\x{0}-\\x{7f}';
  if (name === 'Any') return negate ? `^${ANY}` : ANY;
  return `\\${negate ? 'P' : 'p'}{${CATEGORIES[name] ?? name}}`;
}

/** The engine knows general categories by their short names. */
const CATEGORIES: Record<string, string> = {
  __proto__: null as unknown as string,
  Letter: 'L',
  Cased_Letter: 'LC',
  Uppercase_Letter: 'Lu',
  Lowercase_Letter: 'Ll',
  Titlecase_Letter: 'Lt',
  Modifier_Letter: 'Lm',
  Other_Letter: 'Lo',
  Mark: 'M',
  Combining_Mark: 'M',
  Nonspacing_Mark: 'Mn',
  Spacing_Mark: 'Mc',
  Enclosing_Mark: 'Me',
  Number: 'N',
  Decimal_Number: 'Nd',
  digit: 'Nd',
  Letter_Number: 'Nl',
  Other_Number: 'No',
  Punctuation: 'P',
  punct: 'P',
  Connector_Punctuation: 'Pc',
  Dash_Punctuation: 'Pd',
  Open_Punctuation: 'Ps',
  Close_Punctuation: 'Pe',
  Initial_Punctuation: 'Pi',
  Final_Punctuation: 'Pf',
  Other_Punctuation: 'Po',
  Symbol: 'S',
  Math_Symbol: 'Sm',
  Currency_Symbol: 'Sc',
  Modifier_Symbol: 'Sk',
  Other_Symbol: 'So',
  Separator: 'Z',
  Space_Separator: 'Zs',
  Line_Separator: 'Zl',
  Paragraph_Separator: 'Zp',
  Other: 'C',
  Control: 'Cc',
  cntrl: 'Cc',
  Format: 'Cf',
  Surrogate: 'Cs',
  Private_Use: 'Co',
  Unassigned: 'Cn',
};

const join = (parts: Written[]): Written => ({
  text: parts.map(({ text }) => text).join(''),
  size: sum(parts),
});
const sum = (parts: Written[]) => parts.reduce((total, { size }) => total + size, 0);
