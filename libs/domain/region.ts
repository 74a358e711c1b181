/** A division of GB/T 2260: two to six digits, `44` the province, `4403` the city, `440305` the district. */
export type Region = string;

/** The part of the country a person may see. Every list query takes one; the empty prefix is the whole country. */
export interface RegionScope {
  readonly prefix: Region;
}

/** Says whether a string has the form of a GB/T 2260 code of two, four or six digits. */
export function isRegion(value: string): boolean {
  return /^\d{2}(\d{2}){0,2}$/.test(value);
}

/** Says whether a region lies inside a scope. */
export function isInside(scope: RegionScope, region: Region): boolean {
  return region.startsWith(scope.prefix);
}
