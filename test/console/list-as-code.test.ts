import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { listAsCurl, listAsGraphQL } from '../../src/console/runs/list-as-code.ts';
import { startTestApp } from '../support/app.ts';
import { register } from '../support/catalogue.ts';

const NAUGHTY = `it's "quoted" $HOME \`id\` \\ \n ${'\u{1f47b}'} $(exit 1)`;

describe('the query of a list', () => {
  test('is one that the service answers', async () => {
    const app = await startTestApp();
    const componentId = await register(app, { key: 'points' });
    await app.query('mutation ($input: EnqueueRunInput!) { enqueueRun(input: $input) { run { id } } }', {
      input: { componentId, channel: 'naughty', inputPayload: { text: NAUGHTY } },
    });
    const [document, variables] = listAsGraphQL({ inputPayload: { text: NAUGHTY } }).split('# Variables\n');
    const { runs } = await app.query(document!, JSON.parse(variables!));
    expect(runs.nodes.map(({ channel }: { channel: string }) => channel)).toEqual(['naughty']);
    await app.stop();
  });

  test('is one command in a shell, whatever the filter contains', () => {
    const command = listAsCurl('https://journeys.example.com', { channel: [NAUGHTY] });
    // The command's words, each with a NUL character after it, in place of a request.
    const words = execFileSync('sh', [
      '-c',
      `curl() { printf '%s\\0' "$@"; }; JOURNEY_API_KEY=jrk_1; ${command}`,
    ])
      .toString()
      .split('\0');
    expect(words.slice(0, 6)).toEqual([
      'https://journeys.example.com/graphql',
      '-H',
      'content-type: application/json',
      '-H',
      'authorization: Bearer jrk_1',
      '-d',
    ]);
    expect(JSON.parse(words[6]!).variables).toEqual({ where: { channel: [NAUGHTY] } });
  });
});
