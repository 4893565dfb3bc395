/** An input of a run at fault, and what is wrong with it. The input is empty where all inputs together are. */
export type Fault = { input: string; problem: string };

/** The inputs that the detail of an error names: bindings without a value, or values that the schema rejects. */
export function faultsOf(detail: Record<string, unknown> | null | undefined): Fault[] {
  const { missing = [], errors = [] } = (detail ?? {}) as {
    missing?: string[];
    errors?: { path: string; message: string }[];
  };
  return [
    ...missing.map((input) => ({ input, problem: 'found no value' })),
    ...errors.map(({ path, message }) => ofPath(path, message)),
  ];
}

/** @param path a JSON pointer into the inputs */
function ofPath(path: string, message: string): Fault {
  const [input = '', ...within] = path
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  return { input, problem: within.length > 0 ? `${within.join('.')} ${message}` : message };
}
