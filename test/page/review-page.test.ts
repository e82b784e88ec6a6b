import axe from 'axe-core';
import type { Browser } from 'puppeteer-core';
import { reviewHtml } from '../../bin/review/html';
import { FONTS, textWidth, type Font } from '../../bin/review/picture/text-width';
import { Party } from '../../constructs/topology/plan/flows/flows';
import { Topology } from '../../constructs/topology/topology';
import type { ReviewDocument } from '../../lib/review/document/review-document';
import { defaultReview } from '../support/review';
import { HOSTILE_REVIEW, REVIEW_SAMPLE } from '../support/review-sample';
import { DEFAULT_SETTINGS } from '../support/settings/settings';
import { WHEN_ALL_WERE_SUPPORTED } from '../support/settings/versions';
import { browserPath, launchBrowser, openPage, type View } from './browser';
import { pictureAsDrawn, type MeasuredPicture } from './measured-picture';

const NARROW = 390;
const VIEWS: readonly View[] = [NARROW, 768, 1280].flatMap(width => (['light', 'dark'] as const).map(scheme => ({ width, scheme })));

const [FIRST, SECOND] = DEFAULT_SETTINGS.regions;
const DEPLOYMENTS = {
  default: DEFAULT_SETTINGS,
  'twelve brokers of 8.7': { ...DEFAULT_SETTINGS, camunda: { version: '8.7', clusterSize: 12 } },
  'a migration': { ...DEFAULT_SETTINGS, camunda: { version: '8.8', migratingFrom: '8.7' }, tls: { betweenBrokers: false } },
  'flows of the settings': {
    ...DEFAULT_SETTINGS,
    extraFlows: [Party.CONNECTORS, Party.ELASTICSEARCH].map(party => ({
      source: { namespace: 'w'.repeat(63) },
      target: { party },
      port: 8443,
      crossRegion: true,
      purpose: 'a purpose that takes more than one line beside the arrow of its port',
    })),
  },
  'long names': {
    ...DEFAULT_SETTINGS,
    name: 'mmmmmmmmmmmmmmmmmmmm',
    regions: [
      { ...FIRST, awsRegion: 'ap-southeast-1', vpcCidr: '100.100.192.0/18', namespace: 'w'.repeat(63), account: '123456789012' },
      { ...SECOND, awsRegion: 'ap-southeast-2', vpcCidr: '100.100.128.0/18', account: '123456789012' },
    ],
    acknowledgedRoundTripMs: 200,
  },
};

const pageOf = (settings: Parameters<typeof Topology.of>[0], document = REVIEW_SAMPLE): string =>
  reviewHtml(document, Topology.of(settings, WHEN_ALL_WERE_SUPPORTED));
const PAGE = pageOf(DEFAULT_SETTINGS);
const COLUMNS = Array.from({ length: 25 }, (_, i) => `broker ${i}`);
/** A column for each broker, and words without a place to break: more than any window has room for, where cells stand beside each other. */
const WIDE_REVIEW: ReviewDocument = {
  ...REVIEW_SAMPLE,
  sections: [
    {
      ...REVIEW_SAMPLE.sections[0],
      tables: [{ columns: COLUMNS, rows: [COLUMNS.map(column => `value-of-${column}`), COLUMNS.map(() => 'x'.repeat(400))] }],
    },
  ],
};
const PAGES = { 'a made-up review': PAGE, 'the default deployment': pageOf(DEFAULT_SETTINGS, defaultReview().document) };

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

describe.each(VIEWS)('at $width pixels, $scheme', view => {
  test.each(Object.entries(PAGES))(
    'the page of %s shows without a complaint, asks for nothing, and is no wider than the window',
    async (_name, html) => {
      const { page, complaints } = await openPage(browser, html, view);
      expect(complaints).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(view.width);
      expect(await page.evaluate(cutOff)).toEqual([]);
      const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      expect(background).toBe({ light: 'rgb(247, 249, 252)', dark: 'rgb(11, 15, 22)' }[view.scheme]);
      await page.close();
    },
  );

  test.each(Object.entries(DEPLOYMENTS))(
    'of the picture of %s everything is inside its box, and nothing overlaps',
    async (_name, settings) => {
      const { page } = await openPage(browser, pageOf(settings), view);
      const pictures = await page.evaluate(pictureAsDrawn);
      expect(pictures.map(({ shown }) => shown).sort()).toEqual([false, true]);
      const drawn = pictures.find(({ shown }) => shown)!;
      expect(drawn.texts.length).toBeGreaterThan(70);
      expect(faultsOf(drawn)).toEqual([]);
      // Type of 11 pixels stays near its size.
      expect(drawn.scale).toBeGreaterThanOrEqual(0.89);
      await page.close();
    },
  );

  test.each(Object.entries(PAGES))('of %s axe finds nothing that keeps anybody from reading it', async (_name, html) => {
    const { page } = await openPage(browser, html, view);
    await page.evaluate(axe.source);
    const { violations, passes } = (await page.evaluate('axe.run()')) as axe.AxeResults;
    // In a narrow window nothing scrolls.
    const looked = ['color-contrast', 'svg-img-alt', 'definition-list', ...(view.width > 1000 ? ['scrollable-region-focusable'] : [])];
    expect(passes.map(({ id }) => id)).toEqual(expect.arrayContaining(looked));
    expect(
      violations.map(({ id, impact, nodes }) => `${impact}: ${id} at ${nodes.map(({ target }) => target.join(' ')).join(', ')}`),
    ).toEqual([]);
    await page.close();
  });
});

/** What is wider than the window, or than the box that it scrolls in. Runs in the page. What only screen readers read is cut off by intention. */
function cutOff(): string[] {
  const nameOf = (one: Element): string => `${one.tagName} ${one.className.toString()}: ${(one.textContent ?? '').slice(0, 60)}`;
  const all = [...document.querySelectorAll('body *:not(.hidden, .skip, svg *)')];
  const outside = all.filter(one => {
    const { left, right } = one.getBoundingClientRect();
    return left < -0.5 || right > document.documentElement.clientWidth + 0.5;
  });
  const scrolled = all.filter(one => one.scrollWidth > one.clientWidth && getComputedStyle(one).overflowX !== 'visible');
  return [...new Set([...outside, ...scrolled])].map(nameOf);
}

const FONT_OF = new Map<string, Font>(Object.values(FONTS).map(font => [font.className, font]));
/** What a browser may add when it puts small type onto whole pixels. */
const HINTING = 0.5;
const isBetween = (value: number, least: number, most: number): boolean => value >= least && value <= most;

function faultsOf({ texts, parts, viewBox }: MeasuredPicture): string[] {
  const inside = (inner: MeasuredPicture['viewBox'], outer: MeasuredPicture['viewBox']): boolean =>
    inner.left >= outer.left && inner.top >= outer.top && inner.right <= outer.right && inner.bottom <= outer.bottom;
  const apart = (one: MeasuredPicture['viewBox'], other: MeasuredPicture['viewBox']): boolean =>
    one.right <= other.left + 0.5 || other.right <= one.left + 0.5 || one.bottom <= other.top + 2 || other.bottom <= one.top + 2;
  return [
    ...parts.filter(({ box }) => !inside(box, viewBox)).map(({ name }) => `${name} leaves the picture`),
    ...texts.filter(({ box, holder }) => !inside(box, holder)).map(({ name }) => `'${name}' leaves its box`),
    ...texts
      .filter(({ name, font, box }) => !isBetween(box.right - box.left, 1, textWidth(name, FONT_OF.get(font)!) + HINTING))
      .map(({ name, box }) => `'${name}' is ${box.right - box.left} wide, which is more than was reckoned, or nothing`),
    ...texts.flatMap((one, i) =>
      texts.slice(i + 1).flatMap(other => (apart(one.box, other.box) ? [] : [`'${one.name}' overlaps '${other.name}'`])),
    ),
  ];
}

describe('with the keyboard', () => {
  test('the first stop is a link to the review, which is seen once it is reached', async () => {
    const { page } = await openPage(browser, PAGE, { width: NARROW, scheme: 'light' });
    const top = (): Promise<number> => page.evaluate(() => document.querySelector('.skip')!.getBoundingClientRect().top);
    expect(await top()).toBeLessThan(0);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement!.textContent)).toBe('Skip to the review');
    expect(await top()).toBeGreaterThanOrEqual(0);
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement!.id)).toBe('content');
    await page.close();
  });

  test('every stop shows that it has the focus, and every link and scrolling box is one', async () => {
    const { page } = await openPage(browser, PAGE, { width: NARROW, scheme: 'dark' });
    const expected = await page.evaluate(() => document.querySelectorAll('a, .scroll').length);
    const stops: string[] = [];
    for (let i = 0; i < expected; i++) {
      await page.keyboard.press('Tab');
      stops.push(
        await page.evaluate(() => {
          const stop = document.activeElement ?? document.body;
          return `${stop.tagName} ${getComputedStyle(stop).outlineStyle}`;
        }),
      );
    }
    expect(new Set(stops)).toEqual(new Set(['A solid', 'DIV solid']));
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement!.tagName)).toBe('BODY');
    await page.close();
  });

  test('a table that is wider than a wide page scrolls', async () => {
    const { page } = await openPage(browser, pageOf(DEFAULT_SETTINGS, WIDE_REVIEW), { width: 1280, scheme: 'light' });
    await page.focus('#changes .scroll');
    expect(await page.evaluate(() => document.activeElement!.scrollWidth - document.activeElement!.clientWidth)).toBeGreaterThan(50);
    await page.keyboard.press('ArrowRight');
    await page.waitForFunction(() => document.activeElement!.scrollLeft > 0);
    expect(await page.evaluate(() => document.documentElement.scrollLeft)).toBe(0);
    await page.close();
  });
});

describe('on a telephone', () => {
  test('a row is a block: what it is about, what that means, and each value after the name of its column', async () => {
    const { page } = await openPage(browser, PAGE, { width: NARROW, scheme: 'light' });
    const blocks = await page.evaluate(() =>
      [...document.querySelectorAll('#changes tbody')].map(row =>
        [...row.querySelectorAll('th, dt, td:not(.below > td)')]
          .sort((one, other) => one.getBoundingClientRect().top - other.getBoundingClientRect().top)
          .map(one => `${getComputedStyle(one, '::before').content} ${one.textContent}`),
      ),
    );
    expect(blocks[1]).toEqual(['"Resource" Snapshots/Bucket', 'none Consequence', '"Change" replaced']);
    const left = await page.evaluate(() =>
      ['th', 'td'].map(name => document.querySelector(`#changes tbody ${name}`)!.getBoundingClientRect().left),
    );
    expect(left[0]).toBe(left[1]);
    await page.close();
  });

  test('nothing is cut off, however many columns there are and however long a word is', async () => {
    const { page } = await openPage(browser, pageOf(DEFAULT_SETTINGS, WIDE_REVIEW), { width: NARROW, scheme: 'light' });
    expect(await page.evaluate(cutOff)).toEqual([]);
    await page.close();
  });
});

test('headings go down a level at a time, and every link leads to one', async () => {
  const { page } = await openPage(browser, PAGE, { width: 1280, scheme: 'light' });
  const levels = await page.evaluate(() => [...document.querySelectorAll('h1, h2, h3, h4')].map(one => Number(one.tagName.slice(1))));
  expect(levels[0]).toBe(1);
  expect(levels.filter(level => level === 1)).toHaveLength(1);
  expect(levels.filter((level, i) => i > 0 && level > levels[i - 1] + 1)).toEqual([]);
  const targets = await page.evaluate(() =>
    [...document.querySelectorAll('nav a')].map(
      link => document.getElementById(link.getAttribute('href')!.slice(1))?.querySelector('h2')?.id,
    ),
  );
  expect(targets).toHaveLength(1 + REVIEW_SAMPLE.sections.length);
  expect(targets.filter(id => id === undefined)).toEqual([]);
  await page.close();
});

test('the headers of a long table stay while it scrolls', async () => {
  const { page } = await openPage(browser, PAGE, { width: 1280, scheme: 'light' });
  const distance = (): Promise<number> =>
    page.evaluate(() => {
      const box = document.querySelector('.scroll.long')!;
      return Math.round(box.querySelector('thead th')!.getBoundingClientRect().top - box.getBoundingClientRect().top);
    });
  const before = await distance();
  await page.evaluate(() => document.querySelector('.scroll.long')!.scrollTo(0, 300));
  expect(await page.evaluate(() => document.querySelector('.scroll.long')!.scrollTop)).toBe(300);
  expect(await distance()).toBe(before);
  await page.close();
});

/** What 12 mm of margin leave of a sheet of A4 that lies on its side, in pixels. */
const PAPER_WIDTH = 1032;

test.each(Object.entries(PAGES))('on paper nothing of %s is cut off, and nothing is there for screens only', async (_name, html) => {
  const { page } = await openPage(browser, html, { width: PAPER_WIDTH, scheme: 'dark' });
  await page.emulateMediaType('print');
  const seen = await page.evaluate(() => ({
    hidden: [...document.querySelectorAll('nav, .skip')].map(one => getComputedStyle(one).display),
    cut: [...document.querySelectorAll('.scroll')].filter(one => getComputedStyle(one).overflow !== 'visible').length,
    ink: getComputedStyle(document.body).color,
  }));
  expect(seen).toEqual({ hidden: ['none', 'none'], cut: 0, ink: 'rgb(22, 32, 44)' });
  expect(await page.evaluate(cutOff)).toEqual([]);
  await page.close();
});

describe('hostile texts', () => {
  test('run nothing, ask for nothing and break nothing', async () => {
    const { page, complaints } = await openPage(browser, pageOf(DEFAULT_SETTINGS, HOSTILE_REVIEW), { width: NARROW, scheme: 'light' });
    expect(complaints).toEqual([]);
    expect(await page.evaluate(() => document.querySelectorAll('script, img').length)).toBe(0);
    expect(await page.evaluate(() => document.querySelector('h1')!.textContent)).toContain('<script>alert(1)</script>');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(NARROW);
    await page.close();
  });

  test('would be stopped by the policy of the page even if they became elements', async () => {
    const { page, complaints } = await openPage(browser, PAGE, { width: 1280, scheme: 'light' });
    await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'window.ran = true';
      const image = document.createElement('img');
      image.src = 'https://example.com/x.png';
      const style = document.createElement('style');
      style.textContent = 'body { display: none }';
      document.body.append(script, image, style);
    });
    await page.waitForFunction(() => true);
    expect(await page.evaluate('window.ran')).toBeUndefined();
    expect(await page.evaluate(() => getComputedStyle(document.body).display)).toBe('block');
    expect(complaints.filter(text => /Content Security Policy/.test(text))).toHaveLength(3);
    await page.close();
  });
});

test('a machine without a browser is told which package brings it', () => {
  expect(() => browserPath({ PATH: '/nowhere' })).toThrow('no Chromium in PATH; install it (Debian package chromium)');
  expect(() => browserPath({ PATH: '/nowhere', CHROMIUM: '/nowhere/chrome' })).toThrow(
    "CHROMIUM names '/nowhere/chrome', which is not there",
  );
});
