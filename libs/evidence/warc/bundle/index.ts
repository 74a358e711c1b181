/** Evidence that leaves the house: a BagIt bundle that verifies without it, and reading one back. */
export { BundleReader } from './read-bundle';
export { bundleAsset, type BundleContents, type BundleWay, writeBundle } from './write-bundle';
