import { ownTurn } from '../../async/own-turn.ts';
import { invalid, ok, type Result } from '../../errors.ts';
import type { Database } from '../../postgres/database.ts';
import { newId } from '../../postgres/new-id.ts';
import type { CheckBudget } from '../../script-request/check-budget.ts';
import { planUpdate, type UpdateComponentInput } from '../components/update.ts';
import type { LintSubject } from './lint.ts';
import { type AttachmentFinding, findingsOf, readSubjectsOf } from './read-lint.ts';

/** The effect of an update of a component on the attachments of it. */
export type ComponentPreview = {
  isNewVersion: boolean;
  /** The number of attachments that were checked. */
  checked: number;
  isComplete: boolean;
  /** The problems that attachments would have with the new version, and do not have now. */
  problems: AttachmentFinding[];
};

export const ATTACHMENTS_CHECKED = 500;

/** Checks what updateComponent would do with this input, and which attachments would get problems by it. */
export async function previewComponent(
  db: Database,
  id: string,
  input: UpdateComponentInput,
  requestBudget: CheckBudget,
): Promise<Result<ComponentPreview>> {
  const planned = await planUpdate(db, id, input);
  if ('userErrors' in planned) return invalid(...planned.userErrors);
  const { stored, definition, isNew } = planned;
  const subjects = await readSubjectsOf(db.pool, stored.id, ATTACHMENTS_CHECKED + 1);
  const checked = subjects.slice(0, ATTACHMENTS_CHECKED);
  const { triggers, script, inputSchema, providerDependencies } = definition;
  // Schemas are cached by the id of their version.
  const version = {
    id: newId(),
    version: stored.version + 1,
    scriptSlug: script.slug,
    scriptRuntime: script.runtime,
    scriptVersion: script.version,
    scriptMetadata: script.metadata,
    inputSchema,
    providerDependencies,
  };
  const problems: AttachmentFinding[] = [];
  for (const subject of isNew ? checked : []) {
    await ownTurn();
    const now = { ...subject, isArchived: false };
    const after = { ...now, triggers, version: { ...subject.version, ...version } };
    problems.push(...(await added(now, after, requestBudget)));
  }
  return ok({
    isNewVersion: isNew,
    checked: checked.length,
    isComplete: subjects.length === checked.length,
    problems,
  });
}

async function added(
  now: LintSubject,
  after: LintSubject,
  requestBudget: CheckBudget,
): Promise<AttachmentFinding[]> {
  const found = await findingsOf(after, requestBudget);
  if (found.length === 0) return [];
  const known = new Set((await findingsOf(now, requestBudget)).map(keyOf));
  return found.filter((finding) => !known.has(keyOf(finding)));
}

const keyOf = ({ code, path, message }: AttachmentFinding): string => JSON.stringify([code, path, message]);
