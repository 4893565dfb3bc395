const IS_PACKAGE = import.meta.url.endsWith('.js');

/**
 * Returns how a user starts a command of the service, such as `key list`: by the program in the installed package, by
 * npm in a clone.
 */
export function commandLine(command: string): string {
  if (IS_PACKAGE) return `journey-runtime ${command}`;
  const [name, ...args] = command.split(' ');
  return [
    name === 'serve' ? 'npm start' : `npm run ${name}`,
    ...(args.length > 0 ? ['--', ...args] : []),
  ].join(' ');
}
