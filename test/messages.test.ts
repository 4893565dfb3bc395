import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { unplainWords } from './support/plain-words.ts';

/** Texts of at least two words in the source: error messages, log lines, descriptions. The demo catalogue speaks as a shop does. */
const files = globSync('src/**/*.{ts,tsx}').filter((file) => !/generated|\/seed\//.test(file));

it('words error messages and log lines in plain words', () => {
  const texts = files.flatMap((file) => textsOf(readFileSync(file, 'utf8')).map((text) => ({ file, text })));
  expect(texts.length).toBeGreaterThan(500);
  expect(
    texts.flatMap(({ file, text }) => unplainWords(text).map((word) => `${file}: ${word}: ${text}`)),
  ).toEqual([]);
});

it('words comments in plain words, and begins each with its noun or its verb', () => {
  const comments = globSync('src/**/*.{ts,tsx}')
    .filter((file) => !file.includes('generated'))
    .flatMap((file) => commentsOf(readFileSync(file, 'utf8')).map((text) => ({ file, text })));
  expect(comments.length).toBeGreaterThan(1_000);
  expect(
    comments.flatMap(({ file, text }) =>
      [...unplainWords(text), ...(HEADLESS.exec(text) ?? [])].map((word) => `${file}: ${word}: ${text}`),
    ),
  ).toEqual([]);
});

it('finds texts in every kind of quotes, and none in comments', () => {
  const code = '`no $' + '{asked} code`';
  const source = `/* it's told */ f('one text', "it's one", ${code}); // it's kept`;
  expect(textsOf(source)).toEqual(['one text', "it's one", 'no  code']);
  expect(commentsOf(source)).toEqual(["it's told", "it's kept"]);
});

/** The string literals of a source with at least two words, without SQL and without the code within templates. */
function textsOf(source: string): string[] {
  return [...source.matchAll(TOKEN)]
    .flatMap(([, ...quoted]) => quoted.find((text) => text !== undefined) ?? [])
    .map((text) => text.replace(/\$\{[^}]*\}/g, ''))
    .filter((text) => /[a-z]+ +[a-z]+/i.test(text) && !SQL.test(text));
}

/** The comments of a source, each without its markers and on one line. */
function commentsOf(source: string): string[] {
  return [...source.matchAll(TOKEN)]
    .map(([token]) => token)
    .filter((token) => /^\/[/*]/.test(token))
    .map((token) =>
      token
        .replace(/^\/[/*]+|\*\/$/g, '')
        .replace(/\n\s*\*?/g, ' ')
        .trim(),
    );
}

/** The first words of comments that are relative clauses, and leave the reader to guess the noun. */
const HEADLESS = /^(Of|As|So|Who|Whose|What)\b/;

/** A comment, or a string in one of the three kinds of quotes; regular expressions of the source hold no lone quotes. */
const TOKEN = /\/\*[\s\S]*?\*\/|\/\/.*|'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\[\s\S])*)`/g;

const SQL = /\bselect\b.*\bfrom\b|^\s*(with|from|join|order by)\b/s;
