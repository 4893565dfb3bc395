// npm run licences  lists the licences of the production dependencies; fails at one that is not allowed
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Licences that allow distribution without conditions on our own code. */
const ALLOWED = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
  'PostgreSQL',
  'Python-2.0',
  'Unlicense',
]);

type LockEntry = { license?: string; dev?: true; devOptional?: true; link?: true };

const LOCK = fileURLToPath(new URL('../package-lock.json', import.meta.url));
const { packages } = JSON.parse(readFileSync(LOCK, 'utf8')) as { packages: Record<string, LockEntry> };
const namesByLicence = new Map<string, string[]>();
for (const [path, { license = 'none stated', dev, devOptional, link }] of Object.entries(packages)) {
  if (!path.startsWith('node_modules/') || dev || devOptional || link) continue;
  const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
  namesByLicence.set(license, [...(namesByLicence.get(license) ?? []), name]);
}
for (const [licence, names] of [...namesByLicence].sort(([a], [b]) => (a < b ? -1 : 1)))
  console.log(`${licence}: ${names.length > 20 ? `${names.length} packages` : names.join(', ')}`);
const others = [...namesByLicence].filter(([licence]) => !ALLOWED.has(licence));
if (others.length > 0) {
  console.error(
    `Not allowed: ${others.map(([licence, names]) => `${names.join(', ')} (${licence})`).join('; ')}. Replace the package, or add its licence to scripts/licences.ts.`,
  );
  process.exitCode = 1;
}
