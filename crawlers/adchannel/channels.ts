import { type Target } from '#libs/domain';
import { type ChannelAdapter } from './channel-adapter';
import { landingAdapter } from './landing/landing.adapter';

/** All kinds of advertising we can read, one line each; the general one is last. */
export const CHANNEL_ADAPTERS: readonly ChannelAdapter[] = [landingAdapter];

/** The adapter that reads a target; null when the target is no advertising. */
export function channelAdapterOf(target: Target): ChannelAdapter | null {
  return CHANNEL_ADAPTERS.find((adapter) => adapter.owns(target)) ?? null;
}
