import { parseJson } from '../../src/json/parse.ts';
import type { TestApp } from './app.ts';

// biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what an answer holds.
type Result = { data: any; errors?: any[] };

/** Sends an operation with variables as JSON text, whose numbers fetch's own JSON would change; reads the answer likewise. */
export async function askExactly(app: TestApp, query: string, variables = '{}'): Promise<Result> {
  const response = await fetch(app.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: `{"query":${JSON.stringify(query)},"variables":${variables}}`,
  });
  return parseJson(await response.text(), Number.POSITIVE_INFINITY) as unknown as Result;
}

/** As TestApp.query, with all digits of the numbers in the answer. */
export async function queryExactly(app: TestApp, query: string, variables: object): Promise<Result['data']> {
  const { data, errors } = await askExactly(app, query, JSON.stringify(variables));
  if (errors) throw new Error(errors.map(({ message }) => message).join('; '));
  return data;
}
