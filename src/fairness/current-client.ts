import { AsyncLocalStorage } from 'node:async_hooks';

/** The client whose operation is being executed. Code far below the operation shares its resources fairly by it. */
export const currentClient = new AsyncLocalStorage<object>();
