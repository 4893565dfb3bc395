/** The request to the script host as a curl command. Secrets are masked in it, so it shows where to put them. */
export function curlOf(request: unknown): string {
  const body = JSON.stringify(request, null, 2).replaceAll("'", "'\\''");
  return `curl "$SCRIPT_HOST" -H 'content-type: application/json' -d '${body}'`;
}

export type EnqueuedRun = {
  component: { id: string };
  product?: { id: string } | null;
  attachment?: { id: string } | null;
  channel?: string | null;
  trigger?: string | null;
  inputPayload?: unknown;
  context?: unknown;
  metadata?: unknown;
};

/** The mutation and the variables that enqueue a run like this one, for GraphiQL or a script. */
export function enqueueOf({ component, product, attachment, ...run }: EnqueuedRun): string {
  const input = {
    componentId: component.id,
    ...(product && { productId: product.id }),
    ...(attachment && { attachmentId: attachment.id }),
    ...(run.channel && { channel: run.channel }),
    ...(run.trigger && { trigger: run.trigger }),
    inputPayload: run.inputPayload,
    context: run.context,
    metadata: run.metadata,
  };
  return `mutation ($input: EnqueueRunInput!) {
  enqueueRun(input: $input) { run { id status } userErrors { code message path } }
}

# Variables
${JSON.stringify({ input }, null, 2)}
`;
}
