import { readFile } from 'node:fs/promises';
import type { Config } from '../../config/config.ts';
import { StartupError } from '../../errors.ts';
import type { JsonObject } from '../../json/json.ts';
import { parseJson } from '../../json/parse.ts';
import { runnerOptions } from '../create-runner.ts';
import { CHECKS } from './checks.ts';
import { SAMPLE_REQUEST } from './sample-request.ts';

/**
 * Checks the script host at `url` for the rules of docs/script-runner.md, one after the other, and passes each verdict to
 * `print`. `requestFile` has a request that one of the host's scripts completes; without it, that page's sample is sent.
 * Returns whether the host follows all rules that the configuration allows to check.
 * @throws StartupError when the file is not a JSON object
 */
export async function checkRunner(
  config: Config,
  url: string,
  requestFile: string | undefined,
  print: (line: string) => void,
): Promise<boolean> {
  const host = {
    options: { ...runnerOptions(config), url },
    timeoutSeconds: config.runnerTimeoutSeconds,
    request: requestFile === undefined ? SAMPLE_REQUEST : await readRequest(requestFile),
  };
  let broken = 0;
  for (const check of CHECKS) {
    const reason = check.skipped?.(host);
    const problem = reason ? null : await check.problem(host);
    if (problem) broken += 1;
    print(`${reason ? '–' : problem ? '✗' : '✓'} ${check.rule}`);
    if (reason) print(`    Not checked: ${reason}.`);
    if (problem) print(`    ${problem} (docs/script-runner.md, ${check.section})`);
    if (problem && check === CHECKS[0]) {
      print('The other rules need a request that a script of the host completes: pass it as request.json.');
      return false;
    }
  }
  print(
    broken === 0 ? 'The script host follows the protocol.' : `Broken rules: ${broken} of ${CHECKS.length}.`,
  );
  return broken === 0;
}

async function readRequest(file: string): Promise<JsonObject> {
  try {
    const request = parseJson(await readFile(file, 'utf8'));
    if (typeof request === 'object' && request !== null && !Array.isArray(request))
      return request as JsonObject;
  } catch {}
  throw new StartupError(
    `${file} is no file with a JSON object, as the field request of previewRun shows it.`,
  );
}
