import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isJsonObject, parseExactly } from '../../src/console/api/exact-numbers.ts';
import { changesOf } from '../../src/console/run/changes.ts';
import { replayInput } from '../../src/console/run/replay-modes.ts';

const numbers = fc.stringMatching(/^-?(0|[1-9][0-9]{0,30})(\.[0-9]{1,20})?([eE][+-]?[0-9]{1,3})?$/);

describe('a payload', () => {
  test('is written with every digit with which it was read', () => {
    fc.assert(
      fc.property(fc.array(numbers), fc.string(), (list, text) => {
        const json = `{"list":[${list.join(',')}],"text":${JSON.stringify(text)}}`;
        expect(JSON.stringify(parseExactly(json))).toBe(json);
      }),
    );
  });

  test('has numbers, where a double holds them, and no object for any number', () => {
    expect(parseExactly('[1, -2.5, 1e+21]')).toEqual([1, -2.5, 1e21]);
    fc.assert(fc.property(numbers, (text) => void expect(isJsonObject(parseExactly(text))).toBe(false)));
  });

  test('is sent by an edited replay as it was typed', () => {
    const payload = '{"id":9007199254740993,"price":1.50}';
    expect(JSON.stringify(replayInput('edited', payload))).toBe(`{"inputPayload":${payload}}`);
    expect(replayInput('edited', '9007199254740993')).toBeNull();
  });

  test('has a change where only digits differ that a double does not hold', () => {
    const request = (id: string) => parseExactly(`{"inputs":{"ids":[${id}]}}`);
    expect(changesOf(request('9007199254740993'), request('9007199254740993'))).toEqual([]);
    const [change, ...others] = changesOf(request('9007199254740993'), request('9007199254740995'));
    expect(others).toEqual([]);
    expect([change!.path, JSON.stringify(change!.before), JSON.stringify(change!.after)]).toEqual([
      'inputs.ids[0]',
      '9007199254740993',
      '9007199254740995',
    ]);
  });
});
