import type { Database } from '../postgres/database.ts';
import { ofReplay, type ReplayInput, readReplay } from '../runs/operate/replay.ts';
import type { CheckBudget } from '../script-request/check-budget.ts';
import { emptyPreview, type RunPreview } from './preview.ts';
import { previewRequest } from './preview-run.ts';

/** Previews replayRun, without changing anything. */
export async function previewReplay(
  db: Database,
  id: string,
  input: ReplayInput,
  caller: string,
  requestBudget: CheckBudget,
): Promise<RunPreview> {
  const request = await readReplay(db.pool, id, input, caller);
  if (!request.ok) return emptyPreview(request.userErrors);
  const preview = await previewRequest(db, request.value, requestBudget);
  return { ...preview, userErrors: preview.userErrors.map(ofReplay) };
}
