// What pa11y finds on pages, by HTML_CodeSniffer and axe, by day and by night: one line a finding.
import pa11y from "pa11y";
import puppeteer from "puppeteer";

const [chromium, ...addresses] = process.argv.slice(2);
const browser = await puppeteer.launch({ executablePath: chromium, args: ["--no-sandbox"] });
const page = await browser.newPage();
for (const value of ["light", "dark"]) {
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value }]);
  for (const address of addresses) {
    const told = await pa11y(address, { browser, page, runners: ["htmlcs", "axe"] });
    for (const { code, selector } of told.issues) console.log(value, address, code, selector);
  }
}
await browser.close();
