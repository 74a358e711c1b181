import { InProcessJobQueue } from '#libs/queue/in-process';
import { describeJobQueue } from './job-queue.contract';

describeJobQueue(
  'in process',
  (settings) => {
    const queue = new InProcessJobQueue(settings);
    return Promise.resolve({ queue, kept: () => Promise.resolve(queue.size), dispose: () => Promise.resolve() });
  },
  100_000,
);
