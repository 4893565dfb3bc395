import { Title } from '@mantine/core';
import { type FragmentType, graphql, readFragment } from '../api/generated/index.ts';
import { useConnection } from '../live/journey-client.ts';
import { formatDuration, formatMoment } from '../parts/format.ts';
import { useNow } from '../parts/now.ts';
import { useTimeZone } from '../parts/time-zone.ts';
import classes from './AttemptLanes.module.css';
import { type AttemptCall, callsOf } from './attempt-calls.ts';
import { type Attempt, attemptsOf, type Stretch } from './attempts.ts';
import pageClasses from './RunPage.module.css';
import { positionOf, type Segment, segmentsOf } from './time-scale.ts';

/** A lane for each attempt on one time axis, on which long waits are collapsed. */
export function AttemptLanes({ run: ref }: { run: FragmentType<typeof AttemptLanes_Run> }) {
  const run = readFragment(AttemptLanes_Run, ref);
  const isLive = useConnection().state === 'live';
  const now = useNow(Boolean(run.completedAt) || !isLive);
  const timeZone = useTimeZone();
  const attempts = attemptsOf(run.events.nodes, run.runAt);
  const segments = segmentsOf(attempts, now);
  const calls = callsOf(run.attempts);
  const first = segments[0]?.from;
  const last = segments.at(-1)?.to;
  return (
    <section aria-labelledby="attempts" className={`${pageClasses.card} ${classes.lanes}`}>
      <div className={classes.headLine}>
        <Title order={2} id="attempts">
          Attempts
        </Title>
        <Legend />
      </div>
      <ol className={classes.list}>
        {attempts.map((attempt, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: attempts are only appended, and a number may repeat.
          <Lane key={index} attempt={attempt} calls={calls} segments={segments} now={now} />
        ))}
      </ol>
      {first !== undefined && last !== undefined && (
        <p className={classes.axis}>
          <span>{formatMoment(new Date(first), new Date(), timeZone)}</span>
          <span>{formatDuration(last - first)} in all</span>
          <span>{run.completedAt ? formatMoment(new Date(last), new Date(), timeZone) : 'now'}</span>
        </p>
      )}
    </section>
  );
}

function Lane({ attempt, calls, segments, now }: LaneProps) {
  const startedAt = attempt.stretches.find(({ kind }) => kind === 'preparing')?.from;
  const call = startedAt === undefined ? undefined : calls.get(startedAt);
  return (
    <li className={classes.lane} id={`attempt-${attempt.number}`}>
      <span className={classes.name}>
        Attempt {attempt.number}
        {attempt.isRequested && <small> (requested)</small>}
      </span>
      <span className={classes.track} aria-hidden>
        {attempt.stretches.map((stretch) => (
          <Bar key={stretch.kind} stretch={stretch} segments={segments} now={now} end={attempt.end} />
        ))}
      </span>
      <span className={classes.outcome} data-end={attempt.end}>
        {outcomeOf(attempt, now)}
      </span>
      {call && <Call call={call} />}
    </li>
  );
}

type LaneProps = {
  attempt: Attempt;
  calls: Map<number, AttemptCall>;
  segments: readonly Segment[];
  now: number;
};

function Call({ call: { workerId, idempotencyKey, repeats } }: { call: AttemptCall }) {
  if (!workerId && !idempotencyKey) return null;
  return (
    <span className={classes.call}>
      {workerId && (
        <span>
          Worker <code className="mono">{workerId}</code>
        </span>
      )}
      {idempotencyKey && (
        <span>
          Idempotency-Key <code className="mono">{idempotencyKey}</code>
          {repeats !== null && `, which repeats the call of attempt ${repeats}`}
        </span>
      )}
    </span>
  );
}

function Bar({ stretch, segments, now, end }: BarProps) {
  const to = Math.max(stretch.to ?? now, stretch.from);
  const left = positionOf(segments, stretch.from);
  const width = positionOf(segments, to) - left;
  const isCollapsed = segments.some((one) => one.isCollapsed && one.from >= stretch.from && one.to <= to);
  const duration = formatDuration(to - stretch.from);
  // When the call began is known at its end. The request is prepared within milliseconds.
  const kind = stretch.kind === 'preparing' && stretch.to === null ? 'calling' : stretch.kind;
  return (
    <span
      className={classes.bar}
      data-kind={kind}
      data-end={end}
      title={`${KINDS[kind]}: ${duration}`}
      style={{ left: `${left * 100}%`, width: `max(${width * 100}%, 2px)` }}
    >
      {isCollapsed && width > 0.06 ? <span className={classes.gap}>⋯ {duration} ⋯</span> : null}
    </span>
  );
}

type BarProps = { stretch: Stretch; segments: readonly Segment[]; now: number; end: Attempt['end'] };

const KINDS = {
  waiting: 'Not due yet',
  queued: 'Waiting for a worker',
  preparing: 'Preparing the request',
  calling: 'Script',
} as const;

/** The ends by which the script's stretch has a colour of its own. */
const SCRIPT_ENDS = ['completed', 'failed'] as const;

function Legend() {
  return (
    <ul className={classes.legend}>
      {Object.entries(KINDS).map(([kind, text]) => (
        <li key={kind}>
          <span className={classes.swatch} data-kind={kind} aria-hidden />
          {kind === 'calling' &&
            SCRIPT_ENDS.map((end) => (
              <span key={end} className={classes.swatch} data-kind={kind} data-end={end} aria-hidden />
            ))}{' '}
          {text}
        </li>
      ))}
    </ul>
  );
}

/** How the attempt ended, in words: the lane is drawn for the eye alone. */
function outcomeOf({ end, error, latencyMs, stretches, endedAt }: Attempt, now: number): string {
  const last = stretches.at(-1);
  if (end === null) {
    if (last?.kind === 'preparing') return `running for ${formatDuration(now - last.from)}`;
    return last && last.from > now ? `due in ${formatDuration(last.from - now)}` : 'waiting for a worker';
  }
  const began = stretches.find(({ kind }) => kind === 'preparing')?.from;
  const took = latencyMs ?? (began !== undefined && endedAt !== null ? endedAt - began : null);
  const after = took === null ? '' : ` after ${formatDuration(took)}`;
  if (end === 'completed') return `completed${after}`;
  if (end === 'given back') return 'given back: the worker stopped';
  if (end === 'worker lost') return 'worker lost, does not count';
  return `${error?.code ?? end}${after}`;
}

const AttemptLanes_Run = graphql(`
  fragment AttemptLanes_Run on Run {
    runAt
    completedAt
    attempts {
      number
      startedAt
      workerId
      idempotencyKey
    }
    events(first: 100) {
      nodes {
        type
        at
        attempt
        runAt
        error {
          code
          message
        }
        telemetry {
          latencyMs
        }
      }
    }
  }
`);
