import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  isRawNumber,
  MAX_NUMBER_DIGITS,
  numberText,
  numericText,
  readNumber,
  storedNumber,
} from '../../src/json/number.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { jsonNumber } from '../support/json-text.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase({ migrated: false });
});
afterAll(() => db.drop());

/** What jsonb makes of each literal. */
async function inPostgres(literals: readonly string[]): Promise<string[]> {
  const { rows } = await db.pool.query<{ text: string }>(
    'select jsonb_array_elements($1::jsonb)::text as text',
    [`[${literals}]`],
  );
  return rows.map(({ text }) => text);
}

describe('storedNumber', () => {
  test.each([
    ['1.50', '1.50'],
    ['1e2', '100'],
    ['1.50e1', '15.0'],
    ['1E-5', '0.00001'],
    ['-12.5e-3', '-0.0125'],
    ['0e5', '0'],
    ['0.0', '0.0'],
    ['5e-324', `0.${'0'.repeat(323)}5`],
  ])('writes %s as jsonb does', async (literal, stored) => {
    expect(storedNumber(literal)).toBe(stored);
    expect(await inPostgres([literal])).toEqual([stored]);
  });

  test('writes any number as jsonb does', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(jsonNumber, { minLength: 100, maxLength: 300 }), async (literals) => {
        expect(literals.map(storedNumber)).toEqual(await inPostgres(literals));
      }),
      { numRuns: 50 },
    );
  });

  test('gives up where it would take more than the bound, in no time', () => {
    const bound = MAX_NUMBER_DIGITS - 1;
    expect(storedNumber(`1e${bound}`)).toHaveLength(MAX_NUMBER_DIGITS);
    expect(storedNumber(`1e${bound + 1}`)).toBeNull();
    expect(storedNumber(`-1e-${bound}`)).toHaveLength('-.'.length + MAX_NUMBER_DIGITS);
    expect(storedNumber(`-1.${'0'.repeat(bound)}`)).toHaveLength('-.'.length + MAX_NUMBER_DIGITS);
    expect(storedNumber(`1.${'0'.repeat(bound + 1)}`)).toBeNull();
    for (const literal of ['1e-1000', '0e-1000', '1e999999999', '1e-99999999999999999999', '9'.repeat(1_001)])
      expect(storedNumber(literal)).toBeNull();
  });
});

describe('readNumber', () => {
  test('gives a double exactly where that is written back digit by digit', () => {
    for (const literal of ['0', '-1', '1.5', '1e2', '9007199254740992', '0.1', '0.000001', '12.25e1'])
      expect(typeof readNumber(literal)).toBe('number');
    for (const literal of ['9007199254740993', '1.50', '1.0', '1e21', '1e-7', '1e400', '-1e-400', '0.00'])
      expect(isRawNumber(readNumber(literal))).toBe(true);
  });

  test('is written back as it is stored', () => {
    fc.assert(
      fc.property(jsonNumber, (literal) => {
        const number = readNumber(literal);
        expect(numberText(number)).toBe(storedNumber(literal));
        expect(JSON.stringify(number)).toBe(storedNumber(literal));
      }),
    );
  });

  test.each(['-0', '-0.0', '-0e7', '-0.00E-5'])(
    'reads %s as -0, which jsonb does not hold',
    async (literal) => {
      expect(readNumber(literal)).toBe(-0);
      expect(await inPostgres([literal])).toEqual([expect.stringMatching(/^0/)]);
    },
  );
});

test('numericText is the same exactly where PostgreSQL takes two numbers for equal', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(jsonNumber, { minLength: 50, maxLength: 100 }), async (literals) => {
      const more = [
        ...literals,
        ...literals.map((literal) => (/e/i.test(literal) ? literal : `${literal}e0`)),
      ];
      const { rows } = await db.pool.query<{ group: number }>(
        `select dense_rank() over (order by (i.value::text)::numeric)::int as group
         from jsonb_array_elements($1::jsonb) with ordinality i(value, n) order by n`,
        [`[${more}]`],
      );
      const groups = new Map(
        more.map((literal, index) => [numericText(readNumber(literal)), rows[index]!.group]),
      );
      expect(more.map((literal) => groups.get(numericText(readNumber(literal))))).toEqual(
        rows.map(({ group }) => group),
      );
      expect(groups.size).toBe(new Set(rows.map(({ group }) => group)).size);
    }),
    { numRuns: 20 },
  );
});

test('an object with the key rawJSON is no number', () => {
  expect(isRawNumber({ rawJSON: '1' })).toBe(false);
  expect(isRawNumber(Object.freeze(Object.assign(Object.create(null), { rawJSON: '1' })))).toBe(false);
  expect(isRawNumber(null)).toBe(false);
});
