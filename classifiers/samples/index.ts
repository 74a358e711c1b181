/** Proof of rules by the samples that stand beside them. */
export { checkSamples, type SampleFailure } from './check-samples';
