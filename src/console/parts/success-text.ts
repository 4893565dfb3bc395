/** The runs that completed, such as "2 of 3" or "98.4 % of 1,240". It is 100 % only if none failed, and 0 % only if all did. */
export function successText(completed: number, failed: number): string {
  const all = completed + failed;
  const short = shortSuccessText(completed, failed);
  return all < FEW ? short : `${short} of ${all.toLocaleString('en')}`;
}

/** The same in at most 7 characters, such as "2 of 3" or "98.4 %". */
export function shortSuccessText(completed: number, failed: number): string {
  const all = completed + failed;
  if (all < FEW) return `${completed} of ${all}`;
  const share = Math.floor((1_000 * completed) / all) / 10;
  return `${completed > 0 && share === 0 ? '<0.1' : share} %`;
}

/** The least number of runs that has a share. A share of fewer is an odd number, such as 66 % of 3. */
const FEW = 100;
