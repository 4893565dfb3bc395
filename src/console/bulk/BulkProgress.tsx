import { Progress, Text } from '@mantine/core';
import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';

/** How far an operation is: a bar of what was done, skipped and failed, and its status in words. */
export function BulkProgress({
  operation: ref,
}: {
  operation: FragmentType<typeof BulkProgress_BulkOperation>;
}) {
  const { status, expected, done, skipped, failed } = readFragment(BulkProgress_BulkOperation, ref);
  const share = (count: number) => (expected === 0 ? 0 : (count / expected) * 100);
  return (
    <>
      <Progress.Root size="sm" aria-hidden>
        <Progress.Section value={share(done)} color="pine" />
        <Progress.Section value={share(skipped)} color="gray" />
        <Progress.Section value={share(failed)} color="red" />
      </Progress.Root>
      <Text size="xs" c="dimmed" mt={2}>
        {STATUS_WORDS[status]}, {done + skipped + failed} of {expected}
      </Text>
    </>
  );
}

const STATUS_WORDS = { RUNNING: 'in progress', COMPLETED: 'completed', ABORTED: 'aborted' };

const BulkProgress_BulkOperation = graphql(`
  fragment BulkProgress_BulkOperation on BulkOperation {
    status
    expected
    done
    skipped
    failed
  }
`);
