import { Alert, List, Skeleton, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { JsonView } from '../parts/JsonView.tsx';
import { Problem } from '../parts/Problem.tsx';
import type { BindingDraft } from './product-draft.ts';
import classes from './RequestPreview.module.css';
import { inputOrigins } from './step-preview.ts';
import type { LivePreview } from './use-preview.ts';

/** The request that a run would send: why it would fail, what each input gets and from where, and the JSON. */
export function RequestPreview({ preview, bindings, obstacle, children }: RequestPreviewProps) {
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    // Newer browsers return a promise here, which an effect must not return: React would call it as its cleanup.
    box.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  const { request, problems, error, isCurrent } = preview;
  return (
    <section ref={box} className={classes.box} aria-labelledby="preview" aria-busy={!isCurrent}>
      <Title order={3} size="h4" id="preview">
        The request
      </Title>
      <Text size="sm" c="dimmed">
        {children}
      </Text>
      {obstacle && <Text size="sm">{obstacle}</Text>}
      {error && <Problem error={error} />}
      {!isCurrent && !obstacle && !error && request === null && <Skeleton height={120} />}
      {problems.length > 0 && (
        <Alert
          color="red"
          variant="light"
          title="This run would fail before its script is called"
          role="status"
        >
          <List size="sm">
            {problems.map((problem) => (
              <List.Item key={problem}>{problem}</List.Item>
            ))}
          </List>
        </Alert>
      )}
      {request !== null && (
        <>
          <dl className={classes.inputs} aria-label="What each input gets">
            {inputOrigins(preview, bindings).map(({ name, isSent, value, origin }) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>
                  {isSent ? <span className="mono">{shortText(value)}</span> : 'no value'}
                  <Text span size="xs" c="dimmed">
                    from {origin}
                  </Text>
                </dd>
              </div>
            ))}
          </dl>
          <JsonView value={request} name="request.json" />
        </>
      )}
    </section>
  );
}

type RequestPreviewProps = {
  preview: LivePreview;
  bindings: readonly BindingDraft[];
  /** Why nothing can be previewed now. */
  obstacle: string | null;
  /** Which run is previewed. */
  children: ReactNode;
};

function shortText(value: unknown): string {
  const text = JSON.stringify(value) ?? '';
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
