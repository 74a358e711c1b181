import { startSampleWorld } from './sample-world';

/** Serves the sample platforms until told to stop; prints one JSON line with their addresses. */
async function main(): Promise<void> {
  const world = await startSampleWorld(Number(process.argv[2] ?? 0));
  process.stdout.write(`${JSON.stringify({ platforms: world.platforms })}\n`);
  const stop = (): void => void world.close();
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

void main();
