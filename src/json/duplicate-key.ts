import { endOfString } from './scan.ts';

/**
 * Finds the path to the first key that occurs twice in its object, however it is escaped; null when there is none.
 * The text must be well-formed.
 */
export function duplicateKeyPath(text: string): string[] | null {
  const open: Holder[] = [];
  let isKeyNext = false;
  for (let at = 0; at < text.length; at += 1) {
    const holder = open.at(-1);
    switch (text[at]) {
      case '{':
        open.push({ at: null, keys: null });
        isKeyNext = true;
        break;
      case '[':
        open.push({ at: 0, keys: null });
        break;
      case '}':
      case ']':
        open.pop();
        break;
      case ':':
        isKeyNext = false;
        break;
      case ',':
        isKeyNext = true;
        if (holder && typeof holder.at === 'number') holder.at += 1;
        break;
      case '"': {
        const end = endOfString(text, at);
        if (holder && typeof holder.at !== 'number' && isKeyNext) {
          const written = text.slice(at, end);
          const key: string = written.includes('\\') ? JSON.parse(written) : written.slice(1, -1);
          if (isAgain(holder, key)) return [...open.slice(0, -1).map((one) => String(one.at)), key];
        }
        at = end - 1;
      }
    }
  }
  return null;
}

/** The current index of a list, or key of an object, which is null before the first; and all its keys from the second on. */
type Holder = { at: string | number | null; keys: Set<string> | null };

/** Makes it the current key, and returns whether the object had it before. A set of each object of one key would take most of the time. */
function isAgain(holder: Holder, key: string): boolean {
  if (holder.at !== null) {
    holder.keys ??= new Set([String(holder.at)]);
    if (holder.keys.has(key)) return true;
    holder.keys.add(key);
  }
  holder.at = key;
  return false;
}
