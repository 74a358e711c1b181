import { type Target } from '#libs/domain';
import { schemaOrgAdapter } from './schema-org/schema-org.adapter';
import { type StoreAdapter } from './store-adapter';

/** All stores we can read, one line each; the general one is last. */
export const STORES: readonly StoreAdapter[] = [schemaOrgAdapter];

/** The adapter that reads a target; null when the target is no app listing. */
export function storeOf(target: Target): StoreAdapter | null {
  return STORES.find((store) => store.owns(target)) ?? null;
}
