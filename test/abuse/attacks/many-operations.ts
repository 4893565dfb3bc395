import { post } from '../greedy-client.ts';
import { repeat } from '../raw-requests.ts';

/** An address of its own, so that later attacks have all of their cost left. */
const ADDRESS = '203.0.113.67';
const [url = '', operations, durationMs] = process.argv.slice(2);
const query = `{ ${repeat(10, (n) => `a${n}: runStats(where: { metadata: { n: ${n} } }) { queued }`)} }`;
const until = performance.now() + Number(durationMs);
do await Promise.all(Array.from({ length: Number(operations) }, () => post({ url }, query, {}, ADDRESS)));
while (performance.now() < until);
