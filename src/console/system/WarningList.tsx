import { CircleCheck, TriangleAlert } from 'lucide-react';
import { Card } from '../parts/Page.tsx';
import type { SystemWarning } from './system-warnings.ts';
import classes from './WarningList.module.css';

/** The warnings about the installation, each with what to do. */
export const WarningList = ({ warnings }: { warnings: readonly SystemWarning[] }) => (
  <Card label="Warnings">
    <div role="status">
      <ul className={classes.list}>
        {warnings.map(({ title, todo }) => (
          <li key={title} data-tone="warning">
            <TriangleAlert size={16} aria-hidden />
            <span>
              <b>{title}</b> {todo}
            </span>
          </li>
        ))}
        {warnings.length === 0 && (
          <li>
            <CircleCheck size={16} aria-hidden />
            Nothing needs attention.
          </li>
        )}
      </ul>
    </div>
  </Card>
);
