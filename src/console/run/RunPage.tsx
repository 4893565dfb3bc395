import { Anchor, Box, Group, Skeleton, Stack } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { Link, useNavigate, useParams, useRouter } from '@tanstack/react-router';
import { ArrowLeft, SearchX } from 'lucide-react';
import { neighboursOf } from '../live/neighbours.ts';
import { Empty } from '../parts/Empty.tsx';
import { Problem } from '../parts/Problem.tsx';
import { RunBody } from './RunBody.tsx';
import classes from './RunPage.module.css';
import { useRun } from './use-run.ts';

/** One run: what happened to it, each attempt, what was sent and received, and what can be done with it. */
export function RunPage() {
  const { id = '' } = useParams({ strict: false });
  const { run, error, reload } = useRun(id);
  const navigate = useNavigate();
  const { history } = useRouter();
  const open = (to: string | undefined) =>
    to && void navigate({ to: '/admin/runs/$id', params: { id: to }, replace: true });
  useHotkeys([
    ['j', () => open(neighboursOf(id).next)],
    ['k', () => open(neighboursOf(id).previous)],
    ['Escape', () => history.back()],
  ]);
  return (
    <div className={classes.scroll} data-scroll-restoration-id="page">
      <Box className={classes.page}>
        <Group gap="xs">
          <Anchor component={Link} to="/admin/runs" size="sm" className={classes.back}>
            <ArrowLeft size={14} aria-hidden /> Runs
          </Anchor>
        </Group>
        {error && <Problem error={error} retry={reload} />}
        {run === undefined && !error && <Loading />}
        {run === null && (
          <Empty icon={<SearchX />} title="There is no such run">
            The id may be mistyped, or the run is so old that retention deleted it.
          </Empty>
        )}
        {run && <RunBody run={run} />}
      </Box>
    </div>
  );
}

const Loading = () => (
  <Stack aria-busy>
    <Skeleton height={32} w={320} />
    <Skeleton height={88} />
    <Skeleton height={160} />
  </Stack>
);
