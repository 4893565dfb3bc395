import type { RunPriority } from '../../runs/model/run-row.ts';
import type { RunStatus } from '../../runs/model/status.ts';
import { builder } from './builder.ts';

export const RunStatusType = builder.enumType('RunStatus', {
  description:
    'The status of a run. COMPLETED, FAILED and CANCELED are terminal: only retryRun leads out of FAILED and CANCELED, and nothing leads out of COMPLETED.',
  values: {
    QUEUED: { value: 'QUEUED', description: 'The run waits for its runAt, and then for a worker.' },
    RUNNING: { value: 'RUNNING', description: 'A worker executes the run.' },
    COMPLETED: { value: 'COMPLETED', description: 'The script runner returned a result.' },
    FAILED: { value: 'FAILED', description: 'The last attempt failed, and no retry follows.' },
    CANCELED: { value: 'CANCELED', description: 'The run was canceled on request.' },
  } as const satisfies Record<RunStatus, object>,
});

export const RunPriorityType = builder.enumType('RunPriority', {
  description: 'The priority of a run. Due runs with a higher priority are started first.',
  values: {
    HIGH: { value: 'HIGH', description: 'The priority of runs from enqueueCheckoutRuns.' },
    NORMAL: { value: 'NORMAL', description: 'The default priority.' },
    LOW: { value: 'LOW', description: 'The priority of runs from bulk operations.' },
  } as const satisfies Record<RunPriority, object>,
});
