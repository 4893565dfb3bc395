import type { Catalogue } from './catalogue.ts';

const MUTATION = `mutation ($input: EnqueueRunInput!) {
  enqueueRun(input: $input) { run { id status } deduplicated userErrors { code message path } }
}`;

/** Makes the bodies of requests that enqueue distinct runs, over all attachments in turn. */
export function enqueueBodies({ attachments }: Catalogue): () => string {
  let count = 0;
  return () => {
    count += 1;
    const { id, componentId, productId } = attachments[count % attachments.length]!;
    const input = {
      componentId,
      productId,
      attachmentId: id,
      channel: 'storefront',
      trigger: 'OPERATOR',
      inputPayload: { note: `note ${count}`, quantity: count % 9 },
      metadata: { initiator: 'bench', line: count % 1_000 },
    };
    return JSON.stringify({ query: MUTATION, variables: { input } });
  };
}
