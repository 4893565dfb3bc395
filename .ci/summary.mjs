// Prints the tests that passed only when their file ran again, and how many tests passed and failed.
// The arguments: vitest's report, its report of the files that ran again, and the exit codes of check, tests,
// the tests on other versions of PostgreSQL, chaos, abuse.
import { readFileSync } from 'node:fs';

const [report, again, check, tests, majors, chaos, abuse] = process.argv.slice(2);
const first = filesOf(report);
const second = new Map(filesOf(again).map((file) => [file.name, file]));
const last = first.map((file) => second.get(file.name) ?? file);

for (const { name, assertionResults } of first) {
  const passed = namesOf(second.get(name)?.assertionResults ?? [], 'passed');
  for (const test of namesOf(assertionResults, 'failed'))
    if (passed.includes(test)) console.log(`flaky: ${name}: ${test}`);
}

const results = last.flatMap(({ assertionResults }) => assertionResults);
const others = [check, majors, chaos, abuse].map((code) => code === '0');
// A file that cannot be loaded fails without a test that failed.
const failedTests = Math.max(namesOf(results, 'failed').length, tests === '0' ? 0 : 1);
// The check counts only where it fails.
const passed = namesOf(results, 'passed').length + others.slice(1).filter(Boolean).length;
const failed = failedTests + others.filter((holds) => !holds).length;
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

function filesOf(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).testResults;
  } catch {
    return [];
  }
}

function namesOf(results, status) {
  return results.filter((test) => test.status === status).map(({ fullName }) => fullName);
}
