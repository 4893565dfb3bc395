import { onQuestion, settings, tell } from '../harness/in-peer.ts';
import { subscribe } from '../harness/socket.ts';

const { url, subscribers, query } = settings<{ url: string; subscribers: number; query: string }>();
const AT_ONCE = 50;

let received = 0;
let firstAt = 0;
let last = Promise.withResolvers<number>();

for (let open = 0; open < subscribers; open += AT_ONCE) {
  const some = Math.min(AT_ONCE, subscribers - open);
  await Promise.all(Array.from({ length: some }, () => subscribe(url, query, onEvent)));
}

function onEvent(_text: string, at: number): void {
  received += 1;
  if (received === 1) firstAt = at;
  if (received === subscribers) last.resolve(at - firstAt);
}

onQuestion(async (question: 'expect one' | 'spread') => {
  if (question === 'spread') return last.promise;
  received = 0;
  last = Promise.withResolvers();
  return null;
});
// Subscriptions are answered by events alone: those that came last are given time to stand.
setTimeout(() => tell(subscribers), 1_000);
