import { useDebouncedValue } from '@mantine/hooks';
import { useMemo, useRef } from 'react';
import { parseExactly } from '../api/exact-numbers.ts';
import type { StepPreview_QueryQueryVariables } from '../api/generated/graphql.ts';
import { graphql } from '../api/generated/index.ts';
import { useOperation } from '../api/query.ts';
import { useMay } from '../parts/permissions.ts';
import { type Preview, previewOf } from './step-preview.ts';

export type LivePreview = Preview & {
  /** Why the service returned no preview. */
  error: Error | null;
  /** Whether it is that of the present state; until it is, the preview of the state before is shown. */
  isCurrent: boolean;
};

/**
 * Previews a run a moment after the last change; null previews nothing. A request for an earlier state is aborted.
 * @param inputKeys the inputs that have a field on the page, beside which their errors stand
 */
export function usePreview(state: PreviewState | null, inputKeys: readonly string[]): LivePreview {
  const mayPreview = usePreviewRefusal() === null;
  const text = JSON.stringify(state);
  const [settled] = useDebouncedValue(text, 250);
  const variables = useMemo(() => parseExactly(settled) as PreviewState | null, [settled]);
  const isAsked = state !== null && variables !== null && mayPreview;
  const { data, error, isPlaceholderData } = useOperation(StepPreview_Query, variables!, {
    enabled: isAsked,
    staleTime: 0,
  });
  const answer = data?.previewRun;
  const latest = useRef<unknown>(null);
  if (answer?.request != null) latest.current = answer.request;
  return {
    ...previewOf(answer, inputKeys),
    // While there is an error, the latest one without.
    request: latest.current,
    error: isAsked ? error : null,
    isCurrent: isAsked && text === settled && answer != null && !isPlaceholderData,
  };
}

/** Why the viewer may preview nothing; null if they may. */
export function usePreviewRefusal(): string | null {
  const [mayRun, mayWrite] = [useMay('ENQUEUE_RUNS'), useMay('WRITE_CATALOGUE')];
  return mayRun || mayWrite ? null : 'This needs the permission ENQUEUE_RUNS or WRITE_CATALOGUE';
}

export type PreviewState = StepPreview_QueryQueryVariables;

const StepPreview_Query = graphql(`
  query StepPreview_Query($input: EnqueueRunInput!, $product: SaveProductInput, $attachment: AttachmentInput) {
    previewRun(input: $input, product: $product, attachment: $attachment) {
      request
      userErrors {
        message
        path
      }
      inputErrors {
        path
        message
      }
      bindings {
        resolved
        value
        reason
        binding {
          inputKey
          required
        }
      }
    }
  }
`);
