import pg from 'pg';

type Connected = Parameters<typeof pg.Pool.prototype.connect>[0];

/**
 * The connections of the job runner. Told to stop while its LISTEN is still under way on a connection that then breaks,
 * the runner gives that connection back twice, in a promise that nobody awaits; a pool throws at that, and the whole
 * process would end with it. Here the second time is passed over.
 */
export class RunnerPool extends pg.Pool {
  override connect(): Promise<pg.PoolClient>;
  override connect(connected: Connected): void;
  override connect(connected?: Connected): Promise<pg.PoolClient> | void {
    if (!connected) return super.connect();
    super.connect((fault, client, giveBack) => {
      let back = false;
      connected(fault, client, (broken) => {
        if (back) return;
        back = true;
        // Of a pool that has ended there is nothing to give back, and no way to.
        (giveBack as typeof giveBack | undefined)?.(broken);
      });
    });
  }
}
