/** One step of the journey of an order line: the runs of an attachment, or why it did not run. */
export type Step<Run> = {
  key: string;
  name: string;
  runs: Run[];
  /** Why a checkout or an automation enqueued no run; null for a step that ran, or that none has covered yet. */
  skipped: string | null;
};

type Named = { id: string; displayOrder: number; component: { name: string } };
type LineRun = {
  id: string;
  orderLine?: { position: number } | null;
  attachment?: { id: string; displayOrder: number } | null;
  component: { name: string };
  replayOf?: { id: string } | null;
};
type Skip = { line?: { position: number } | null; attachment?: Named | null; reason?: string | null };

/**
 * The steps of one line in the order of the journey: those that ran, each with its runs, newest first; those that were
 * skipped, with the latest reason; and the other attachments of the product. A step that was skipped once and ran later
 * has run. A replay stands with the run that it replays, if that one is given too.
 */
export function stepsOf<Run extends LineRun>(
  position: number,
  runs: readonly Run[],
  skips: readonly Skip[],
  attachments: readonly Named[] = [],
): Step<Run>[] {
  const steps = new Map<string, Step<Run> & { order: number }>();
  const given = new Set(runs.map(({ id }) => id));
  for (const run of runs) {
    if (run.orderLine?.position !== position || given.has(run.replayOf?.id ?? '')) continue;
    const key = run.attachment?.id ?? run.component.name;
    const step = steps.get(key) ?? {
      key,
      name: run.component.name,
      order: run.attachment?.displayOrder ?? Number.MAX_SAFE_INTEGER,
      runs: [],
      skipped: null,
    };
    step.runs.push(run);
    steps.set(key, step);
  }
  for (const { line, attachment, reason } of skips) {
    if (line?.position !== position) continue;
    const key = attachment?.id ?? 'no product';
    if (steps.get(key)?.runs.length) continue;
    steps.set(key, {
      key,
      name: attachment?.component.name ?? 'No product',
      order: attachment?.displayOrder ?? Number.MAX_SAFE_INTEGER,
      runs: [],
      skipped: reason ?? 'It was skipped.',
    });
  }
  for (const { id, displayOrder, component } of attachments) {
    if (steps.has(id)) continue;
    steps.set(id, { key: id, name: component.name, order: displayOrder, runs: [], skipped: null });
  }
  return [...steps.values()].sort((a, b) => a.order - b.order).map(({ order: _, ...step }) => step);
}
