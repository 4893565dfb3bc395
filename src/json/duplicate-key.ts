import { endOfString, isKeyBefore } from './scan.ts';

/**
 * Finds the path to the first key that occurs twice in its object, however it is escaped; null when there is none.
 * The text must be well-formed.
 */
export function duplicateKeyPath(text: string): string[] | null {
  const open: Holder[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const holder = open.at(-1);
    switch (text[at]) {
      case '{':
        open.push({ keys: new Set(), at: '' });
        break;
      case '[':
        open.push({ keys: null, at: 0 });
        break;
      case '}':
      case ']':
        open.pop();
        break;
      case ',':
        if (holder && typeof holder.at === 'number') holder.at += 1;
        break;
      case '"': {
        const end = endOfString(text, at);
        if (holder?.keys && isKeyBefore(text, end)) {
          const key: string = JSON.parse(text.slice(at, end));
          if (holder.keys.has(key)) return [...open.slice(0, -1).map((one) => String(one.at)), key];
          holder.keys.add(key);
          holder.at = key;
        }
        at = end - 1;
      }
    }
  }
  return null;
}

/** An object's keys so far (null for a list), and the current key or index. */
type Holder = { keys: Set<string> | null; at: string | number };
