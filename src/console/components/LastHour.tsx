import { Text } from '@mantine/core';
import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import { formatDuration, plural } from '../parts/format.ts';
import { PageLink } from '../parts/PageLink.tsx';
import { successText } from '../parts/success-text.ts';

/** How many runs of a component succeeded within the last hour, and how long they took. Failures lead to their runs. */
export function LastHour({ component: ref }: { component: FragmentType<typeof LastHour_Component> }) {
  const { key, stats } = readFragment(LastHour_Component, ref);
  if (!stats) return <Text size="sm">—</Text>;
  const { completed, failed, latencyP50Ms, latencyP95Ms } = stats;
  if (latencyP50Ms == null || latencyP95Ms == null)
    return (
      <Text size="sm" c="dimmed">
        no runs
      </Text>
    );
  return (
    <>
      <Text size="sm">
        {successText(completed, failed)} succeeded
        {failed > 0 && (
          <>
            {' · '}
            <PageLink
              to="/admin/runs"
              search={{ component: key, status: 'FAILED', last: '1h', by: 'completed' }}
              underline="always"
            >
              {plural(failed, 'failure')}
            </PageLink>
          </>
        )}
      </Text>
      <Text size="xs" c="dimmed">
        half in {formatDuration(latencyP50Ms)}, 95 % in {formatDuration(latencyP95Ms)}
      </Text>
    </>
  );
}

const LastHour_Component = graphql(`
  fragment LastHour_Component on Component {
    key
    stats @include(if: $runs) {
      completed
      failed
      latencyP50Ms
      latencyP95Ms
    }
  }
`);
