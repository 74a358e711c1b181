import { DataDirectoryInUseError } from '#libs/domain';
import { DataDirectoryLock } from '#libs/persistence';

/** What a racer is told to do. */
export interface RacerOrder {
  /** Taken one after another, each at its moment, and held to the end. */
  readonly directories: readonly string[];
  /** Milliseconds since 1970 of the first moment; 0 is at once. */
  readonly startAt: number;
  readonly everyMs: number;
}

/** Takes locks; prints for each directory `taken`, or the process that holds it; then waits to be killed. */
function main(order: RacerOrder): void {
  order.directories.forEach((directory, index) => {
    while (Date.now() < order.startAt + index * order.everyMs); // timers are too coarse to meet at one moment
    try {
      DataDirectoryLock.take(directory);
      process.stdout.write('taken\n');
    } catch (error) {
      if (!(error instanceof DataDirectoryInUseError)) throw error;
      process.stdout.write(`${String(error.facts.processId)}\n`);
    }
  });
  setInterval(() => undefined, 60_000);
}

main(JSON.parse(process.argv[2] ?? '{}') as RacerOrder);
