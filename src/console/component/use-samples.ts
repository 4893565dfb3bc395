import { useState } from 'react';
import type { Sample } from './samples.ts';

/** The samples of a component. They are for the author, and stay in this browser, for all versions of the component. */
export function useSamples(component: string) {
  const [samples, setSamples] = useState(() => read(component));
  return {
    samples,
    setSamples(next: readonly Sample[]) {
      setSamples(next);
      write(component, next);
    },
  };
}

/** Gives the samples that were written for a new component to the component that was made of it. */
export function moveSamples(from: string, to: string): void {
  write(to, read(from));
  write(from, []);
}

const keyOf = (component: string) => `samples ${component}`;

function read(component: string): readonly Sample[] {
  try {
    return JSON.parse(localStorage.getItem(keyOf(component)) ?? '[]');
  } catch {
    return [];
  }
}

function write(component: string, samples: readonly Sample[]): void {
  try {
    localStorage.setItem(keyOf(component), JSON.stringify(samples));
  } catch {
    // The browser's storage is full or switched off: the samples live as long as the page.
  }
}
