/** What the bench gave this peer process to work with. */
export const settings = <T>(): T => JSON.parse(process.argv[2] ?? '{}') as T;

/** Tells the bench that this peer is ready, or what came of its last question. */
export const tell = (message: unknown): void => void process.send?.(message);

/** Answers each question of the bench. The process ends with the bench. */
export function onQuestion<Question>(answer: (question: Question) => Promise<unknown>): void {
  process.on('message', async (question) => tell(await answer(question as Question)));
  process.on('disconnect', () => process.exit());
}
