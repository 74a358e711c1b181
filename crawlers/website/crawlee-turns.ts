import {
  BasicCrawler,
  Configuration,
  LocalEventManager,
  log as crawleeLog,
  LogLevel,
  RequestQueue,
} from '@crawlee/basic';
import { MemoryStorage } from '@crawlee/memory-storage';

/** Gives turns for more pages; resolves when they are queued. */
export type AddTurns = (pageIds: readonly string[]) => Promise<void>;

/** Crawlee measures the machine by starting `ps` every second; how many looks run at once is fixed here. */
class QuietEvents extends LocalEventManager {
  override async emitSystemInfoEvent(done: () => unknown): Promise<void> {
    await Promise.resolve(done());
  }
}

function aConfiguration(): Configuration {
  const configuration = new Configuration({ persistStorage: false, purgeOnStart: false, availableMemoryRatio: 1 });
  const storage = new MemoryStorage({ persistStorage: false, writeMetadata: false });
  // Nothing is written to disk, so there is nothing to wait for; asked to wait, Crawlee keeps the process for a second.
  Object.defineProperty(storage, 'teardown', { value: undefined });
  configuration.useStorageClient(storage);
  configuration.useEventManager(new QuietEvents(configuration));
  return configuration;
}

/** A process has one master of its signals, and a crawl is not it. Crawlee's own listener is known by its name. */
function takeSignalBack(known: ReadonlySet<unknown>): void {
  for (const listener of process.listeners('SIGINT'))
    if (!known.has(listener) && listener.name === 'sigintHandler') process.off('SIGINT', listener);
}

/** A day: looks time themselves. */
const NO_TIMEOUT_SECONDS = 86_400;

/**
 * Hands out turns on Crawlee's queue, a few at a time, until none is left. A turn is the right to take the most urgent
 * page there is at that moment, which need not be the page it was queued for.
 *
 * @param turn Takes one turn; may add more. When one throws, no further turn begins and the first error is thrown
 * when those under way have ended.
 */
export async function takeTurns(
  first: readonly string[],
  concurrency: number,
  turn: (addTurns: AddTurns) => Promise<void>,
): Promise<void> {
  crawleeLog.setLevel(LogLevel.OFF);
  const configuration = aConfiguration();
  const failures: unknown[] = [];
  const requestQueue = await RequestQueue.open(null, { config: configuration });
  const addTurns: AddTurns = async (pageIds) => {
    // Crawlee wants an address; the page's own would be checked, logged and kept to no use.
    const requests = pageIds.map((id) => ({ url: `http://turn.invalid/${id}`, uniqueKey: id }));
    if (requests.length > 0) await requestQueue.addRequests(requests);
  };
  await addTurns(first);
  const listeners = new Set<unknown>(process.listeners('SIGINT'));
  const crawler = new BasicCrawler(
    {
      requestQueue,
      requestHandler: async () => {
        takeSignalBack(listeners);
        if (failures.length > 0) return;
        await turn(addTurns).catch((error: unknown) => failures.push(error));
      },
      maxRequestRetries: 0,
      minConcurrency: concurrency,
      maxConcurrency: concurrency,
      requestHandlerTimeoutSecs: NO_TIMEOUT_SECONDS,
      useSessionPool: false,
      autoscaledPoolOptions: { maybeRunIntervalSecs: 0.05, loggingIntervalSecs: null },
      statisticsOptions: { persistenceOptions: { enable: false }, logIntervalSecs: NO_TIMEOUT_SECONDS },
      statusMessageLoggingInterval: NO_TIMEOUT_SECONDS,
    },
    configuration,
  );
  await crawler.run();
  if (failures.length > 0) throw failures[0];
}
