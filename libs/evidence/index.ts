export * from './evidence-store';
export { leafHash, treeHead } from './merkle';
