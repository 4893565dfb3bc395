import { ChevronRight, TriangleAlert, WifiOff } from 'lucide-react';
import { graphql } from '../api/generated/index.ts';
import { useConnection } from '../live/journey-client.ts';
import { useWatch } from '../live/use-watch.ts';
import { formatMoment, plural } from '../parts/format.ts';
import { useNow } from '../parts/now.ts';
import { useTimeZone } from '../parts/time-zone.ts';
import { useEchoRunner } from '../parts/use-echo-runner.ts';
import classes from './ServiceBanners.module.css';

/**
 * Notices that change what every page means: a service that is away, scripts that are not really executed, and queues
 * without a worker.
 */
export function ServiceBanners() {
  const isEcho = useEchoRunner();
  const { data: live } = useWatch(ServiceBanners_Stats, {});
  const unserved = live?.runStats.unservedQueues ?? [];
  return (
    <div role="status">
      <AwayBanner />
      {unserved.map(({ queue, dueRuns }) => (
        <p key={queue ?? ''} className={classes.banner} data-tone="problem">
          <TriangleAlert size={16} aria-hidden />
          <span>
            <b>No worker is running</b> for the queue {queue ? <code>{queue}</code> : 'of older runs'}:{' '}
            {plural(dueRuns, 'due run')} {dueRuns === 1 ? 'is' : 'are'} waiting. Start a worker with{' '}
            <code>npm run worker</code>, or <code>npx journey-runtime worker</code> where the package is
            installed.
          </span>
        </p>
      ))}
      {isEcho && (
        <details className={classes.banner}>
          <summary>
            <ChevronRight size={14} aria-hidden />
            <span>
              <b>Scripts are not executed:</b> the echo runner returns the inputs.
            </span>
          </summary>
          Set <code>JOURNEY_RUNTIME_RUNNER_URL</code> to the address of your script host and start the service
          again.
        </details>
      )}
    </div>
  );
}

/** A restart of the service takes a moment, in which nothing needs to be said. */
const AWAY_MS = 3_000;

function AwayBanner() {
  const connection = useConnection();
  const since = connection.state === 'interrupted' ? connection.since : null;
  const now = useNow(since === null);
  const timeZone = useTimeZone();
  if (since === null || now - since.getTime() < AWAY_MS) return null;
  return (
    <p className={classes.banner} data-tone="problem">
      <WifiOff size={16} aria-hidden />
      <span>
        <b>The service cannot be reached</b> since {formatMoment(since, new Date(now), timeZone)}. This page
        shows what was known then, and continues by itself.
      </span>
    </p>
  );
}

const ServiceBanners_Stats = graphql(`
  subscription ServiceBanners_Stats {
    runStats {
      unservedQueues {
        queue
        dueRuns
      }
    }
  }
`);
