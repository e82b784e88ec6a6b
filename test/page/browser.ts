import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';

/** The same browser has different names in different distributions. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** The browser of the machine. Its absence is a failure and never a reason to skip. */
export function browserPath(environment: NodeJS.ProcessEnv = process.env): string {
  const folders = (environment.PATH ?? '').split(delimiter);
  const candidates = [
    ...(environment.CHROMIUM ? [environment.CHROMIUM] : NAMES.flatMap(name => folders.map(folder => join(folder, name)))),
  ];
  const found = candidates.find(path => existsSync(path));
  if (found === undefined) {
    throw new Error(
      environment.CHROMIUM
        ? `CHROMIUM names '${environment.CHROMIUM}', which is not there; name an executable of Chromium or Chrome`
        : `no Chromium in PATH; install it (Debian package chromium), or name an executable in the variable CHROMIUM`,
    );
  }
  return found;
}

export function launchBrowser(): Promise<Browser> {
  // The sandbox needs a user who is not root. The pages are our own, and the policy in them forbids scripts and requests.
  return puppeteer.launch({ executablePath: browserPath(), args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'] });
}

export interface View {
  readonly width: number;
  readonly scheme: 'light' | 'dark';
}

export interface OpenPage {
  readonly page: Page;
  /** What went wrong while it was shown: console, scripts, and requests for anything but the file itself. */
  readonly complaints: readonly string[];
}

/** Shows an HTML text as a file of its own, as a reader opens it. */
export async function openPage(browser: Browser, html: string, view: View): Promise<OpenPage> {
  const folder = mkdtempSync(join(tmpdir(), 'review-page-'));
  const file = join(folder, 'review.html');
  writeFileSync(file, html);
  const address = pathToFileURL(file).href;
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('console', message => complaints.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', error => complaints.push(String(error)));
  page.on('request', request => {
    if (request.url() !== address) complaints.push(`asks for ${request.url()}`);
  });
  await page.setViewport({ width: view.width, height: 844 });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: view.scheme }]);
  await page.goto(address);
  rmSync(folder, { recursive: true });
  return { page, complaints };
}
