/** The runs that completed, such as "2 of 3" or "98.4 % of 1,240". It is 100 % only if none failed, and 0 % only if all did. */
export function successText(completed: number, failed: number): string {
  const all = completed + failed;
  if (all < 100) return `${completed} of ${all}`;
  const share = Math.floor((1_000 * completed) / all) / 10;
  const shown = completed > 0 && share === 0 ? '<0.1' : String(share);
  return `${shown} % of ${all.toLocaleString('en')}`;
}
