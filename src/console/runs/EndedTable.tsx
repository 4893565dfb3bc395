import { VisuallyHidden } from '@mantine/core';

/** The numbers of the chart as a table, for people who cannot see it. Parts without an end are left out. */
export function EndedTable({ label, parts }: EndedTableProps) {
  return (
    <VisuallyHidden>
      <table aria-label={label}>
        <thead>
          <tr>
            <th scope="col">From</th>
            <th scope="col">Completed</th>
            <th scope="col">Failed</th>
            <th scope="col">Canceled</th>
          </tr>
        </thead>
        <tbody>
          {parts
            .filter(({ completed, failed, canceled }) => completed + failed + canceled > 0)
            .map(({ from, time, completed, failed, canceled }) => (
              <tr key={from}>
                <th scope="row">{time}</th>
                <td>{completed}</td>
                <td>{failed}</td>
                <td>{canceled}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </VisuallyHidden>
  );
}

type EndedTableProps = {
  label: string;
  parts: readonly { from: string; time: string; completed: number; failed: number; canceled: number }[];
};
