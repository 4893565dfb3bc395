let readIds: () => readonly string[] = () => [];

/** Makes a list the one whose runs a person goes through with J and K after opening one of them. */
export function visitList(ids: () => readonly string[]): void {
  readIds = ids;
}

/** The runs before and after a run in the list from which it was opened. */
export function neighboursOf(id: string): { previous: string | undefined; next: string | undefined } {
  const ids = readIds();
  const index = ids.indexOf(id);
  return index === -1
    ? { previous: undefined, next: undefined }
    : { previous: ids[index - 1], next: ids[index + 1] };
}
