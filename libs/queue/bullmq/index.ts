/** The queue for several processes: BullMQ, on Redis or on PostgreSQL. */
export { BullmqJobQueue, type BullmqSettings } from './bullmq-job-queue';
