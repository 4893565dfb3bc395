import { Text } from '@mantine/core';
import { Lightbulb } from 'lucide-react';
import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import { useConnection } from '../live/journey-client.ts';
import { useNow } from '../parts/now.ts';
import { ReplayLink } from '../parts/ReplayLink.tsx';
import { lookOf } from '../parts/status-looks.ts';
import { attemptsOf } from './attempts.ts';
import { FaultList } from './FaultList.tsx';
import { faultsOf } from './faults.ts';
import classes from './RunVerdict.module.css';
import { verdictOf } from './verdict.ts';

/** One sentence that says what happened to the run, with the reasons and the way on. */
export function RunVerdict({ run: ref }: { run: FragmentType<typeof RunVerdict_Run> }) {
  const run = readFragment(RunVerdict_Run, ref);
  const isLive = useConnection().state === 'live';
  const now = useNow(Boolean(run.completedAt) || !isLive);
  const events = run.events.nodes;
  // A cancel of a running run is requested first, and the reason is that of the request.
  const canceled = events.findLast(({ reason }) => reason);
  const { title, reasons, advice } = verdictOf(run, attemptsOf(events, run.runAt), now, canceled?.reason);
  const faults = faultsOf(run.error?.detail);
  // A run that is executed again still has the response to its attempt before.
  const answer = run.error && run.telemetry?.errorPreview;
  const { icon: Icon, tone } = lookOf(run, now);
  const replay = run.latestReplay;
  const isSolved = replay?.status === 'COMPLETED';
  return (
    <section aria-label="What happened" className={classes.verdict} data-tone={isSolved ? undefined : tone}>
      <Icon size={20} aria-hidden className={classes.icon} />
      <div>
        <p className={classes.title}>{title}</p>
        {replay && <ReplayLink replay={replay} />}
        {reasons.map((reason) => (
          <Text key={reason} size="sm" className={classes.reason}>
            {reason}
          </Text>
        ))}
        {answer && (
          <figure className={classes.answer}>
            <figcaption>The script host responded:</figcaption>
            <pre className="mono">{answer}</pre>
          </figure>
        )}
        {faults.length > 0 && <FaultList run={run} faults={faults} />}
        {advice && !isSolved && (
          <p className={classes.advice}>
            <Lightbulb size={15} aria-hidden /> <span>{advice}</span>
          </p>
        )}
      </div>
    </section>
  );
}

const RunVerdict_Run = graphql(`
  fragment RunVerdict_Run on Run {
    status
    latestReplay {
      status
      ...ReplayLink_Run
    }
    attempt
    maxAttempts
    lostAttempts
    runAt
    startedAt
    completedAt
    cancelRequestedAt
    error {
      code
      message
      detail @include(if: $payloads)
      retryable
    }
    telemetry {
      errorPreview @include(if: $payloads)
    }
    events(first: 100) {
      nodes {
        type
        at
        attempt
        runAt
        reason
        error {
          code
          message
        }
        telemetry {
          latencyMs
        }
      }
    }
    ...FaultList_Run @include(if: $payloads)
  }
`);
