import { Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import { Empty } from './Empty.tsx';
import { Card } from './Page.tsx';

/** A page that the viewer may not read: which permission is missing, and what the page shows to others. */
export const NoPermission = ({ reason, children }: { reason: string; children: ReactNode }) => (
  <Card>
    <Empty icon={<Lock />} title={reason}>
      {children} An administrator of the service can give you the permission.
    </Empty>
  </Card>
);
