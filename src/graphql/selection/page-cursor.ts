import type { z } from 'zod';

/** Encodes and decodes a position in a list. The text is opaque to clients. */
export type CursorCodec<K> = {
  encode(key: K): string;
  /** Returns null if the text is not a cursor of this list. */
  decode(text: string): K | null;
};

/**
 * A codec for cursors that contain the keyset's values and the list's name, so that the cursor of another list is
 * rejected.
 */
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
