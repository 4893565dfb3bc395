import './scalars.ts';
import './component.ts';
import './product.ts';
import './run.ts';
import './run-list.ts';
import './run-stats.ts';
import './enqueue-run.ts';
import './run-preview.ts';
import './run-event.ts';
import './subscription.ts';
import './run-operations.ts';
import './bulk-operation.ts';
import './bulk-operation-item.ts';
import './order.ts';
import './order-line.ts';
import './skipped-attachment.ts';
import './order-runs.ts';
import './journey-plan.ts';
import './catalogue-lint.ts';
import { builder } from './builder.ts';

builder.queryType({});
builder.mutationType({});

export const schema = builder.toSchema();
