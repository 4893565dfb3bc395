import { ChevronRight, TriangleAlert } from 'lucide-react';
import { graphql } from '../api/generated/index.ts';
import { useWatch } from '../live/use-watch.ts';
import { plural } from '../parts/format.ts';
import { useEchoRunner } from '../parts/use-echo-runner.ts';
import classes from './ServiceBanners.module.css';

/** Notices that change what every page means: scripts that are not really executed, and queues without a worker. */
export function ServiceBanners() {
  const isEcho = useEchoRunner();
  const { data: live } = useWatch(ServiceBanners_Stats, {});
  const unserved = live?.runStats.unservedQueues ?? [];
  return (
    <div role="status">
      {unserved.map(({ queue, dueRuns }) => (
        <p key={queue ?? ''} className={classes.banner} data-tone="problem">
          <TriangleAlert size={16} aria-hidden />
          <span>
            <b>No worker is running</b> for the queue {queue ? <code>{queue}</code> : 'of older runs'}:{' '}
            {plural(dueRuns, 'due run')} {dueRuns === 1 ? 'is' : 'are'} waiting. Start a worker with{' '}
            <code>npm run worker</code>.
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
