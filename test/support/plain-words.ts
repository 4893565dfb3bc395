/**
 * Words that the API's descriptions, messages, comments and documents do not use, each with the words to use instead.
 * CONTRIBUTING.md has the rule behind them: a sentence has a subject, names the noun, and uses the field's term.
 */
const INSTEAD_OF: readonly (readonly [RegExp, string])[] = [
  [/\bmend(s|ed|ing)?\b/i, 'fix'],
  [/\b(tell(s|ing)?|told)\b/i, 'say, report, distinguish'],
  [/\bkept\b/i, 'stored'],
  [/\b(asks?|asked|asking)\b/i, 'request'],
  [/\bjudg(e|es|ed|ing|ement|ements)\b/i, 'validate, check'],
  [/\b(whoever|whatever|whichever)\b/i, 'the noun itself'],
  [/\bunless (given|said|told)\b/i, 'Defaults to …'],
  [/\bamiss\b/i, 'wrong'],
  [/\bhands? over\b/i, 'send'],
  [/\bin (the )?hand\b/i, 'active, being executed'],
  [/\bbefall(s|en)?\b/i, 'happen'],
  [/\brefus(e|es|ed|ing)\b/i, 'reject'],
];

/** The unplain words in a text, each with what to write instead; empty for a plain text. */
export function unplainWords(text: string): string[] {
  return INSTEAD_OF.flatMap(([word, instead]) => {
    const found = word.exec(text);
    return found ? [`"${found[0]}" (write: ${instead})`] : [];
  });
}
