import { useDebouncedValue } from '@mantine/hooks';
import { useMemo, useRef } from 'react';
import type { AttachmentInput, SaveProductInput } from '../api/generated/graphql.ts';
import { graphql } from '../api/generated/index.ts';
import { useOperation } from '../api/query.ts';
import { useMay } from '../parts/permissions.ts';
import type { InputMistake } from './field-errors.ts';
import type { Sample } from './sample.ts';

/** The service's preview of a step as it is typed, for a run with the sample. */
export type Preview = {
  /** The request that the script host would receive. While there is an error, the latest one without. */
  request: unknown;
  /** By inputKey. */
  found: ReadonlyMap<string, Found>;
  /** Why the value of an input does not fit the component's schema, by the input's name. */
  inputErrors: ReadonlyMap<string, string>;
  /** Errors of the schema that belong to no bound input. */
  otherErrors: readonly string[];
  /** Errors in the attachment, with paths that begin in it. */
  mistakes: readonly InputMistake[];
};

export type Found = { resolved: boolean; value?: unknown; reason?: string | null };

/**
 * Previews the step a moment after the last change. Answers that are out of date are dropped.
 * @param inputKeys the inputs that have a field on the page, beside which their errors stand
 */
export function usePreview(state: PreviewState, inputKeys: readonly string[]): Preview {
  const mayWrite = useMay('WRITE_CATALOGUE');
  const mayTry = useMay('ENQUEUE_RUNS') || mayWrite;
  const [settled] = useDebouncedValue(JSON.stringify(state), 250);
  const { step, product, sample }: PreviewState = useMemo(() => JSON.parse(settled), [settled]);
  const { data } = useOperation(
    StepPreview_Query,
    {
      // A product that is previewed is not saved: no revision is expected, and its steps are not read.
      product: { ...product, sku: product?.sku ?? '', journeyComponents: null },
      attachment: step,
      input: {
        componentId: step.componentId,
        shop: product?.shop,
        channel: 'admin_preview',
        inputPayload: sample.inputPayload,
        context: sample.context,
        metadata: sample.metadata,
      },
    },
    { enabled: product !== null && mayTry, staleTime: 0 },
  );
  const bound = new Set(inputKeys);
  const preview = read(data?.previewRun, bound);
  const latest = useRef<unknown>(null);
  if (preview.request !== null) latest.current = preview.request;
  return { ...preview, request: latest.current };
}

type PreviewState = { step: AttachmentInput; product: SaveProductInput | null; sample: Sample };

type Answer = {
  request?: unknown;
  userErrors: readonly InputMistake[];
  inputErrors: readonly { path: string; message: string }[];
  bindings: readonly (Found & { binding: { inputKey: string } })[];
};

function read(answer: Answer | null | undefined, bound: ReadonlySet<string>): Preview {
  const found = new Map(answer?.bindings.map((entry) => [entry.binding.inputKey, entry]));
  const inputErrors = new Map<string, string>();
  const otherErrors: string[] = [];
  for (const { path, message } of answer?.inputErrors ?? []) {
    const name = /^\/?([^/.[]*)/.exec(path)?.[1] ?? '';
    if (bound.has(name)) inputErrors.set(name, [inputErrors.get(name), message].filter(Boolean).join('; '));
    else otherErrors.push(`${path} ${message}`.trim());
  }
  const mistakes = (answer?.userErrors ?? []).flatMap(({ path, message }) =>
    path[0] === 'attachment' ? [{ path: path.slice(1), message }] : [],
  );
  return { request: answer?.request ?? null, found, inputErrors, otherErrors, mistakes };
}

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
        }
      }
    }
  }
`);
