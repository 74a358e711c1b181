/** The HTTP service, for its program and for tests. */
export { type ApiDependencies, type DecisionOrder, type RuleWords } from './dependencies';
export { createApi, startApi } from './start-api';
export { openApiOf } from './openapi/document';
export { ensureFirstAdministrator } from './users/first-administrator';
export { hashOf } from './users/passwords';
