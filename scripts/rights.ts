import { readFileSync, writeFileSync } from 'node:fs';
import { isObjectType } from 'graphql';
import { fieldRule } from '../src/graphql/rights/rights-table.ts';
import { schema } from '../src/graphql/schema/schema.ts';
import { ROLES } from '../src/identity/role.ts';

// Writes the table of docs/rights.md from the code; with --check it only says, by its exit code, whether it is stale.
const path = new URL('../docs/rights.md', import.meta.url);
const mark = '<!-- the table: npm run generate -->\n';
const page = readFileSync(path, 'utf8');
const start = page.indexOf(mark) + mark.length;
const written = page.slice(0, start) + table() + page.slice(page.indexOf('\n\n', start));
if (!process.argv.includes('--check')) writeFileSync(path, written);
else if (page !== written) {
  console.error('The table in docs/rights.md is stale: run npm run generate.');
  process.exitCode = 1;
}

/** The permissions that each root field needs, and the roles that have them. */
function table(): string {
  const rows = ['Query', 'Mutation', 'Subscription'].flatMap((name) => {
    const root = schema.getType(name);
    const fields = isObjectType(root) ? Object.keys(root.getFields()).sort() : [];
    return fields.map((field) => row(`${name}.${field}`));
  });
  return ['| field | needs | roles |', '|---|---|---|', ...rows].join('\n');
}

function row(field: string): string {
  const rule = fieldRule(field);
  const needs = rule.map((anyOf) => anyOf.map((one) => `\`${one}\``).join(' or ')).join(', and ');
  const roles = Object.entries(ROLES).filter(([, held]: [string, readonly string[]]) =>
    rule.every((anyOf) => anyOf.some((one) => held.includes(one))),
  );
  return `| \`${field}\` | ${needs || 'nothing'} | ${roles.map(([role]) => role).join(', ')} |`;
}
