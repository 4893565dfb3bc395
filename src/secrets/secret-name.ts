/** Explains why a text cannot be the name of a secret; null when it can. */
export const secretNameMistake = (name: string): string | null =>
  /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(name)
    ? null
    : 'must be up to 64 letters, digits, dots, dashes and underscores, and begin with a letter or a digit';
