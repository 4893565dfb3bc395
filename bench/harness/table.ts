import { cpus, release, totalmem, type } from 'node:os';
import type { Figure, Goal } from './row.ts';

/** The machine and what runs on it, in one line. */
export function machineLine(): string {
  const { model } = cpus()[0]!;
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
  return `${cpus().length} × ${model}, ${memory}, ${type()} ${release()}, Node ${process.versions.node}, PostgreSQL 18 (embedded, fsync on)`;
}

const HEADER = ['figure', 'against', 'ratio', 'to reach', '', 'ours', 'theirs'];

export function figuresTable(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.figure,
    figure.against,
    figure.ratio === null ? '–' : figure.ratio.toPrecision(3),
    goalText(figure.goal),
    figure.ratio === null || figure.goal === null ? '' : isReached(figure.ratio, figure.goal) ? '✓' : '✗',
    figure.ours,
    figure.theirs,
  ]);
  const widths = HEADER.map((title, column) =>
    Math.max(3, title.length, ...rows.map((row) => row[column]!.length)),
  );
  const line = (cells: string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`;
  return [line(HEADER), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

const isReached = (ratio: number, goal: Goal): boolean =>
  'atLeast' in goal ? ratio >= goal.atLeast : ratio <= goal.atMost;

function goalText(goal: Goal | null): string {
  if (!goal) return '';
  return 'atLeast' in goal ? `≥ ${goal.atLeast}` : `≤ ${goal.atMost}`;
}

export const perSecond = (rate: number): string => `${Math.round(rate).toLocaleString('en')}/s`;
export const ms = (value: number): string => `${value.toPrecision(3)} ms`;
