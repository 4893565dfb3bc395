import { afterAll, beforeAll } from 'vitest';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { type ConsoleBrowser, openConsoleBrowser } from './console.ts';

/** A service and a browser in front of it, while the stories of a describe block are running. */
export type Stage = { app: TestApp; browser: ConsoleBrowser; origin: string };

/** Sets the stage for the stories of the describe block that calls it. */
export function openStage(): Stage {
  const stage = {} as Stage;
  beforeAll(async () => {
    [stage.app, stage.browser] = await Promise.all([startTestApp(), openConsoleBrowser()]);
    stage.origin = new URL(stage.app.url).origin;
  });
  afterAll(async () => {
    await stage.browser?.close();
    await stage.app?.stop();
  });
  return stage;
}
