import { Alert, List, Skeleton, Stack, Text, Title } from '@mantine/core';
import { lazy, Suspense } from 'react';
import type { ReplayRunInput } from '../api/generated/graphql.ts';
import { graphql } from '../api/generated/index.ts';
import { useOperation } from '../api/query.ts';
import { plural } from '../parts/format.ts';
import { Problem } from '../parts/Problem.tsx';
import { type Change, changesOf } from './changes.ts';

const JsonDiff = lazy(() => import('../parts/JsonDiff.tsx').then((module) => ({ default: module.JsonDiff })));

/** The request that a replay would send, compared with the one that was sent: in words, then side by side. */
export function ReplayPreview({
  id,
  input,
  wasSent,
}: {
  id: string;
  input: ReplayRunInput;
  wasSent: unknown;
}) {
  const { data, error, isPlaceholderData } = useOperation(
    ReplayPreview_Query,
    { id, input },
    { staleTime: 0 },
  );
  if (error) return <Problem error={error} />;
  const preview = data?.previewReplay;
  if (!preview) return <Skeleton height={120} />;
  const missing = preview.bindings.filter(({ binding, reason }) => reason && binding.required);
  const problems = [
    ...preview.userErrors.map(({ message }) => message),
    ...missing.map(({ binding, reason }) => `${binding.inputKey}, from ${pathOf(binding)}: ${reason}`),
    ...preview.inputErrors
      .filter(({ path }) => !missing.some(({ binding }) => path === `/${binding.inputKey}`))
      .map(({ path, message }) => `${path || 'inputs'}: ${message}`),
  ];
  return (
    <Stack gap="sm" style={{ opacity: isPlaceholderData ? 0.6 : 1 }}>
      {problems.length > 0 && (
        <Alert color="red" variant="light" title="This run would fail">
          <List size="sm">
            {problems.map((problem) => (
              <List.Item key={problem}>{problem}</List.Item>
            ))}
          </List>
        </Alert>
      )}
      {preview.request !== null && <Differences wasSent={wasSent} wouldBeSent={preview.request} />}
    </Stack>
  );
}

const pathOf = (binding: object) => ('path' in binding ? String(binding.path) : 'a fixed value');

function Differences({ wasSent, wouldBeSent }: { wasSent: unknown; wouldBeSent: unknown }) {
  if (wasSent === null || wasSent === undefined)
    return (
      <Text size="sm" c="dimmed">
        Nothing was sent in the run, so there is nothing to compare with.
      </Text>
    );
  const changes = changesOf(wasSent, wouldBeSent);
  if (changes.length === 0)
    return <Text size="sm">The request would be the same as the one that was sent.</Text>;
  return (
    <>
      <div role="status">
        <Title order={3} size="sm">
          {plural(changes.length, 'difference')} from what was sent
        </Title>
        <List size="sm" mt={4}>
          {changes.slice(0, 12).map((change) => (
            <List.Item key={change.path}>
              <ChangeText change={change} />
            </List.Item>
          ))}
        </List>
        {changes.length > 12 && <Text size="sm">and {changes.length - 12} more</Text>}
      </div>
      <Suspense fallback={<Skeleton height={160} />}>
        <JsonDiff
          before={JSON.stringify(wasSent, null, 2)}
          after={JSON.stringify(wouldBeSent, null, 2)}
          labels={['Was sent', 'Would be sent now']}
        />
      </Suspense>
    </>
  );
}

function ChangeText({ change: { path, kind, before, after } }: { change: Change }) {
  return (
    <>
      <code className="mono">{path}</code>{' '}
      {kind === 'changed' && (
        <>
          {short(before)} → {short(after)}
        </>
      )}
      {kind === 'added' && <>is new: {short(after)}</>}
      {kind === 'removed' && <>is no longer sent; it was {short(before)}</>}
    </>
  );
}

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? '';
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

const ReplayPreview_Query = graphql(`
  query ReplayPreview_Query($id: ID!, $input: ReplayRunInput) {
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
