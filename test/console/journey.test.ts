import { expect, test } from 'vitest';
import { stepsOf } from '../../src/console/order/journey.ts';
import { filterInWords } from '../../src/console/runs/filter-in-words.ts';

const attachment = (id: string, displayOrder: number) => ({
  id,
  displayOrder,
  component: { name: `Step ${id}` },
});
const run = (id: string, of: ReturnType<typeof attachment> | null, position = 0) => ({
  id,
  orderLine: { position },
  attachment: of,
  component: { name: of?.component.name ?? 'Removed' },
});
const skip = (of: ReturnType<typeof attachment> | null, reason: string, position = 0) => ({
  line: { position },
  attachment: of,
  reason,
});

test('the steps of a line are in the order of the journey, with their runs or the reason of the skip', () => {
  const [a, b, c] = [attachment('a', 0), attachment('b', 1), attachment('c', 2)];
  const steps = stepsOf(
    0,
    [run('3', c), run('2', a), run('1', a), run('0', a, 1)],
    [skip(b, 'not on this channel')],
  );
  expect(steps.map(({ name, runs, skipped }) => [name, runs.map(({ id }) => id), skipped])).toEqual([
    ['Step a', ['2', '1'], null],
    ['Step b', [], 'not on this channel'],
    ['Step c', ['3'], null],
  ]);
});

test('a step that was skipped once and ran later has run; a removed one comes last', () => {
  const a = attachment('a', 5);
  expect(
    stepsOf(0, [run('2', null), run('1', a)], [skip(a, 'archived')]).map(({ name, skipped }) => [
      name,
      skipped,
    ]),
  ).toEqual([
    ['Step a', null],
    ['Removed', null],
  ]);
});

test('a step of the product that nothing has covered yet stands at its place, with neither', () => {
  const [a, b, c] = [attachment('a', 0), attachment('b', 1), attachment('c', 2)];
  const steps = stepsOf(0, [run('1', c)], [skip(a, 'archived')], [c, b, a]);
  expect(steps.map(({ name, runs, skipped }) => [name, runs.length, skipped])).toEqual([
    ['Step a', 0, 'archived'],
    ['Step b', 0, null],
    ['Step c', 1, null],
  ]);
});

test('a line without a product has one step that says so', () => {
  expect(stepsOf(0, [], [skip(null, 'There is no such product.')])).toEqual([
    { key: 'no product', name: 'No product', runs: [], skipped: 'There is no such product.' },
  ]);
});

test('a filter is said in words', () => {
  const address = { status: 'FAILED', component: 'a,b', 'not.channel': 'app', last: '1h', 'input.n': '7' };
  expect(filterInWords(address)).toBe(
    'Status is FAILED; Component is a or b; Channel is not app; enqueued in the last 1h; input.n is 7.',
  );
});
