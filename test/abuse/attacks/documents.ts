import { type Attack, times } from '../attack.ts';
import { post } from '../greedy-client.ts';
import { repeat } from '../raw-requests.ts';

export const fragmentChains: Attack = {
  name: 'fragment chains',
  tries: 'documents whose fragments each spread the next two, from 10 to 100 deep',
  async run({ api }) {
    for (let depth = 10; depth <= 100; depth += 10) {
      const fragments = repeat(depth, (n) => `fragment F${n} on Run { ...F${n + 1} ...F${n + 2} }`);
      await post(
        api,
        `{ run(id: "x") { ...F0 } } ${fragments} fragment F${depth} on Run { id } fragment F${depth + 1} on Run { id }`,
      );
    }
    return undefined;
  },
};

export const distinctDocuments: Attack = {
  name: 'distinct documents',
  tries: '10,000 documents that the service has not seen',
  async run(context) {
    const count = times(context, 500, 10_000);
    const send = async (from: number) => {
      for (let n = from; n < count; n += 8)
        await post(context.api, `query Q${n} { ${repeat(60, (k) => `a${k}_${n}: __typename`)} }`);
    };
    await Promise.all(Array.from({ length: 8 }, (_, from) => send(from)));
    return undefined;
  },
};

export const bombs: Attack = {
  name: 'document bombs',
  tries: 'depth, brackets, aliases, directives, long names and comments, wide lists',
  async run(context) {
    const texts = [
      `{ ${'a{'.repeat(5_000)}b${'}'.repeat(5_000)} }`,
      `{ a(b: ${'['.repeat(20_000)}${']'.repeat(20_000)}) }`,
      `{ ${repeat(5_000, (n) => `a${n}: __typename`)} }`,
      `{ __typename ${'@include(if: true) '.repeat(2_000)} }`,
      `{ ${'x'.repeat(4_000_000)} }`,
      `# ${'x'.repeat(4_000_000)}\n{ __typename }`,
      `{ a(b: """${'x'.repeat(4_000_000)}""") }`,
      `{ ${repeat(149, (n) => `...F${n}`)} } ${repeat(149, (n) => `fragment F${n} on Query { a: runs { nodes { id } } }`)}`,
      `{ nodes(ids: [${repeat(2_000, () => '"x"')}]) { id } }`,
      repeat(40, (n) => `query Q${n} { __schema { types { fields { type { fields { name } } } } } }`),
    ];
    for (let n = 0; n < times(context, 1, 20); n += 1)
      for (const text of texts) await post(context.api, text);
    return undefined;
  },
};
