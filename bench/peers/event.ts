let position = 0;

/** An event as runEvents gives it, with the fields that the subscribers ask for. */
export function nextEvent() {
  position += 1;
  return {
    cursor: Buffer.from(`1.${100_000 + position}.${position}.a1b2c3d4`).toString('base64url'),
    runId: '01a20572-adad-776f-8bd7-371b50ebc2d1',
    type: 'ENQUEUED',
    status: 'QUEUED',
    attempt: 0,
    at: new Date().toISOString(),
  };
}
