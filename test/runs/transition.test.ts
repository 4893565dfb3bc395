import { expect, test } from 'vitest';
import { STATE_TABLES } from '../../src/runs/model/state-tables.ts';
import { RUN_EVENT_TYPES, RUN_STATUSES, TRANSITIONS } from '../../src/runs/model/status.ts';
import { markSql, transitionSql } from '../../src/runs/transition.ts';

const BASE = { requested: { run_id: 'uuid' }, set: {}, event: {}, answer: 'select r.id from after r' };

test('an event that the transition table does not know is refused when the statement is built', () => {
  for (const event of ['PAUSED', 'constructor', ''])
    expect(() => transitionSql({ ...BASE, events: { [event]: {} } })).toThrow(/no event .* in TRANSITIONS/);
});

test('an event is refused for every status in which the table does not allow it, and taken for the others', () => {
  for (const event of RUN_EVENT_TYPES)
    for (const status of RUN_STATUSES) {
      const allowed: readonly string[] = TRANSITIONS[event].from;
      const build = () => transitionSql({ ...BASE, events: { [event]: { from: [status] } } });
      if (allowed.includes(status)) expect(build()).toContain(`delete from ${STATE_TABLES[status]} r`);
      else expect(build).toThrow(`TRANSITIONS does not allow ${event} for a run that is ${status}`);
    }
});

test('an event that leaves a run in its status is marked in place, and no other one is', () => {
  const marked = { ...BASE, details: {} };
  expect(markSql({ ...marked, event: 'CANCEL_REQUESTED' })).toContain('update journey_running r');
  expect(() => markSql({ ...marked, event: 'COMPLETED' })).toThrow('does not leave a run RUNNING');
});

test('the states before an event are of one table', () => {
  expect(() => transitionSql({ ...BASE, events: { CANCELED: {} } })).toThrow('one table of states');
});

test('guard, new status and jobs follow from the table', () => {
  const retried = transitionSql({ ...BASE, events: { RETRIED: {} } });
  expect(retried).toContain(`r.status in ('FAILED', 'CANCELED')`);
  expect(retried).toContain(`when 'RETRIED' then 'QUEUED'`);
  expect(retried).toContain('graphile_worker.add_jobs');
  expect(transitionSql({ ...BASE, events: { STARTED: {} } })).not.toContain('graphile_worker.add_jobs');
});
