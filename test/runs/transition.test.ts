import { expect, test } from 'vitest';
import { RUN_EVENT_TYPES, RUN_STATUSES, TRANSITIONS } from '../../src/runs/model/status.ts';
import { transitionSql } from '../../src/runs/transition.ts';

const BASE = { input: { run_id: 'uuid' }, set: {}, event: {}, answer: 'select r.id from changed r' };

test('an event that the transition table does not know is refused when the statement is built', () => {
  for (const event of ['PAUSED', 'constructor', ''])
    expect(() => transitionSql({ ...BASE, events: { [event]: {} } })).toThrow(/no event .* in TRANSITIONS/);
});

test('an event is refused for every status in which the table does not allow it, and taken for the others', () => {
  for (const event of RUN_EVENT_TYPES)
    for (const status of RUN_STATUSES) {
      const allowed: readonly string[] = TRANSITIONS[event].from;
      const build = () => transitionSql({ ...BASE, events: { [event]: { from: [status] } } });
      if (allowed.includes(status)) expect(build()).toContain(`r.status in ('${status}')`);
      else expect(build).toThrow(`TRANSITIONS does not allow ${event} for a run that is ${status}`);
    }
});

test('guard, new status and jobs follow from the table', () => {
  const retried = transitionSql({ ...BASE, events: { RETRIED: {} } });
  expect(retried).toContain(`r.status in ('FAILED', 'CANCELED')`);
  expect(retried).toContain(`when 'RETRIED' then 'QUEUED'`);
  expect(retried).toContain('graphile_worker.add_jobs');
  expect(transitionSql({ ...BASE, events: { STARTED: {} } })).not.toContain('graphile_worker.add_jobs');
});
