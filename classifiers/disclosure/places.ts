import { isSeen, type CoveragePlace, type Outcome, type PageKind } from '#libs/domain';

/** What is known of a page when the places of a platform are listed. */
export interface PlacePage {
  readonly url: string;
  readonly pageKind: PageKind;
  readonly outcome: Outcome;
  readonly isRendered: boolean;
  readonly title: string;
  readonly linkText: string;
}

const PLACES = ['home', 'disclosure', 'about'] as const;
/** Titles and links that promise disclosure, also where the page could not be read. */
const PROMISES: Readonly<Record<(typeof PLACES)[number], RegExp>> = {
  home: /^$/,
  disclosure: /信息披露|信息公示|信披|运营(?:数据|报告)|备案信息/,
  about: /关于我们|公司(?:简介|介绍)|了解我们/,
};

/**
 * Says of every place where disclosure must be looked for whether it was seen. One line per page of the place; a place
 * without any page is `not-found` when the whole site was seen and otherwise `not-seen`. A page seen without the
 * browser says so in `reason`; whether that sufficed was decided when it was looked at.
 *
 * @param coverageComplete Every known page of the site was seen, none cut, none waiting for the browser.
 */
export function placesOf(pages: readonly PlacePage[], coverageComplete: boolean): CoveragePlace[] {
  return PLACES.flatMap((place): CoveragePlace[] => {
    const here = pages.filter((page) => page.pageKind === place || isPromised(page, place));
    if (here.length > 0) return here.map((page) => placeOf(page, place));
    const reason = coverageComplete ? 'no-such-page-on-the-site' : 'site-not-seen-whole';
    return [{ place, state: coverageComplete ? 'not-found' : 'not-seen', url: null, reason }];
  });
}

function isPromised(page: PlacePage, place: (typeof PLACES)[number]): boolean {
  return place !== 'home' && !isSeen(page.outcome) && PROMISES[place].test(`${page.title} ${page.linkText}`);
}

function placeOf({ url, outcome, isRendered }: PlacePage, place: string): CoveragePlace {
  if (!isSeen(outcome)) return { place, state: 'not-seen', url, reason: outcome };
  return { place, state: 'seen', url, reason: isRendered ? null : 'seen-without-browser' };
}
