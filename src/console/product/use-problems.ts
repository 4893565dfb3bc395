import { graphql } from '../api/generated/index.ts';
import { useOperation } from '../api/query.ts';
import { type ProductDraft, type StepDraft, stepInput } from './product-draft.ts';

/**
 * Finds the problems of a step of a product, as the service sees the step that is stored. A step that was changed since has
 * none: its preview shows what is wrong with it.
 */
export function useProblems(
  sku: string,
  shop: string | null,
  base: { revision: number; draft: ProductDraft },
): (step: StepDraft) => readonly string[] {
  const { data } = useOperation(Problems_Query, { sku, shop }, { staleTime: 0 });
  const text = (step: StepDraft | undefined) => step && JSON.stringify(stepInput(step));
  return (step) => {
    const stored = base.draft.steps.find(({ key }) => key === step.key);
    if (text(stored) !== text(step)) return [];
    const { revision, problems = [] } = data?.product ?? {};
    if (revision !== base.revision) return [];
    return problems.flatMap(({ attachment, message }) =>
      attachment.id === step.attachmentId ? message : [],
    );
  };
}

const Problems_Query = graphql(`
  query Problems_Query($sku: String!, $shop: String) {
    product(sku: $sku, shop: $shop) {
      revision
      problems {
        message
        attachment {
          id
        }
      }
    }
  }
`);
