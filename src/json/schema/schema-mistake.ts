/** A schema that cannot be used. `pointer` is the JSON pointer of the place within it; '' is the schema itself. */
export class SchemaMistake extends Error {
  readonly pointer: string;

  constructor(pointer: string, message: string) {
    super(message);
    this.name = 'SchemaMistake';
    this.pointer = pointer;
  }
}

/** Escapes one step of a JSON pointer. */
export const escapePointer = (key: string) => key.replaceAll('~', '~0').replaceAll('/', '~1');
/** The key that a step of a JSON pointer stands for. */
export const unescapePointer = (step: string) => step.replaceAll('~1', '/').replaceAll('~0', '~');
