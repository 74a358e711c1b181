import { type PlatformId, type TargetId } from './ids';
import { type Region } from './region';

/** The supervised legal entity, with its branches. — notice 网贷整治办函(2017)57号, annex note 5 */
export interface Platform {
  readonly id: PlatformId;
  readonly name: string;
  /** 统一社会信用代码, 18 characters; null while unknown. */
  readonly uscc: string | null;
  readonly region: Region;
}

/** Every channel, in the order people list them. */
export const CHANNELS = ['website', 'app-listing', 'ad', 'offline'] as const;

/** Where a platform shows itself: its site, an app store, advertising, paper and shops. */
export type Channel = (typeof CHANNELS)[number];

/** One address of a platform in one channel that is to be watched. */
export interface Target {
  readonly id: TargetId;
  readonly platformId: PlatformId;
  readonly channel: Channel;
  readonly url: string;
}

/** Who is to be watched tonight, in the order of the list given. */
export type TargetList = readonly Target[];
