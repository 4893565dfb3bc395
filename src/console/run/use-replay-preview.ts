import type { ReplayRunInput, UseReplayPreview_QueryQuery } from '../api/generated/graphql.ts';
import { graphql } from '../api/generated/index.ts';
import { useOperation } from '../api/query.ts';

/** The request that a replay would send, and why it would fail. */
export type ReplayForecast = {
  /** undefined while it is read. */
  preview: NonNullable<UseReplayPreview_QueryQuery['previewReplay']> | undefined;
  problems: string[];
  error: Error | null;
  /** Whether the preview is that of the input before. */
  isStale: boolean;
};

/** Previews a replay; nothing is read while there is no input. */
export function useReplayPreview(id: string, input: ReplayRunInput | null): ReplayForecast {
  const { data, error, isPlaceholderData } = useOperation(
    UseReplayPreview_Query,
    { id, input },
    { staleTime: 0, enabled: input !== null },
  );
  const preview = data?.previewReplay ?? undefined;
  return { preview, problems: preview ? problemsOf(preview) : [], error, isStale: isPlaceholderData };
}

function problemsOf(preview: NonNullable<ReplayForecast['preview']>): string[] {
  const missing = preview.bindings.filter(({ binding, reason }) => reason && binding.required);
  return [
    ...preview.userErrors.map(({ message }) => message),
    ...missing.map(({ binding, reason }) => `${binding.inputKey}, from ${pathOf(binding)}: ${reason}`),
    ...preview.inputErrors
      .filter(({ path }) => !missing.some(({ binding }) => path === `/${binding.inputKey}`))
      .map(({ path, message }) => `${path || 'inputs'}: ${message}`),
  ];
}

const pathOf = (binding: object) => ('path' in binding ? String(binding.path) : 'a fixed value');

const UseReplayPreview_Query = graphql(`
  query UseReplayPreview_Query($id: ID!, $input: ReplayRunInput) {
    previewReplay(id: $id, input: $input) {
      request
      userErrors {
        message
      }
      inputErrors {
        path
        message
      }
      bindings {
        reason
        binding {
          inputKey
          required
          ... on ProductFieldBinding {
            path
          }
          ... on RuntimeBinding {
            path
          }
        }
      }
    }
  }
`);
