export { decideFinding, type DecisionOrder } from './decide-finding';
export { fileHits, type FilingContext, type HitToFile, type RuleFacts } from './file-hits';
export { settlePresence } from './settle-presence';
