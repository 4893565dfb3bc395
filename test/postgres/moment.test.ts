import fc from 'fast-check';
import { type GraphQLScalarType, isScalarType } from 'graphql';
import pg from 'pg';
import { expect, it } from 'vitest';
import { schema } from '../../src/graphql/schema/schema.ts';
import { TYPES } from '../../src/postgres/types.ts';

const { TIMESTAMPTZ } = pg.types.builtins;
const moment = fc.date({
  min: new Date('0001-01-01T00:00:00Z'),
  max: new Date('9999-12-31T23:59:59.999Z'),
  noInvalidDate: true,
});

it('takes any moment that PostgreSQL writes as pg does', () => {
  const [ours, theirs] = [TYPES, pg.types].map((types) => types.getTypeParser(TIMESTAMPTZ, 'text'));
  const same = (text: string) => expect([text, ours!(text)]).toEqual([text, theirs!(text)]);
  fc.assert(
    fc.property(moment, fc.integer({ min: 0, max: 6 }), (date, digits) => {
      const [day, time] = date.toISOString().slice(0, -1).split('T');
      const [seconds, fraction] = time!.split('.');
      same(`${day} ${seconds}${digits ? `.${`${fraction}789`.slice(0, digits)}` : ''}+00`);
    }),
  );
  for (const text of [
    '2026-03-09 16:05:00.12+05:30',
    '0044-03-15 12:00:00+00 BC',
    '12026-01-01 00:00:00+00',
    'infinity',
  ])
    same(text);
});

it('is written by the API as toISOString has it, whether it came as a value or within JSON', () => {
  const type = schema.getType('DateTime');
  expect(isScalarType(type)).toBe(true);
  const write = (value: unknown) => (type as GraphQLScalarType).coerceOutputValue(value);
  fc.assert(
    fc.property(moment, (date) => {
      const iso = date.toISOString();
      expect(write(date)).toBe(iso);
      const inJson = iso.replace(/\.?0*Z$/, '+00:00');
      expect(write(inJson)).toBe(iso);
    }),
  );
});
