import { Alert, List, Skeleton, Stack, Text, Title } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { plural } from '../parts/format.ts';
import { Problem } from '../parts/Problem.tsx';
import { type Change, changesOf } from './changes.ts';
import type { ReplayForecast } from './use-replay-preview.ts';

const JsonDiff = lazy(() => import('../parts/JsonDiff.tsx').then((module) => ({ default: module.JsonDiff })));

/** The request that a replay would send, compared with the one that was sent: in words, then side by side. */
export function ReplayPreview({ forecast, wasSent }: { forecast: ReplayForecast; wasSent: unknown }) {
  const { preview, problems, error, isStale } = forecast;
  if (error) return <Problem error={error} />;
  if (!preview) return <Skeleton height={120} />;
  return (
    <Stack gap="sm" style={{ opacity: isStale ? 0.6 : 1 }}>
      {problems.length > 0 && (
        <Alert color="red" variant="light" title="This run would fail">
          <List size="sm">
            {problems.map((problem) => (
              <List.Item key={problem}>{problem}</List.Item>
            ))}
          </List>
        </Alert>
      )}
      {preview.request !== null && (
        <Differences wasSent={wasSent} wouldBeSent={preview.request} wouldFail={problems.length > 0} />
      )}
    </Stack>
  );
}

type DifferencesProps = { wasSent: unknown; wouldBeSent: unknown; wouldFail: boolean };

function Differences({ wasSent, wouldBeSent, wouldFail }: DifferencesProps) {
  if (wasSent === null || wasSent === undefined)
    return (
      <Text size="sm" c="dimmed">
        Nothing was sent in the run, so there is nothing to compare with.
      </Text>
    );
  const changes = changesOf(wasSent, wouldBeSent);
  // A run that would fail before its script is called sends nothing.
  if (changes.length === 0 && wouldFail) return null;
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
