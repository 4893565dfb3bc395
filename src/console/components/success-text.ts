/** The share of runs that completed, such as "98 % of 124". It is 100 % only if none failed, and 0 % only if all did. */
export function successText(completed: number, failed: number): string {
  const all = completed + failed;
  const share = Math.floor((100 * completed) / all);
  const shown = completed > 0 && share === 0 ? '<1' : String(share);
  return `${shown} % of ${all.toLocaleString('en')}`;
}
