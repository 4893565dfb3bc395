import type pg from 'pg';

type Described = { name: string; typeId: number };

/** The columns of a statement's result, as PostgreSQL describes them for a prepared statement; it is not executed. */
export function describeStatement(client: pg.Client, text: string): Promise<Described[]> {
  return new Promise((resolve, reject) => {
    let columns: Described[] = [];
    let failure: Error | undefined;
    // The interface that pg calls for each query of its queue (the one of pg-cursor).
    const query = {
      submit(connection: { parse(it: object): void; describe(it: object): void; sync(): void }) {
        connection.parse({ text });
        connection.describe({ type: 'S' });
        connection.sync();
      },
      handleRowDescription({ fields }: { fields: { name: string; dataTypeID: number }[] }) {
        columns = fields.map(({ name, dataTypeID }) => ({ name, typeId: dataTypeID }));
      },
      handleError(error: Error) {
        failure = error;
      },
      handleReadyForQuery() {
        if (failure) reject(failure);
        else resolve(columns);
      },
    };
    client.query(query as unknown as pg.Submittable);
  });
}
