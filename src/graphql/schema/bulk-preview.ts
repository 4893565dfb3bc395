import { type BulkPreview, previewBulk } from '../../bulk/preview-bulk.ts';
import type { Result } from '../../errors.ts';
import { builder } from './builder.ts';
import { BulkOperationKindType } from './bulk-operation.ts';
import { RunFilterInput } from './run-filter-input.ts';
import { RunStatusType } from './run-status.ts';
import { addUserErrors } from './user-error.ts';

const BulkPreviewStatusType = builder
  .objectRef<BulkPreview['byStatus'][number]>('BulkPreviewStatus')
  .implement({
    description: 'The runs of one status among those that a bulk operation would cover.',
    fields: (t) => ({
      status: t.expose('status', { description: 'The status of the runs.', type: RunStatusType }),
      count: t.exposeInt('count', { description: 'The number of the runs.' }),
      applies: t.exposeBoolean('applies', {
        description: 'True if the operation changes such runs; false if it skips them.',
      }),
    }),
  });

const BulkPreviewType = builder.objectRef<Result<BulkPreview>>('BulkPreview');
BulkPreviewType.implement({
  description: 'The runs that a bulk operation would cover if it were started now.',
  fields: (t) => ({
    expected: t.int({
      description: 'The number of runs that match the filter. null when there are userErrors.',
      nullable: true,
      resolve: (result) => (result.ok ? result.value.expected : null),
    }),
    applicable: t.int({
      description:
        'The number of these runs whose status the operation applies to. Single ones may still be skipped or fail, such as runs of a forgotten order. null when there are userErrors.',
      nullable: true,
      resolve: (result) => (result.ok ? result.value.applicable : null),
    }),
    byStatus: t.field({
      description: 'These runs by status. A status without runs is left out.',
      type: [BulkPreviewStatusType],
      resolve: (result) => (result.ok ? result.value.byStatus : []),
    }),
  }),
});
addUserErrors(BulkPreviewType);

builder.queryField('bulkPreview', (t) =>
  t.field({
    description:
      'Shows which runs a bulk operation would cover if it were started now. Nothing is changed. The userErrors are those that the mutation would return for the filter.',
    type: BulkPreviewType,
    weighs: { always: 5_000 },
    args: {
      kind: t.arg({
        description: 'The change that the operation would make.',
        type: BulkOperationKindType,
        required: true,
      }),
      where: t.arg({ description: 'The filter of the operation.', type: RunFilterInput, required: true }),
    },
    resolve: (_, { kind, where }, { db, runScope }) => previewBulk(db.pool, kind, where, runScope),
  }),
);
