import { type Evidence } from '#libs/domain';
import { WarcEvidenceStore } from '#libs/evidence/warc';
import { openStore } from '#libs/persistence';
import { aCapture, type RunInStore, visitRows } from './captures';

/** What the writer is told to do. */
export interface WriterOrder {
  readonly databaseUrl?: string;
  readonly dataDirectory: string;
  readonly warcDirectory: string;
  readonly run: RunInStore;
  /** Appends that are under way at once. */
  readonly lanes: number;
  /** Ends after so many appends per lane; endless when absent. */
  readonly rounds?: number;
  /** Bytes of each page; they do not shrink when compressed. */
  readonly pageBytes: number;
  readonly soleProcess: boolean;
  readonly leaseMs?: number;
}

const noise = (bytes: number): string => Buffer.from(crypto.getRandomValues(new Uint8Array(bytes / 2))).toString('hex');

/** Appends until told otherwise; prints the ids of every append once it is acknowledged, or how it failed. */
async function main(order: WriterOrder): Promise<void> {
  const store = await openStore(order);
  const evidence = await WarcEvidenceStore.open({ ...order, database: store, directory: order.warcDirectory });
  const say = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`);
  const idsOf = (sealed: readonly Evidence[]): string[] => sealed.map(({ id }) => id);
  const lane = async (at: number): Promise<void> => {
    for (let round = 0; round < (order.rounds ?? Infinity); round += 1) {
      const captures = Array.from({ length: 1 + ((at + round) % 3) }, () =>
        aCapture({ run: order.run, html: noise(order.pageBytes) }),
      );
      await evidence.append(order.run.runId, captures, visitRows(captures)).then(
        (sealed) => say({ sealed: idsOf(sealed) }),
        (error: Error) => say({ failed: error.name, message: error.message }),
      );
    }
  };
  await Promise.all(Array.from({ length: order.lanes }, (_, at) => lane(at)));
  await evidence.close();
  say({ tally: evidence.tally });
  await store.close();
}

void main(JSON.parse(process.argv[2] ?? '{}') as WriterOrder);
