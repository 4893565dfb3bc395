import type { z } from 'zod';

/** How a place in a list is written for clients, for whom it is opaque. */
export type CursorCodec<K> = {
  encode(key: K): string;
  /** null when the text is no cursor of this list. */
  decode(text: string): K | null;
};

/** Cursors that hold the keyset's values and the list's name, so that one of another list is refused. */
export function keysetCursor<K extends readonly unknown[]>(list: string, key: z.ZodType<K>): CursorCodec<K> {
  return {
    encode: (values) => Buffer.from(JSON.stringify([list, ...values], bigintsAsText)).toString('base64url'),
    decode(text) {
      try {
        const [name, ...values] = JSON.parse(Buffer.from(text, 'base64url').toString());
        const parsed = key.safeParse(values);
        return name === list && parsed.success ? parsed.data : null;
      } catch {
        return null;
      }
    },
  };
}

const bigintsAsText = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);
