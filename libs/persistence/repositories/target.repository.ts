import { type Channel, newId, type Platform, type PlatformId, type Target, type TargetId } from '#libs/domain';
import { type Queryable } from '../queryable';

/** Who is watched, and where. */
export class TargetRepository {
  constructor(private readonly db: Queryable) {}

  /** Registers a platform under its name, or takes the one of that name; a code or region given now is kept. */
  async register(platform: Omit<Platform, 'id'>): Promise<PlatformId> {
    const { rows } = await this.db.query<{ id: string }>(
      `insert into platform (id, name, uscc, region) values ($1, $2, $3, $4)
       on conflict (name) do update set uscc = coalesce(excluded.uscc, platform.uscc), region = excluded.region returning id`,
      [newId(), platform.name, platform.uscc, platform.region],
    );
    return rows[0]?.id as PlatformId;
  }

  /** The platform of this name; null when there is none. */
  async platformNamed(name: string): Promise<Platform | null> {
    const { rows } = await this.db.query<Platform>('select id, name, uscc, region from platform where name = $1', [
      name,
    ]);
    return rows[0] ?? null;
  }

  /** Watches an address; one that is watched already stays as it is. */
  async watch(platformId: PlatformId, channel: Channel, url: string): Promise<TargetId> {
    const { rows } = await this.db.query<{ id: string }>(
      `insert into target (id, platform_id, channel, url) values ($1, $2, $3, $4)
       on conflict (platform_id, channel, url) do update set is_active = true returning id`,
      [newId(), platformId, channel, url],
    );
    return rows[0]?.id as TargetId;
  }

  /** Active targets, all or of some platforms, by platform name, channel and address. */
  async active(platformIds: readonly PlatformId[] | null): Promise<(Target & { platform: string })[]> {
    const { rows } = await this.db.query<{
      id: string;
      platform_id: string;
      channel: Channel;
      url: string;
      name: string;
    }>(
      `select g.id, g.platform_id, g.channel, g.url, p.name from target g join platform p on p.id = g.platform_id
        where g.is_active and ($1::uuid[] is null or p.id = any($1::uuid[])) order by p.name, g.channel, g.url`,
      [platformIds],
    );
    return rows.map((row) => ({
      id: row.id as TargetId,
      platformId: row.platform_id as PlatformId,
      channel: row.channel,
      url: row.url,
      platform: row.name,
    }));
  }
}
