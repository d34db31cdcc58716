// The errors that pa11y finds on pages with HTML_CodeSniffer and axe, in the light and the dark
// scheme: one line per error.
import pa11y from "pa11y";
import puppeteer from "puppeteer";

const [chromium, ...addresses] = process.argv.slice(2);
const browser = await puppeteer.launch({ executablePath: chromium, args: ["--no-sandbox"] });
const page = await browser.newPage();
for (const value of ["light", "dark"]) {
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value }]);
  for (const address of addresses) {
    const found = await pa11y(address, { browser, page, runners: ["htmlcs", "axe"] });
    for (const { code, selector } of found.issues) console.log(value, address, code, selector);
  }
}
await browser.close();
