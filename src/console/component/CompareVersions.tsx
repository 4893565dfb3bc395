import { Group, NativeSelect, Text } from '@mantine/core';
import { useState } from 'react';
import classes from './ComponentForm.module.css';
import { changesOf, type Definition } from './version-changes.ts';

/** Compares any two of a component's versions, which are the latest first. At first the oldest with the latest. */
export function CompareVersions({ versions }: { versions: readonly (Definition & { version: number })[] }) {
  const [from, setFrom] = useState(String(versions.at(-1)!.version));
  const [to, setTo] = useState(String(versions[0]!.version));
  const numbers = versions.map(({ version }) => String(version));
  const find = (number: string) => versions.find(({ version }) => String(version) === number)!;
  const changes = changesOf(find(from), find(to));
  return (
    <div>
      <Group gap="xs">
        <NativeSelect
          size="xs"
          label="From version"
          data={numbers}
          value={from}
          onChange={({ currentTarget }) => setFrom(currentTarget.value)}
        />
        <NativeSelect
          size="xs"
          label="To version"
          data={numbers}
          value={to}
          onChange={({ currentTarget }) => setTo(currentTarget.value)}
        />
      </Group>
      <ul className={classes.changes} aria-label={`Changes from version ${from} to version ${to}`}>
        {changes.map((change) => (
          <li key={change}>{change}</li>
        ))}
      </ul>
      {changes.length === 0 && (
        <Text size="sm" c="dimmed">
          Scripts see no difference between these two.
        </Text>
      )}
    </div>
  );
}
