import { DatabaseTooOldError } from '#libs/domain';
import { refuseOldServer } from './open-store';

describe('a server', () => {
  it.each([150_000, 150_018, 180_006])('of version %d is taken', (version) => {
    refuseOldServer('db:5432/watch', version);
  });

  it.each([
    [140_022, 14],
    [90_624, 9],
  ])('of version %d is refused as PostgreSQL %d', (version, told) => {
    const message = `database at db:5432/watch is PostgreSQL ${told}; expected 15 or later`;
    expect(() => refuseOldServer('db:5432/watch', version)).toThrow(new DatabaseTooOldError('db:5432/watch', told, 15));
    expect(() => refuseOldServer('db:5432/watch', version)).toThrow(message);
  });

  it('that does not tell its version is refused', () => {
    expect(() => refuseOldServer('db', NaN)).toThrow(DatabaseTooOldError);
  });
});
