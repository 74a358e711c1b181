/** The queue for one process on its own: nothing is kept, since the rows are the truth and are found again at start. */
export { InProcessJobQueue } from './in-process-job-queue';
