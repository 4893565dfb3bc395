import { Popover, Stack, Text, UnstyledButton } from '@mantine/core';
import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import { CopyButton } from '../parts/CopyButton.tsx';
import classes from './StateHashes.module.css';

/** The hashes of an object's state before and after a change, in short. A click shows them whole, to copy. */
export function StateHashes({ entry: ref }: { entry: FragmentType<typeof StateHashes_AuditEntry> }) {
  const { hashBefore, hashAfter, requestId } = readFragment(StateHashes_AuditEntry, ref);
  const values = [
    ['SHA-256 before', hashBefore],
    ['SHA-256 after', hashAfter],
    ['Request id', requestId],
  ] as const;
  if (values.every(([, value]) => !value)) return <>—</>;
  return (
    <Popover position="bottom-end" shadow="md" withArrow trapFocus>
      <Popover.Target>
        <UnstyledButton className={classes.short}>
          {short(hashBefore)} <span aria-hidden>→</span>
          <span className="visually-hidden">to</span> {short(hashAfter)}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown maw={420}>
        <Stack gap={6}>
          {values.map(
            ([name, value]) =>
              value && (
                <div key={name}>
                  <Text size="xs" c="dimmed">
                    {name} <CopyButton text={value} label={`Copy ${name}`} />
                  </Text>
                  <Text size="xs" className={classes.whole}>
                    {value}
                  </Text>
                </div>
              ),
          )}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

const short = (hash: string | null | undefined) => hash?.slice(0, 8) ?? 'none';

const StateHashes_AuditEntry = graphql(`
  fragment StateHashes_AuditEntry on AuditEntry {
    hashBefore
    hashAfter
    requestId
  }
`);
