import { isJsonObject, parseExactly } from '../api/exact-numbers.ts';
import type { ReplayRunInput } from '../api/generated/graphql.ts';

export type ReplayMode = 'exact' | 'bindings' | 'version' | 'edited';

export type ReplayChoice = { label: string; description: string; action: string };

/** The four ways to replay a run: what each takes over from it, and what the button says. */
export const REPLAY_MODES: Record<ReplayMode, ReplayChoice> = {
  exact: {
    label: 'As it was',
    description: 'The same payloads, bindings and version. The product is read as it is now.',
    action: 'Replay as it was',
  },
  bindings: {
    label: 'With the current bindings',
    description: 'For a run that failed because a binding was wrong, and has been corrected since.',
    action: 'Replay with the current bindings',
  },
  version: {
    label: 'With the latest version',
    description:
      'For a component whose script, schema or limits have changed since. It takes the current bindings too.',
    action: 'Replay with the latest version',
  },
  edited: {
    label: 'With an edited payload',
    description: 'The same bindings and version, with an input payload that you change here.',
    action: 'Replay with this payload',
  },
};

/**
 * The input of replayRun for a mode; null while the edited payload is no JSON object.
 *
 * @param isBound whether the run belongs to a step of a product. Without one there are no current bindings.
 */
export function replayInput(mode: ReplayMode, payload: string, isBound = true): ReplayRunInput | null {
  if (mode === 'exact') return {};
  if (mode === 'bindings') return { useCurrentBindings: true };
  if (mode === 'version') return { useCurrentBindings: isBound, useLatestVersion: true };
  try {
    const inputPayload: unknown = parseExactly(payload);
    return isJsonObject(inputPayload) ? { inputPayload } : null;
  } catch {
    return null;
  }
}
