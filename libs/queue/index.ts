/** The door to the queue: the port. Adapters have doors of their own, `#libs/queue/in-process` and `#libs/queue/bullmq`. */
export * from './job-queue';
export { type RetryPlan } from './retry-plan';
