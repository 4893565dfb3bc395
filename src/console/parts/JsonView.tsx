import { Group, Skeleton, Text } from '@mantine/core';
import { lazy, Suspense, useMemo } from 'react';
import { CopyButton } from './CopyButton.tsx';
import { DownloadButton } from './DownloadButton.tsx';
import classes from './JsonView.module.css';

const CodeView = lazy(() =>
  import('./CodeView.tsx').then(({ CodeView: component }) => ({ default: component })),
);

/** A JSON value to read: fold it, search it with Ctrl F, copy or download it. `name` is that of the file. */
export function JsonView({ value, name }: { value: unknown; name: string }) {
  const text = useMemo(() => JSON.stringify(value, null, 2), [value]);
  return (
    <div className={classes.view}>
      <Group justify="space-between" gap="xs" className={classes.head}>
        <Text size="xs" c="dimmed">
          {name} · {sizeText(text.length)}
        </Text>
        <Group gap={2}>
          <CopyButton text={text} label={`Copy ${name}`} />
          <DownloadButton text={text} name={name} />
        </Group>
      </Group>
      <Suspense fallback={<Skeleton height={120} m="sm" />}>
        <CodeView text={text} label={name} />
      </Suspense>
    </div>
  );
}

const sizeText = (characters: number) =>
  characters < 1_024 ? `${characters} characters` : `${(characters / 1_024).toFixed(1)} KiB`;
