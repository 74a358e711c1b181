/** The HTTP service, for its program and for tests. */
export { startApi } from './start-api';
export { ensureFirstAdministrator } from './users/first-administrator';
export { hashOf } from './users/passwords';
