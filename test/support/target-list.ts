import { type SamplePlatform } from './sample-world';

/** The sample platforms as a target list in the offices' table shape. */
export function targetListOf(platforms: readonly SamplePlatform[]): string {
  const rows = platforms.flatMap((platform) =>
    platform.targets.map(({ channel, url }) => [platform.name, platform.uscc, platform.region, channel, url].join(',')),
  );
  return ['机构名称,统一社会信用代码,所在地区,渠道,网址', ...rows, ''].join('\n');
}
