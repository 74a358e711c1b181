export * from './evidence-store';
export { TreeHead, leafHash, treeHead } from './merkle';
