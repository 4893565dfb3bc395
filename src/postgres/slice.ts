/** A part of a list: at most `limit` rows strictly between two keys, counted from the list's end when `reverse`. */
export type Slice<Key> = { after: Key | null; before: Key | null; limit: number; reverse: boolean };
